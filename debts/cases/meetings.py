"""Committee meetings: the agenda from the cases, who is present, a resolution for each household, the minutes."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts.cases.moves import CannotMove, move
from debts.cases.resolution import summary_of, terms_of
from debts.ledger import lock_household
from debts.models import AgendaItem, Case, Meeting
from debts.numbering import next_number
from debts.offer import Plan
from funds.models import Centre, CommitteeMember

Decision = AgendaItem.Decision
TO_BE_HEARD = (Case.Stage.SELECTED, Case.Stage.NEGOTIATING, Case.Stage.RESOLVED)


class CannotMeet(ValueError):
    """The meeting stays as it is; `str()` is the Thai reason."""


def members_on(centre: Centre, day: date):
    """The members of the committee in office on `day`."""
    orders = [order.pk for order in centre.committee_orders.all() if order.is_current(day)]
    return (
        CommitteeMember.objects.filter(order__in=orders)
        .serving()
        .select_related("fund")
        .order_by("order", "pk")
    )


def usual_quorum(centre: Centre, day: date) -> int:
    """At least half of the members in office."""
    return max(1, (members_on(centre, day).count() + 1) // 2)


@transaction.atomic
def call(*, centre: Centre, held_on: date, by: Officer, quorum: int | None = None, **details) -> Meeting:
    """Call a meeting; it gets the centre's next number of the Buddhist year. Raises `CannotMeet`."""
    if not members_on(centre, held_on).exists():
        raise CannotMeet("ไม่มีคณะกรรมการที่ดำรงตำแหน่งในวันประชุม บันทึกคำสั่งแต่งตั้งคณะกรรมการก่อน")
    year = thai.buddhist_year(held_on)
    return Meeting.objects.create(
        centre=centre,
        year=year,
        sequence=next_number(f"meeting/{centre.pk}/{year}"),
        held_on=held_on,
        quorum=quorum or usual_quorum(centre, held_on),
        created_by=by,
        **details,
    )


def cases_to_hear(meeting: Meeting):
    """Open cases of the centre that are not on the agenda yet, in the order of their houses."""
    cases = Case.objects.open().counted().filter(centre=meeting.centre_id, stage__in=TO_BE_HEARD)
    cases = cases.exclude(agenda_items__meeting=meeting).with_names()
    return cases.order_by("household__house_sort", "pk")


@transaction.atomic
def put_on_agenda(*, meeting: Meeting, cases: Iterable[Case]) -> list[AgendaItem]:
    """Add households to the end of the agenda. Raises `CannotMeet`."""
    meeting = _open(meeting)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    known = set(cases_to_hear(meeting).values_list("pk", flat=True))
    wanted = [case for case in cases if case.pk in known]
    items = [
        AgendaItem(meeting=meeting, case=case, position=last + n) for n, case in enumerate(wanted, start=1)
    ]
    return AgendaItem.objects.bulk_create(items)


@transaction.atomic
def take_off_agenda(*, item: AgendaItem) -> None:
    """Remove a household that nothing was decided for. Raises `CannotMeet`."""
    meeting = _open(item.meeting)
    item = meeting.items.get(pk=item.pk)
    if item.decision:
        raise CannotMeet("วาระนี้มีมติแล้ว นำออกไม่ได้")
    item.delete()


@transaction.atomic
def attend(
    *,
    meeting: Meeting,
    present: Iterable[CommitteeMember],
    chair: CommitteeMember | None,
    secretary: CommitteeMember | None,
    guests: str = "",
) -> Meeting:
    """Write down who is there. The chair and the secretary are among the members present. Raises `CannotMeet`."""
    meeting, present = _open(meeting), list(present)
    for role, member in (("ประธานในที่ประชุม", chair), ("ผู้จดรายงานการประชุม", secretary)):
        if member is not None and member not in present:
            raise CannotMeet(f"{role}ต้องอยู่ในรายชื่อผู้มาประชุม")
    if len(present) < meeting.quorum and meeting.items.exclude(decision="").exists():
        raise CannotMeet("มีมติแล้ว ผู้มาประชุมต้องไม่น้อยกว่าองค์ประชุม")
    meeting.chair, meeting.secretary, meeting.guests = chair, secretary, guests
    meeting.save(update_fields=["chair", "secretary", "guests"])
    meeting.present.set(present)
    return meeting


