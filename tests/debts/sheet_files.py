"""Spreadsheet files for tests, honest and bad, made in memory."""

import io
import struct
import zipfile

import xlsxwriter

from debts.sheets.workbook import Sheet, Workbook

HEAD = (
    "ลำดับ",
    "เลขที่สัญญา",
    "ชื่อ - สกุล",
    "บ้านเลขที่",
    "วันที่กู้",
    "ครบกำหนด",
    "เงินกู้",
    "ร้อยละ",
    "เงินต้นคงเหลือ",
    "ดอกเบี้ยค้าง",
)
ROW = (1, "01/2558", "นางแก้ว ทองสุข", "18", "8/3/2558", "8/3/2559", 22000, 6, 16975, 525)
WORD = "ทดสอบ"


def make_workbook(*rows, name="ทะเบียน") -> Workbook:
    return Workbook((Sheet(name, tuple(map(tuple, rows))),))


def make_row(changes: dict | None = None) -> tuple:
    """A register row under HEAD, with changes by column head."""
    return tuple((changes or {}).get(head, cell) for head, cell in zip(HEAD, ROW, strict=True))


def make_xlsx(*rows, fill=None) -> bytes:
    """A workbook of one sheet; ``fill`` is called with the sheet and the workbook for what rows can not say."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("ทะเบียน")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if fill:
            fill(sheet, book)
    return made.getvalue()


def make_tall_xlsx(rows: int) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(rows):
            sheet.write_row(number, 0, (number, WORD))
    return made.getvalue()


def make_zip(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def with_part(xlsx: bytes, name: str, change) -> bytes:
    """The same workbook with one part changed by a function of its bytes (b"" when it is new)."""
    with zipfile.ZipFile(io.BytesIO(xlsx)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return make_zip(**(parts | {name: change(parts.get(name, b""))}))


def make_ods(table: str) -> bytes:
    """An OpenDocument sheet with the given rows as XML."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="ทะเบียน">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    return make_zip(
        **{"mimetype": mimetype, "content.xml": content.encode(), "META-INF/manifest.xml": b"<manifest/>"}
    )


def make_ole(name: str, stream: bytes) -> bytes:
    """An OLE container (as .xls and encrypted files are) with one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end, *range(3, sectors + 2), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header += struct.pack("<108I", *[free] * 108)
    fat = struct.pack("<128I", *table, *[free] * (128 - len(table)))
    directory = _ole_entry("Root Entry", 5, end, 0, child=1) + _ole_entry(name, 2, 2, len(stream), child=free)
    return header + fat + directory.ljust(512, b"\0") + stream


def _ole_entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    words = name.encode("utf-16-le")
    entry = words.ljust(64, b"\0") + struct.pack(
        "<HBBIII", len(words) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child
    )
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def make_xls(*cells: tuple[int, int, float | str], password=False) -> bytes:
    """An old Excel file with (row, column, value) cells, rows and columns counted from 0."""
    protected = _biff(0x2F, b"\1" + bytes(53)) if password else b""
    before = _biff_start(0x0005) + protected + _biff(0x42, struct.pack("<H", 1200))
    place = len(before) + 4 + 8 + 4 + 4
    globals_ = before + _biff(0x85, struct.pack("<IBBBB", place, 0, 0, 4, 0) + b"data") + _biff(0x0A, b"")
    sheet = _biff_start(0x0010) + b"".join(map(_biff_cell, cells)) + _biff(0x0A, b"")
    return make_ole("Workbook", globals_ + sheet)


def _biff(record: int, body: bytes) -> bytes:
    return struct.pack("<HH", record, len(body)) + body


def _biff_start(kind: int) -> bytes:
    return _biff(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _biff_cell(cell: tuple[int, int, float | str]) -> bytes:
    row, column, value = cell
    if isinstance(value, str):
        words = value.encode("utf-16-le")
        return _biff(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + words)
    return _biff(0x0203, struct.pack("<HHHd", row, column, 0, value))
