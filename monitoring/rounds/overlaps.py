"""Visits that cannot both be made: one person at two places at once, or one centre twice in a round."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import combinations

from config import thai
from monitoring.models import Visit

USUAL_LENGTH = timedelta(hours=2)
"""How long a visit is taken to last whose end nobody typed."""


@dataclass(frozen=True)
class Overlap:
    """Two visits and the Thai reason why they clash."""

    one: Visit
    other: Visit
    reason: str


def overlaps(visits: Iterable[Visit]) -> list[Overlap]:
    """The clashes among the visits, whose `team` is prefetched, by day."""
    found = []
    for one, other in combinations(sorted(visits, key=lambda each: (each.planned_on, each.pk)), 2):
        if reason := _reason(one, other):
            found.append(Overlap(one, other, reason))
    return found


def _reason(one: Visit, other: Visit) -> str:
    if one.centre_id == other.centre_id and one.round_id and one.round_id == other.round_id:
        return f"{one.centre.short_name} อยู่ในรอบนี้ 2 ครั้ง"
    if one.planned_on != other.planned_on or not _meet(one, other):
        return ""
    names = {thai.search_key(member.name): member.name for member in one.team.all()}
    both = [names[key] for member in other.team.all() if (key := thai.search_key(member.name)) in names]
    if not both:
        return ""
    places = f"{one.centre.short_name} และ{other.centre.short_name}"
    return f"{', '.join(both)} ต้องอยู่ที่{places} ในเวลาเดียวกัน วันที่ {thai.short_date(one.planned_on)}"


def _meet(one: Visit, other: Visit) -> bool:
    (start, end), (other_start, other_end) = _span(one), _span(other)
    return start < other_end and other_start < end


def _span(visit: Visit) -> tuple[datetime, datetime]:
    """From when to when; a visit without times takes the whole day."""
    day = visit.planned_on
    start = datetime.combine(day, visit.starts_at or time.min)
    if visit.ends_at:
        return start, datetime.combine(day, visit.ends_at)
    return start, start + USUAL_LENGTH if visit.starts_at else start + timedelta(days=1)
