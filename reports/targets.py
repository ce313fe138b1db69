"""Setting what the areas below should reach in a fiscal year."""

from django.db import transaction

from accounts.models import Officer
from areas.models import Area
from reports.models import Target


@transaction.atomic
def set_targets(*, year: int, households: dict[Area, int | None], by: Officer) -> int:
    """Write down the typed targets (households); None removes one. Returns how many areas changed."""
    known = {target.area_id: target for target in _locked(year, households)}
    return sum(_set(known.get(area.pk), area, year, number, by) for area, number in households.items())


def _locked(year, households):
    return Target.objects.select_for_update().filter(area__in=households, fiscal_year=year).order_by("pk")


def _set(known: Target | None, area: Area, year: int, number: int | None, by: Officer) -> bool:
    if number == (known.households if known else None):
        return False
    if number is None:
        known.delete()
    else:
        Target.objects.update_or_create(
            area=area, fiscal_year=year, defaults={"households": number, "set_by": by}
        )
    return True
