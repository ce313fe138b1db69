"""What a program may ask: the parameters, how they are read, and how they are described. An unknown one is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from areas.models import Area
from config import thai
from reports import figures
from reports.api.collections import Collection
from reports.models import ApiToken
from reports.pack.report import Asked

MOST, USUAL = 500, 100


class CannotRead(ValueError):
    """What was asked cannot be answered; `str()` is the Thai reason."""


class NotFound(CannotRead):
    """The area is not one of the token's."""


@dataclass(frozen=True)
class Parameter:
    name: str
    description: str
    schema: dict[str, object]
    read: Callable[[str], object]


@dataclass(frozen=True)
class Question:
    """One page of a collection: the rows after a key, at most so many."""

    asked: Asked
    after: str
    limit: int


def _year(typed: str) -> int:
    years = [year for year, _ in figures.years()]
    return _one_of(int(typed), years) if typed.isascii() and typed.isdecimal() else _refuse()


def _limit(typed: str) -> int:
    return _one_of(int(typed), range(1, MOST + 1)) if typed.isascii() and typed.isdecimal() else _refuse()


def _day(typed: str) -> date:
    day = date.fromisoformat(typed)
    return day if typed == day.isoformat() and 1950 <= day.year <= 2100 else _refuse()


def _one_of(number: int, allowed) -> int:
    return number if number in allowed else _refuse()


def _refuse():
    raise ValueError


PARAMETERS = (
    Parameter("area", "รหัสพื้นที่ในขอบเขตของกุญแจ ว่าง = พื้นที่ของกุญแจ", {"type": "string"}, str),
    Parameter(
        "year", "ปีงบประมาณ พ.ศ. ว่าง = ปีงบประมาณนี้", {"type": "integer", "minimum": figures.FIRST_YEAR}, _year
    ),
    Parameter(
        "on",
        "ข้อมูล ณ วันที่ (ISO 8601) ว่าง = วันนี้ หรือวันสุดท้ายของปีงบประมาณ",
        {"type": "string", "format": "date"},
        _day,
    ),
    Parameter(
        "limit",
        "จำนวนแถวต่อหน้า",
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        _limit,
    ),
    Parameter("after", "ค่า next ของหน้าก่อน ว่าง = หน้าแรก", {"type": "string"}, str),
)


def read(query, *, token: ApiToken, collection: Collection) -> Question:
    """The question in `query`. Raises `CannotRead`, or `NotFound` for an area that is not the token's."""
    known = {parameter.name: parameter for parameter in PARAMETERS}
    said = {name: _read(known.get(name), typed) for name, typed in query.items()}
    after = said.get("after", "")
    if (
        collection.keys_are_numbers
        and after
        and not (after.isascii() and after.isdecimal() and len(after) < 19)
    ):
        raise CannotRead("อ่านค่า after ไม่ได้")
    today = timezone.localdate()
    year = said.get("year", thai.fiscal_year(today))
    on = said.get("on", min(today, thai.fiscal_year_end(year)))
    area = _area(said["area"], token) if said.get("area") else token.area
    return Question(Asked(area, year, on, token), after, said.get("limit", USUAL))


def to_record(query) -> dict[str, str]:
    """The parameters that are known, for the record of use; what else was sent may be anything."""
    return {each.name: query[each.name][:20] for each in PARAMETERS if each.name in query}


def _read(parameter: Parameter | None, typed: str):
    if parameter is None:
        raise CannotRead("มีพารามิเตอร์ที่ไม่รู้จัก ดูรายการในเอกสาร openapi.json")
    try:
        return parameter.read(typed)
    except ValueError as unreadable:
        raise CannotRead(f"อ่านค่า {parameter.name} ไม่ได้: {parameter.description}") from unreadable


def _area(code: str, token: ApiToken) -> Area:
    found = Area.objects.for_user(token).with_parents().filter(code=code).first()
    if found is None:
        raise NotFound("ไม่พบพื้นที่นี้")
    return found
