"""What a report is: a table of an area, a fiscal year and a day, and who may read it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from accounts.roles import Can
from areas.models import Area
from config import thai


class Kind(StrEnum):
    """What the cells of a column hold; money is baht, a rate is percent. A blank is something that forms ask for and
    the system does not know: an empty cell, to be written on in the paper."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    DAY = "day"
    BLANK = "blank"


Value = str | int | Decimal | date | None
SUMMED = (Kind.COUNT, Kind.MONEY)


@dataclass(frozen=True)
class Asked:
    """Which figures, and for whom: rows are those of `area` that `by`, an officer or a token, may see."""

    area: Area
    year: int
    on: date
    by: object

    def rows(self, model):
        return model.objects.for_user(self.by).within(self.area)


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

    @property
    def is_blank(self) -> bool:
        return self.kind == Kind.BLANK


@dataclass(frozen=True)
class Table:
    """A report as it was asked for. `total` is summed from the rows unless it was given. A form (`is_form`) has high
    rows to write in and no total on paper. `signers` are who signs the paper."""

    columns: Sequence[Column]
    rows: list[tuple[Value, ...]]
    unit: str = "แห่ง"
    notes: Sequence[str] = ()
    given_total: tuple[Value, ...] | None = field(default=None)
    is_form: bool = False
    signers: Sequence[str] = ("ผู้จัดทำข้อมูล", "ผู้รับรองข้อมูล")

    @cached_property
    def total(self) -> tuple[Value, ...]:
        if self.given_total is not None:
            return self.given_total
        first = f"รวม {thai.count(len(self.rows))} {self.unit}"
        return (first, *(self._sum(place) for place in range(1, len(self.columns))))

    @property
    def said(self) -> list[str]:
        """The notes, and which columns are left to be written by hand."""
        blanks = [column.label for column in self.columns if column.is_blank]
        told = [f"ระบบไม่มีข้อมูลของช่องต่อไปนี้ จึงเว้นไว้ให้เขียน: {', '.join(blanks)}"] if blanks else []
        return [*self.notes, *told]

    def _sum(self, place: int) -> Value:
        column = self.columns[place]
        if column.kind not in SUMMED or not column.summed:
            return None
        zero = Decimal("0.00") if column.kind == Kind.MONEY else 0
        return sum((row[place] for row in self.rows if row[place] is not None), zero)


@dataclass(frozen=True)
class Report:
    """`answers` is the question that it answers and `group` its heading, for the catalogue. `count` tells how many rows
    it would have, and `reads` how many debts it goes through for them, where that may be many: a long one is made by a
    worker (reports/pack/long.py)."""

    key: str
    group: str
    title: str
    answers: str
    permission: Can
    build: Callable[[Asked], Table]
    count: Callable[[Asked], int] | None = None
    reads: Callable[[Asked], int] | None = None

    def rows_of(self, asked: Asked) -> int:
        """How many rows to expect; 0 of a report that is never long."""
        return self.count(asked) if self.count else 0

    def debts_of(self, asked: Asked) -> int:
        """How many debts it goes through; 0 of a report that goes through few."""
        return self.reads(asked) if self.reads else 0

    def matches(self, typed: str) -> bool:
        """Whether what was typed stands in its title, its heading or the question that it answers."""
        said = f"{self.title} {self.group} {self.answers}".casefold()
        return all(word in said for word in typed.casefold().split())


def shown(value: Value, kind: Kind) -> str:
    """A cell in Thai, for pages and papers."""
    if value is None:
        return "" if kind == Kind.BLANK else "–"
    if kind == Kind.MONEY:
        return thai.money(value)
    if kind == Kind.COUNT:
        return thai.count(value)
    if kind == Kind.PERCENT:
        return f"{value:.1f}"
    return thai.short_date(value) if kind == Kind.DAY else str(value)
