// A row that somebody else saved first: both versions are shown, the officer chooses.

export class Conflicts {
  /** `onChoice(row)` is called when the officer has chosen. */
  constructor(place, rows, onChoice) {
    Object.assign(this, { place, rows, onChoice });
  }

  show() {
    const disputed = this.rows.all.filter((row) => row.conflict);
    this.place.replaceChildren(...disputed.map((row) => this.panel(row)));
  }

  panel(row) {
    const { by, at } = row.conflict;
    const panel = document.createElement("section");
    panel.className = "banner banner-warning";
    const head = Object.assign(document.createElement("h2"), { className: "h3", textContent: `แถว ${this.rows.number(row)} ถูกแก้ไขโดย${by} เมื่อ ${at}` });
    panel.append(head, this.differences(row), this.buttons(row, by));
    return panel;
  }

  differences(row) {
    const theirs = row.conflict.values;
    const list = document.createElement("dl");
    list.className = "facts";
    for (const { key, label } of this.rows.columns) {
      const [mine, other] = [row.values[key] || "–", theirs[key] || "–"];
      if (mine === other) continue;
      list.append(Object.assign(document.createElement("dt"), { textContent: label }));
      list.append(Object.assign(document.createElement("dd"), { textContent: `ของฉัน ${mine} · ของ${row.conflict.by} ${other}` }));
    }
    return list;
  }

  buttons(row, by) {
    const button = (words, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-outline-secondary", textContent: words });
      made.addEventListener("click", act);
      return made;
    };
    const buttons = document.createElement("div");
    buttons.className = "actions mt-2";
    buttons.append(button("ใช้ข้อมูลของฉัน", () => this.choose(row, false)), button(`ใช้ข้อมูลของ${by}`, () => this.choose(row, true)));
    return buttons;
  }

  choose(row, theirs) {
    if (theirs) {
      this.rows.write(row, row.conflict.values, row.conflict.messages);
      row.saved = row.changes;
    } else row.changes += 1;
    row.conflict = null;
    this.show();
    this.onChoice(row);
  }
}
