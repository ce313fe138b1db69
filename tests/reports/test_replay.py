"""The figures beside a replay of the ledger in plain Python, for villages with all that can happen to a debt."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from areas.models import COUNTRY, Area
from debts.consolidation import Waiver, cancel
from debts.ledger import withdraw
from debts.models import Case, Contract, Debt, Entry, Payment
from debts.plans.life import undo
from debts.plans.recovery import recover
from debts.repayment import reverse_payment
from reports.figures import Figures, having, overview, results
from tests.factories import (
    AS_OF,
    apply_plan_change,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_payment,
    make_village,
)
from tests.reports.test_figures import joined

pytestmark = pytest.mark.django_db
DAYS = (
    date(2017, 5, 2),
    date(2017, 6, 14),
    date(2017, 6, 15),
    date(2017, 7, 15),
    date(2017, 9, 1),
    date(2017, 9, 2),
    date(2018, 3, 1),
)


@pytest.fixture
def country():
    """Three villages of three districts in two provinces, each with the same eleven households."""
    for number, code in enumerate(("33100503", "33110401", "34010101")):
        fund = make_fund(make_centre(make_village(code)))
        _tell(fund, Decimal(20000 + number * 1111), make_officer(area=fund.centre.village))
    return Area.objects.get(code=COUNTRY)


def _tell(fund, principal, by):
    debts = [_joined(fund, principal + number, by) for number in range(11)]
    _, paid, cleared, merged, waived, cancelled, reversed_, twice, *later = debts
    make_payment(paid, "5000.50", by=by)
    make_payment(cleared, cleared.principal, by=by)
    make_payment(make_contract([merged], fund, by).debt, "900.25", on=date(2017, 7, 15), by=by)
    make_contract([waived], fund, by, waivers={waived.pk: Waiver(principal=Decimal(400))})
    make_debt(waived.household, fund, principal="100", on=date(2017, 8, 1), by=by)
    contract = make_contract([cancelled], fund, by)
    cancel(contract=contract, reason="ทำผิดราย", on=date(2017, 9, 1), by=by)
    payment = make_payment(reversed_, "1000", by=by)
    reverse_payment(payment=payment, reason="รับผิดราย", on=date(2017, 9, 2), by=by)
    _paid_and_merged_again(twice, fund, by)
    _plans_changed(later, fund, by)
    taken_back = make_debt(debts[0].household, fund, principal="7000", by=by)
    withdraw([taken_back.pk], by=by, note="ไฟล์ผิดศูนย์")
    make_debt(make_household(fund.centre.village), fund, by=by)


def _joined(fund, principal, by):
    return joined(make_debt(fund=fund, principal=principal, rate_percent=Decimal(0), on=AS_OF, by=by), by)


def _plans_changed(debts, fund, by):
    """A contract written off of which something came back, one partly waived, one waived and that undone."""
    lost, waived, undone = (make_contract([debt], fund, by) for debt in debts)
    apply_plan_change(lost, on=date(2017, 7, 20), kind="write_off")
    recover(contract=lost, amount=Decimal("500.25"), on=date(2017, 9, 1), by=by, key=uuid4())
    apply_plan_change(waived, on=date(2017, 7, 20), kind="waive", waived_principal=Decimal(700))
    change = apply_plan_change(undone, on=date(2017, 7, 20), kind="waive", waived_principal=Decimal(900))
    undo(change=change, reason="ทำผิดราย", on=date(2017, 9, 1), by=by)


def _paid_and_merged_again(debt, fund, by):
    """One case with two contracts: the first paid off, the second signed for a debt of later."""
    free = {"rate_percent": Decimal(0), "method": "no_interest"}
    first = make_contract([debt], fund, by, **free)
    make_payment(first.debt, first.amount, on=date(2017, 7, 15), by=by)
    later = make_debt(debt.household, fund, principal="3000", on=date(2017, 8, 1), rate_percent=0, by=by)
    days = {"signed_on": date(2017, 9, 1), "interest_to": date(2017, 9, 1), "first_due_on": date(2017, 10, 1)}
    make_contract([later], fund, by, **days, **free)


def replayed(area: Area, on: date, year: int = 2560) -> Figures:
    """The figures of an area by reading every row, one after the other."""
    every = Case.objects.filter(
        household__village__code__startswith=area.prefix, fiscal_year=year, opened_on__lte=on
    )
    return sum((_of_case(case, on) for case in every), Figures())


def _of_case(case: Case, on: date) -> Figures:
    every = Entry.objects.filter(debt__household=case.household).select_related("reverses")
    entries = [entry for entry in every if entry.on <= on]
    owed = sum(entry.total for entry in entries if _kind(entry) not in ("write_off", "recovery"))
    contract = _standing(case, on)
    less = max(case.baseline - owed, Decimal(0))
    forgiven = -sum(
        entry.total for entry in entries if _kind(entry) == "waiver" and entry.on >= case.opened_on
    )
    waived = min(forgiven, less)
    return Figures(
        joined=1,
        merged=1 if contract else 0,
        reduced=1 if less and owed else 0,
        cleared=0 if owed else 1,
        baseline=case.baseline,
        owed=owed,
        merged_baht=contract.amount if contract else Decimal(0),
        reduced_baht=less if owed else Decimal(0),
        cleared_baht=Decimal(0) if owed else case.baseline,
        waived_baht=waived,
    )


def _kind(entry: Entry) -> str:
    """What an entry is about: one that takes another back is about the same."""
    return (entry.reverses or entry).kind


def _standing(case: Case, on: date) -> Contract | None:
    """The newest contract that had been signed and was not cancelled yet."""
    signed = [contract for contract in case.contracts.order_by("pk") if contract.signed_on <= on]
    return next((each for each in reversed(signed) if each.ending != "cancelled" or each.ended_on > on), None)


def test_every_figure_of_every_day_is_that_of_a_replay_by_hand(country):
    provinces = Area.objects.filter(code__in=("33", "34"))

    for on in DAYS:
        for area in (country, *provinces):
            shown = overview(area, year=2560, on=on)
            assert shown.total.figures == replayed(area, on), (area, on)
            for row in shown.rows:
                assert row.figures == replayed(row.area, on), (row.area, on)


def test_the_households_behind_each_figure_are_those_counted_on_every_day(country):
    for on in DAYS:
        figures, cases = replayed(country, on), results(country, year=2560, on=on)
        counted = {name: having(cases, name).count() for name in ("joined", "merged", "reduced", "cleared")}
        assert counted == {name: getattr(figures, name) for name in counted}, on
        assert sum(case.owed for case in cases) == figures.owed, on


def test_the_told_villages_hold_every_case_worth_counting(country):
    """The replay proves little if nothing happens in it."""
    last = replayed(country, DAYS[-1])

    assert min(getattr(last, name) for name in ("merged", "reduced", "cleared", "waived_baht")) > 0
    assert replayed(country, DAYS[4] - timedelta(days=1)).merged - replayed(country, DAYS[4]).merged == 3
    assert Payment.objects.filter(reversal__isnull=False).count() == 3
    assert Debt.objects.filter(written_off__gt=0).count() == 3
    assert Debt.everything.exclude(withdrawn_at=None).count() == 3
