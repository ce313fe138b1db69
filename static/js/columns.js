// Moves a column up or down in the list without asking the server; the form sends the order it has.
"use strict";

document.querySelector(".columns").addEventListener("click", (event) => {
  const button = event.target.closest("button[name=up], button[name=down]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("li");
  const other = button.name === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (button.name === "up") other.before(row); else other.after(row);
  button.focus();
  const place = [...row.parentElement.children].indexOf(row) + 1;
  document.getElementById("moved").textContent = `${row.querySelector("label").textContent.trim()} ลำดับที่ ${place}`;
});
