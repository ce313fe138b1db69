// What becomes of a typed cell: its tidy text, and what there is to say about it.
import { CannotRead, readDate, readFundNames, readHouse, readMoney, readName, readPercent, tidy, writeDate, writeMoney, writeName } from "./parse.js";

const NO_FUND = "เลือกกลุ่ม/กองทุน";
const SEVERAL_FUNDS = "ยังไม่ทราบยอดแยกกองทุน ระบุยอดรวมไว้ก่อนได้ แต่ต้องแยกแถวละกองทุนก่อนส่ง";
const READERS = {
  text: (typed) => ({ text: tidy(typed) }),
  house: (typed) => ({ text: readHouse(typed) }),
  name: (typed) => ({ text: writeName(readName(typed)) }),
  money: (typed) => ({ text: writeMoney(readMoney(typed) ?? "") }),
  percent: (typed) => ({ text: readPercent(typed) ?? "" }),
  date: readDay,
  fund: readFund,
};

function readDay(typed, { today }) {
  const { value, guessed } = readDate(typed, today);
  if (!value) return { text: "" };
  const became = writeDate(value);
  if (!guessed) return { text: became };
  return { text: tidy(typed), message: { level: "warning", text: `ระบบอ่าน ${tidy(typed)} เป็น ${became}`, became } };
}

function readFund(typed, { findFund }) {
  const text = findFund(typed);
  return text ? { text } : { text: tidy(typed), message: { level: "error", text: readFundNames(typed).length > 1 ? SEVERAL_FUNDS : NO_FUND } };
}

/** {text, message?}; what was guessed or refused stays as typed. */
export function readCell(kind, typed, context) {
  if (!tidy(typed)) return { text: "" };
  try {
    return READERS[kind](typed, context);
  } catch (refusal) {
    if (!(refusal instanceof CannotRead)) throw refusal;
    return { text: tidy(typed).slice(0, 1000), message: { level: "error", text: refusal.message } };
  }
}

/** Whole satang of an amount in a cell; 0 when empty or unreadable. */
export function satang(text) {
  const amount = /^[0-9,]+\.[0-9]{2}$/.test(text) ? text.replace(/[,.]/g, "") : "0";
  return BigInt(amount);
}

/** 60720000n → 607,200.00 */
export function baht(amount) {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, "0");
  return writeMoney(`${digits.slice(0, -2)}.${digits.slice(-2)}`);
}
