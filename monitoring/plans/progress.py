"""How much of a plan was done, against the share that is asked for."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from config import thai
from config.rounding import to_satang
from funds.models import Centre
from monitoring.models import PERCENT_TO_DO, ActionPlan, PlannedActivity


class Progress(NamedTuple):
    """Activities done, of all of the plan."""

    done: int
    total: int

    @property
    def percent(self) -> Decimal | None:
        """With two decimals, half up; None without activities."""
        return to_satang(Decimal(self.done) * 100 / self.total) if self.total else None

    @property
    def is_enough(self) -> bool:
        """More than 30 %, not 30 % itself."""
        return self.done * 100 > PERCENT_TO_DO * self.total

    @property
    def words(self) -> str:
        if not self.total:
            return "ไม่มีกิจกรรมในแผน"
        verdict = "เกิน" if self.is_enough else "ไม่เกิน"
        return (
            f"ดำเนินการแล้ว {self.done} จาก {self.total} กิจกรรม ร้อยละ {thai.percent(self.percent)}"
            f" ({verdict}ร้อยละ {PERCENT_TO_DO})"
        )


def plan_of(centre: Centre, *, year: int) -> ActionPlan | None:
    return centre.action_plans.filter(fiscal_year=year).first()


def progress_of(plan: ActionPlan, *, on: date) -> Progress:
    """What was done by day `on`."""
    activities = list(plan.activities.all())
    done = [each for each in activities if each.status == PlannedActivity.Status.DONE and each.done_on <= on]
    return Progress(len(done), len(activities))


def told_of(centre: Centre, *, year: int, on: date) -> str:
    """What is known of a centre's plan of a year, in one line, for grading and before a visit."""
    plan = plan_of(centre, year=year)
    if plan is None:
        return f"ยังไม่มีแผนปีงบประมาณ พ.ศ. {year} ในระบบ"
    said = f"แผนปีงบประมาณ พ.ศ. {year} {plan.get_status_display()}"
    if plan.is_approved:
        said += f" เมื่อ {thai.short_date(plan.approved_on)} • {progress_of(plan, on=on).words}"
    return said
