"""Figures, days and times as Thai officers read them. A missing value is an en dash."""

from datetime import date, datetime, time
from decimal import Decimal

from config.rounding import to_satang

MISSING = "–"
SHORT_MONTHS = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
LONG_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]


def money(value: Decimal | int | None) -> str:
    """35,000.00 (baht); never -0.00. A float is refused with `TypeError`."""
    return MISSING if value is None else f"{to_satang(Decimal(0) + value) + 0:,}"


def count(value: int | None) -> str:
    return MISSING if value is None else f"{value:,}"


def percent(value: Decimal | int | None) -> str:
    """A rate or share without trailing zeros: 6, 12.5."""
    return MISSING if value is None else f"{Decimal(value).normalize():f}"


def buddhist_year(day: date) -> int:
    return day.year + 543


def short_date(day: date | None) -> str:
    """15 มี.ค. 2562."""
    return MISSING if day is None else f"{_day_and_month(day)} {buddhist_year(day)}"


def long_date(day: date | None) -> str:
    """15 มีนาคม 2562."""
    return MISSING if day is None else f"{day.day} {LONG_MONTHS[day.month - 1]} {buddhist_year(day)}"


def full_date(day: date) -> str:
    """วันที่ 15 เดือน มีนาคม พ.ศ. 2562, as contracts write it."""
    return f"วันที่ {day.day} เดือน {LONG_MONTHS[day.month - 1]} พ.ศ. {buddhist_year(day)}"


def weekday_date(day: date) -> str:
    """วันศุกร์ที่ 15 มีนาคม 2562."""
    return f"วัน{WEEKDAYS[day.weekday()]}ที่ {long_date(day)}"


def short_month(day: date) -> str:
    """ต.ค. 64."""
    return f"{SHORT_MONTHS[day.month - 1]} {buddhist_year(day) % 100:02}"


def long_month(day: date) -> str:
    """ตุลาคม 2564."""
    return f"{LONG_MONTHS[day.month - 1]} {buddhist_year(day)}"


def date_range(first: date, last: date) -> str:
    """27–28 มี.ค. 2562; what both days share is written once."""
    if first == last:
        return short_date(last)
    if first.year != last.year:
        return f"{short_date(first)} – {short_date(last)}"
    if first.month != last.month:
        return f"{_day_and_month(first)} – {short_date(last)}"
    return f"{first.day}–{short_date(last)}"


def long_range(first: date, last: date) -> str:
    """4 มีนาคม ถึง 25 พฤษภาคม 2562, as letters write it; what both days share is written once."""
    if first == last:
        return long_date(last)
    if first.year != last.year:
        return f"{long_date(first)} ถึง {long_date(last)}"
    if first.month != last.month:
        return f"{first.day} {LONG_MONTHS[first.month - 1]} ถึง {long_date(last)}"
    return f"{first.day} ถึง {long_date(last)}"


def clock(value: time | datetime) -> str:
    """14.05 น."""
    return f"{value.hour:02}.{value.minute:02} น."


def moment(value: datetime | None) -> str:
    """15 มี.ค. 2562 เวลา 14.05 น.; the instant is already in local time."""
    return MISSING if value is None else f"{short_date(value)} เวลา {clock(value)}"


def fiscal_year(day: date) -> int:
    """The Buddhist year in which the fiscal year (1 October – 30 September) of this day ends."""
    return buddhist_year(day) + (day.month >= 10)


def fiscal_year_start(year: int) -> date:
    return date(year - 544, 10, 1)


def fiscal_year_end(year: int) -> date:
    return date(year - 543, 9, 30)


def _day_and_month(day: date) -> str:
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"
