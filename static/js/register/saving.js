// Sends changed rows to the server, again and again until it has them; keeps them in the browser meanwhile.
import { newKey } from "./rows.js";

const AFTER_ROW = 800; // milliseconds after a row was left
const REGULARLY = 15000;
const RETRIES = [2000, 5000, 15000, 60000];
const QUIET = 60000; // a page where nothing was done for so long does not ask for news: that would keep the session open
const AT_ONCE = 20; // changed rows that do not wait
const BATCH = 50;
const NATIONAL_ID = /(?:[0-9๐-๙][ -]?){13}/g;

const withoutIds = (name, value) => (typeof value === "string" && name !== "key" ? value.replace(NATIONAL_ID, "") : value);

export class Saving {
  /** `address` takes the rows; `drawer` names the place in localStorage; `on` are told what happens. */
  constructor(rows, { address, token, drawer, since, savedAt }, on) {
    Object.assign(this, { rows, address, token, drawer, since, savedAt, on, failures: 0, sending: null, timer: 0, control: null, stopped: false, touchedAt: Date.now(), page: newKey() });
    setInterval(() => (this.rows.unsent.length ? this.flush() : this.ask()), REGULARLY);
    addEventListener("online", () => { this.failures = 0; this.flush(); });
    for (const sign of ["keydown", "pointerdown", "wheel"]) addEventListener(sign, () => { this.touchedAt = Date.now(); }, { passive: true });
    addEventListener("pagehide", () => this.keep());
    addEventListener("beforeunload", (event) => { if (this.rows.unsent.length) event.preventDefault(); });
  }

  /** Something was typed. */
  changed() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), 300);
    this.tell();
    if (this.rows.unsent.length >= AT_ONCE) this.soon(0);
  }

  /** What the paper adds up to: {total, rows} as typed. */
  noteControl(control) {
    this.control = control;
    this.soon(AFTER_ROW);
  }

  rowLeft() { if (this.rows.unsent.length) this.soon(AFTER_ROW); }

  soon(pause) {
    if (this.failures && pause) return; // the next try is already set
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  /** Send what is unsent now; resolves when this round is over. */
  async flush() {
    if (this.sending || this.stopped) return this.sending;
    const rows = this.rows.unsent.filter((row) => !row.conflict).slice(0, BATCH);
    if (!rows.length && !this.control) return null;
    this.sending = this.round(rows);
    await this.sending;
    this.sending = null;
    this.tell();
    if (!this.failures && !this.stopped && this.rows.unsent.some((row) => !row.conflict)) this.soon(rows.length === BATCH ? 0 : AFTER_ROW);
    return null;
  }

  async round(rows) {
    const sent = rows.map((row) => ({ row, changes: row.changes, payload: row.payload() }));
    this.tell(rows.length > 0);
    const { control } = this;
    const answer = await this.post({ rows: sent.map((each) => each.payload), editing: this.on.editing(), page: this.page, control }).catch(() => null);
    if (answer?.ok && this.control === control) this.control = null;
    if (answer) await this.hear(answer, sent);
    else this.fail(rows);
  }

  post(body) {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token() };
    return fetch(this.address, { method: "POST", headers, body: JSON.stringify(body), redirect: "error" });
  }

  async hear(answer, sent) {
    if (answer.status === 401) return this.on.sessionEnded();
    if (answer.status === 409) return this.stop((await answer.json()).message);
    if (!answer.ok) return this.fail(sent.map(({ row }) => row));
    this.failures = 0;
    document.dispatchEvent(new Event("session:seen"));
    this.take(await answer.json(), sent);
    return this.keep();
  }

  fail(rows) {
    rows.forEach((row) => { row.waiting = true; });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
    this.failures += 1;
    this.rows.onChange(rows);
  }

  stop(message) {
    this.stopped = true;
    this.on.stopped(message);
  }

  // --- What the server answers -----------------------------------------------------------------------------
  take(said, sent) {
    this.savedAt = said.saved_at;
    const answers = new Map(said.rows.map((each) => [each.key, each]));
    for (const { row, changes, payload } of sent) this.agree(row, changes, payload, answers.get(row.key));
    for (const each of said.conflicts) this.dispute(each, sent.find(({ row }) => row.key === each.key));
    this.on.answered(said);
    this.rows.onChange(sent.map(({ row }) => row));
  }

  /** The server has what was sent; what was typed since stays unsent. */
  agree(row, changes, payload, answer) {
    if (!answer) return;
    row.version = answer.version;
    row.waiting = false;
    row.saved = changes;
    if (payload.deleted) { if (row.changes === changes) this.rows.gone.delete(row.key); return; }
    if (row.changes === changes) Object.assign(row, { values: answer.values, messages: answer.messages });
  }

  /** Somebody else saved the row first. The same values are no dispute: our own answer was lost on the way. */
  dispute(theirs, own) {
    const row = own?.row;
    if (!row) return;
    const same = Object.keys({ ...theirs.values, ...row.values }).every((column) => (theirs.values[column] ?? "") === (row.values[column] ?? ""));
    row.version = theirs.version;
    row.waiting = false;
    if (same) row.saved = own.changes;
    else { row.conflict = theirs; this.on.conflict(row); }
  }

  /** What others changed meanwhile, and who is typing where. */
  async ask() {
    if (this.stopped || document.visibilityState !== "visible" || Date.now() - this.touchedAt > QUIET) return;
    const answer = await fetch(`${this.address}?since=${this.since}`, { headers: { Accept: "application/json" }, redirect: "error" }).catch(() => null);
    if (answer?.status === 401) this.on.sessionEnded();
    if (!answer?.ok) return;
    document.dispatchEvent(new Event("session:seen"));
    const said = await answer.json();
    this.since = said.sequence;
    this.on.news(said.rows.filter((each) => this.isNews(each)));
    this.on.answered(said);
    if (!said.editable) this.stop(`แก้ไขไม่ได้ ทะเบียนนี้อยู่ในสถานะ${said.status}`);
  }

  isNews({ key, version }) {
    const row = this.rows.find(key);
    return row ? version > row.version && !row.isUnsent : true;
  }

  // --- The browser's own drawer -------------------------------------------------------------------------------
  keep() {
    const unsent = this.rows.unsent.map((row) => row.payload());
    if (unsent.length) localStorage.setItem(this.drawer, JSON.stringify(unsent, withoutIds));
    else localStorage.removeItem(this.drawer);
  }

  kept() {
    return JSON.parse(localStorage.getItem(this.drawer) ?? "[]");
  }

  tell(isSending = false) {
    const unsent = this.rows.unsent.length;
    if (isSending) this.on.state("กำลังบันทึก…");
    else if (unsent && this.failures) this.on.state(`ยังไม่ได้บันทึก ${unsent} แถว ระบบจะลองใหม่เอง`, true);
    else if (unsent) this.on.state(`ยังไม่ได้บันทึก ${unsent} แถว`);
    else this.on.state(this.savedAt ? `บันทึกร่างแล้ว ${this.savedAt}` : "ระบบบันทึกให้เองขณะพิมพ์");
  }
}
