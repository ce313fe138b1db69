// Columns that the paper does not have can be put away; Tab then passes them by.

export class Columns {
  /** `drawer` names the place in localStorage for the choice. */
  constructor(table, boxes, drawer) {
    Object.assign(this, { table, boxes: [...boxes], drawer });
    const hidden = JSON.parse(localStorage.getItem(drawer) ?? "[]");
    for (const box of this.boxes) {
      box.checked = !hidden.includes(box.value);
      box.addEventListener("change", () => this.show());
    }
    this.show();
  }

  show() {
    const hidden = this.boxes.filter((box) => !box.checked).map((box) => box.value);
    for (const box of this.boxes) this.table.classList.toggle(`without-${box.value}`, !box.checked);
    localStorage.setItem(this.drawer, JSON.stringify(hidden));
  }
}
