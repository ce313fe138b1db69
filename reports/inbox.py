"""What waits for an officer, and what the officer waits for: the oldest first, the late and the near marked.

Each source asks one short query of what the officer may decide on or mend; what an officer made himself he does not
decide on, so it waits for somebody else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Officer
from accounts.roles import Can
from debts.models import ClauseText, PlanChange, Register
from monitoring.models import ActionPlan, Grading, Recommendation, Visit
from reports.models import AreaReturn

MOST = 50  # rows of one source: an inbox is not the list
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Item:
    """One thing to do or to wait for: what, about what, where it is, whose work it is, since when and by when."""

    what: str
    about: str
    address: str
    who: str
    since: date
    due_on: date | None = None


@dataclass(frozen=True)
class Inbox:
    """`is_full` when a source has more than are shown."""

    on: date
    items: list[Item]
    is_full: bool

    @property
    def rows(self) -> list[tuple[Item, str, str]]:
        """Each item with how long it has waited or when it is due, in Thai, and the tag of that."""
        return [(item, *_urgency(item, self.on)) for item in self.items]


def waiting_for(officer: Officer, *, on: date) -> Inbox:
    """What the officer may decide on or has to mend on day `on`, what is due first, then what has waited longest."""
    return _inbox(officer, on, _TO_DO)


def awaited_by(officer: Officer, *, on: date) -> Inbox:
    """What the officer sent and somebody else has not decided on."""
    return _inbox(officer, on, _SENT)


def _inbox(officer: Officer, on: date, sources) -> Inbox:
    found = [list(source(officer, on)) for permission, source in sources if officer.can(permission)]
    items = sorted((item for items in found for item in items), key=lambda item: item.due_on or item.since)
    return Inbox(on, items, is_full=any(len(items) == MOST for items in found))


def _urgency(item: Item, on: date) -> tuple[str, str]:
    if item.due_on is None:
        days = (on - item.since).days
        return (f"รอมาแล้ว {days} วัน" if days else "วันนี้"), ("warn" if days > SOON.days else "neutral")
    days = (item.due_on - on).days
    if days < 0:
        return f"เกินกำหนด {-days} วัน", "error"
    return {0: "ครบกำหนดวันนี้", 1: "ครบกำหนดพรุ่งนี้"}.get(days, f"อีก {days} วัน"), "warn" if days <= 1 else "wait"


def _moved(what: str, url_name: str, rows, who: Callable, about: Callable = str) -> Iterator[Item]:
    """Rows that wait since their last move, the longest first."""
    rows = rows.annotate(moved_at=Max("moves__at")).order_by("moved_at", "pk")
    for row in rows[:MOST]:
        address = reverse(url_name, args=[row.pk])
        yield Item(what, about(row), address, str(who(row)), _day(row.moved_at))


def _registers(what: str, rows) -> Iterator[Item]:
    rows = rows.with_names().select_related("sent_by")
    who, about = (lambda row: row.sent_by or row.created_by), (lambda row: f"{row} {row.of_day}")
    return _moved(what, "debts:register", rows, who, about)


def _registers_to_certify(officer: Officer, on: date) -> Iterator[Item]:
    rows = Register.objects.for_user(officer).filter(status__in=Register.WAITING).exclude(makers=officer)
    return _registers("ตรวจและรับรองทะเบียน", rows)


def _registers_to_mend(officer: Officer, on: date) -> Iterator[Item]:
    rows = Register.objects.for_user(officer).filter(status=Register.Status.RETURNED, makers=officer)
    return _registers("แก้ไขทะเบียนที่ส่งคืน", rows)


def _registers_sent(officer: Officer, on: date) -> Iterator[Item]:
    rows = Register.objects.for_user(officer).filter(status__in=Register.WAITING, makers=officer)
    return _registers("รอรับรองทะเบียน", rows)


def _plans(what: str, rows) -> Iterator[Item]:
    for row in rows.with_names().order_by("proposed_at", "pk")[:MOST]:
        about = f"{row} {row.contract.debt.borrower}"
        address = reverse("debts:plan", args=[row.pk])
        yield Item(what, about, address, str(row.proposed_by), _day(row.proposed_at))


def _plans_to_approve(officer: Officer, on: date) -> Iterator[Item]:
    rows = PlanChange.objects.for_user(officer).waiting().exclude(proposed_by=officer)
    return _plans("พิจารณาการเปลี่ยนแผน", rows.exclude(approvals__by=officer))


def _plans_proposed(officer: Officer, on: date) -> Iterator[Item]:
    rows = PlanChange.objects.for_user(officer).waiting().filter(proposed_by=officer)
    return _plans("รออนุมัติการเปลี่ยนแผน", rows)


def _texts_to_approve(officer: Officer, on: date) -> Iterator[Item]:
    rows = ClauseText.objects.for_user(officer).drafts().exclude(written_by=officer)
    for row in rows.select_related("province", "written_by").order_by("written_at", "pk")[:MOST]:
        address = reverse("debts:clause", args=[row.pk])
        yield Item("อนุมัติข้อความ", str(row), address, str(row.written_by), _day(row.written_at))


def _visits(what: str, rows) -> Iterator[Item]:
    rows = rows.with_place().select_related("changed_by")
    return _moved(what, "monitoring:visit", rows, lambda row: row.changed_by)


def _visits_to_certify(officer: Officer, on: date) -> Iterator[Item]:
    rows = Visit.objects.for_user(officer).filter(status=Visit.Status.SENT).exclude(recorders=officer)
    return _visits("รับรองรายงานการติดตาม", rows)


def _visits_to_mend(officer: Officer, on: date) -> Iterator[Item]:
    rows = Visit.objects.for_user(officer).filter(status=Visit.Status.RETURNED, recorders=officer)
    return _visits("แก้ไขรายงานที่ส่งคืน", rows)


def _visits_sent(officer: Officer, on: date) -> Iterator[Item]:
    rows = Visit.objects.for_user(officer).filter(status=Visit.Status.SENT, recorders=officer)
    return _visits("รอรับรองรายงานการติดตาม", rows)


def _visits_to_make(officer: Officer, on: date) -> Iterator[Item]:
    """Visits of the officer that are near, or should have been reported."""
    mine = Q(planned_by=officer) | Q(recorders=officer)
    open_ones = Visit.objects.for_user(officer).filter(
        mine, status__in=(Visit.Status.PLANNED, Visit.Status.DRAFT)
    )
    near = open_ones.filter(planned_on__lte=on + SOON).distinct().with_place().select_related("planned_by")
    for row in near.order_by("planned_on", "pk")[:MOST]:
        address = reverse("monitoring:visit", args=[row.pk])
        planned_on = _day(row.planned_at)
        yield Item("ลงพื้นที่และบันทึกรายงาน", str(row), address, str(row.planned_by), planned_on, row.planned_on)


def _proofs(what: str, rows) -> Iterator[Item]:
    rows = rows.select_related("visit__centre__village", "claimed_by").order_by("changed_at", "pk")
    for row in rows[:MOST]:
        about = f"{row.what} {row.visit.centre.short_name}"
        address = reverse("monitoring:recommendation", args=[row.pk])
        yield Item(what, about, address, str(row.claimed_by), _day(row.changed_at))


def _proofs_to_verify(officer: Officer, on: date) -> Iterator[Item]:
    return _proofs("ตรวจหลักฐานข้อที่ต้องดำเนินการ", Recommendation.objects.for_user(officer).to_verify(by=officer))


def _proofs_sent(officer: Officer, on: date) -> Iterator[Item]:
    rows = Recommendation.objects.for_user(officer).issued().filter(status=Recommendation.Status.CLAIMED)
    return _proofs("รอตรวจหลักฐานข้อที่ต้องดำเนินการ", rows.filter(claimed_by=officer))


def _recommendations(officer: Officer, on: date) -> Iterator[Item]:
    """Those to work on; what waits for its proof to be verified is somebody else's."""
    rows = Recommendation.objects.for_user(officer).issued().open().filter(due_on__lte=on + SOON)
    rows = rows.exclude(status=Recommendation.Status.CLAIMED)
    rows = rows.select_related("visit__centre__village__parent__parent__parent")
    for row in rows.order_by("due_on", "pk")[:MOST]:
        about = f"{row.what} {row.visit.centre.short_name}"
        address = reverse("monitoring:recommendation", args=[row.pk])
        yield Item("ติดตามข้อที่ต้องดำเนินการ", about, address, row.who, row.visit.planned_on, row.due_on)


