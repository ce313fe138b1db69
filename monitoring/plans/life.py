"""The life of a plan: begun, written, sent to the province, approved or returned by somebody else.

One table of moves, one function that makes a move, one append-only row a move. A sender takes back what nobody has
decided on; an approval is undone while no result was reported.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from accounts.models import Officer
from areas.models import Area, Level
from config import thai
from funds.models import Centre
from monitoring.models import ActionPlan, ActionPlanMove, ActivityReport, PlannedActivity
from monitoring.plans.warnings import warnings_of

Kind, Status = ActionPlan.Kind, ActionPlan.Status
MOVES: dict[str, set[str]] = {
    Status.DRAFT: {Status.SENT},
    Status.SENT: {Status.DRAFT, Status.RETURNED, Status.APPROVED},
    Status.RETURNED: {Status.SENT},
    Status.APPROVED: {Status.SENT},
}
MOST_AT_ONCE = 20
OWN_WORK = "ท่านเป็นผู้จัดทำแผนนี้ ต้องให้ผู้อื่นพิจารณา"


class CannotPlan(ValueError):
    """What was asked of the plan is refused; `str()` is the Thai reason."""


@transaction.atomic
def begin(*, area: Area, centre: Centre | None, year: int, on: date, by: Officer) -> ActionPlan:
    """Open the plan of a centre, or of a district (`centre` is None), for a fiscal year. Locks the area.

    A plan is made for this year or the next one. Raises `CannotPlan`.
    """
    Area.objects.select_for_update(of=("self",)).get(pk=area.pk)
    _refuse_to_begin(area, centre, year, on)
    kind = Kind.CENTRE if centre else Kind.DISTRICT
    plan = ActionPlan.objects.create(kind=kind, area=area, centre=centre, fiscal_year=year, begun_by=by)
    plan.makers.add(by)
    ActionPlanMove.objects.create(plan=plan, new=plan.status, by=by)
    return plan


@transaction.atomic
def write(
    *, plan: ActionPlan, version: int, fields: Mapping, activities: Iterable[Mapping], by: Officer
) -> ActionPlan:
    """Write down the plan's own columns and its activities, in their order. Raises `CannotPlan`."""
    plan = _locked(plan, version)
    if not plan.is_editable:
        raise CannotPlan(f"แก้ไขไม่ได้ แผนนี้อยู่ในสถานะ{plan.get_status_display()}")
    for name in ("objective", "resolution", "households"):
        setattr(plan, name, fields[name])
    plan.activities.all().delete()
    PlannedActivity.objects.bulk_create(
        PlannedActivity(plan=plan, order=order, **each) for order, each in enumerate(activities, 1)
    )
    plan.makers.add(by)
    return _saved(plan)


@transaction.atomic
def send(*, plan: ActionPlan, by: Officer) -> ActionPlan:
    """Propose the plan to the province. Raises `CannotPlan` while something is missing."""
    plan = _locked(plan)
    if not plan.is_editable:
        raise CannotPlan(f"เสนอไม่ได้ แผนนี้อยู่ในสถานะ{plan.get_status_display()}")
    if missing := gaps(plan):
        raise CannotPlan(" • ".join(missing))
    plan.makers.add(by)
    plan.sent_by, plan.decided_by = by, None
    return _move(plan, Status.SENT, by=by)


@transaction.atomic
def take_back(*, plan: ActionPlan, by: Officer) -> ActionPlan:
    """A maker takes back what nobody has decided on. Raises `CannotPlan`."""
    plan = _locked(plan)
    if plan.status != Status.SENT:
        raise CannotPlan(f"ดึงกลับไม่ได้ แผนนี้อยู่ในสถานะ{plan.get_status_display()}")
    if not is_own_work(plan, by):
        raise CannotPlan("ดึงกลับได้เฉพาะผู้จัดทำแผนนี้")
    return _move(plan, Status.DRAFT, by=by, reason="ดึงกลับมาแก้ไข")


@transaction.atomic
def return_for_correction(*, plan: ActionPlan, version: int, reason: str, by: Officer) -> ActionPlan:
    """Send it back to its makers, who read `reason`. Raises `CannotPlan`."""
    plan = _to_be_decided(plan, version=version, by=by)
    if not reason.strip():
        raise CannotPlan("ระบุเหตุผลที่ส่งคืน")
    plan.decided_by = by
    return _move(plan, Status.RETURNED, by=by, reason=reason.strip())


@transaction.atomic
def approve(*, plan: ActionPlan, version: int, on: date, by: Officer) -> ActionPlan:
    """Approve the plan as it was read (`version`). Raises `CannotPlan`."""
    plan = _to_be_decided(plan, version=version, by=by)
    plan.decided_by, plan.approved_on = by, on
    return _move(plan, Status.APPROVED, by=by)


