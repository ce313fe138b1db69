"""Two officers at once: what must happen once happens once. Real threads on PostgreSQL.

SQLite runs one writing transaction after the other, so there is no race to test.
"""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from debts.cases.meetings import CannotMeet
from debts.cases.moves import CannotMove
from debts.cases.negotiation import CannotAsk
from debts.cases.selection import CannotSelect, select
from debts.consolidation import CannotCancel, CannotConsolidate, cancel
from debts.household_merge import CannotMergeHouseholds, CannotUnmerge, Choices, merge, unmerge
from debts.imports.differences import apply
from debts.imports.files import CannotImport, discard, reread
from debts.imports.form import merge_form, usual_terms
from debts.ledger_proofs import PROOFS
from debts.models import Case, Contract, Debt, Entry, HouseholdMerge, Payment, Register, RegisterLine
from debts.papers.texts import CannotChange
from debts.payments.collection import CannotCollect
from debts.payments.promises import CannotPromise
from debts.payments.settlement import CannotTransfer
from debts.plans.outcome import CannotChangePlan
from debts.registers.certify import certify
from debts.registers.life import CannotDecide, CannotTakeBack, return_for_correction, take_back
from debts.registers.rows import TypedRow, save_rows
from debts.registration import CannotRegister, register
from debts.repayment import CannotPay, pay, reverse_payment
from households.models import Household
from monitoring.letters.writing import CannotIssue
from reports.returns import life as returns
from tests.debts.nong_ha import FORM, bring_in, keep_sample, make_nong_ha
from tests.debts.test_round_trip import bring_back, edit, export, make_old_debt
from tests.factories import (
    SIGNED,
    line_of,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_payment,
    make_register,
    make_sent_register,
)

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer"),
]
ROOT = Path(__file__).parent.parent.parent
REFUSALS = (
    returns.CannotSend,
    returns.CannotDecide,
    CannotSelect,
    CannotConsolidate,
    CannotCancel,
    CannotChangePlan,
    CannotPay,
    CannotImport,
    CannotDecide,
    CannotTakeBack,
    CannotRegister,
    CannotMergeHouseholds,
    CannotChange,
    CannotUnmerge,
    CannotMove,
    CannotAsk,
    CannotMeet,
    CannotCollect,
    CannotPromise,
    CannotTransfer,
    CannotIssue,
)


def at_once(*acts):
    """Run the acts in threads that start together; their results, or the refusals they raised."""
    start = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            return act()
        except REFUSALS as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def refused(results):
    return [result for result in results if isinstance(result, REFUSALS)]


def assert_ledger_is_proved():
    assert {proof.promise: proof.failures() for proof in PROOFS} == {proof.promise: [] for proof in PROOFS}


def test_two_officers_merge_the_same_debts_once():
    debt, officer = make_debt(), make_officer()

    results = at_once(*[lambda: make_contract([debt], by=officer)] * 4)

    assert (len(refused(results)), Contract.objects.count(), Case.objects.count()) == (3, 1, 1)
    assert_ledger_is_proved()


def test_a_form_sent_twice_at_once_makes_one_contract():
    debt, officer, key = make_debt(), make_officer(), uuid4()

    first, second = at_once(*[lambda: make_contract([debt], by=officer, key=key)] * 2)

    assert first == second == Contract.objects.get()
    assert_ledger_is_proved()


def test_a_household_is_selected_once_at_once():
    household, officer = make_debt().household, make_officer()

    results = at_once(*[lambda: select(household=household, on=SIGNED, by=officer)] * 4)

    assert (len(refused(results)), Case.objects.count()) == (3, 1)


def test_households_of_one_centre_get_consecutive_contract_numbers():
    first, officer = make_debt(), make_officer()
    debts = [first, *(make_debt(fund=first.fund) for _ in range(3))]

    contracts = at_once(*[lambda debt=debt: make_contract([debt], by=officer) for debt in debts])

    assert sorted(contract.sequence for contract in contracts) == [1, 2, 3, 4]


