"""Money received on a contract after its debt was written off.

What comes back is owed again for the moment in which it is paid: one entry puts it into the books, the next pays it,
both with the same receipt. So receipts, their numbers and their reversal are those of every other payment.
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from accounts.models import Officer
from config import thai
from config.money import total
from config.rounding import to_satang
from debts.interest import ZERO
from debts.ledger import lock_debts, lock_household, newest_entry_on, post
from debts.models import PARTS, Contract, Debt, Entry, Payment
from debts.repayment import CannotPay, make_receipt, same_debt


def written_off(debt: Debt) -> dict[str, Decimal]:
    """Baht written off and not recovered, by part."""
    sums = debt.entries.of_kinds(Entry.OF_A_WRITE_OFF).aggregate(**{part: total(part) for part in PARTS})
    return {part: -amount for part, amount in sums.items()}


@transaction.atomic
def recover(*, contract: Contract, amount: Decimal, on: date, by: Officer, key: UUID) -> Payment:
    """Record `amount` baht received on day `on` for a debt that was written off; the same `key` again returns the same
    payment. Principal comes back first. Raises `CannotPay`.
    """
    lock_household(contract.household_id, CannotPay)
    known = Payment.objects.filter(key=key).first()
    [debt] = lock_debts(Debt.objects.filter(pk=contract.debt_id))
    if known:
        return same_debt(known, debt)
    parts = _parts(debt, amount, on)
    payment = make_receipt(debt, amount, on=on, by=by, key=key)
    common = {"on": on, "by": by, "payment": payment}
    post(debt, kind=Entry.Kind.RECOVERY, **parts, **common)
    post(debt, kind=Entry.Kind.PAYMENT, **{part: -paid for part, paid in parts.items()}, **common)
    return payment


def _parts(debt: Debt, amount: Decimal, on: date) -> dict[str, Decimal]:
    lost = written_off(debt)
    most, newest_on = sum(lost.values()), newest_entry_on(debt)
    if amount <= 0 or amount != to_satang(amount):
        raise CannotPay("ระบุจำนวนเงินที่ได้รับคืนมากกว่า 0 บาท ทศนิยมไม่เกิน 2 ตำแหน่ง")
    if amount > most:
        raise CannotPay(f"ได้รับคืนได้ไม่เกินยอดที่ตัดหนี้สูญไว้ {thai.money(most)} บาท")
    if on < newest_on:
        raise CannotPay(f"หนี้นี้มีรายการวันที่ {thai.short_date(newest_on)} แล้ว ระบุวันนั้นหรือหลังจากนั้น")
    parts, left = {}, amount
    for part in ("principal", "interest", "apart", "penalty"):
        parts[part] = min(left, max(lost[part], ZERO))
        left -= parts[part]
    return parts
