"""Stamp duty: 1 baht for every 2,000 or part of it; the lender pays, the borrower cancels the stamp."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts.interest import stamp_duty
from debts.ledger import lock_household
from debts.models import Contract, StampDuty


class CannotPayDuty(ValueError):
    """Nothing is written down; `str()` is the Thai reason."""


def duty_of(contract: Contract) -> Decimal:
    """Baht of duty the contract has to carry."""
    return stamp_duty(contract.amount)


@transaction.atomic
def pay_duty(*, contract: Contract, amount: Decimal, on: date, note: str, by: Officer) -> StampDuty:
    """Write down that the duty was paid, or correct what was written. More than is due (a late stamp costs
    extra) needs a note. Raises `CannotPayDuty`."""
    lock_household(contract.household_id, CannotPayDuty)
    contract = Contract.objects.get(pk=contract.pk)
    _refuse(contract, amount, on, note)
    paid = StampDuty.objects.filter(contract=contract).first() or StampDuty(contract=contract)
    before = {"amount": str(paid.amount), "on": str(paid.on)} if paid.pk else None
    paid.amount, paid.on, paid.note, paid.by = amount, on, note, by
    paid.save()
    detail = {"amount": str(amount), "on": str(on), "before": before}
    record(by=by, action="stamp-duty", target=str(contract), detail=detail)
    return paid


def _refuse(contract: Contract, amount: Decimal, on: date, note: str) -> None:
    due = duty_of(contract)
    if contract.ending == Contract.Ending.CANCELLED:
        raise CannotPayDuty("สัญญานี้ยกเลิกแล้ว")
    if amount < due:
        raise CannotPayDuty(f"อากรแสตมป์ของสัญญานี้ {thai.money(due)} บาท ระบุไม่น้อยกว่านี้")
    if amount > due and not note:
        raise CannotPayDuty(f"เกินอากร {thai.money(due)} บาท ระบุหมายเหตุ เช่น เงินเพิ่มที่เสียล่าช้า")
    if on < contract.signed_on:
        raise CannotPayDuty(f"ระบุวันที่ตั้งแต่วันทำสัญญา {thai.short_date(contract.signed_on)} เป็นต้นไป")
