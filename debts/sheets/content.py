"""What a column of a sheet holds, told by its cells alone: names, house numbers, days, contract numbers, money."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from config.thai import (
    CannotRead,
    arabic_digits,
    read_date,
    read_house_number,
    read_money,
    read_name,
    read_percent,
    tidy,
)
from debts.sheets.fund_words import fund_kind
from debts.sheets.workbook import Cell

TITLES = {"นาย", "นาง", "นางสาว", "น.ส.", "น.ส", "นส.", "นส", "ด.ช.", "ด.ญ.", "เด็กชาย", "เด็กหญิง"}
NOTHING = {"", "-", "–", "—"}
SMALLEST_DEBT, LARGEST_RATE, MOST_RATES = 100, 36, 4
"""Baht from which a column of figures is taken for money, and percent up to which for a rate."""
_CONTRACT = re.compile(r"[ก-๎a-zA-Z.\-\s]{0,12}[0-9]{1,5}\s*/\s*(?:2[45][0-9]{2}|[3-7][0-9])")
_WORD = re.compile(r"[ก-๎]{2,}")
_LETTER_OR_SEPARATOR = re.compile(r"[/\-. ก-๎]")
_PHONE_OR_ID = re.compile(r"0[0-9]{8,9}|[0-9]{13}")


class Kind(StrEnum):
    NAME = "name"
    TITLE = "title"
    WORD = "word"
    FUND = "fund"
    DAY = "day"
    CONTRACT = "contract"
    SEQUENCE = "sequence"
    HOUSE = "house"
    RATE = "rate"
    MONEY = "money"
    FIGURE = "figure"


@dataclass(frozen=True)
class Looks:
    """How many cells of a column are filled, and how many of them can be read as what."""

    filled: int
    fits: Mapping[Kind, int]

    def mostly(self, kind: Kind) -> bool:
        """Whether at least four of five filled cells are of this kind."""
        return self.filled > 0 and self.fits.get(kind, 0) * 5 >= self.filled * 4

    def hardly(self, kind: Kind) -> bool:
        """Whether enough cells are filled to say that they are not of this kind."""
        return self.filled >= 5 and self.fits.get(kind, 0) * 2 < self.filled


def looks_of(cells: Iterable[Cell], *, today: date) -> Looks:
    """What the cells of one column look like."""
    filled = [cell for cell in cells if cell is not None and str(cell).strip() not in NOTHING]
    fits = Counter(
        kind for cell in filled for kind, is_kind in _TESTS.items() if _is(is_kind, cell, today=today)
    )
    numbers = [number for cell in filled if (number := amount_in(cell)) is not None]
    if not _is_money(numbers):
        fits[Kind.MONEY] = 0
    if not _are_rates(filled):
        fits[Kind.RATE] = 0
    if not any("/" in str(cell) for cell in filled):
        fits[Kind.HOUSE] = 0  # whole numbers alone may be anything
    fits[Kind.SEQUENCE] = _steps_of_one(numbers)
    return Looks(len(filled), fits)


def amount_in(cell: Cell) -> Decimal | None:
    """Baht in a cell; None when it holds no amount."""
    plain = arabic_digits(str(cell)).strip().replace("-", "")
    if cell is None or isinstance(cell, date) or _PHONE_OR_ID.fullmatch(plain):
        return None
    try:
        return read_money(Decimal(format(cell, ".2f")) if isinstance(cell, float) else cell)
    except CannotRead:
        return None


def _is(test: Callable, cell: Cell, *, today: date) -> bool:
    try:
        return bool(test(cell, today))
    except CannotRead:
        return False


def _is_person(cell: Cell, today: date) -> bool:
    if not isinstance(cell, str) or fund_kind(cell) != "other":
        return False
    name = read_name(cell)
    return bool(name.last or name.title) and len(tidy(cell)) <= 60


def _is_title(cell: Cell, today: date) -> bool:
    return isinstance(cell, str) and tidy(cell) in TITLES


def _is_word(cell: Cell, today: date) -> bool:
    return isinstance(cell, str) and bool(_WORD.fullmatch(tidy(cell))) and fund_kind(cell) == "other"


def _is_fund(cell: Cell, today: date) -> bool:
    return isinstance(cell, str) and fund_kind(cell) != "other"


def _is_day(cell: Cell, today: date) -> bool:
    if isinstance(cell, date):
        return True
    is_text = isinstance(cell, str) and _LETTER_OR_SEPARATOR.search(cell)
    return bool(is_text) and read_date(cell, today=today).value is not None


def _is_contract(cell: Cell, today: date) -> bool:
    return isinstance(cell, str) and bool(_CONTRACT.fullmatch(arabic_digits(tidy(cell))))


def _is_house(cell: Cell, today: date) -> bool:
    return isinstance(cell, int | str) and read_house_number(cell) != ""


def _is_rate(cell: Cell, today: date) -> bool:
    rate = read_percent(Decimal(format(cell, ".4f")) if isinstance(cell, float) else cell)
    return rate is not None and rate <= LARGEST_RATE


_TESTS = {
    Kind.NAME: _is_person,
    Kind.TITLE: _is_title,
    Kind.WORD: _is_word,
    Kind.FUND: _is_fund,
    Kind.DAY: _is_day,
    Kind.CONTRACT: _is_contract,
    Kind.HOUSE: _is_house,
    Kind.RATE: _is_rate,
    Kind.MONEY: lambda cell, today: amount_in(cell) is not None,
    Kind.FIGURE: lambda cell, today: amount_in(cell) is not None,
}


def _is_money(numbers: list[Decimal]) -> bool:
    """Some of them as large as debts are, and none a number of years or larger than any debt."""
    are_years = bool(numbers) and all(2400 <= number <= 2700 and number == int(number) for number in numbers)
    return any(number >= SMALLEST_DEBT for number in numbers) and not are_years


def _are_rates(filled: list[Cell]) -> bool:
    """Few funds lend at more than a few rates."""
    return 2 <= len(filled) > len(set(map(str, filled))) <= MOST_RATES


def _steps_of_one(numbers: list[Decimal]) -> int:
    """How many of the numbers come one after another, from 1."""
    steps = sum(later - earlier == 1 for earlier, later in zip(numbers, numbers[1:], strict=False))
    return steps + 1 if steps and numbers[0] == 1 else 0
