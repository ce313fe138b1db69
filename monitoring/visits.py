"""The life of a visit: planned, recorded, sent, returned for correction, certified by somebody else.

One table of moves, one function that makes a move, one `VisitMove` per move.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from config import thai
from debts.numbering import next_number
from funds.models import Centre
from monitoring.centre_figures import figures_of
from monitoring.models import (
    EDITABLE,
    IssueAnswer,
    IssueTemplate,
    Recommendation,
    TeamMember,
    Visit,
    VisitMove,
)

Status = Visit.Status
MOVES: dict[str, set[str]] = {
    Status.PLANNED: {Status.DRAFT},
    Status.DRAFT: {Status.SENT},
    Status.SENT: {Status.RETURNED, Status.CERTIFIED},
    Status.RETURNED: {Status.SENT},
    Status.CERTIFIED: set(),
}
SENDABLE = {status for status, onward in MOVES.items() if Status.SENT in onward}


class CannotPlan(ValueError):
    """The visit cannot be planned so."""


class CannotRecord(ValueError):
    """The visit can no longer be written to."""


class VisitChanged(CannotRecord):
    """Somebody else saved the visit meanwhile."""


class CannotSend(ValueError):
    """The report is not complete."""


class CannotDecide(ValueError):
    """The report cannot be certified or returned, or not by this officer."""


@dataclass(frozen=True)
class Draft:
    """Everything the recording page holds. Team rows and recommendations are given whole."""

    fields: Mapping[str, object]  # columns of Visit
    team: Iterable[Mapping[str, object]]  # name, position, agency, is_lead
    answers: Mapping[int, Mapping[str, str]]  # key of the answer → result, finding
    recommendations: Mapping[UUID, Mapping[str, object]]  # key → what, who, due_on


@transaction.atomic
def plan(
    *,
    centre: Centre,
    planned_on: date,
    by: Officer,
    team=(),
    template: IssueTemplate | None = None,
    **fields,
) -> Visit:
    """Make an appointment, with a copy of the issues of `template`, or of the list in force on its day.

    Raises `CannotPlan`.
    """
    template = template or IssueTemplate.objects.in_force(on=planned_on)
    if template is None:
        raise CannotPlan("ยังไม่มีแบบประเด็นการติดตามที่อนุมัติแล้ว แจ้งผู้ดูแลระบบ")
    if Visit.objects.filter(centre=centre, planned_on=planned_on).exists():
        raise CannotPlan(f"{centre.short_name} มีการติดตามวันที่ {thai.short_date(planned_on)} แล้ว")
    visit = Visit.objects.create(
        centre=centre, planned_on=planned_on, template=template, planned_by=by, changed_by=by, **fields
    )
    _write_team(visit, team)
    _copy_issues(visit)
    VisitMove.objects.create(visit=visit, new=visit.status, by=by)
    return visit


@transaction.atomic
def record(*, visit: Visit, version: int, draft: Draft, on: date, by: Officer) -> Visit:
    """Write the whole page down; from the day of the visit on it becomes a draft report.

    Raises `VisitChanged` when `version` is not the newest, `CannotRecord` when it was sent or certified.
    """
    visit = editable(visit, version=version)
    for column, value in draft.fields.items():
        setattr(visit, column, value)
    _refuse_a_second_visit(visit)
    if visit.status == Status.PLANNED and visit.planned_on <= on:
        _move(visit, Status.DRAFT, by=by)
    _write_team(visit, draft.team)
    _write_answers(visit, draft.answers)
    _write_recommendations(visit, draft.recommendations)
    return touch(visit, by=by)


@transaction.atomic
def send(*, visit: Visit, on: date, by: Officer) -> Visit:
    """Hand the report in. Raises `CannotSend` naming what is missing."""
    visit = locked(visit)
    if visit.status not in SENDABLE:
        raise CannotSend(f"ส่งไม่ได้ การติดตามนี้อยู่ในสถานะ{visit.get_status_display()}")
    missing = gaps(visit, on=on)
    if missing:
        raise CannotSend("ยังส่งไม่ได้: " + " • ".join(missing))
    visit.recorders.add(by)
    return _move(visit, Status.SENT, by=by)


@transaction.atomic
def return_for_correction(*, visit: Visit, version: int, reason: str, by: Officer) -> Visit:
    """Send the report back to its makers, who read `reason`. Raises `CannotDecide`."""
    visit = _waiting_for_decision(visit, version=version, by=by)
    if not reason.strip():
        raise CannotDecide("ระบุเหตุผลที่ส่งคืน")
    return _move(visit, Status.RETURNED, by=by, reason=reason)


@transaction.atomic
def certify(*, visit: Visit, version: int, on: date, by: Officer) -> Visit:
    """Certify the report as read (`version`), freeze the centre's figures and give the report the next number of
    the certifying office in the Buddhist year of `on`. Raises `CannotDecide`."""
    visit = _waiting_for_decision(visit, version=version, by=by)
    visit.figures = figures_of(visit.centre, on=min(visit.planned_on, on)).as_text()
    _number(visit, on=on, by=by)
    return _move(visit, Status.CERTIFIED, by=by)


def gaps(visit: Visit, *, on: date) -> list[str]:
    """What must still be done before the report can be sent, in Thai; empty when it is complete."""
    open_answers = sum(not answer.is_done for answer in visit.answers.all())
    checks = [
        (visit.planned_on > on, "ยังไม่ถึงวันที่ติดตาม"),
        (not any(member.is_lead for member in visit.team.all()), "ระบุคณะติดตามและหัวหน้าคณะ"),
        (open_answers, f"ยังไม่ได้บันทึกผล {open_answers} ข้อ"),
        (not visit.summary, "ระบุสรุปผลการติดตาม"),
    ]
    return [sentence for is_missing, sentence in checks if is_missing]


@transaction.atomic
def take_over(*, visit: Visit, by: Officer) -> Visit:
    """Make the officer one of the visit's recorders, who goes on with what somebody else began. Once the report is
    sent, nothing changes."""
    visit = locked(visit)
    if visit.is_editable:
        visit.recorders.add(by)
    return visit


def is_own_work(visit: Visit, officer: Officer) -> bool:
    """Whether the officer recorded or sent the report, and so may not decide on it."""
    return visit.recorders.filter(pk=officer.pk).exists()


def locked(visit: Visit) -> Visit:
    """The visit as it is now, held until the transaction ends."""
    return Visit.objects.select_for_update(of=("self",)).select_related("centre__village").get(pk=visit.pk)


def editable(visit: Visit, *, version: int | None = None) -> Visit:
    """The locked visit when it may be written to. Raises `CannotRecord` or `VisitChanged`."""
    visit = locked(visit)
    if visit.status not in EDITABLE:
        raise CannotRecord(f"แก้ไขไม่ได้ การติดตามนี้อยู่ในสถานะ{visit.get_status_display()}")
    if version is not None and version != visit.version:
        raise VisitChanged(f"{_who_and_when(visit.changed_by, visit.changed_at)} แก้ไขการติดตามนี้")
    return visit


def touch(visit: Visit, *, by: Officer) -> Visit:
    """Save the visit as changed by an officer, who from now on counts among its recorders."""
    visit.recorders.add(by)
    visit.version += 1
    visit.changed_by = by
    visit.save()
    return visit


def _move(visit: Visit, new: str, *, by: Officer, reason: str = "") -> Visit:
    VisitMove.objects.create(visit=visit, old=visit.status, new=new, by=by, reason=reason)
    visit.status = new
    visit.version += 1
    visit.changed_by = by
    visit.save()
    return visit


def _number(visit: Visit, *, on: date, by: Officer) -> None:
    visit.report_office, visit.report_year = by.area, thai.buddhist_year(on)
    visit.report_sequence = next_number(f"visit report {visit.report_office_id} {visit.report_year}")


def _waiting_for_decision(visit: Visit, *, version: int, by: Officer) -> Visit:
    visit = locked(visit)
    if is_own_work(visit, by):
        raise CannotDecide("ท่านเป็นผู้จัดทำรายการนี้ ต้องให้ผู้อื่นรับรอง")
    if visit.status in (Status.RETURNED, Status.CERTIFIED):
        last = visit.moves.select_related("by").last()
        raise CannotDecide(f"รายการนี้ถูกพิจารณาแล้วโดย{_who_and_when(last.by, last.at)}")
    if visit.status != Status.SENT:
        raise CannotDecide("รายงานนี้ยังไม่ได้ส่ง")
    if version != visit.version:
        raise CannotDecide("รายงานถูกแก้ไขหลังจากท่านเปิดอ่าน อ่านอีกครั้งก่อนพิจารณา")
    return visit


def _who_and_when(officer: Officer, at) -> str:
    return f"{officer.full_name} เมื่อ {thai.moment(timezone.localtime(at))}"


def _refuse_a_second_visit(visit: Visit) -> None:
    same_day = Visit.objects.filter(centre=visit.centre, planned_on=visit.planned_on)
    if same_day.exclude(pk=visit.pk).exists():
        raise CannotRecord(f"ศูนย์ฯ นี้มีการติดตามวันที่ {thai.short_date(visit.planned_on)} แล้ว เลือกวันอื่น")


def _copy_issues(visit: Visit) -> None:
    IssueAnswer.objects.bulk_create(
        IssueAnswer(
            visit=visit,
            result=_known_result(item, visit.centre),
            **{column: getattr(item, column) for column in IssueAnswer.PRINTED},
        )
        for item in visit.template.items.all()
    )


def _known_result(item, centre: Centre) -> str:
    """What only model centres are asked does not concern the others."""
    concerns = not item.for_models_only or centre.kind == Centre.Kind.MODEL
    return "" if concerns else IssueAnswer.Result.NOT_APPLICABLE


def _write_team(visit: Visit, team) -> None:
    visit.team.all().delete()
    TeamMember.objects.bulk_create(TeamMember(visit=visit, **member) for member in team)


def _write_answers(visit: Visit, answers) -> None:
    known = {answer.pk: answer for answer in visit.answers.all()}
    for pk, typed in answers.items():
        known[pk].result, known[pk].finding = typed["result"], typed["finding"]
    IssueAnswer.objects.bulk_update(known.values(), ["result", "finding"])


def _write_recommendations(visit: Visit, recommendations) -> None:
    gone = visit.recommendations.exclude(key__in=recommendations)
    if gone.exclude(follow_ups=None).exists():
        raise CannotRecord("ลบไม่ได้ มีข้อที่ต้องดำเนินการที่รายงานความก้าวหน้าแล้ว")
    gone.delete()
    for key, typed in recommendations.items():
        Recommendation.objects.update_or_create(visit=visit, key=key, defaults=typed)
