"""Days that come back every year, as the household says them: หลังเก็บเกี่ยว มี.ค. และ พ.ย."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from config.thai.dates import month_of
from config.thai.text import EMPTY, CannotRead, cell_text
from config.thai.writing import SHORT_MONTHS

NOT_SEASONS = "ระบุวันหรือเดือนที่ชำระทุกปี เช่น 20 มี.ค. และ พ.ย."
MOST = 6
MONTH_END = 31
_BETWEEN = re.compile(r"\s*(?:และ|กับ|,|;|\n)\s*")
_LEAD = re.compile(r"^(?:ทุก)?\s*(?:วันที่)?\s*(?:(?:วัน)?สิ้น)?\s*(?:เดือน)?\s*")
_ONE = re.compile(r"(?:([0-9]{1,2})[\s/\-.]*)?(?:เดือน\s*)?([ก-์][ก-์.\s]*|[0-9]{1,2})")


class DayOfYear(NamedTuple):
    """A day that comes back every year; day 31 is the last day of the month, however long the month is."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """Of a Christian year."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def __str__(self) -> str:
        month = SHORT_MONTHS[self.month - 1]
        return f"สิ้นเดือน {month}" if self.day == MONTH_END else f"{self.day} {month}"


def read_seasons(text: str) -> tuple[DayOfYear, ...]:
    """The days typed, in the order of the calendar; none when empty. A month alone is its last day.

    Raises `CannotRead`.
    """
    typed = cell_text(text, longest=80, message=NOT_SEASONS)
    if typed in EMPTY:
        return ()
    days = sorted({_day_of_year(each) for each in _BETWEEN.split(typed) if each})
    if not 1 <= len(days) <= MOST:
        raise CannotRead(f"ระบุวันที่ชำระไม่เกิน {MOST} วันต่อปี")
    return tuple(days)


def seasons_text(days) -> str:
    """20 มี.ค. และ สิ้นเดือน พ.ย."""
    texts = [str(DayOfYear(*day)) for day in days]
    return " และ ".join([", ".join(texts[:-1]), texts[-1]]) if texts[1:] else "".join(texts)


def _day_of_year(typed: str) -> DayOfYear:
    found = _ONE.fullmatch(_LEAD.sub("", typed))
    if not found or (not found[1] and found[2].isdigit()):
        raise CannotRead(NOT_SEASONS)
    month, day = month_of(found[2]), int(found[1] or MONTH_END)
    longest = monthrange(2000, month)[1]  # a leap year
    if found[1] and not 1 <= day <= longest:
        raise CannotRead(f"ไม่มีวันที่ {day} {SHORT_MONTHS[month - 1]} ในปฏิทิน")
    return DayOfYear(month, MONTH_END if day == longest else day)
