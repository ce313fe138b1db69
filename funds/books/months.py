"""The months of a fiscal year (พ.ศ.), October first."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from config import thai


class Month(NamedTuple):
    """A month of a fiscal year: 1 is October, 12 September."""

    year: int
    number: int

    @property
    def starts_on(self) -> date:
        years, month = divmod(self.number + 8, 12)
        return date(self.year - 544 + years, month + 1, 1)

    @property
    def ends_on(self) -> date:
        first = self.starts_on
        return first.replace(day=monthrange(first.year, first.month)[1])

    @property
    def label(self) -> str:
        """ตุลาคม 2565."""
        return thai.long_month(self.starts_on)

    @property
    def short(self) -> str:
        """ต.ค. 65."""
        return thai.short_month(self.starts_on)


def month_of(day: date) -> Month:
    return Month(thai.fiscal_year(day), (day.month - 10) % 12 + 1)


def months_of(year: int) -> list[Month]:
    return [Month(year, number) for number in range(1, 13)]


def due_months(year: int, *, on: date, since: date | None = None) -> list[Month]:
    """The months of a fiscal year whose sheets should be closed on day `on`: those that are over, from the one that
    `since` lies in."""
    return [
        month for month in months_of(year) if month.ends_on < on and (not since or month.ends_on >= since)
    ]


def month_before(day: date) -> Month:
    """The newest month that is over on this day."""
    year, number = month_of(day)
    return Month(year, number - 1) if number > 1 else Month(year - 1, 12)
