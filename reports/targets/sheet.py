"""The targets of an area beside each other: what is stated, what its parts and its areas add up to, what was reached.

Nothing is mended: where sums differ from what is stated, both are said.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from areas.models import Area
from config import thai
from funds.models import Centre
from monitoring.models import Grading
from reports import figures
from reports.models import HOUSEHOLDS, Measure, Target


@dataclass
class Line:
    """One measure for one area: `stated` is what was typed for it, `below` what the areas just below it add up to
    (None where nothing was typed), `reached` what this system counts, None where it counts nothing."""

    measure: Measure
    below_name: str
    stated: int | None
    below: int | None
    reached: int | None = None
    parts: list["Line"] = field(default_factory=list)

    @property
    def of_parts(self) -> int | None:
        typed = [part.stated for part in self.parts if part.stated is not None]
        return sum(typed) if typed else None

    @property
    def notes(self) -> list[str]:
        """Which sums differ from what is stated, with both numbers."""
        return [*self.notes_of_parts, *self._note(self.below, f"ราย{self.below_name}")]

    @property
    def notes_of_parts(self) -> list[str]:
        return self._note(self.of_parts, "ส่วนย่อย")

    def _note(self, number: int | None, whose: str) -> list[str]:
        if None in (number, self.stated) or number == self.stated:
            return []
        apart = abs(number - self.stated)
        return [
            f"ที่กำหนดไว้ {thai.count(self.stated)} {self.measure.unit} ไม่ตรงกับผลรวม{whose}"
            f" {thai.count(number)} {self.measure.unit} ต่างกัน {thai.count(apart)}"
        ]


def sheet(area: Area, *, year: int, on: date) -> list[Line]:
    """A line for each measure asked in the fiscal year (พ.ศ.), with its parts. Two queries, and one for each measure
    that is counted."""
    lines = _lines(area, year, Measure.objects.of_year(year))
    for line in lines:
        if count := _REACHED.get(line.measure.code):
            line.reached = count(area, year, on)
    return lines


def households_line(area: Area, *, year: int) -> Line:
    """The line of the households that should join."""
    [line] = _lines(area, year, Measure.objects.filter(Q(pk=HOUSEHOLDS) | Q(whole=HOUSEHOLDS)))
    return line


def _lines(area: Area, year: int, measures) -> list[Line]:
    stated, below = _typed(area, year)
    name, lines = figures.name_below(area), {}
    for measure in measures:
        line = Line(measure, name, stated.get(measure.pk), below.get(measure.pk))
        lines[measure.pk] = line
        if measure.whole_id:
            lines[measure.whole_id].parts.append(line)
    return [line for line in lines.values() if not line.measure.whole_id]


def _typed(area: Area, year: int) -> tuple[dict[str, int], dict[str, int]]:
    """By measure, the number of the area itself and the sum of those just below it."""
    stated, below = {}, defaultdict(int)
    shown = Q(area=area) | Q(area__level=figures.level_below(area))
    rows = Target.objects.within(area).filter(shown, fiscal_year=year)
    for code, measure, number in rows.values_list("area", "measure", "number"):
        if code == area.code:
            stated[measure] = number
        else:
            below[measure] += number
    return stated, below


def _joined(area: Area, year: int, on: date) -> int:
    return figures.selected(area, year=year, on=on).count()


def _new_centres(area: Area, year: int, on: date) -> int:
    return Centre.objects.within(area).filter(founded_year=year).count()


def _model_centres(area: Area, year: int, on: date) -> int:
    return Centre.objects.within(area).filter(kind=Centre.Kind.MODEL).count()


def _graded(area: Area, year: int, on: date) -> int:
    certified = Grading.objects.within(area).filter(status=Grading.Status.CERTIFIED)
    return certified.filter(fiscal_year=year, fund=None).count()


_REACHED = {
    HOUSEHOLDS: _joined,
    "new-centres": _new_centres,
    "model-centres": _model_centres,
    "graded-centres": _graded,
}
