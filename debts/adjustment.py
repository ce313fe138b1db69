"""A newer register says what a debt owes on a day: the ledger is brought to its figures by one entry."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Officer
from config import thai
from config.rounding import to_satang
from debts.ledger import lock_debts, lock_household, newest_entry_on, post
from debts.models import Debt, Entry
from debts.repayment import owed_on


class CannotAdjust(ValueError):
    """The balance stays as it is; `str()` is the Thai reason."""


@transaction.atomic
def adjust(
    *, debt: Debt, principal: Decimal, interest: Decimal, penalty: Decimal, on: date, by: Officer, note: str
) -> Entry | None:
    """Bring an old debt to what the register says is owed on day `on`, in baht, interest to that day included.

    None when that is what is owed by the ledger anyway; a debt brought to 0 is closed on `on`. `note` says
    where the figures come from. Locks the household, then the debt. Raises `CannotAdjust`.
    """
    lock_household(debt.household_id)
    [debt] = lock_debts(Debt.objects.filter(pk=debt.pk))
    figures = {"principal": principal, "interest": interest, "penalty": penalty}
    _refuse_figures(figures)
    _refuse_debt(debt, on)
    owed = owed_on(debt, on=on)
    if all(getattr(owed, part) == figure for part, figure in figures.items()):
        return None
    debt.accrued_to = on
    changes = {part: figure - getattr(debt, part) for part, figure in figures.items()}
    return post(debt, kind=Entry.Kind.ADJUSTMENT, on=on, by=by, note=note, **changes)


def _refuse_figures(figures: dict[str, Decimal]) -> None:
    if any(figure < 0 for figure in figures.values()):
        raise CannotAdjust("จำนวนเงินต้องไม่ติดลบ")
    if any(figure != to_satang(figure) for figure in figures.values()):
        raise CannotAdjust("ระบุจำนวนเงินทศนิยมไม่เกิน 2 ตำแหน่ง")


def _refuse_debt(debt: Debt, on: date) -> None:
    is_merged = debt.merges.filter(is_cancelled=False).exists()
    refusal = why_not_adjusted(debt, on=on, is_merged=is_merged, newest_on=newest_entry_on(debt))
    if refusal:
        raise CannotAdjust(refusal)


def why_not_adjusted(debt: Debt, *, on: date, is_merged: bool, newest_on: date) -> str:
    """Why a debt cannot be brought to other figures on day `on`, in Thai; "" when it can. `newest_on` is the day
    of its newest entry."""
    if debt.kind != Debt.Kind.ORIGINAL:
        return "หนี้ตามสัญญา 1 ครัวเรือน 1 สัญญา ปรับยอดตามทะเบียนไม่ได้"
    if is_merged:
        return "หนี้นี้รวมเข้าสัญญา 1 ครัวเรือน 1 สัญญา แล้ว ปรับยอดตามทะเบียนไม่ได้"
    if not debt.is_open:
        return f"หนี้นี้ปิดบัญชีแล้วเมื่อวันที่ {thai.short_date(debt.closed_on)}"
    if on < newest_on:
        return f"หนี้นี้มีรายการวันที่ {thai.short_date(newest_on)} แล้ว ระบุวันนั้นหรือหลังจากนั้น"
    return ""
