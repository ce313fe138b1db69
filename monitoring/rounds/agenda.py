"""The programme of a round in the order of its days: what was typed, and its visits."""

from dataclasses import dataclass, field
from datetime import date, time
from itertools import groupby

from monitoring.models import Round, Visit


@dataclass(frozen=True)
class Row:
    """One line of the programme; `steps` are what happens at a centre, one after the other."""

    on: date
    starts_at: time | None
    hours: str
    what: str
    place: str
    steps: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    on: date
    rows: list[Row]


def programme(round: Round, visits) -> list[Day]:
    """The days of the round with the given visits of it. What has no time stands last in its day."""
    typed = [Row(each.on, each.starts_at, each.hours, each.what, each.place) for each in round.agenda.all()]
    steps = round.centre_steps.splitlines()
    rows = sorted(typed + [_of(visit, steps) for visit in visits], key=_moment)
    return [Day(on, list(of_day)) for on, of_day in groupby(rows, key=lambda row: row.on)]


def _of(visit: Visit, steps: list[str]) -> Row:
    village = visit.centre.village
    at = f"หมู่ที่ {village.moo} {village.parent.label} {village.parent.parent.label}"
    what = f"ติดตาม{visit.centre} {at}"
    return Row(visit.planned_on, visit.starts_at, visit.hours, what, visit.place, steps)


def _moment(row: Row):
    return row.on, row.starts_at or time.max
