"""How far centres have come with the households they are asked to select in a fiscal year."""

from collections import Counter
from dataclasses import dataclass

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
    return WITH_BUDGET if centre.budget_year == year else WITHOUT_BUDGET
