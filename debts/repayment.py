"""Money received for a debt: what is owed on a day, how a payment is divided, and taking a payment back.

Interest is charged as `debts.accrual` says. A payment is divided penalty → interest kept apart → interest →
principal, or in the order that the fund's lending rule of the day names: first over what is due, then in the same
order over what is not due yet. So whoever pays the schedule on its due dates pays its parts as printed, to the
satang. A payment between two due dates is not charged the running period unless it pays (nearly) everything off.
What `division_of` shows before saving is what `pay` posts.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from config import thai
from config.rounding import to_satang
from debts.accrual import Charge, due_charges, running_charges
from debts.interest import Allocation, allocate
from debts.ledger import ZERO, lock_debts, lock_household, newest_entry_on, post, reverse
from debts.models import PARTS, Collection, Contract, Debt, Entry, Payment, PaymentReversal
from debts.numbering import next_number


class CannotPay(ValueError):
    """The payment is not recorded, or not taken back; `str()` is the Thai reason."""


@dataclass(frozen=True)
class Owed:
    """Baht owed, by part."""

    penalty: Decimal = ZERO
    apart: Decimal = ZERO
    interest: Decimal = ZERO
    principal: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.penalty + self.apart + self.interest + self.principal


@dataclass(frozen=True)
class Division:
    """How a payment of `amount` baht would be divided: `paid` by part, of what is `owed` and `due` on the day.
    `charges` is the interest that it posts."""

    amount: Decimal
    owed: Owed
    due: Owed
    paid: Owed
    charges: tuple[Charge, ...]

    @property
    def left(self) -> Decimal:
        """Baht owed after it."""
        return self.owed.total - self.amount

    @property
    def pays_off(self) -> bool:
        return self.left == 0

    @property
    def in_advance(self) -> Decimal:
        """Baht paid before they are due."""
        return max(self.amount - self.due.total, ZERO)

    @property
    def advances_principal_alone(self) -> bool:
        """Whether all that is paid before it is due goes to the principal."""
        return self.paid.principal - self.due.principal == self.in_advance > 0

    @property
    def missing(self) -> Decimal:
        """Baht that are due and stay unpaid."""
        return max(self.due.total - self.amount, ZERO)


def owed_on(debt: Debt, *, on: date) -> Owed:
    """What pays the debt off on day `on`, interest to the day included."""
    contract = _contract(debt)
    return owed_with(debt, all_charges(debt, contract, on=on))


def due_on(debt: Debt, *, on: date) -> Owed:
    """What is to be paid by day `on`: all of an old debt, the instalments of a contract that are due."""
    contract = _contract(debt)
    owed = owed_with(debt, due_charges(debt, contract, on=on))
    return _due(owed, contract, on=on)


def division_of(*, debt: Debt, amount: Decimal, on: date) -> Division:
    """What `pay` would do with `amount` baht on day `on`. Writes nothing. Raises `CannotPay`."""
    _refuse_day(debt, on)
    _refuse_amount(amount)
    return _division(debt, _contract(debt), amount, on=on)


@transaction.atomic
def pay(
    *,
    debt: Debt,
    amount: Decimal,
    on: date,
    by: Officer,
    key: UUID,
    collection: Collection | None = None,
) -> Payment:
    """Record `amount` baht received on day `on`, at the meeting `collection` if it was one; the same `key` again
    returns the same payment.

    The contract ends with the payment that clears it. Raises `CannotPay`.
    """
    lock_household(debt.household_id, CannotPay)
    known = Payment.objects.filter(key=key).first()
    if known:
        return same_debt(known, debt)
    [debt] = lock_debts(Debt.everything.filter(pk=debt.pk).select_related("fund"))
    _refuse_day(debt, on)
    _refuse_amount(amount)
    contract = _contract(debt)
    division = _division(debt, contract, amount, on=on)
    payment = make_receipt(debt, amount, on=on, by=by, key=key, collection=collection)
    _post(debt, payment, division)
    if contract and contract.ended_on is None and debt.outstanding == 0:
        contract.end(Contract.Ending.PAID, reason="ชำระครบ", on=on, by=by)
    return payment


@transaction.atomic
def reverse_payment(*, payment: Payment, reason: str, on: date, by: Officer) -> PaymentReversal:
    """Take the debt's newest payment back, with the interest that it had posted. Raises `CannotPay`."""
    lock_household(payment.debt.household_id, CannotPay)
    [debt] = lock_debts(Debt.objects.filter(pk=payment.debt_id))
    contract = _contract(debt)
    _refuse_reversal(payment, debt, contract, reason, on)
    reversal = PaymentReversal.objects.create(payment=payment, on=on, reason=reason, by=by)
    debt.accrued_to = payment.accrued_from
    for entry in Entry.objects.filter(payment=payment).standing().order_by("-pk"):
        entry.debt = debt
        reverse(entry, on=on, by=by, note=reason)
    if contract and contract.ending == Contract.Ending.PAID:
        contract.reopen()
    record(by=by, action="payment-reverse", target=str(payment), detail={"reason": reason})
    return reversal


