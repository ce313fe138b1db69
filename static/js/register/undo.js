// Fifty steps back and forth. A step is what some rows were before and after; null where there was no row.
import { Row } from "./rows.js";

const STEPS = 50;

export class Undo {
  constructor(rows) {
    Object.assign(this, { rows, past: [], future: [] });
  }

  picture(row) {
    const place = this.rows.all.indexOf(row);
    return place < 0 ? null : { place, row, values: row.values, messages: row.messages };
  }

  /** Do `change` to `rows` and remember it. It answers false when it did nothing, or the rows it made. */
  step(rows, change) {
    const before = new Map(rows.map((row) => [row.key, this.picture(row)]));
    const made = change();
    if (made === false) return false;
    for (const row of Array.isArray(made) ? made : []) before.set(row.key, null);
    this.past = [...this.past, this.flip(before)].slice(-STEPS);
    this.future = [];
    return true;
  }

  /** The same rows before and now. */
  flip(before) {
    return [...before].map(([key, was]) => {
      const row = this.rows.find(key) ?? was?.row;
      return { key, was, is: row ? this.picture(row) : null };
    });
  }

  undo() { return this.move(this.past, this.future, "was", "is"); }
  redo() { return this.move(this.future, this.past, "is", "was"); }

  /** Answers the rows to look at. */
  move(from, to, wanted) {
    const step = from.pop();
    if (!step) return [];
    to.push(step);
    const pictures = step.map((each) => ({ key: each.key, picture: each[wanted] }));
    for (const { key, picture } of pictures) if (!picture) this.rows.remove(this.rows.find(key));
    const kept = pictures.filter(({ picture }) => picture).sort((one, other) => one.picture.place - other.picture.place);
    return kept.map(({ picture }) => this.restore(picture));
  }

  restore({ place, row, values, messages }) {
    if (!this.rows.all.includes(row)) this.rows.insert(row, place);
    this.rows.write(row, values, messages);
    return row;
  }
}
