"""Thai as typed and printed. The tables of cases.json are walked here and by the browser's test."""

import json
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from bahttext import bahttext
from hypothesis import given
from hypothesis import strategies as st

from config import thai

CASES = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(CASES["today"])
MARCH = date(2019, 3, 15)
TEXTS = st.text(alphabet=st.characters(), max_size=80) | st.text(
    alphabet="0123456789๐๑๙,.-/ กขนางสวเแา่้ํำ฿()", max_size=30
)


def refusal(read, typed, **more):
    with pytest.raises(thai.CannotRead) as refused:
        read(typed, **more)
    return str(refused.value)


@pytest.mark.parametrize("case", CASES["money"], ids=lambda case: ascii(case[0]))
def test_an_amount_is_read_as_the_table_says(case):
    typed, expected = case

    if isinstance(expected, dict):
        assert refusal(thai.read_money, typed) == expected["error"]
    elif expected is None:
        assert thai.read_money(typed) is None
    else:
        assert str(thai.read_money(typed)) == expected


@pytest.mark.parametrize("case", CASES["date"], ids=lambda case: ascii(case[0]))
def test_a_day_is_read_as_the_table_says(case):
    typed, expected, *guessed = case

    if isinstance(expected, dict):
        assert refusal(thai.read_date, typed, today=TODAY) == expected["error"]
    else:
        day = date.fromisoformat(expected) if expected else None
        assert thai.read_date(typed, today=TODAY) == (day, guessed == ["guessed"])


@pytest.mark.parametrize("case", CASES["house"], ids=lambda case: ascii(case[0]))
def test_a_house_number_is_read_as_the_table_says(case):
    typed, expected = case

    if isinstance(expected, dict):
        assert refusal(thai.read_house_number, typed) == expected["error"]
    else:
        assert thai.read_house_number(typed) == expected


@pytest.mark.parametrize("case", CASES["name"], ids=lambda case: ascii(case[0]))
def test_a_name_is_read_as_the_table_says(case):
    typed, expected = case

    if isinstance(expected, dict):
        assert refusal(thai.read_name, typed) == expected["error"]
    else:
        assert list(thai.read_name(typed)) == expected


@pytest.mark.parametrize(
    "read", [thai.read_money, thai.read_percent, thai.read_count, thai.read_house_number, thai.read_name]
)
@pytest.mark.parametrize("letter", ["1", "๑", "\u200b", " ", "ก", "่", ",", "(", "นาง"])
def test_a_megabyte_of_text_is_refused_at_once(read, letter):
    assert refusal(read, letter * 1_000_000)


def test_a_megabyte_of_text_is_no_day():
    assert refusal(thai.read_date, "1/" * 500_000, today=TODAY)


@given(TEXTS)
def test_any_text_is_read_or_refused_in_thai(text):
    for read in (thai.read_money, thai.read_percent, thai.read_count, thai.read_house_number, thai.read_name):
        with suppress(thai.CannotRead):
            read(text)
    with suppress(thai.CannotRead):
        thai.read_date(text, today=TODAY)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (35000, "35000.00"),
        (13200.0, "13200.00"),
        (0.1 + 0.2, "0.30"),
        (1315.07, "1315.07"),
        (9999999999999.99, "9999999999999.99"),
        (-0.0, "0.00"),
        (Decimal("1250.75"), "1250.75"),
        (Decimal("1250.750"), "1250.75"),
    ],
)
def test_a_spreadsheet_number_is_the_amount_it_shows(cell, expected):
    assert str(thai.read_money(cell)) == expected


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (12.345, "ระบุทศนิยมไม่เกิน 2 ตำแหน่ง"),
        (Decimal("0.001"), "ระบุทศนิยมไม่เกิน 2 ตำแหน่ง"),
        (-500, "จำนวนเงินต้องไม่ติดลบ"),
        (-1e300, "จำนวนเงินต้องไม่ติดลบ"),
        (10**13, "ระบุจำนวนเงินไม่เกิน 13 หลัก"),
        (10**1000, "ระบุจำนวนเงินไม่เกิน 13 หลัก"),
        (1e300, "ระบุจำนวนเงินไม่เกิน 13 หลัก"),
        (float("nan"), "ระบุจำนวนเงินเป็นตัวเลข"),
        (float("inf"), "ระบุจำนวนเงินเป็นตัวเลข"),
        (Decimal("NaN"), "ระบุจำนวนเงินเป็นตัวเลข"),
        (Decimal("sNaN"), "ระบุจำนวนเงินเป็นตัวเลข"),
        (True, "ระบุจำนวนเงินเป็นตัวเลข"),
        (MARCH, "ระบุจำนวนเงินเป็นตัวเลข"),
        (b"500", "ระบุจำนวนเงินเป็นตัวเลข"),
    ],
)
def test_a_spreadsheet_cell_that_is_no_amount_is_refused(cell, message):
    assert refusal(thai.read_money, cell) == message


