"""The parts inside an .xlsx or .ods file, checked before any reader sees them.

A spreadsheet is a zip of XML. Its declared sizes, its outer shape and its XML may all lie, so
every part is unpacked here under a cap and parsed once for its extent. The reader is then given
a new plain zip of exactly the parts that were checked: there is nothing left to disagree about.
"""

import io
import re
import zipfile
from functools import lru_cache
from xml.parsers import expat

from debts.sheets.limits import (
    BROKEN,
    DOCTYPE,
    ENCRYPTED,
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    NOT_A_WORKBOOK,
    RATIO_COUNTS_FROM_BYTES,
    UNPACKS_TOO_BIG,
    CannotOpen,
    check_extent,
)

NEEDS_PASSWORD = 0x1
DIGITS = "0123456789"
EXCEL_TAGS = frozenset(("row", "c", "v", "is"))
PART_WITH_WORDS = (".xml", ".rels", "mimetype")
"""Macros, pictures and embedded objects are not handed on: only these parts are read."""


def checked_parts(content: bytes, *, max_rows: int) -> io.BytesIO:
    """Return a plain zip of the workbook's XML parts, each one unpacked, well-formed and small enough.

    Raises CannotOpen for a bomb, a broken or encrypted file, a DOCTYPE and too many rows or columns.
    """
    parts = _unpacked(content)
    _refuse_unless_workbook(parts)
    _check_extents(parts, max_rows=max_rows)
    return _packed_again(parts)


def filled_rows(content: bytes, *, max_rows: int) -> int:
    """How many rows of all sheets have something in them, without reading a cell. Raises CannotOpen."""
    parts = _unpacked(content)
    _refuse_unless_workbook(parts)
    return _check_extents(parts, max_rows=max_rows)


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _unpack(packed, packed_bytes=len(content))
    except CannotOpen:
        raise
    except Exception as error:  # a damaged zip can raise nearly anything
        raise CannotOpen(BROKEN) from error


def _unpack(packed: zipfile.ZipFile, *, packed_bytes: int) -> dict[str, bytes]:
    listed = packed.infolist()
    _refuse_bomb(listed, packed_bytes)
    wanted = [part for part in listed if part.filename.lower().endswith(PART_WITH_WORDS)]
    parts: dict[str, bytes] = {}
    room = MAX_UNPACKED_BYTES
    for part in wanted:
        with packed.open(part) as opened:
            parts[part.filename] = opened.read(room + 1)
        room -= len(parts[part.filename])
        if room < 0:
            raise CannotOpen(UNPACKS_TOO_BIG)
    return parts


def _refuse_bomb(listed: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    unpacked = sum(part.file_size for part in listed)
    ratio_is_odd = unpacked > RATIO_COUNTS_FROM_BYTES and unpacked > MAX_RATIO * packed_bytes
    if len(listed) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES or ratio_is_odd:
        raise CannotOpen(UNPACKS_TOO_BIG)
    if any(part.flag_bits & NEEDS_PASSWORD for part in listed):
        raise CannotOpen(ENCRYPTED)
    if {part.compress_type for part in listed} - {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise CannotOpen(BROKEN)
    if len({part.filename for part in listed}) < len(listed):
        raise CannotOpen(BROKEN)


def _refuse_unless_workbook(parts: dict[str, bytes]) -> None:
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise CannotOpen(ENCRYPTED)
    if "xl/workbook.xml" not in parts and not ("mimetype" in parts and "content.xml" in parts):
        raise CannotOpen(NOT_A_WORKBOOK)


def _check_extents(parts: dict[str, bytes], *, max_rows: int) -> int:
    extents = [_Extent.of(part) for name, part in parts.items() if name != "mimetype"]
    rows = sum(extent.filled_rows for extent in extents)
    check_extent(
        rows=rows,
        columns=max(extent.columns for extent in extents),
        cells=sum(extent.cells for extent in extents),
        max_rows=max_rows,
    )
    return rows


def _packed_again(parts: dict[str, bytes]) -> io.BytesIO:
    """Each part is let go as it is packed, for together they may be large."""
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as archive:
        for name in list(parts):
            archive.writestr(name, parts.pop(name))
    plain.seek(0)
    return plain


class _Extent:
    """Filled rows, last filled column and the area up to it, counted while one XML part is parsed."""

    def __init__(self):
        self.filled_rows = self.columns = self.cells = 0
        self._row = self._column = self._last_row = self._last_column = self._counted_row = 0
        self._row_repeats = self._column_repeats = 1
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._root
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype

    @classmethod
    def of(cls, part: bytes) -> "_Extent":
        extent = cls()
        if part[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise CannotOpen(BROKEN)
        try:
            extent.parser.Parse(part, True)
        except expat.ExpatError as error:
            raise CannotOpen(BROKEN) from error
        extent._close_sheet()
        return extent

    def _declaration(self, version, encoding, standalone):
        if (encoding or "utf-8").lower() not in ("utf-8", "utf8", "us-ascii"):
            raise CannotOpen(BROKEN)

    def _doctype(self, *declared):
        raise CannotOpen(DOCTYPE)

    def _root(self, tag, attributes):
        handlers = {"worksheet": self._excel, "document-content": self._open_document}
        self.parser.StartElementHandler = handlers.get(tag.rpartition(":")[2])

    def _excel(self, tag, attributes):
        local = tag if tag in EXCEL_TAGS else tag.rpartition(":")[2]
        if local == "c":
            self._excel_cell(attributes.get("r"))
        elif local == "v" or local == "is":
            self._fill()
        elif local == "row":
            self._row = _whole(attributes.get("r"), self._row + 1)
            self._column = 0

    def _excel_cell(self, reference):
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip(DIGITS)
        self._column = _column_number(letters)
        self._row = _whole(reference[len(letters) :], 0)

    def _open_document(self, tag, attributes):
        local = tag.rpartition(":")[2]
        if local in ("table-cell", "covered-table-cell"):
            self._column_repeats = _whole(attributes.get("table:number-columns-repeated"), 1)
            self._column += self._column_repeats
            if "office:value-type" in attributes:
                self._fill()
        elif local == "p":
            self._fill()
        elif local == "table-row":
            self._row_repeats = _whole(attributes.get("table:number-rows-repeated"), 1)
            self._row += self._row_repeats
            self._column = 0
        elif local == "table":
            self._close_sheet()

    def _fill(self):
        if self._row != self._counted_row:
            self.filled_rows += self._row_repeats
            self._counted_row = self._row
            if self._row > self._last_row:
                self._last_row = self._row
        if self._column > self._last_column:
            self._last_column = self._column

    def _close_sheet(self):
        self.columns = max(self.columns, self._last_column)
        self.cells += self._last_row * self._last_column
        self._row = self._column = self._last_row = self._last_column = self._counted_row = 0


@lru_cache(maxsize=4_096)
def _whole(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise CannotOpen(BROKEN)
    return int(text)


@lru_cache(maxsize=4_096)
def _column_number(letters: str) -> int:
    if not re.fullmatch(r"[A-Za-z]{1,7}", letters):
        raise CannotOpen(BROKEN)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