@transaction.atomic
def decide(
    *,
    item: AgendaItem,
    decision: str,
    by: Officer,
    plan: Plan | None = None,
    votes: tuple[int | None, int | None, int | None] = (None, None, None),
    remark: str = "",
) -> AgendaItem:
    """Write the committee's decision down. An approval freezes the plan's terms and moves the case; another
    decision takes an earlier approval of this meeting back. `votes`: for, against, abstained.

    Raises `CannotMeet`: without a quorum, an approval without a plan, more votes than members present.
    """
    meeting = _open(item.meeting)
    household = lock_household(item.case.household_id, CannotMeet)
    item = meeting.items.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    _refuse_decision(meeting, item, decision, plan, votes, remark)
    _move_case(meeting, item, decision, by)
    item.decision, item.remark, item.decided_by, item.decided_at = (
        decision,
        remark.strip(),
        by,
        timezone.now(),
    )
    item.votes_for, item.votes_against, item.abstained = votes
    item.terms, item.summary = (terms_of(plan), summary_of(plan)) if plan else ({}, {})
    if decision != Decision.APPROVED:
        item.terms = {}
    item.save()
    record(
        by=by,
        action="meeting-decide",
        target=str(household),
        detail={"decision": decision, "meeting": str(meeting)},
    )
    return item


@transaction.atomic
def close(*, meeting: Meeting, opening: str, other: str, by: Officer) -> Meeting:
    """End the meeting: its minutes are read-only from now on. Raises `CannotMeet`."""
    meeting = _open(meeting)
    _refuse_without_quorum(meeting)
    undecided = meeting.items.filter(decision="").count()
    if undecided:
        raise CannotMeet(f"ยังไม่มีมติ {thai.count(undecided)} ครัวเรือน บันทึกมติหรือนำออกจากวาระก่อน")
    if meeting.chair_id is None or meeting.secretary_id is None:
        raise CannotMeet("ระบุประธานในที่ประชุมและผู้จดรายงานการประชุม")
    meeting.opening, meeting.other = opening.strip(), other.strip()
    meeting.closed_by, meeting.closed_at = by, timezone.now()
    meeting.save(update_fields=["opening", "other", "closed_by", "closed_at"])
    return meeting


def _open(meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not meeting.is_open:
        raise CannotMeet("ปิดการประชุมแล้ว รายงานการประชุมแก้ไขไม่ได้")
    return meeting


def _refuse_decision(meeting, item, decision, plan, votes, remark) -> None:
    _refuse_without_quorum(meeting)
    if item.case.stage not in TO_BE_HEARD or not item.case.is_open:
        stage = item.case.get_stage_display()
        raise CannotMeet(f"ครัวเรือนนี้อยู่ในขั้น “{stage}” แล้ว เปลี่ยนมติไม่ได้")
    if decision == Decision.APPROVED and plan is None:
        raise CannotMeet("ยังไม่มีเงื่อนไขที่จะเห็นชอบ กำหนดเงื่อนไขของครัวเรือนนี้ก่อน")
    if decision != Decision.APPROVED and not remark.strip():
        raise CannotMeet("ระบุเหตุผลที่ไม่เห็นชอบหรือเลื่อนการพิจารณา")
    cast = sum(each or 0 for each in votes)
    if cast > meeting.present.count():
        raise CannotMeet(f"คะแนนเสียงรวม {cast} มากกว่าผู้มาประชุม {meeting.present.count()} คน")


def _refuse_without_quorum(meeting: Meeting) -> None:
    present = meeting.present.count()
    if present < meeting.quorum:
        raise CannotMeet(f"ไม่ครบองค์ประชุม มาประชุม {present} คน ต้องมีอย่างน้อย {meeting.quorum} คน")


def _move_case(meeting: Meeting, item: AgendaItem, decision: str, by: Officer) -> None:
    approves, stands = decision == Decision.APPROVED, item.case.stage == Case.Stage.RESOLVED
    try:
        if stands and (not approves or item.decision == Decision.APPROVED):
            reason = f"{item}: {Decision(decision).label}"
            item.case = move(
                case=item.case, to=Case.Stage.NEGOTIATING, on=meeting.held_on, by=by, reason=reason
            )
        if approves and item.case.stage != Case.Stage.RESOLVED:
            item.case = move(
                case=item.case, to=Case.Stage.RESOLVED, on=meeting.held_on, by=by, reason=str(item)
            )
    except CannotMove as refusal:
        raise CannotMeet(str(refusal)) from refusal
