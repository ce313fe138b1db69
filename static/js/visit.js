// Saves a visit while the officer types. Without script the button does the same.
const form = document.getElementById("recording");
const state = document.getElementById("save-state");
const PAUSE = 3000; // after the last key, in milliseconds
const RETRY = 15000;
let timer = 0;
let changes = 0;
let sending = false;
let pressed = null; // a button that waits for the saving under way

function tell(text) {
  state.textContent = text;
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

async function save() {
  if (sending || form.dataset.sent) return;
  sending = true;
  const sent = changes;
  tell(form.dataset.saving);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (answer.ok) form.elements.version.value = said.version;
    if (answer.ok && sent === changes) changes = 0;
    tell(said.state);
    if (answer.ok && changes) later(PAUSE);
  } catch {
    tell(form.dataset.failed);
    later(RETRY);
  }
  sending = false;
  if (pressed) form.requestSubmit(pressed);
}

form.addEventListener("input", () => {
  changes += 1;
  tell(form.dataset.waiting);
  later(PAUSE);
});

form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  if (sending) {
    pressed = event.submitter;
    event.preventDefault();
    return;
  }
  changes = 0;
});

window.addEventListener("online", () => { if (changes) later(0); });
window.addEventListener("beforeunload", (event) => { if (changes) event.preventDefault(); });
