"""A household enters the process: its case, and the debt it entered with."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from accounts.models import Officer
from config import thai
from config.money import total
from debts.cases.moves import MOVES, CannotMove, begin, move
from debts.ledger import lock_household
from debts.models import Case, Contract, Debt
from funds.models import Centre
from households.models import Household


class CannotSelect(ValueError):
    """The household does not enter the process; `str()` is the Thai reason."""


@transaction.atomic
def select(*, household: Household, on: date, by: Officer) -> Case:
    """Open the household's case for the fiscal year of `on`. Raises `CannotSelect`.

    A case of an earlier year whose contract is paid in full ends with it. Locks the household, so that two
    officers cannot open two cases.
    """
    household = lock_household(household.pk, CannotSelect)
    centre = Centre.objects.filter(village=household.village_id).first()
    baseline = baseline_on(household, on=on) if centre else Decimal(0)
    _finish_the_paid(household, on=on, by=by)
    _refuse(household, centre, baseline, on)
    case = Case.objects.create(
        household=household,
        centre=centre,
        fiscal_year=thai.fiscal_year(on),
        opened_on=on,
        opened_by=by,
        baseline=baseline,
    )
    begin(case)
    return case


@transaction.atomic
def select_many(*, households: Iterable[Household], on: date, by: Officer) -> list[Case]:
    """Open the cases of all these households, or of none. Raises `CannotSelect` naming every one that is refused."""
    cases, refusals = [], []
    for household in sorted(households, key=lambda each: each.pk):
        try:
            with transaction.atomic():
                cases.append(select(household=household, on=on, by=by))
        except CannotSelect as refusal:
            refusals.append(f"{household}: {refusal}")
    if refusals:
        raise CannotSelect(" • ".join(refusals))
    return cases


@transaction.atomic
def leave(*, case: Case, to: str, reason: str, on: date, by: Officer) -> Case:
    """The household leaves the process: not eligible, withdrawn or the talks failed. Raises `CannotMove`."""
    lock_household(case.household_id, CannotMove)
    return move(case=case, to=to, reason=reason, on=on, by=by)


@transaction.atomic
def come_back(*, case: Case, on: date, by: Officer) -> Case:
    """Undo leaving: the same case goes on, with the baseline it was opened with. Raises `CannotMove`."""
    household = lock_household(case.household_id, CannotMove)
    if household.cases.open().exists():
        raise CannotMove("ครัวเรือนนี้อยู่ในกระบวนการแล้ว")
    return move(case=case, to=Case.Stage.SELECTED, reason="กลับเข้ากระบวนการ", on=on, by=by)


def exits_of(case: Case) -> list[tuple[str, str]]:
    """(value, label) of the ways out of the process that the case's stage leaves open."""
    return [(stage.value, stage.label) for stage in Case.EXITS if stage in MOVES[case.stage]]


def baseline_on(household: Household, *, on: date) -> Decimal:
    """Baht the household owes the member funds of its centre, by the ledger of day `on`."""
    is_member = Q(fund__closed_on=None) | Q(fund__closed_on__gt=on)
    debts = Debt.objects.filter(is_member, household=household, fund__centre__village=household.village_id)
    return debts.with_balance(on=on).aggregate(owed=total("outstanding_on"))["owed"]


def _finish_the_paid(household: Household, *, on: date, by: Officer) -> None:
    """End the open case of an earlier fiscal year when its contract is paid in full."""
    earlier = household.cases.open().filter(fiscal_year__lt=thai.fiscal_year(on), stage=Case.Stage.CONTRACTED)
    paid = (
        Contract.objects.filter(case__in=earlier, ending=Contract.Ending.PAID).select_related("case").first()
    )
    if paid and not household.contracts.standing().exists():
        move(
            case=paid.case, to=Case.Stage.FINISHED, reason=f"{paid} ชำระครบ", on=max(on, paid.ended_on), by=by
        )


def _refuse(household: Household, centre: Centre | None, baseline: Decimal, on: date) -> None:
    year = thai.fiscal_year(on)
    if centre is None:
        raise CannotSelect("ยังไม่มีศูนย์ฯ ในหมู่บ้านนี้ เพิ่มศูนย์ฯ ก่อนคัดเลือกครัวเรือน")
    if household.cases.open().exists():
        raise CannotSelect("ครัวเรือนนี้อยู่ในกระบวนการแล้ว")
    if household.cases.filter(fiscal_year=year).exists():
        raise CannotSelect(f"ครัวเรือนนี้เข้ากระบวนการในปีงบประมาณ {year} แล้ว เปิดรายการเดิมแล้วเลือก กลับเข้ากระบวนการ")
    if baseline == 0:
        raise CannotSelect(f"ครัวเรือนนี้ไม่มีหนี้ในกองทุนสมาชิก ณ วันที่ {thai.short_date(on)}")
