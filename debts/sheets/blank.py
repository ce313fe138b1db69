"""An empty register for offices that have no file of their own: the heads that the reader knows."""

import io

import xlsxwriter

from debts.sheets.register import LABELS

HEADS = (
    "sequence", "number", "name", "house_number", "fund", "lent_on", "due_on", "lent", "rate_percent",
    "method", "principal", "interest", "penalty", "guarantor", "note",
)  # fmt: skip


def blank_register() -> bytes:
    """A workbook (.xlsx) with a title, the day of the figures to be filled in, and the heads."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("ทะเบียนลูกหนี้")
        head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        sheet.write_string(0, 0, "ทะเบียนลูกหนี้", book.add_format({"bold": True}))
        sheet.write_string(1, 0, "ข้อมูล ณ วันที่ ")
        for column, key in enumerate(HEADS):
            sheet.write_string(3, column, LABELS[key], head)
        sheet.set_column(0, len(HEADS) - 1, 14)
        for key in ("name", "guarantor"):
            sheet.set_column(HEADS.index(key), HEADS.index(key), 28)
        sheet.freeze_panes(4, 0)
    return made.getvalue()
