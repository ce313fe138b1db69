// Finding and counting the households that are ticked. Without script the list is an ordinary form.
const boxes = [...document.querySelectorAll("#ticks input[type=checkbox]")];
const find = document.getElementById("find");
const told = document.getElementById("ticked");

const count = () => {
  const number = boxes.filter((box) => box.checked).length;
  told.textContent = `${told.dataset.words} ${number} จาก ${boxes.length} ครัวเรือน`;
};

const narrow = () => {
  const words = find.value.trim().split(/\s+/);
  for (const box of boxes) {
    const label = box.closest("label");
    label.hidden = !words.every((word) => label.textContent.includes(word));
  }
};

if (boxes.length) {
  document.getElementById("find-box").hidden = false;
  find.addEventListener("input", narrow);
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const shown = boxes.filter((box) => !box.closest("label").hidden);
    if (shown.length === 1) {
      shown[0].click();
      find.select();
    }
  });
  document.getElementById("tick-all").addEventListener("click", () => {
    for (const box of boxes) if (!box.closest("label").hidden) box.checked = true;
    count();
  });
  document.getElementById("ticks").addEventListener("change", count);
  count();
}
