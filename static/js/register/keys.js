// Keys of the grid: those of Excel, as far as a page may take them. Everything here is also a button.

/** `on` are the acts: edit.js says what they do. */
export class Keys {
  constructor(grid, on) {
    Object.assign(this, { grid, columns: grid.columns, on, tabbed: null, caret: false });
    grid.body.addEventListener("keydown", (event) => this.press(event));
    grid.body.addEventListener("mousedown", (event) => this.point(event));
  }

  /** The first click selects all of a cell, the second puts the caret into the text. */
  point(event) {
    const cell = event.target;
    if (!cell.dataset.column) return;
    this.tabbed = null;
    this.caret = cell === document.activeElement;
    if (this.caret || cell.tagName === "SELECT") return;
    event.preventDefault();
    cell.focus();
    cell.select();
  }

  press(event) {
    const cell = event.target;
    if (event.isComposing || !cell.dataset.column) return;
    const act = this.shortcut(event, cell) ?? this.move(event, cell);
    if (!act) return;
    event.preventDefault();
    act();
  }

  shortcut(event, cell) {
    const command = event.ctrlKey || event.metaKey;
    const name = [command && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift", event.code].filter(Boolean).join("+");
    const row = this.grid.rowOf(cell);
    const column = cell.dataset.column;
    const typing = Boolean(cell.dataset.typing);
    const acts = {
      "Ctrl+KeyD": () => this.on.above(row, column),
      "Ctrl+Quote": () => this.on.above(row, column),
      "Ctrl+KeyS": () => this.on.save(),
      "Ctrl+Enter": () => this.on.addBelow(row),
      "Ctrl+NumpadEnter": () => this.on.addBelow(row),
      "Ctrl+Delete": () => this.on.remove(row),
      "Ctrl+Home": () => this.on.edge(0, this.columns.shown[0]),
      "Ctrl+End": () => this.on.edge(-1, this.columns.shown.at(-1)),
      "Alt+ArrowDown": cell.tagName === "SELECT" ? null : () => this.on.menu(row),
      "Alt+Slash": () => this.on.help(),
      F2: () => this.edit(cell),
      F6: () => this.on.leave(),
      F8: () => this.on.nextProblem(row, column),
      Escape: () => this.on.restore(row, cell),
      // While a text is being typed the browser takes back letters itself.
      "Ctrl+KeyZ": typing ? null : () => this.on.undo(),
      "Ctrl+KeyY": typing ? null : () => this.on.redo(),
      "Ctrl+Shift+KeyZ": typing ? null : () => this.on.redo(),
    };
    return acts[name];
  }

  edit(cell) {
    this.caret = true;
    cell.setSelectionRange?.(cell.value.length, cell.value.length);
  }

  move(event, cell) {
    if (event.ctrlKey || event.altKey || event.metaKey) return null;
    const { key, shiftKey } = event;
    const columns = this.columns.shown;
    const place = columns.indexOf(cell.dataset.column);
    const isText = cell.tagName !== "SELECT";
    const all = !isText || (!this.caret && cell.selectionStart === 0 && cell.selectionEnd === cell.value.length);
    if (key === "Tab") return this.tab(cell, columns, place + (shiftKey ? -1 : 1), shiftKey);
    if (key === "Enter") return () => this.enter(cell, shiftKey ? -1 : 1);
    if (key === "ArrowDown" && isText) return () => this.go(cell, 1);
    if (key === "ArrowUp" && isText) return () => this.go(cell, -1);
    if (key === "ArrowRight" && (all || cell.selectionStart === cell.value.length)) return () => this.sideways(cell, columns[place + 1]);
    if (key === "ArrowLeft" && (all || cell.selectionEnd === 0)) return () => this.sideways(cell, columns[place - 1]);
    if (key === "Home" && !this.caret) return () => this.sideways(cell, columns[0]);
    if (key === "End" && !this.caret) return () => this.sideways(cell, columns.at(-1));
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]; // also where the keyboard writes Thai
    if (!isText && digit) return () => this.on.choose(cell, Number(digit));
    return null;
  }

  /** Tab keeps to the rows; at the end of the last one it goes on to the page. */
  tab(cell, columns, place, back) {
    const row = this.grid.rowOf(cell);
    this.tabbed ??= back ? null : cell.dataset.column;
    const inRow = columns[place];
    if (inRow) return () => this.to(row, inRow);
    const next = this.on.neighbour(row, back ? -1 : 1, false);
    if (next) this.tabbed = null;
    return next ? () => this.to(next, back ? columns.at(-1) : columns[0]) : null;
  }

  /** Down the column; after tabbing along a row, back to where the tabbing began, as in Excel. */
  enter(cell, step) {
    const column = (step > 0 && this.tabbed) || cell.dataset.column;
    this.tabbed = null;
    this.to(this.on.neighbour(this.grid.rowOf(cell), step, step > 0), column);
  }

  go(cell, step) {
    this.tabbed = null;
    this.to(this.on.neighbour(this.grid.rowOf(cell), step, step > 0), cell.dataset.column);
  }

  sideways(cell, column) {
    this.tabbed = null;
    if (column) this.to(this.grid.rowOf(cell), column);
  }

  to(row, column) {
    this.caret = false;
    this.grid.focus(row, column);
  }
}
