// Keeps the totals by lender true while rows are ticked and unticked. Amounts are whole satang.
"use strict";

const boxes = [...document.querySelectorAll("input[data-satang]")];
const baht = (satang) => (satang / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

function showTotals() {
  const chosen = boxes.filter((box) => box.checked);
  document.querySelectorAll("#lender-totals dt").forEach((term) => {
    const lender = term.dataset.lender;
    const rows = chosen.filter((box) => !lender || box.dataset.lender === lender);
    const line = term.nextElementSibling;
    line.querySelector("[data-count]").textContent = rows.length.toLocaleString("en-US");
    line.querySelector("[data-amount]").textContent = baht(rows.reduce((sum, box) => sum + Number(box.dataset.satang), 0));
  });
  document.querySelectorAll("[data-chosen]").forEach((place) => { place.textContent = chosen.length.toLocaleString("en-US"); });
}

boxes.forEach((box) => box.addEventListener("change", showTotals));
if (boxes.length) showTotals();
