"""What a household must pay, and when: every fund and every lender elsewhere on one calendar."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from debts.dues import burden_of, calendar_of
from debts.progress import standing_of
from tests.factories import (
    make_contract,
    make_debt,
    make_document,
    make_fund,
    make_household,
    make_livelihood,
    make_officer,
    make_other_debt,
)

pytestmark = pytest.mark.django_db
ON = date(2017, 6, 20)


def calendar(household, on=ON):
    return calendar_of(household, standing_of(household, on=on))


def by_month(found):
    return {month.first: [(due.on, due.amount) for due in month.dues] for month in found.months if month.dues}


def test_debts_of_two_funds_due_in_one_month_are_said_to_clash():
    fund = make_fund()
    other = make_fund(fund.centre, kind="savings_group")
    household = make_household(fund.centre.village)
    make_debt(household, fund, principal="20000", due_on=date(2018, 1, 5))
    make_debt(household, other, principal="5000", due_on=date(2018, 1, 31))

    found = calendar(household)

    january = next(month for month in found.months if month.dues)
    assert (january.first, january.total, january.creditors) == (date(2018, 1, 1), Decimal(25000), 2)


def test_what_is_overdue_stands_apart():
    debt = make_debt(principal="20000", due_on=date(2017, 6, 19))

    found = calendar(debt.household)

    assert found.overdue_total == Decimal(20000)
    assert found.year_total == 0


def test_a_debt_due_today_is_not_overdue():
    debt = make_debt(principal="20000", due_on=ON)

    assert by_month(calendar(debt.household)) == {date(2017, 6, 1): [(ON, Decimal(20000))]}


def test_a_debt_without_a_day_is_named():
    debt = make_debt(due_on=None)

    assert calendar(debt.household).undated == [str(debt)]


def test_a_contract_falls_due_instalment_by_instalment():
    contract = make_contract(periods=3)

    found = by_month(calendar(contract.household))

    assert [day for dues in found.values() for day, _ in dues] == [
        date(2017, 7, 15),
        date(2017, 8, 15),
        date(2017, 9, 15),
    ]


def test_a_debt_elsewhere_repeats_until_nothing_is_left():
    debt = make_other_debt(outstanding="2500", instalment="1000", every=1, due_on=date(2017, 7, 31))

    found = by_month(calendar(debt.household))

    assert [due for dues in found.values() for due in dues] == [
        (date(2017, 7, 31), Decimal(1000)),
        (date(2017, 8, 31), Decimal(1000)),
        (date(2017, 9, 30), Decimal(500)),
    ]


def test_a_debt_told_later_is_not_on_the_calendar_of_an_earlier_day():
    debt = make_other_debt(due_on=date(2017, 9, 1), as_of_on=date(2017, 6, 21))

    assert by_month(calendar(debt.household)) == {}


def test_the_burden_is_told_in_percent_of_a_year_of_income():
    household = make_household()
    make_other_debt(household, outstanding="12000")
    make_other_debt(household, outstanding="3000", source="informal")
    survey = make_livelihood(household, income="60000")

    burden = burden_of(Decimal(15000), household.other_debts.open(), survey)

    assert (burden.total, burden.informal, burden.percent_of_income) == (
        Decimal(30000),
        Decimal(3000),
        Decimal(50),
    )


def test_without_a_survey_no_percentage_is_told():
    household = make_household()

    assert burden_of(Decimal(1), household.other_debts.all(), None).percent_of_income is None


def test_the_page_tells_papers_alone_when_asked(sign_in):
    debt = make_debt()
    document = make_document(debt.household, name="สมุดบัญชีเล่มเก่า")
    page = reverse("debts:household", args=[debt.household_id])

    response = sign_in(make_officer()).get(page, {"kind": "paper"})

    told = [event.text for _, events in response.context["days"] for event in events]
    assert told == [f"แนบเอกสาร {document}"]
