"""Which households took part in an activity, and activities that are taken out."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from households.models import Household
from monitoring.models import Activity, TakingPart


class CannotChange(ValueError):
    """What was asked of the activity is refused; `str()` is the Thai reason."""


def households_of(activity: Activity) -> QuerySet:
    """Whom one may tick: the households of the centre's village, in the order of their houses."""
    found = Household.objects.standing().filter(village=activity.centre.village_id)
    return found.select_related("head").order_by("house_sort", "pk")


def ticked(activity: Activity) -> set[int]:
    """Keys of the households that took part, as they are offered now."""
    return set(
        activity.taking_part.filter(household__in=households_of(activity)).values_list("household", flat=True)
    )


@transaction.atomic
def tick(
    *, activity: Activity, households: Collection[Household], opened: set[int], by: Officer
) -> tuple[int, int]:
    """Write down who took part. `opened` are the keys that were ticked when the page was opened, so that what
    another officer ticked meanwhile stays. Returns how many were added and taken out.

    Raises `CannotChange` when a household that had money of the group would be taken out.
    """
    activity = locked(activity)
    wanted = {household.pk for household in households}
    gone = opened - wanted
    if holder := activity.money.filter(household__in=gone).select_related("household__head").first():
        raise CannotChange(f"{holder.household} มีรายการเงินทุนคืนกลุ่มในกิจกรรมนี้ จึงนำออกไม่ได้")
    removed, _ = activity.taking_part.filter(household__in=gone).delete()
    there = set(activity.taking_part.values_list("household", flat=True))
    new = [TakingPart(activity=activity, household_id=pk, added_by=by) for pk in wanted - opened - there]
    TakingPart.objects.bulk_create(new)
    record(
        by=by,
        action="activity-households",
        target=f"activity {activity.pk}",
        detail={"added": sorted(each.household_id for each in new), "removed": sorted(gone)},
    )
    return len(new), removed


@transaction.atomic
def withdraw(*, activity: Activity, reason: str, by: Officer) -> Activity:
    """Take out an activity that was typed by mistake. Raises `CannotChange` while money of it was not reversed."""
    activity = locked(activity)
    if activity.money.filter(reverses=None, reversal=None).exists():
        raise CannotChange("มีรายการเงินทุนคืนกลุ่ม กลับรายการเงินทุกรายการก่อนจึงนำกิจกรรมออกได้")
    activity.withdrawn_at, activity.withdrawn_by, activity.withdrawn_reason = timezone.now(), by, reason
    activity.save()
    record(by=by, action="activity-withdraw", target=f"activity {activity.pk}", detail={"reason": reason})
    return activity


def locked(activity: Activity) -> Activity:
    """The activity as it is now, held until the transaction ends. Raises `CannotChange` if it was taken out."""
    activity = (
        Activity.objects.select_for_update(of=("self",)).select_related("centre__village").get(pk=activity.pk)
    )
    if activity.withdrawn_at:
        raise CannotChange("กิจกรรมนี้ถูกนำออกแล้ว")
    return activity
