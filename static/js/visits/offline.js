// The visits kept on this device: what waits, with its size and state, and one button that sends it all.
import { STATES, sendVisit, stateOf } from "./outbox.js";
import * as store from "./store.js";

const list = document.getElementById("kept-visits");
const button = document.getElementById("send-all");
const session = { token: document.querySelector("#send-all-form [name=csrfmiddlewaretoken]").value };

const sizeOf = (draft, messages) => JSON.stringify(draft).length + messages.reduce((sum, each) => sum + (each.blob?.size ?? 0), 0);

async function row(draft) {
  const line = document.getElementById("kept-visit").content.firstElementChild.cloneNode(true);
  const messages = await store.messagesOf(draft.visit);
  const state = await stateOf(draft);
  line.querySelector("a").href = `/monitoring/visits/${draft.visit}/edit/`;
  line.querySelector("a").textContent = draft.title;
  line.querySelector(".tag").textContent = state;
  const at = draft.at ? ` • แก้ไข ${new Date(draft.at).toLocaleString("th-TH", { dateStyle: "medium", timeStyle: "short" })}` : "";
  line.querySelector(".hint").textContent = `${Math.ceil(sizeOf(draft, messages) / 1024)} kB • ภาพรอส่ง ${messages.filter((each) => each.kind === "photo").length}${at}`;
  return line;
}

async function show() {
  const drafts = await store.all("drafts");
  list.replaceChildren(...(await Promise.all(drafts.map(row))));
  document.getElementById("nothing-kept").hidden = drafts.length > 0;
  const states = await Promise.all(drafts.map(stateOf));
  button.hidden = !states.includes(STATES.waiting);
}

async function sendAll(event) {
  event.preventDefault();
  const said = document.getElementById("send-state");
  said.textContent = STATES.sending;
  await navigator.locks.request("visits-outbox", async () => {
    for (const draft of await store.all("drafts")) await sendVisit(draft, session);
  });
  await store.noteUnsent();
  said.textContent = "";
  show();
}

await store.belongTo(list.dataset.officer);
await store.open(list.dataset.officer);
button.form.addEventListener("submit", sendAll);
addEventListener("online", () => button.form.requestSubmit());
show();
