"""How likely two households are one, and why in words. No database; examples in tests/households."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import product
from typing import NamedTuple

from config import thai


@dataclass(frozen=True)
class Someone:
    """A person as far as it tells them from others: the name without title, the keyed hash of the national
    ID ("" when none is kept), the year of birth (พ.ศ.). `pk` is None for someone who is being typed."""

    first: str
    last: str = ""
    id_hash: str = ""
    born_year: int | None = None
    pk: int | None = None

    @cached_property
    def name_key(self) -> str:
        return thai.name_key(self.first, self.last)

    @cached_property
    def sound_key(self) -> str:
        return thai.sound_key(self.first, self.last)


@dataclass(frozen=True)
class Home:
    """A household: its house number ("" when unknown) and its people."""

    number: str
    people: tuple[Someone, ...] = ()


class Likeness(NamedTuple):
    """`weight` of a hundred orders what is likely before what is not; `one` and `other` are the people who
    are alike, None when it is the house only."""

    weight: int
    reason: str
    one: Someone | None = None
    other: Someone | None = None

    @property
    def word(self) -> str:
        return "น่าจะซ้ำ" if self.weight >= 80 else "อาจซ้ำ" if self.weight >= 50 else "ควรตรวจสอบ"


class _Name(IntEnum):
    SAME, SOUNDS_ALIKE, NEAR, DIFFERENT = range(4)


class _House(IntEnum):
    SAME, PART, UNKNOWN, OTHER = range(4)


# By name and house; what is not here is no sign of one household.
_WEIGHT = {
    (_Name.SAME, _House.SAME): 95,
    (_Name.SAME, _House.UNKNOWN): 85,
    (_Name.SAME, _House.PART): 80,
    (_Name.SAME, _House.OTHER): 70,
    (_Name.SOUNDS_ALIKE, _House.SAME): 90,
    (_Name.SOUNDS_ALIKE, _House.PART): 75,
    (_Name.SOUNDS_ALIKE, _House.UNKNOWN): 65,
    (_Name.SOUNDS_ALIKE, _House.OTHER): 50,
    (_Name.NEAR, _House.SAME): 75,
    (_Name.NEAR, _House.PART): 55,
}
SAME_ID = 99
_SAME_HOUSE_ONLY = 30
_ANOTHER_YEAR = 30
_LONG = 8  # letters of a whole name that may differ by two


def likeness(one: Home, other: Home) -> Likeness | None:
    """The strongest sign that the two are one household, or None."""
    house = _house(one.number, other.number)
    signs = [sign for a, b in product(one.people, other.people) if (sign := _sign(a, b, house, one, other))]
    if house == _House.SAME:
        signs.append(Likeness(_SAME_HOUSE_ONLY, "บ้านเลขที่เดียวกัน ต่างชื่อ"))
    return max(signs, key=lambda sign: sign.weight, default=None)


def _sign(a: Someone, b: Someone, house: _House, one: Home, other: Home) -> Likeness | None:
    if a.id_hash and b.id_hash:
        same = a.id_hash == b.id_hash
        return Likeness(SAME_ID, "เลขประจำตัวประชาชนเดียวกัน", a, b) if same else None
    if house not in (_House.SAME, _House.PART) and a.sound_key != b.sound_key:
        return None  # only within one house is a slip of a letter looked for, which takes long
    name = _name(a, b)
    if (name, house) not in _WEIGHT:
        return None
    weight, reason = _WEIGHT[name, house], _reason(name, house, a, b, one, other)
    years = {a.born_year, b.born_year} - {None}
    if len(years) == 2:
        return Likeness(weight - _ANOTHER_YEAR, f"{reason} แต่ปีเกิดต่างกัน", a, b)
    return Likeness(weight, reason, a, b)


def _house(one: str, other: str) -> _House:
    if not one or not other:
        return _House.UNKNOWN
    if one == other:
        return _House.SAME
    return _House.PART if one.partition("/")[0] == other.partition("/")[0] else _House.OTHER


def _name(a: Someone, b: Someone) -> _Name:
    if a.name_key == b.name_key:
        return _Name.SAME
    if a.sound_key == b.sound_key:
        return _Name.SOUNDS_ALIKE
    return _Name.NEAR if are_near(a.name_key, b.name_key) else _Name.DIFFERENT


def are_near(one: str, other: str) -> bool:
    """Whether one letter was typed otherwise, or two in a name of eight letters or more."""
    allowed = 2 if min(len(one), len(other)) >= _LONG else 1
    return abs(len(one) - len(other)) <= allowed and letters_apart(one, other) <= allowed


def letters_apart(one: str, other: str) -> int:
    """Letters to add, drop or replace to make `other` of `one`."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        before, row = row, [place]
        for column, wanted in enumerate(other, start=1):
            replaced = before[column - 1] + (letter != wanted)
            row.append(min(before[column] + 1, row[-1] + 1, replaced))
    return row[-1]


def _reason(name: _Name, house: _House, a: Someone, b: Someone, one: Home, other: Home) -> str:
    names = "ชื่อเดียวกัน" if name == _Name.SAME else f"ชื่อใกล้เคียง ({_spellings(a, b)})"
    numbers = {
        _House.SAME: "บ้านเลขที่เดียวกัน",
        _House.PART: f"บ้านเลขที่ {one.number} กับ {other.number}",
        _House.UNKNOWN: "ยังไม่ทราบบ้านเลขที่",
        _House.OTHER: "ต่างบ้านเลขที่",
    }
    words = [numbers[house], names] if house == _House.SAME else [names, numbers[house]]
    return " ".join(words)


def _spellings(a: Someone, b: Someone) -> str:
    """The parts of the names that are spelt otherwise: ทองสุข / ทองสุก."""
    parts = [(a.first, b.first), (a.last, b.last)]
    differ = [pair for pair in parts if pair[0] != pair[1]]
    return " / ".join(" ".join(part for part in side if part) for side in zip(*differ, strict=True))
