"""The rows of a register that are not imported, as they stood in the file, each with its reason: to be mended and
brought in again."""

import io
from datetime import date

import xlsxwriter

from accounts.sheets import AS_TEXT
from debts.imports.proposal import Outcome, Proposal
from debts.sheets.register import ReadRegister, ReadSheet
from debts.sheets.workbook import Cell, Workbook

REASON = "เหตุผล"
Reasons = dict[str, dict[int, str]]


def reasons_of(proposal: Proposal) -> Reasons:
    """Why rows stay out, by sheet and row in Excel."""
    reasons: Reasons = {}
    for row in proposal.of(Outcome.ERROR, Outcome.DIFFERS):
        why = " ".join(row.errors) or row.notes[-1]
        reasons.setdefault(row.sheet, {})[row.read.row] = why
    return reasons


def refused_sheet(workbook: Workbook, register: ReadRegister, reasons: Reasons) -> bytes:
    """A workbook (.xlsx) of those rows under their own headings, with one more column that says why."""
    made, cells = io.BytesIO(), {sheet.name: sheet.rows for sheet in workbook.sheets}
    with xlsxwriter.Workbook(made, {"constant_memory": True, **AS_TEXT}) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d/m/yyyy"})
        for sheet in register.sheets:
            if why := reasons.get(sheet.name):
                lines = _lines(cells[sheet.name], _head_row(sheet), why)
                _write(book.add_worksheet(sheet.name), lines, bold, day)
    return made.getvalue()


def _head_row(sheet: ReadSheet) -> int:
    """The last row of the head: what follows it are debtors and rows that were skipped."""
    below = [rows[0].row for rows in (sheet.rows, sheet.skipped) if rows]
    return min(below) - 1


def _lines(rows: tuple[tuple[Cell, ...], ...], head: int, why: dict[int, str]):
    """The rows down to the head as they are, then the refused ones; the reason stands beside the widest."""
    numbers = [*range(1, head + 1), *sorted(why)]
    width = max(len(rows[number - 1]) for number in numbers)
    for number in numbers:
        reason = REASON if number == head else why.get(number)
        yield [*rows[number - 1], *[None] * (width - len(rows[number - 1])), reason]


def _write(sheet, lines, bold, day) -> None:
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, str):
                sheet.write_string(number, column, value, bold if value == REASON else None)
            elif value is not None:
                sheet.write_number(number, column, value)
