"""Days as officers type them, in every usual Thai spelling."""

import re
from datetime import date, datetime
from typing import NamedTuple

from config.thai.text import EMPTY, CannotRead, cell_text
from config.thai.writing import LONG_MONTHS, SHORT_MONTHS

NOT_A_DATE = "ระบุวันที่ เช่น 27 มี.ค. 2565 หรือ 27/3/2565"
NOT_A_MONTH = "ระบุเดือนเป็นเลข 1 ถึง 12 หรือชื่อเดือน เช่น 27 มี.ค. 2565"
FOUR_DIGIT_YEAR = "ระบุปี พ.ศ. 4 หลัก"
TOO_EARLY = "ระบุปี พ.ศ. ตั้งแต่ 2484"  # before 2484 the Thai year began on 1 April

_MONTHS = {
    name.replace(".", ""): number
    for names in (SHORT_MONTHS, LONG_MONTHS)
    for number, name in enumerate(names, start=1)
} | {"กุมภา": 2, "มีนา": 3, "เมษา": 4, "พฤษภา": 5, "มิถุนา": 6, "กรกฎา": 7, "สิงหา": 8, "กันยา": 9} | {
    "มกรา": 1, "ตุลา": 10, "พฤศจิกา": 11, "ธันวา": 12
}  # fmt: skip
_WEEKDAY = re.compile(r"^วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์)\s*(?:ที่)?\s*")
_LEAD = re.compile(r"^(?:เมื่อ)?\s*วันที่\s*")
_ERA = re.compile(r"\s*พ\s?\.?\s?ศ\s?\.?\s*(?=[0-9]+)")
_CHRISTIAN = re.compile(r"\s*ค\s?\.\s?ศ\s?\.?\s*(?=[0-9]{4})")
_CLOCK = re.compile(r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)$")
_SEPARATOR = r"\s*[/\-. ]\s*"
_DAY_FIRST = re.compile(rf"([0-9]{{1,2}}){_SEPARATOR}([0-9]{{1,2}}){_SEPARATOR}([0-9]+)")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_NAMED_MONTH = re.compile(r"([0-9]{1,2})[\s/\-.]*(?:เดือน\s*)?([ก-์][ก-์.\s]*)[/\-]?\s*([0-9]+)")
_UNBROKEN = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")


class ReadDate(NamedTuple):
    """`guessed` asks for a look: the year was typed with two digits or as a Christian year."""

    value: date | None
    guessed: bool


def read_date(text, *, today: date) -> ReadDate:
    """The day that was typed or that a spreadsheet cell holds; None when empty.

    Years from 2400 are Buddhist, 1900–2200 Christian, two digits 25yy. The day lies between B.E. 2484 and
    sixty years after `today`. Raises `CannotRead`.
    """
    if isinstance(text, date):
        return ReadDate(_spreadsheet_day(text, today), guessed=False)
    typed = cell_text(_padded(text), longest=60, message=NOT_A_DATE)
    if typed in EMPTY:
        return ReadDate(None, guessed=False)
    plain, is_christian = _without_words(typed)
    day, month, typed_year = _parts(plain)
    year, guessed = _christian_year(typed_year, today)
    return ReadDate(_calendar_day(year, month, day), guessed and not is_christian)


def _padded(cell):
    """A day typed as 05032562 into a number cell has lost its first zero."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return format(cell, "08d") if 1_000_000 <= cell < 100_000_000 else cell
    return cell


def _spreadsheet_day(cell: date, today: date) -> date:
    """The day of a date cell; a year from 2400 is a Buddhist year typed as if it were Christian."""
    day = cell.date() if isinstance(cell, datetime) else cell
    year, _ = _christian_year(format(day.year, "04d"), today)
    return _calendar_day(year, day.month, day.day)


def _without_words(typed: str) -> tuple[str, bool]:
    plain = _CLOCK.sub("", _WEEKDAY.sub("", _LEAD.sub("", typed)))
    plain, christian = _CHRISTIAN.subn(" ", plain)
    return _ERA.sub(" ", plain).replace(",", " ").strip(), bool(christian)


def _parts(plain: str) -> tuple[int, int, str]:
    if found := _YEAR_FIRST.fullmatch(plain):
        return int(found[3]), month_of(found[2]), found[1]
    found = _DAY_FIRST.fullmatch(plain) or _UNBROKEN.fullmatch(plain) or _NAMED_MONTH.fullmatch(plain)
    if not found:
        raise CannotRead(NOT_A_DATE)
    return int(found[1]), month_of(found[2]), found[3]


def month_of(typed: str) -> int:
    """The month of a number or a name. Raises `CannotRead`."""
    name = re.sub(r"[.\s]", "", typed)
    month = int(name) if name.isdigit() else _MONTHS.get(name, 0)
    if not 1 <= month <= 12:
        raise CannotRead(NOT_A_MONTH)
    return month


def _christian_year(typed: str, today: date) -> tuple[int, bool]:
    if len(typed) not in (2, 4):
        raise CannotRead(FOUR_DIGIT_YEAR)
    year = int(typed) + 2500 if len(typed) == 2 else int(typed)
    if not (1900 <= year <= 2200 or year >= 2400):
        raise CannotRead(FOUR_DIGIT_YEAR)
    christian = year - 543 if year >= 2400 else year
    if christian > today.year + 60:
        raise CannotRead(FOUR_DIGIT_YEAR)
    if christian + 543 < 2484:
        raise CannotRead(TOO_EARLY)
    return christian, len(typed) == 2 or year < 2400


def _calendar_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CannotRead(f"ไม่มีวันที่ {day} {SHORT_MONTHS[month - 1]} {year + 543} ในปฏิทิน") from None
