"""The ledger: every change of a debt's balance is one entry, and the balance is the sum of the entries."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F, prefetch_related_objects
from django.utils import timezone

from accounts.models import Officer
from debts.models import PARTS, Debt, Entry
from funds.models import Centre
from households.models import Household

ZERO = Decimal("0.00")
BATCH = 1000


class CannotPost(ValueError):
    """The entry would take more than is owed."""


@transaction.atomic
def open_debt(
    *, on: date, by: Officer, principal: Decimal, interest: Decimal = ZERO, penalty: Decimal = ZERO, **fields
) -> Debt:
    """Write down a debt as it stood on day `on`, in baht. `fields` are the columns of `Debt`."""
    debt = Debt(principal=principal, interest=interest, penalty=penalty, **fields)
    return open_debts([debt], on=on, by=by)[0]


@transaction.atomic
def open_debts(debts: Iterable[Debt], *, on: date, by: Officer) -> list[Debt]:
    """Write down new debts as they stood on day `on`: each carries what it owed in baht (`principal`, …).

    Interest is counted as the fund's rule of the day of lending says where no method is given. Raises
    `CannotPost` for an amount below zero.
    """
    debts = [_opened(debt, on, by) for debt in debts]
    _follow_the_rules([debt for debt in debts if not debt.method])
    Debt.objects.bulk_create(debts, batch_size=BATCH)
    Entry.objects.bulk_create(
        (
            Entry(
                debt=debt,
                kind=Entry.Kind.OPENING,
                on=on,
                by=by,
                **{part: getattr(debt, part) for part in PARTS},
            )
            for debt in debts
        ),
        batch_size=BATCH,
    )
    return debts


def _opened(debt: Debt, on: date, by: Officer) -> Debt:
    if any(getattr(debt, part) < 0 for part in PARTS):
        raise CannotPost("จำนวนเงินต้องไม่ติดลบ")
    debt.opened_on = debt.accrued_to = on
    debt.outstanding = sum(getattr(debt, part) for part in PARTS)
    debt.closed_on = on if debt.outstanding == 0 else None
    debt.created_by = by
    return debt


def _follow_the_rules(debts: list[Debt]) -> None:
    prefetch_related_objects(debts, "fund__rules")
    for debt in debts:
        lent_on = debt.lent_on or debt.opened_on
        debt.method = debt.fund.method_on(lent_on, rate_percent=debt.rate_percent)


@transaction.atomic
def post(debt: Debt, *, kind: str, on: date, by: Officer, **changes) -> Entry:
    """Add one entry of signed baht (`principal`, `interest`, `apart`, `penalty`) and carry it to the balance.

    `changes` may also name the `contract`, `payment`, `reverses` or `note` of the entry. Raises `CannotPost`
    when a part would fall below zero. The caller holds the debt's lock when the debt is not new.
    """
    entry = carried(debt, kind=kind, on=on, by=by, **changes)
    debt.save(update_fields=[*PARTS, "outstanding", "written_off", "closed_on", "accrued_to"])
    entry.save(force_insert=True)
    return entry


def carried(debt: Debt, *, kind: str, on: date, by: Officer, **changes) -> Entry:
    """The entry that `post` adds, and the debt's balance with it; neither is saved. Raises `CannotPost`."""
    for part in PARTS:
        balance = getattr(debt, part) + changes.get(part, ZERO)
        if balance < 0:
            raise CannotPost("ยอดที่ตัดมากกว่ายอดที่ค้าง")
        setattr(debt, part, balance)
    debt.outstanding = sum(getattr(debt, part) for part in PARTS)
    debt.closed_on = on if debt.outstanding == 0 else None
    entry = Entry(debt=debt, kind=kind, on=on, by=by, **changes)
    if (entry.reverses or entry).kind in Entry.OF_A_WRITE_OFF:
        debt.written_off -= entry.total
    return entry


def reverse(entry: Entry, *, on: date, by: Officer, note: str) -> Entry:
    """Take an entry back by its opposite. An entry is reversed at most once (the database says so)."""
    opposite = {part: -getattr(entry, part) for part in PARTS}
    references = {"contract": entry.contract, "payment": entry.payment, "reverses": entry, "note": note}
    return post(entry.debt, kind=Entry.Kind.REVERSAL, on=on, by=by, **opposite, **references)


def withdraw(debt_pks: list[int], *, by: Officer, note: str) -> None:
    """Take debts back that never had another entry than their opening. It is reversed on its own day, so that
    nothing is owed on any day. The caller holds the debts' locks."""
    openings = Entry.objects.filter(debt__in=debt_pks, reversed_by=None)
    Entry.objects.bulk_create((_opposite(entry, by=by, note=note) for entry in openings), batch_size=BATCH)
    Debt.objects.filter(pk__in=debt_pks).update(
        **dict.fromkeys((*PARTS, "outstanding"), 0), closed_on=F("opened_on"), withdrawn_at=timezone.now()
    )


def _opposite(entry: Entry, *, by: Officer, note: str) -> Entry:
    parts = {part: -getattr(entry, part) for part in PARTS}
    what = {"kind": Entry.Kind.REVERSAL, "on": entry.on, "reverses": entry, "note": note}
    return Entry(debt_id=entry.debt_id, by=by, **what, **parts)


def lock_household(household_pk: int, refusal: type[ValueError] = CannotPost) -> Household:
    """The household, locked: whoever changes its debts takes this row first, so that no two wait on each
    other. Raises `refusal` when it was merged into another."""
    locked = Household.objects.select_for_update(of=("self",)).select_related("head")
    household = locked.get(pk=household_pk)
    if household.merged_into_id:
        raise refusal(f"ครัวเรือนนี้รวมเข้ากับ {household.merged_into} แล้ว เปิดครัวเรือนนั้นแล้วทำรายการอีกครั้ง")
    return household


def lock_households(centre: Centre) -> None:
    """The households that owe a centre, locked: nothing is paid or merged between a comparison and what it
    leads to."""
    owing = Debt.objects.filter(fund__centre=centre).values("household")
    list(Household.objects.select_for_update(of=("self",)).filter(pk__in=owing).order_by("pk"))


def lock_debts(debts) -> list[Debt]:
    """The debts of a queryset, locked in the order of their keys so that two officers cannot deadlock."""
    return list(debts.select_for_update(of=("self",)).order_by("pk"))


def newest_entry_on(debt: Debt) -> date:
    """The day of the debt's last entry: nothing may be written down for a day before it."""
    return debt.entries.order_by("-on").values_list("on", flat=True)[0]
