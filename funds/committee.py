"""What a centre's committee must have: the notes an officer reads, none of which blocks anything."""

from datetime import date

from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from config import thai
from funds.models import Centre, CommitteeMember, CommitteeOrder

DISTRICT_CHIEF = "นายอำเภอ"


class CannotLeave(ValueError):
    """The member stays as they are; `str()` is the Thai reason."""


@transaction.atomic
def leave(*, member: CommitteeMember, on: date, by: Officer) -> CommitteeMember:
    """The member leaves the committee on day `on`, and stays on the order as a former one. Raises `CannotLeave`."""
    members = CommitteeMember.objects.select_for_update(of=("self",)).select_related("order")
    member = members.get(pk=member.pk)
    if member.left_on:
        raise CannotLeave(f"{member} พ้นจากตำแหน่งแล้วเมื่อ {thai.short_date(member.left_on)}")
    if on < member.order.signed_on:
        raise CannotLeave(f"ระบุวันที่ตั้งแต่ {thai.short_date(member.order.signed_on)} ซึ่งเป็นวันที่ของคำสั่ง")
    member.left_on = on
    member.save(update_fields=["left_on"])
    record(
        by=by,
        action="committee-leave",
        target=str(member.order),
        detail={"member": str(member), "on": str(on)},
    )
    return member


def newest_order(centre: Centre) -> CommitteeOrder | None:
    """The order signed last, with its members."""
    return centre.committee_orders.prefetch_related("members__fund").order_by("-signed_on", "-pk").first()


def notes(centre: Centre, *, on: date) -> list[str]:
    """What is missing on day `on`: a current order, signed by the district chief, that names someone of
    every member fund."""
    order = newest_order(centre)
    if order is None:
        return ["ยังไม่ได้บันทึกคำสั่งแต่งตั้งคณะกรรมการ"]
    return notes_on(order, on=on)


def notes_on(order: CommitteeOrder, *, on: date) -> list[str]:
    """The same for one order."""
    return [*_of_the_order(order, on), *_of_the_funds(order)]


def _of_the_order(order: CommitteeOrder, on: date) -> list[str]:
    notes = []
    if order.expires_on and order.expires_on < on:
        notes.append(f"{order} หมดวาระแล้วเมื่อ {thai.short_date(order.expires_on)}")
    if order.signed_on > on:
        notes.append(f"{order} ลงวันที่ {thai.short_date(order.signed_on)} ซึ่งยังไม่ถึง")
    if DISTRICT_CHIEF not in order.signer_position:
        notes.append(f"{order} ลงนามโดย{order.signer_position} ต้องลงนามโดยนายอำเภอ")
    return notes


def _of_the_funds(order: CommitteeOrder) -> list[str]:
    spoken_for = {member.fund_id for member in order.serving}
    funds = order.centre.funds.active()
    return [f"ไม่มีกรรมการที่เป็นตัวแทนของ{fund.name}" for fund in funds if fund.pk not in spoken_for]
