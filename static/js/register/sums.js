// What all rows come to, beside what the paper says (M19), and how many problems there are.
import { baht, satang } from "./cells.js";
import { CannotRead, readMoney } from "./parse.js";

export class Sums {
  /** `onControl({total, rows})` is told what the paper says, when it can be read. */
  constructor(rows, grid, onControl) {
    Object.assign(this, { rows, grid, onControl });
    this.boxes = Object.fromEntries([...document.querySelectorAll("[data-control]")].map((box) => [box.dataset.control, box]));
    for (const box of Object.values(this.boxes)) {
      box.addEventListener("input", () => this.compare());
      box.addEventListener("change", () => this.tell());
    }
  }

  tell() {
    const [total, rows] = [this.boxes.total.value, this.boxes.rows.value];
    if ((paperAmount(total) !== null || !total.trim()) && /^[0-9]{0,9}$/.test(rows.trim())) this.onControl({ total, rows });
  }

  paint() {
    this.grid.paintTotals();
    const { errors, warnings } = this.rows.problems();
    document.querySelector("[data-problems]").textContent = `ต้องแก้ไข ${errors} · ควรตรวจ ${warnings}`;
    this.compare();
  }

  compare() {
    const { rows, sums } = this.rows.totals();
    const sum = sums.principal + sums.interest + (sums.penalty ?? 0n);
    const told = [this.amount(sum), this.count(rows)].filter(Boolean);
    const place = document.querySelector("[data-compared]");
    const words = told.map(([text]) => text).join(" · ");
    if (place.textContent !== words) place.textContent = words;
    place.classList.toggle("row-error", told.some(([, differs]) => differs));
  }

  amount(sum) {
    const paper = paperAmount(this.boxes.total.value);
    if (paper === null) return null;
    if (paper === sum) return [`ยอดรวมตรงกับเอกสาร ${baht(sum)} บาท`, false];
    return [`ผลรวม ${baht(sum)} บาท ต่างจากยอดในเอกสาร ${baht(paper)} บาท อยู่ ${baht(paper - sum)} บาท`, true];
  }

  count(rows) {
    const paper = Number(this.boxes.rows.value);
    return paper && paper !== rows ? [`พิมพ์แล้ว ${rows} แถว เอกสารมี ${paper} แถว`, true] : null;
  }
}

function paperAmount(typed) {
  try {
    const amount = readMoney(typed);
    return amount === null ? null : satang(amount);
  } catch (refusal) {
    if (refusal instanceof CannotRead) return null;
    throw refusal;
  }
}
