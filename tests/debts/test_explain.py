"""The arithmetic that is shown for a figure, done again by a reader that knows nothing of our code."""

import re
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debts.explain_schedule import COLUMNS, ExplainedSchedule
from debts.schedule import CannotSchedule, Method, instalments
from tests.debts.test_schedule import HARVESTS, SIGNED, lawful_terms, make_terms

TOKEN = re.compile(r"\s*(ปัดขึ้น|[0-9][0-9,]*(?:\.[0-9]+)?|[-+−×÷^%()])")


class Calculator:
    """Reads `1,000.00 × 6% × 30 ÷ 365`: the four operations, powers, percent, brackets, and rounding up."""

    def __init__(self, text: str):
        self.tokens = TOKEN.findall(text)
        assert "".join(self.tokens) == re.sub(r"\s", "", text), text

    def satang(self) -> Decimal:
        value = self._sum()
        assert not self.tokens
        return value.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def _take(self, *wanted):
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def _sum(self) -> Decimal:
        value = self._product()
        while sign := self._take("+", "−"):
            value += self._product() * (1 if sign == "+" else -1)
        return value

    def _product(self) -> Decimal:
        """Numerators first: a calculator with many places gives the same."""
        above, below = self._power(), Decimal(1)
        while sign := self._take("×", "÷"):
            if sign == "×":
                above *= self._power()
            else:
                below *= self._power()
        return above / below

    def _power(self) -> Decimal:
        value = self._number()
        return value ** self._number() if self._take("^") else value

    def _number(self) -> Decimal:
        if self._take("−"):
            return -self._number()
        if self._take("ปัดขึ้น"):
            return self._number().to_integral_value(ROUND_CEILING)
        if self._take("("):
            value = self._sum()
            assert self._take(")")
        else:
            value = Decimal(self.tokens.pop(0).replace(",", ""))
        return value / 100 if self._take("%") else value


def check(explanation):
    """Each step gives what it says, and the last one the figure."""
    for step in explanation.steps:
        assert Calculator(step.arithmetic).satang() == step.result, str(step)
    if explanation.steps:
        assert explanation.steps[-1].result == explanation.figure, explanation
    else:
        assert explanation.figure == 0, explanation


def sentence(number, column, **terms):
    return ExplainedSchedule(make_terms(**terms)).figure(number, column).sentence


@given(lawful_terms(), st.data())
def test_the_arithmetic_of_every_figure_gives_the_figure(terms, data):
    try:
        count = len(instalments(terms))
    except CannotSchedule:
        return
    explained = ExplainedSchedule(terms)

    for number in {1, count, data.draw(st.integers(1, count))}:
        for column in COLUMNS:
            check(explained.figure(number, column))


@pytest.mark.parametrize("method", [Method.EQUAL_PRINCIPAL, Method.ANNUITY, Method.FLAT, Method.BULLET])
def test_the_arithmetic_holds_for_days_after_the_harvest(method):
    usual = make_terms(method=method, periods=3, rate="7.25")
    terms = replace(usual, due_dates=HARVESTS, apart=Decimal("100.01"))
    explained = ExplainedSchedule(terms)

    for line in instalments(terms):
        for column in COLUMNS:
            check(explained.figure(line.number, column))


@pytest.mark.parametrize(("principal", "shares"), [("0.05", 12), ("100.00", 3), ("0.50", 100), ("1.00", 64)])
def test_an_amount_too_small_for_its_shares_is_explained_too(principal, shares):
    terms = make_terms(principal, "0", shares)
    explained = ExplainedSchedule(terms)

    for line in instalments(terms):
        check(explained.figure(line.number, "principal"))


@pytest.mark.parametrize(
    ("column", "number", "terms", "said"),
    [
        (
            "interest",
            1,
            {"principal": "52833.33", "periods": 12},
            "ดอกเบี้ย = เงินต้นคงเหลือ × อัตราต่อปี × จำนวนเดือน ÷ 12: 52,833.33 × 6% × 1 ÷ 12 = 264.17",
        ),
        (
            "principal",
            24,
            {},
            "เงินต้นแบ่งเท่ากันทุกงวดที่ชำระเงินต้น งวดสุดท้ายรับส่วนที่เหลือ: 35,000.00 − 23 × 1,458.33 = 1,458.41",
        ),
        ("interest", 24, {"method": "flat"}, None),
        (
            "interest",
            1,
            {
                "principal": "20000",
                "periods": 1,
                "day_count": "actual_365",
                "first_due_on": date(2018, 7, 20),
            },
            "ดอกเบี้ย = เงินต้นคงเหลือ × อัตราต่อปี × จำนวนวันจริง ÷ 365: 20,000.00 × 6% × 400 ÷ 365 = 1,315.07",
        ),
        ("principal", 1, {"principal_grace": 2}, "พักชำระเงินต้น งวดนี้ชำระเฉพาะดอกเบี้ย (0.00)"),
        ("total", 1, {}, "ยอดชำระ = เงินต้น + ดอกเบี้ย: 1,458.33 + 175.00 = 1,633.33"),
        ("balance", 1, {}, "เงินต้นคงเหลือ = เงินต้นก่อนชำระ − เงินต้นของงวดนี้: 35,000.00 − 1,458.33 = 33,541.67"),
    ],
)
def test_the_reason_is_one_thai_sentence_with_its_arithmetic(column, number, terms, said):
    found = sentence(number, column, **terms)

    if said is None:
        assert found.endswith("4,200.00 − 23 × 175.00 = 175.00")
    else:
        assert found == said


def test_a_level_instalment_shows_its_formula_and_its_rounding_up():
    terms = make_terms("50000", "8", 12, "annuity", round_up_to=1)

    steps = [str(step) for step in ExplainedSchedule(terms).figure(1, "principal").steps]

    assert steps == [
        "50,000.00 × (8% × 1 ÷ 12) ÷ (1 − (1 + (8% × 1 ÷ 12))^−12) = 4,349.42",
        "ปัดขึ้น(4,349.42 ÷ 1) × 1 = 4,350.00",
        "50,000.00 × 8% × 1 ÷ 12 = 333.33",
        "4,350.00 − 333.33 = 4,016.67",
    ]


def test_interest_of_the_full_grace_is_shown_where_it_is_paid():
    explained = ExplainedSchedule(make_terms("12000", "12", 6, full_grace=2))

    steps = [str(step) for step in explained.figure(3, "apart").steps]

    assert steps[:3] == [
        "12,000.00 × 12% × 1 ÷ 12 = 120.00",
        "12,000.00 × 12% × 1 ÷ 12 = 120.00",
        "120.00 + 120.00 = 240.00",
    ]
    assert steps[-1] == "240.00 ÷ 4 = 60.00"


def test_the_days_of_the_worked_example_are_400():
    assert (date(2018, 7, 20) - SIGNED).days == 400
