// More rows of the team and the programme, as many as are needed.
import { addRow } from "./form.js";

const form = document.getElementById("programme");
for (const button of form.querySelectorAll("[data-add]")) {
  button.hidden = false;
  button.addEventListener("click", () => addRow(form, button.dataset.add)?.querySelector("input").focus());
}
