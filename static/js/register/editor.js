// What an officer does to the rows: typing in cells, adding and deleting rows, taking steps back.
import { readFundNames } from "./parse.js";
import { Row } from "./rows.js";
import { Undo } from "./undo.js";

export const SPARE = 20; // blank rows a page begins with
const CARRIED = ["fund", "lent_on", "due_on"];

export class Editor {
  /** `on` is told: changed(rows), rowLeft(), deleted(number). */
  constructor(rows, grid, on) {
    Object.assign(this, { rows, grid, on, undo: new Undo(rows), here: null, last: null });
    this.first = rows.columns[0].key;
    const { body } = grid;
    body.addEventListener("input", ({ target }) => this.type(target));
    body.addEventListener("focusin", ({ target }) => this.arrive(target));
    body.addEventListener("focusout", ({ target, relatedTarget }) => {
      this.commit(target);
      if (!body.contains(relatedTarget)) this.leave();
    });
  }

  /** Change rows in a way that one Ctrl+Z takes back. */
  step(touched, change) {
    if (this.undo.step(touched, change)) this.on.changed(touched);
  }

  // --- Cells ---------------------------------------------------------------------------------------------
  type(cell) {
    if (!cell.dataset.column) return;
    cell.dataset.typing = "1";
    if (cell.tagName === "SELECT") this.commit(cell);
  }

  commit(cell = document.activeElement) {
    if (!cell?.dataset?.typing) return;
    this.forget(cell);
    const row = this.grid.rowOf(cell);
    if (row) this.write(row, cell.dataset.column, cell.value);
  }

  /** Let half-typed text go. */
  forget(cell = document.activeElement) { delete cell.dataset.typing; }

  write(row, column, typed) {
    const { [column]: _, ...carried } = (row.isBlank && row.ghost) || {};
    row.light.delete(column);
    if (!row.isBlank || typed.trim()) this.step([row], () => this.rows.set(row, column, typed, carried));
    if (!row.isBlank && row.ghost) row.light = new Set(Object.keys(carried));
    row.ghost = row.isBlank ? carried : null;
    this.grid.paint(row);
  }

  copyAbove(row, column) {
    const above = this.rows.above(row);
    if (!above) return;
    this.forget();
    this.write(row, column, above.values[column] ?? "");
    this.grid.focus(row, column);
  }

  /** Esc: first the cell as it was, then the whole row. */
  restore(row, cell) {
    if (cell.dataset.typing) {
      this.forget(cell);
      this.grid.paint(row);
      cell.select?.();
    } else if (this.here && row.values !== this.here.picture.values) this.step([row], () => this.undo.restore(this.here.picture) && undefined);
  }

  // --- Coming to a row and leaving it ------------------------------------------------------------------------
  arrive(cell) {
    const row = this.grid.rowOf(cell);
    if (cell.dataset.column) this.last = { row, column: cell.dataset.column };
    if (!row || this.here?.row === row) return;
    this.leave();
    this.here = { row, picture: this.undo.picture(row) };
    if (row.isBlank) row.ghost = this.carriedTo(row);
    if (this.rows.number(row) > this.rows.all.length - 2) this.spare(this.rows.all.length + 5);
    this.grid.paint(row);
  }

  carriedTo(row) {
    const { values = {} } = this.rows.above(row) ?? {};
    return Object.fromEntries(CARRIED.filter((column) => values[column]).map((column) => [column, values[column]]));
  }

  leave() {
    if (!this.here) return;
    const { row } = this.here;
    Object.assign(row, { ghost: null, light: new Set() });
    this.here = null;
    this.grid.paint(row);
    this.on.rowLeft();
  }

  // --- Rows ------------------------------------------------------------------------------------------------
  spare(count) {
    this.rows.ensure(count);
    this.grid.refit();
  }

  neighbour(row, by, adds) {
    const { shown, onlyProblems } = this.grid;
    const place = shown.indexOf(row) + by;
    if (adds && place >= shown.length && !onlyProblems) this.spare(this.rows.all.length + 1);
    return this.grid.shown[place];
  }

  add(place, values = {}) {
    const row = new Row({ values: { ...values } });
    this.step([], () => [this.rows.insert(row, place)]);
    this.grid.refit();
    this.grid.focus(row, this.first);
  }

  addBelow(row) { this.add(this.rows.all.indexOf(row) + 1); }
  addAbove(row) { this.add(this.rows.all.indexOf(row)); }
  duplicate(row) { this.add(this.rows.all.indexOf(row) + 1, row.values); }
  /** One row a fund, of a row whose funds were listed in one cell; the sum stays in the first until it is split. */
  split(row) {
    const names = readFundNames(row.values.fund ?? "");
    if (names.length < 2) return;
    const { house_number, name } = row.values;
    const place = this.rows.all.indexOf(row) + 1;
    const others = names.slice(1).map(() => new Row({ values: { house_number, name } }));
    this.step([row], () => {
      others.forEach((each, down) => this.rows.insert(each, place + down));
      [row, ...others].forEach((each, down) => this.rows.set(each, "fund", names[down]));
      return others;
    });
    this.grid.refit();
    this.grid.focus(row, "principal");
  }

  addLast() { this.grid.focus(this.firstBlank(), this.first); }

  /** The blank row after everything typed. */
  firstBlank() {
    const place = this.rows.all.indexOf(this.rows.filled.at(-1)) + 1;
    this.spare(place + 1);
    return this.rows.all[place];
  }

  remove(row) {
    const number = this.rows.number(row);
    const next = this.rows.all[number] ?? this.rows.all[number - 2];
    this.forget();
    this.step([row], () => this.rows.remove(row));
    this.spare(SPARE);
    this.grid.focus(next, this.first);
    this.on.deleted(number);
  }

  accept(row, column) {
    const { became } = row.messages.find((each) => each.column === column && each.became) ?? {};
    this.grid.focus(row, column);
    if (became) this.write(row, column, became);
  }

  back() { this.look(this.undo.undo()); }
  again() { this.look(this.undo.redo()); }

  look(changed) {
    const { column } = this.last ?? { column: this.first };
    this.spare(SPARE);
    this.on.changed(changed);
    if (changed.length) this.grid.focus(changed[0], column);
  }

  nextProblem({ row, column } = {}) {
    const { columns, all } = this.rows;
    const places = all.flatMap((each) => columns.filter(({ key }) => each.messages.some((message) => message.column === key)).map(({ key }) => [each, key]));
    const order = (each, key) => all.indexOf(each) * columns.length + columns.findIndex((one) => one.key === key);
    const next = (row && places.find((place) => order(...place) > order(row, column))) ?? places[0];
    if (next) this.grid.focus(...next);
  }
}
