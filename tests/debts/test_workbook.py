"""What an officer may choose as a file, and what is refused with a sentence instead of a stack trace."""

import datetime
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debts.sheets import limits
from debts.sheets.workbook import CannotOpen, open_workbook
from tests.debts.sheet_files import (
    WORD,
    make_ods,
    make_ole,
    make_tall_xlsx,
    make_xls,
    make_xlsx,
    make_zip,
    with_part,
)

SAMPLES = Path(__file__).parent.parent / "samples"
SHEET = "xl/worksheets/sheet1.xml"
ODS_CELL = '<table:table-cell office:value-type="float" office:value="5"/>'
ODS_ROW = f"<table:table-row>{ODS_CELL}</table:table-row>"


def open_xlsx(content: bytes, **limits):
    return open_workbook(content, name="ทะเบียน.xlsx", **limits)


def refusal(content: bytes, name: str = "ทะเบียน.xlsx", **limits) -> str:
    with pytest.raises(CannotOpen) as refused:
        open_workbook(content, name=name, **limits)
    return str(refused.value)


def test_a_sample_register_has_its_three_sheets_and_rows_where_excel_shows_them():
    workbook = open_xlsx((SAMPLES / "debtor-register-nong-ha-2560.xlsx").read_bytes())

    assert [sheet.name for sheet in workbook.sheets] == ["กองทุนหมู่บ้าน", "ออมทรัพย์", "กข.คจ."]
    assert workbook.sheets[0].rows[3][1] == "เลขที่สัญญา"


def test_rows_and_columns_above_and_left_of_the_table_keep_their_numbers():
    workbook = open_xlsx(make_xlsx(fill=lambda sheet, book: sheet.write("C4", WORD)))

    assert workbook.sheets[0].rows[3] == (None, None, WORD)


def test_cells_come_as_text_numbers_and_days():
    def fill(sheet, book):
        sheet.write_row(0, 0, ("18", 18, 18.5, True))
        sheet.write_datetime(
            "E1", datetime.datetime(2017, 4, 30), book.add_format({"num_format": "dd/mm/yyyy"})
        )

    workbook = open_xlsx(make_xlsx(fill=fill))

    assert workbook.sheets[0].rows == (("18", 18, 18.5, "True", datetime.date(2017, 4, 30)),)


def test_a_cell_with_nothing_but_spaces_is_empty():
    workbook = open_xlsx(make_xlsx((WORD, "  ", "\u00a0")))

    assert workbook.sheets[0].rows == ((WORD, None, None),)


def test_a_formula_is_its_last_value():
    workbook = open_xlsx(make_xlsx(fill=lambda sheet, book: sheet.write_formula("A1", "=SUM(1,2)", value=3)))

    assert workbook.sheets[0].rows == ((3,),)


def test_text_that_begins_like_a_formula_stays_text():
    workbook = open_xlsx(make_xlsx(("=1+1", "+66", "@ชื่อ")))

    assert workbook.sheets[0].rows == (("=1+1", "+66", "@ชื่อ"),)


def test_a_hidden_sheet_is_read_and_said_to_be_hidden():
    def fill(sheet, book):
        book.add_worksheet("หน้าแรก").activate()
        sheet.write("A1", WORD)
        sheet.hide()

    workbook = open_xlsx(make_xlsx(fill=fill))

    assert [sheet.hidden for sheet in workbook.sheets] == [True, False]


def test_a_workbook_with_macros_is_read_without_them():
    xlsm = with_part(make_xlsx((WORD,)), "xl/vbaProject.bin", lambda _: b"macro")

    workbook = open_workbook(xlsm, name="ทะเบียน.xlsm")

    assert workbook.sheets[0].rows == ((WORD,),)


def test_an_old_excel_file_is_read():
    workbook = open_workbook(make_xls((0, 0, WORD), (2, 1, 2.5)), name="ทะเบียน.xls")

    assert workbook.sheets[0].rows == ((WORD, None), (None, None), (None, 2.5))


