"""รับปากชำระ: what a debtor promised, and whether it was kept. The outcome follows from the payments alone.

Money counts for a promise when it came after the day of the promise and no later than the promised day. While one
promise waits, no other is taken, so no payment keeps two.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import TextChoices

from accounts.audit import record
from accounts.models import Officer
from config import thai
from config.rounding import to_satang
from debts.ledger import lock_debts, lock_household
from debts.models import Debt, Promise


class CannotPromise(ValueError):
    """The promise is not written down, or not taken back; `str()` is the Thai reason."""


class Outcome(TextChoices):
    WAITING = "waiting", "ยังไม่ถึงวันที่รับปาก"
    KEPT = "kept", "ชำระตามที่รับปาก"
    PARTLY = "partly", "ชำระบางส่วน"
    BROKEN = "broken", "ไม่ชำระตามที่รับปาก"
    WITHDRAWN = "withdrawn", "ถอนรายการแล้ว"

    @property
    def tag(self) -> str:
        return {"waiting": "wait", "kept": "ok", "partly": "warn", "broken": "error"}.get(self, "neutral")


@transaction.atomic
def promise(*, debt: Debt, amount: Decimal, made_on: date, due_on: date, note: str, by: Officer) -> Promise:
    """Write down that the debtor said on `made_on` to pay `amount` baht by `due_on`. Raises `CannotPromise`."""
    lock_household(debt.household_id, CannotPromise)
    [debt] = lock_debts(Debt.objects.filter(pk=debt.pk))
    _refuse_promise(debt, amount, made_on, due_on)
    return Promise.objects.create(debt=debt, amount=amount, made_on=made_on, due_on=due_on, note=note, by=by)


@transaction.atomic
def withdraw_promise(*, made: Promise, reason: str, on: date, by: Officer) -> Promise:
    """Take back a promise that was written down by mistake. It stays in the history. Raises `CannotPromise`."""
    made = Promise.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if made.withdrawn_on:
        raise CannotPromise("ถอนรายการนี้แล้ว")
    if not reason.strip():
        raise CannotPromise("ระบุเหตุผล")
    made.withdrawn_on, made.withdrawn_by, made.withdrawn_reason = on, by, reason
    made.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_reason"])
    record(by=by, action="promise-withdraw", target=f"promise {made.pk}", detail={"reason": reason})
    return made


def outcome_of(made: Promise, *, on: date) -> Outcome:
    """What became of a promise of `with_received(on=)`, as seen on day `on`."""
    if made.withdrawn_on and made.withdrawn_on <= on:
        return Outcome.WITHDRAWN
    return outcome(made.amount, made.received, made.due_on, on=on)


def outcome(amount: Decimal, received: Decimal, due_on: date, *, on: date) -> Outcome:
    """Baht promised by `due_on` and baht received in time, as seen on day `on`."""
    if received >= amount:
        return Outcome.KEPT
    if on <= due_on:
        return Outcome.WAITING
    return Outcome.PARTLY if received else Outcome.BROKEN


def _refuse_promise(debt: Debt, amount: Decimal, made_on: date, due_on: date) -> None:
    if not debt.is_open:
        raise CannotPromise(f"หนี้นี้ปิดบัญชีแล้วเมื่อวันที่ {thai.short_date(debt.closed_on)}")
    if amount <= 0 or amount != to_satang(amount):
        raise CannotPromise("ระบุจำนวนเงินที่รับปากมากกว่า 0 บาท ทศนิยมไม่เกิน 2 ตำแหน่ง")
    if due_on <= made_on:
        raise CannotPromise("ระบุวันที่จะชำระหลังวันที่รับปาก")
    _refuse_beside_another(debt, made_on, due_on)


def _refuse_beside_another(debt: Debt, made_on: date, due_on: date) -> None:
    """Refuse what overlaps another promise that was not yet kept when this one was made."""
    overlapping = debt.promises.standing().filter(due_on__gt=made_on, made_on__lt=due_on)
    for other in overlapping.with_received(on=made_on):
        if outcome_of(other, on=made_on) != Outcome.KEPT:
            raise CannotPromise(
                f"มีการรับปากชำระภายในวันที่ {thai.short_date(other.due_on)} จำนวน {thai.money(other.amount)} บาท"
                " อยู่แล้ว รอผลหรือถอนรายการเดิมก่อน"
            )