def _gradings(what: str, rows) -> Iterator[Item]:
    rows = rows.select_related("centre__village", "fund", "begun_by")
    return _moved(what, "monitoring:grading", rows, lambda row: row.begun_by)


def _gradings_to_certify(officer: Officer, on: date) -> Iterator[Item]:
    rows = Grading.objects.for_user(officer).filter(status=Grading.Status.SENT).exclude(makers=officer)
    return _gradings("รับรองการจัดระดับ", rows)


def _gradings_to_mend(officer: Officer, on: date) -> Iterator[Item]:
    rows = Grading.objects.for_user(officer).filter(status=Grading.Status.RETURNED, makers=officer)
    return _gradings("แก้ไขการจัดระดับที่ส่งคืน", rows)


def _gradings_sent(officer: Officer, on: date) -> Iterator[Item]:
    rows = Grading.objects.for_user(officer).filter(status=Grading.Status.SENT, makers=officer)
    return _gradings("รอรับรองการจัดระดับ", rows)


def _action_plans(what: str, rows) -> Iterator[Item]:
    rows = rows.with_names().select_related("sent_by")
    return _moved(what, "monitoring:action-plan", rows, lambda row: row.sent_by or row.begun_by)


def _action_plans_to_approve(officer: Officer, on: date) -> Iterator[Item]:
    rows = ActionPlan.objects.for_user(officer).waiting().exclude(makers=officer)
    return _action_plans("พิจารณาแผนและกิจกรรม", rows)


