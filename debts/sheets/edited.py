"""A register that was sent out to be edited in Excel and comes back: the heads of our empty form, a code for each
debt, and a code for the whole file."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

from config.thai import buddhist_year, short_date, tidy
from debts.sheets.blank import HEADS
from debts.sheets.head import Column, Head, cell_at, find_head
from debts.sheets.register import COLUMNS, LABELS, REQUIRED, ReadSheet, read_sheet
from debts.sheets.rows import row_text
from debts.sheets.workbook import Cell, Sheet, Workbook

CODE = Column("code", "รหัสรายการ", r"^รหัสรายการ$")
TO_EDIT = (*(key for key in HEADS if key not in ("method", "guarantor")), CODE.key)
"""How interest is counted and who stands surety are corrected on the debt's own page."""
HOW = "แก้ไขในตารางแล้วนำเข้าไฟล์นี้อีกครั้ง แถวใหม่เว้นรหัสรายการว่างไว้ แถวที่ลบออกจะไม่มีอะไรเปลี่ยน"
WIDE = {"name": 28, "fund": 28, "note": 24, "code": 18}
_FILE_CODE = re.compile(r"รหัสการส่งออก\s*(\S+)")


@dataclass(frozen=True)
class EditedRegister:
    """A register that came back. `codes` by the row in Excel, "" for a new row; `columns` are those that are there."""

    sheet: ReadSheet
    codes: Mapping[int, str]
    file_code: str
    columns: frozenset[str]

    @property
    def as_of_on(self) -> date | None:
        return self.sheet.as_of_on


def workbook_to_edit(*, title: str, on: date, file_code: str, rows: Iterable[Mapping]) -> bytes:
    """A workbook (.xlsx) with each debt's values by our column keys, as they are on day `on`."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("ทะเบียนลูกหนี้")
        above = (title, f"ข้อมูล ณ วันที่ {short_date(on)}", f"รหัสการส่งออก {file_code}", HOW)
        for number, text in enumerate(above):
            sheet.write_string(number, 0, text)
        _write_table(book, sheet, rows, top=len(above))
    return made.getvalue()


def _write_table(book, sheet, rows: Iterable[Mapping], *, top: int) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
    amount = book.add_format({"num_format": "#,##0.00"})
    for column, key in enumerate(TO_EDIT):
        sheet.write_string(top, column, CODE.label if key == CODE.key else LABELS[key], head)
        sheet.set_column(column, column, WIDE.get(key, 14))
    for number, row in enumerate(rows, start=top + 1):
        for column, key in enumerate(TO_EDIT):
            _write(sheet, number, column, row[key], amount)
    sheet.freeze_panes(top + 1, 3)


def _write(sheet, row: int, column: int, value, amount) -> None:
    if isinstance(value, date):
        sheet.write_string(row, column, f"{value.day}/{value.month}/{buddhist_year(value)}")
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, value, amount)
    elif value is not None:
        sheet.write(row, column, value) if isinstance(value, int) else sheet.write_string(row, column, value)


def read_edited(workbook: Workbook, *, today: date) -> EditedRegister | None:
    """The first sheet with a column of our codes; None when this is another kind of file."""
    for sheet in workbook.sheets:
        if head := find_head(sheet.rows, (CODE, *COLUMNS), {*REQUIRED, CODE.key}):
            return _read(sheet, head, today)
    return None


def _read(sheet: Sheet, head: Head, today: date) -> EditedRegister:
    read = read_sheet(sheet, head, today)
    place = head.places[CODE.key]
    above = " ".join(row_text(cells) for cells in sheet.rows[: head.row - len(head.lines)])
    found = _FILE_CODE.search(above)
    return EditedRegister(
        sheet=read,
        codes={row.row: _code(cell_at(sheet.rows[row.row - 1], place)) for row in read.rows},
        file_code=found[1] if found else "",
        columns=frozenset(head.places),
    )


def _code(cell: Cell) -> str:
    return "" if cell is None else tidy(str(cell))