def test_a_double_click_records_one_payment():
    debt, officer, key = make_debt(), make_officer(), uuid4()

    payments = at_once(*[lambda: make_payment(debt, by=officer, key=key)] * 4)

    assert set(payments) == {Payment.objects.get()}
    assert_ledger_is_proved()


def test_two_receipts_at_once_have_consecutive_numbers():
    first, officer = make_debt(), make_officer()
    debts = [first, first, *(make_debt(fund=first.fund) for _ in range(2))]

    payments = at_once(*[lambda debt=debt: make_payment(debt, by=officer) for debt in debts])

    assert sorted(payment.sequence for payment in payments) == [1, 2, 3, 4]
    assert_ledger_is_proved()


def test_a_debt_is_paid_off_once_at_once():
    debt, officer = make_debt(principal="1000", rate_percent=Decimal(0)), make_officer()

    results = at_once(
        *[lambda: pay(debt=debt, amount=Decimal(1000), on=SIGNED, by=officer, key=uuid4()) for _ in range(3)]
    )

    assert (len(refused(results)), Payment.objects.get().number) == (2, "1/2560")
    assert_ledger_is_proved()


@pytest.mark.parametrize("attempt", range(5))
def test_cancelling_while_paying_lets_one_of_them_win(attempt):
    contract, officer = make_contract(), make_officer()
    day = date(2017, 7, 15)

    results = at_once(
        lambda: cancel(contract=contract, reason="ผิด", on=day, by=officer),
        lambda: make_payment(contract.debt, on=day, by=officer),
    )

    is_cancelled = Contract.objects.get().ending == "cancelled"
    assert len(refused(results)) == 1
    assert Payment.objects.exists() != is_cancelled
    assert_ledger_is_proved()


def test_a_payment_is_taken_back_once_at_once():
    payment, officer = make_payment(), make_officer()

    results = at_once(*[lambda: reverse_payment(payment=payment, reason="ผิด", on=SIGNED, by=officer)] * 3)

    assert (len(refused(results)), Debt.objects.get().outstanding) == (2, 20000)
    assert_ledger_is_proved()


def test_two_officers_import_one_register_once():
    file = keep_sample(make_nong_ha())

    results = at_once(*[lambda: bring_in(file)] * 2)

    [refusal] = refused(results)
    assert "ไฟล์นี้เคยนำเข้าแล้วเมื่อ" in str(refusal)
    assert (Debt.objects.count(), Household.objects.count()) == (36, 15)
    assert_ledger_is_proved()


def test_a_register_is_either_imported_or_put_aside():
    file = keep_sample(make_nong_ha())

    results = at_once(lambda: bring_in(file), lambda: discard(file=file, by=file.uploaded_by))

    assert len(refused(results)) == 1
    assert Debt.objects.count() in (0, 36)


def test_two_officers_choosing_the_same_file_keep_it_once():
    centre = make_nong_ha()

    files = at_once(
        *[partial(keep_sample, centre, by=officer) for officer in (make_officer(), make_officer())]
    )

    assert files[0] == files[1]


def test_two_officers_confirming_one_form_make_each_contract_once():
    centre = make_nong_ha()
    bring_in(keep_sample(centre))
    file = keep_sample(centre, FORM)
    terms = replace(usual_terms(centre, on=SIGNED), reason="มติที่ประชุมศูนย์ฯ")

    def press():
        return merge_form(
            file=file, form=reread(file), terms=terms, rows=range(6, 21), by=file.uploaded_by, key=uuid4()
        )

    results = at_once(press, press)

    [refusal] = refused(results)
    assert "แถว 6: มีสัญญาแล้ว" in str(refusal)
    assert Contract.objects.count() == 15
    assert_ledger_is_proved()


def sent_register(number=3) -> Register:
    fund = make_fund()
    lines = [
        line_of(fund=fund, number=f"{each}/2558", house_number=str(each)) for each in range(1, number + 1)
    ]
    return make_sent_register(fund.centre, lines)


