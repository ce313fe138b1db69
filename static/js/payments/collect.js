// The sheet of a meeting: the keys of the register grid, the running total, and a word beside what is too much.
import { baht, satang } from "../register/cells.js";
import { Keys } from "../register/keys.js";
import { CannotRead, readMoney } from "../register/parse.js";

const form = document.getElementById("collect");
const typedAt = new Map(); // what a box held when it was entered, for Esc

const grid = {
  columns: { shown: ["amount"] },
  body: form?.querySelector("tbody"),
  rowOf: (cell) => cell.closest("tr"),
  focus(row, column) {
    const cell = row?.querySelector(`[data-column="${column}"]`);
    cell?.focus();
    cell?.select();
  },
};

const rows = () => [...grid.body.rows];
const boxOf = (row) => row.querySelector("[data-column]");

const acts = {
  neighbour: (row, step) => rows()[row.sectionRowIndex + step] ?? null,
  edge: (place, column) => grid.focus(rows().at(place), column),
  above: (row, column) => copyDown(rows()[row.sectionRowIndex - 1], row, column),
  nextProblem: (row, column) => grid.focus(rows().find((each) => each !== row && boxOf(each).getAttribute("aria-invalid")), column),
  leave: () => form.querySelector(".btn-primary").focus(),
  save: () => form.requestSubmit(),
  restore(row, cell) { write(cell, typedAt.get(cell) ?? cell.value); },
  addBelow: (row) => grid.focus(acts.neighbour(row, 1), "amount"),
  remove: (row) => write(boxOf(row), ""),
  undo() {}, redo() {}, menu() {}, help() {}, choose() {},
};

function copyDown(from, row) {
  if (from) write(boxOf(row), boxOf(from).value);
}

function write(cell, text) {
  cell.value = text;
  tell(cell);
}

/** Satang typed in a box: null when empty, undefined when it is no amount. */
function typed(cell) {
  try {
    const amount = readMoney(cell.value);
    return amount === null ? null : satang(amount);
  } catch (refusal) {
    if (refusal instanceof CannotRead) return undefined;
    throw refusal;
  }
}

function wordsFor(cell) {
  try {
    readMoney(cell.value);
  } catch (refusal) {
    return [refusal.message, true];
  }
  const { due, most } = cell.closest("tr").dataset;
  const amount = typed(cell) ?? 0n;
  if (amount > satang(most)) return [`ยอดชำระมากกว่ายอดค้าง ระบุไม่เกิน ${baht(satang(most))} บาท`, true];
  if (amount > satang(due)) return [`ชำระมากกว่ายอดที่ครบกำหนด ส่วนเกิน ${baht(amount - satang(due))} บาทเป็นการชำระก่อนกำหนด`, false];
  return ["", false];
}

function tell(cell) {
  const [words, isWrong] = wordsFor(cell);
  const note = document.getElementById(`note-${cell.closest("tr").dataset.key}`);
  note.textContent = words;
  note.classList.toggle("note-error", isWrong);
  cell.classList.toggle("is-invalid", isWrong);
  if (isWrong) cell.setAttribute("aria-invalid", "true");
  else cell.removeAttribute("aria-invalid");
  sum();
}

function sum() {
  const amounts = rows().map((row) => typed(boxOf(row))).filter((amount) => amount);
  const total = baht(amounts.reduce((one, other) => one + other, 0n));
  form.querySelector("[data-sum]").textContent = total;
  form.querySelector("[data-told]").textContent = `รับชำระ ${amounts.length} รายการ รวม ${total} บาท`;
}

if (form) {
  new Keys(grid, acts);
  grid.body.addEventListener("focusin", ({ target }) => { if (target.dataset.column) typedAt.set(target, target.value); });
  grid.body.addEventListener("input", ({ target }) => tell(target));
  sum();
}
