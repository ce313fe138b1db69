// The panel that asks which pasted column is which (M29, M30), and what is remembered of the answer.
import { fits, guessColumns, headLines, readTable, standUp, withoutSums } from "./paste.js";

const SHOWN = 5; // rows of the preview

export class Mapping {
  /** `drawer` names the place in localStorage for answers; `put(rows, columns)` writes them into the register. */
  constructor(dialog, columns, context, drawer) {
    Object.assign(this, { dialog, columns, context, drawer });
    dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.accept(); });
    dialog.querySelector("[data-plain]").addEventListener("click", () => { dialog.close(); this.asItIs(); });
  }

  /** Put the text down from `column` on, asking first when it does not fit as it stands. */
  receive(text, column, put) {
    this.put = put;
    this.here = this.columns.slice(this.columns.findIndex((each) => each.key === column));
    this.table = readTable(text);
    const lines = this.table.map((row) => row[0]);
    const stood = this.table.every((row) => row.length === 1) ? standUp(lines, this.context) : null;
    const heads = stood ? 0 : headLines(this.table, this.context);
    const { rows, sums } = withoutSums((stood ?? this.table).slice(heads));
    if (!stood && !heads && !sums && fits(rows, this.here, this.context)) return this.asItIs();
    if (!rows.length) return this.asItIs();
    return this.ask(this.table.slice(0, heads), rows, sums, Boolean(stood));
  }

  asItIs() {
    this.put(this.table, this.here.map((each) => each.key));
  }

  ask(heads, rows, sums, stood) {
    this.rows = rows;
    const width = Math.max(...rows.map((row) => row.length));
    this.signature = heads.length ? heads.flat().join("|") : `${stood}${width}`;
    const guess = this.remembered()[this.signature] ?? guessColumns(heads, rows, this.columns, this.context);
    const say = (name, words) => { this.dialog.querySelector(`[data-${name}]`).textContent = words; };
    say("title", stood ? `ข้อมูลที่วางเป็นรายการแนวตั้ง จัดเป็นตาราง ${width} คอลัมน์ × ${rows.length} แถวหรือไม่` : `ข้อมูลที่วางมี ${width} คอลัมน์ ตรวจการจับคู่ก่อนวาง`);
    say("left-out", [heads.length && `ไม่วางหัวตาราง ${heads.length} แถว`, sums && `ไม่วางแถวยอดรวม ${sums} แถว`].filter(Boolean).join(" · "));
    say("accept", `วาง ${rows.length} แถว`);
    this.preview(heads.at(0) ?? [], guess);
    this.dialog.showModal();
    this.dialog.querySelector("[data-accept]").focus();
  }

  preview(heads, guess) {
    const line = (cells) => { const row = document.createElement("tr"); row.append(...cells); return row; };
    const cell = (text) => Object.assign(document.createElement("td"), { textContent: text });
    this.choices = guess.map((key, place) => this.choice(key, heads[place] || `คอลัมน์ที่ ${place + 1}`));
    const tops = this.choices.map((choice, place) => { const top = document.createElement("th"); top.scope = "col"; top.append(heads[place] ?? "", choice); return top; });
    this.dialog.querySelector("thead").replaceChildren(line(tops));
    this.dialog.querySelector("tbody").replaceChildren(...this.rows.slice(0, SHOWN).map((row) => line(guess.map((_, place) => cell(row[place] ?? "")))));
  }

  choice(key, label) {
    const choice = document.createElement("select");
    choice.className = "form-select";
    choice.setAttribute("aria-label", `${label} คือ`);
    choice.add(new Option("ไม่นำเข้า", ""));
    this.columns.forEach((column) => choice.add(new Option(column.label, column.key, false, column.key === key)));
    return choice;
  }

  accept() {
    const columns = this.choices.map((choice) => choice.value);
    localStorage.setItem(this.drawer, JSON.stringify({ ...this.remembered(), [this.signature]: columns }));
    this.dialog.close();
    this.put(this.rows, columns);
  }

  remembered() {
    return JSON.parse(localStorage.getItem(this.drawer) ?? "{}");
  }
}
