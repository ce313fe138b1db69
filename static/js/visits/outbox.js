// Sends what waits: one message at a time, each under its own key, so that a message whose answer was lost is sent
// again as it was and done once. A draft is a message too: a snapshot of the form on the version it was typed on.
import * as store from "./store.js";

export const STATES = { waiting: "รอส่ง", sending: "กำลังส่ง", sent: "ส่งแล้ว", conflict: "ขัดแย้ง", refused: "ต้องแก้ไข" };
const LOST = { status: 0, said: {} };

async function post(address, fields, token) {
  const body = new FormData();
  for (const [name, value] of [...fields, ["csrfmiddlewaretoken", token]]) body.append(name, value);
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    return { status: answer.status, said: await answer.json().catch(() => ({})) };
  } catch {
    return LOST;
  }
}

// The form as the server has it now, never a kept copy: for a fresh token, and to compare with.
export async function theirForm(visit) {
  const answer = await fetch(`/monitoring/visits/${visit}/edit/?fresh`).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("recording");
}

// Signing in again changes the token of the session, which the form learns from a fresh page.
async function postWithToken(address, fields, visit, session) {
  const answer = await post(address, fields, session.token);
  const form = answer.status === 403 ? await theirForm(visit) : null;
  if (!form) return answer;
  session.token = form.elements.csrfmiddlewaretoken.value;
  return post(address, fields, session.token);
}

const outcome = ({ status, said }) => {
  if (status === 200) return "sent";
  if (status === 409 && said.changed) return "conflict";
  return status === 400 || status === 404 || status === 409 || status === 413 ? "refused" : "waiting";
};

const draftMessage = (draft) => ({
  kind: "draft", key: crypto.randomUUID(), visit: draft.visit, version: draft.version, fields: draft.fields, next: draft.next ?? "", at: draft.at,
});

async function sendDraft(draft, session) {
  const waiting = (await store.messagesOf(draft.visit)).find((each) => each.kind === "draft");
  if (draft.conflict) return { state: "conflict", said: {} };
  if (!waiting && !draft.changed) return { state: "sent", said: {} };
  const message = waiting ?? draftMessage(draft);
  if (!waiting) await store.put("messages", message);
  const { key, version, next } = message;
  const fields = [...message.fields, ["version", version], ["key", key], ["next", next]];
  const answer = await postWithToken(`/monitoring/visits/${draft.visit}/edit/`, fields, draft.visit, session);
  const state = outcome(answer);
  if (state === "sent") await draftArrived(draft, message, answer.said);
  else if (state !== "waiting") await store.put("drafts", Object.assign(draft, { [state]: true }));
  if (state !== "waiting") await store.remove("messages", key);
  return { state, said: answer.said, status: answer.status };
}

async function draftArrived(draft, message, said) {
  draft.version = said.version;
  draft.conflict = draft.refused = false;
  if (message.next) draft.onward = said.next;
  if (draft.at === message.at) Object.assign(draft, { changed: false, next: "" });
  await store.put("drafts", draft);
}

async function sendPhoto(draft, photo, session) {
  const { key, blob, name, caption, answer, taken_at, original_sha256 } = photo;
  const fields = [["key", key], ["caption", caption], ["answer", answer], ["taken_at", taken_at], ["original_sha256", original_sha256], ["has_consent", "on"]];
  const body = [...fields, ["picture", new File([blob], name, { type: "image/jpeg" })]];
  const said = await postWithToken(`/monitoring/visits/${photo.visit}/device-photo/`, body, photo.visit, session);
  const state = outcome(said);
  if (state === "sent") await photoArrived(draft, said.said);
  if (state === "sent") await store.remove("messages", key);
  if (state === "refused") await store.put("messages", { ...photo, refused: said.said.state ?? "ส่งไม่ได้" });
  return { state, said: said.said, status: said.status };
}

// A picture changes the visit too: the draft goes on from there, unless somebody else wrote meanwhile.
async function photoArrived(draft, said) {
  if (draft.version === said.version - 1) draft.version = said.version;
  await store.put("drafts", draft);
}

const isReady = (message) => message.kind === "photo" && message.has_consent && !message.refused;

// Sends the draft and the pictures of a visit. `session.token` may be renewed; `tell(message, state)` shows.
export async function sendVisit(draft, session, tell = () => {}) {
  const last = await sendDraft(draft, session);
  if (last.state !== "sent") return last;
  const ready = (await store.messagesOf(draft.visit)).filter(isReady);
  for (const photo of ready) {
    tell(photo, STATES.sending);
    const answer = await sendPhoto(draft, photo, session);
    tell(photo, answer.state === "refused" ? answer.said.state : STATES[answer.state]);
    if (answer.state === "waiting") return answer;
  }
  await store.noteUnsent();
  return draft.changed ? sendVisit(draft, session, tell) : last;
}

// What the list shows for a visit kept on this device.
export async function stateOf(draft) {
  const messages = await store.messagesOf(draft.visit);
  if (draft.conflict) return STATES.conflict;
  if (draft.refused || messages.some((each) => each.refused)) return STATES.refused;
  return draft.changed || messages.length ? STATES.waiting : STATES.sent;
}