@pytest.mark.parametrize("read", [thai.read_percent, thai.read_count, thai.read_house_number])
def test_other_cells_refuse_what_is_no_number(read):
    for cell in (float("nan"), float("inf"), True, MARCH, -1, -0.5, Decimal("NaN"), 10**5000):
        assert refusal(read, cell)


def test_an_empty_cell_is_empty():
    assert thai.read_money(None) is None
    assert thai.read_percent(None) is None
    assert thai.read_count(None) is None
    assert thai.read_date(None, today=TODAY) == (None, False)
    assert thai.read_house_number(None) == ""
    assert thai.read_fund_names(None) == []


@pytest.mark.parametrize("case", CASES["percent"], ids=lambda case: ascii(case[0]))
def test_a_rate_is_read_as_the_table_says(case):
    typed, expected = case

    if isinstance(expected, dict):
        assert refusal(thai.read_percent, typed) == expected["error"]
    elif expected is None:
        assert thai.read_percent(typed) is None
    else:
        assert thai.percent(thai.read_percent(typed)) == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [(0, "0"), (6.0, "6"), (0.5, "0.5"), (Decimal("7.25"), "7.25")]
)
def test_a_spreadsheet_number_is_percent_a_year(cell, expected):
    assert thai.read_percent(cell) == Decimal(expected)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("15", 15),
        ("๑,๑๓๘", 1138),
        ("1,138 แห่ง", 1138),
        ("24 งวด", 24),
        (24.0, 24),
        (0, 0),
        ("007", 7),
        ("-", None),
    ],
)
def test_a_count_is_a_whole_number(typed, expected):
    assert thai.read_count(typed) == expected


@pytest.mark.parametrize("typed", ["1.5", 1.5, "-1", "1,13", "สิบ", "1e3", "1_0", "１", "1234567890", "แห่ง"])
def test_what_is_no_count_is_refused(typed):
    assert refusal(thai.read_count, typed) == "ระบุจำนวนเป็นเลขจำนวนเต็มไม่เกิน 9 หลัก"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(2019, 3, 15), MARCH),
        (datetime(2019, 3, 15, 9, 30), MARCH),
        (date(2562, 3, 15), MARCH),
        (datetime(2562, 3, 15), MARCH),
        (15032562, MARCH),
        (15032562.0, MARCH),
        (5032562, date(2019, 3, 5)),
    ],
)
def test_a_spreadsheet_day_is_known_without_a_guess(cell, expected):
    assert thai.read_date(cell, today=TODAY) == (expected, False)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (date(2560, 2, 29), "ไม่มีวันที่ 29 ก.พ. 2560 ในปฏิทิน"),
        (date(3105, 5, 2), "ระบุปี พ.ศ. 4 หลัก"),
        (date(2300, 5, 2), "ระบุปี พ.ศ. 4 หลัก"),
        (date(62, 5, 2), "ระบุปี พ.ศ. 4 หลัก"),
        (date(1900, 1, 1), "ระบุปี พ.ศ. ตั้งแต่ 2484"),
        (43539, "ระบุวันที่ เช่น 27 มี.ค. 2565 หรือ 27/3/2565"),
        (True, "ระบุวันที่ เช่น 27 มี.ค. 2565 หรือ 27/3/2565"),
    ],
)
def test_a_spreadsheet_cell_that_is_no_day_is_refused(cell, message):
    assert refusal(thai.read_date, cell, today=TODAY) == message


@given(st.dates(date(1941, 1, 1), date(2086, 12, 31)))
def test_every_day_that_is_printed_can_be_typed_back(day):
    for written in (thai.short_date(day), thai.long_date(day), thai.full_date(day), thai.weekday_date(day)):
        assert thai.read_date(written, today=TODAY) == (day, False)
        assert thai.read_date(thai.thai_digits(written), today=TODAY) == (day, False)


