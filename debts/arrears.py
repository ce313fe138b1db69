"""How far a contract's schedule is paid: what is received or waived covers the oldest instalments first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debts.ledger import ZERO
from debts.models import Contract, Instalment
from debts.plans.versions import Terms, covered_of_plan, schedule_of, terms_on

SETTLED = (Contract.Ending.PAID, Contract.Ending.WAIVED)


@dataclass(frozen=True)
class Line:
    """An instalment and the baht received or waived for it."""

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
    """The schedule in force on day `on`, as it stands then. All of it is paid once the contract owes nothing."""
    return lines_of_plan(contract, terms_on(contract, on=on), on=on)


def lines_of_plan(contract: Contract, terms: Terms, *, on: date) -> list[Line]:
    """The schedule of one plan, as it stood on day `on`."""
    instalments = schedule_of(terms)
    if contract.ending in SETTLED and contract.ended_on <= on:
        return [Line(each, each.total, is_overdue=False) for each in instalments]
    return list(_lines(instalments, covered_of_plan(contract, terms, on=on), on))


def _lines(instalments: list[Instalment], received: Decimal, on: date) -> Iterator[Line]:
    for each in instalments:
        paid = min(each.total, received)
        received = max(received - each.total, ZERO)
        yield Line(each, paid, is_overdue=each.due_on < on and paid < each.total)
