"""Interest on old debts, section 655, the order of payment and stamp duty."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debts.interest import CannotAllocate, allocate, simple_interest, split_interest, stamp_duty

SIGNED = date(2017, 6, 15)
BAHT = st.decimals(0, 10**9, places=2)
RATES = st.decimals(0, 15, places=2)
DAYS = st.integers(0, 4000)
NONG_HA = "35000 50000 44000 90000 68000 13200 14000 58000 11000 11000 38000 34500 52500 16000 72000"


def split(principal="20000", rate="6", interest="1315.07", *, days_before=0, agreed=True, reading="strict"):
    return split_interest(
        principal=Decimal(principal),
        rate_percent=Decimal(rate),
        interest=Decimal(interest),
        interest_to=SIGNED - timedelta(days=days_before),
        signed_on=SIGNED,
        agreed_in_writing=agreed,
        reading=reading,
    )


def owe(penalty="50.00", apart="100.00", interest="200.00", principal="1000.00"):
    parts = {"penalty": penalty, "apart": apart, "interest": interest, "principal": principal}
    return {part: Decimal(amount) for part, amount in parts.items()}


@pytest.mark.parametrize(
    ("principal", "rate", "days", "interest"),
    [
        ("20000", "6", 400, "1315.07"),
        ("12000", "12", 200, "789.04"),
        ("20000", "6", 365, "1200.00"),
        ("20000", "6", 0, "0.00"),
        ("6000", "0", 400, "0.00"),
        ("36.50", "5", 1, "0.01"),  # exactly half a satang
        ("36.49", "5", 1, "0.00"),
    ],
)
def test_interest_is_simple_by_actual_days_and_rounded_half_up(principal, rate, days, interest):
    assert str(simple_interest(Decimal(principal), Decimal(rate), days)) == interest


def test_half_a_satang_of_a_month_is_not_lost_to_an_inexact_monthly_rate():
    assert simple_interest(Decimal("22.50"), Decimal("4"), 1, year=12) == Decimal("0.08")


@pytest.mark.parametrize(
    ("reading", "bears_interest", "apart"),
    [("strict", "38115.07", "1989.04"), ("lenient", "39315.07", "789.04")],
)
def test_the_three_old_debts_are_split_as_each_reading_says(reading, bears_interest, apart):
    village = split("20000", "6", "1315.07", reading=reading)
    savings = split("12000", "12", "789.04", reading=reading)
    credit = split("6000", "0", "0.00", reading=reading)

    capitalised = village.capitalised + savings.capitalised + credit.capitalised
    kept_apart = village.kept_apart + savings.kept_apart + credit.kept_apart

    assert Decimal(38000) + capitalised == Decimal(bears_interest)
    assert kept_apart == Decimal(apart)
    assert Decimal(38000) + capitalised + kept_apart == Decimal("40104.11")


@pytest.mark.parametrize("reading", ["strict", "lenient"])
def test_nothing_is_capitalised_without_a_written_agreement(reading):
    assert split(agreed=False, reading=reading) == (0, Decimal("1315.07"))


@pytest.mark.parametrize("reading", ["strict", "lenient"])
@pytest.mark.parametrize(("principal", "rate"), [("20000", "0"), ("0", "6")])
def test_interest_whose_age_is_unknown_is_kept_apart(principal, rate, reading):
    assert split(principal, rate, "500.00", reading=reading, days_before=500) == (0, Decimal(500))


@pytest.mark.parametrize("reading", ["strict", "lenient"])
def test_interest_that_ended_a_year_before_signing_is_all_old_enough(reading):
    assert split(interest="100.00", days_before=365, reading=reading) == (Decimal(100), 0)


@pytest.mark.parametrize(
    ("interest", "days_before", "strict", "lenient"),
    [
        ("1200.00", 0, "0.00", "1200.00"),  # 365 days: the oldest is due exactly a year
        ("1196.71", 0, "0.00", "0.00"),  # 364 days
        ("1196.71", 1, "0.00", "1196.71"),
        ("1203.29", 0, "3.29", "1203.29"),
        ("3.29", 364, "0.00", "3.29"),
        ("3.29", 363, "0.00", "0.00"),
    ],
)
def test_a_year_is_365_days_to_the_day(interest, days_before, strict, lenient):
    as_strict = split(interest=interest, days_before=days_before, reading="strict")
    as_lenient = split(interest=interest, days_before=days_before, reading="lenient")

    assert as_strict.capitalised == Decimal(strict)
    assert as_lenient.capitalised == Decimal(lenient)


def test_an_unknown_reading_is_refused():
    with pytest.raises(ValueError, match="generous"):
        split(reading="generous")


@given(BAHT, RATES, BAHT, DAYS, st.booleans(), st.sampled_from(["strict", "lenient"]))
def test_a_split_adds_up_and_has_no_negative_part(principal, rate, interest, days, agreed, reading):
    parts = split(principal, rate, interest, days_before=days, agreed=agreed, reading=reading)

    assert sum(parts) == interest
    assert min(parts) >= 0


@given(BAHT, RATES, BAHT, DAYS)
def test_the_strict_reading_never_capitalises_more_than_the_lenient(principal, rate, interest, days):
    strict = split(principal, rate, interest, days_before=days, reading="strict")
    lenient = split(principal, rate, interest, days_before=days, reading="lenient")

    assert strict.capitalised <= lenient.capitalised


@pytest.mark.parametrize(
    ("amount", "duty"),
    [
        ("0", 0),
        ("0.01", 1),
        ("2000", 1),
        ("2000.01", 2),
        ("35000", 18),
        ("20000000", 10000),
        ("99999999", 10000),
    ],
)
def test_stamp_duty_is_one_baht_for_every_2000_or_part_of_it(amount, duty):
    assert stamp_duty(Decimal(amount)) == duty


def test_the_fifteen_contracts_of_nong_ha_carry_307_baht_of_duty():
    assert sum(stamp_duty(Decimal(amount)) for amount in NONG_HA.split()) == Decimal("307.00")


@pytest.mark.parametrize(
    ("amount", "paid"),
    [
        ("30.00", ("30.00", "0.00", "0.00", "0.00")),
        ("120.00", ("50.00", "70.00", "0.00", "0.00")),
        ("350.01", ("50.00", "100.00", "200.00", "0.01")),
        ("1350.00", ("50.00", "100.00", "200.00", "1000.00")),
    ],
)
def test_a_payment_pays_penalty_then_interest_kept_apart_then_interest_then_principal(amount, paid):
    allocation = allocate(Decimal(amount), **owe())

    assert (allocation.penalty, allocation.apart, allocation.interest, allocation.principal) == tuple(
        map(Decimal, paid)
    )


def test_a_fund_can_take_the_principal_first():
    order = ("principal", "interest", "apart", "penalty")

    allocation = allocate(Decimal("1100.00"), **owe(), order=order)

    assert allocation.principal == 1000
    assert allocation.interest == 100


@pytest.mark.parametrize("order", [(), ("principal",), ("penalty", "apart", "interest", "interest")])
def test_an_order_that_forgets_a_part_is_refused(order):
    with pytest.raises(ValueError, match="each of the four parts"):
        allocate(Decimal("1.00"), **owe(), order=order)


def test_more_than_is_owed_is_refused_with_the_exact_amount():
    with pytest.raises(CannotAllocate, match=r"ระบุไม่เกิน 1,350\.00 บาท"):
        allocate(Decimal("1350.01"), **owe())


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "0.001"])
def test_a_payment_of_nothing_or_of_part_of_a_satang_is_refused(amount):
    with pytest.raises(CannotAllocate, match="มากกว่า 0 บาท"):
        allocate(Decimal(amount), **owe())


@given(BAHT, BAHT, BAHT, BAHT, st.data())
def test_what_a_payment_pays_adds_up_and_is_never_more_than_owed(penalty, apart, interest, principal, data):
    owed = owe(penalty, apart, interest, principal)
    amount = data.draw(st.decimals(Decimal("0.01"), sum(owed.values()) + Decimal("0.01"), places=2))
    if amount > sum(owed.values()):
        amount = sum(owed.values()) or None
    if amount is None:
        return

    paid = vars(allocate(amount, **owed))

    assert sum(paid.values()) == amount
    assert all(0 <= paid[part] <= owed[part] for part in owed)
