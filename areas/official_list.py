"""The official list of provinces, districts and subdistricts, and making our table agree with it.

The list comes with the `geothai` package (active areas of the Department of Provincial Administration) or
from a file that the operator names, because the ministry's own list is always the last word. A file is
.csv, .xlsx, .xls, .ods or .json, with the columns

    code  2, 4, 6 or 8 digits; the code of the area above is its beginning
    name  in Thai, without จังหวัด, อำเภอ, ตำบล
    moo   only for villages: the number of the village
"""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import geothai
import python_calamine
from django.db import transaction

from areas.models import BANGKOK, CODE_LENGTH, COUNTRY, Area, Level
from config import thai

LEVELS = {length: level for level, length in CODE_LENGTH.items()}
# What the department counts: all provinces and districts but Bangkok's.
EXPECTED = {Level.PROVINCE: 76, Level.DISTRICT: 878}


class CannotLoadAreas(Exception):
    """The list contradicts itself, or cannot be read; nothing was changed."""


class Listed(NamedTuple):
    code: str
    name: str
    moo: int | None = None

    @property
    def level(self) -> str:
        return LEVELS[len(self.code)]

    @property
    def parent_code(self) -> str:
        return self.code[:-2] or COUNTRY


class Difference(NamedTuple):
    """What loading the list changes. `unlisted` stays: a place that has left the list keeps its history."""

    new: list[Listed]
    changed: list[Listed]
    unlisted: list[Area]
    counts: Counter  # active areas of the list by level, Bangkok's left out


def packaged() -> list[Listed]:
    """The list that comes with the software."""
    provinces = geothai.provinces()
    districts = [each for province in provinces for each in geothai.districts(province.code)]
    subdistricts = [each for district in districts for each in geothai.subdistricts(district.code)]
    places = [*provinces, *districts, *subdistricts]
    return [Listed(place.code, _bare_name(place)) for place in places]


def _bare_name(place) -> str:
    """The name without its kind, which the package gives only to Bangkok's districts."""
    return place.name_th.removeprefix("เขต") if place.code.startswith(BANGKOK) else place.name_th


def read_file(path: Path) -> list[Listed]:
    """The list in a file. Refuses codes of other lengths, missing names, and moo where they do not belong."""
    return [_listed(row, line) for line, row in enumerate(_rows(path), start=2)]


def _rows(path: Path) -> list[dict]:
    try:
        if path.suffix == ".json":
            return json.loads(path.read_text("utf-8"))
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file))
        head, *rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return [dict(zip(head, row, strict=False)) for row in rows]
    except (OSError, ValueError, python_calamine.CalamineError) as problem:
        raise CannotLoadAreas(f"อ่านไฟล์ {path.name} ไม่ได้") from problem


def _listed(row: dict, line: int) -> Listed:
    code = thai.arabic_digits(str(_whole(row.get("code"))).strip())
    name = thai.tidy(str(row.get("name") or ""))
    if len(code) not in LEVELS or not code.isdecimal():
        raise CannotLoadAreas(f"แถว {line}: รหัส “{code}” ต้องเป็นตัวเลข 2, 4, 6 หรือ 8 หลัก")
    if not name:
        raise CannotLoadAreas(f"แถว {line}: ไม่มีชื่อของรหัส {code}")
    moo = thai.arabic_digits(str(_whole(row.get("moo") or "")).strip())
    if (len(code) == CODE_LENGTH[Level.VILLAGE]) != moo.isdecimal():
        raise CannotLoadAreas(f"แถว {line}: ระบุหมู่ที่ของหมู่บ้าน {code} เป็นตัวเลข เฉพาะหมู่บ้าน")
    return Listed(code, name, int(moo) if moo else None)


def _whole(cell):
    """Spreadsheets keep codes as 33.0."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def compare(listed: list[Listed]) -> Difference:
    """What would change; changes nothing."""
    _refuse_contradictions(listed)
    known = {area.code: area for area in Area.objects.all()}
    codes = {each.code for each in listed}
    levels = {each.level for each in listed}
    return Difference(
        new=[each for each in listed if each.code not in known],
        changed=[each for each in listed if each.code in known and _differs(known[each.code], each)],
        unlisted=[area for area in known.values() if area.level in levels and area.code not in codes],
        counts=Counter(each.level for each in listed if not each.code.startswith(BANGKOK)),
    )


def _refuse_contradictions(listed) -> None:
    seen = Counter(each.code for each in listed)
    doubled = [code for code, times in seen.items() if times > 1]
    if doubled:
        raise CannotLoadAreas(f"รหัส {doubled[0]} มีมากกว่าหนึ่งแถว")
    known = seen.keys() | set(Area.objects.values_list("code", flat=True)) | {COUNTRY}
    orphans = [each for each in listed if each.parent_code not in known]
    if orphans:
        raise CannotLoadAreas(f"ไม่มีพื้นที่ระดับบนของรหัส {orphans[0].code} ({orphans[0].name})")


def _differs(area: Area, each: Listed) -> bool:
    return (area.name, area.moo) != (each.name, each.moo)


@transaction.atomic
def load(listed: list[Listed]) -> Difference:
    """Make the table agree with the list: adds and renames, removes nothing. A second run changes nothing."""
    difference = compare(listed)
    Area.objects.get_or_create(code=COUNTRY, defaults={"level": Level.COUNTRY, "name": "ประเทศไทย"})
    by_level = sorted(difference.new, key=lambda each: len(each.code))
    Area.objects.bulk_create([_area(each) for each in by_level], batch_size=1000)
    Area.objects.bulk_update(
        [_area(each) for each in difference.changed], ["name", "moo", "sort"], batch_size=500
    )
    return difference


def _area(each: Listed) -> Area:
    return Area(
        code=each.code,
        level=each.level,
        name=each.name,
        moo=each.moo,
        parent_id=each.parent_code,
        sort=thai.sort_key(each.name),
    )


def shortfalls(difference: Difference) -> list[str]:
    """Where the list does not hold the department's 76 provinces and 878 districts, in words."""
    return [
        f"{level.label}: รายการมี {difference.counts[level]:,} แห่ง แต่กรมฯ มี {number:,} แห่ง "
        f"(ต่าง {difference.counts[level] - number:+,}) ตรวจสอบรายการฉบับล่าสุดของกรมการปกครอง"
        for level, number in EXPECTED.items()
        if difference.counts[level] != number
    ]
