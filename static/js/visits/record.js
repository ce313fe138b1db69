// The visit form: what is typed is kept on this device at once, sent when there is a network, and shown as such.
import { differences, show as showConflict } from "./conflict.js";
import * as draftFile from "./file.js";
import { addRow, fill, values } from "./form.js";
import { STATES, sendVisit, theirForm } from "./outbox.js";
import * as pictures from "./pictures.js";
import * as store from "./store.js";

const PAUSE = 3000; // after the last key, in milliseconds
const RETRY = 15000;
const form = document.getElementById("recording");
const saveState = document.getElementById("save-state");
const conflictPanel = document.getElementById("conflict");
const { visit: visitText, officer } = form.dataset;
const visit = Number(visitText);
const session = { token: form.elements.csrfmiddlewaretoken.value };
let draft = null;
let timer = 0;
let sending = null; // the sending under way
let keeping = Promise.resolve();

const tell = (text) => { saveState.textContent = text; };
const clock = (at) => new Date(at).toLocaleTimeString("th-TH", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
const day = (at) => new Date(at).toLocaleDateString("th-TH", { day: "numeric", month: "short" });

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(sync, pause);
}

// --- keeping on this device ---------------------------------------------------------------------------
const fresh = () => ({ visit, title: form.dataset.title, version: Number(form.elements.version.value), fields: values(form), changed: false, at: 0 });

function keep() {
  Object.assign(draft, { fields: values(form), changed: true, refused: false, at: Math.max(Date.now(), draft.at + 1) });
  keeping = store.put("drafts", draft).then(store.noteUnsent, () => tell("พื้นที่ในเครื่องเต็ม ดาวน์โหลดไฟล์ร่างเก็บไว้ก่อน"));
  return keeping;
}

// What is kept here is newer than the page when the page is a kept copy, or when it was not sent yet.
async function restore() {
  const page = fresh();
  const kept = await store.get("drafts", visit);
  const isNewer = kept && (kept.changed || kept.version > page.version);
  draft = isNewer ? kept : page;
  if (!isNewer) return store.put("drafts", draft);
  fill(form, draft.fields);
  form.elements.version.value = draft.version;
  if (draft.changed) tell(`กู้คืนข้อมูลที่ยังไม่ได้ส่งจากวันที่ ${day(draft.at)} เวลา ${clock(draft.at)} น. แล้ว`);
}

// --- sending ------------------------------------------------------------------------------------------
// One sending at a time, also between windows of this browser.
function sync() {
  clearTimeout(timer);
  sending ??= navigator.locks.request("visits-outbox", send).finally(() => { sending = null; });
  return sending;
}

async function send() {
  if (draft.changed) tell(form.dataset.saving);
  const answer = await sendVisit(draft, session, pictures.tell);
  form.elements.version.value = draft.version;
  await store.noteUnsent();
  if (answer.state === "conflict") await compare(answer.said.state);
  else if (answer.status === 401) askToSignIn(answer.said.state);
  else if (answer.state === "waiting") { tell(form.dataset.failed); later(RETRY); }
  else if (answer.said.state) tell(answer.said.state);
  else if (answer.state === "sent" && saveState.textContent === form.dataset.saving) tell("");
  return answer;
}

function askToSignIn(why) {
  const link = Object.assign(document.createElement("a"), { href: form.dataset.login, textContent: "เข้าสู่ระบบ" });
  saveState.replaceChildren(`${why} ข้อมูลยังอยู่ในเครื่องนี้ `, link);
}

async function compare(why = "มีผู้อื่นแก้ไขการติดตามนี้") {
  const theirs = await theirForm(visit);
  if (!theirs) return later(RETRY);
  const found = differences(form, theirs);
  const settle = async () => {
    Object.assign(draft, { version: Number(theirs.elements.version.value), conflict: false });
    form.elements.version.value = draft.version;
    await keep();
    later(0);
  };
  if (!found.length) return settle();
  tell(`${STATES.conflict} ${why}`);
  showConflict(conflictPanel, found, { form, theirs, why, settle });
}

// --- the form's own events ----------------------------------------------------------------------------
function typed() {
  keep();
  countDone();
  if (draft.conflict) return;
  tell(form.dataset.waiting);
  later(PAUSE);
}

async function pressed(event) {
  event.preventDefault();
  if (form.dataset.pressed) return;
  form.dataset.pressed = "1";
  Object.assign(draft, { next: event.submitter?.value ?? "", onward: "" });
  await keep();
  if (sending) await sending;
  const answer = await sync();
  delete form.dataset.pressed;
  const left = (await store.messagesOf(visit)).filter((each) => each.kind === "photo").length;
  if (answer.status === 400) form.submit(); // the page says where to mend what
  else if (!draft.onward) draft.next = "";
  else if (left && event.submitter.value === "send") tell(`ยังมีภาพที่ยังไม่ได้ส่ง ${left} ภาพ ยืนยันความยินยอมหรือลบภาพก่อน`);
  else location.assign(draft.onward);
}