def _contract(debt: Debt) -> Contract | None:
    """The contract whose balance this debt is."""
    return getattr(debt, "contract", None) if debt.kind == Debt.Kind.MERGED else None


def all_charges(debt: Debt, contract: Contract | None, *, on: date) -> list[Charge]:
    """Interest up to day `on` that is not posted yet."""
    return [*due_charges(debt, contract, on=on), *running_charges(debt, contract, on=on)]


def _charges(debt: Debt, contract: Contract | None, amount: Decimal, *, on: date) -> list[Charge]:
    """With the running period's interest when the amount would pay everything else off."""
    due, every = due_charges(debt, contract, on=on), all_charges(debt, contract, on=on)
    most = owed_with(debt, every).total
    if amount > most:
        raise CannotPay(f"ยอดชำระมากกว่ายอดค้าง ระบุไม่เกิน {thai.money(most)} บาท")
    return every if amount >= owed_with(debt, due).total else due


def owed_with(debt: Debt, charges: list[Charge]) -> Owed:
    """What is owed once the charges are posted."""
    owed = {part: getattr(debt, part) for part in PARTS}
    for charge in charges:
        owed[charge.part] += charge.amount
    return Owed(**owed)


def _due(owed: Owed, contract: Contract | None, *, on: date) -> Owed:
    """Of what is owed, all but the instalments that come after day `on`; of a contract ended for default, all."""
    if contract is None or contract.ending == Contract.Ending.DEFAULTED:
        return owed
    later = [each for each in contract.instalments.all() if each.due_on > on]
    apart = max(ZERO, owed.apart - sum((each.apart for each in later), ZERO))
    principal = max(ZERO, owed.principal - sum((each.principal for each in later), ZERO))
    return Owed(owed.penalty, apart, owed.interest, principal)


def _division(debt: Debt, contract: Contract | None, amount: Decimal, *, on: date) -> Division:
    """Baht for each part: what is due first, then what is not due yet."""
    charges = _charges(debt, contract, amount, on=on)
    owed = owed_with(debt, charges)
    due = _due(owed, contract, on=on)
    rest = Owed(**{part: getattr(owed, part) - getattr(due, part) for part in PARTS})
    order, for_due = debt.fund.payment_order_on(on), min(amount, due.total)
    first, second = _allocated(for_due, due, order), _allocated(amount - for_due, rest, order)
    paid = {part: getattr(first, part) + getattr(second, part) for part in PARTS}
    return Division(amount, owed, due, Owed(**paid), tuple(charges))


def _allocated(amount: Decimal, owed: Owed, order: tuple[str, ...]) -> Allocation:
    parts = {part: getattr(owed, part) for part in PARTS}
    return allocate(amount, order=order, **parts) if amount else Allocation()


def make_receipt(debt: Debt, amount: Decimal, *, on: date, **fields) -> Payment:
    """A receipt with the fund's next number; the caller posts what it pays."""
    year = thai.buddhist_year(on)
    return Payment.objects.create(
        debt=debt,
        fund_id=debt.fund_id,
        year=year,
        sequence=next_number(f"receipt/{debt.fund_id}/{year}"),
        on=on,
        amount=amount,
        accrued_from=debt.accrued_to,
        **fields,
    )


