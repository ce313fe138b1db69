"""What a report is: a table of an area, a fiscal year and a day, and who may read it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accounts.roles import Can
from areas.models import Area
from config import thai


class Kind(StrEnum):
    """What the cells of a column hold; money is baht, a rate is percent."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"


Value = str | int | Decimal | date | None
SUMMED = (Kind.COUNT, Kind.MONEY)


@dataclass(frozen=True)
class Column:
    """`name` is for other programs and never changes; `label` is the head in Thai. A column that is not `summed` has
    an empty cell in the total."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    summed: bool = True

    @property
    def is_number(self) -> bool:
        return self.kind in (Kind.COUNT, Kind.MONEY, Kind.PERCENT)


@dataclass(frozen=True)
class Table:
    """A report as it was asked for. `total` is summed from the rows unless it was given."""

    columns: Sequence[Column]
    rows: list[tuple[Value, ...]]
    unit: str = "แห่ง"
    notes: Sequence[str] = ()
    given_total: tuple[Value, ...] | None = field(default=None)

    @property
    def total(self) -> tuple[Value, ...]:
        if self.given_total is not None:
            return self.given_total
        first = f"รวม {thai.count(len(self.rows))} {self.unit}"
        return (first, *(self._sum(place) for place in range(1, len(self.columns))))

    def _sum(self, place: int) -> Value:
        column = self.columns[place]
        if column.kind not in SUMMED or not column.summed:
            return None
        zero = Decimal("0.00") if column.kind == Kind.MONEY else 0
        return sum((row[place] for row in self.rows if row[place] is not None), zero)


@dataclass(frozen=True)
class Report:
    """`answers` is the question that it answers, for the catalogue."""

    key: str
    title: str
    answers: str
    permission: Can
    build: Callable[[Area, int, date], Table]


def shown(value: Value, kind: Kind) -> str:
    """A cell in Thai, for pages and papers."""
    if value is None:
        return "–"
    if kind == Kind.MONEY:
        return thai.money(value)
    if kind == Kind.COUNT:
        return thai.count(value)
    if kind == Kind.PERCENT:
        return f"{value:.1f}"
    return thai.short_date(value) if kind == Kind.DAY else str(value)
