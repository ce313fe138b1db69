"""Reports with one row for each area just below: their first column, their sums, their rows."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet
from django.db.models.functions import Substr

from areas.models import CODE_LENGTH, Area
from reports import figures
from reports.pack.report import Asked, Column, Kind, Value

NOTHING = {Kind.COUNT: 0, Kind.MONEY: Decimal("0.00")}


def place_column(area: Area) -> Column:
    return Column("area", figures.name_below(area))


def by_place(rows: QuerySet, area: Area, path: str, *also: str, **sums) -> list[dict]:
    """The sums of each area just below, with its `area_code`, and of each value of `also`: one query."""
    digits = CODE_LENGTH[figures.level_below(area)]
    placed = rows.order_by().annotate(area_code=Substr(f"{path}__code", 1, digits))
    return list(placed.values("area_code", *also).annotate(**sums))


def place_rows(
    asked: Asked, columns: Sequence[Column], *found: list[dict], **more: dict[str, Value]
) -> list[tuple[Value, ...]]:
    """A row for each area just below: its label, then what was found of it by the columns' names, nothing counted as
    zero. `found` are answers of `by_place`; `more` gives a column by area code."""
    known: dict[str, dict] = {}
    for row in (row for rows in found for row in rows):
        known.setdefault(row["area_code"], {}).update(row)
    for name, values in more.items():
        for code, value in values.items():
            known.setdefault(code, {})[name] = value
    return [
        (place.label, *(_cell(known.get(place.code, {}), column) for column in columns))
        for place in figures.places_below(asked.area)
    ]


def _cell(known: dict, column: Column) -> Value:
    return known.get(column.name, NOTHING.get(column.kind))
