"""Registers in the shapes that committees give them: what each column is, and when an officer is asked."""

from datetime import date
from decimal import Decimal

import pytest

from debts.sheets.layout import Chosen
from debts.sheets.register import read_register
from debts.sheets.workbook import Sheet, Workbook, open_workbook
from tests.debts.sheet_files import make_ods, make_workbook, make_xls, make_xlsx

TODAY = date(2026, 11, 23)
TITLE = ("ทะเบียนลูกหนี้กองทุนหมู่บ้านหนองโพธิ์ ข้อมูล ณ วันที่ 30 กันยายน 2560",)
HEAD = ("ที่", "ชื่อ - สกุล", "เลขที่สัญญา", "เงินกู้", "คงเหลือ")
DEBTS = (
    (1, "นางแก้ว ทองสุข", "1/2558", 22000, 16975),
    (2, "นายบุญช่วย อิ่มใจ", "2/2558", 30000, 30000),
    (3, "น.ส.ดาว ส่องแสง", "3/2559", 15000, 4250),
)


def shape(head, *rows, asked=False, first=None, count=None, missing=()):
    return {
        "rows": (*head, *rows),
        "asked": asked,
        "first": first or {},
        "count": count or len(rows),
        "missing": missing,
    }


FIRST = {"number": "1/2558", "lent": 22000, "principal": 16975, "name": "นางแก้ว ทองสุข"}
SHAPES = {
    "a plain sheet": shape([HEAD], *DEBTS, first=FIRST),
    "titles above and blank rows between": shape([TITLE, (), ("หมู่ที่ 3", None), (), HEAD], *DEBTS, first=FIRST),
    "a blank column on the left and one in the middle": shape(
        [(None, "ที่", "ชื่อ - สกุล", None, "เลขที่สัญญา", "เงินกู้", "คงเหลือ")],
        *((None, row[0], row[1], None, *row[2:]) for row in DEBTS),
        first=FIRST,
    ),
    "the head in row thirty": shape([*[()] * 29, HEAD], *DEBTS, first=FIRST),
    "a head of two merged lines": shape(
        [
            ("ที่", "ชื่อ - สกุล", "สัญญา", None, "หนี้", None),
            (None, None, "เลขที่", "วันที่", "เงินต้นคงเหลือ", "ดอกเบี้ย"),
        ],
        (1, "นางแก้ว ทองสุข", "1/2558", "8/3/2558", 16975, 525),
        (2, "นายบุญช่วย อิ่มใจ", "2/2558", "9/3/2558", 30000, 0),
        first={"number": "1/2558", "lent_on": date(2015, 3, 8), "principal": 16975, "interest": 525},
    ),
    "a head of three lines, the last of them units": shape(
        [
            ("ที่", "ชื่อ - สกุล", "เงินกู้", None, "หนี้คงเหลือ", None),
            (None, None, "วันที่", "จำนวน", "เงินต้น", "ดอกเบี้ย"),
            (None, None, "(ว/ด/ป)", "(บาท)", "(บาท)", "(บาท)"),
        ],
        (1, "นางแก้ว ทองสุข", "8/3/2558", 22000, 16975, 525),
        first={"lent_on": date(2015, 3, 8), "lent": 22000, "principal": 16975, "interest": 525},
    ),
    "a line of captions over the head": shape(
        [
            ("ผู้กู้", None, None, "สัญญากู้", None, "หนี้ค้าง", None),
            ("ลำดับ", "ชื่อ", "สกุล", "เลขที่", "วงเงิน", "เงินต้น", "ดอกเบี้ย"),
        ],
        (1, "นางแก้ว", "ทองสุข", "1/2558", 22000, 16975, 525),
        first={**FIRST, "interest": 525},
    ),
    "title, first and last name under one caption": shape(
        [("ที่", "ชื่อ - สกุล", None, None, "เลขที่สัญญา", "คงเหลือ")],
        (1, "นาง", "แก้ว", "ทองสุข", "1/2558", 16975),
        (2, "นาย", "บุญช่วย", "อิ่มใจ", "2/2558", 30000),
        first={"name": "นางแก้ว ทองสุข", "number": "1/2558", "principal": 16975},
    ),
    "first and last name under one caption": shape(
        [("ที่", "ชื่อ - สกุล", None, "คงเหลือ")],
        (1, "นางแก้ว", "ทองสุข", 16975),
        (2, "นายบุญช่วย", "อิ่มใจ", 30000),
        first={"name": "นางแก้ว ทองสุข", "principal": 16975},
    ),
    "names without titles under a head we do not know": shape(
        [("ลำดับ", "ราษฎร", "บ้านเลขที่", "คงเหลือ")],
        (1, "แก้ว ทองสุข", "18", 16975),
        (2, "บุญช่วย อิ่มใจ", "32/1", 30000),
        first={"name": "แก้ว ทองสุข", "house_number": "18", "principal": 16975},
    ),
    "columns without a word over them": shape(
        [("ที่", "ชื่อ - สกุล", None, None, None, "คงเหลือ")],
        (1, "นางแก้ว ทองสุข", "18/2", "1/2558", "8 มี.ค. 2558", 16975),
        (2, "นายบุญช่วย อิ่มใจ", "32/1", "2/2558", "9 มี.ค. 2558", 30000),
        first={"house_number": "18/2", "number": "1/2558", "lent_on": date(2015, 3, 8), "principal": 16975},
    ),
    "a column of funds without a head": shape(
        [("ที่", "ชื่อ - สกุล", None, "คงเหลือ")],
        (1, "นางแก้ว ทองสุข", "ออมทรัพย์", 16975),
        (2, "นายบุญช่วย อิ่มใจ", "กข.คจ.", 30000),
        first={"fund_kind": "savings_group", "principal": 16975},
    ),
    "a rate without a head": shape(
        [("ที่", "ชื่อ - สกุล", "เงินกู้", None, "คงเหลือ")],
        (1, "นางแก้ว ทองสุข", 22000, "6%", 16975),
        (2, "นายบุญช่วย อิ่มใจ", 30000, "6%", 30000),
        (3, "น.ส.ดาว ส่องแสง", 15000, "6%", 4250),
        first={"rate_percent": 6, "lent": 22000, "principal": 16975},
    ),
    "the balance is the sum, the principal stands beside it": shape(
        [("ที่", "ชื่อ - สกุล", "ยอดเดือนนี้", "ดอกเบี้ย", "หนี้คงเหลือ")],
        (1, "นางแก้ว ทองสุข", 16975, 525, 17500),
        (2, "นายบุญช่วย อิ่มใจ", 30000, 1800, 31800),
        (3, "น.ส.ดาว ส่องแสง", 4250, 0, 4250),
        first={"principal": 16975, "interest": 525},
    ),
    "totals of houses, funds and pages": shape(
        [HEAD],
        DEBTS[0],
        (None, "รวมบ้านเลขที่ 18", None, 22000, 16975),
        DEBTS[1],
        (None, "รวมกองทุนหมู่บ้าน", None, 30000, 30000),
        (None, "รวมหน้านี้", None, 52000, 46975),
        DEBTS[2],
        (None, "รวมทั้งสิ้น 3 ราย", None, 67000, 51225),
        first=FIRST,
        count=3,
    ),
    "head and title repeated on every printed page": shape(
        [TITLE, HEAD], DEBTS[0], TITLE, HEAD, DEBTS[1], TITLE, (*HEAD, None), DEBTS[2], first=FIRST, count=3
    ),
    "the fund as a line of its own over its debts": shape(
        [("ทะเบียนหนี้ทุกกองทุน",), HEAD],
        ("กองทุนหมู่บ้านหนองโพธิ์",),
        DEBTS[0],
        ("กลุ่มออมทรัพย์เพื่อการผลิต",),
        DEBTS[1],
        first={"fund_kind": "village_fund", "fund_hint": "กองทุนหมู่บ้านหนองโพธิ์"},
        count=2,
    ),
    "Thai digits everywhere": shape(
        [("ที่", "ชื่อ - สกุล", "เลขที่สัญญา", "เงินกู้", "คงเหลือ")],
        ("๑", "นางแก้ว ทองสุข", "๑/๒๕๕๘", "๒๒,๐๐๐", "๑๖,๙๗๕.-"),
        ("๒", "นายบุญช่วย อิ่มใจ", "๒/๒๕๕๘", "๓๐,๐๐๐", "๓๐,๐๐๐.-"),
        first={"lent": 22000, "principal": 16975},
    ),
    "a column of telephones is nobody's money": shape(
        [("ชื่อ - สกุล", "โทรศัพท์", "คงเหลือ")],
        ("นางแก้ว ทองสุข", 812345678, 16975),
        ("นายบุญช่วย อิ่มใจ", "089-1234567", 30000),
        first={"principal": 16975, "lent": None},
    ),
    "no head at all": shape(
        [],
        (1, "นางแก้ว ทองสุข", "18/2", "1/2558", "8/3/2558", "8/3/2559", 22000, 16975),
        (2, "นายบุญช่วย อิ่มใจ", "32/1", "2/2558", "9/3/2558", "9/3/2559", 30000, 30000),
        asked=True,
        first={
            **FIRST, "house_number": "18/2", "lent_on": date(2015, 3, 8), "due_on": date(2016, 3, 8),
        },
    ),
    "no head under a title": shape(
        [TITLE],
        (1, "นางแก้ว ทองสุข", 16975),
        (2, "นายบุญช่วย อิ่มใจ", 30000),
        asked=True,
        first={"name": "นางแก้ว ทองสุข", "principal": 16975},
    ),
    "words we do not know over everything": shape(
        [("ราษฎร", "ยอดปีนี้")],
        ("นางแก้ว ทองสุข", 16975),
        ("นายบุญช่วย อิ่มใจ", 30000),
        asked=True,
        first={"name": "นางแก้ว ทองสุข", "principal": 16975},
    ),
    "money under a word we do not know": shape(
        [("ที่", "ชื่อ - สกุล", "เลขที่สัญญา", "ยอดปีนี้")],
        *(row[:3] + row[4:] for row in DEBTS),
        asked=True,
        first={"number": "1/2558", "principal": 16975},
    ),
    "lent and owed without a word": shape(
        [("ที่", "ชื่อ - สกุล", None, None, None)],
        (1, "นางแก้ว ทองสุข", 22000, 16975, 525),
        (2, "นายบุญช่วย อิ่มใจ", 30000, 30000, 900),
        asked=True,
        first={"lent": 22000, "principal": 16975, "interest": 525},
    ),
    "lent and owed under each other's heads": shape(
        [HEAD], *((*row[:3], 10000, 20000 + row[0]) for row in DEBTS * 2), asked=True
    ),
    "the name's head over the house numbers": shape(
        [("ชื่อ", "คงเหลือ")], *((f"{number}/1", 5000) for number in range(1, 7)), asked=True
    ),
    "no amounts of money at all": shape(
        [("ที่", "ชื่อ - สกุล", "บ้านเลขที่")],
        (1, "นางแก้ว ทองสุข", "18"),
        (2, "นายบุญช่วย อิ่มใจ", "32/1"),
        asked=True,
        missing=("ยังไม่ได้จับคู่คอลัมน์ เงินต้นคงเหลือ (บาท)",),
    ),
}  # fmt: skip


