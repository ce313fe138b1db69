"""A household enters the process: its case, and the debt it entered with."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from accounts.models import Officer
from config import thai
from config.money import total
from debts.ledger import lock_household
from debts.models import Case, Debt
from funds.models import Centre
from households.models import Household


class CannotSelect(ValueError):
    """The household does not enter the process; `str()` is the Thai reason."""


@transaction.atomic
def select(*, household: Household, on: date, by: Officer) -> Case:
    """Open the household's case for the fiscal year of `on`. Raises `CannotSelect`.

    Locks the household, so that two officers cannot open two cases.
    """
    household = lock_household(household.pk, CannotSelect)
    centre = Centre.objects.filter(village=household.village_id).first()
    baseline = baseline_on(household, on=on) if centre else Decimal(0)
    _refuse(household, centre, baseline, on)
    return Case.objects.create(
        household=household,
        centre=centre,
        fiscal_year=thai.fiscal_year(on),
        opened_on=on,
        opened_by=by,
        baseline=baseline,
    )


def baseline_on(household: Household, *, on: date) -> Decimal:
    """Baht the household owes the member funds of its centre, by the ledger of day `on`."""
    is_member = Q(fund__closed_on=None) | Q(fund__closed_on__gt=on)
    debts = Debt.objects.filter(is_member, household=household, fund__centre__village=household.village_id)
    return debts.with_balance(on=on).aggregate(owed=total("outstanding_on"))["owed"]


def _refuse(household: Household, centre: Centre | None, baseline: Decimal, on: date) -> None:
    year = thai.fiscal_year(on)
    if centre is None:
        raise CannotSelect("ยังไม่มีศูนย์ฯ ในหมู่บ้านนี้ เพิ่มศูนย์ฯ ก่อนคัดเลือกครัวเรือน")
    if household.cases.open().exists():
        raise CannotSelect("ครัวเรือนนี้อยู่ในกระบวนการแล้ว")
    if household.cases.filter(fiscal_year=year).exists():
        raise CannotSelect(f"ครัวเรือนนี้เข้ากระบวนการในปีงบประมาณ {year} แล้ว")
    if baseline == 0:
        raise CannotSelect(f"ครัวเรือนนี้ไม่มีหนี้ในกองทุนสมาชิก ณ วันที่ {thai.short_date(on)}")
