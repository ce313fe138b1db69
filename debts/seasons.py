"""Days of payment that follow the harvest: the same days every year."""

from collections.abc import Iterator
from datetime import date
from itertools import count, islice

from config.thai import DayOfYear, seasons_text


def seasonal_dates(days: tuple[DayOfYear, ...], *, since: date, periods: int) -> tuple[date, ...]:
    """The first `periods` of these days of the year, from day `since` on."""
    return tuple(islice(_from(days, since), periods))


def _from(days: tuple[DayOfYear, ...], since: date) -> Iterator[date]:
    for year in count(since.year):
        for each in sorted(days):
            if (day := each.in_year(year)) >= since:
                yield day


def rhythm_of(months_per_period: int, seasons) -> str:
    """How often is paid: ทุกเดือน, or ทุกปี 20 มี.ค. และ สิ้นเดือน พ.ย."""
    if seasons:
        return f"ทุกปี {seasons_text(seasons)}"
    return "ทุกเดือน" if months_per_period == 1 else f"ทุก {months_per_period} เดือน"
