"""The ledger: balances are the sum of entries, and entries are never changed."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from config.append_only import release
from debts.adjustment import adjust
from debts.consolidation import cancel
from debts.ledger import CannotPost, post, reverse
from debts.ledger_proofs import PROOFS
from debts.models import Debt, Entry
from debts.repayment import CannotPay, reverse_payment
from tests.factories import SIGNED, make_contract, make_debt, make_officer, make_payment

pytestmark = pytest.mark.django_db
LATER = date(2017, 6, 15)


def test_a_debt_opens_with_what_the_register_says():
    debt = make_debt(principal="16975", interest="525")

    debt.refresh_from_db()

    assert (debt.principal, debt.interest, debt.outstanding) == (16975, 525, 17500)


def test_a_balance_of_a_past_day_does_not_know_later_entries():
    debt, officer = make_debt(principal="20000"), make_officer()
    post(debt, kind=Entry.Kind.PAYMENT, on=LATER, by=officer, principal=Decimal(-5000))

    before, after = (Debt.objects.with_balance(on=day).get(pk=debt.pk) for day in (date(2017, 6, 14), LATER))

    assert (before.outstanding_on, after.outstanding_on) == (Decimal("20000.00"), Decimal("15000.00"))


def test_more_than_is_owed_cannot_be_taken():
    debt, officer = make_debt(principal="20000"), make_officer()

    with pytest.raises(CannotPost):
        post(debt, kind=Entry.Kind.PAYMENT, on=LATER, by=officer, principal=Decimal("-20000.01"))


def test_a_reversed_entry_leaves_the_balance_as_it_was():
    debt, officer = make_debt(principal="20000"), make_officer()
    entry = post(debt, kind=Entry.Kind.PAYMENT, on=LATER, by=officer, principal=Decimal(-20000))

    reverse(entry, on=LATER, by=officer, note="บันทึกผิดราย")

    debt.refresh_from_db()
    assert (debt.outstanding, debt.closed_on) == (20000, None)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(verb):
    entries = Entry.objects.filter(debt=make_debt())
    change = (lambda: entries.update(principal=1)) if verb == "update" else entries._raw_delete

    with pytest.raises(DatabaseError), transaction.atomic():
        change(*([] if verb == "update" else [entries.db]))


def make_history():
    """Everything that writes to the ledger: merges, a cancelled contract, payments, one taken back."""
    officer = make_officer()
    cancelled = make_contract()
    cancel(contract=cancelled, reason="ผิด", on=SIGNED, by=officer)
    debt = make_debt(fund=cancelled.lender, principal="20000", interest="300", penalty=Decimal(50))
    contract = make_contract([debt])
    make_payment(contract.debt, "1500", on=date(2017, 7, 15))
    wrong = make_payment(contract.debt, "700", on=date(2017, 8, 15))
    reverse_payment(payment=wrong, reason="ผิด", on=date(2017, 8, 15), by=officer)
    paid = make_debt(fund=debt.fund)
    make_payment(paid, "1000")
    amounts = {"principal": Decimal(18000), "interest": Decimal(0), "penalty": Decimal(0)}
    adjust(debt=paid, on=date(2018, 4, 30), by=officer, note="ทะเบียนปี 2561", **amounts)


def ledger_report() -> str:
    written = StringIO()
    try:
        call_command("check_ledger", stdout=written)
    except CommandError as failure:
        written.write(str(failure))
    return written.getvalue()


def test_the_ledger_proves_itself_whatever_was_done():
    make_history()

    report = ledger_report()

    assert "ไม่ตรง" not in report
    assert report.count("ตรงกัน: ") == len(PROOFS)


DAMAGE = [
    (
        "ยอดคงเหลือของหนี้",
        "UPDATE debts_debt SET principal = principal + 1, outstanding = outstanding + 1 WHERE closed_on IS NULL",
    ),
    ("ปิดบัญชี", "UPDATE debts_debt SET closed_on = NULL"),
    ("ปิดบัญชี", "UPDATE debts_debt SET closed_on = '2001-01-01' WHERE outstanding = 0"),
    ("จำนวนเงินตามสัญญา", "UPDATE debts_contract SET amount = amount + 1, bears_interest = bears_interest + 1"),
    ("จำนวนเงินตามสัญญา", "UPDATE debts_contract SET waived = waived + 1"),
    ("ตารางผ่อนชำระ", "UPDATE debts_instalment SET principal = principal + 1 WHERE number = 1"),
    ("รับโอน", "UPDATE debts_contract SET new_money = new_money + 1"),
    ("จำนวนเงินที่รับ", "UPDATE debts_payment SET amount = amount + 1"),
    ("รายการที่กลับ", "UPDATE debts_entry SET principal = principal + 1 WHERE kind = 'reversal'"),
    (
        "ปรับยอดตามทะเบียน",
        "UPDATE debts_entry SET payment_id = (SELECT MIN(id) FROM debts_payment) WHERE kind = 'adjustment'",
    ),
    ("เลขที่สัญญา", "UPDATE debts_contract SET sequence = 9 WHERE sequence = 1"),
    ("เลขที่ใบเสร็จ", "UPDATE debts_payment SET sequence = 9 WHERE sequence = 1"),
    ("เลขที่ใบเสร็จ", "UPDATE debts_runningnumber SET last = last + 1"),
]


@pytest.mark.parametrize(("promise", "damage"), DAMAGE)
def test_the_proof_sees_one_satang_of_damage(promise, damage):
    make_history()
    release(connection, "debts_entry")

    with connection.cursor() as cursor:
        cursor.execute(damage)

    report = ledger_report()
    assert any(line.startswith("ไม่ตรง: ") and promise in line for line in report.splitlines())
    assert "พบรายการที่ไม่ตรงกัน" in report


def test_a_refused_payment_uses_no_receipt_number():
    debt = make_debt(principal="1000", rate_percent=Decimal(0))
    with pytest.raises(CannotPay):
        make_payment(debt, "1000.01")

    payment = make_payment(debt, "1000")

    assert payment.number == "1/2560"
