"""What areas and centres should reach in a fiscal year, and how far centres have come."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Officer
from areas.models import Area
from debts.models import Case
from funds.models import Centre
from reports.models import Target

WITH_BUDGET, WITHOUT_BUDGET = (
    30,
    5,
)  # households a centre; from the department's totals of FY2565 (domain.md §0.11)


@dataclass(frozen=True)
class Reach:
    """A centre's households of a fiscal year: asked for and selected. `is_typed` when the target was set, not usual."""

    centre: Centre
    target: int
    is_typed: bool
    selected: int

    @property
    def lacking(self) -> int:
        return max(self.target - self.selected, 0)


def reaches(centres, *, year: int) -> list[Reach]:
    """Of each centre, those that lack most households first."""
    centres = list(centres)
    typed = Target.objects.filter(area__in=[centre.village_id for centre in centres], fiscal_year=year)
    targets = dict(typed.values_list("area_id", "households"))
    cases = Case.objects.counted().filter(centre__in=centres, fiscal_year=year).exclude(stage__in=Case.EXITS)
    selected = Counter(cases.values_list("centre", flat=True))
    found = [
        Reach(
            centre,
            targets.get(centre.village_id, usual_target(centre, year)),
            centre.village_id in targets,
            selected[centre.pk],
        )
        for centre in centres
    ]
    return sorted(found, key=lambda reach: (-reach.lacking, reach.centre.village.sort))


def reach_of(centre: Centre, *, year: int) -> Reach:
    return reaches([centre], year=year)[0]


def usual_target(centre: Centre, year: int) -> int:
    """Households asked of a centre for which no target was set: more with a budget of the year than without."""
    return WITH_BUDGET if centre.budget_year == year else WITHOUT_BUDGET


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
