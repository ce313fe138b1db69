"""The periods of a fiscal year and by when districts and provinces send: data that the department edits."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import Officer
from reports.models import Period

NUMBERS = {Period.Kind.MONTH: range(1, 13), Period.Kind.QUARTER: range(1, 5)}


@dataclass(frozen=True)
class Deadline:
    """Of one period: by when its districts and provinces send."""

    kind: str
    number: int
    district: date
    province: date


def periods_of(year: int) -> list[Period]:
    """All months and quarters of the year, those that were not set unsaved."""
    kept = {(each.kind, each.number): each for each in Period.objects.filter(fiscal_year=year)}
    return [
        kept.get((kind, number)) or Period(fiscal_year=year, kind=kind, number=number)
        for kind, numbers in NUMBERS.items()
        for number in numbers
    ]


@transaction.atomic
def set_deadlines(*, year: int, deadlines: list[Deadline], by: Officer) -> int:
    """Write the deadlines of a fiscal year (พ.ศ.) down; how many changed. What was sent keeps the one it was sent
    under."""
    locked = Period.objects.select_for_update().filter(fiscal_year=year).order_by("pk")
    kept = {(each.kind, each.number): each for each in locked}
    return sum(_set(kept.get((each.kind, each.number)), year, each, by) for each in deadlines)


def _set(known: Period | None, year: int, deadline: Deadline, by: Officer) -> bool:
    days = {"district_due_on": deadline.district, "province_due_on": deadline.province}
    if known and all(getattr(known, name) == day for name, day in days.items()):
        return False
    Period.objects.update_or_create(
        fiscal_year=year, kind=deadline.kind, number=deadline.number, defaults={**days, "set_by": by}
    )
    return True