@given(st.decimals(0, Decimal("9999999999999.99"), places=2))
def test_every_amount_that_is_printed_can_be_typed_back(amount):
    assert thai.read_money(thai.money(amount)) == amount
    assert thai.read_money(thai.thai_digits(thai.money(amount)) + " บาท") == amount


def test_a_house_number_that_a_spreadsheet_made_a_number_stays_a_house_number():
    assert thai.read_house_number(18) == "18"
    assert thai.read_house_number(18.0) == "18"


@pytest.mark.parametrize(("typed", "expected"), CASES["funds"])
def test_empty_slots_of_a_list_of_funds_are_dropped(typed, expected):
    assert thai.read_fund_names(typed) == expected


@pytest.mark.parametrize(("typed", "expected"), CASES["tidy"], ids=lambda text: ascii(text))
def test_text_is_made_plain(typed, expected):
    assert thai.tidy(typed) == expected


@given(TEXTS)
def test_tidy_text_is_storable_and_stays_as_it_is(text):
    tidy = thai.tidy(text)

    assert thai.tidy(tidy) == tidy
    assert "\x00" not in tidy
    tidy.encode("utf-8")


@pytest.mark.parametrize(("text", "key"), CASES["key"])
def test_the_village_credit_fund_is_found_in_each_of_its_spellings(text, key):
    assert thai.search_key(text) == key


@pytest.mark.parametrize(("amount", "written"), CASES["written_money"])
def test_an_amount_is_written_as_the_table_says(amount, written):
    assert thai.money(Decimal(amount)) == written


@pytest.mark.parametrize(("day", "written"), CASES["written_date"])
def test_a_day_is_written_as_the_table_says(day, written):
    assert thai.short_date(date.fromisoformat(day)) == written


def test_a_person_is_the_same_whatever_the_title_and_the_spaces():
    married, single = thai.read_name("นางรุ่งนภา  นามดี"), thai.read_name("น.ส.รุ่งนภา นามดี")

    assert thai.name_key(married.first, married.last) == thai.name_key(single.first, single.last)


def test_first_and_last_name_do_not_run_together():
    assert thai.name_key("สมชาย", "ดี") != thai.name_key("สมชา", "ยดี")


@pytest.mark.parametrize(
    "ordered",
    [
        ["คาร", "เฉลิม", "ถนอม"],
        ["เกษม", "เฉลย", "ถวิล"],
        ["กก", "กข", "กา", "เก", "แก", "โก", "ใก", "ไก", "ขก"],
        ["เก", "เก็ง", "เก่ง", "เก้ง", "เกง้ก"],
        ["กา", "ก่า", "ก้า", "ก๊า", "ก๋า", "กาก"],
        ["แกง", "แก่ง", "แก้ว"],
        ["ศาล", "ศาลา", "ศิลา", "ศีล", "ศึก", "ศุข", "ศูนย์", "เศษ"],
        ["จันทร์", "จันทรา"],
        ["รก", "ฤดี", "ลา", "ฦๅ", "วา"],
        ["1", "๒", "a", "B", "ก"],
        ["บุญ มี", "บุญมา"],
        ["", "ก"],
    ],
)
def test_words_are_ordered_as_in_the_thai_dictionary(ordered):
    keys = [thai.sort_key(word) for word in ordered]

    assert all(earlier < later for earlier, later in pairwise(keys))


