"""Open a spreadsheet file that an officer chose: .xlsx, .xls, .ods or .csv, and nothing that harms.

What comes out is plain rows of plain values, numbered as the officer sees them in Excel.
Formulas are their last calculated value; macros, pictures and links are never touched.
"""

import csv
import datetime
import io
import subprocess
import sys
from dataclasses import dataclass
from json import loads
from pathlib import PurePath
from tempfile import NamedTemporaryFile

from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

from debts.sheets import xls
from debts.sheets.limits import (
    BROKEN,
    EMPTY,
    ENCRYPTED,
    MAX_BYTES,
    MAX_FILLED_ROWS,
    NOT_A_WORKBOOK,
    TOO_BIG,
    CannotOpen,
    check_extent,
)
from debts.sheets.parts import checked_parts, filled_rows

__all__ = ["CannotOpen", "Cell", "Sheet", "Workbook", "count_rows", "open_workbook"]

Cell = str | int | float | datetime.date | None

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
PLAIN_TEXT = {".csv", ".tsv", ".txt"}


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``rows[0]`` is row 1 of the sheet on the officer's screen."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file, hidden ones too, in the file's order."""

    sheets: tuple[Sheet, ...]


def open_workbook(content: bytes, *, name: str, max_rows: int = MAX_FILLED_ROWS) -> Workbook:
    """Read every sheet of the file ``name``.

    ``max_rows`` is how many rows with something in them all sheets may have together.
    Raises CannotOpen, with what to do in Thai, for anything that is no honest spreadsheet.
    """
    if not content:
        raise CannotOpen(EMPTY)
    if len(content) > MAX_BYTES:
        raise CannotOpen(TOO_BIG)
    sheets = tuple(_sheet(*found) for found in _read(content, PurePath(name), max_rows))
    _check_read(sheets, max_rows)
    return Workbook(sheets)


def count_rows(content: bytes, *, name: str) -> int:
    """How many rows of the file ``name`` have something in them, all sheets together. Raises CannotOpen."""
    if len(content) <= MAX_BYTES and content.startswith(ZIP):
        return filled_rows(content, max_rows=MAX_FILLED_ROWS)
    return sum(map(_filled, open_workbook(content, name=name).sheets))


def _filled(sheet: Sheet) -> int:
    return sum(row.count(None) < len(row) for row in sheet.rows)


def _read(content: bytes, name: PurePath, max_rows: int):
    if content.startswith(ZIP):
        return _read_packed(content, max_rows)
    if content.startswith(OLE):
        return _read_old_excel(content, max_rows)
    if name.suffix.lower() in PLAIN_TEXT:
        return [(name.stem, False, _read_text(content, max_rows))]
    raise CannotOpen(NOT_A_WORKBOOK)


def _read_packed(content: bytes, max_rows: int) -> list[tuple[str, bool, list[list]]]:
    parts = checked_parts(content, max_rows=max_rows)
    try:
        workbook = CalamineWorkbook.from_filelike(parts)
        return [
            (sheet.name, sheet.visible != SheetVisibleEnum.Visible, _rows(workbook, sheet.name))
            for sheet in workbook.sheets_metadata
        ]
    except PasswordError as error:
        raise CannotOpen(ENCRYPTED) from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the reader's own crash (a panic) is no Exception
        raise CannotOpen(BROKEN) from error


def _rows(workbook: CalamineWorkbook, name: str) -> list[list]:
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _read_old_excel(content: bytes, max_rows: int) -> list[tuple[str, bool, list[list]]]:
    if ENCRYPTED_PACKAGE in content:
        raise CannotOpen(ENCRYPTED)
    with NamedTemporaryFile(suffix=".xls") as file:  # only by its path does the reader know a password
        file.write(content)
        file.flush()
        return loads(_read_apart(file.name, max_rows), object_hook=xls.day_of)


def _read_apart(path: str, max_rows: int) -> bytes:
    command = [sys.executable, "-I", xls.__file__, path, str(max_rows)]
    try:
        return subprocess.run(command, capture_output=True, timeout=2 * xls.SECONDS, check=True).stdout
    except subprocess.CalledProcessError as error:
        needs_password = error.returncode == xls.NEEDS_PASSWORD
        raise CannotOpen(ENCRYPTED if needs_password else BROKEN) from error
    except subprocess.TimeoutExpired as error:
        raise CannotOpen(BROKEN) from error


def _read_text(content: bytes, max_rows: int) -> list[list[str]]:
    text = _decoded(content)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > 2 * max_rows:
                break
    except csv.Error as error:
        raise CannotOpen(BROKEN) from error
    return rows


def _decoded(content: bytes) -> str:
    """Thai text as new programs (UTF-8) or old ones (TIS-620, as Windows extends it) write it."""
    for encoding in ("utf-8-sig", "cp874"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise CannotOpen(NOT_A_WORKBOOK)


def _sheet(name: str, hidden: bool, rows: list[list]) -> Sheet:
    return Sheet(name, tuple(tuple(map(_plain, row)) for row in rows), hidden)


def _plain(value) -> Cell:
    kind = type(value)
    if kind is str:
        return value if value.strip() else None
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if kind is datetime.datetime:
        return value.date()
    return value if kind in (int, datetime.date) else str(value)


def _check_read(sheets: tuple[Sheet, ...], max_rows: int) -> None:
    """The same limits again, on what was really read: text and old Excel are not measured before."""
    filled = sum(map(_filled, sheets))
    if not filled:
        raise CannotOpen(EMPTY)
    widths = [max(map(len, sheet.rows), default=0) for sheet in sheets]
    cells = sum(width * len(sheet.rows) for width, sheet in zip(widths, sheets, strict=True))
    check_extent(rows=filled, columns=max(widths), cells=cells, max_rows=max_rows)
