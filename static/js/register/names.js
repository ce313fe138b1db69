// Offers people of the village while a name is typed. Nothing is replaced until one is chosen.

const PAUSE = 250; // milliseconds after the last key
const LEAST = 2; // letters

export class Names {
  /** `address` answers {people: [{name, house_number}]}; `onChoice(cell, person)` writes the chosen one. */
  constructor(body, address, onChoice) {
    Object.assign(this, { address, onChoice, cell: null, people: [], at: -1 });
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: "name-list", className: "names", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "ผู้กู้ในหมู่บ้าน");
    body.closest(".reg-frame").append(this.list);
    body.addEventListener("input", (event) => { if (event.target.dataset.kind === "name") this.later(event.target); });
    body.addEventListener("keydown", (event) => this.press(event), true);
    body.addEventListener("focusout", () => this.close());
    this.list.addEventListener("mousedown", (event) => { event.preventDefault(); this.choose([...this.list.children].indexOf(event.target.closest("li"))); });
  }

  later(cell) {
    clearTimeout(this.timer);
    this.close();
    if (cell.value.trim().length >= LEAST) this.timer = setTimeout(() => this.ask(cell), PAUSE);
  }

  async ask(cell) {
    const typed = cell.value;
    const answer = await fetch(`${this.address}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" }, redirect: "error" }).catch(() => null);
    if (!answer?.ok || cell !== document.activeElement || cell.value !== typed) return;
    this.open(cell, (await answer.json()).people);
  }

  open(cell, people) {
    if (!people.length) return;
    Object.assign(this, { cell, people, at: -1 });
    this.list.replaceChildren(...people.map(({ name, house_number: house }, place) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `name-${place}`, textContent: `${name} · ${house ? `บ้านเลขที่ ${house}` : "ไม่ทราบบ้านเลขที่"}` });
      item.setAttribute("role", "option");
      return item;
    }));
    const [box, frame] = [cell.getBoundingClientRect(), this.list.parentElement.getBoundingClientRect()];
    this.list.style.top = `${box.bottom - frame.top}px`;
    this.list.style.left = `${box.left - frame.left}px`;
    this.list.hidden = false;
    for (const [name, value] of [["role", "combobox"], ["aria-expanded", "true"], ["aria-controls", this.list.id]]) cell.setAttribute(name, value);
  }

  close() {
    clearTimeout(this.timer);
    if (!this.cell) return;
    for (const name of ["role", "aria-expanded", "aria-controls", "aria-activedescendant"]) this.cell.removeAttribute(name);
    this.list.hidden = true;
    this.cell = null;
  }

  press(event) {
    if (!this.cell || event.isComposing) return;
    const acts = {
      ArrowDown: () => this.point(this.at + 1),
      ArrowUp: () => this.point(this.at - 1),
      Escape: () => this.close(),
      Enter: this.at >= 0 ? () => this.choose(this.at) : null,
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    acts[event.key]();
  }

  point(place) {
    this.at = (place + this.people.length) % this.people.length;
    [...this.list.children].forEach((item, each) => item.setAttribute("aria-selected", String(each === this.at)));
    this.cell.setAttribute("aria-activedescendant", `name-${this.at}`);
  }

  choose(place) {
    const { cell } = this;
    if (!this.people[place]) return;
    this.close();
    this.onChoice(cell, this.people[place]);
  }
}
