"""Recognise a fund's debtor register in a workbook: one row a loan, as committees keep it.

Heads are found by their words, wherever they stand and in whatever order. What the reader makes of
every row is returned for the officer to look at; nothing is written here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from config.thai import CannotRead, Name, read_date, tidy
from debts.schedule import Method
from debts.sheets.fund_words import fund_in, fund_kind
from debts.sheets.head import Column, Head
from debts.sheets.layout import Chosen, Layout, Rules, layout_of
from debts.sheets.row_reader import RowReader, Tidied
from debts.sheets.rows import (
    NO_DEBTOR,
    ZERO,
    Skipped,
    differences,
    printed_totals,
    row_text,
    split_rows,
    total_of,
)
from debts.sheets.workbook import Cell, Sheet, Workbook

REQUIRED = {"name", "principal"}
AMOUNTS = ("principal", "interest", "penalty", "lent")
AS_OF = re.compile(r"(?:ณ\s*(?:วันที่|วัน)?|^วันที่|สิ้นเดือน)\s*([0-9๐-๙].*)")
MORE_THAN_LENT = "เงินต้นคงเหลือมากกว่าวงเงินกู้"
DUE_BEFORE_LENT = "วันครบกำหนดมาก่อนวันที่ทำสัญญา ตรวจสอบวันที่"
FREE_AT_A_RATE = "วิธีปลอดดอกเบี้ยแต่มีอัตราดอกเบี้ย ใช้วิธีตามระเบียบของกองทุน ตรวจสอบหลังนำเข้า"
NO_REGISTER = (
    "ไม่พบทะเบียนลูกหนี้ในไฟล์ ต้องมีตารางที่มีอย่างน้อย “ชื่อ–สกุล” และ “เงินต้นคงเหลือ” "
    "ส่วน “เลขที่สัญญา” “บ้านเลขที่” “วันที่กู้” “ครบกำหนด” “เงินกู้” “ดอกเบี้ย” “ดอกเบี้ยค้าง” “ค่าปรับ” “ผู้ค้ำประกัน” “หมายเหตุ” มีหรือไม่มีก็ได้"
)


class NotARegister(ValueError):
    """No sheet of the workbook has anything like a table; the message names the columns looked for."""


# The first column whose spelling fits wins, so narrow ones stand before wide ones.
COLUMNS = (
    Column("sequence", "ที่", r"^(?:ลำดับ(?:ที่)?|ที่|no\.?)$"),
    Column("note", "หมายเหตุ", r"หมายเหตุ"),
    Column("of_guarantor", "ข้อมูลผู้ค้ำประกัน", r"(?:เลข|ที่อยู่|โทร|อายุ|จำนวน).*ค้ำ|ค้ำ.*(?:เลข|ที่อยู่|โทร|อายุ|\(คน\))"),
    Column("guarantor_2", "ผู้ค้ำประกัน คนที่ 2", r"ค้ำ.*[2๒]"),
    Column("guarantor_3", "ผู้ค้ำประกัน คนที่ 3", r"ค้ำ.*[3๓]"),
    Column("guarantor", "ผู้ค้ำประกัน", r"ค้ำ"),
    Column("method", "วิธีคิดดอกเบี้ย", r"วิธี(?:คิด|คำนวณ|การคิด)"),
    Column("sum", "รวม", r"^(?:ยอด)?รวม(?:เงิน)?(?:\(บาท\))?$|รวม(?:เป็นเงิน)?ทั้ง(?:สิ้น|หมด)|^รวม.*ต้น.*ดอก|.รวม$"),
    Column("paid", "ชำระแล้ว", r"(?:ชำระ|จ่าย|ส่ง)(?:คืน)?แล้ว|รับชำระ"),
    Column("overdue", "ยอดเกินกำหนดชำระ", r"เกินกำหนด"),
    Column("number", "เลขที่สัญญา", r"สัญญา(?:เงินกู้|กู้ยืมเงิน|กู้ยืม|กู้)?(?:เลข|ที่)|เลข(?:ที่)?(?:ของ)?สัญญา|^สัญญา$"),
    Column("house_number", "บ้านเลขที่", r"บ้านเลขที่|เลขที่บ้าน|เลขบ้าน|^บ้าน$"),
    Column("due_on", "วันครบกำหนด", r"ครบกำหนด|กำหนด(?:ส่ง|ชำระ|คืน)|สิ้นสุดสัญญา"),
    Column("lent_on", "วันที่ทำสัญญา", r"วัน.*(?:กู้|ยืม|สัญญา|จ่ายเงิน)|^วันที่|(?:กู้|สัญญา)วันที่|ลงวันที่"),
    Column("penalty", "ค่าปรับ (บาท)", r"ค่าปรับ|เบี้ยปรับ"),
    Column("rate_percent", "ดอกเบี้ย (ร้อยละต่อปี)", r"อัตรา|ร้อยละ|%"),
    Column("interest", "ดอกเบี้ยค้างชำระ (บาท)", r"ดอกเบี้ย|ดบ\."),
    Column("title", "คำนำหน้า", r"^คำนำหน้า"),
    Column("last_name", "นามสกุล", r"^(?:นาม)?สกุล$"),
    Column("name", "ชื่อ–สกุล ผู้กู้", r"ชื่อ(?!กลุ่ม|กองทุน|หมู่บ้าน|บ้าน)|^ผู้กู้|^ลูกหนี้|^สมาชิก"),
    Column("principal", "เงินต้นคงเหลือ (บาท)", r"คงเหลือ|คงค้าง|ค้างชำระ|หนี้ค้าง|^เงินต้น(?:\(บาท\))?$|^ต้นเงิน"),
    Column("lent", "วงเงินกู้ (บาท)", r"วงเงิน|เงิน(?:ต้น)?(?:ที่)?(?:ให้)?กู้|ยอดกู้|^จำนวนเงิน"),
    Column("fund", "กลุ่ม/กองทุน", r"กลุ่ม|กองทุน|แหล่งเงิน"),
)
LABELS = {column.key: column.label for column in COLUMNS}
GUARANTORS = ("guarantor", "guarantor_2", "guarantor_3")
RULES = Rules(COLUMNS, frozenset(REQUIRED), LABELS)
READ = set(LABELS) - {"of_guarantor", "sum", "paid", "overdue"}
"""Columns that are recognised only so that they are not taken for another one are not read."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One loan as read: baht, percent a year; None where the cell was empty or unreadable.

    A row with errors can not be imported; warnings are for a look. ``row`` is the row in Excel, ``cells`` what
    stands in it.
    """

    row: int
    number: str
    name: Name | None
    house_number: str
    fund_hint: str
    fund_kind: str
    lent_on: date | None
    due_on: date | None
    lent: Decimal | None
    rate_percent: Decimal | None
    method: str
    guarantors: tuple[Name, ...]
    principal: Decimal | None
    interest: Decimal
    penalty: Decimal
    note: str
    tidied: tuple[Tidied, ...]
    warnings: tuple[str, ...]
    errors: tuple[str, ...]
    cells: tuple[Cell, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class ReadSheet:
    """One sheet with a register's head. ``matched`` pairs the head's own words with our column names."""

    name: str
    hidden: bool
    title: str
    fund_hint: str
    fund_kind: str
    as_of_on: date | None
    rows: tuple[ReadRow, ...]
    skipped: tuple[Skipped, ...]
    matched: tuple[tuple[str, str], ...]
    unread_columns: tuple[str, ...]
    warnings: tuple[str, ...]
    head: Head

    def total(self, amount: str) -> Decimal:
        """Baht of "principal", "interest", "penalty" or "lent" over all rows that could be read."""
        return total_of(self.rows, amount)


@dataclass(frozen=True)
class FoundTable:
    """A sheet with something like a table, and how it is read."""

    sheet: Sheet
    layout: Layout


@dataclass(frozen=True)
class ReadRegister:
    """The registers of a workbook. ``as_of_on`` is the day all its sheets agree on, else None.

    ``tables`` are all sheets that may be registers; those in ``to_ask`` are read after an officer has said which
    column is what.
    """

    as_of_on: date | None
    sheets: tuple[ReadSheet, ...]
    other_sheets: tuple[str, ...]
    tables: tuple[FoundTable, ...] = ()
    to_ask: tuple[FoundTable, ...] = ()

    @property
    def remembered(self) -> tuple[FoundTable, ...]:
        """Tables that are read as an officer said before."""
        return tuple(table for table in self.tables if table.layout.chosen)


def read_register(
    workbook: Workbook, *, today: date, chosen: Mapping[str, Chosen] | None = None
) -> ReadRegister:
    """Read every sheet that is a register beyond doubt, or of which an officer has said what its columns are
    (`chosen`, by the signature of its head).

    Raises NotARegister when no sheet has anything like a table.
    """
    tables = tuple(_tables(workbook, today, chosen or {}))
    sure = [table for table in tables if table.layout.is_read]
    sheets = tuple(read_sheet(table.sheet, table.layout.head, today) for table in sure)
    to_ask = _to_ask(tables, bool(sure))
    if not any(sheet.rows for sheet in sheets) and not to_ask:
        raise NotARegister(NO_REGISTER)
    days = {sheet.as_of_on for sheet in sheets if sheet.as_of_on}
    named = {table.sheet.name for table in (*sure, *to_ask)}
    others = tuple(sheet.name for sheet in workbook.sheets if sheet.rows and sheet.name not in named)
    return ReadRegister(days.pop() if len(days) == 1 else None, sheets, others, tables, to_ask)


def _tables(workbook: Workbook, today: date, chosen: Mapping[str, Chosen]):
    for sheet in workbook.sheets:
        if layout := layout_of(sheet.rows, RULES, today=today, chosen=chosen):
            yield FoundTable(sheet, layout)


def _to_ask(tables: tuple[FoundTable, ...], has_registers: bool) -> tuple[FoundTable, ...]:
    """Tables that an officer has to look at; beside a register only those that are all but one themselves."""
    doubtful = [table for table in tables if not table.layout.is_read and not table.layout.is_no_register]
    like_registers = [
        table for table in doubtful if "name" in table.layout.head.places and table.layout.known > 2
    ]
    return tuple(like_registers if has_registers else like_registers or doubtful)


def read_sheet(sheet: Sheet, head: Head, today: date) -> ReadSheet:
    """What the rows under a head say."""
    titles = [text for cells in sheet.rows[: head.row - len(head.lines)] if (text := row_text(cells))]
    hint = next(filter(None, map(fund_in, titles)), "") or tidy(sheet.name)
    kind = fund_kind(hint) if fund_kind(hint) != "other" else fund_kind(sheet.name)
    kept, skipped = split_rows(sheet.rows, head, AMOUNTS)
    reader = partial(RowReader, head=head, labels=LABELS, today=today)
    printed = printed_totals(sheet.rows, skipped, reader, AMOUNTS)
    rows = _read_rows(kept, reader, partial(_fund_of_line, _fund_lines(skipped), (hint, kind)))
    return ReadSheet(
        name=sheet.name,
        hidden=sheet.hidden,
        title=titles[0] if titles else "",
        fund_hint=hint,
        fund_kind=kind,
        as_of_on=_as_of(titles, today),
        rows=rows,
        skipped=skipped,
        matched=tuple((typed, LABELS[key]) for key, typed in head.typed.items() if key in READ),
        unread_columns=tuple(typed for key, typed in head.typed.items() if key not in READ) + head.unread,
        warnings=differences(rows, printed=printed, labels=LABELS),
        head=head,
    )


def _as_of(titles: list[str], today: date) -> date | None:
    for title in titles:
        if found := AS_OF.search(title):
            try:
                return read_date(found[1], today=today).value
            except CannotRead:
                continue
    return None


def _fund_lines(skipped: tuple[Skipped, ...]) -> dict[int, tuple[str, str]]:
    """Lines that say nothing but a fund: the debts below them are that fund's."""
    texts = {line.row: fund_in(line.text) for line in skipped if line.reason == NO_DEBTOR}
    return {row: (fund, fund_kind(fund)) for row, fund in texts.items() if fund}


