// Columns that the paper does not have can be put away; Tab then passes them by.

export class Columns {
  /** `drawer` names the place in localStorage for the choice. Until there is one, rare columns without a value are away. */
  constructor(table, rows, drawer) {
    Object.assign(this, { table, boxes: [...document.querySelectorAll("[data-show-column]")], rows, drawer });
    const rare = this.boxes.filter((box) => "rare" in box.dataset && !rows.filled.some((row) => row.values[box.value]));
    const hidden = JSON.parse(localStorage.getItem(drawer)) ?? rare.map((box) => box.value);
    for (const box of this.boxes) {
      box.checked = !hidden.includes(box.value);
      box.addEventListener("change", () => this.choose());
    }
    this.paint();
  }

  get hidden() { return this.boxes.filter((box) => !box.checked).map((box) => box.value); }

  choose() {
    localStorage.setItem(this.drawer, JSON.stringify(this.hidden));
    this.paint();
  }

  paint() {
    const { hidden } = this;
    for (const { value } of this.boxes) this.table.classList.toggle(`without-${value}`, hidden.includes(value));
    this.shown = this.rows.columns.map(({ key }) => key).filter((key) => !hidden.includes(key));
  }

  /** Columns that somebody goes to or writes in are seen. */
  show(keys) {
    const away = this.boxes.filter((box) => !box.checked && keys.includes(box.value));
    if (!away.length) return;
    away.forEach((box) => { box.checked = true; });
    this.paint();
  }
}
