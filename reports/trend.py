"""The year as a line: households that had joined and that had a contract by the end of each fiscal month, beside the
plan, which asks for a twelfth of the target each month."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from areas.models import Area
from config import thai
from config.thai.writing import SHORT_MONTHS
from debts.models import Contract
from reports.figures import selected

MONTHS = 12
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 220, 56, 14, 28  # of the drawing, in its own units


@dataclass(frozen=True)
class Month:
    """By the end of a fiscal month, households that had joined and had a contract (None for months to come), and how
    many the plan asks for (None without a target). `name` is short: ต.ค."""

    name: str
    joined: int | None
    merged: int | None
    plan: int | None


@dataclass(frozen=True)
class Trend:
    months: list[Month]

    @property
    def highest(self) -> int:
        numbers = [number for each in self.months for number in (each.joined, each.merged, each.plan)]
        return max([number for number in numbers if number is not None], default=0)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The class of each line and its points, for the drawing."""
        kinds = ("plan", "joined", "merged")
        points = {kind: self._points([getattr(month, kind) for month in self.months]) for kind in kinds}
        return [(kind, line) for kind, line in points.items() if line]

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """Where each month stands, and its name."""
        return [(f"{_x(place):.1f}", month.name) for place, month in enumerate(self.months)]

    def _points(self, numbers: list[int | None]) -> str:
        known = [(place, number) for place, number in enumerate(numbers) if number is not None]
        return " ".join(f"{_x(place):.1f},{self._y(number):.1f}" for place, number in known)

    def _y(self, number: int) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * number / (self.highest or 1)


def trend(area: Area, *, year: int, on: date, target: int | None) -> Trend:
    """The months of the fiscal year (พ.ศ.) up to day `on`. Two queries."""
    cases = selected(area, year=year, on=on).order_by()
    joined = _by_month(cases.annotate(month=TruncMonth("opened_on")), "pk", year)
    standing = Contract.objects.filter(case__in=cases.values("pk"), signed_on__lte=on)
    standing = standing.exclude(ending=Contract.Ending.CANCELLED, ended_on__lte=on).order_by()
    merged = _by_month(standing.annotate(month=TruncMonth("signed_on")), "case", year)
    start = thai.fiscal_year_start(year)
    until = min(MONTHS - 1, _place(on, start))
    return Trend(
        [
            Month(
                name=SHORT_MONTHS[(start.month - 1 + place) % MONTHS],
                joined=sum(joined[each] for each in range(place + 1)) if place <= until else None,
                merged=sum(merged[each] for each in range(place + 1)) if place <= until else None,
                plan=round(target * (place + 1) / MONTHS) if target else None,
            )
            for place in range(MONTHS)
        ]
    )


def _by_month(rows, column: str, year: int) -> Counter:
    """How many of `column` have their `month` at each place of the fiscal year; an earlier one counts in its first."""
    start, found = thai.fiscal_year_start(year), Counter()
    counted = rows.values("month").annotate(number=Count(column, distinct=True))
    for month, number in counted.values_list("month", "number"):
        found[max(_place(month, start), 0)] += number
    return found


def _place(day: date, start: date) -> int:
    return (day.year - start.year) * MONTHS + day.month - start.month


def _x(place: int) -> float:
    return LEFT + (WIDTH - LEFT - 20) * place / (MONTHS - 1)
