// Reads what officers type, by the rules of config/thai; tests/config/cases.json tests both.

export class CannotRead extends Error {}

const THAI = "๐๑๒๓๔๕๖๗๘๙";
const EMPTY = new Set(["", "-", "–", "—"]);
const INVISIBLE = /[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e0fff}]/gu;
const SPACES = /[\s\x1c-\x1f\x85]+/;
const SHIFTED_MARKS = "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"; // from U+F700, as old Thai fonts draw them

export const arabicDigits = (text) => text.replace(/[๐-๙]/g, (digit) => THAI.indexOf(digit));

/** One line of plain text, marks in their right places: นํ้า and นำ้ → น้ำ, เเ → แ. */
export function tidy(text) {
  const visible = text.replace(INVISIBLE, "").replace(/[\uf700-\uf71c]/g, (mark) => SHIFTED_MARKS[mark.charCodeAt() - 0xf700] ?? mark);
  const composed = visible.normalize("NFC").replaceAll("เเ", "แ").replace(/([ัิ-ฺ็-๎])\1+/g, "$1");
  const repaired = composed.replace(/ํ([่-๋]?)า|([่-๋])ํา|ำ([่-๋])/g, (_, a, b, c) => (a || b || c || "") + "ำ");
  return repaired.split(SPACES).filter(Boolean).join(" ");
}

function cellText(text, message) {
  if (text.length > 60) throw new CannotRead(message);
  return arabicDigits(tidy(text));
}

/** The text without spaces, points and letter case: กข.คจ., กข.คจ and กขคจ have one key. */
export const searchKey = (text) => arabicDigits(tidy(text)).toLowerCase().replace(/[. ]/g, "");

