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
