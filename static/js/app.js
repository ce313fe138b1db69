// The little script every page has: the phone menu, buttons that can be pressed once, focus on errors.
"use strict";

const button = document.querySelector(".menu-button");
if (button) {
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  form.querySelectorAll("button:not([type=button])").forEach((each) => each.setAttribute("aria-disabled", "true"));
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((each) => each.removeAttribute("aria-disabled"));
  });
});

const errors = document.querySelector(".banner-error[role=alert]");
if (errors) errors.focus();

// A list swaps itself in place: busy while it waits, and the focus is never lost with what was swapped away.
const list = () => document.getElementById("list");

document.addEventListener("htmx:beforeRequest", (event) => event.detail.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target.removeAttribute("aria-busy"));
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "list" || document.activeElement !== document.body) return;
  const rows = list().querySelector("[role=alert], .sheet, .empty");
  if (!rows) return;
  rows.tabIndex = rows.classList.contains("sheet") ? 0 : -1;
  rows.focus({ preventScroll: true });
});

// What cannot be swapped in is opened as a page, so that the officer sees what went wrong.
document.addEventListener("htmx:responseError", (event) => {
  const { boosted, requestConfig } = event.detail;
  if (boosted) window.location.assign(requestConfig.path);
});

// The search box: Ctrl+K goes there, arrows go through what was found, Enter opens the first, Esc closes.
const box = document.getElementById("search-box");
const found = document.getElementById("found");

function closeFound() { found.hidden = true; found.replaceChildren(); }

function isWholeNationalId(text) { return text.replace(/[^0-9๐-๙]/g, "").length >= 13; }

function openFound() {
  const links = found.querySelectorAll("a").length;
  found.hidden = box.value.trim() === "" || !found.textContent.trim();
  document.getElementById("found-status").textContent = links ? `พบ ${links} รายการ` : found.textContent.trim();
}

function walk(event) {
  const stops = [box, ...found.querySelectorAll("a")];
  const place = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  if (found.hidden || !stops[place]) return;
  event.preventDefault();
  stops[place].focus();
}

function steer(event) {
  const first = found.querySelector("a");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
  if (event.key === "Escape") { closeFound(); box.focus(); }
  if (event.key === "Enter" && event.target === box && first && found.dataset.of === box.value) {
    event.preventDefault();
    window.location.assign(first.href);
  }
}

if (box) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  box.form.addEventListener("keydown", steer);
  box.form.addEventListener("focusout", (event) => { if (!box.form.contains(event.relatedTarget)) closeFound(); });
  box.addEventListener("htmx:beforeRequest", (event) => {
    if (box.value.trim() && !isWholeNationalId(box.value)) return;
    event.preventDefault();
    closeFound();
  });
  found.addEventListener("htmx:afterSwap", () => {
    found.dataset.of = box.value;
    if (box.form.contains(document.activeElement)) openFound();
  });
}

// Rows of registers that were not sent yet name people, and drafts of visits are one officer's: nothing of them stays
// behind whoever signs out, who is asked first when something would be lost.
for (const out of document.querySelectorAll("form[action*=logout]")) {
  out.addEventListener("submit", (event) => {
    const unsent = localStorage.getItem("visits:unsent");
    if (unsent && !confirm("เครื่องนี้มีข้อมูลการติดตามที่ยังไม่ได้ส่ง ถ้าออกจากระบบ ข้อมูลนั้นจะหายไป ออกจากระบบหรือไม่")) { event.preventDefault(); return; }
    Object.keys(localStorage).filter((name) => /^(register|visits):/.test(name)).forEach((name) => localStorage.removeItem(name));
  });
}