def _fund_of_line(lines: Mapping[int, tuple[str, str]], usual: tuple[str, str], row: int) -> tuple[str, str]:
    above = [line for line in lines if line < row]
    return lines[max(above)] if above else usual


def _read_rows(
    kept,
    new_reader: Callable[[tuple[Cell, ...]], RowReader],
    fund_of: Callable[[int], tuple[str, str]],
) -> tuple[ReadRow, ...]:
    seen: dict[tuple[str, str], int] = {}
    rows = []
    for row, cells in kept:
        reader = new_reader(cells)
        number, hint = reader.text("number"), reader.text("fund")
        first = seen.setdefault((number, hint), row)
        if number and first != row:
            reader.warnings.append(f"เลขที่สัญญา {number} ซ้ำกับแถว {first}")
        rows.append(_read_row(row, reader, number, (hint, fund_kind(hint)) if hint else fund_of(row)))
    return tuple(rows)


def _read_row(row: int, reader: RowReader, number: str, fund: tuple[str, str]) -> ReadRow:
    read = {
        "row": row,
        "number": number,
        "name": reader.name(),
        "house_number": reader.house_number(),
        "fund_hint": fund[0],
        "fund_kind": fund[1],
        "lent_on": reader.date("lent_on"),
        "due_on": reader.date("due_on"),
        "lent": reader.money("lent"),
        "rate_percent": reader.percent("rate_percent"),
        "method": reader.method("method"),
        "guarantors": reader.people(*GUARANTORS),
        "principal": reader.money("principal", required=True),
        "interest": reader.money("interest") or ZERO,
        "penalty": reader.money("penalty") or ZERO,
        "note": reader.text("note"),
    }
    if read["rate_percent"] and read["method"] == Method.NO_INTEREST:
        read["method"] = ""
        reader.warnings.append(FREE_AT_A_RATE)
    _warn_odd(read, reader.warnings)
    return ReadRow(**read, **reader.told(), cells=reader.cells)


def _warn_odd(read: dict, warnings: list[str]) -> None:
    if read["lent"] and read["principal"] and read["principal"] > read["lent"]:
        warnings.append(MORE_THAN_LENT)
    if read["lent_on"] and read["due_on"] and read["due_on"] < read["lent_on"]:
        warnings.append(DUE_BEFORE_LENT)
