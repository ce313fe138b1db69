"""What falls due, what is late, what was promised and became of it, and statements of any period."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debts.arrears import lines_of
from debts.models import PARTS, Contract, Debt, Promise
from debts.payments import due
from debts.payments.promises import CannotPromise, Outcome, outcome_of, withdraw_promise
from debts.payments.statements import CannotState, statement
from debts.repayment import reverse_payment
from tests.factories import (
    AS_OF,
    SIGNED,
    make_contract,
    make_debt,
    make_fund,
    make_officer,
    make_payment,
    make_promise,
)

pytestmark = pytest.mark.django_db
FIRST_DUE = date(2017, 7, 15)
FREE = {"rate_percent": Decimal(0)}


def after(days):
    return SIGNED + timedelta(days)


@pytest.mark.parametrize("paid", ["0", "1000", "1633.33", "4000"])
@pytest.mark.parametrize("on", [SIGNED, FIRST_DUE, date(2017, 8, 1), date(2017, 9, 20), date(2019, 12, 1)])
def test_the_lists_agree_with_the_schedule_of_the_contract(paid, on):
    contract = make_contract()
    if paid != "0":
        make_payment(contract.debt, paid, on=SIGNED)
    contract, until = Contract.objects.get(), on + timedelta(30)

    coming = due.coming(Debt.objects.all(), on=on, until=until).filter(kind="merged").first()
    late = due.overdue(Debt.objects.all(), on=on).first()

    lines = [line for line in lines_of(contract, on=on) if line.left]
    in_time = [line for line in lines if on <= line.instalment.due_on <= until]
    assert (coming.due_amount if coming else 0) == sum(line.left for line in in_time)
    assert (late.overdue_amount if late else 0) == sum(line.left for line in lines if line.is_overdue)
    if coming:
        assert coming.next_due_on == in_time[0].instalment.due_on


def test_an_old_debt_falls_due_whole_on_its_day():
    debt = make_debt(due_on=FIRST_DUE, **FREE)

    coming = due.coming(Debt.objects.all(), on=FIRST_DUE - timedelta(30), until=FIRST_DUE).get()
    late = due.overdue(Debt.objects.all(), on=FIRST_DUE + timedelta(9)).get()

    assert (coming.due_amount, coming.next_due_on) == (debt.outstanding, FIRST_DUE)
    assert (late.overdue_amount, late.days_late) == (20000, 9)
    assert not due.overdue(Debt.objects.all(), on=FIRST_DUE).exists()


def outcome(made, days):
    on = after(days)
    return outcome_of(Promise.objects.with_received(on=on).get(pk=made.pk), on=on)


def test_what_became_of_a_promise_follows_from_the_payments():
    debt = make_debt(**FREE)
    made = make_promise(debt, "1000", due_on=after(30))

    assert outcome(made, 30) == Outcome.WAITING
    assert outcome(made, 31) == Outcome.BROKEN
    make_payment(debt, "400", on=after(10))
    assert (outcome(made, 30), outcome(made, 31)) == (Outcome.WAITING, Outcome.PARTLY)
    make_payment(debt, "600", on=after(30))
    assert (outcome(made, 29), outcome(made, 30)) == (Outcome.WAITING, Outcome.KEPT)


def test_money_of_the_day_of_the_promise_or_after_its_end_keeps_no_promise():
    debt = make_debt(**FREE)
    make_payment(debt, "1000", on=SIGNED)
    made = make_promise(debt, "1000", due_on=after(30))

    make_payment(debt, "1000", on=after(31))

    assert outcome(made, 60) == Outcome.BROKEN


def test_a_payment_taken_back_keeps_no_promise():
    debt = make_debt(**FREE)
    made = make_promise(debt, "1000", due_on=after(30))
    payment = make_payment(debt, "1000", on=after(5))

    reverse_payment(payment=payment, reason="ผิด", on=after(6), by=make_officer())

    assert outcome(made, 31) == Outcome.BROKEN


def test_the_next_promise_waits_for_the_end_of_the_one_before_or_its_keeping():
    debt = make_debt(**FREE)
    make_promise(debt, due_on=after(30))

    with pytest.raises(CannotPromise, match="15 ก.ค. 2560"):
        make_promise(debt, made_on=after(10), due_on=after(60))
    make_payment(debt, "1000", on=after(12))

    assert make_promise(debt, made_on=after(12), due_on=after(60)).pk
    assert make_promise(debt, made_on=after(60), due_on=after(90)).pk


def test_a_promise_written_down_by_mistake_is_withdrawn_with_a_reason():
    made = make_promise()

    with pytest.raises(CannotPromise, match="ระบุเหตุผล"):
        withdraw_promise(made=made, reason=" ", on=SIGNED, by=make_officer())
    withdraw_promise(made=made, reason="ผิดคน", on=SIGNED, by=make_officer())
    with pytest.raises(CannotPromise, match="แล้ว"):
        withdraw_promise(made=made, reason="ผิดคน", on=SIGNED, by=make_officer())

    assert outcome(made, 60) == Outcome.WITHDRAWN
    assert make_promise(made.debt).pk


@pytest.mark.parametrize(
    ("terms", "reason"),
    [({"amount": "0"}, "มากกว่า 0"), ({"due_on": SIGNED}, "หลังวันที่รับปาก"), ({"amount": "0.001"}, "ทศนิยม")],
)
def test_a_promise_of_nothing_or_for_the_same_day_is_refused(terms, reason):
    with pytest.raises(CannotPromise, match=reason):
        make_promise(**terms)


def test_the_overdue_list_shows_the_newest_promise_and_its_outcome(sign_in):
    debt = make_debt(due_on=AS_OF, **FREE)
    make_promise(debt, "1000", due_on=after(30))

    page = sign_in(make_officer()).get(reverse("debts:overdue")).content.decode()

    assert "15 ก.ค. 2560" in page
    assert Outcome.BROKEN.label in page


def test_a_promise_stands_in_the_history_of_the_household(sign_in):
    made = make_promise()

    page = sign_in(make_officer()).get(reverse("debts:household", args=[made.debt.household_id]))

    assert "รับปากชำระ 1,000.00 บาท ภายในวันที่ 15 ก.ค. 2560" in page.content.decode()


@pytest.mark.parametrize("name", ["debts:due", "debts:overdue", "debts:payments", "debts:settlements"])
def test_a_longer_list_takes_no_more_queries(name, sign_in):
    client = sign_in(make_officer())
    fund = make_fund()

    def grow():
        for day in (AS_OF, date(2100, 1, 1)):
            make_promise(make_payment(make_debt(fund=fund, due_on=day, **FREE)).debt)
        make_contract([make_debt(fund=fund, **FREE)], lender=make_fund(fund.centre))

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name)).status_code == 200
        return len(seen)

    grow()
    few = queries()
    grow()
    grow()

    assert queries() == few


def test_a_statement_opens_where_the_one_before_closed():
    debt = make_debt(principal="10000", rate_percent=Decimal(6))
    make_payment(debt, "1000", on=SIGNED)
    make_payment(debt, "500", on=after(40))

    before, then = (
        statement([debt], first=first, last=last)
        for first, last in ((AS_OF, after(30)), (after(31), after(60)))
    )

    assert (before.opening_total, before.closing, then.opening_total) == (
        0,
        then.opening,
        before.closing_total,
    )
    assert (before.paid, then.paid) == (1000, 500)
    assert then.lines[-1].balance == then.closing_total == Debt.objects.get().outstanding
    assert then.closing == {part: getattr(Debt.objects.get(), part) for part in PARTS}


def test_a_household_statement_holds_all_its_debts_and_a_payment_taken_back_is_not_paid():
    debt = make_debt(**FREE)
    other = make_debt(debt.household, debt.fund, principal="5000", **FREE)
    payment = make_payment(debt, "1000", on=SIGNED)
    reverse_payment(payment=payment, reason="ผิด", on=SIGNED, by=make_officer())
    make_payment(other, "700", on=SIGNED)

    found = statement(Debt.objects.filter(household=debt.household), first=SIGNED, last=SIGNED)

    assert (found.opening_total, found.paid, found.closing_total) == (25000, 700, 24300)
    assert [line.balance for line in found.lines] == [24000, 25000, 24300]


def test_a_period_that_ends_before_it_begins_is_refused(sign_in):
    debt = make_debt()

    with pytest.raises(CannotState, match="ไม่ก่อนวันแรก"):
        statement([debt], first=SIGNED, last=AS_OF)

    address = reverse("debts:statement", args=[debt.pk])
    page = sign_in(make_officer()).get(address, {"first": "15/6/2560", "last": "14/6/2560"})
    assert "ไม่ก่อนวันแรก" in page.content.decode()