function countDone() {
  for (const hint of document.querySelectorAll("[data-section]")) {
    const issues = [...document.querySelectorAll(`#${hint.dataset.section} .issue`)];
    const isDone = (issue) => (issue.querySelector("[type=radio]") ? issue.querySelector(":checked") : issue.querySelector("textarea").value.trim());
    const done = issues.filter(isDone).length;
    hint.textContent = `${done === issues.length ? "ครบ" : "บันทึกแล้ว"} ${done}/${issues.length}`;
  }
}

async function taken({ target }) {
  if (target.type !== "file" || !target.closest(".shots")) return;
  const complaint = target.closest(".shots").querySelector(".shots-refused");
  complaint.textContent = "";
  for (const file of target.files) {
    try {
      const photo = await pictures.take(file, visit, target.closest(".shots").dataset.answer);
      await store.put("messages", photo);
      pictures.show(photo, photosChanged);
    } catch (refusal) {
      complaint.textContent = refusal instanceof pictures.CannotTake ? refusal.message : "เก็บภาพในเครื่องไม่ได้ พื้นที่อาจเต็ม ดาวน์โหลดไฟล์ร่างเก็บไว้ก่อน";
    }
  }
  target.value = "";
  photosChanged();
}

async function photosChanged() {
  await store.noteUnsent();
  later(0);
  warnOfSpace();
}

// --- the draft as a file ------------------------------------------------------------------------------
async function downloadDraft() {
  await keeping;
  draftFile.download({ ...draft, fields: values(form) }, (await store.messagesOf(visit)).filter((each) => each.kind === "photo"));
}

async function readDraft({ target }) {
  const found = target.files[0] && (await draftFile.read(target.files[0], visit));
  target.value = "";
  if (!found) return tell("ไฟล์นี้ไม่ใช่ไฟล์ร่างของการติดตามนี้");
  fill(form, found.fields);
  draft.version = Math.min(draft.version, found.version); // what was written since is asked about
  draft.conflict = false;
  for (const photo of found.photos) {
    if (await store.get("messages", photo.key)) continue;
    await store.put("messages", photo);
    pictures.show(photo, photosChanged);
  }
  typed();
}

// --- being without network ------------------------------------------------------------------------------
function showNetwork() {
  document.getElementById("offline-bar").hidden = navigator.onLine;
}

async function warnOfSpace() {
  document.getElementById("space-warning").hidden = !(await store.littleSpace());
}

// The worker keeps this page and its files from now on; what came before it is asked for once more.
async function keepPage() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.offline.replace(/offline\/$/, "") });
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  const files = [...performance.getEntriesByType("resource").map(({ name }) => name), ...(await filesOf(form.dataset.offline))];
  const ours = files.filter((address) => new URL(address).pathname.startsWith("/static/"));
  await Promise.all([location.pathname, ...new Set(ours)].map((address) => fetch(address).catch(() => null)));
  navigator.storage?.persist?.();
  document.getElementById("offline-ready").hidden = false;
}

// What another page names, which is kept on the way.
async function filesOf(address) {
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return [];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.querySelectorAll("script[src], link[href]")].map((each) => new URL(each.getAttribute("src") ?? each.getAttribute("href"), location.href).href);
}

async function start() {
  await store.belongTo(officer);
  await store.open(officer);
  await restore();
  (await store.messagesOf(visit)).filter((each) => each.kind === "photo").forEach((photo) => pictures.show(photo, photosChanged));
  document.querySelectorAll(".shots, .device-tools, [data-add]").forEach((each) => { each.hidden = false; });
  form.addEventListener("input", (event) => { if (event.target.type !== "file") typed(); });
  form.addEventListener("change", taken);
  form.addEventListener("submit", pressed);
  form.addEventListener("click", ({ target }) => { if (target.dataset.add) addRow(form, target.dataset.add)?.querySelector("input:not([type=hidden])").focus(); });
  document.getElementById("draft-download").addEventListener("click", downloadDraft);
  document.getElementById("draft-read").addEventListener("change", readDraft);
  addEventListener("online", () => { showNetwork(); later(0); });
  addEventListener("offline", showNetwork);
  countDone();
  showNetwork();
  warnOfSpace();
  if (draft.conflict) await compare();
  else later(0);
  form.dataset.ready = "1";
  await keepPage();
}

start();
