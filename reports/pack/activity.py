"""Trainings, study visits, occupations and their revolving money, awards and model households of the areas below."""

from monitoring.activity.figures import LABELS, MONEY_LABELS, NOTES, figures_by_code
from reports import figures
from reports.pack.places import place_column, place_rows
from reports.pack.report import Asked, Column, Kind, Table

ACTIVITIES = (
    *(Column(name, label, Kind.COUNT) for name, label in LABELS.items()),
    *(Column(f"{name}_baht", label, Kind.MONEY) for name, label in MONEY_LABELS.items()),
)


def activities(asked: Asked) -> Table:
    """What reports count besides visits."""
    found = figures_by_code(asked.area, figures.level_below(asked.area), year=asked.year, on=asked.on)
    named = [{"area_code": code, **_by_columns(sums)} for code, sums in found.items()]
    return Table((place_column(asked.area), *ACTIVITIES), place_rows(asked, ACTIVITIES, named), notes=NOTES)


def _by_columns(sums: dict) -> dict:
    return {f"{name}_baht" if name in MONEY_LABELS else name: value for name, value in sums.items()}
