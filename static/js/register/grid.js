// The table on the page: a hundred rows of the register at a time, each cell a labelled box.
import { baht } from "./cells.js";
import { Columns } from "./columns.js";
import { Sight } from "./sight.js";

export const PAGE = 100; // rows: more would make keys slow on an old laptop
const WORDS = { error: "ต้องแก้ไข", warning: "ควรตรวจ", remark: "ข้อสังเกตของผู้ตรวจ" };
const FRESH = 10000; // how long pasted cells stay marked, in milliseconds

export class Grid {
  /** `drawer` names the place in localStorage for the columns that were put away. */
  constructor(root, rows, drawer) {
    Object.assign(this, { root, rows });
    this.body = root.querySelector("tbody");
    this.blank = root.querySelector("template").content.firstElementChild;
    this.from = 0;
    this.onlyProblems = false;
    this.lines = new Map(); // key → table row
    this.columns = new Columns(root.querySelector(".reg"), rows, drawer);
    this.sight = new Sight(root.querySelector(".reg-sheet"));
  }

  // --- Which rows are shown ------------------------------------------------------------------------------
  get shown() {
    return this.onlyProblems ? this.rows.all.filter((row) => row.told.length || row.conflict) : this.rows.all;
  }

  /** Build the lines of the page that begins with row `from`. */
  show(from = this.from) {
    this.from = Math.max(0, Math.min(from, Math.floor((this.shown.length - 1) / PAGE) * PAGE));
    const rows = this.shown.slice(this.from, this.from + PAGE);
    const lines = rows.map((row) => [row.key, this.lines.get(row.key) ?? this.line(row)]);
    const kept = new Set(rows.map((row) => row.key));
    for (const [key, line] of this.lines) if (!kept.has(key)) this.sight.drop(line);
    this.lines = new Map(lines);
    this.body.replaceChildren(...lines.map(([, line]) => line));
    this.number();
    rows.forEach((row) => this.paint(row));
    this.paintPages();
  }

