"""What is typed into the grid of targets."""

from dataclasses import dataclass

from django.forms import BoundField

from accounts.forms import OfficerForm
from areas.models import Area
from config import thai
from config.forms import CountBox
from reports.targets.grid import Grid
from reports.targets.life import Cell

MOST = 2_000_000_000  # what the column holds


@dataclass(frozen=True)
class Box:
    """A cell as it is drawn: the column it stands in, what stands in it, and what was written down when it was drawn."""

    column: str
    bound: BoundField
    value: str
    opened: str


class GridForm(OfficerForm):
    """A box for each cell. Only what was changed since the page was opened is written, and a cell that another officer
    changed meanwhile says so. `offered` are numbers that stand in empty boxes until somebody saves them."""

    def __init__(self, *args, grid: Grid, offered: dict[Cell, int], **options):
        self.grid, self.offered = grid, offered
        self.written = grid.typed()
        self.cells = {_name(*cell): cell for cell in grid.cells}
        self.base_fields = {
            _name(area.code, measure.code): CountBox(
                label=f"{area.label} {measure.name}", required=False, max_value=MOST, show_hidden_initial=True
            )
            for area in grid.areas
            for measure in grid.measures
        }
        super().__init__(*args, **options)

    @property
    def rows(self) -> list[tuple[Area, list[Box]]]:
        return [(area, [self._box(area, each) for each in self.grid.measures]) for area in self.grid.areas]

    @property
    def numbers(self) -> dict[Cell, int | None]:
        """The cells that were changed."""
        return {self.cells[name]: self.cleaned_data[name] for name in self.changed_data}

    def clean(self):
        answers = super().clean()
        for name in self.changed_data:
            if name not in self.errors:
                self._refuse_over_others(name, answers[name])
        return answers

    def _refuse_over_others(self, name: str, typed: int | None) -> None:
        written = self.written.get(self.cells[name])
        opened = thai.read_count(self.data.get(self[name].html_initial_name, ""))
        if written not in (opened, typed):
            shown = thai.count(written) if written is not None else "ว่าง"
            self.add_error(name, f"ผู้อื่นแก้เป็น {shown} ระหว่างที่ท่านกรอก ตรวจแล้วบันทึกอีกครั้งเพื่อใช้ค่าของท่าน")

    def _box(self, area: Area, measure) -> Box:
        cell = (area.code, measure.code)
        bound, written = self[_name(*cell)], self.written.get(cell)
        value = self.offered.get(cell) if written is None and not self.is_bound else written
        if bound.name in self.changed_data:
            value = bound.value()
        return Box(measure.name, bound, _text(value), _text(written))


def _text(value) -> str:
    return "" if value is None else str(value)


def _name(area: str, measure: str) -> str:
    return f"{area}_{measure}"
