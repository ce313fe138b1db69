"""Money received and handed over by two officers at once: never more than is owed, no gap. Real threads."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection

from debts.consolidation import cancel
from debts.models import Collection, Payment, Promise, Settlement, Transfer
from debts.payments.collection import collect
from debts.payments.settlement import reverse_transfer
from debts.repayment import pay
from tests.debts.test_races import assert_ledger_is_proved, at_once, refused
from tests.factories import (
    SIGNED,
    make_contract,
    make_debt,
    make_fund,
    make_officer,
    make_payment,
    make_promise,
    make_settled_contract,
    make_transfer,
)

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer"),
]
FREE = {"rate_percent": Decimal(0)}


@pytest.mark.parametrize("attempt", range(3))
def test_two_transfers_at_once_never_exceed_what_is_owed(attempt):
    contract, officer = make_settled_contract(), make_officer()

    results = at_once(*[lambda: make_transfer(contract, "7000", by=officer)] * 4)

    assert (len(refused(results)), Settlement.objects.get().paid) == (3, 7000)
    assert_ledger_is_proved()


def test_a_transfer_sent_twice_at_once_is_recorded_once():
    contract, officer, key = make_settled_contract(), make_officer(), uuid4()

    made = at_once(*[lambda: make_transfer(contract, by=officer, key=key)] * 4)

    assert set(made) == {Transfer.objects.get()}
    assert_ledger_is_proved()


def test_a_transfer_is_taken_back_once_at_once():
    contract, officer = make_settled_contract(), make_officer()
    made = make_transfer(contract, by=officer)

    results = at_once(*[lambda: reverse_transfer(made=made, reason="ผิด", on=SIGNED, by=officer)] * 3)

    assert (len(refused(results)), Settlement.objects.get().paid) == (2, 0)
    assert_ledger_is_proved()


@pytest.mark.parametrize("attempt", range(5))
def test_cancelling_while_settling_lets_one_of_them_win(attempt):
    contract, officer = make_settled_contract(), make_officer()

    results = at_once(
        lambda: cancel(contract=contract, reason="ผิด", on=SIGNED, by=officer),
        lambda: make_transfer(contract, by=officer),
    )

    assert len(refused(results)) == 1
    assert Transfer.objects.exists() != bool(Settlement.objects.get().cancelled_on)
    assert_ledger_is_proved()


def meeting_of(debts, officer, key=None, amount="100"):
    amounts = {debt.pk: Decimal(amount) for debt in debts}
    return lambda: collect(
        centre=debts[0].fund.centre, fund=None, amounts=amounts, on=SIGNED, by=officer, key=key or uuid4()
    )


def make_debts_of_two_funds():
    first = make_debt(**FREE)
    other = make_fund(first.fund.centre)
    return [first, make_debt(fund=other, **FREE), make_debt(fund=first.fund, **FREE)]


def test_a_sheet_sent_twice_at_once_is_recorded_once():
    debts, officer, key = make_debts_of_two_funds(), make_officer(), uuid4()

    made = at_once(*[meeting_of(debts, officer, key)] * 3)

    assert set(made) == {Collection.objects.get()}
    assert Payment.objects.count() == 3
    assert_ledger_is_proved()


@pytest.mark.parametrize("attempt", range(3))
def test_two_sheets_and_a_counter_at_once_number_their_receipts_without_a_gap(attempt):
    debts, officer = make_debts_of_two_funds(), make_officer()

    results = at_once(
        meeting_of(debts, officer),
        meeting_of(debts[::-1], officer),
        lambda: make_payment(debts[2], "1", by=officer),
        lambda: make_payment(debts[1], "1", by=officer),
    )

    assert refused(results) == []
    assert Payment.objects.count() == 8
    assert_ledger_is_proved()


def test_two_sheets_at_once_never_take_more_than_is_owed():
    debts, officer = make_debts_of_two_funds(), make_officer()

    results = at_once(*[meeting_of(debts, officer, amount="20000")] * 2)

    assert (len(refused(results)), Payment.objects.count(), Collection.objects.count()) == (1, 3, 1)
    assert_ledger_is_proved()


@pytest.mark.parametrize("attempt", range(3))
def test_cancelling_while_a_meeting_pays_lets_one_of_them_win(attempt):
    contract, officer = make_contract(), make_officer()
    on = date(2017, 7, 15)

    results = at_once(
        lambda: cancel(contract=contract, reason="ผิด", on=on, by=officer),
        meeting_of([contract.debt], officer),
    )

    assert len(refused(results)) == 1
    assert_ledger_is_proved()


def test_a_form_resent_and_another_payment_at_once_pay_no_more_than_is_owed():
    debt, officer, key = make_debt(principal="1000", **FREE), make_officer(), uuid4()

    def resent(key):
        return lambda: pay(debt=debt, amount=Decimal(600), on=SIGNED, by=officer, key=key)

    results = at_once(resent(key), resent(key), resent(uuid4()))

    assert Payment.objects.count() == 1
    assert len(refused(results)) in (1, 2)
    assert_ledger_is_proved()


def test_one_promise_is_taken_at_once():
    debt, officer = make_debt(**FREE), make_officer()

    results = at_once(*[lambda: make_promise(debt, by=officer)] * 3)

    assert (len(refused(results)), Promise.objects.count()) == (2, 1)
