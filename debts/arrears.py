"""How far a contract's schedule is paid: money received covers the oldest instalments first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config.money import total
from debts.ledger import ZERO
from debts.models import Contract, Instalment


@dataclass(frozen=True)
class Line:
    """An instalment and the baht received for it."""

    instalment: Instalment
    paid: Decimal
    is_overdue: bool

    @property
    def left(self) -> Decimal:
        return self.instalment.total - self.paid

    @property
    def is_paid(self) -> bool:
        return self.left == 0


def lines_of(contract: Contract, *, on: date) -> list[Line]:
    """The schedule as it stands on `on`. All of it is paid once the contract owes nothing."""
    instalments = list(contract.instalments.all())
    if contract.debt.outstanding == 0 and contract.ending == Contract.Ending.PAID:
        return [Line(each, each.total, is_overdue=False) for each in instalments]
    return list(_covered(instalments, _received(contract, on), on))


def _received(contract: Contract, on: date) -> Decimal:
    return contract.debt.payments.standing().filter(on__lte=on).aggregate(sum=total("amount"))["sum"]


def _covered(instalments: list[Instalment], received: Decimal, on: date) -> Iterator[Line]:
    for each in instalments:
        paid = min(each.total, received)
        received = max(received - each.total, ZERO)
        yield Line(each, paid, is_overdue=each.due_on < on and paid < each.total)