def said(table) -> dict[str, Chosen]:
    """The officer says that our guesses are right."""
    guesses = table.layout.guesses
    columns = [guesses[place].key if place in guesses else "" for place in range(max(guesses, default=0) + 1)]
    return {table.layout.signature: Chosen(tuple(columns), lines=len(table.layout.head.lines))}


def values(row, keys) -> dict:
    name = f"{row.name.title}{row.name.first} {row.name.last}" if row.name else ""
    return {key: name if key == "name" else getattr(row, key) for key in keys}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_a_sheet_is_read_as_its_committee_meant_it(shape):
    workbook = make_workbook(*shape["rows"])

    register = read_register(workbook, today=TODAY)

    assert bool(register.to_ask) == shape["asked"]
    if shape["missing"]:
        assert register.to_ask[0].layout.missing == shape["missing"]
        return
    if shape["asked"]:
        assert register.to_ask[0].layout.doubts
        register = read_register(workbook, today=TODAY, chosen=said(register.to_ask[0]))
    [sheet] = register.sheets
    assert len(sheet.rows) == shape["count"]
    assert values(sheet.rows[0], shape["first"]) == shape["first"]


PLAIN = SHAPES["a plain sheet"]["rows"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp874"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_file_is_read_like_a_sheet(encoding, delimiter):
    text = "\r\n".join(delimiter.join(map(str, row)) for row in PLAIN)

    [sheet] = read_register(open_workbook(text.encode(encoding), name="ทะเบียน.csv"), today=TODAY).sheets

    assert values(sheet.rows[0], FIRST) == FIRST


def test_every_kind_of_workbook_gives_the_same_register():
    table = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in PLAIN
    )  # fmt: skip
    cells = [(row, place, cell) for row, line in enumerate(PLAIN) for place, cell in enumerate(line)]
    made = {"a.xlsx": make_xlsx(*PLAIN), "a.xls": make_xls(*cells), "a.ods": make_ods(table)}

    for name, content in made.items():
        [sheet] = read_register(open_workbook(content, name=name), today=TODAY).sheets
        assert values(sheet.rows[0], FIRST) == FIRST, name


