"""From what a household can pay to the number of instalments, and days of payment after the harvest."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import thai
from debts.affordable import periods_for
from debts.schedule import CannotSchedule, instalments
from debts.seasons import seasonal_dates
from tests.debts.test_schedule import make_terms

HARVESTS = thai.read_seasons("มี.ค. และ 20 พ.ย.")


def found(payment, **terms):
    usual = make_terms(**terms)
    return periods_for(Decimal(payment), lambda periods: replace(usual, periods=periods))


def refusal(payment, **terms):
    with pytest.raises(CannotSchedule) as refused:
        found(payment, **terms)
    return str(refused.value)


@pytest.mark.parametrize(
    ("payment", "terms", "periods"),
    [
        ("1551.26", {"method": "annuity"}, 24),
        ("1633.33", {}, 24),
        ("1633.32", {}, 25),
        ("1633.41", {"method": "flat"}, 24),
        ("305.56", {"principal": "11000", "rate": "0", "method": "no_interest"}, 36),
        ("4350", {"principal": "50000", "rate": "8", "method": "annuity", "round_up_to": 1}, 12),
        ("35175", {}, 1),
        ("1633.33", {"principal_grace": 3}, 27),
    ],
)
def test_the_fewest_instalments_that_the_household_can_pay_are_found(payment, terms, periods):
    assert found(payment, **terms) == periods


def test_a_payment_that_only_covers_the_interest_never_pays_the_debt_off():
    assert refusal("175") == "ชำระงวดละ 175.00 บาท ไม่มีวันหมดหนี้ เพราะไม่มากกว่าดอกเบี้ยต่องวด (175.00 บาท)"


def test_a_payment_that_needs_more_than_120_instalments_says_how_much_would_do():
    least = Decimal("466.67")

    assert refusal("466.66") == (
        "ชำระงวดละ 466.66 บาท ต้องผ่อนเกิน 120 งวด ต้องชำระอย่างน้อยงวดละ 466.67 บาท จึงหมดใน 120 งวด"
    )
    assert found(least) == 120


def test_one_payment_at_the_end_has_no_number_of_instalments_to_find():
    assert "วิธีชำระงวดเดียว" in refusal("5000", method="bullet")


@given(st.decimals(200, 40000, places=2), st.sampled_from(["equal_principal", "annuity", "flat"]))
def test_no_instalment_is_larger_than_what_can_be_paid_and_one_fewer_would_be(payment, method):
    usual = make_terms(method=method)
    try:
        periods = found(payment, method=method)
    except CannotSchedule:
        assert max(line.total for line in instalments(replace(usual, periods=120))) > payment
        return

    assert max(line.total for line in instalments(replace(usual, periods=periods))) <= payment
    if periods > 1:
        assert max(line.total for line in instalments(replace(usual, periods=periods - 1))) > payment


def test_the_days_after_the_harvest_come_back_every_year():
    days = seasonal_dates(HARVESTS, since=date(2017, 7, 15), periods=4)

    assert days == (date(2017, 11, 20), date(2018, 3, 31), date(2018, 11, 20), date(2019, 3, 31))


def test_the_last_day_of_february_is_the_29th_in_a_leap_year():
    days = seasonal_dates(thai.read_seasons("ก.พ."), since=date(2019, 1, 1), periods=2)

    assert days == (date(2019, 2, 28), date(2020, 2, 29))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("มี.ค. และ พ.ย.", "สิ้นเดือน มี.ค. และ สิ้นเดือน พ.ย."),
        ("๒๐ พฤศจิกายน, 15 มีนาคม", "15 มี.ค. และ 20 พ.ย."),
        ("ทุกวันที่ 5 เดือน ธ.ค.", "5 ธ.ค."),
        ("สิ้นเดือน เม.ย.", "สิ้นเดือน เม.ย."),
        ("20/11 และ 15/3", "15 มี.ค. และ 20 พ.ย."),
        ("-", ""),
        ("1 ม.ค., 1 มี.ค. และ 1 พ.ค.", "1 ม.ค., 1 มี.ค. และ 1 พ.ค."),
    ],
)
def test_days_of_the_year_are_read_as_they_are_said(typed, read):
    assert thai.seasons_text(thai.read_seasons(typed)) == read


@pytest.mark.parametrize("typed", ["หลังเก็บเกี่ยว", "31 เม.ย.", "20", "32 มี.ค.", "0 มี.ค."])
def test_what_is_no_day_of_the_year_is_refused(typed):
    with pytest.raises(thai.CannotRead):
        thai.read_seasons(typed)
