"""What a household must pay, and when: one calendar of every fund and every lender elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count

from config.rounding import percentage
from debts.arrears import lines_of
from debts.ledger import ZERO
from debts.progress import ContractState, Standing, contract_state
from debts.schedule import months_after
from households.models import Household, Livelihood, OtherDebt
from households.models.livelihood import OtherDebtQuerySet

MONTHS = 12


@dataclass(frozen=True)
class Due:
    """Baht to be paid on a day. `link` is the URL name and key of what it is paid for."""

    on: date
    creditor: str
    text: str
    amount: Decimal
    link: tuple[str, int]


@dataclass
class Month:
    """What falls due in the month that begins on `first`."""

    first: date
    dues: list[Due] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((due.amount for due in self.dues), ZERO)

    @property
    def creditors(self) -> int:
        return len({due.creditor for due in self.dues})


@dataclass(frozen=True)
class Calendar:
    """What is overdue on a day, and the twelve months from it. Debts without a day are in `undated`."""

    overdue: list[Due]
    months: list[Month]
    undated: list[str]

    @property
    def overdue_total(self) -> Decimal:
        return sum((due.amount for due in self.overdue), ZERO)

    @property
    def year_total(self) -> Decimal:
        """Baht that fall due within the twelve months; what is overdue is not in it."""
        return sum((month.total for month in self.months), ZERO)


def calendar_of(household: Household, standing: Standing) -> Calendar:
    """The calendar as the household stands on the day of `standing`."""
    on, others = standing.on, list(household.other_debts.open().filter(as_of_on__lte=standing.on))
    dues = sorted([*_of_funds(standing), *_of_others(others, on)], key=lambda due: due.on)
    months = [Month(months_after(on.replace(day=1), number)) for number in range(MONTHS)]
    by_first = {month.first: month for month in months}
    for due in dues:
        if due.on >= on and (month := by_first.get(due.on.replace(day=1))):
            month.dues.append(due)
    undated = [str(each) for each in (*standing.to_merge, *others) if each.due_on is None]
    return Calendar([due for due in dues if due.on < on], months, undated)


def _of_funds(standing: Standing) -> Iterator[Due]:
    for debt in standing.to_merge:
        if debt.due_on:
            link = ("debts:debt", debt.pk)
            yield Due(debt.due_on, str(debt.fund), f"เลขที่ {debt.number}", debt.outstanding_on, link)
    if standing.contract and contract_state(standing.contract, on=standing.on) == ContractState.STANDING:
        yield from _of_contract(standing)


def _of_contract(standing: Standing) -> Iterator[Due]:
    contract = standing.contract
    for line in lines_of(contract, on=standing.on):
        if line.left:
            text = f"{contract} งวดที่ {line.instalment.number}"
            link = ("debts:contract", contract.pk)
            yield Due(line.instalment.due_on, str(contract.lender), text, line.left, link)


def _of_others(debts: list[OtherDebt], on: date) -> Iterator[Due]:
    for debt in debts:
        if debt.due_on:
            for day, amount in _instalments(debt, until=months_after(on, MONTHS)):
                link = ("households:otherdebt-edit", debt.pk)
                yield Due(day, str(debt), debt.get_source_display() if debt.creditor else "", amount, link)


def _instalments(debt: OtherDebt, *, until: date) -> Iterator[tuple[date, Decimal]]:
    """The days and baht of what is left, as the household told them; without an instalment all at once."""
    left, each = debt.outstanding, debt.instalment or debt.outstanding
    for number in count():
        day = months_after(debt.due_on, number * debt.every)
        if not left or day > until:
            return
        amount = left if debt.every == OtherDebt.Every.ONCE else min(each, left)
        yield day, amount
        left -= amount


@dataclass(frozen=True)
class Burden:
    """All a household owes, in baht: to member funds, elsewhere, and of that informally; and its yearly income,
    None when it was never asked."""

    funds: Decimal
    elsewhere: Decimal
    informal: Decimal
    income: Decimal | None

    @property
    def total(self) -> Decimal:
        return self.funds + self.elsewhere

    @property
    def percent_of_income(self) -> Decimal | None:
        """Everything owed as a percentage of a year's income."""
        return percentage(self.total, self.income) if self.income else None


def burden_of(funds: Decimal, others: OtherDebtQuerySet, survey: Livelihood | None) -> Burden:
    """`funds` is what is owed to the member funds."""
    informal = others.filter(source=OtherDebt.Source.INFORMAL).owed()
    return Burden(funds, others.owed(), informal, survey.income if survey else None)
