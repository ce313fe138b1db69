// The rows of one register as this browser holds them, in the order of the paper.
import { readCell, satang } from "./cells.js";
import { searchKey } from "./parse.js";

const GAP = 1024; // between positions, so that a row fits between two others

/** A random UUID; `crypto.randomUUID` is missing where there is no TLS. */
export function newKey() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte, place) =>
    (place === 6 ? (byte & 15) | 64 : place === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export class Row {
  constructor(given = {}) {
    Object.assign(this, { key: newKey(), version: 0, position: 0, values: {}, messages: [], sameHouse: null, deleted: false }, given);
    this.changes = this.saved = 0; // equal when the server has everything
    this.waiting = false; // a send has failed
    this.conflict = null;
    this.ghost = null; // offered from the row above, while the row is blank
    this.light = new Set(); // columns that were carried over and not looked at yet
  }

  get isBlank() { return !Object.values(this.values).some(Boolean); }
  get isUnsent() { return this.changes !== this.saved && !(this.isBlank && !this.version); }
  /** The messages, and what the checker remarked. */
  get told() {
    return this.remark ? [...this.messages, { column: "name", level: "remark", text: this.remark }] : this.messages;
  }

  payload() {
    const { key, version, position } = this;
    return { key, version, position, values: this.values, deleted: this.deleted || this.isBlank };
  }
}

export class Rows {
  /** `columns` say key, kind, label; `context` knows today and the funds. `onChange(rows)` is told what to paint. */
  constructor(columns, context) {
    Object.assign(this, { columns, context, all: [], gone: new Map(), onChange: () => {} });
    this.kinds = Object.fromEntries(columns.map((column) => [column.key, column.kind]));
  }

  find(key) { return this.all.find((row) => row.key === key) ?? this.gone.get(key); }
  number(row) { return this.all.indexOf(row) + 1; }
  above(row) { return this.all[this.all.indexOf(row) - 1]; }
  get filled() { return this.all.filter((row) => !row.isBlank); }
  get unsent() { return [...this.all, ...this.gone.values()].filter((row) => row.isUnsent); }

  /** Blank rows at the end, so that there is always one to type in. */
  ensure(count) {
    const added = [];
    while (this.all.length < count) added.push(this.insert(new Row(), this.all.length));
    return added;
  }

  insert(row, place) {
    const before = this.all[place - 1]?.position ?? 0;
    const after = this.all[place]?.position ?? before + 2 * GAP;
    row.position = Math.floor((before + after) / 2);
    row.deleted = false;
    this.gone.delete(row.key);
    this.all.splice(place, 0, row);
    if (row.position === before) this.spread(place);
    return row;
  }

  /** A row that knows its position already. */
  place(row) {
    this.all.splice(this.all.filter((each) => each.position <= row.position).length, 0, row);
    return row;
  }

  drop(row) { this.all.splice(this.all.indexOf(row), 1); }

  /** Makes room where positions have run out. */
  spread(place) {
    for (const row of this.all.slice(place)) {
      row.position += GAP;
      row.changes += 1;
    }
  }

  remove(row) {
    this.all.splice(this.all.indexOf(row), 1);
    row.deleted = true;
    row.changes += 1;
    if (row.version) this.gone.set(row.key, row);
  }

  /** Write what was typed in a cell, with what a blank row carries over; false when it changes nothing. */
  set(row, column, typed, carried = {}) {
    const { text, message } = readCell(this.kinds[column], typed, this.context);
    if (text === (row.values[column] ?? "")) return false;
    const others = row.messages.filter((each) => each.column !== column);
    this.write(row, { ...carried, ...row.values, [column]: text }, message ? [...others, { column, ...message }] : others);
    return true;
  }

  write(row, values, messages) {
    Object.assign(row, { values, messages });
    row.changes += 1;
  }

  // --- What is told about all rows ---------------------------------------------------------------------
  /** The first earlier row with the same house number. */
  sameHouse(row) {
    const number = row.values.house_number;
    const first = number && this.all.find((each) => each.values.house_number === number);
    return first && first !== row ? first : null;
  }

  totals() {
    const { filled } = this;
    const money = this.columns.filter((column) => column.kind === "money");
    const sums = money.map(({ key }) => [key, filled.reduce((sum, row) => sum + satang(row.values[key] ?? ""), 0n)]);
    const homes = new Set(filled.map(({ key, values }) => values.house_number || searchKey(values.name ?? "") || key));
    return { rows: filled.length, households: homes.size, sums: Object.fromEntries(sums) };
  }

  problems() {
    const { filled } = this;
    const count = (level) => filled.reduce((sum, row) => sum + row.messages.filter((each) => each.level === level).length, 0);
    return { errors: count("error"), warnings: count("warning") };
  }
}