  /** A row came or went on this page: keep the other lines and their focus. */
  refit() {
    const rows = this.shown.slice(this.from, this.from + PAGE);
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, line] of this.lines) if (!wanted.has(key)) { this.sight.drop(line); this.lines.delete(key); }
    rows.forEach((row, place) => {
      if (!this.lines.has(row.key)) this.lines.set(row.key, this.line(row));
      const line = this.lines.get(row.key);
      if (this.body.children[place] !== line) this.body.insertBefore(line, this.body.children[place] ?? null);
      this.paint(row);
    });
    this.number();
    this.paintPages();
  }

  line(row) {
    const line = this.blank.cloneNode(true);
    line.dataset.key = row.key;
    const head = line.querySelector("[data-line]");
    head.id = `row-${row.key}`;
    for (const cell of line.querySelectorAll("[data-column]")) cell.setAttribute("aria-labelledby", `head-${cell.dataset.column} ${head.id}`);
    this.sight.watch(line);
    return line;
  }

  number() {
    for (const [key, line] of this.lines) line.querySelector("[data-number]").textContent = this.rows.number(this.rows.find(key));
  }

  // --- Finding cells -------------------------------------------------------------------------------------
  cell(row, column) { return this.lines.get(row.key)?.querySelector(`[data-column="${column}"]`); }
  rowOf(cell) { return this.rows.find(cell.closest("tr")?.dataset.key); }

  /** Turn to the page of the table that has the row. */
  turnTo(row) {
    if (!this.lines.has(row.key)) this.show(Math.floor(Math.max(0, this.shown.indexOf(row)) / PAGE) * PAGE);
  }

  /** Focus a cell, turning the page when the row is on another one. */
  focus(row, column, options) {
    if (!row) return;
    this.turnTo(row);
    const cell = this.cell(row, column);
    if (!cell) return;
    this.columns.show([column]);
    this.sight.near(cell.closest("tr"));
    cell.closest("tr").classList.add("open"); // a blank row is no card on a phone until it is asked for
    cell.focus(options);
    cell.select?.();
  }

  /** Focus the cell to begin at. Only the table scrolls, so that the head of the page stays in sight. */
  begin(row, column) {
    this.turnTo(row);
    const sheet = this.lines.get(row.key).closest(".reg-sheet");
    this.focus(row, column, { preventScroll: true });
    sheet.scrollTop = Math.max(0, this.lines.get(row.key).offsetTop - sheet.clientHeight / 2);
  }

  // --- Painting --------------------------------------------------------------------------------------------
  paint(row) {
    const line = this.lines.get(row.key);
    if (!line) return;
    line.classList.toggle("blank", row.isBlank && !row.ghost);
    for (const cell of line.querySelectorAll("[data-column]")) this.paintCell(row, cell);
    const state = line.querySelector("[data-state]");
    state.textContent = row.conflict ? "มีผู้แก้ไขพร้อมกัน" : row.waiting && row.isUnsent ? "รอส่ง" : row.editor ?? "";
    this.paintSame(line, this.rows.sameHouse(row));
    this.sight.painted(line);
  }

  paintSame(line, first) {
    const place = line.querySelector("[data-same]");
    place.dataset.short = first ? `↑${this.rows.number(first)}` : "";
    place.firstElementChild.textContent = first ? `ครัวเรือนเดียวกับแถว ${this.rows.number(first)}` : "";
  }

  paintCell(row, cell) {
    const column = cell.dataset.column;
    const text = row.values[column] || row.ghost?.[column] || "";
    if (!(cell === document.activeElement && cell.dataset.typing)) this.write(cell, text);
    cell.classList.toggle("ghost", row.light.has(column) || Boolean(row.ghost?.[column]));
    this.paintNote(row, cell, row.told.filter((each) => each.column === column));
  }

  write(cell, text) {
    if (cell.value === text) return;
    cell.value = text;
    if (cell.value !== text) this.offer(cell, text); // a fund that is none of the choices stays as it was typed
  }

  offer(select, text) {
    select.querySelector("[data-other]")?.remove();
    const option = new Option(text, text, true, true);
    option.dataset.other = "1";
    select.add(option);
  }

  paintNote(row, cell, messages) {
    const isWrong = messages.some((each) => each.level === "error");
    if (isWrong) cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
    cell.classList.toggle("warn", !isWrong && messages.length > 0);
    let note = cell.parentElement.querySelector(".note");
    if (!messages.length) {
      note?.remove();
      cell.removeAttribute("aria-describedby");
      return;
    }
    if (!note) {
      note = document.createElement("div");
      note.className = "note";
      note.id = `note-${row.key}-${cell.dataset.column}`;
      cell.parentElement.append(note);
      cell.setAttribute("aria-describedby", note.id);
    }
    note.classList.toggle("note-error", isWrong);
    note.replaceChildren(...messages.flatMap((each) => this.words(each)));
  }

  words({ level, text, became }) {
    const line = document.createElement("p");
    const head = document.createElement("b");
    head.textContent = `${WORDS[level]} `;
    line.append(head, text);
    if (!became) return [line];
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-sm btn-outline-secondary", textContent: "ถูกต้อง", tabIndex: -1 });
    button.dataset.act = "accept";
    return [line, button];
  }

  markFresh(rows) {
    const lines = rows.map((row) => this.lines.get(row.key)).filter(Boolean);
    lines.forEach((line) => line.classList.add("fresh"));
    setTimeout(() => lines.forEach((line) => line.classList.remove("fresh")), FRESH);
  }

  paintTotals() {
    const { rows, households, sums } = this.rows.totals();
    this.root.querySelector("[data-count]").textContent = `รวม ${rows.toLocaleString("en-US")} สัญญา ${households.toLocaleString("en-US")} ครัวเรือน`;
    for (const [column, sum] of Object.entries(sums)) {
      const cell = this.root.querySelector(`[data-sum="${column}"]`);
      if (cell) cell.textContent = baht(sum);
    }
  }

  paintPages() {
    const pages = Math.ceil(this.shown.length / PAGE);
    const place = this.root.querySelector("[data-pages]");
    place.hidden = pages < 2;
    place.querySelector("[data-page]").textContent = `หน้า ${this.from / PAGE + 1} จาก ${pages} (แถว ${this.from + 1}–${Math.min(this.from + PAGE, this.shown.length)})`;
  }
}
