"""A list as a spreadsheet: the same rows, columns, order and totals as on screen; text stays text.

Written row by row to a file on disk, so that 100,000 rows take no more memory than 1,000, and handed over
when it is whole: half a list never leaves.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import partial
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import NamedTuple
from urllib.parse import quote

import xlsxwriter
from django.core.exceptions import BadRequest
from django.http import FileResponse
from django.utils import timezone

from accounts.audit import record
from accounts.cells import reader
from config import thai

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
XLSX = KINDS["xlsx"]
TYPES = {**KINDS, "json": "application/json", "pdf": "application/pdf"}
MOST_ROWS = 1_000_000  # of a worksheet
ROWS_AT_ONCE = 2_000
ROWS_TOLD = 500  # after so many more it is told how many are done
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class TooManyRows(BadRequest):
    """More than a worksheet has; `str()` is the Thai reason."""


class Sheet(NamedTuple):
    """A table to be written: what stands above it, what its rows are called and where they lie."""

    table: object
    title: str
    place: str
    unit: str
    filters: list[str]  # in words, for the head of the file

    @property
    def file_name(self) -> str:
        """ทะเบียนลูกหนี้_บ้านหนองฮะ_2562-03-15"""
        today = timezone.localdate()
        return f"{self.title}_{self.place}_{thai.buddhist_year(today)}-{today:%m-%d}"

    @property
    def lines(self) -> list[str]:
        """Above the heads of the columns."""
        moment = thai.moment(timezone.localtime())
        return [self.title, f"{self.place} ข้อมูล ณ {moment}", " • ".join(self.filters)]


def nobody_asked(done: int) -> None:
    """The progress of a file that somebody waits for."""


def write(sheet: Sheet, kind: str, file, *, report: Callable[[int], None] = nobody_asked) -> None:
    """Write the list into the open file; `report` is told how many rows are done. Raises `TooManyRows`."""
    if kind == "xlsx" and sheet.table.totals.count > MOST_ROWS:
        raise TooManyRows("แฟ้ม Excel มีได้ไม่เกิน 1,000,000 แถว ใช้ตัวกรองหรือส่งออก CSV")
    write_rows(sheet.lines, _rows(sheet, report), kind, file)


def write_rows(lines: list[str], rows: Iterable[Sequence], kind: str, file) -> None:
    """Write rows, the heads first, into the open file; in a workbook `lines` stand above them."""
    if kind == "xlsx":
        _write_xlsx(lines, rows, file)
    else:
        _write_csv(rows, file)


def record_export(what: str, kind: str, request, **detail) -> None:
    """Write down who takes away what."""
    record(by=request.user, action="export", target=what, detail={"kind": kind, **detail}, request=request)


def searched_by(request) -> list[str]:
    """The filters that were used, without what was typed, which may be a villager's name."""
    return sorted(name for name, typed in request.GET.items() if typed and name != "export")


def sheet_response(sheet: Sheet, kind: str, request) -> FileResponse:
    """The list as a file to download; the export is recorded. Raises `TooManyRows`."""
    record_export(sheet.title, kind, request, filters=searched_by(request))
    return file_answer(sheet.file_name, kind, partial(write, sheet, kind))


def file_answer(name: str, kind: str, write_into: Callable) -> FileResponse:
    """What `write_into(file)` writes, to be kept under `name`: every file that a page makes is handed over by this
    one function, when it is whole. `kind` is one of `TYPES`."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write_into(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name(name, kind), content_type=TYPES[kind])


def file_name(name: str, kind: str) -> str:
    """ผลการบริหารจัดการหนี้_อำเภอห้วยทับทัน_2560.xlsx: no blank and no slash, which some systems take amiss."""
    return f"{name}.{kind}".replace("/", "-").replace(" ", "_")


def attachment(name: str) -> str:
    """The Content-Disposition of a file to be kept under a Thai name."""
    return f"attachment; filename*=UTF-8''{quote(name)}"


def _rows(sheet: Sheet, report: Callable) -> Iterator[list]:
    """Heads, rows and totals. A day is followed by the same day as it is written."""
    columns = [each for each in sheet.table.columns if not each.column.exclude_from_export]
    yield [
        text for each in columns for text in _beside(each, str(each.header), lambda head: f"{head} (พ.ศ.)")
    ]
    readers = [(each, reader(each), _written_by(each)) for each in columns]
    for done, row in enumerate(sheet.table.data.data.iterator(chunk_size=ROWS_AT_ONCE), start=1):
        yield [cell for each, read, write in readers for cell in _beside(each, read(row), write)]
        if done % ROWS_TOLD == 0:
            report(done)
    if sheet.table.has_footer():
        yield _totals(sheet, columns)


def _beside(column, value, write) -> list:
    """The cell of a column, and for days and instants a second one."""
    return [value, None if value is None else write(value)] if hasattr(column.column, "written") else [value]


def _written_by(column):
    return getattr(column.column, "written", None)


def _totals(sheet: Sheet, columns) -> list:
    sums = sheet.table.sums
    row = [cell for each in columns for cell in _beside(each, sums.get(each.name), lambda none: none)]
    count = thai.count(sheet.table.totals.count)
    return [f"รวม {count} {sheet.unit} (ทั้งหมดตามตัวกรอง)", *row[1:]]


def _write_xlsx(lines: list[str], rows: Iterable[Sequence], file) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True, **AS_TEXT}) as book:
        page = book.add_worksheet()
        write = _writer(book, page)
        for number, line in enumerate(lines):
            page.write_string(number, 0, line)
        page.freeze_panes(len(lines) + 1, 1)
        for number, row in enumerate(rows, len(lines)):
            for column, value in enumerate(row):
                write(number, column, value, head=number == len(lines))


def _writer(book, page):
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1})
    money = book.add_format({"num_format": "#,##0.00"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})

    def write(row, column, value, *, head_format=head, head=False):
        if head:
            page.write_string(row, column, value, head_format)
        elif isinstance(value, Decimal):
            page.write_number(row, column, value, money)
        elif isinstance(value, bool):
            page.write_string(row, column, "ใช่" if value else "ไม่ใช่")
        elif isinstance(value, int):
            page.write_number(row, column, value)
        elif isinstance(value, date):
            page.write_datetime(row, column, value, day)
        elif value is not None:
            page.write_string(row, column, str(value))

    return write


def _write_csv(rows: Iterable[Sequence], file) -> None:
    with _text(file) as text:
        csv.writer(text).writerows([_harmless(value) for value in row] for row in rows)


@contextmanager
def _text(file):
    """The file as text that Excel takes for UTF-8; the file stays open."""
    text = TextIOWrapper(file, "utf-8-sig", newline="")
    yield text
    text.flush()
    text.detach()


def _harmless(value):
    """Text that a spreadsheet would run as a formula is led by an apostrophe; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
