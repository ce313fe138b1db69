"""A centre's figures: as of a day while the report is open, frozen once it is certified."""

from datetime import date
from decimal import Decimal

import pytest

from debts.ledger import post
from debts.models import Case, Entry
from monitoring import visits
from monitoring.centre_figures import CentreFigures, figures_of, of_visit
from tests.factories import (
    AS_OF,
    VISITED,
    make_centre,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_sent_visit,
    make_village,
    make_visit,
)

pytestmark = pytest.mark.django_db
LATER = date(2018, 1, 10)


def join(debt, baseline=None):
    """The debt's household joins on the day of the register."""
    return Case.objects.create(
        household=debt.household,
        centre=debt.fund.centre,
        fiscal_year=2560,
        opened_on=AS_OF,
        opened_by=debt.created_by,
        baseline=baseline or debt.outstanding,
    )


def pay(debt, amount, on=LATER):
    post(debt, kind=Entry.Kind.PAYMENT, on=on, by=debt.created_by, principal=-Decimal(amount))


def test_debts_are_those_of_the_centres_funds_on_the_day():
    fund = make_fund(capital=Decimal("500000"))
    make_fund(fund.centre, capital=Decimal("70000"), counts_in_capital=False)
    debt = make_debt(fund=fund, principal="20000.25")
    make_debt(debt.household, fund, principal="5000")
    pay(debt, "0.25")
    elsewhere = make_village("33100504", "บ้านอื่น")
    make_debt(fund=make_fund(make_centre(elsewhere)))

    before, after = (figures_of(fund.centre, on=day) for day in (AS_OF, LATER))

    assert (before.funds, before.capital, before.debtors) == (2, Decimal("500000.00"), 1)
    assert (before.outstanding, after.outstanding) == (Decimal("25000.25"), Decimal("25000.00"))


def test_a_household_is_either_reduced_or_cleared_or_only_joined():
    fund = make_fund()
    owing, reduced, cleared = (make_debt(fund=fund, principal="1000") for _ in range(3))
    for debt in (owing, reduced, cleared):
        join(debt)
    pay(reduced, "400")
    pay(cleared, "1000")

    figures = figures_of(fund.centre, on=LATER)

    assert (figures.joined, figures.reduced, figures.cleared) == (3, 1, 1)
    assert (figures.baht_reduced, figures.baht_cleared) == (Decimal("400.00"), Decimal("1000.00"))


def test_a_household_without_debts_in_the_ledger_counts_as_cleared():
    debt = make_debt()
    case = join(debt)
    Case.objects.filter(pk=case.pk).update(household=make_household())

    assert figures_of(debt.fund.centre, on=LATER).cleared == 1


def test_kept_figures_read_back_the_same():
    figures = figures_of(make_debt().fund.centre, on=AS_OF)

    kept = figures.as_text()

    assert set(map(type, kept.values())) == {str}
    assert CentreFigures.from_text(kept) == figures


def test_certified_figures_no_longer_change():
    debt = make_debt(principal="1000")
    visit = make_sent_visit(debt.fund.centre)
    by = make_officer(area=debt.household.village)
    visits.certify(visit=visit, version=visit.version, on=VISITED, by=by)

    pay(debt, "400")
    make_fund(debt.fund.centre)
    visit.refresh_from_db()

    figures = of_visit(visit, on=date(2020, 1, 1))
    assert (figures.outstanding, figures.funds) == (Decimal("1000.00"), 1)


def test_until_then_the_figures_are_those_of_the_visits_day():
    debt = make_debt(principal="1000")
    visit = make_visit(debt.fund.centre)
    pay(debt, "400", on=VISITED)
    pay(debt, "100", on=date(2019, 6, 1))

    assert of_visit(visit, on=date(2020, 1, 1)).outstanding == Decimal("600.00")
