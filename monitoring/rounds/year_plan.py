"""The year plan: every centre of an area, when it was visited in a fiscal year, and when it will be."""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from config import thai
from funds.models import Centre
from monitoring.models import Round, Visit

MET = ~Q(status=Visit.Status.PLANNED)


def with_year(centres: QuerySet, year: int) -> QuerySet:
    """Adds `visited_on`, the last visit of the fiscal year that was recorded, and `appointed_on`, the first
    that is only planned; None where there is none. `year` is Buddhist."""
    span = (thai.fiscal_year_start(year), thai.fiscal_year_end(year))
    visits = Visit.objects.filter(centre=OuterRef("pk"), planned_on__range=span)
    made = visits.filter(MET).order_by("-planned_on").values("planned_on")[:1]
    planned = visits.exclude(MET).order_by("planned_on").values("planned_on")[:1]
    return centres.annotate(visited_on=Subquery(made), appointed_on=Subquery(planned))


def without_appointment(round: Round, centres: QuerySet[Centre]) -> QuerySet[Centre]:
    """Those of the centres that lie in the round's areas and that it does not visit."""
    inside = Q(village__code__startswith=round.area.prefix)
    if areas := [area.prefix for area in round.areas.all()]:
        inside = Q(pk__in=[])
        for prefix in areas:
            inside |= Q(village__code__startswith=prefix)
    return centres.filter(inside).exclude(visits__round=round)


def year_of(typed: str | None, *, on: date) -> int:
    """The fiscal year asked for, or that of `on`."""
    return int(typed) if typed else thai.fiscal_year(on)
