"""Recognise the form "๑ ครัวเรือน ๑ สัญญา" in a workbook: one row a household, its new lender and amount."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from config.thai import Name, arabic_digits, money, name_key
from debts.sheets.edited import EditedRegister, read_edited
from debts.sheets.fund_words import fund_kind
from debts.sheets.head import Column, Head, find_head
from debts.sheets.layout import Chosen
from debts.sheets.register import NotARegister, ReadRegister, read_register
from debts.sheets.row_reader import RowReader, Tidied
from debts.sheets.rows import (
    Skipped,
    differences,
    printed_totals,
    row_text,
    split_rows,
    total_of,
)
from debts.sheets.workbook import Cell, Sheet, Workbook

REQUIRED = {"name", "owed", "lender", "amount"}
AMOUNTS = ("owed", "amount")
NO_LENDER = "ระบุแหล่งกู้ยืมใหม่"
LENDER_IS_NEW = "แหล่งกู้ยืมใหม่ไม่อยู่ในกองทุนเดิมของครัวเรือน"
NO_FORM = (
    "ไม่พบแบบ ๑ ครัวเรือน ๑ สัญญา ในไฟล์ ต้องมีแถวหัวตารางใน 30 แถวแรกที่มี “รายชื่อผู้เป็นหนี้” “จำนวนหนี้คงเหลือ” "
    "“แหล่งกู้ยืมใหม่” และ “จำนวนเงินที่กู้”"
)
NEITHER = (
    "ไม่พบทะเบียนลูกหนี้หรือแบบ ๑ ครัวเรือน ๑ สัญญา ในไฟล์ ทะเบียนลูกหนี้ต้องมีหัวตาราง “ชื่อ–สกุล” และ “เงินต้นคงเหลือ” "
    "แบบ ๑ ครัวเรือน ๑ สัญญา ต้องมี “รายชื่อผู้เป็นหนี้” “จำนวนหนี้คงเหลือ” “แหล่งกู้ยืมใหม่” และ “จำนวนเงินที่กู้” ใน 30 แถวแรก"
)

# The first column whose spelling fits wins, so narrow ones stand before wide ones.
COLUMNS = (
    Column("sequence", "ลำดับที่", r"^(?:ลำดับ(?:ที่)?|ที่|no\.?)$"),
    Column("note", "หมายเหตุ", r"หมายเหตุ"),
    Column("house_number", "บ้านเลขที่", r"บ้านเลขที่|เลขที่บ้าน|เลขบ้าน|^บ้าน$"),
    Column("owed", "หนี้คงเหลือรวมทุกกลุ่ม (บาท)", r"หนี้(?:สิน)?คงเหลือ|ยอดหนี้|^(?:จำนวน|รวม)หนี้"),
    Column("amount", "จำนวนเงินที่กู้จากแหล่งใหม่ (บาท)", r"จำนวนเงิน|เงินที่กู้|วงเงิน|ยอดกู้"),
    Column("lender", "แหล่งกู้ยืมใหม่", r"แหล่ง(?:เงิน)?กู้|แหล่งเงิน(?:ทุน)?ใหม่|ผู้ให้กู้|กองทุน.*ใหม่"),
    Column("funds", "กลุ่ม/องค์กร/กองทุนการเงินที่เป็นหนี้", r"กลุ่ม|กองทุน|องค์กร"),
    Column("title", "คำนำหน้า", r"^คำนำหน้า"),
    Column("last_name", "นามสกุล", r"^(?:นาม)?สกุล$"),
    Column("name", "ชื่อ–สกุล ผู้กู้", r"ชื่อ|ผู้เป็นหนี้|ผู้กู้|ลูกหนี้|หัวหน้าครัวเรือน"),
)
LABELS = {column.key: column.label for column in COLUMNS}

_YEAR = re.compile(r"(?:ประจำปี|ปี)\s*(?:งบประมาณ)?\s*(?:พ\s?\.?\s?ศ\s?\.?)?\s*(2[45][0-9]{2})")
_CENTRE = re.compile(r"^(.*?)\s*(?=หมู่ที่|หมู่\s*[0-9]|ตำบล|ต\.|อำเภอ|จังหวัด|ประจำปี|$)")
_MOO = re.compile(r"หมู่(?:ที่)?\s*([0-9]{1,2})")
_VILLAGE = re.compile(r"บ้าน([^\s0-9]+)")
_AREAS = {
    "subdistrict": re.compile(r"(?:ตำบล|ต\.)\s*([^\s0-9]+)"),
    "district": re.compile(r"(?:อำเภอ|อ\.)\s*([^\s0-9]+)"),
    "province": re.compile(r"(?:จังหวัด|จ\.)\s*([^\s0-9]+)"),
}


class NotAForm(ValueError):
    """No sheet of the workbook has the head of the form; the message names the heads looked for."""


class NothingToImport(ValueError):
    """The workbook holds neither a debtor register nor the form; the message names the heads of both."""


@dataclass(frozen=True)
class Place:
    """The place a form's title names, each part "" (หมู่ที่: None) when it is not named."""

    text: str
    centre: str
    village: str
    moo: int | None
    subdistrict: str
    district: str
    province: str


