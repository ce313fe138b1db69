"""Payment schedules against the worked examples, and what must hold for every schedule."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from debts.schedule import (
    CannotSchedule,
    DayCount,
    Method,
    Terms,
    due_dates,
    effective_percent,
    instalments,
    summary,
)
from funds.models import LendingRule

SIGNED = date(2017, 6, 15)
HARVESTS = (date(2017, 12, 20), date(2018, 12, 10), date(2019, 12, 25))
METHODS_WITH_INTEREST = [Method.EQUAL_PRINCIPAL, Method.ANNUITY, Method.FLAT, Method.BULLET]


def make_terms(principal="35000", rate="6", periods=24, method="equal_principal", **changes):
    usual = {"signed_on": SIGNED, "first_due_on": date(2017, 7, 15)}
    return Terms(
        principal=Decimal(principal),
        rate_percent=Decimal(rate),
        method=Method(method),
        periods=periods,
        **usual | changes,
    )


def refusal(**changes):
    with pytest.raises(CannotSchedule) as refused:
        instalments(make_terms(**changes))
    return str(refused.value)


def amounts(lines, column):
    return [str(getattr(line, column)) for line in lines]


@st.composite
def lawful_terms(draw, **fixed):
    method = fixed.get("method") or draw(st.sampled_from(Method))
    periods = draw(st.integers(1, 120))
    may_wait = method != Method.BULLET
    full_grace = draw(st.integers(0, min(12, periods - 1))) if may_wait else 0
    principal_grace = draw(st.integers(0, min(12, periods - 1 - full_grace))) if may_wait else 0
    steps = st.sampled_from([None, 1, 5, 10, 100]) if method == Method.ANNUITY else st.none()
    return Terms(
        principal=draw(st.decimals(100, 10**7, places=2)),
        rate_percent=Decimal(0) if method == Method.NO_INTEREST else draw(st.decimals(0, 15, places=2)),
        method=method,
        periods=periods,
        months_per_period=draw(st.sampled_from([1, 3, 6, 12])),
        signed_on=SIGNED,
        first_due_on=SIGNED + timedelta(days=draw(st.integers(0, 60))),
        principal_grace=principal_grace,
        full_grace=full_grace,
        round_up_to=draw(steps),
        day_count=draw(st.sampled_from(DayCount)),
        apart=draw(st.decimals(0, 10**5, places=2)),
    )


@pytest.mark.parametrize(
    ("principal", "rate", "periods", "method", "round_up_to", "first", "last", "interest", "effective"),
    [
        ("35000", "6", 24, "equal_principal", None, "1633.33", "1465.70", "2187.52", "6.00"),
        ("35000", "6", 24, "annuity", None, "1551.22", "1551.26", "2229.32", "6.00"),
        ("35000", "6", 24, "flat", None, "1633.33", "1633.41", "4200.00", "11.13"),
        ("13200", "12", 12, "equal_principal", None, "1232.00", "1111.00", "858.00", "12.00"),
        ("11000", "0", 36, "no_interest", None, "305.56", "305.40", "0.00", "0.00"),
        ("11000", "0", 36, "annuity", None, "305.56", "305.40", "0.00", "0.00"),
        ("50000", "8", 12, "annuity", 1, "4350.00", "4342.82", "2192.82", "8.00"),
    ],
)
def test_a_schedule_is_that_of_the_worked_example(
    principal, rate, periods, method, round_up_to, first, last, interest, effective
):
    result = summary(make_terms(principal, rate, periods, method, round_up_to=round_up_to))

    assert str(result.first.total) == first
    assert str(result.last.total) == last
    assert str(result.total_interest) == interest
    assert str(result.effective_percent) == effective


@pytest.mark.parametrize(
    ("method", "first", "last"),
    [
        ("equal_principal", ("1458.33", "175.00"), ("1458.41", "7.29")),
        ("annuity", ("1376.22", "175.00"), ("1543.54", "7.72")),
        ("flat", ("1458.33", "175.00"), ("1458.41", "175.00")),
    ],
)
def test_each_instalment_is_divided_into_principal_and_interest(method, first, last):
    lines = instalments(make_terms(method=method))

    assert (str(lines[0].principal), str(lines[0].interest)) == first
    assert (str(lines[-1].principal), str(lines[-1].interest)) == last
    assert [line.number for line in lines] == list(range(1, 25))


@pytest.mark.parametrize(("rate", "effective", "warned"), [("8.1", "14.85", False), ("8.2", "15.03", True)])
def test_a_flat_rate_above_the_ceiling_in_effect_is_pointed_out(rate, effective, warned):
    result = summary(make_terms(rate=rate, method="flat"))

    assert str(result.effective_percent) == effective
    assert result.is_above_ceiling is warned


def test_a_bullet_is_one_instalment_at_maturity_with_all_interest():
    yearly = instalments(
        make_terms("20000", "6", 1, "bullet", months_per_period=12, first_due_on=date(2018, 6, 15))
    )
    monthly = instalments(make_terms("20000", "6", 12, "bullet"))

    assert amounts(yearly, "total") == amounts(monthly, "total") == ["21200.00"]
    assert yearly[0].due_on == monthly[0].due_on == date(2018, 6, 15)
    assert effective_percent(make_terms("20000", "6", 24, "bullet")) == Decimal("6.00")


def test_during_principal_grace_only_interest_is_paid():
    lines = instalments(make_terms("12000", "12", 6, principal_grace=2))

    assert amounts(lines, "principal") == ["0.00", "0.00", "3000.00", "3000.00", "3000.00", "3000.00"]
    assert amounts(lines, "interest") == ["120.00", "120.00", "120.00", "90.00", "60.00", "30.00"]


def test_an_annuity_after_principal_grace_is_level():
    lines = instalments(make_terms("12000", "12", 6, "annuity", principal_grace=2))

    assert amounts(lines, "total") == ["120.00", "120.00", "3075.37", "3075.37", "3075.37", "3075.39"]


def test_during_full_grace_nothing_is_paid_and_its_interest_bears_no_interest():
    lines = instalments(make_terms("12000", "12", 6, full_grace=2))

    assert amounts(lines, "total")[:2] == ["0.00", "0.00"]
    assert amounts(lines, "interest")[2:] == ["120.00", "90.00", "60.00", "30.00"]
    assert amounts(lines, "apart") == ["0.00", "0.00", "60.00", "60.00", "60.00", "60.00"]


def test_the_first_instalment_of_a_summary_is_the_first_that_is_paid():
    result = summary(make_terms("12000", "12", 6, full_grace=2))

    assert result.first.number == 3
    assert result.total_interest == Decimal("540.00")


def test_both_graces_follow_each_other():
    lines = instalments(make_terms("12000", "12", 4, full_grace=1, principal_grace=1))

    assert amounts(lines, "total") == ["0.00", "120.00", "6180.00", "6120.00"]


def test_a_flat_loan_shares_its_interest_over_the_grace_too():
    lines = instalments(make_terms("12000", "12", 4, "flat", full_grace=1, principal_grace=1))

    assert amounts(lines, "interest") == ["0.00", "120.00", "120.00", "120.00"]
    assert amounts(lines, "apart") == ["0.00", "0.00", "60.00", "60.00"]


def test_old_interest_kept_apart_is_repaid_evenly_and_adds_no_interest():
    with_apart = summary(make_terms(apart=Decimal("1989.04")))
    without = summary(make_terms())

    lines = instalments(make_terms(apart=Decimal("1989.04")))

    assert with_apart.total_interest == without.total_interest
    assert lines[0].apart == Decimal("82.88")
    assert lines[-1].apart == Decimal("82.80")
    assert sum(line.apart for line in lines) == Decimal("1989.04")


def test_repaying_old_interest_is_no_cost_of_the_new_contract():
    terms = make_terms(rate="0", apart=Decimal("1989.04"))

    assert effective_percent(terms) == 0


def test_days_typed_by_hand_bear_interest_by_actual_days():
    lines = instalments(make_terms("30000", "6", 3, due_dates=HARVESTS))

    assert [line.due_on for line in lines] == list(HARVESTS)
    assert amounts(lines, "interest") == ["927.12", "1167.12", "624.66"]  # 188, 355 and 380 days


def test_actual_days_are_counted_from_signing():
    lines = instalments(make_terms("30000", "6", 2, day_count=DayCount.ACTUAL_365))

    assert amounts(lines, "interest") == ["147.95", "76.44"]  # 30 days of 30,000 and 31 of 15,000


def test_a_year_by_actual_days_costs_the_stated_rate():
    terms = make_terms("20000", "12", 1, "bullet", due_dates=(SIGNED + timedelta(days=365),))

    assert effective_percent(terms) == Decimal("12.00")


@pytest.mark.parametrize("months", [1, 3, 6, 12])
def test_longer_periods_bear_the_interest_of_their_months(months):
    line = instalments(make_terms("12000", "12", 1, months_per_period=months))[0]

    assert line.interest == 120 * months
    assert effective_percent(make_terms("12000", "12", 5, months_per_period=months)) == Decimal("12.00")


def test_a_due_day_at_the_end_of_the_month_returns_after_a_short_month():
    assert due_dates(date(2019, 12, 31), 5) == (
        date(2019, 12, 31),
        date(2020, 1, 31),
        date(2020, 2, 29),
        date(2020, 3, 31),
        date(2020, 4, 30),
    )
    assert due_dates(date(2019, 1, 30), 3)[1:] == (date(2019, 2, 28), date(2019, 3, 30))
    assert due_dates(date(2020, 2, 29), 3, 12)[1:] == (date(2021, 2, 28), date(2022, 2, 28))
    assert due_dates(date(2017, 11, 29), 2, 3) == (date(2017, 11, 29), date(2018, 2, 28))


def test_a_debt_paid_early_by_rounded_instalments_has_no_empty_lines():
    lines = instalments(make_terms("1000", "6", 24, "annuity", round_up_to=100))

    assert len(lines) == 11
    assert lines[-1].balance == 0


def test_a_debt_of_a_few_satang_has_no_negative_instalment():
    lines = instalments(make_terms("0.60", "0", 100))

    assert len(lines) == 60
    assert set(amounts(lines, "principal")) == {"0.01"}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"principal": "0"}, "เงินต้นมากกว่า 0 บาท"),
        ({"principal": "-5"}, "เงินต้นมากกว่า 0 บาท"),
        ({"principal": "100.001"}, "ทศนิยมไม่เกิน 2 ตำแหน่ง"),
        ({"apart": Decimal("-1")}, "เงินต้นมากกว่า 0 บาท"),
        ({"rate": "15.01"}, "ดอกเบี้ยร้อยละ 15.01 ต่อปี เกินที่กฎหมายกำหนด ระบุไม่เกินร้อยละ 15 ต่อปี"),
        ({"rate": "-1"}, "ร้อยละ 0 ถึง 15"),
        ({"method": "no_interest"}, "ร้อยละ 0 เท่านั้น"),
        ({"periods": 0}, "ระบุจำนวนงวดระหว่าง 1 ถึง 120"),
        ({"periods": 121}, "ระบุจำนวนงวดระหว่าง 1 ถึง 120"),
        ({"months_per_period": 2}, "1 3 6 หรือ 12 เดือน"),
        ({"full_grace": 12, "principal_grace": 12}, "งวดปลอดชำระให้น้อยกว่า"),
        ({"full_grace": -1}, "งวดปลอดชำระให้น้อยกว่า"),
        ({"method": "bullet", "full_grace": 1}, "งวดเดียวไม่มีงวดปลอดชำระ"),
        ({"round_up_to": 1}, "เฉพาะวิธีผ่อนเท่ากัน"),
        ({"method": "annuity", "round_up_to": 7}, "เฉพาะวิธีผ่อนเท่ากัน"),
        ({"first_due_on": date(2017, 6, 14)}, "วันชำระงวดแรกต้องไม่ก่อนวันทำสัญญา 15 มิ.ย. 2560"),
        ({"due_dates": HARVESTS}, "ระบุวันชำระให้ครบ 24 งวด"),
        ({"due_dates": ()}, "ระบุวันชำระให้ครบ 24 งวด"),
        ({"periods": 3, "due_dates": HARVESTS[::-1]}, "เรียงวันชำระจากก่อนไปหลัง"),
        ({"periods": 2, "due_dates": HARVESTS[:1] * 2}, "เรียงวันชำระจากก่อนไปหลัง"),
    ],
)
def test_terms_that_give_no_lawful_schedule_are_refused(changes, message):
    assert message in refusal(**changes)


def test_an_instalment_that_the_interest_eats_up_is_refused():
    message = refusal(
        principal="30000", rate="15", periods=120, method="annuity", day_count=DayCount.ACTUAL_365,
        first_due_on=date(2020, 6, 15),
    )  # fmt: skip

    assert message == "เงินผ่อนต่องวดต้องมากกว่าดอกเบี้ยต่องวด (อย่างน้อย 13,512.34 บาท)"


def test_every_method_and_day_count_of_a_fund_can_be_scheduled():
    assert set(Method) == set(LendingRule.Method.values)
    assert set(DayCount) == set(LendingRule.DayCount.values)


@given(lawful_terms())
def test_every_schedule_repays_the_principal_exactly_and_in_order(terms):
    try:
        lines = instalments(terms)
    except CannotSchedule:
        assume(False)

    assert sum(line.principal for line in lines) == terms.principal
    assert min(min(line.principal, line.interest, line.apart, line.balance) for line in lines) >= 0
    assert lines[-1].balance == 0
    assert sum(line.apart for line in lines) >= terms.apart
    assert all(earlier.due_on < later.due_on for earlier, later in pairwise(lines))
    assert all(earlier.balance >= later.balance for earlier, later in pairwise(lines))
    assert all(line.total == line.total.quantize(Decimal("0.01")) for line in lines)


@given(lawful_terms(method=Method.ANNUITY))
def test_rounding_an_annuity_up_never_costs_the_household_more(terms):
    exact = Terms(**vars(terms) | {"round_up_to": None})
    try:
        rounded_lines, exact_lines = instalments(terms), instalments(exact)
    except CannotSchedule:
        assume(False)

    cent_a_line = Decimal("0.01") * terms.periods
    assert sum(line.total for line in rounded_lines) <= sum(line.total for line in exact_lines) + cent_a_line


@given(
    st.sampled_from([Method.EQUAL_PRINCIPAL, Method.ANNUITY]),
    st.integers(1, 120),
    st.decimals(0, 15, places=2),
    st.decimals(10_000, 10**7, places=2),
)
def test_the_effective_rate_of_a_declining_balance_is_the_stated_one(method, periods, rate, principal):
    effective = effective_percent(make_terms(principal, rate, periods, method))

    assert abs(effective - rate) <= Decimal("0.02")  # what rounding to the satang can do


@pytest.mark.parametrize("method", METHODS_WITH_INTEREST)
def test_no_interest_costs_nothing_in_every_method(method):
    result = summary(make_terms(rate="0", method=method))

    assert result.total_interest == 0
    assert result.effective_percent == 0
