// What was copied from Excel, Word or a web page, as rows for the register.
import { CannotRead, arabicDigits, readDate, readFundNames, readHouse, readMoney, readName, tidy } from "./parse.js";

const SUM = /^(?:ยอด)?รวม/;
const JOINERS = /[\s\-–—_:ฯ]+/g;

/** Rows of cells from tab-separated text; quotes may hold line ends. One newline at the end is none. */
export function readTable(text) {
  const rows = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/g;
  const plain = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let end = "\t"; end; ) {
    const [, quoted, bare, after] = cells.exec(plain) ?? ["", undefined, "", ""];
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? bare).trim());
    if (after === "\n") rows.push([]);
    end = after;
  }
  return rows;
}

function can(read, text) {
  try { return read(text) ?? false; } catch (refusal) {
    if (refusal instanceof CannotRead) return false;
    throw refusal;
  }
}

const isWhole = (text) => /^[0-9]{1,4}$/.test(arabicDigits(tidy(text)));
const isTitled = (text) => Boolean(can(readName, text)?.[0]);

/** One of name, money, house, date, fund, text; "" for an empty cell. `context` knows today and the funds. */
export function kindOf(text, { today, findFund }) {
  if (!tidy(text)) return "";
  if (isTitled(text)) return "name";
  if (readFundNames(text).some(findFund)) return "fund";
  if (can(readHouse, text) && (text.includes("/") || isWhole(text))) return "house";
  if (can(readMoney, text)) return "money";
  if (can((typed) => readDate(typed, today).value, text)) return "date";
  return "text";
}

// --- One cell a line ------------------------------------------------------------------------------------
/** Rows out of one column of cells, each begun by a name with its title; null when there is no such shape. */
export function standUp(cells, context) {
  const end = cells.findIndex((cell) => SUM.test(tidy(cell)));
  const lines = (end < 0 ? cells : cells.slice(0, end)).filter((cell) => tidy(cell));
  const names = lines.flatMap((cell, place) => (isTitled(cell) ? [place] : []));
  if (names.length < 2 || lines.length < names.length * 2) return null;
  const lead = [1, 2].find((back) => names.every((place, row) => isNumbered(lines[place - back], row, lines[names[0] - back]))) ?? 0;
  const groups = names.map((place, row) => lines.slice(place - lead, names[row + 1] === undefined ? undefined : names[row + 1] - lead));
  return aligned(groups.map((group) => (lead ? group.slice(1) : group)), context);
}

function isNumbered(cell, row, first) {
  return cell !== undefined && isWhole(cell) && Number(arabicDigits(tidy(cell))) === Number(arabicDigits(tidy(first))) + row;
}

/** Shorter rows get their cells under those of the same kind in the longest one. */
function aligned(groups, context) {
  const shapes = groups.map((group) => group.map((cell) => kindOf(cell, context)));
  const longest = shapes.reduce((one, other) => (other.length > one.length ? other : one));
  return groups.map((group, row) => {
    let next = 0;
    return longest.map((kind) => {
      const fits = shapes[row][next] === kind || (kind === "money" && shapes[row][next] === "house" && !longest.slice(longest.indexOf(kind) + 1).includes("house"));
      return fits ? group[next++] : "";
    });
  });
}

// --- Heads and columns ------------------------------------------------------------------------------------
/** How many lines at the top are heads: at least two of their cells name a column. */
export function headLines(table, { heads: spellings }) {
  const heads = table.slice(0, 5).map((row) => row.filter((cell) => columnNamed(cell, spellings)).length >= 2 && !row.some(isTitled));
  let count = heads.indexOf(true) + 1;
  const isSecond = (row) => row && !row.some((cell) => isTitled(cell) || can(readMoney, cell)) && row.some((cell) => tidy(cell));
  while (count && isSecond(table[count])) count += 1;
  return count;
}

/** The key of the column that the lines of a head mean; what a new contract says is not of the register. */
function columnHeaded(lines, spellings) {
  if (lines.some((words) => words.includes("ใหม่"))) return "";
  return lines.map((words) => columnNamed(words, spellings)).find(Boolean) ?? "";
}

function columnNamed(words, spellings) {
  const spelled = tidy(words).replace(JOINERS, "");
  return (spelled && spellings.find(([, spelling]) => new RegExp(spelling, "i").test(spelled))?.[0]) || "";
}

/** The column each pasted one is meant for, "" for none: by its head, else by what it holds. */
export function guessColumns(heads, body, columns, context) {
  const width = Math.max(...body.map((row) => row.length));
  const places = Array.from({ length: width }, (_, place) => place);
  if (heads.length) return byName(places.map((place) => columnHeaded(heads.map((row) => row[place] ?? ""), context.heads)), columns);
  return byContent(places.map((place) => commonKind(body.map((row) => row[place] ?? ""), context)), body);
}

/** Title, first and last name in columns of their own are all the name. */
function byName(named, columns) {
  const keys = named.map((key) => (["title", "last_name"].includes(key) ? "name" : key));
  const isOurs = (key, place) => columns.some((column) => column.key === key) && (key === "name" || keys.indexOf(key) === place);
  return keys.map((key, place) => (isOurs(key, place) ? key : ""));
}

function commonKind(cells, context) {
  if (cells.every((cell, row) => isNumbered(cell, row, cells[0])) && cells.length > 1) return "sequence";
  const kinds = cells.map((cell) => kindOf(cell, context)).filter(Boolean);
  const share = (kind) => kinds.filter((each) => each === kind).length;
  if (share("house") && share("money") && share("house") + share("money") === kinds.length) return "money";
  return ["name", "fund", "house", "money", "date"].find((kind) => share(kind) * 2 > kinds.length) ?? "";
}

function byContent(kinds, body) {
  const lenders = kinds.reduce((found, kind, place) => (kind === "fund" ? [...found, place] : found), [])[1] ?? Infinity;
  const money = kinds.flatMap((kind, place) => (kind === "money" && place < lenders ? [place] : []));
  const wanted = { name: ["name"], house: ["house_number"], fund: ["fund"], date: ["lent_on", "due_on"], money: moneyColumns(money, body) };
  return kinds.map((kind, place) => (place < lenders ? wanted[kind]?.shift() ?? "" : ""));
}

/** Two amounts are loan and balance when the first is never the smaller one, else balance and interest. */
function moneyColumns(places, body) {
  if (places.length === 1) return ["principal"];
  const amount = (row, place) => Number(can(readMoney, row[place] ?? "") || 0);
  const falls = body.every((row) => amount(row, places[0]) >= amount(row, places[1]));
  return falls && places.length > 2 || falls ? ["lent", "principal", "interest", "overdue"] : ["principal", "interest", "overdue"];
}

/** The body without its rows of sums, and how many those were. */
export function withoutSums(body) {
  const rows = body.filter((row) => !row.some((cell) => SUM.test(tidy(cell))));
  return { rows, sums: body.length - rows.length };
}

/** Whether the block can be put down as it is, from the first of `columns` on. */
export function fits(body, columns, context) {
  const width = Math.max(...body.map((row) => row.length));
  return width <= columns.length && columns.slice(0, width).every(({ kind }, place) => {
    const cells = body.map((row) => row[place] ?? "").filter((cell) => tidy(cell));
    return cells.filter((cell) => readsAs(kind, cell, context)).length * 2 >= cells.length;
  });
}

function readsAs(kind, cell, context) {
  const found = kindOf(cell, context);
  if (kind === "text") return true;
  if (kind === "name") return found === "name" || found === "text";
  if (kind === "money") return can(readMoney, cell) !== false;
  return found === kind;
}