def test_two_heads_certify_a_register_once():
    register, heads = sent_register(), [make_officer(), make_officer()]

    results = at_once(
        *[partial(certify, register=register, sequence=register.sequence, by=head) for head in heads]
    )

    [refusal] = refused(results)
    assert "รายการนี้ถูกพิจารณาแล้วโดย" in str(refusal)
    assert Debt.objects.count() == 3
    assert_ledger_is_proved()


@pytest.mark.parametrize("attempt", range(3))
def test_a_register_is_either_certified_or_returned(attempt):
    register, heads = sent_register(), [make_officer(), make_officer()]

    results = at_once(
        partial(certify, register=register, sequence=register.sequence, by=heads[0]),
        partial(
            return_for_correction, register=register, sequence=register.sequence, reason="ผิด", by=heads[1]
        ),
    )

    assert len(refused(results)) == 1
    assert Debt.objects.count() == (3 if Register.objects.get().status == "certified" else 0)


@pytest.mark.parametrize("attempt", range(3))
def test_a_register_is_either_certified_or_taken_back(attempt):
    register = sent_register()

    certified, taken_back = at_once(
        partial(certify, register=register, sequence=register.sequence, by=make_officer()),
        partial(take_back, register=register, by=register.created_by),
    )

    [refusal] = refused([certified, taken_back])
    is_certified = refusal is taken_back
    assert Register.objects.get().status == ("certified" if is_certified else "draft")
    assert Debt.objects.count() == (3 if is_certified else 0)
    assert_ledger_is_proved()


def test_two_registers_of_a_centre_certified_at_once_leave_one_in_force():
    first = sent_register()
    lines = [line.values | {"principal": "9"} for line in first.lines.all()]
    second = make_sent_register(first.centre, lines, as_of_on=date(2018, 4, 30))
    heads = [make_officer(), make_officer()]

    at_once(
        *[
            partial(certify, register=register, sequence=register.sequence, by=head)
            for register, head in zip((first, second), heads, strict=True)
        ]
    )

    assert Register.objects.filter(status="certified").get() == second
    assert {debt.principal for debt in Debt.objects.all()} == {9}
    assert_ledger_is_proved()


def test_two_officers_typing_at_once_keep_every_line_of_both():
    register = make_register()
    officers = [register.created_by, make_officer()]
    batches = [[TypedRow(uuid4(), 0, line_of(), position=each) for each in range(20)] for _ in officers]

    at_once(
        *[
            partial(save_rows, register=register, rows=rows, by=officer, at=register.created_at)
            for rows, officer in zip(batches, officers, strict=True)
        ]
    )

    assert RegisterLine.objects.count() == 40
    assert Register.objects.get().sequence == 2


KILLED = """
import os, signal, sys
import django
django.setup()
from datetime import datetime, timezone
from uuid import uuid4
from accounts.models import Officer
from debts.models import Register
from debts.registers import rows
rows.mark_editing = lambda **editing: os.kill(os.getpid(), signal.SIGKILL)
batch = [rows.TypedRow(uuid4(), 0, {"name": "นางแก้ว ทองสุข"}, position=each) for each in range(50)]
register, officer = Register.objects.get(), Officer.objects.get(pk=int(sys.argv[1]))
rows.save_rows(register=register, rows=batch, by=officer, at=datetime.now(timezone.utc))
"""


def test_a_server_killed_in_the_middle_of_a_batch_leaves_nothing_of_it():
    register = make_register()
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"}

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(register.created_by_id)], env=environment, cwd=ROOT, check=False
    )

    assert killed.returncode == -signal.SIGKILL
    assert RegisterLine.objects.count() == 0
    rows = [TypedRow(uuid4(), 0, line_of(), position=1)]
    assert save_rows(register=register, rows=rows, by=register.created_by, at=register.created_at).rows


