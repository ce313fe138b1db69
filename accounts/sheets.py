"""A list as a spreadsheet: the same rows, columns and order as on screen; text stays text."""

import csv
import io
from datetime import date
from decimal import Decimal
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

from accounts.audit import record
from config import thai

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT_STAYS_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""How we open XlsxWriter's workbooks: what a villager's name begins with makes no formula."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def sheet_response(table, kind: str, title: str, request) -> HttpResponse:
    """The table's rows as a file to download; the export is recorded."""
    rows = table.as_values()
    searched = sorted(name for name, typed in request.GET.items() if typed and name != "export")
    detail = {"kind": kind, "filters": searched}  # what was typed may be a villager's name
    record(by=request.user, action="export", target=title, detail=detail, request=request)
    content = _xlsx(rows, title, request.user) if kind == "xlsx" else _csv(rows)
    name = f"{title}_{timezone.localdate():%Y-%m-%d}.{kind}"
    return HttpResponse(
        content,
        content_type=XLSX if kind == "xlsx" else "text/csv; charset=utf-8",
        headers={"Content-Disposition": attachment(name)},
    )


def attachment(name: str) -> str:
    """The Content-Disposition of a file to be kept under a Thai name."""
    return f"attachment; filename*=UTF-8''{quote(name)}"


def _xlsx(rows, title: str, user) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, TEXT_STAYS_TEXT) as book:
        sheet = book.add_worksheet()
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "border": 1}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        now = timezone.localtime()
        sheet.write_string(0, 0, title)
        sheet.write_string(1, 0, f"{user.area.full_name} ข้อมูล ณ {thai.moment(now)}")
        sheet.freeze_panes(4, 1)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                _write(sheet, number + 3, column, value, formats, head=number == 0)
    return buffer.getvalue()


def _write(sheet, row, column, value, formats, *, head):
    if head:
        sheet.write_string(row, column, str(value), formats["head"])
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, value, formats["money"])
    elif isinstance(value, bool) or value is None:
        sheet.write_string(row, column, "" if value is None else ("ใช่" if value else "ไม่ใช่"))
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["date"])
    else:
        sheet.write_string(row, column, str(value))


def _csv(rows) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _harmless(value):
    """Text that a spreadsheet would run as a formula is led by an apostrophe; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