@dataclass(frozen=True)
class FormRow:
    """One household as read. ``owed`` and ``amount`` in baht; None where the cell was empty or unreadable.

    ``funds`` and ``lender`` are as written; a row with errors can not become a merge.
    """

    row: int
    sequence: str
    name: Name | None
    house_number: str
    funds: tuple[str, ...]
    fund_kinds: tuple[str, ...]
    owed: Decimal | None
    lender: str
    lender_kind: str
    amount: Decimal | None
    note: str
    tidied: tuple[Tidied, ...]
    warnings: tuple[str, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True)
class ContractForm:
    """The form of one centre for one fiscal year (the Buddhist year it ends in; None when not written).

    ``other_sheets`` names the sheets that hold something and were not read.
    """

    sheet_name: str
    title: str
    place: Place
    fiscal_year: int | None
    rows: tuple[FormRow, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]
    other_sheets: tuple[str, ...]

    def total(self, amount: str) -> Decimal:
        """Baht of "owed" or "amount" over all rows that could be read."""
        return total_of(self.rows, amount)


def read_any(
    workbook: Workbook, *, today: date, chosen: Mapping[str, Chosen] | None = None
) -> ReadRegister | ContractForm | EditedRegister:
    """Read a workbook as a register sent out to be edited, or as the form, or else as a debtor register with its
    columns as `chosen`.

    The form is tried first: its head has all that a register needs, and more.
    Raises NothingToImport when it is neither.
    """
    if edited := read_edited(workbook, today=today):
        return edited
    try:
        return read_form(workbook, today=today)
    except NotAForm:
        pass
    try:
        return read_register(workbook, today=today, chosen=chosen)
    except NotARegister as refusal:
        raise NothingToImport(NEITHER) from refusal


def read_form(workbook: Workbook, *, today: date) -> ContractForm:
    """Read the first sheet that has the form's head and at least one household.

    Raises NotAForm when none has.
    """
    for sheet in workbook.sheets:
        head = find_head(sheet.rows, COLUMNS, REQUIRED)
        others = tuple(other.name for other in workbook.sheets if other is not sheet and other.rows)
        form = head and _read_sheet(sheet, head, today, others)
        if form and form.rows:
            return form
    raise NotAForm(NO_FORM)


def _read_sheet(sheet: Sheet, head: Head, today: date, others: tuple[str, ...]) -> ContractForm:
    above = sheet.rows[: head.row - len(head.lines)]
    titles = [text for cells in above if (text := row_text(cells))]
    kept, skipped = split_rows(sheet.rows, head, AMOUNTS)
    reader = partial(RowReader, head=head, labels=LABELS, today=today)
    printed = printed_totals(sheet.rows, skipped, reader, AMOUNTS)
    rows = _read_rows(kept, reader)
    return ContractForm(
        sheet_name=sheet.name,
        title=titles[0] if titles else "",
        place=place_in(titles),
        fiscal_year=_fiscal_year(titles),
        rows=rows,
        skipped=skipped,
        warnings=differences(rows, printed=printed, labels=LABELS),
        other_sheets=others,
    )


def place_in(titles: list[str]) -> Place:
    """The place that the titles of a sheet name."""
    text = next(
        (title for title in titles if _MOO.search(arabic_digits(title)) or _AREAS["district"].search(title)),
        "",
    )
    plain = arabic_digits(text)
    moo, village = _MOO.search(plain), _VILLAGE.search(plain)
    areas = {area: found[1] if (found := words.search(plain)) else "" for area, words in _AREAS.items()}
    return Place(
        text, _CENTRE.match(text)[1], village[1] if village else "", int(moo[1]) if moo else None, **areas
    )


def _fiscal_year(titles: list[str]) -> int | None:
    found = _YEAR.search(arabic_digits(" ".join(titles)))
    return int(found[1]) if found else None


def _read_rows(kept, new_reader: Callable[[tuple[Cell, ...]], RowReader]) -> tuple[FormRow, ...]:
    seen: dict[str, int] = {}
    rows = []
    for row, cells in kept:
        reader = new_reader(cells)
        name = reader.name()
        first = seen.setdefault(name_key(name.first, name.last), row) if name else row
        if first != row:
            reader.warnings.append(f"อาจซ้ำกับแถว {first}")
        rows.append(_read_row(row, reader, name))
    return tuple(rows)


def _read_row(row: int, reader: RowReader, name: Name | None) -> FormRow:
    funds, lender = reader.funds("funds"), reader.text("lender")
    read = {
        "sequence": arabic_digits(reader.text("sequence")),
        "house_number": reader.house_number(),
        "funds": funds,
        "fund_kinds": tuple(map(fund_kind, funds)),
        "owed": reader.money("owed", required=True),
        "lender": lender,
        "lender_kind": fund_kind(lender) if lender else "",
        "amount": reader.money("amount", required=True),
        "note": reader.text("note"),
    }
    _look(read, reader)
    return FormRow(row=row, name=name, **read, **reader.told())


def _look(read: dict, reader: RowReader) -> None:
    if not read["lender"]:
        reader.errors.append(NO_LENDER)
    elif read["funds"] and read["lender_kind"] not in read["fund_kinds"]:
        reader.warnings.append(LENDER_IS_NEW)
    if None not in (read["owed"], read["amount"]) and read["owed"] != read["amount"]:
        reader.warnings.append(
            f"จำนวนเงินที่กู้ {money(read['amount'])} บาท ไม่เท่ากับหนี้คงเหลือ {money(read['owed'])} บาท"
        )