def test_an_edited_register_is_carried_out_once_by_two_officers_at_once():
    centre = make_nong_ha()
    make_old_debt(centre)
    file = bring_back(centre, edit(export(centre), (0, "principal", 33500)))
    edited, today = reread(file), timezone.localdate()

    results = at_once(*[lambda: apply(file=file, edited=edited, on=today, by=file.uploaded_by)] * 3)

    assert (len(refused(results)), Entry.objects.filter(kind=Entry.Kind.ADJUSTMENT).count()) == (2, 1)
    assert_ledger_is_proved()


def test_a_payment_and_an_edited_register_at_once_leave_a_proved_ledger():
    centre = make_nong_ha()
    debt = make_old_debt(centre)
    file = bring_back(centre, edit(export(centre), (0, "principal", 33500)))
    edited, today = reread(file), timezone.localdate()
    pay_some = partial(make_payment, debt, "1000", on=today, by=file.uploaded_by)

    at_once(pay_some, lambda: apply(file=file, edited=edited, on=today, by=file.uploaded_by))

    debt.refresh_from_db()
    assert debt.principal in (32500, 34000)


def merge_of(kept, emptied, by):
    return lambda: merge(kept=kept, emptied=emptied, choices=Choices(), reason="บ้านเดียวกัน", on=SIGNED, by=by)


@pytest.mark.parametrize("attempt", range(5))
def test_a_debt_added_while_its_household_is_merged_moves_or_is_refused(attempt):
    debt, officer = make_debt(), make_officer()
    kept, emptied = make_household(), debt.household
    columns = {"borrower": emptied.head, "fund": debt.fund, "number": "9/2560", "principal": Decimal(1)}

    results = at_once(
        merge_of(kept, emptied, officer),
        lambda: register(household=emptied, opened_on=SIGNED, by=officer, **columns),
    )

    assert not isinstance(results[0], REFUSALS)
    assert set(Debt.objects.values_list("household", flat=True)) == {kept.pk}
    assert Debt.objects.count() == 2 - len(refused(results))
    assert_ledger_is_proved()


@pytest.mark.parametrize("attempt", range(5))
def test_a_payment_while_its_household_is_merged_is_kept_or_refused(attempt):
    debt, officer = make_debt(), make_officer()
    kept = make_household()

    results = at_once(merge_of(kept, debt.household, officer), lambda: make_payment(debt, by=officer))

    assert Debt.objects.get().household == kept
    assert Payment.objects.count() == 1 - len(refused(results))
    assert_ledger_is_proved()


@pytest.mark.parametrize("attempt", range(5))
def test_two_households_merged_into_each_other_at_once_become_one(attempt):
    one, other, officer = make_household(), make_household(), make_officer()

    results = at_once(merge_of(one, other, officer), merge_of(other, one, officer))

    assert (len(refused(results)), HouseholdMerge.objects.count()) == (1, 1)
    assert Household.objects.standing().count() == 1


def test_a_merge_is_taken_back_once_at_once():
    officer = make_officer()
    done = merge_of(make_household(), make_household(), officer)()

    results = at_once(*[lambda: unmerge(merge=done, reason="คนละบ้าน", on=SIGNED, by=officer)] * 3)

    assert len(refused(results)) == 2
    assert Household.objects.standing().count() == 2


def test_a_register_brought_in_while_households_are_merged_leaves_no_debt_behind():
    centre = make_nong_ha()
    bring_in(keep_sample(centre))
    kept, emptied = Household.objects.order_by("pk")[:2]
    file, officer = keep_sample(centre, FORM), make_officer()
    terms = replace(usual_terms(centre, on=SIGNED), reason="มติที่ประชุมศูนย์ฯ")

    at_once(
        merge_of(kept, emptied, officer),
        lambda: merge_form(
            file=file, form=reread(file), terms=terms, rows=range(6, 21), by=officer, key=uuid4()
        ),
    )

    assert not Debt.objects.filter(household__merged_into__isnull=False).exists()
    assert_ledger_is_proved()
