"""What is typed into the grid of targets."""

from django.forms import BoundField

from accounts.forms import OfficerForm
from areas.models import Area
from config.forms import CountBox
from reports.targets.grid import Grid
from reports.targets.life import Cell

MOST = 2_000_000_000  # what the column holds


class GridForm(OfficerForm):
    """A box for each cell."""

    def __init__(self, *args, grid: Grid, **options):
        self.grid = grid
        self.base_fields = {
            _name(area.code, measure.code): CountBox(
                label=f"{area.label} {measure.name}", required=False, max_value=MOST
            )
            for area in grid.areas
            for measure in grid.measures
        }
        super().__init__(*args, **options)

    @property
    def rows(self) -> list[tuple[Area, list[tuple[str, BoundField]]]]:
        """Each area with its boxes, and what the column is called."""
        return [
            (area, [(measure.name, self[_name(area.code, measure.code)]) for measure in self.grid.measures])
            for area in self.grid.areas
        ]

    @property
    def numbers(self) -> dict[Cell, int | None]:
        return {cell: self.cleaned_data[_name(*cell)] for cell in self.grid.cells}

    @staticmethod
    def initial_of(numbers: dict[Cell, int]) -> dict[str, int]:
        return {_name(*cell): number for cell, number in numbers.items()}


def _name(area: str, measure: str) -> str:
    return f"{area}_{measure}"