def test_an_open_document_sheet_is_read_and_its_endless_empty_rows_are_not():
    nothing = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'

    workbook = open_workbook(
        make_ods(nothing.format(2) + ODS_ROW + nothing.format(1_048_573)), name="ทะเบียน.ods"
    )

    assert workbook.sheets[0].rows == ((None,), (None,), (5,))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "tis-620"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_file_is_read_in_every_thai_encoding_and_with_every_delimiter(encoding, delimiter):
    text = f'ชื่อ{delimiter}เงินต้น\r\n"นางแก้ว{delimiter} ทองสุข"{delimiter}\r\n'

    workbook = open_workbook(text.encode(encoding), name="กองทุนหมู่บ้าน.CSV")

    assert workbook.sheets[0].name == "กองทุนหมู่บ้าน"
    assert workbook.sheets[0].rows == (("ชื่อ", "เงินต้น"), (f"นางแก้ว{delimiter} ทองสุข", None))


@pytest.mark.parametrize("name", ["ว่าง.xlsx", "ว่าง.csv"])
def test_an_empty_file_is_refused(name):
    assert refusal(b"", name) == limits.EMPTY


@pytest.mark.parametrize("content", [make_xlsx(), make_xlsx(("",)), make_xls()])
def test_a_workbook_with_nothing_in_it_is_refused(content):
    assert refusal(content) == limits.EMPTY


@pytest.mark.parametrize("content", [b"name,debt", b"<html><table>", b"%PDF-1.7", b"\x89PNG"])
def test_a_file_only_named_like_a_workbook_is_refused(content):
    assert refusal(content) == limits.NOT_A_WORKBOOK


def test_a_text_file_with_nul_characters_is_refused():
    assert refusal(b"a,b\0c", "ทะเบียน.csv") == limits.NOT_A_WORKBOOK


def test_a_zip_that_is_no_workbook_is_refused():
    assert refusal(make_zip(**{"photo.jpg": b"jpg", "a.xml": b"<a/>"})) == limits.NOT_A_WORKBOOK


def test_a_file_above_ten_megabytes_is_refused():
    assert refusal(b"PK\x03\x04" + bytes(limits.MAX_BYTES)) == limits.TOO_BIG


@pytest.mark.parametrize(
    "content",
    [make_xlsx((WORD,))[:1500], b"PK\x03\x04", make_ole("WordDocument", b"")],
)
def test_a_broken_file_is_refused(content):
    assert refusal(content) == limits.BROKEN


@pytest.mark.parametrize(
    "content",
    [
        make_ole("EncryptedPackage", b"secret"),
        make_xls((0, 0, WORD), password=True),
        make_zip(**{"mimetype": b"", "content.xml": b"?", "META-INF/manifest.xml": b"<m:encryption-data/>"}),
    ],
)
def test_an_encrypted_workbook_is_refused_and_says_why(content):
    assert refusal(content) == limits.ENCRYPTED


def test_a_zip_bomb_is_refused_by_what_it_declares():
    bomb = with_part(make_xlsx((WORD,)), "xl/bomb.xml", lambda _: b"<a>" + b" " * 3_000_000 + b"</a>")

    assert refusal(bomb) == limits.UNPACKS_TOO_BIG


def test_a_bomb_that_declares_a_small_size_is_refused_all_the_same():
    true_size, lie = (3_000_007).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    bomb = with_part(make_xlsx((WORD,)), "xl/bomb.xml", lambda _: b"<a>" + b" " * 3_000_000 + b"</a>")

    assert bomb.count(true_size) == 2
    assert refusal(bomb.replace(true_size, lie)) == limits.BROKEN


def test_parts_are_unpacked_no_further_than_the_limit(monkeypatch):
    monkeypatch.setattr("debts.sheets.parts._refuse_bomb", lambda *declared: None)
    monkeypatch.setattr("debts.sheets.parts.MAX_UNPACKED_BYTES", 10_000)
    bomb = with_part(make_xlsx((WORD,)), "xl/bomb.xml", lambda _: b"<a>" + b" " * 20_000 + b"</a>")

    assert refusal(bomb) == limits.UNPACKS_TOO_BIG


