"""Two officers at once on one contract: one order of what they did, and the books agree. Real threads."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import connection

from debts.models import Contract, Debt, PlanApproval, PlanChange
from debts.plans.life import approve, preview, undo
from tests.debts.test_races import assert_ledger_is_proved, at_once, refused
from tests.factories import (
    REPLANNED,
    apply_plan_change,
    make_contract,
    make_debt,
    make_officer,
    make_payment,
    make_plan_change,
)

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer"),
]


def approval(change, by):
    change = PlanChange.objects.get(pk=change.pk)
    seen = preview(change, on=REPLANNED).owed.total
    return partial(approve, change=change, sequence=change.sequence, seen=seen, on=REPLANNED, by=by)


def test_a_change_is_applied_once_however_many_approve_at_once():
    change = make_plan_change()
    approvals = [approval(change, make_officer()) for _ in range(4)]

    results = at_once(*approvals)

    assert (len(refused(results)), PlanApproval.objects.count()) == (3, 1)
    assert Contract.objects.get().versions.count() == 1
    assert_ledger_is_proved()


def test_a_double_click_on_approve_consents_once():
    contract = make_contract([make_debt(principal="150000", rate_percent=Decimal(0))])
    change = make_plan_change(contract, kind="write_off")

    results = at_once(*[approval(change, make_officer())] * 4)

    assert (len(refused(results)), PlanApproval.objects.count()) == (3, 1)
    assert PlanChange.objects.get().status == PlanChange.Status.PROPOSED


def test_a_payment_and_an_approval_at_once_have_one_order():
    change, officer = make_plan_change(), make_officer()
    debt = change.contract.debt

    paid, applied = at_once(
        lambda: make_payment(debt, "1000", on=REPLANNED, by=officer), approval(change, make_officer())
    )

    assert refused([paid]) == []
    version = Contract.objects.get().versions.first()
    assert bool(refused([applied])) == (version is None)
    if version:  # approved before the payment was received
        assert version.covered_before == 0
    assert Debt.objects.get(pk=debt.pk).outstanding == Decimal("36078.77") - 1000 - (
        0 if version else Decimal("28.77")
    )
    assert_ledger_is_proved()


def test_two_proposals_at_once_leave_one_waiting():
    contract, officer = make_contract(), make_officer()

    results = at_once(*[lambda: make_plan_change(contract, by=officer)] * 3)

    assert (len(refused(results)), PlanChange.objects.count()) == (2, 1)


def test_a_change_is_undone_once():
    change, officer = apply_plan_change(), make_officer()

    results = at_once(*[lambda: undo(change=change, reason="มติใหม่", on=REPLANNED, by=officer)] * 3)

    assert len(refused(results)) == 2
    assert_ledger_is_proved()
