"""The life of a hand-over: begun with all that the giver has in hand, answered item by item, done or withdrawn.

Nothing is locked while it is open: work goes on in both officers' hands. An item that is taken over becomes the
receiver's own work too, so that it stands in the receiver's inbox, and is decided on by neither.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts import officers
from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts.models import Register
from debts.registers import life as registers
from monitoring import visits
from monitoring.grading import life as gradings
from monitoring.models import ActionPlan, Grading, Visit
from monitoring.plans import life as plans
from reports.handover.portfolio import portfolio
from reports.models import Handover, HandoverItem

Answer = HandoverItem.Answer


class CannotHandOver(ValueError):
    """The work stays where it is; `str()` is the Thai reason."""


class Given(NamedTuple):
    """What the receiver says of an item."""

    answer: str
    remark: str = ""


@transaction.atomic
def begin(*, giver: Officer, receiver: Officer, on: date, reason: str, by: Officer) -> Handover:
    """List all that `giver` has in hand today for `receiver`, who works in the same area. `on` is the day of the
    hand-over. By the giver, or by whoever may change the giver's post. Raises `CannotHandOver`."""
    giver = Officer.objects.select_for_update(of=("self",)).select_related("area").get(pk=giver.pk)
    receiver = Officer.objects.get(pk=receiver.pk)
    _refuse_to_begin(giver, receiver, by)
    handover = Handover.objects.create(
        area=giver.area, giver=giver, receiver=receiver, on=on, reason=reason, begun_by=by
    )
    pieces = portfolio(giver, on=timezone.localdate())
    HandoverItem.objects.bulk_create(
        HandoverItem(
            handover=handover,
            number=number,
            kind=piece.kind,
            key=piece.key,
            about=piece.about[:300],
            told=piece.told[:500],
        )
        for number, piece in enumerate(pieces, 1)
    )
    detail = {"giver": giver.pk, "receiver": receiver.pk, "items": len(pieces)}
    record(by=by, action="handover-begin", target=f"handover:{handover.pk}", detail=detail)
    return handover


@transaction.atomic
def answer(*, handover: Handover, given: Mapping[int, Given], by: Officer) -> Handover:
    """What the receiver says of items, by their keys; the hand-over is done when all are taken over.
    What was taken over stays so. Raises `CannotHandOver`."""
    handover = _locked(handover)
    if by.pk != handover.receiver_id:
        raise CannotHandOver("ผู้รับมอบเท่านั้นที่ตรวจรับรายการได้")
    items = list(handover.items.all())
    for item in items:
        if item.pk in given and not item.is_accepted:
            _answer(item, given[item.pk], handover)
    if all(item.is_accepted for item in items):
        _end(handover, Handover.Status.DONE)
    counts = {each: sum(item.answer == each for item in items) for each in Answer.values}
    record(by=by, action="handover-answer", target=f"handover:{handover.pk}", detail=counts)
    return handover


@transaction.atomic
def withdraw(*, handover: Handover, by: Officer) -> Handover:
    """Take an open hand-over back; what was taken over so far stays with the receiver. By the giver, or whoever
    began it. Raises `CannotHandOver`."""
    handover = _locked(handover)
    if not may_withdraw(handover, by):
        raise CannotHandOver("ผู้ส่งมอบหรือผู้จัดทำเท่านั้นที่ยกเลิกได้")
    _end(handover, Handover.Status.WITHDRAWN)
    record(by=by, action="handover-withdraw", target=f"handover:{handover.pk}")
    return handover


def may_hand_over(giver: Officer, by: Officer) -> bool:
    """Whether `by` may list what the giver has in hand."""
    return giver.pk == by.pk or officers.may_change(by, giver)


def may_withdraw(handover: Handover, by: Officer) -> bool:
    return handover.is_open and by.pk in (handover.giver_id, handover.begun_by_id)


def successors(giver: Officer):
    """Who may take over: everybody else of the giver's area who may sign in."""
    return Officer.objects.active().exclude(area=None).filter(area=giver.area_id).exclude(pk=giver.pk)


def _refuse_to_begin(giver: Officer, receiver: Officer, by: Officer) -> None:
    if giver.area is None or not may_hand_over(giver, by):
        raise CannotHandOver("ท่านส่งมอบงานของผู้ใช้นี้ไม่ได้")
    if not successors(giver).filter(pk=receiver.pk).exists():
        raise CannotHandOver("ผู้รับมอบต้องเป็นเจ้าหน้าที่คนอื่นที่รับผิดชอบพื้นที่เดียวกันและยังใช้งานระบบได้")
    waiting = giver.given_handovers.open().select_related("receiver").first()
    if waiting:
        day = thai.short_date(waiting.on)
        raise CannotHandOver(
            f"มีการส่งมอบให้{waiting.receiver.full_name} วันที่ {day} ที่ยังไม่เสร็จ ยกเลิกหรือรอให้รับมอบครบก่อน"
        )


def _locked(handover: Handover) -> Handover:
    handover = Handover.objects.select_for_update(of=("self",)).with_names().get(pk=handover.pk)
    if not handover.is_open:
        raise CannotHandOver(f"การส่งมอบนี้{handover.get_status_display()}")
    return handover


def _answer(item: HandoverItem, given: Given, handover: Handover) -> None:
    remark = given.remark.strip()[:300]
    if (item.answer, item.remark) == (given.answer, remark):
        return
    if given.answer == Answer.REFUSED and not remark:
        raise CannotHandOver(f"รายการที่ {item.number}: ระบุสิ่งที่ยังขาด")
    item.answer, item.remark = given.answer, remark
    item.answered_at = timezone.now() if given.answer else None
    item.save(update_fields=["answer", "remark", "answered_at"])
    if item.is_accepted:
        _take_over(item, handover.receiver)


def _end(handover: Handover, status: str) -> None:
    handover.status, handover.ended_at = status, timezone.now()
    handover.save(update_fields=["status", "ended_at"])


def _take_over(item: HandoverItem, receiver: Officer) -> None:
    """Unfinished work becomes the receiver's own; what was put aside meanwhile is no more."""
    if item.kind in _TAKE_OVER:
        model, take_over, name = _TAKE_OVER[item.kind]
        for row in model.objects.filter(pk=item.key):
            take_over(**{name: row}, by=receiver)


_TAKE_OVER = {
    HandoverItem.Kind.REGISTER: (Register, registers.take_over, "register"),
    HandoverItem.Kind.VISIT: (Visit, visits.take_over, "visit"),
    HandoverItem.Kind.GRADING: (Grading, gradings.take_over, "grading"),
    HandoverItem.Kind.ACTION_PLAN: (ActionPlan, plans.take_over, "plan"),
}
