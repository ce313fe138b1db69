"""Trainings, study visits, occupations and their revolving money, awards and model households of the areas below."""

from datetime import date
from decimal import Decimal

from areas.models import Area
from monitoring.activity.figures import LABELS, MONEY_LABELS, NOTES, figures_by_code
from reports import figures
from reports.pack.report import Column, Kind, Table


def activities(area: Area, year: int, on: date) -> Table:
    """What reports count besides visits."""
    found = figures_by_code(area, figures.level_below(area), year=year, on=on)
    columns = (
        Column("area", figures.name_below(area)),
        *(Column(name, label, Kind.COUNT) for name, label in LABELS.items()),
        *(Column(f"{name}_baht", label, Kind.MONEY) for name, label in MONEY_LABELS.items()),
    )
    nothing = {**dict.fromkeys(LABELS, 0), **dict.fromkeys(MONEY_LABELS, Decimal("0.00"))}
    rows = []
    for place in figures.places_below(area):
        sums = {**nothing, **found.get(place.code, {})}
        rows.append((place.label, *(sums[name] for name in nothing)))
    return Table(columns, rows, notes=NOTES)
