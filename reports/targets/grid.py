"""The cells of the entry grid: an area and those just below it, a measure and its parts; typed and usual numbers."""

from dataclasses import dataclass

from areas.models import Area
from reports import figures
from reports.models import HOUSEHOLDS, Measure, Target
from reports.targets.life import Cell
from reports.targets.reach import WITH_BUDGET, WITHOUT_BUDGET, usual_by_village


@dataclass(frozen=True)
class Grid:
    """The areas are the rows, the area itself first; the measures are the columns, the whole first."""

    areas: list[Area]
    measures: list[Measure]
    year: int

    @property
    def cells(self) -> list[Cell]:
        return [(area.code, measure.code) for area in self.areas for measure in self.measures]

    def typed(self) -> dict[Cell, int]:
        """The numbers that are written down."""
        rows = Target.objects.filter(area__in=self.areas, measure__in=self.measures, fiscal_year=self.year)
        return {
            (area, measure): number for area, measure, number in rows.values_list("area", "measure", "number")
        }

    def usual(self) -> dict[Cell, int]:
        """What is usually asked: 30 households of a centre with a budget of the year, 5 of one without. Empty for other
        measures."""
        if self.measures[0].pk != HOUSEHOLDS:
            return {}
        usual = usual_by_village(self.areas[0], year=self.year)
        found = {}
        for area in self.areas:
            asked = [_sum_within(area, usual, each) for each in (WITH_BUDGET, WITHOUT_BUDGET)]
            numbers = (sum(asked), *asked)
            if sum(asked):
                found.update(
                    {
                        (area.code, each.code): number
                        for each, number in zip(self.measures, numbers, strict=True)
                    }
                )
        return found


def grid_of(area: Area, measure: Measure, *, year: int) -> Grid:
    below = sorted(figures.places_below(area), key=lambda place: (place.sort, place.code))
    return Grid([area, *below], [measure, *measure.parts.order_by("order")], year)


def _sum_within(area: Area, usual: dict[str, int], asked: int) -> int:
    """Households of the area's centres that are asked for so many."""
    return sum(
        number for village, number in usual.items() if number == asked and village.startswith(area.prefix)
    )