def test_a_head_that_an_officer_explained_is_not_asked_for_again():
    rows = SHAPES["money under a word we do not know"]["rows"]
    [table] = read_register(make_workbook(*rows), today=TODAY).to_ask

    again = read_register(make_workbook(TITLE, (), *rows), today=TODAY, chosen=said(table))

    assert not again.to_ask
    assert again.sheets[0].total("principal") == Decimal(51225)
    assert [table.layout.chosen for table in again.remembered] == list(said(table).values())


def test_a_sheet_that_is_no_register_stays_out_once_an_officer_said_so():
    other = Sheet("สมาชิก", SHAPES["no amounts of money at all"]["rows"])
    [table] = read_register(Workbook((other,)), today=TODAY).to_ask
    no = {table.layout.signature: Chosen(())}

    register = read_register(Workbook((other, Sheet("หนี้", PLAIN))), today=TODAY, chosen=no)

    assert not register.to_ask
    assert [sheet.name for sheet in register.sheets] == ["หนี้"]
    assert register.other_sheets == ("สมาชิก",)


def test_the_head_may_be_another_row_than_the_one_we_took():
    rows = (("ราษฎร", "ยอดปีนี้"), ("บ้านเหนือ", "บาท"), ("นางแก้ว ทองสุข", 16975), ("นายบุญช่วย อิ่มใจ", 30000))
    [table] = read_register(make_workbook(*rows), today=TODAY).to_ask
    chosen = {table.layout.signature: Chosen(("name", "principal"), shift=1 - table.layout.found_row)}

    [sheet] = read_register(make_workbook(*rows), today=TODAY, chosen=chosen).sheets

    assert sheet.matched == (("ราษฎร", "ชื่อ–สกุล ผู้กู้"), ("ยอดปีนี้", "เงินต้นคงเหลือ (บาท)"))


def test_a_summary_beside_the_register_is_not_asked_for():
    summary = Sheet("สรุป", (("กองทุน", "ราย", "บาท"), ("กองทุนหมู่บ้าน", 13, 210000), ("กข.คจ.", 10, 90000)))

    register = read_register(Workbook((summary, Sheet("หนี้", PLAIN))), today=TODAY)

    assert not register.to_ask
    assert register.other_sheets == ("สรุป",)
