// บันทึกทะเบียนลูกหนี้: the grid, its keys, its panels and its saving, joined.
import { Clipboard } from "./clipboard.js";
import { Editor, SPARE } from "./editor.js";
import { Grid, PAGE } from "./grid.js";
import { Keys } from "./keys.js";
import { Names } from "./names.js";
import { readFundNames, searchKey } from "./parse.js";
import { Row, Rows } from "./rows.js";
import { Saving } from "./saving.js";
import { Sums } from "./sums.js";

const OFFERED = 10000; // how long a deleted row is offered back, in milliseconds
const given = JSON.parse(document.getElementById("register-data").textContent);
const form = document.getElementById("register");
const find = (selector) => document.querySelector(selector);
const dialog = (name) => document.getElementById(`${name}-dialog`);
const say = (words) => { find("[data-live]").textContent = words; };

const rows = new Rows(given.columns, { today: given.today, findFund, heads: given.heads });
rows.all = given.rows.map((row) => new Row(row));
const grid = new Grid(find(".reg-frame"), rows, `${given.mapping_drawer}:hidden`);
const sums = new Sums(rows, grid, (control) => saving.noteControl(control));
const editor = new Editor(rows, grid, { changed, rowLeft: () => saving.rowLeft(), deleted: offerBack });
rows.onChange = (some) => { some.forEach((row) => grid.paint(row)); sums.paint(); };

function changed(some) {
  rows.onChange(some);
  saving.changed();
}

/** The choice a fund's words mean: its name, else the only one of its kind. */
function findFund(words) {
  if (readFundNames(words).length > 1) return undefined;
  const key = searchKey(words);
  const named = given.funds.filter((fund) => searchKey(fund.name) === key);
  const kind = given.fund_words.find(([, marks]) => marks.some((mark) => key.includes(mark)))?.[0];
  const alike = given.funds.filter((fund) => fund.kind === kind);
  return [named, alike].find((found) => found.length === 1)?.[0].name;
}

// --- Saving -------------------------------------------------------------------------------------------------
let [session, conflicts] = [null, null];

/** Ask for the password in place. Its script is loaded when it is needed, as are the other panels'. */
async function sessionEnded() {
  const { Session } = await import("./session.js");
  session ??= new Session(dialog("session"), { ...given.session, page: location.href }, takeToken);
  session.ask();
}

function takeToken(token) {
  for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = token;
  document.dispatchEvent(new Event("session:seen"));
  saving.flush();
}

async function showConflicts() {
  const { Conflicts } = await import("./conflicts.js");
  conflicts ??= new Conflicts(find("[data-conflicts]"), rows, (row) => { changed([row]); saving.soon(0); });
  conflicts.show();
}
const saving = new Saving(rows, { address: given.rows_url, token: () => form.elements.csrfmiddlewaretoken.value, drawer: given.drawer, since: given.since, savedAt: given.saved_at }, {
  state: showState,
  editing: () => (editor.here && !editor.here.row.isBlank ? editor.here.row.key : null),
  sessionEnded,
  stopped: showStopped,
  conflict: showConflicts,
  answered: showOthers,
  news: takeNews,
});

/** Rows that others saved, put where they belong. */
function takeNews(news) {
  for (const { key, version, position, values, messages, deleted } of news) {
    const row = rows.find(key);
    if (deleted) { if (row) rows.drop(row); continue; }
    Object.assign(row ?? rows.place(new Row({ key, position })), { version, values, messages });
  }
  if (news.length) { grid.refit(); sums.paint(); }
}

function showState(words, failed = false) {
  const place = find("[data-state-of-saving]");
  if (place.textContent !== words) place.textContent = words;
  place.classList.toggle("row-error", failed);
}

function showStopped(words) {
  const place = find("[data-stopped]");
  Object.assign(place, { hidden: false, textContent: words });
  form.inert = true;
}

/** นายเอก แก้ไขทะเบียนนี้อยู่ (แถว 12) ท่านแก้แถวอื่นได้ */
function showOthers({ others }) {
  const busy = new Map(others.map(({ key, by }) => [key, by]));
  for (const row of rows.all) {
    const editing = busy.has(row.key) ? `${busy.get(row.key)} แก้ไขอยู่` : "";
    if (editing !== row.editor) grid.paint(Object.assign(row, { editor: editing }));
  }
  const told = others.filter(({ key }) => rows.find(key));
  find("[data-others]").textContent = told.map(({ key, by }) => `${by} แก้ไขทะเบียนนี้อยู่ (แถว ${rows.number(rows.find(key))}) ท่านแก้แถวอื่นได้`).join(" · ");
}

function showNetwork() { find("[data-offline]").hidden = navigator.onLine; }
addEventListener("online", showNetwork);
addEventListener("offline", showNetwork);

// --- Keys and buttons ----------------------------------------------------------------------------------------
let mapping = null;

async function askMapping() {
  const { Mapping } = await import("./mapping.js");
  mapping ??= new Mapping(dialog("mapping"), given.columns, rows.context, given.mapping_drawer);
  return mapping;
}
(window.requestIdleCallback ?? setTimeout)(askMapping); // there before the first paste, also when the network goes

const clipboard = new Clipboard(editor, askMapping, { say, dialog: dialog("paste") });
let menuRow = null;

function save() {
  editor.commit();
  return saving.flush();
}

