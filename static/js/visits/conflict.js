// Two officers wrote the same visit: what differs is shown side by side, and nothing is overwritten unchosen.
import { fill, values } from "./form.js";

const ROWS = { team: "คณะติดตาม", todo: "สิ่งที่ต้องดำเนินการ" };
const unitOf = (name) => (/^(team|todo)-/.exec(name) ?? [name, name])[1];
const NOT_READ = /-(key|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$/;

function units(form) {
  const found = new Map();
  for (const [name, value] of values(form)) {
    const unit = unitOf(name);
    if (!found.has(unit)) found.set(unit, []);
    found.get(unit).push([name, value]);
  }
  return found;
}

function labelOf(form, unit) {
  if (ROWS[unit]) return ROWS[unit];
  const control = form.elements[unit];
  const box = control instanceof RadioNodeList ? control[0] : control;
  const issue = box.closest(".issue")?.dataset.number ?? "";
  const label = control instanceof RadioNodeList ? "ผล" : box.labels[0]?.firstChild.textContent.trim();
  return `${issue} ${label}`.trim();
}

// What an officer reads of a unit: rows as lines, a chosen answer by its label.
function textOf(form, unit, pairs = []) {
  const control = form.elements[unit];
  if (control instanceof RadioNodeList) return [...control].find((each) => each.checked)?.labels[0].textContent.trim() ?? "";
  if (!ROWS[unit]) return pairs[0]?.[1] ?? "";
  const rows = new Map();
  for (const [name, value] of pairs) {
    const row = name.split("-")[1];
    if (value && !NOT_READ.test(name)) rows.set(row, [...(rows.get(row) ?? []), value === "on" ? "หัวหน้าคณะ" : value]);
  }
  return [...rows.values()].map((row) => row.join(" • ")).join("\n");
}

// [{ unit, label, mine, theirs }] of everything that reads differently.
export function differences(mine, theirs) {
  const [ours, others] = [units(mine), units(theirs)];
  return [...new Set([...ours.keys(), ...others.keys()])]
    .filter((unit) => !NOT_READ.test(unit))
    .map((unit) => ({ unit, label: labelOf(mine, unit), mine: textOf(mine, unit, ours.get(unit)), theirs: textOf(theirs, unit, others.get(unit)) }))
    .filter((each) => each.mine !== each.theirs);
}

function option(unit, side, heading, text) {
  const label = document.createElement("label");
  const radio = Object.assign(document.createElement("input"), { type: "radio", name: `choose-${unit}`, value: side, required: true });
  const words = Object.assign(document.createElement("span"), { className: "pre", textContent: text || "(ว่าง)" });
  label.append(radio, Object.assign(document.createElement("b"), { textContent: heading }), words);
  return label;
}

function choice({ unit, label, mine, theirs }) {
  const box = Object.assign(document.createElement("fieldset"), { className: "sides" });
  box.append(Object.assign(document.createElement("legend"), { textContent: label }), option(unit, "mine", "ในเครื่องนี้", mine), option(unit, "theirs", "ในระบบ", theirs));
  return box;
}

// Shows the panel; `settle()` is called once everything is chosen and the form holds what was chosen.
export function show(panel, found, { form, theirs, why, settle }) {
  const asked = panel.querySelector("form");
  panel.querySelector("[data-why]").textContent = why;
  panel.querySelector("[data-choices]").replaceChildren(...found.map(choice));
  panel.hidden = false;
  panel.focus();
  asked.onsubmit = (event) => {
    event.preventDefault();
    const chosen = new FormData(asked);
    const others = found.filter(({ unit }) => chosen.get(`choose-${unit}`) === "theirs").map(({ unit }) => unit);
    take(form, theirs, new Set(others));
    panel.hidden = true;
    settle();
  };
}

// Theirs for these units, the form's own for all others.
function take(form, theirs, others) {
  const own = values(form).filter(([name]) => !others.has(unitOf(name)));
  fill(form, [...own, ...values(theirs).filter(([name]) => others.has(unitOf(name)))]);
}
