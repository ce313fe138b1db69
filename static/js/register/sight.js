// Boxes only in the rows near the eye: more than a thousand of them would make every key slow on an old laptop.
// The others say the same as text, so that they are still found on the page and read aloud.
const NEAR = "220px 0px"; // six rows above and below what is seen

export class Sight {
  constructor(sheet) {
    this.wide = matchMedia("(min-width: 768px)"); // cards differ in height: they keep their boxes
    const see = (seen) => seen.forEach(({ target, isIntersecting }) => this.turn(target, isIntersecting));
    this.observer = new IntersectionObserver(see, { root: sheet, rootMargin: NEAR });
    this.wide.addEventListener("change", () => sheet.querySelectorAll(".away").forEach((line) => this.near(line)));
  }

  watch(line) { this.observer.observe(line); }

  drop(line) {
    this.observer.unobserve(line);
    line.remove();
  }

  turn(line, isNear) {
    if (isNear) this.near(line);
    else if (this.wide.matches && !line.contains(document.activeElement)) this.away(line);
  }

  near(line) {
    if (!line.classList.contains("away")) return;
    line.classList.remove("away");
    line.querySelectorAll(".said").forEach((text) => text.remove());
  }

  away(line) {
    this.near(line);
    for (const cell of line.querySelectorAll("[data-column]")) cell.parentElement.append(this.said(cell));
    line.classList.add("away");
  }

  said(cell) {
    return Object.assign(document.createElement("span"), { className: "said", textContent: cell.value });
  }

  /** The row was painted anew. */
  painted(line) {
    if (line.classList.contains("away")) this.away(line);
  }
}
