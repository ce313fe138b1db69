// The grid of targets: Enter and the arrows go up and down a column, and a column copied from a spreadsheet is
// written downwards from the box it is pasted into.
"use strict";

const grid = document.querySelector("[data-grid]");
const boxesOf = (row) => [...row.querySelectorAll("input:not([type='hidden'])")];
const lines = [...grid.tBodies[0].rows].map(boxesOf);
const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

function placeOf(box) {
  const row = lines.findIndex((boxes) => boxes.includes(box));
  return { row, column: row < 0 ? -1 : lines[row].indexOf(box) };
}

grid.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const { row, column } = placeOf(event.target);
  if (!step || row < 0 || event.isComposing) return;
  event.preventDefault();
  const next = lines[row + (event.shiftKey ? -step : step)]?.[column];
  next?.focus();
  next?.select();
});

grid.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").replace(/\r?\n$/, "");
  const { row, column } = placeOf(event.target);
  if (row < 0 || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  text.split(/\r?\n/).forEach((line, down) => line.split("\t").forEach((typed, right) => {
    const box = lines[row + down]?.[column + right];
    if (box) box.value = typed.trim();
  }));
});
