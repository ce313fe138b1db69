"""How far centres have come with the households they are asked to select in a fiscal year."""

from collections import Counter
from dataclasses import dataclass

from areas.models import Area
from debts.models import Case
from funds.models import Centre
from reports.models import Target

# Households a centre, from the department's totals of FY2565 (domain.md §0.11).
WITH_BUDGET, WITHOUT_BUDGET = 30, 5


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
    villages = [centre.village_id for centre in centres]
    typed = Target.objects.of_households().filter(area__in=villages, fiscal_year=year)
    targets = dict(typed.values_list("area_id", "number"))
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
    return _usual(centre.budget_year, year)


def usual_by_village(area: Area, *, year: int) -> dict[str, int]:
    """The same of every centre in the area that was there in the fiscal year, by the code of its village. One query."""
    centres = Centre.objects.within(area).exclude(founded_year__gt=year)
    found = centres.values_list("village", "budget_year")
    return {village: _usual(budget_year, year) for village, budget_year in found}


def _usual(budget_year: int | None, year: int) -> int:
    return WITH_BUDGET if budget_year == year else WITHOUT_BUDGET
