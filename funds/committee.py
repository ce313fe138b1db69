"""What a centre's committee must have: the notes an officer reads, none of which blocks anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse

from accounts.audit import record
from accounts.models import Officer
from config import thai
from funds.models import Centre, CommitteeMember, CommitteeOrder, Fund

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


@dataclass(frozen=True)
class Gap:
    """Something the committee lacks, and the page of the order or the centre where it is mended."""

    text: str
    url_name: str
    pk: int

    @property
    def address(self) -> str:
        return reverse(self.url_name, args=[self.pk])


def gaps(centre: Centre, *, on: date) -> list[Gap]:
    """What is missing on day `on`: a current order, signed by the district chief, that names someone of
    every member fund."""
    order = newest_order(centre)
    return gaps_of(order, on=on) if order else without_order(centre)


def without_order(centre: Centre) -> list[Gap]:
    """Of a centre that has no order at all."""
    return [Gap("ยังไม่ได้บันทึกคำสั่งแต่งตั้งคณะกรรมการ", "funds:committeeorder-new", centre.pk)]


def gaps_of(order: CommitteeOrder, *, on: date, funds: Iterable[Fund] | None = None) -> list[Gap]:
    """The same for one order; `funds` are the member funds where they are known already."""
    return [
        *_of_the_order(order, on),
        *_of_the_funds(order, order.centre.funds.active() if funds is None else funds),
    ]


def notes(centre: Centre, *, on: date) -> list[str]:
    """The same in words."""
    return [gap.text for gap in gaps(centre, on=on)]


def _of_the_order(order: CommitteeOrder, on: date) -> list[Gap]:
    found = []
    if order.expires_on and order.expires_on < on:
        text = f"{order} หมดวาระแล้วเมื่อ {thai.short_date(order.expires_on)}"
        found.append(Gap(text, "funds:committeeorder-new", order.centre_id))
    if order.signed_on > on:
        text = f"{order} ลงวันที่ {thai.short_date(order.signed_on)} ซึ่งยังไม่ถึง"
        found.append(Gap(text, "funds:committeeorder-edit", order.pk))
    if DISTRICT_CHIEF not in order.signer_position:
        text = f"{order} ลงนามโดย{order.signer_position} ต้องลงนามโดยนายอำเภอ"
        found.append(Gap(text, "funds:committeeorder-edit", order.pk))
    return found


def _of_the_funds(order: CommitteeOrder, funds: Iterable[Fund]) -> list[Gap]:
    spoken_for = {member.fund_id for member in order.serving}
    return [
        Gap(f"ไม่มีกรรมการที่เป็นตัวแทนของ{fund.name}", "funds:committeemember-new", order.pk)
        for fund in funds
        if fund.pk not in spoken_for
    ]
