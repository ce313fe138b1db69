"""What the search box finds: everything `debts` finds, and visits."""

import re
from datetime import date

from django.db.models import Q
from django.urls import reverse

from accounts.models import Officer
from accounts.roles import Can
from config import thai
from debts.finding import MOST, Group, Hit, without_centre
from debts.finding import find as find_papers
from funds.filters import letters, named
from monitoring.models import Visit

_OF_A_VISIT = re.compile(r"^(?:การติดตาม|ติดตาม)\s*")


def find(text: str, *, by: Officer, today: date) -> list[Group]:
    """Groups with a hit, of what the officer may see; visits behind the rest."""
    visits = _visits(text, by, today) if by.can(Can.VIEW_VISITS) else []
    group = [Group("การติดตาม", visits)] if visits else []
    return [*find_papers(text, by=by), *group]


def _visits(text: str, by: Officer, today: date) -> list[Hit]:
    """The newest visits to a centre of that name, in that round, on that day or in that month."""
    typed = _OF_A_VISIT.sub("", thai.tidy(text))
    wanted = _when(typed, today) or _called(typed)
    if not wanted:
        return []
    visits = Visit.objects.for_user(by).with_place().filter(wanted).order_by("-planned_on", "-pk")
    return [_hit(visit) for visit in visits[:MOST]]


def _when(typed: str, today: date) -> Q | None:
    if day := _day(typed, today):
        return Q(planned_on=day)
    if first := _day(f"1 {typed}", today) or _day(f"1/{typed}", today):
        return Q(planned_on__year=first.year, planned_on__month=first.month)
    return None


def _day(typed: str, today: date) -> date | None:
    try:
        return thai.read_date(typed, today=today).value
    except thai.CannotRead:
        return None


def _called(typed: str) -> Q | None:
    name = without_centre(typed)
    if not letters(name):
        return None
    return named("centre__village__", name) | Q(round_name__icontains=typed)


def _hit(visit: Visit) -> Hit:
    place = " • ".join(filter(None, [visit.round_name, visit.centre.village.full_name]))
    return Hit(f"{visit} {visit.get_status_display()}", place, reverse("monitoring:visit", args=[visit.pk]))