def _post(debt: Debt, payment: Payment, division: Division) -> None:
    common = {"on": payment.on, "by": payment.by, "payment": payment}
    for charge in division.charges:
        debt.accrued_to = charge.to
        if charge.amount:
            post(debt, kind=Entry.Kind.ACCRUAL, note=charge.note, **{charge.part: charge.amount}, **common)
    paid = {part: -getattr(division.paid, part) for part in PARTS}
    post(debt, kind=Entry.Kind.PAYMENT, **paid, **common)


def same_debt(payment: Payment, debt: Debt) -> Payment:
    """The payment that a resent form had made. Raises `CannotPay` when it was for another debt."""
    if payment.debt_id != debt.pk:
        raise CannotPay("แบบนี้ใช้บันทึกการชำระหนี้อื่นแล้ว เริ่มบันทึกใหม่")
    return payment


def _refuse_day(debt: Debt, on: date) -> None:
    if not debt.is_open:
        raise CannotPay(f"หนี้นี้ปิดบัญชีแล้วเมื่อวันที่ {thai.short_date(debt.closed_on)}")
    _refuse_before_newest_entry(debt, on)


def _refuse_amount(amount: Decimal) -> None:
    if amount <= 0 or amount != to_satang(amount):
        raise CannotPay("ระบุจำนวนเงินที่รับชำระมากกว่า 0 บาท ทศนิยมไม่เกิน 2 ตำแหน่ง")


def _refuse_before_newest_entry(debt: Debt, on: date) -> None:
    newest_on = max(newest_entry_on(debt), debt.opened_on)
    if on < newest_on:
        raise CannotPay(f"หนี้นี้มีรายการวันที่ {thai.short_date(newest_on)} แล้ว ระบุวันนั้นหรือหลังจากนั้น")


def _refuse_reversal(payment: Payment, debt: Debt, contract: Contract | None, reason: str, on: date) -> None:
    newest = debt.payments.standing().order_by("-pk").first()
    if PaymentReversal.objects.filter(payment=payment).exists():
        raise CannotPay("กลับรายการรับชำระนี้แล้ว")
    if newest != payment:
        raise CannotPay(f"กลับรายการรับชำระล่าสุดก่อน ({newest} วันที่ {thai.short_date(newest.on)})")
    if not reason.strip():
        raise CannotPay("ระบุเหตุผลที่กลับรายการ")
    if debt.merges.filter(is_cancelled=False).exists():
        raise CannotPay("หนี้นี้รวมเข้าสัญญา 1 ครัวเรือน 1 สัญญา แล้ว ยกเลิกสัญญาก่อนกลับรายการ")
    if _adjusted_since(payment, debt):
        raise CannotPay("หนี้นี้ปรับยอดตามทะเบียนหลังการรับชำระนี้แล้ว ปรับยอดตามทะเบียนอีกครั้งแทนการกลับรายการ")
    if contract and _replanned_since(payment, contract):
        raise CannotPay("สัญญานี้เปลี่ยนแผนหลังการรับชำระนี้แล้ว เลิกทำการเปลี่ยนแผนก่อนกลับรายการ")
    if contract and debt.household.contracts.standing().exclude(pk=contract.pk).exists():
        raise CannotPay("ครัวเรือนนี้ทำสัญญาใหม่แล้ว ยกเลิกสัญญาใหม่ก่อนกลับรายการ")
    _refuse_before_newest_entry(debt, on)


def _replanned_since(payment: Payment, contract: Contract) -> bool:
    """Whether a change of plan that is in force began from the balance that this payment left."""
    last = payment.entries.order_by("-pk")[0]
    return contract.plan_changes.applied().filter(newest_entry__gte=last.pk).exists()


def _adjusted_since(payment: Payment, debt: Debt) -> bool:
    """Whether a register has since said what is owed, so that taking the payment back would say it wrongly."""
    last = payment.entries.order_by("-pk")[0]
    return debt.entries.filter(kind=Entry.Kind.ADJUSTMENT, pk__gt=last.pk).exists()
