"""How the activities of an approved plan went."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import Officer
from config import thai
from monitoring.models import ActionPlan, ActivityReport, PlannedActivity

Status = PlannedActivity.Status


class CannotReport(ValueError):
    """Nothing is reported; `str()` is the Thai reason."""


@transaction.atomic
def report(
    *,
    activity: PlannedActivity,
    status: str,
    done_on: date | None,
    spent: Decimal | None,
    reached: int | None,
    note: str,
    on: date,
    by: Officer,
) -> ActivityReport:
    """Report on day `on` how an activity stands: baht spent, households reached. Locks the plan. Raises `CannotReport`."""
    plan = ActionPlan.objects.select_for_update().get(pk=activity.plan_id)
    activity = plan.activities.get(pk=activity.pk)
    if not plan.is_approved:
        raise CannotReport("รายงานผลได้เมื่อแผนอนุมัติแล้ว")
    if (status == Status.DONE) != (done_on is not None):
        raise CannotReport("ระบุวันที่แล้วเสร็จ เมื่อดำเนินการแล้วเท่านั้น")
    start = thai.fiscal_year_start(plan.fiscal_year)
    if done_on and not start <= done_on <= on:
        raise CannotReport(f"วันที่แล้วเสร็จต้องตั้งแต่ {thai.short_date(start)} และไม่เกินวันนี้")
    told = {"status": status, "done_on": done_on, "spent": spent, "reached": reached}
    for name, value in told.items():
        setattr(activity, name, value)
    activity.save(update_fields=list(told))
    return ActivityReport.objects.create(activity=activity, note=note, by=by, **told)
