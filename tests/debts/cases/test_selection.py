"""Selecting a household: once a year, with what it owes that day."""

from datetime import date
from decimal import Decimal

import pytest

from debts.cases.selection import CannotSelect, select
from debts.ledger import post
from debts.models import Entry
from tests.factories import SIGNED, make_centre, make_debt, make_fund, make_household, make_officer

pytestmark = pytest.mark.django_db


def test_a_household_is_selected_with_what_it_owes_the_member_funds_that_day():
    fund, officer = make_fund(), make_officer()
    debt = make_debt(fund=fund, principal="20000", interest="525")
    make_debt(debt.household, make_fund(fund.centre), principal="12000")
    post(debt, kind=Entry.Kind.PAYMENT, on=date(2017, 8, 1), by=officer, principal=Decimal(-5000))

    case = select(household=debt.household, on=SIGNED, by=officer)

    assert (case.baseline, case.fiscal_year, case.centre) == (Decimal("32525.00"), 2560, fund.centre)


def test_a_fund_that_left_the_centre_is_not_part_of_the_baseline():
    fund = make_fund()
    debt = make_debt(fund=fund, principal="20000")
    make_debt(debt.household, make_fund(fund.centre, closed_on=SIGNED), principal="12000")

    case = select(household=debt.household, on=SIGNED, by=make_officer())

    assert case.baseline == 20000


def test_october_belongs_to_the_next_fiscal_year():
    case = select(household=make_debt().household, on=date(2017, 10, 1), by=make_officer())

    assert case.fiscal_year == 2561


def test_a_household_is_not_selected_twice():
    household, officer = make_debt().household, make_officer()
    select(household=household, on=SIGNED, by=officer)

    with pytest.raises(CannotSelect, match="อยู่ในกระบวนการแล้ว"):
        select(household=household, on=date(2018, 6, 15), by=officer)


def test_a_household_that_left_is_not_selected_again_in_the_same_year():
    household, officer = make_debt().household, make_officer()
    case = select(household=household, on=SIGNED, by=officer)
    case.closed_on, case.closed_reason = SIGNED, "ย้ายออก"
    case.save()

    with pytest.raises(CannotSelect, match="ปีงบประมาณ 2560"):
        select(household=household, on=SIGNED, by=officer)


def test_a_household_without_debts_is_not_selected():
    household = make_household(make_centre().village)

    with pytest.raises(CannotSelect, match="ไม่มีหนี้"):
        select(household=household, on=SIGNED, by=make_officer())


def test_a_village_without_a_centre_selects_nobody():
    with pytest.raises(CannotSelect, match="ศูนย์ฯ"):
        select(household=make_household(), on=SIGNED, by=make_officer())