def _action_plans_to_mend(officer: Officer, on: date) -> Iterator[Item]:
    rows = ActionPlan.objects.for_user(officer).filter(status=ActionPlan.Status.RETURNED, makers=officer)
    return _action_plans("แก้ไขแผนที่ส่งคืน", rows)


def _action_plans_sent(officer: Officer, on: date) -> Iterator[Item]:
    rows = ActionPlan.objects.for_user(officer).waiting().filter(makers=officer)
    return _action_plans("รออนุมัติแผนและกิจกรรม", rows)


def _returns(what: str, rows) -> Iterator[Item]:
    rows = rows.with_names().select_related("newest__sent_by").defer("newest__text")
    return _moved(what, "reports:return", rows, lambda row: row.newest.sent_by)


def _returns_to_check(officer: Officer, on: date) -> Iterator[Item]:
    rows = AreaReturn.objects.for_user(officer).waiting().filter(area__parent=officer.area_id)
    return _returns("ตรวจรายงานผล", rows)


def _returns_to_mend(officer: Officer, on: date) -> Iterator[Item]:
    rows = AreaReturn.objects.filter(area=officer.area_id, status=AreaReturn.Status.RETURNED)
    return _returns("แก้ไขรายงานผลที่ส่งคืน", rows)


def _returns_sent(officer: Officer, on: date) -> Iterator[Item]:
    rows = AreaReturn.objects.waiting().filter(area=officer.area_id).exclude(area__parent=None)
    return _returns("รอรับรองรายงานผล", rows)


def _handovers(what: str, rows, who: Callable) -> Iterator[Item]:
    for row in rows.open().with_names().order_by("on", "pk")[:MOST]:
        address = reverse("reports:handover", args=[row.pk])
        yield Item(what, str(row), address, who(row).full_name, _day(row.begun_at), row.on)


def _handovers_to_answer(officer: Officer, on: date) -> Iterator[Item]:
    return _handovers("ตรวจรับงานที่ส่งมอบ", officer.received_handovers.all(), lambda row: row.giver)


def _handovers_begun(officer: Officer, on: date) -> Iterator[Item]:
    return _handovers("รอผู้รับมอบตรวจรับ", officer.given_handovers.all(), lambda row: row.receiver)


def _day(moment) -> date:
    return timezone.localdate(moment)


_TO_DO = (
    (Can.CERTIFY_REGISTERS, _registers_to_certify),
    (Can.EDIT_DEBTS, _registers_to_mend),
    (Can.APPROVE_PLANS, _plans_to_approve),
    (Can.APPROVE_CLAUSES, _texts_to_approve),
    (Can.CERTIFY_VISITS, _visits_to_certify),
    (Can.EDIT_VISITS, _visits_to_mend),
    (Can.EDIT_VISITS, _visits_to_make),
    (Can.EDIT_VISITS, _recommendations),
    (Can.CERTIFY_VISITS, _proofs_to_verify),
    (Can.CERTIFY_GRADES, _gradings_to_certify),
    (Can.GRADE, _gradings_to_mend),
    (Can.APPROVE_ACTION_PLANS, _action_plans_to_approve),
    (Can.WRITE_ACTION_PLANS, _action_plans_to_mend),
    (Can.CHECK_RETURNS, _returns_to_check),
    (Can.SEND_RETURNS, _returns_to_mend),
    (Can.VIEW_REPORTS, _handovers_to_answer),
)
_SENT = (
    (Can.EDIT_DEBTS, _registers_sent),
    (Can.PROPOSE_PLANS, _plans_proposed),
    (Can.EDIT_VISITS, _visits_sent),
    (Can.EDIT_VISITS, _proofs_sent),
    (Can.GRADE, _gradings_sent),
    (Can.WRITE_ACTION_PLANS, _action_plans_sent),
    (Can.SEND_RETURNS, _returns_sent),
    (Can.VIEW_REPORTS, _handovers_begun),
)