def approve_together(
    *, plans: Mapping[ActionPlan, int], on: date, by: Officer
) -> tuple[list[ActionPlan], list[tuple[ActionPlan, str]]]:
    """Approve those plans, each as it was read, that have no warning: (approved, those that were not and why).

    Each plan for itself: one that cannot be approved keeps none of the others. Raises `CannotPlan` above twenty.
    """
    if len(plans) > MOST_AT_ONCE:
        raise CannotPlan(f"เลือกได้ครั้งละไม่เกิน {MOST_AT_ONCE} แผน")
    warnings = warnings_of(plans, on=on)
    approved, refused = [], []
    for plan, version in sorted(plans.items(), key=lambda item: item[0].pk):
        if warnings[plan.pk]:
            refused.append((plan, "มีข้อสังเกต เปิดพิจารณาทีละแผน"))
            continue
        try:
            approved.append(approve(plan=plan, version=version, on=on, by=by))
        except CannotPlan as refusal:
            refused.append((plan, str(refusal)))
    return approved, refused


@transaction.atomic
def undo_approval(*, plan: ActionPlan, reason: str, by: Officer) -> ActionPlan:
    """Put an approved plan before the province again. Raises `CannotPlan` once a result was reported."""
    plan = _locked(plan)
    if plan.status != Status.APPROVED:
        raise CannotPlan("แผนนี้ยังไม่ได้อนุมัติ")
    if is_own_work(plan, by):
        raise CannotPlan(OWN_WORK)
    if ActivityReport.objects.filter(activity__plan=plan).exists():
        raise CannotPlan("มีการรายงานผลกิจกรรมแล้ว เลิกการอนุมัติไม่ได้")
    plan.approved_on = plan.decided_by = None
    return _move(plan, Status.SENT, by=by, reason=reason.strip())


def gaps(plan: ActionPlan) -> list[str]:
    """What keeps the plan from being sent, in Thai."""
    activities = list(plan.activities.all())
    missing = [] if activities else ["ยังไม่มีกิจกรรม"]
    if plan.kind == Kind.CENTRE and not plan.households:
        missing.append("ยังไม่ได้ระบุครัวเรือนเป้าหมาย")
    if plan.kind == Kind.CENTRE and not plan.resolution:
        missing.append("ยังไม่ได้ระบุมติที่ประชุมคณะกรรมการ")
    return missing + [
        f"กิจกรรมที่ {each.order} ยังไม่ได้ระบุ{', '.join(lack)}" for each in activities if (lack := _lack(each))
    ]


@transaction.atomic
def take_over(*, plan: ActionPlan, by: Officer) -> ActionPlan:
    """Make the officer one of the plan's makers, who goes on with what somebody else began. Once it is sent, nothing
    changes."""
    plan = _locked(plan)
    if plan.is_editable:
        plan.makers.add(by)
    return plan


def is_own_work(plan: ActionPlan, officer: Officer) -> bool:
    """Whether the officer began, wrote or sent it, and so may not decide on it."""
    return plan.makers.filter(pk=officer.pk).exists()


def may_be_sent(plan: ActionPlan) -> bool:
    return plan.is_editable


def _lack(activity: PlannedActivity) -> list[str]:
    asked = {"งบประมาณ": activity.budget, "วันเริ่ม": activity.starts_on, "วันสิ้นสุด": activity.ends_on}
    return [label for label, value in asked.items() if value is None] + ([] if activity.who else ["ผู้รับผิดชอบ"])


def _refuse_to_begin(area: Area, centre: Centre | None, year: int, on: date) -> None:
    this = thai.fiscal_year(on)
    if year not in (this, this + 1):
        raise CannotPlan(f"จัดทำแผนได้ของปีงบประมาณ พ.ศ. {this} และ {this + 1}")
    if centre is None and area.level != Level.DISTRICT:
        raise CannotPlan("แผนปฏิบัติการประจำปีจัดทำโดยอำเภอ เลือกศูนย์ฯ เพื่อจัดทำแผนของศูนย์ฯ")
    if ActionPlan.objects.filter(area=area, fiscal_year=year).exists():
        raise CannotPlan(f"มีแผนปีงบประมาณ พ.ศ. {year} แล้ว เปิดรายการเดิม")


def _locked(plan: ActionPlan, version: int | None = None) -> ActionPlan:
    plan = ActionPlan.objects.select_for_update(of=("self",)).with_names().get(pk=plan.pk)
    if version is not None and version != plan.version:
        raise CannotPlan("มีผู้แก้ไขแผนนี้หลังจากท่านเปิดอ่าน เปิดดูข้อมูลล่าสุดอีกครั้ง")
    return plan


def _to_be_decided(plan: ActionPlan, *, version: int, by: Officer) -> ActionPlan:
    plan = _locked(plan, version)
    if plan.status != Status.SENT:
        raise CannotPlan(f"พิจารณาไม่ได้ แผนนี้อยู่ในสถานะ{plan.get_status_display()}")
    if is_own_work(plan, by):
        raise CannotPlan(OWN_WORK)
    return plan


def _move(plan: ActionPlan, new: str, *, by: Officer, reason: str = "") -> ActionPlan:
    if new not in MOVES[plan.status]:
        raise CannotPlan(f"ทำไม่ได้ แผนนี้อยู่ในสถานะ{plan.get_status_display()}")
    ActionPlanMove.objects.create(plan=plan, old=plan.status, new=new, by=by, reason=reason)
    plan.status = new
    return _saved(plan)


def _saved(plan: ActionPlan) -> ActionPlan:
    plan.version += 1
    plan.save()
    return plan