// --- Money ------------------------------------------------------------------------------------------
const NOT_MONEY = "ระบุจำนวนเงินเป็นตัวเลข";
const MISPLACED_COMMA = "ตรวจสอบตำแหน่งเครื่องหมายจุลภาคในจำนวนเงิน";
const TOO_FINE = "ระบุทศนิยมไม่เกิน 2 ตำแหน่ง";
const NEGATIVE = "จำนวนเงินต้องไม่ติดลบ";
const TOO_LARGE = "ระบุจำนวนเงินไม่เกิน 13 หลัก";
const MIXED_DIGITS = "ใช้เลขไทยหรือเลขอารบิกอย่างเดียวในจำนวนเงินเดียวกัน";
const UNITS = /^(?:฿|THB)\s*|\s*(?:\.-|\/-)?\s*(?:บาท(?:ถ้วน)?|฿|THB)$|\.-$/gi;
const NUMBER = /^[0-9]+(?:\.[0-9]+)?$/;
const COMMAS = /^[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?$/;
const GROUPS = /^[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?$/;
const BELOW_ZERO = /^(?:[-–−]\s*([0-9][0-9,. ]*)|\(\s*([0-9][0-9,. ]*)\))$/;

/** Baht as text with two places, "35000.00"; null when empty. */
export function readMoney(text) {
  if (text.length <= 60 && /[0-9]/.test(text) && /[๐-๙]/.test(text)) throw new CannotRead(MIXED_DIGITS);
  const typed = cellText(text, NOT_MONEY);
  if (EMPTY.has(typed)) return null;
  const amount = typedMoney(typed.replace(UNITS, "").replace(UNITS, "").trim().replace(/\s*,\s*/g, ","));
  if (amount.length > 16) throw new CannotRead(TOO_LARGE);
  return amount;
}

function typedMoney(typed) {
  const below = BELOW_ZERO.exec(typed);
  if (below) {
    typedMoney((below[1] || below[2]).trim());
    throw new CannotRead(NEGATIVE);
  }
  if (typed.includes(",") && !COMMAS.test(typed)) throw new CannotRead(/^[0-9,. ]+$/.test(typed) ? MISPLACED_COMMA : NOT_MONEY);
  const number = GROUPS.test(typed) ? typed.replaceAll(" ", "") : typed.replaceAll(",", "");
  if (!NUMBER.test(number)) throw new CannotRead(NOT_MONEY);
  const [baht, satang = ""] = number.split(".");
  if (satang.length > 2) throw new CannotRead(TOO_FINE);
  return `${baht.replace(/^0+(?=.)/, "")}.${satang.padEnd(2, "0")}`;
}

const NOT_PERCENT = "ระบุร้อยละต่อปีเป็นตัวเลข 0 ถึง 100 เช่น 6 หรือ 6.5";
const PERCENT_TOO_FINE = "ระบุร้อยละต่อปีทศนิยมไม่เกิน 4 ตำแหน่ง";
const PERCENT_WORDS = /^ร้อยละ\s*|\s*(?:%|เปอร์เซ็นต์)?\s*(?:ต่อปี)?$/g;

/** Percent a year as text without idle zeros, "6.5"; null when empty. */
export function readPercent(text) {
  const typed = cellText(text, NOT_PERCENT);
  if (EMPTY.has(typed)) return null;
  const number = typed.replace(PERCENT_WORDS, "");
  if (!NUMBER.test(number) || Number(number) > 100) throw new CannotRead(NOT_PERCENT);
  if ((number.split(".")[1] ?? "").length > 4) throw new CannotRead(PERCENT_TOO_FINE);
  return String(Number(number));
}

/** "35000.00" → 35,000.00 */
export const writeMoney = (amount) => amount.replace(/\B(?=(?:\d{3})+\.)/g, ",");

// --- Days -------------------------------------------------------------------------------------------
const NOT_A_DATE = "ระบุวันที่ เช่น 27 มี.ค. 2565 หรือ 27/3/2565";
const NOT_A_MONTH = "ระบุเดือนเป็นเลข 1 ถึง 12 หรือชื่อเดือน เช่น 27 มี.ค. 2565";
const FOUR_DIGIT_YEAR = "ระบุปี พ.ศ. 4 หลัก";
const TOO_EARLY = "ระบุปี พ.ศ. ตั้งแต่ 2484";
const SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split(" ");
const LONG_MONTHS = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split(" ");
const SPOKEN_MONTHS = "มกรา กุมภา มีนา เมษา พฤษภา มิถุนา กรกฎา สิงหา กันยา ตุลา พฤศจิกา ธันวา".split(" ");
const MONTHS = new Map([SHORT_MONTHS, LONG_MONTHS, SPOKEN_MONTHS].flatMap((names) => names.map((name, place) => [name.replaceAll(".", ""), place + 1])));
const LEAD = /^(?:เมื่อ)?\s*วันที่\s*/;
const WEEKDAY = /^วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์)\s*(?:ที่)?\s*/;
const CLOCK = /(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)$/;
const CHRISTIAN = /\s*ค\s?\.\s?ศ\s?\.?\s*(?=[0-9]{4})/g;
const ERA = /\s*พ\s?\.?\s?ศ\s?\.?\s*(?=[0-9]+)/g;
const YEAR_FIRST = /^([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})$/;
const DAY_FIRST = [
  /^([0-9]{1,2})\s*[/\-. ]\s*([0-9]{1,2})\s*[/\-. ]\s*([0-9]+)$/,
  /^([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})$/,
  /^([0-9]{1,2})[\s/\-.]*(?:เดือน\s*)?([ก-์][ก-์.\s]*)[/-]?\s*([0-9]+)$/,
];

/** {value: "2019-03-15" or null, guessed}; a guess asks for a look. `today` is written 2026-06-15. */
export function readDate(text, today) {
  const typed = cellText(text, NOT_A_DATE);
  if (EMPTY.has(typed)) return { value: null, guessed: false };
  const spoken = typed.replace(LEAD, "").replace(WEEKDAY, "").replace(CLOCK, "");
  const plain = spoken.replace(CHRISTIAN, " ");
  const [day, month, typedYear] = dateParts(plain.replace(ERA, " ").replaceAll(",", " ").trim());
  const [year, guessed] = christianYear(typedYear, Number(today.slice(0, 4)));
  return { value: calendarDay(year, month, day), guessed: guessed && plain === spoken };
}

function dateParts(plain) {
  const backwards = YEAR_FIRST.exec(plain);
  if (backwards) return [Number(backwards[3]), readMonth(backwards[2]), backwards[1]];
  const found = DAY_FIRST.map((shape) => shape.exec(plain)).find(Boolean);
  if (!found) throw new CannotRead(NOT_A_DATE);
  return [Number(found[1]), readMonth(found[2]), found[3]];
}

function readMonth(typed) {
  const name = typed.replace(/[.\s]/g, "");
  const month = /^[0-9]+$/.test(name) ? Number(name) : MONTHS.get(name);
  if (!(month >= 1 && month <= 12)) throw new CannotRead(NOT_A_MONTH);
  return month;
}

function christianYear(typed, thisYear) {
  const year = Number(typed) + (typed.length === 2 ? 2500 : 0);
  const christian = year >= 2400 ? year - 543 : year;
  const isYear = (year >= 1900 && year <= 2200) || year >= 2400;
  if (![2, 4].includes(typed.length) || !isYear || christian > thisYear + 60) throw new CannotRead(FOUR_DIGIT_YEAR);
  if (christian + 543 < 2484) throw new CannotRead(TOO_EARLY);
  return [christian, typed.length === 2 || year < 2400];
}

function calendarDay(year, month, day) {
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) {
    throw new CannotRead(`ไม่มีวันที่ ${day} ${SHORT_MONTHS[month - 1]} ${year + 543} ในปฏิทิน`);
  }
  return [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
}

/** "2019-03-15" → 15 มี.ค. 2562 */
export function writeDate(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${day} ${SHORT_MONTHS[month - 1]} ${year + 543}`;
}

// --- Names, house numbers, lists of funds -------------------------------------------------------------
const NO_NAME = "ระบุชื่อ–สกุล ผู้กู้";
const NAME_TOO_LONG = "ระบุชื่อ–สกุล ไม่เกิน 200 ตัวอักษร";
const NOT_A_NAME = "ระบุชื่อ–สกุล เป็นตัวอักษร เช่น นางแก้ว ทองสุข";
const TONE_MARKS = "ตรวจสอบวรรณยุกต์ในชื่อ–สกุล";
const NOT_A_HOUSE = "ระบุบ้านเลขที่ เช่น 18 หรือ 32/1";
const RANKS = `พลทหาร=พลฯ สิบตรี=ส.ต. สิบโท=ส.ท. สิบเอก=ส.อ. จ่าสิบโท=จ.ส.ท. จ่าสิบเอก=จ.ส.อ. จ่าสิบตำรวจ=จ.ส.ต.
ร้อยตรี=ร.ต. ร้อยโท=ร.ท. ร้อยเอก=ร.อ. พันตรี=พ.ต. พันโท=พ.ท. พันเอก=พ.อ. สิบตำรวจตรี=ส.ต.ต. สิบตำรวจโท=ส.ต.ท.
สิบตำรวจเอก=ส.ต.อ. ดาบตำรวจ=ด.ต. ร้อยตำรวจตรี=ร.ต.ต. ร้อยตำรวจโท=ร.ต.ท. ร้อยตำรวจเอก=ร.ต.อ. พันตำรวจตรี=พ.ต.ต.
พันตำรวจโท=พ.ต.ท. พันตำรวจเอก=พ.ต.อ.`.split(/\s/).map((pair) => pair.split("="));
const WOMAN = "\\s?หญิง\\s?(?=\\S+ \\S)"; // "ร้อยตรี หญิง ใจดี" is a person called หญิง
const ACTING = "ว่าที่\\s?(?:ร้อยตรี|ร\\.?\\s?ต\\.?)";
const TITLES = [
  ["ว่าที่ร้อยตรีหญิง", ACTING + WOMAN],
  ["ว่าที่ร้อยตรี", ACTING],
  ["เด็กชาย", "เด็กชาย|ด\\.\\s?ช\\.?|ดช\\.|ดช(?= )"],
  ["เด็กหญิง", "เด็กหญิง|ด\\.\\s?ญ\\.?|ดญ\\.|ดญ(?= )"],
  ["นางสาว", "นางสาว|นาง สาว(?= )|น\\.\\s?ส\\.?|นส\\.|นส(?= )"],
  ["นาง", "นาง"],
  ["นาย", "นาย"],
  ["พระ", "พระ(?= )"],
  ...RANKS.sort((one, other) => other[1].length - one[1].length).flatMap(([rank, short]) => {
    const spelling = `(?:${rank}|${short.replaceAll(".", "\\.\\s?")})`;
    return [[`${rank}หญิง`, spelling + WOMAN], [rank, spelling]];
  }),
].map(([title, spelling]) => [title, new RegExp(`^(?:${spelling})\\.?\\s*(?=[ก-ฮเแโใไA-Za-z]\\S)`)]);

/** [title, first name, last name]; short titles are written out. */
export function readName(text) {
  const typed = typedName(text);
  const [title, shape] = TITLES.find(([, each]) => each.test(typed)) ?? ["", /^/];
  const [first, ...last] = typed.replace(shape, "").split(" ");
  return [title, first, last.join(" ")];
}

function typedName(text) {
  if (text.length > 200) throw new CannotRead(NAME_TOO_LONG);
  const typed = tidy(text);
  if (EMPTY.has(typed) || TITLES.some(([title]) => title === typed)) throw new CannotRead(NO_NAME);
  if (!/^[ก-ฺเ-๎A-Za-z .'’()\-–]+$/.test(typed) || !/^[ก-ฮเแโใไA-Za-z]/.test(typed)) throw new CannotRead(NOT_A_NAME);
  if (/[่-๋]{2}/.test(typed)) throw new CannotRead(TONE_MARKS);
  return typed;
}

export function writeName([title, first, last]) {
  return `${title}${first} ${last}`.trim();
}

/** 32/1 as text; "" when empty. */
export function readHouse(text) {
  const typed = cellText(text, NOT_A_HOUSE).replace(/^(?:บ้านเลขที่|เลขที่)\s*/, "");
  if (EMPTY.has(typed)) return "";
  const number = typed.replace(/\s*([/\-ก-ฮ])\s*/g, "$1");
  if (!/^[1-9][0-9]{0,3}[ก-ฮ]?(?:\/[0-9]{1,4}[ก-ฮ]?)?(?:-[0-9]{1,4}[ก-ฮ]?)?$/.test(number)) throw new CannotRead(NOT_A_HOUSE);
  return number;
}

/** The funds of one cell, separated by "/"; empty slots are dropped. */
export const readFundNames = (text) => text.split("/").map(tidy).filter((name) => !EMPTY.has(name));
