"""What is made of a debtor register as committees keep it."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from config.thai import Name, name_key
from debts.sheets.form import read_form
from debts.sheets.head import find_head
from debts.sheets.register import COLUMNS, DUE_BEFORE_LENT, MORE_THAN_LENT, READ, NotARegister, read_register
from debts.sheets.row_reader import HOUSE_BECAME_DATE, NO_LAST_NAME, Tidied
from debts.sheets.workbook import Sheet, Workbook, open_workbook
from households.models import Household
from tests.debts.sheet_files import HEAD, ROW, make_row, make_workbook, make_xlsx

TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parent.parent / "samples"


def open_sample(name: str) -> Workbook:
    return open_workbook((SAMPLES / name).read_bytes(), name=name)


def read(*rows):
    return read_register(make_workbook(*rows), today=TODAY).sheets[0]


def read_row(changes=None):
    [row] = read(HEAD, make_row(changes)).rows
    return row


@pytest.fixture(scope="module")
def nong_ha():
    return read_register(open_sample("debtor-register-nong-ha-2560.xlsx"), today=TODAY)


def test_the_sample_has_three_funds_and_thirty_six_debts(nong_ha):
    assert [(sheet.fund_hint, sheet.fund_kind, len(sheet.rows)) for sheet in nong_ha.sheets] == [
        ("กองทุนหมู่บ้านหนองฮะ", "village_fund", 13),
        ("กลุ่มออมทรัพย์เพื่อการผลิตบ้านหนองฮะ", "savings_group", 13),
        ("โครงการ กข.คจ. บ้านหนองฮะ", "poverty_project", 10),
    ]


def test_the_sample_says_its_day(nong_ha):
    assert nong_ha.as_of_on == date(2017, 4, 30)


def test_the_sample_owes_607200_baht_without_an_error(nong_ha):
    owed = sum(sheet.total("principal") + sheet.total("interest") for sheet in nong_ha.sheets)

    assert owed == Decimal("607200.00")
    assert not [error for sheet in nong_ha.sheets for row in sheet.rows for error in row.errors]


def test_the_sample_register_and_the_sample_form_agree_on_every_household(nong_ha):
    owed = defaultdict(Decimal)
    for sheet in nong_ha.sheets:
        for row in sheet.rows:
            owed[name_key(row.name.first, row.name.last)] += row.principal + row.interest

    form = read_form(open_sample("one-contract-form-nong-ha-2560.xlsx"), today=TODAY)

    assert owed == {name_key(row.name.first, row.name.last): row.owed for row in form.rows}


def test_the_sample_has_seventeen_guessed_days_and_three_missing_house_numbers(nong_ha):
    warnings = [warning for sheet in nong_ha.sheets for row in sheet.rows for warning in row.warnings]

    assert sum(warning.startswith("ระบบอ่าน") for warning in warnings) == 17
    assert warnings.count(Household.NO_NUMBER) == 3
    assert len(warnings) == 20


def test_every_cell_of_a_row_is_read(nong_ha):
    row = nong_ha.sheets[0].rows[1]

    assert (row.row, row.number, row.name, row.house_number) == (
        6,
        "02/2559",
        Name("นาง", "แก้ว", "ทองสุข"),
        "18",
    )
    assert (row.lent_on, row.due_on) == (date(2016, 8, 9), date(2017, 8, 9))
    assert (row.lent, row.rate_percent) == (Decimal("24000.00"), Decimal("6"))
    assert (row.principal, row.interest, row.penalty) == (
        Decimal("23500.00"),
        Decimal("1500.00"),
        Decimal("0.00"),
    )


def test_a_total_row_is_not_a_debtor(nong_ha):
    [skipped] = nong_ha.sheets[0].skipped

    assert (skipped.row, skipped.reason) == (18, "แถวยอดรวม")


def test_a_guessed_year_is_told():
    row = read_row({"วันที่กู้": "9 ส.ค. 59", "ครบกำหนด": "9/8/2560"})

    assert row.lent_on == date(2016, 8, 9)
    assert row.warnings == ("ระบบอ่าน 9 ส.ค. 59 เป็น 9 ส.ค. 2559",)


def test_what_is_plain_is_tidied_and_told():
    row = read_row(
        {"บ้านเลขที่": "๓๒/๑", "วันที่กู้": "๘ มีนาคม ๒๕๕๘", "เงินต้นคงเหลือ": "๑๖,๙๗๕ บาท", "ชื่อ - สกุล": "นส.แก้ว   ทองสุข"}
    )

    assert row.tidied == (
        Tidied("ชื่อ–สกุล ผู้กู้", "นส.แก้ว   ทองสุข", "นางสาวแก้ว ทองสุข"),
        Tidied("บ้านเลขที่", "๓๒/๑", "32/1"),
        Tidied("วันที่ทำสัญญา", "๘ มีนาคม ๒๕๕๘", "8 มี.ค. 2558"),
        Tidied("เงินต้นคงเหลือ (บาท)", "๑๖,๙๗๕ บาท", "16,975.00"),
    )
    assert not row.warnings


def test_a_row_as_it_should_be_has_nothing_to_tell():
    row = read_row()

    assert (row.tidied, row.warnings, row.errors) == ((), (), ())


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"บ้านเลขที่": None}, Household.NO_NUMBER),
        ({"บ้านเลขที่": "-"}, Household.NO_NUMBER),
        ({"บ้านเลขที่": date(2026, 2, 3)}, HOUSE_BECAME_DATE),
        ({"ชื่อ - สกุล": "นางแก้ว"}, NO_LAST_NAME),
        ({"เงินกู้": 16000}, MORE_THAN_LENT),
        ({"ครบกำหนด": "8/3/2557"}, DUE_BEFORE_LENT),
        ({"วันที่กู้": "8/3/2015"}, "ระบบอ่าน 8/3/2015 เป็น 8 มี.ค. 2558"),
        ({"ดอกเบี้ยค้าง": 1315.068493}, "ดอกเบี้ยค้างชำระ (บาท): ระบบปัด 1315.068493 เป็น 1,315.07"),
        ({"ร้อยละ": 0.06}, "ระบบอ่านดอกเบี้ย 0.06 เป็น ร้อยละ 6 ต่อปี"),
    ],
)
def test_what_is_odd_is_a_warning_and_the_row_stays(changes, warning):
    row = read_row(changes)

    assert row.warnings == (warning,)
    assert not row.errors


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"ชื่อ - สกุล": None}, "ระบุชื่อ–สกุล ผู้กู้"),
        ({"เงินต้นคงเหลือ": None}, "เงินต้นคงเหลือ (บาท): ระบุจำนวนเงินเป็นตัวเลข"),
        ({"เงินต้นคงเหลือ": "สองพัน"}, "เงินต้นคงเหลือ (บาท): ระบุจำนวนเงินเป็นตัวเลข (ในไฟล์: “สองพัน”)"),
        ({"เงินต้นคงเหลือ": "=1+1"}, "เงินต้นคงเหลือ (บาท): ระบุจำนวนเงินเป็นตัวเลข (ในไฟล์: “=1+1”)"),
        ({"ดอกเบี้ยค้าง": -5}, "ดอกเบี้ยค้างชำระ (บาท): จำนวนเงินต้องไม่ติดลบ (ในไฟล์: “-5”)"),
        ({"เงินกู้": "1,25"}, "วงเงินกู้ (บาท): ตรวจสอบตำแหน่งเครื่องหมายจุลภาคในจำนวนเงิน (ในไฟล์: “1,25”)"),
        ({"วันที่กู้": "29/2/2562"}, "วันที่ทำสัญญา: ไม่มีวันที่ 29 ก.พ. 2562 ในปฏิทิน (ในไฟล์: “29/2/2562”)"),
        ({"ครบกำหนด": "สิ้นปี"}, "วันครบกำหนด: ระบุวันที่ เช่น 27 มี.ค. 2565 หรือ 27/3/2565 (ในไฟล์: “สิ้นปี”)"),
    ],
)
def test_what_can_not_be_read_is_an_error_that_names_the_column(changes, error):
    assert read_row(changes).errors == (error,)


@pytest.mark.parametrize("nothing", [None, "-", "–", " "])
def test_no_interest_written_is_no_interest(nothing):
    assert read_row({"ดอกเบี้ยค้าง": nothing}).interest == Decimal("0.00")


def test_numbers_of_a_calculating_sheet_are_exact():
    assert read_row({"เงินต้นคงเหลือ": 0.1 + 0.2}).principal == Decimal("0.30")


def test_a_day_cell_of_excel_is_a_day_in_either_calendar():
    row = read_row({"วันที่กู้": date(2015, 3, 8), "ครบกำหนด": date(2559, 3, 8)})

    assert (row.lent_on, row.due_on) == (date(2015, 3, 8), date(2016, 3, 8))


def test_a_contract_number_that_excel_made_a_day_is_written_back_and_told():
    row = read_row({"เลขที่สัญญา": date(2558, 1, 1)})

    assert row.number == "01/2558"
    assert [told.column for told in row.tidied] == ["เลขที่สัญญา"]


def test_a_contract_number_used_twice_is_told():
    rows = read(HEAD, make_row(), make_row({"ชื่อ - สกุล": "นายมั่น อิ่มบุญ"})).rows

    assert [row.warnings for row in rows] == [(), ("เลขที่สัญญา 01/2558 ซ้ำกับแถว 2",)]


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("สัญญาเลขที่", "number"),
        ("เลขที่ สัญญากู้", "number"),
        ("ชื่อ–สกุล ผู้กู้", "name"),
        ("รายชื่อลูกหนี้", "name"),
        ("รายชื่อสมาชิกกองทุน", "name"),
        ("วันกู้", "lent_on"),
        ("วันที่ทำสัญญา", "lent_on"),
        ("วัน เดือน ปี ที่กู้", "lent_on"),
        ("วันครบกำหนดชำระ", "due_on"),
        ("กำหนดส่งคืน", "due_on"),
        ("วงเงินกู้", "lent"),
        ("จำนวนเงินที่กู้ (บาท)", "lent"),
        ("อัตราดอกเบี้ย", "rate_percent"),
        ("ดอกเบี้ย (ร้อยละ/ปี)", "rate_percent"),
        ("จำนวนหนี้คงเหลือ", "principal"),
        ("เงินกู้คงเหลือ", "principal"),
        ("เงินต้น", "principal"),
        ("ดอกเบี้ยค้างชำระ", "interest"),
        ("ดอกเบี้ยคงเหลือ", "interest"),
        ("ค่าปรับ", "penalty"),
        ("กลุ่ม/กองทุน", "fund"),
        ("ชื่อกลุ่ม", "fund"),
        ("ชื่อผู้ค้ำประกัน", "guarantor"),
        ("ผู้ค้ำ (1)", "guarantor"),
        ("ผู้ค้ำประกันคนที่ ๒", "guarantor_2"),
        ("เลขประจำตัวผู้ค้ำประกัน", None),
        ("วิธีคิดดอกเบี้ย", "method"),
        ("รวมเงินต้นและดอกเบี้ย", None),
        ("ชำระแล้ว", None),
        ("โทรศัพท์", None),
    ],
)
def test_heads_are_known_in_every_usual_spelling(head, key):
    found = find_head(((head,),), COLUMNS, set())

    assert READ & found.places.keys() == ({key} if key else set())


def test_columns_may_stand_in_any_order():
    order = sorted(range(len(HEAD)), key=HEAD.__getitem__)

    [shuffled] = read([HEAD[place] for place in order], [ROW[place] for place in order]).rows

    [plain] = read(HEAD, ROW).rows
    assert shuffled == plain


@pytest.mark.parametrize("above", [0, 3, 13])
def test_the_head_may_stand_in_any_of_the_first_fifteen_rows(above):
    [row] = read(*[("ทะเบียนลูกหนี้",)] * above, HEAD, ROW).rows

    assert row.row == above + 2


def test_a_head_of_two_lines_with_a_caption_over_several_columns_is_one_head():
    sheet = read(
        ("ที่", "ชื่อ - สกุล", "เงินกู้", None, "หนี้คงเหลือ", None, None, None),
        (None, None, "วันที่", "จำนวนเงิน", "เงินต้น", "ดอกเบี้ย", "ค่าปรับ", "รวม"),
        ("1", "นางแก้ว ทองสุข", "8/3/2558", 22000, 16975, 525, 100, 17600),
    )

    [row] = sheet.rows
    assert (row.lent_on, row.lent) == (date(2015, 3, 8), Decimal("22000.00"))
    assert (row.principal, row.interest, row.penalty) == (
        Decimal("16975.00"),
        Decimal("525.00"),
        Decimal("100.00"),
    )
    assert sheet.unread_columns == ("หนี้คงเหลือ รวม",)


def test_a_fund_column_names_each_rows_fund():
    sheet = read(
        (*HEAD, "กองทุน"),
        (*ROW, "ออมทรัพย์"),
        (*make_row({"เลขที่สัญญา": "9"}), "กข.คจ"),
        (*make_row({"เลขที่สัญญา": "8"}), None),
    )

    assert [(row.fund_hint, row.fund_kind) for row in sheet.rows] == [
        ("ออมทรัพย์", "savings_group"),
        ("กข.คจ", "poverty_project"),
        ("ทะเบียน", "other"),
    ]


def test_title_first_and_last_name_may_have_a_column_each():
    [row] = read(("คำนำหน้า", "ชื่อ", "นามสกุล", "คงเหลือ"), ("นาง", "แก้ว", "ทองสุข", 5)).rows

    assert row.name == Name("นาง", "แก้ว", "ทองสุข")
    assert not row.tidied


def test_a_rate_a_month_is_told_as_a_rate_a_year():
    [row] = read(("ชื่อ", "คงเหลือ", "ดอกเบี้ยร้อยละต่อเดือน"), ("นางแก้ว ทองสุข", 5, 1)).rows

    assert row.rate_percent == Decimal("12")
    assert "ระบบอ่านดอกเบี้ย 1 เป็น ร้อยละ 12 ต่อปี" in row.warnings


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ((None, "รวม", 16975), "แถวยอดรวม"),
        (("รวมทั้งสิ้น", "13 ราย", 16975), "แถวยอดรวม"),
        ((None, "รวม ๑๓ ราย", None), "แถวยอดรวม"),
        ((None, " ร ว ม ", 5), "แถวยอดรวม"),
        ((None, "ยอดยกไป", 16975), "แถวยอดยกมา/ยกไป"),
        ((None, "ยอดยกมาจากหน้า 1", 16975), "แถวยอดยกมา/ยกไป"),
        ((None, None, None), "แถวว่าง"),
        (("ที่", "ชื่อ - สกุล", "เงินต้นคงเหลือ"), "หัวตารางซ้ำ"),
        (("หมู่ที่ 3", None, None), "ข้อความที่ไม่ใช่รายการหนี้"),
        ((None, "ลงชื่อ ........................ เหรัญญิก", None), "ลายมือชื่อท้ายตาราง"),
    ],
)
def test_rows_that_are_no_debtor_are_left_out_with_a_reason(cells, reason):
    debtor = (1, "นางแก้ว ทองสุข", 16975)

    sheet = read(("ที่", "ชื่อ - สกุล", "เงินต้นคงเหลือ"), debtor, cells, debtor)

    assert [(skipped.row, skipped.reason) for skipped in sheet.skipped] == [(3, reason)]
    assert [row.row for row in sheet.rows] == [2, 4]


def test_numbers_of_the_columns_under_the_head_are_no_debtor():
    sheet = read(HEAD, [f"({number})" for number in range(1, len(HEAD) + 1)], ROW)

    assert [skipped.reason for skipped in sheet.skipped] == ["เลขกำกับคอลัมน์"]


def test_a_debtor_whose_amount_is_missing_is_not_left_out():
    sheet = read(("ที่", "ชื่อ - สกุล", "เงินต้นคงเหลือ"), (None, "นายรวม ทองสุข", None), (1, "นางแก้ว ทองสุข", 5))

    assert [row.row for row in sheet.rows] == [2, 3]
    assert sheet.rows[0].errors


def test_a_note_of_a_sum_does_not_hide_its_debtor():
    [row] = read((*HEAD, "หมายเหตุ"), (*ROW, "ยอดยกมา")).rows

    assert row.note == "ยอดยกมา"


def test_a_printed_total_that_differs_is_told():
    sheet = read(("ชื่อ", "เงินต้นคงเหลือ", "ค่าปรับ"), ("นางแก้ว ทองสุข", 5, 1), ("รวม", "๑,๐๐๕", 1))

    assert sheet.warnings == (
        "เงินต้นคงเหลือ (บาท): ผลรวม 5.00 บาท ต่างจากยอดในเอกสาร 1,005.00 บาท อยู่ 1,000.00 บาท",
    )


@pytest.mark.parametrize("printed", [5, "5.00 บาท", None, 0])
def test_a_printed_total_that_agrees_or_was_never_calculated_is_silent(printed):
    sheet = read(("ชื่อ", "เงินต้นคงเหลือ"), ("นางแก้ว ทองสุข", 5), ("รวม", printed))

    assert sheet.warnings == ()


def test_the_total_at_the_very_end_is_the_one_compared():
    name, total = ("นางแก้ว ทองสุข", 5), ("รวม", 5)

    sheet = read(("ชื่อ", "เงินต้นคงเหลือ"), name, total, name, total, ("รวมทั้งสิ้น", 10))

    assert sheet.warnings == ()


def test_formula_cells_of_a_real_file_are_read_as_their_values():
    def fill(sheet, book):
        sheet.write_formula("I2", "=20000-3025", value=16975)
        sheet.write_formula("I3", "=SUM(I2:I2)", value=16975)
        sheet.write("C3", "รวม")

    workbook = open_workbook(make_xlsx(HEAD, make_row({"เงินต้นคงเหลือ": None}), fill=fill), name="a.xlsx")

    [sheet] = read_register(workbook, today=TODAY).sheets
    assert sheet.total("principal") == Decimal("16975.00")
    assert sheet.warnings == ()


def test_sheets_without_a_register_are_named_not_read():
    workbook = Workbook((Sheet("บันทึก", (("โทร", "08"),)), Sheet("ทะเบียน", (HEAD, ROW)), Sheet("ว่าง", ())))

    register = read_register(workbook, today=TODAY)

    assert [sheet.name for sheet in register.sheets] == ["ทะเบียน"]
    assert register.other_sheets == ("บันทึก",)


def test_sheets_of_different_days_have_no_common_day():
    sheets = [Sheet(day, ((f"ข้อมูล ณ วันที่ {day}",), HEAD, ROW)) for day in ("30 เมษายน 2560", "๓๑ พ.ค. ๒๕๖๐")]

    register = read_register(Workbook(tuple(sheets)), today=TODAY)

    assert [sheet.as_of_on for sheet in register.sheets] == [date(2017, 4, 30), date(2017, 5, 31)]
    assert register.as_of_on is None


@pytest.mark.parametrize(
    "rows", [[("ก", "ข")], [HEAD], [("ชื่อ", "โทร"), ("นางแก้ว ทองสุข", 5)], [(None,)] * 20 + [HEAD, ROW]]
)
def test_a_workbook_without_a_register_is_refused_with_the_heads_that_were_looked_for(rows):
    with pytest.raises(NotARegister, match="ชื่อ–สกุล.*เงินต้นคงเหลือ"):
        read(*rows)
