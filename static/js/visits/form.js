// The visit form as pairs of name and text, and back.
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "version", "key", "next"]);

const typed = ([name, value]) => typeof value === "string" && !NOT_TYPED.has(name);
const lines = ([name, value]) => [name, value.replace(/\r\n/g, "\n")];

export const values = (form) => [...new FormData(form)].filter(typed).map(lines);

function put(control, value) {
  if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value;
  else if (value !== undefined) control.value = value;
}

export function fill(form, fields) {
  const given = new Map(fields);
  for (const prefix of ["team", "todo"]) addRows(form, prefix, Number(given.get(`${prefix}-TOTAL_FORMS`)));
  for (const control of form.elements) {
    if (control.name && control.type !== "submit" && !NOT_TYPED.has(control.name)) put(control, given.get(control.name));
  }
}

const total = (form, prefix) => form.elements[`${prefix}-TOTAL_FORMS`];

function addRows(form, prefix, count) {
  while (Number(total(form, prefix).value) < count && addRow(form, prefix)) { /* one more */ }
}

// A row more, as the last one but empty; null when there are as many as may be.
export function addRow(form, prefix) {
  const count = Number(total(form, prefix).value);
  const rows = form.querySelectorAll(`[data-rows="${prefix}"] .row-box`);
  if (count >= Number(form.elements[`${prefix}-MAX_NUM_FORMS`].value)) return null;
  const row = rows[rows.length - 1].cloneNode(true);
  renumber(row, `${prefix}-${rows.length - 1}-`, `${prefix}-${rows.length}-`);
  row.querySelector("legend").textContent = row.querySelector("legend").textContent.replace(/\d+$/, rows.length + 1);
  row.querySelectorAll("input").forEach(empty);
  rows[rows.length - 1].after(row);
  total(form, prefix).value = rows.length + 1;
  return row;
}

function renumber(row, old, fresh) {
  for (const each of row.querySelectorAll("*")) {
    for (const { name, value } of [...each.attributes]) if (value.includes(old)) each.setAttribute(name, value.replaceAll(old, fresh));
  }
}

function empty(box) {
  if (box.type === "checkbox") box.checked = false;
  else box.value = box.name.endsWith("-key") ? crypto.randomUUID() : "";
}
