// Copying rows as Excel text, and writing what was copied elsewhere into the register.

export class Clipboard {
  /** `mapping()` promises the panel that asks for columns, `say(words)` tells what was pasted. */
  constructor(editor, mapping, { say, dialog }) {
    Object.assign(this, { editor, mapping, say, dialog, at: null });
    const { body } = editor.grid;
    body.addEventListener("copy", (event) => this.copy(event));
    body.addEventListener("paste", (event) => this.paste(event));
    dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.fromBox(); });
  }

  // --- Copying ---------------------------------------------------------------------------------------------
  copy(event) {
    const cell = event.target;
    const isPart = cell.tagName === "INPUT" && cell.selectionEnd - cell.selectionStart !== cell.value.length;
    if (!cell.dataset.column || isPart) return;
    const { ticked } = this;
    event.clipboardData.setData("text/plain", ticked.length ? this.asTable(ticked) : cell.value);
    event.preventDefault();
  }

  get ticked() {
    const { rows, grid } = this.editor;
    return rows.all.filter((row) => grid.lines.get(row.key)?.querySelector("[data-act=tick]").checked);
  }

  asTable(rows) {
    return rows.map((row) => this.editor.rows.columns.map(({ key }) => row.values[key] ?? "").join("\t")).join("\r\n");
  }

  async copyRow(row) {
    await navigator.clipboard?.writeText(this.asTable(this.ticked.length ? this.ticked : [row]));
    this.say("คัดลอกแล้ว วางใน Excel ได้");
  }

  // --- Pasting ---------------------------------------------------------------------------------------------
  paste(event) {
    const cell = event.target;
    const text = event.clipboardData.getData("text/plain");
    const isOneCell = !/[\t\n]/.test(text.replace(/\r?\n$/, ""));
    if (!cell.dataset.column || (isOneCell && cell.tagName === "INPUT")) return;
    event.preventDefault();
    this.editor.forget(cell);
    this.receive(text, this.editor.grid.rowOf(cell), cell.dataset.column);
  }

  /** The text box for screens without Ctrl+V; it writes at `at`, or after everything typed. */
  open(at = null) {
    this.at = at;
    this.dialog.showModal();
    this.dialog.querySelector("textarea").focus();
  }

  fromBox() {
    const box = this.dialog.querySelector("textarea");
    const { row, column } = this.at ?? { row: this.editor.firstBlank(), column: this.editor.first };
    this.dialog.close();
    if (box.value.trim()) this.receive(box.value, row, column);
    box.value = "";
  }

  async receive(text, row, column) {
    const here = document.activeElement;
    const mapping = await this.mapping();
    mapping.receive(text, column, (table, columns) => {
      this.put(table, columns, row, column);
      const hasGoneOn = document.activeElement !== here && this.editor.grid.body.contains(document.activeElement);
      if (!hasGoneOn) this.editor.grid.focus(row, column);
    });
  }

  /** Write a block from `row` on. Rows below it stay untouched, missing rows are added. */
  put(table, columns, row, column) {
    const { rows, grid } = this.editor;
    const from = rows.all.indexOf(row);
    const touched = rows.all.slice(from, from + table.length);
    row.ghost = null;
    grid.columns.show(columns.filter((_, place) => table.some((cells) => cells[place])));
    this.editor.step(touched, () => {
      const added = rows.ensure(from + table.length);
      table.forEach((cells, down) => this.fill(rows.all[from + down], cells, columns));
      return added;
    });
    this.show(rows.all.slice(from, from + table.length));
  }

  /** Cells that are meant for one column are joined. */
  fill(row, cells, columns) {
    const texts = {};
    cells.forEach((cell, place) => { texts[columns[place]] = [texts[columns[place]], cell].filter(Boolean).join(" "); });
    for (const { key } of this.editor.rows.columns) if (texts[key] !== undefined) this.editor.rows.set(row, key, texts[key]);
  }

  show(written) {
    const { rows, grid } = this.editor;
    this.editor.spare(rows.number(written.at(-1)) + 2);
    this.editor.on.changed(written);
    this.editor.on.rowLeft();
    grid.markFresh(written);
    const wrong = written.reduce((sum, row) => sum + row.messages.length, 0);
    this.say(`วางข้อมูลแล้ว ${written.length} แถว พบ ${wrong} ช่องที่ต้องตรวจสอบ`);
  }
}
