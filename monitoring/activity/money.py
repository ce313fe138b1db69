"""เงินทุนคืนกลุ่ม: an occupation's money is given out, comes back, and is given out again.

Whole satang; movements are only added. What is out never exceeds what the occupation began with, and nobody returns
more than is out with him. The movements' own days are not compared: a register may be typed in any order.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from accounts.audit import record
from accounts.models import Officer
from config import thai
from config.money import total
from households.models import Household
from monitoring.activity.attendance import CannotChange, locked
from monitoring.models import Activity, GroupMoney, TakingPart

Kind = GroupMoney.Kind


@dataclass(frozen=True)
class Holding:
    """What a household, or the group as a whole (None), was given and returned, in baht."""

    household: Household | None
    given: Decimal
    returned: Decimal

    @property
    def outstanding(self) -> Decimal:
        return self.given - self.returned


@dataclass(frozen=True)
class Purse:
    """An occupation's money in baht: what it began with, what went out and came back, and who has what."""

    budget: Decimal
    holdings: tuple[Holding, ...]

    @property
    def given(self) -> Decimal:
        return sum((each.given for each in self.holdings), Decimal("0.00"))

    @property
    def returned(self) -> Decimal:
        return sum((each.returned for each in self.holdings), Decimal("0.00"))

    @property
    def outstanding(self) -> Decimal:
        return self.given - self.returned

    @property
    def in_hand(self) -> Decimal:
        """Ready to be given."""
        return self.budget - self.outstanding


def purse_of(activity: Activity) -> Purse:
    given, returned = (total("amount", filter=Q(kind=kind)) for kind in (Kind.GIVEN, Kind.RETURNED))
    rows = activity.money.order_by().values("household").annotate(given=given, returned=returned)
    sums = {row["household"]: (row["given"], row["returned"]) for row in rows}
    households = Household.everything.select_related("head").filter(pk__in=[pk for pk in sums if pk])
    holders = [*households.order_by("house_sort", "pk"), *([None] if None in sums else [])]
    holdings = tuple(Holding(each, *sums[each and each.pk]) for each in holders)
    return Purse(activity.budget or Decimal("0.00"), holdings)


@transaction.atomic
def move(
    *,
    activity: Activity,
    kind: str,
    household: Household | None,
    amount: Decimal,
    on: date,
    key: UUID,
    by: Officer,
    is_goods: bool = False,
    note: str = "",
) -> GroupMoney:
    """Write down that money or goods were given or came back; who was given some takes part.

    The same `key` again is the same movement. Raises `CannotChange`.
    """
    activity = locked(activity)
    if known := activity.money.filter(key=key).first():
        return known
    _refuse(activity, kind, household, amount, on)
    if household:
        TakingPart.objects.get_or_create(activity=activity, household=household, defaults={"added_by": by})
    return GroupMoney.objects.create(
        activity=activity,
        kind=kind,
        household=household,
        amount=amount,
        on=on,
        key=key,
        by=by,
        is_goods=is_goods,
        note=note,
    )


def _refuse(activity: Activity, kind: str, household: Household | None, amount: Decimal, on: date) -> None:
    if not activity.budget:
        raise CannotChange("ระบุเงินทุนตั้งต้นของกิจกรรมก่อน")
    if amount <= 0:
        raise CannotChange("จำนวนเงินต้องมากกว่า 0 บาท")
    if on < activity.held_on:
        raise CannotChange(f"วันที่ต้องไม่ก่อนวันเริ่มกิจกรรม {thai.short_date(activity.held_on)}")
    purse = purse_of(activity)
    if kind == Kind.GIVEN and amount > purse.in_hand:
        raise CannotChange(f"เงินทุนที่พร้อมให้มี {thai.money(purse.in_hand)} บาท")
    owed = _outstanding(purse, household and household.pk)
    if kind == Kind.RETURNED and amount > owed:
        raise CannotChange(f"{household or 'กลุ่มโดยรวม'} มีเงินที่ยังไม่คืน {thai.money(owed)} บาท")


@transaction.atomic
def reverse(*, entry: GroupMoney, reason: str, on: date, by: Officer) -> GroupMoney:
    """Undo a movement by its opposite on day `on`. Raises `CannotChange` when it was undone, or what followed
    stands on it."""
    activity = locked(entry.activity)
    entry = GroupMoney.objects.with_names().get(pk=entry.pk)
    if entry.reverses_id or entry.is_reversed:
        raise CannotChange("รายการนี้กลับรายการแล้ว")
    _refuse_reversal(activity, entry)
    record(by=by, action="group-money-reverse", target=f"activity {activity.pk}", detail={"reason": reason})
    return GroupMoney.objects.create(
        activity=activity,
        kind=entry.kind,
        household=entry.household,
        amount=-entry.amount,
        on=max(on, entry.on),
        key=uuid4(),
        by=by,
        is_goods=entry.is_goods,
        note=reason,
        reverses=entry,
    )


def _refuse_reversal(activity: Activity, entry: GroupMoney) -> None:
    purse = purse_of(activity)
    if entry.kind == Kind.RETURNED and entry.amount > purse.in_hand:
        raise CannotChange("เงินที่คืนมาถูกให้ต่อไปแล้ว กลับรายการที่ให้ต่อก่อน")
    if entry.kind == Kind.GIVEN and entry.amount > _outstanding(purse, entry.household_id):
        raise CannotChange("มีการคืนเงินจากรายการนี้แล้ว กลับรายการคืนก่อน")


def _outstanding(purse: Purse, household: int | None) -> Decimal:
    found = (
        each.outstanding for each in purse.holdings if (each.household and each.household.pk) == household
    )
    return next(found, Decimal("0.00"))