def test_a_zip_with_too_many_parts_is_refused():
    parts = {f"xl/{number}.xml": b"<a/>" for number in range(limits.MAX_PARTS + 1)}

    assert refusal(make_zip(**parts)) == limits.UNPACKS_TOO_BIG


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_two_parts_of_one_name_is_refused(tmp_path):
    file = tmp_path / "twice.xlsx"
    file.write_bytes(make_xlsx((WORD,)))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")

    assert refusal(file.read_bytes()) == limits.BROKEN


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", SHEET, "xl/workbook.xml", "docProps/extra.xml"])
def test_a_doctype_in_any_part_is_refused(part):
    doctype = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'

    assert refusal(with_part(make_xlsx((WORD,)), part, lambda _: doctype)) == limits.DOCTYPE


@pytest.mark.parametrize(
    "part",
    [b"<worksheet>", "<worksheet/>".encode("utf-16"), b'<?xml version="1.0" encoding="utf-7"?><worksheet/>'],
)
def test_a_part_that_two_readers_could_read_differently_is_refused(part):
    assert refusal(with_part(make_xlsx((WORD,)), SHEET, lambda _: part)) == limits.BROKEN


def test_more_than_a_hundred_thousand_rows_are_refused_with_both_numbers():
    message = refusal(make_tall_xlsx(101_001))

    assert message == "ไฟล์มี 101,001 แถว นำเข้าได้ครั้งละไม่เกิน 100,000 แถว แบ่งเป็นหลายไฟล์"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (make_xlsx((1,), (2,), (), (3,)), "a.xlsx"),
        (make_xls((0, 0, 1), (1, 0, 2), (5, 0, 3)), "a.xls"),
        (
            make_ods(
                ODS_ROW
                + ODS_ROW.replace("<table:table-row", '<table:table-row table:number-rows-repeated="2"')
            ),
            "",
        ),
        (b"1,1\n2,2\n\n3,3\n", "a.csv"),
    ],
)
def test_filled_rows_are_limited_in_every_format_and_empty_ones_do_not_count(content, name):
    open_workbook(content, name=name, max_rows=3)

    assert refusal(content, name, max_rows=2).startswith("ไฟล์มี 3 แถว นำเข้าได้ครั้งละไม่เกิน 2 แถว")


def test_a_million_columns_are_refused():
    def far(sheet: bytes) -> bytes:
        return sheet.replace(b'r="A1"', b'r="BDWGN1"')

    message = refusal(with_part(make_xlsx((1,)), SHEET, far))

    assert message.startswith("แผ่นงานกว้าง 1,000,000 คอลัมน์ รับได้ไม่เกิน 256 คอลัมน์")


def test_two_cells_in_far_corners_are_refused_before_the_space_between_them_is_filled():
    corners = make_xlsx(fill=lambda sheet, book: [sheet.write(0, 0, 1), sheet.write(1_048_575, 200, 1)])

    assert "ไกลจากตาราง" in refusal(corners)


def test_an_old_excel_file_that_eats_memory_costs_only_its_own_process():
    assert refusal(make_xls((0, 0, 1), (65_535, 255, 1))) == limits.BROKEN


def test_formatted_empty_cells_far_below_do_not_count():
    def fill(sheet, book):
        sheet.write("A1", WORD)
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))

    workbook = open_xlsx(make_xlsx(fill=fill))

    assert workbook.sheets[0].rows == ((WORD,),)


def test_a_crash_inside_the_reader_is_an_answer_not_a_stack_trace(monkeypatch):
    class Panic(BaseException):
        """As the reader's own language raises it: no Exception."""

    def panic(workbook, name):
        raise Panic

    monkeypatch.setattr("debts.sheets.workbook._rows", panic)

    assert refusal(make_xlsx((WORD,))) == limits.BROKEN


def open_or_refuse(content: bytes, name: str) -> None:
    try:
        open_workbook(content, name=name)
    except CannotOpen as refused:
        assert str(refused)


@given(content=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04"]))
def test_any_bytes_are_no_workbook(content, start):
    assert refusal(start + content)


@given(content=st.binary(max_size=400))
def test_any_bytes_named_csv_are_read_or_refused(content):
    open_or_refuse(content, "ทะเบียน.csv")


@given(place=st.integers(0, 5_000), byte=st.integers(0, 255))
def test_a_workbook_with_one_wrong_byte_is_read_or_refused(place, byte):
    content = bytearray((SAMPLES / "one-contract-form-nong-ha-2560.xlsx").read_bytes())
    content[place % len(content)] = byte

    open_or_refuse(bytes(content), "แบบ.xlsx")
