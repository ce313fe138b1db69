"""What is made of the form "๑ ครัวเรือน ๑ สัญญา" as the field writes it."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debts.sheets.form import (
    LENDER_IS_NEW,
    NO_LENDER,
    ContractForm,
    NotAForm,
    NothingToImport,
    read_any,
    read_form,
)
from debts.sheets.register import ReadRegister
from debts.sheets.row_reader import Tidied
from debts.sheets.workbook import Sheet, Workbook, open_workbook
from households.models import Household
from tests.debts import sheet_files
from tests.debts.sheet_files import make_workbook

TODAY = date(2026, 11, 23)
SAMPLES = Path(__file__).parent.parent / "samples"
FORM, REGISTER = "one-contract-form-nong-ha-2560.xlsx", "debtor-register-nong-ha-2560.xlsx"
HEAD = ("ลำดับที่", "รายชื่อ", "บ้านเลขที่", "ชื่อกลุ่ม/กองทุน", "หนี้คงเหลือ", "แหล่งกู้ยืมใหม่", "จำนวนเงินที่กู้")
ROW = ("๑", "นางแก้ว ทองสุข", "18", "กองทุนหมู่บ้าน/ออมทรัพย์", 50000, "กองทุนหมู่บ้าน", 50000)


def open_sample(name: str) -> Workbook:
    return open_workbook((SAMPLES / name).read_bytes(), name=name)


def read_row(changes=None):
    cells = [(changes or {}).get(head, cell) for head, cell in zip(HEAD, ROW, strict=True)]
    [row] = read_form(make_workbook(HEAD, cells), today=TODAY).rows
    return row


@pytest.fixture(scope="module")
def nong_ha():
    return read_form(open_sample(FORM), today=TODAY)


def test_the_sample_has_fifteen_households_owing_607200_baht_before_and_after(nong_ha):
    assert [row.row for row in nong_ha.rows] == list(range(6, 21))
    assert nong_ha.total("owed") == nong_ha.total("amount") == Decimal("607200.00")


def test_the_sample_has_eleven_three_and_one_contracts_by_lender(nong_ha):
    contracts, amounts = Counter(), Counter()
    for row in nong_ha.rows:
        contracts[row.lender_kind] += 1
        amounts[row.lender_kind] += row.amount

    assert contracts == {"village_fund": 11, "savings_group": 3, "poverty_project": 1}
    assert amounts == {"village_fund": 556_000, "savings_group": 40_200, "poverty_project": 11_000}


def test_the_sample_says_its_place_and_year(nong_ha):
    place = nong_ha.place

    assert place.centre == "สถาบันการจัดการเงินทุนชุมชนบ้านหนองฮะ"
    assert (place.village, place.moo) == ("หนองฮะ", 3)
    assert (place.subdistrict, place.district, place.province) == ("ปราสาท", "ห้วยทับทัน", "ศรีสะเกษ")
    assert nong_ha.fiscal_year == 2560
    assert nong_ha.title == "ทะเบียนครัวเรือนที่ปรับโครงสร้างหนี้เป็น ๑ ครัวเรือน ๑ สัญญา"


def test_the_samples_oddities_are_warnings_and_nothing_is_an_error(nong_ha):
    warned = {row.row: row.warnings for row in nong_ha.rows if row.warnings}

    assert warned == {6: (Household.NO_NUMBER,), 9: (LENDER_IS_NEW,), 12: (LENDER_IS_NEW,)}
    assert not [error for row in nong_ha.rows for error in row.errors]


def test_empty_slots_between_the_funds_are_dropped(nong_ha):
    funds = {row.row: row.funds for row in nong_ha.rows}

    assert funds[9] == ("ออมทรัพย์", "กข.คจ")
    assert funds[13] == ("กองทุนหมู่บ้าน", "ออมทรัพย์")
    assert funds[18] == ("กองทุนหมู่บ้าน", "กข.คจ")
    assert sum(map(len, funds.values())) == 36


def test_the_samples_total_with_its_unit_agrees(nong_ha):
    assert [skipped.reason for skipped in nong_ha.skipped] == ["แถวยอดรวม"]
    assert nong_ha.warnings == ()


def test_thai_digits_are_told_as_tidied(nong_ha):
    assert nong_ha.rows[2].tidied == (
        Tidied("บ้านเลขที่", "๒๔", "24"),
        Tidied("หนี้คงเหลือรวมทุกกลุ่ม (บาท)", "๔๔,๐๐๐", "44,000.00"),
        Tidied("จำนวนเงินที่กู้จากแหล่งใหม่ (บาท)", "๔๔,๐๐๐", "44,000.00"),
    )


def test_a_printed_total_that_differs_is_told():
    total = (None, "รวม", None, None, "๕๑,๐๐๐ บาท", None, "๕๐,๐๐๐ บาท")

    form = read_form(make_workbook(HEAD, ROW, total), today=TODAY)

    assert form.warnings == (
        "หนี้คงเหลือรวมทุกกลุ่ม (บาท): ผลรวม 50,000.00 บาท ต่างจากยอดในเอกสาร 51,000.00 บาท อยู่ 1,000.00 บาท",
    )


def test_a_new_amount_that_is_not_the_old_debt_is_told():
    row = read_row({"จำนวนเงินที่กู้": 40000})

    assert row.warnings == ("จำนวนเงินที่กู้ 40,000.00 บาท ไม่เท่ากับหนี้คงเหลือ 50,000.00 บาท",)


def test_a_household_written_twice_is_told():
    form = read_form(make_workbook(HEAD, ROW, ROW), today=TODAY)

    assert [row.warnings for row in form.rows] == [(), ("อาจซ้ำกับแถว 2",)]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"รายชื่อ": None}, "ระบุชื่อ–สกุล ผู้กู้"),
        ({"แหล่งกู้ยืมใหม่": None}, NO_LENDER),
        ({"หนี้คงเหลือ": None}, "หนี้คงเหลือรวมทุกกลุ่ม (บาท): ระบุจำนวนเงินเป็นตัวเลข"),
        ({"จำนวนเงินที่กู้": "ห้าหมื่น"}, "จำนวนเงินที่กู้จากแหล่งใหม่ (บาท): ระบุจำนวนเงินเป็นตัวเลข (ในไฟล์: “ห้าหมื่น”)"),
    ],
)
def test_what_can_not_be_read_is_an_error_that_names_the_column(changes, error):
    assert read_row(changes).errors == (error,)


@pytest.mark.parametrize(("name", "kind"), [(FORM, ContractForm), (REGISTER, ReadRegister)])
def test_either_file_is_known_for_what_it_is(name, kind):
    assert isinstance(read_any(open_sample(name), today=TODAY), kind)


def test_a_register_is_no_form():
    with pytest.raises(NotAForm, match="แหล่งกู้ยืมใหม่"):
        read_form(open_sample(REGISTER), today=TODAY)


def test_a_file_that_is_neither_is_refused_once_with_the_heads_of_both():
    with pytest.raises(NothingToImport, match="เงินต้นคงเหลือ.*แหล่งกู้ยืมใหม่"):
        read_any(make_workbook(("ชื่อ", "โทรศัพท์"), ("นางแก้ว", "08")), today=TODAY)


def test_other_sheets_beside_the_form_are_named():
    workbook = Workbook((Sheet("บันทึก", (("โทร", "08"),)), Sheet("แบบ", (HEAD, ROW)), Sheet("ว่าง", ())))

    assert read_form(workbook, today=TODAY).other_sheets == ("บันทึก",)


ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(-(10**15), 10**15),
    st.floats(),
    st.dates(),
    st.sampled_from("/-()รวม๑1."),
)


@pytest.mark.parametrize("head", [HEAD, sheet_files.HEAD])
@given(cells=st.lists(ANY_CELL, max_size=12), above=st.lists(ANY_CELL, max_size=12))
def test_whatever_the_cells_hold_a_row_is_read_left_out_or_told_to_be_wrong(head, cells, above):
    debtor = ROW if head is HEAD else sheet_files.ROW

    found = read_any(make_workbook(above, head, debtor, cells), today=TODAY)

    [sheet] = getattr(found, "sheets", [found])
    assert [row.row for row in sheet.rows if not row.errors][:1] == [3]
    assert len(sheet.rows) + len(sheet.skipped) == 2
