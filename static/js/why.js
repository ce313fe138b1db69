// Opens the reason of a figure in a small window; without this the same link opens a page.
"use strict";

const reason = document.getElementById("why");
document.getElementById("why-body").addEventListener("htmx:afterSwap", () => { if (!reason.open) reason.showModal(); });
