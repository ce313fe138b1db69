// Shows the totals of a balance sheet and what its sides differ by while amounts are typed. Whole satang; the server
// reads and reckons again.
"use strict";

const balance = document.getElementById("balance");
const said = document.getElementById("difference");
const typed = [...document.querySelectorAll("input[data-side]")];
const inBaht = (satang) => (satang / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function satangOf(text) {
  const plain = text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 3664).replace(/[,\s฿]|บาท/g, "");
  const found = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
  return found ? Number(found[1]) * 100 + Number((found[2] || "").padEnd(2, "0")) : 0;
}

function sideOf(input) {
  return input.dataset.side || input.closest("tr").querySelector("select").value;
}

function showBalance() {
  const totals = { asset: 0, liability: 0, equity: 0 };
  typed.forEach((input) => {
    const amount = satangOf(input.value);
    totals[sideOf(input)] += input.hasAttribute("data-deducted") ? -amount : amount;
  });
  Object.entries(totals).forEach(([side, total]) => {
    balance.querySelector(`[data-total="${side}"]`).textContent = inBaht(total);
  });
  const more = totals.asset - totals.liability - totals.equity;
  const which = more > 0 ? "สินทรัพย์มากกว่าหนี้สินรวมกับทุน" : "หนี้สินรวมกับทุนมากกว่าสินทรัพย์";
  said.textContent = more ? `${which}อยู่ ${inBaht(Math.abs(more))} บาท` : "สินทรัพย์เท่ากับหนี้สินรวมกับทุน";
  said.className = `banner ${more ? "banner-warning" : "banner-success"}`;
}

document.addEventListener("input", (event) => { if (event.target.matches("input[data-side], select")) showBalance(); });
