"""Up to four plans for one household, side by side: what it pays, and what each fund gains and loses.

Nothing here writes or reads the database; every figure comes from the plan that would become the contract.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from config.rounding import percentage, to_satang
from debts.interest import YEAR, ZERO
from debts.offer import Line, Plan
from debts.schedule import Instalment, months_after
from debts.seasons import rhythm_of
from funds.models import Fund, LendingRule
from households.models import Livelihood

MOST_PLANS = 4


@dataclass(frozen=True)
class FundEffect:
    """What a plan does to one fund, in baht. `receives` is paid to it when the contract is made and `pays` by it;
    `forgone` is the interest that its old debts would have borne, `earns` that of the new contract."""

    fund: Fund
    receives: Decimal = ZERO
    pays: Decimal = ZERO
    waived: Decimal = ZERO
    forgone: Decimal = ZERO
    earns: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """Interest earned, less what is forgiven and the interest forgone."""
        return self.earns - self.waived - self.forgone


@dataclass(frozen=True)
class Burden:
    """What the heaviest year of a plan takes of the household's year, in baht."""

    heaviest_year: Decimal
    income: Decimal
    left_before: Decimal

    @property
    def percent_of_income(self) -> Decimal | None:
        return percentage(self.heaviest_year, self.income)

    @property
    def left(self) -> Decimal:
        """Baht that remain of the year; negative when the plan takes more than there is."""
        return self.left_before - self.heaviest_year


@dataclass(frozen=True)
class Option:
    """One plan with the figures that are compared, or why there is none yet (`refusal`)."""

    number: int
    plan: Plan | None
    refusal: str = ""
    burden: Burden | None = None
    effects: tuple[FundEffect, ...] = ()

    @property
    def method(self) -> str:
        return LendingRule.Method(self.plan.offer.method).label

    @property
    def rhythm(self) -> str:
        """How often it is paid."""
        return rhythm_of(self.plan.offer.months_per_period, self.plan.offer.seasons)

    @property
    def first(self) -> Instalment:
        """The first instalment with something to pay."""
        return next(line for line in self.plan.instalments if line.total)

    @property
    def last(self) -> Instalment:
        return self.plan.instalments[-1]

    @property
    def usual(self) -> Decimal:
        """The most frequent instalment; the larger of two that are as frequent."""
        totals = Counter(line.total for line in self.plan.instalments if line.total)
        return max(totals, key=lambda total: (totals[total], total))

    @property
    def heaviest_year(self) -> Decimal:
        return heaviest_year(self.plan)


def option_of(number: int, plan: Plan, survey: Livelihood | None) -> Option:
    return Option(number, plan, burden=_burden(plan, survey), effects=effects_of(plan))


def heaviest_year(plan: Plan) -> Decimal:
    """Baht due in the heaviest year; years end on the anniversary of the signing, that day included."""
    return max(_by_year(plan.offer.signed_on, plan.instalments).values())


def _by_year(signed_on: date, lines) -> Counter:
    years: Counter = Counter()
    for line in lines:
        year = line.due_on.year - signed_on.year
        years[year + (line.due_on > months_after(signed_on, 12 * year))] += line.total
    return years


def _burden(plan: Plan, survey: Livelihood | None) -> Burden | None:
    if survey is None or not survey.income:
        return None
    left = survey.income - (survey.expense - survey.expense_debt)
    return Burden(heaviest_year(plan), survey.income, left)


def effects_of(plan: Plan) -> tuple[FundEffect, ...]:
    """One for each fund that was owed something, and for the new lender first."""
    lender = plan.offer.lender
    lines: dict[Fund, list[Line]] = {lender: []}
    for line in plan.lines:
        lines.setdefault(line.debt.fund, []).append(line)
    return tuple(_effect(plan, fund, lines[fund], is_lender=fund == lender) for fund in lines)


def _effect(plan: Plan, fund: Fund, lines: list[Line], *, is_lender: bool) -> FundEffect:
    carried = sum((line.carried for line in lines), ZERO)
    losses = {
        "waived": sum((line.waived for line in lines), ZERO),
        "forgone": sum((forgone(plan, line) for line in lines), ZERO),
    }
    if is_lender:
        return FundEffect(fund, pays=plan.amount - carried, earns=plan.total_interest, **losses)
    return FundEffect(fund, receives=carried, **losses)


def forgone(plan: Plan, line: Line) -> Decimal:
    """Interest that an old debt would have borne at its own rate from signing to the end of the new contract, had
    its principal come down in the same measure as that of the new one: principal × rate × days ÷ 365, on the
    share that is left in each period. Rounded once."""
    if not line.debt.rate_percent or not plan.bears_interest:
        return ZERO
    parts = line.principal * line.debt.rate_percent * _balance_days(plan)
    return to_satang(parts / (plan.bears_interest * 100 * YEAR))


def _balance_days(plan: Plan) -> Decimal:
    """The sum of each period's principal × its days."""
    days = (plan.offer.signed_on, *(line.due_on for line in plan.instalments))
    balances = (plan.bears_interest, *(line.balance for line in plan.instalments))
    lengths = [(later - earlier).days for earlier, later in pairwise(days)]
    return sum((balance * length for balance, length in zip(balances, lengths, strict=False)), ZERO)


def all_funds(options: list[Option]) -> list[tuple[Fund, list[tuple[Option, FundEffect | None]]]]:
    """Each fund that any plan touches, with its effect in every plan."""
    funds = dict.fromkeys(effect.fund for option in options for effect in option.effects)
    found = [{effect.fund: effect for effect in option.effects} for option in options]
    return [(fund, list(zip(options, (each.get(fund) for each in found), strict=True))) for fund in funds]
