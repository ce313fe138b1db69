"""How a recommendation goes on after the visit."""

from django.db import transaction

from accounts.models import Officer
from monitoring.models import REPORTED, FollowUp, Recommendation


class CannotFollowUp(ValueError):
    """There is nothing to report on yet."""


@transaction.atomic
def follow_up(*, recommendation: Recommendation, status: str, note: str, by: Officer) -> FollowUp:
    """Report how a recommendation stands. Raises `CannotFollowUp` before the visit's report was sent."""
    recommendation = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("visit")
        .get(pk=recommendation.pk)
    )
    if recommendation.visit.status not in REPORTED:
        raise CannotFollowUp("ส่งรายงานการติดตามก่อน จึงปรับสถานะได้")
    recommendation.status = status
    recommendation.save()
    return FollowUp.objects.create(recommendation=recommendation, status=status, note=note, by=by)