function offerBack(number) {
  const place = find("[data-toast]");
  place.hidden = false;
  place.querySelector("span").textContent = `ลบแถว ${number} แล้ว`;
  setTimeout(() => { place.hidden = true; }, OFFERED);
}

function openMenu(row) {
  menuRow = row;
  dialog("row").querySelector("h2").textContent = `แถว ${rows.number(row)}`;
  dialog("row").showModal();
}

function tick(row, box) {
  if (box) box.checked = !box.checked;
  const count = clipboard.ticked.length;
  find("[data-ticked]").textContent = count ? `เลือกไว้ ${count} แถว กด Ctrl+C เพื่อคัดลอก` : "";
}

const acts = {
  save,
  choose: (cell, number) => { if (number < cell.options.length) { cell.selectedIndex = number; editor.type(cell); } },
  above: (row, column) => editor.copyAbove(row, column),
  addBelow: (row) => { save(); editor.addBelow(row); },
  addAbove: (row) => editor.addAbove(row),
  addLast: () => editor.addLast(),
  duplicate: (row) => editor.duplicate(row),
  remove: (row) => editor.remove(row),
  undo: () => { find("[data-toast]").hidden = true; editor.back(); },
  redo: () => editor.again(),
  restore: (row, cell) => editor.restore(row, cell),
  edge: (place, column) => grid.focus(place ? rows.filled.at(-1) : rows.all[0], column),
  neighbour: (row, by, adds) => editor.neighbour(row, by, adds),
  nextProblem: () => editor.nextProblem(editor.last ?? {}),
  split: (row) => editor.split(row),
  accept: (row, column) => editor.accept(row, column),
  copy: (row) => clipboard.copyRow(row),
  paste: (row, column) => clipboard.open(row && { row, column }),
  tick,
  menu: openMenu,
  help: () => dialog("keys").showModal(),
  leave: () => find("[data-save]").focus(),
};
new Keys(grid, acts);

grid.body.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-act]");
  if (button) acts[button.dataset.act](grid.rowOf(button), button.closest("td")?.querySelector("[data-column]").dataset.column);
});
dialog("row").addEventListener("click", ({ target }) => {
  const name = target.closest("[data-do]")?.dataset.do;
  if (!name) return;
  dialog("row").close();
  const { row, column } = editor.last?.row === menuRow ? editor.last : { row: menuRow, column: editor.first };
  acts[name](row, name === "tick" ? grid.lines.get(row.key).querySelector("[data-act=tick]") : column);
});
for (const button of document.querySelectorAll("[data-do]:not(dialog *)")) button.addEventListener("click", () => acts[button.dataset.do]());
for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
for (const [name, by] of [["back", -PAGE], ["on", PAGE]]) find(`[data-turn=${name}]`).addEventListener("click", () => grid.show(grid.from + by));
find("[data-only-problems]").addEventListener("change", ({ target }) => { grid.onlyProblems = target.checked; grid.show(0); });
find("[data-send]").addEventListener("click", async (event) => {
  event.preventDefault();
  await save();
  if (rows.unsent.length) say("ยังส่งไม่ได้ มีแถวที่ยังไม่ได้บันทึก");
  else location.assign(event.target.href);
});
find("[data-save]").addEventListener("click", (event) => { event.preventDefault(); save(); });
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !["F6", "F8"].includes(event.code) || find("dialog[open]")) return;
  event.preventDefault();
  if (event.code === "F8") acts.nextProblem();
  else grid.focus(editor.last?.row ?? rows.all[0], editor.last?.column ?? editor.first);
});
if (given.names_url) new Names(grid.body, given.names_url, takeName);

function takeName(cell, { name, house_number: house }) {
  const row = grid.rowOf(cell);
  editor.forget(cell);
  editor.write(row, cell.dataset.column, name);
  if (house && !row.values.house_number) editor.write(row, "house_number", house);
  cell.select();
}

// --- Beginning --------------------------------------------------------------------------------------------------
/** Rows that were kept in this browser because the server did not have them. */
function takeBack() {
  const kept = saving.kept();
  for (const { key, version, position, values, deleted } of kept) {
    const row = rows.find(key) ?? rows.place(new Row({ key, position }));
    row.version = version;
    for (const [column, typed] of Object.entries(values)) rows.set(row, column, typed);
    row.changes += 1;
    if (deleted) rows.remove(row);
    grid.columns.show(Object.keys(values).filter((column) => values[column]));
  }
  if (kept.length) say(`นำ ${kept.length} แถวที่ยังไม่ได้บันทึกกลับมาแล้ว`);
}

document.body.classList.add("has-grid");
takeBack();
rows.ensure(Math.max(SPARE, rows.all.length + 5));
grid.show(0);
sums.paint();
showNetwork();
askMapping(); // not needed to begin, but it has to be there when the network is cut
saving.tell();
saving.soon(0);
const wanted = rows.find(new URLSearchParams(location.search).get("row"));
if (wanted) grid.focus(wanted, wanted.told[0]?.column ?? editor.first);
else if (grid.sight.wide.matches && document.activeElement === document.body) begin(); // a phone's keyboard would cover the cards

/** At what the checker remarked, else where typing goes on, else at the top of what was brought in whole. */
function begin() {
  const row = rows.all.find(({ remark }) => remark) ?? (given.typed_by_hand ? editor.firstBlank() : rows.all[0]);
  grid.begin(row, row.told[0]?.column ?? editor.first);
}