@given(TEXTS)
def test_an_order_key_is_plain_hex(text):
    assert set(thai.sort_key(text)) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (thai.money(Decimal("35000")), "35,000.00"),
        (thai.money(Decimal("0.005")), "0.01"),
        (thai.money(Decimal("-1200")), "-1,200.00"),
        (thai.money(Decimal("-0.001")), "0.00"),
        (thai.money(0), "0.00"),
        (thai.money(None), "–"),
        (thai.count(1138), "1,138"),
        (thai.count(None), "–"),
        (thai.percent(Decimal("6.00")), "6"),
        (thai.percent(Decimal("53.20")), "53.2"),
        (thai.percent(Decimal("100")), "100"),
        (thai.percent(Decimal("0.00")), "0"),
        (thai.percent(None), "–"),
        (thai.short_date(MARCH), "15 มี.ค. 2562"),
        (thai.short_date(None), "–"),
        (thai.long_date(MARCH), "15 มีนาคม 2562"),
        (thai.full_date(MARCH), "วันที่ 15 เดือน มีนาคม พ.ศ. 2562"),
        (thai.weekday_date(MARCH), "วันศุกร์ที่ 15 มีนาคม 2562"),
        (thai.long_month(date(2021, 10, 1)), "ตุลาคม 2564"),
        (thai.short_month(date(2021, 10, 1)), "ต.ค. 64"),
        (thai.short_month(date(1957, 1, 1)), "ม.ค. 00"),
        (thai.date_range(date(2019, 3, 27), date(2019, 3, 28)), "27–28 มี.ค. 2562"),
        (thai.date_range(date(2019, 3, 27), date(2019, 4, 2)), "27 มี.ค. – 2 เม.ย. 2562"),
        (thai.date_range(date(2021, 10, 1), date(2022, 9, 30)), "1 ต.ค. 2564 – 30 ก.ย. 2565"),
        (thai.date_range(MARCH, MARCH), "15 มี.ค. 2562"),
        (thai.clock(time(14, 5)), "14.05 น."),
        (thai.moment(datetime(2019, 3, 15, 14, 5)), "15 มี.ค. 2562 เวลา 14.05 น."),
        (thai.thai_digits("35,000.00"), "๓๕,๐๐๐.๐๐"),
        (thai.arabic_digits("๓๒/๑"), "32/1"),
    ],
)
def test_figures_and_days_are_written_the_thai_way(written, expected):
    assert written == expected


@pytest.mark.parametrize("write", [thai.money, thai.baht_text])
def test_a_float_is_never_written_as_money(write):
    with pytest.raises(TypeError):
        write(35000.0)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2016, 9, 30), 2559),
        (date(2016, 10, 1), 2560),
        (date(2017, 1, 1), 2560),
        (date(2017, 9, 30), 2560),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(day, year):
    assert thai.fiscal_year(day) == year
    assert thai.fiscal_year_start(year) <= day <= thai.fiscal_year_end(year)


def test_a_fiscal_year_runs_from_october_to_september():
    assert thai.fiscal_year_start(2560) == date(2016, 10, 1)
    assert thai.fiscal_year_end(2560) == date(2017, 9, 30)
    assert thai.buddhist_year(date(2017, 9, 30)) == 2560


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("0.25", "ยี่สิบห้าสตางค์"),
        ("0.01", "หนึ่งสตางค์"),
        ("1", "หนึ่งบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("20", "ยี่สิบบาทถ้วน"),
        ("21.21", "ยี่สิบเอ็ดบาทยี่สิบเอ็ดสตางค์"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("35000.00", "สามหมื่นห้าพันบาทถ้วน"),
        ("40104.11", "สี่หมื่นหนึ่งร้อยสี่บาทสิบเอ็ดสตางค์"),
        ("607200", "หกแสนเจ็ดพันสองร้อยบาทถ้วน"),
        ("1000000", "หนึ่งล้านบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("21000021", "ยี่สิบเอ็ดล้านยี่สิบเอ็ดบาทถ้วน"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
    ],
)
def test_an_amount_is_written_in_words(amount, words):
    assert thai.baht_text(Decimal(amount)) == words


# The other writer says เอ็ดสตางค์ for a single satang, which has no ten before it.
@given(st.integers(100, 10**9).filter(lambda satang: satang % 100 != 1))
def test_amounts_in_words_agree_with_an_independent_writer(satang):
    amount = Decimal(satang).scaleb(-2)

    assert thai.baht_text(amount) == bahttext(amount)


@pytest.mark.parametrize("amount", [Decimal("-1"), Decimal("0.001")])
def test_a_negative_or_too_fine_amount_has_no_words(amount):
    with pytest.raises(ValueError, match="ต้องไม่ติดลบ"):
        thai.baht_text(amount)


def test_a_national_id_proves_itself_by_its_last_digit():
    assert thai.national_id_is_valid("1234567890121")
    assert thai.national_id_is_valid("๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑")
    assert [digit for digit in "0123456789" if thai.national_id_is_valid("123456789012" + digit)] == ["1"]


@pytest.mark.parametrize(
    "typed", ["", "123456789012", "12345678901211", "１２３４５６７８９０１２１", "x234567890121"]
)
def test_what_is_not_thirteen_digits_is_no_national_id(typed):
    assert not thai.national_id_is_valid(typed)


def test_a_national_id_is_masked_but_for_its_last_three_digits():
    assert thai.masked_national_id("1234567890121") == "x-xxxx-xxxxx-12-1"
    assert thai.format_national_id("1234567890121") == "1-2345-67890-12-1"
