"""Amounts, rates and counts as officers type them or as a spreadsheet holds them."""

import re
from decimal import Decimal

from config.rounding import to_satang
from config.thai.text import ARABIC, EMPTY, THAI, CannotRead, cell_text

NOT_MONEY = "ระบุจำนวนเงินเป็นตัวเลข"
MISPLACED_COMMA = "ตรวจสอบตำแหน่งเครื่องหมายจุลภาคในจำนวนเงิน"
TOO_FINE = "ระบุทศนิยมไม่เกิน 2 ตำแหน่ง"
NEGATIVE = "จำนวนเงินต้องไม่ติดลบ"
TOO_LARGE = "ระบุจำนวนเงินไม่เกิน 13 หลัก"
MIXED_DIGITS = "ใช้เลขไทยหรือเลขอารบิกอย่างเดียวในจำนวนเงินเดียวกัน"
NOT_PERCENT = "ระบุร้อยละต่อปีเป็นตัวเลข 0 ถึง 100 เช่น 6 หรือ 6.5"
PERCENT_TOO_FINE = "ระบุร้อยละต่อปีทศนิยมไม่เกิน 4 ตำแหน่ง"
NOT_COUNT = "ระบุจำนวนเป็นเลขจำนวนเต็มไม่เกิน 9 หลัก"

_LONGEST = 60
_LIMIT = Decimal(10) ** 13
_NOISE = Decimal("0.000001")
_UNITS = re.compile(r"^(?:฿|THB)\s*|\s*(?:\.-|/-)?\s*(?:บาท(?:ถ้วน)?|฿|THB)$|\.-$", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SPACES = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?")
_BELOW_ZERO = re.compile(r"[-–−]\s*([0-9][0-9,. ]*)|\(\s*([0-9][0-9,. ]*)\)")
_PERCENT_WORDS = re.compile(r"^ร้อยละ\s*|\s*(?:%|เปอร์เซ็นต์)?\s*(?:ต่อปี)?$")
_COUNT_UNITS = re.compile(r"\s*(?:ครัวเรือน|ราย|คน|งวด|เดือน|ปี|วัน|สัญญา|แห่ง|กองทุน)$")


def read_money(text) -> Decimal | None:
    """Baht with two places from what was typed, or from a number of a spreadsheet; None when empty.

    Raises `CannotRead` for anything that is not plainly one amount of 0 to 13 digits of baht.
    """
    if isinstance(text, (int, float, Decimal)) and not isinstance(text, bool):
        return _within_limit(_cell_money(text))
    _refuse_mixed_digits(text)
    typed = cell_text(text, longest=_LONGEST, message=NOT_MONEY)
    if typed in EMPTY:
        return None
    return _within_limit(_typed_money(_without_units(typed)))


def read_percent(text) -> Decimal | None:
    """Percent a year, 0 to 100 with at most four places; None when empty. Raises `CannotRead`."""
    if isinstance(text, Decimal):
        text = format(text, "f")
    typed = cell_text(text, longest=_LONGEST, message=NOT_PERCENT)
    if typed in EMPTY:
        return None
    number = _PERCENT_WORDS.sub("", typed)
    if not _NUMBER.fullmatch(number) or Decimal(number) > 100:
        raise CannotRead(NOT_PERCENT)
    if len(number.partition(".")[2]) > 4:
        raise CannotRead(PERCENT_TOO_FINE)
    return Decimal(number)


def read_count(text) -> int | None:
    """A whole number, zero or more, commas and a Thai unit allowed; None when empty. Raises `CannotRead`."""
    typed = cell_text(text, longest=_LONGEST, message=NOT_COUNT)
    if typed in EMPTY:
        return None
    number = _COUNT_UNITS.sub("", typed)
    number = number.replace(",", "") if _COMMAS.fullmatch(number) else number
    if not re.fullmatch("0*[0-9]{1,9}", number):
        raise CannotRead(NOT_COUNT)
    return int(number)


def _cell_money(cell: int | float | Decimal) -> Decimal:
    exact = Decimal(repr(cell) if isinstance(cell, float) else cell)
    if not exact.is_finite():
        raise CannotRead(NOT_MONEY)
    if abs(exact) >= _LIMIT:
        raise CannotRead(TOO_LARGE if exact > 0 else NEGATIVE)
    value, noise = to_satang(exact) + 0, _NOISE if isinstance(cell, float) else 0
    if abs(exact - value) > noise:
        raise CannotRead(TOO_FINE)
    return value


def _without_units(typed: str) -> str:
    return re.sub(r"\s*,\s*", ",", _UNITS.sub("", _UNITS.sub("", typed)).strip())


def _typed_money(typed: str) -> Decimal:
    below_zero = _BELOW_ZERO.fullmatch(typed)
    if below_zero:
        _typed_money((below_zero[1] or below_zero[2]).strip())
        raise CannotRead(NEGATIVE)
    if "," in typed and not _COMMAS.fullmatch(typed):
        raise CannotRead(MISPLACED_COMMA if re.fullmatch("[0-9,. ]+", typed) else NOT_MONEY)
    number = typed.replace(" ", "") if _SPACES.fullmatch(typed) else typed.replace(",", "")
    if not _NUMBER.fullmatch(number):
        raise CannotRead(NOT_MONEY)
    if len(number.partition(".")[2]) > 2:
        raise CannotRead(TOO_FINE)
    return to_satang(Decimal(number)) if Decimal(number) < _LIMIT else Decimal(number)


def _within_limit(value: Decimal) -> Decimal:
    if value < 0:
        raise CannotRead(NEGATIVE)
    if value >= _LIMIT:
        raise CannotRead(TOO_LARGE)
    return value


def _refuse_mixed_digits(text) -> None:
    if isinstance(text, str) and len(text) <= _LONGEST and set(text) & set(ARABIC) and set(text) & set(THAI):
        raise CannotRead(MIXED_DIGITS)
