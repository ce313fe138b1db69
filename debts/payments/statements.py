"""รายการเดินบัญชี of a debt or a household for any period: opening balance, entries, closing balance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from config.money import total
from debts.ledger import ZERO
from debts.models import PARTS, Debt, Entry


class CannotState(ValueError):
    """There is no such period; `str()` is the Thai reason."""


@dataclass(frozen=True)
class Line:
    """An entry and the baht owed after it."""

    entry: Entry
    balance: Decimal


@dataclass(frozen=True)
class Statement:
    """What was owed before `first`, in baht by part, what happened until `last`, what was owed then."""

    first: date
    last: date
    opening: dict[str, Decimal]
    closing: dict[str, Decimal]
    lines: list[Line]

    @property
    def opening_total(self) -> Decimal:
        return sum(self.opening.values(), ZERO)

    @property
    def closing_total(self) -> Decimal:
        return sum(self.closing.values(), ZERO)

    @property
    def changes(self) -> dict[str, Decimal]:
        """By part, how much more (or less) is owed at the end."""
        return {part: self.closing[part] - self.opening[part] for part in PARTS}

    @property
    def paid(self) -> Decimal:
        """Baht received in the period, less what was taken back in it."""
        return -sum((line.entry.total for line in self.lines if _is_payment(line.entry)), ZERO)


def statement(debts: Iterable[Debt], *, first: date, last: date) -> Statement:
    """The ledger of the debts from `first` to `last`, both included. Raises `CannotState`."""
    if last < first:
        raise CannotState("วันสุดท้ายต้องไม่ก่อนวันแรก")
    entries = Entry.objects.filter(debt__in=debts)
    opening = _balance(entries, on=first - timedelta(days=1))
    found = entries.filter(on__gte=first, on__lte=last).select_related(
        "debt__fund", "payment", "reverses", "by"
    )
    between = list(found.order_by("on", "pk"))
    start = sum(opening.values(), ZERO)
    balances = list(accumulate((entry.total for entry in between), initial=start))[1:]
    lines = [Line(*pair) for pair in zip(between, balances, strict=True)]
    return Statement(first, last, opening, _balance(entries, on=last), lines)


def _balance(entries, *, on: date) -> dict[str, Decimal]:
    sums = entries.filter(on__lte=on).aggregate(**{f"{part}_sum": total(part) for part in PARTS})
    return {part: sums[f"{part}_sum"] for part in PARTS}


def _is_payment(entry: Entry) -> bool:
    kind = entry.reverses.kind if entry.reverses else entry.kind
    return kind == Entry.Kind.PAYMENT
