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
