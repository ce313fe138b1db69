"""What a merge starts from: every open debt, and the terms of the lender's own rule."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debts.ledger import ZERO
from debts.models import Debt
from debts.offer import CannotConsolidate, Plan, interest_to
from debts.schedule import Instalment, due_dates
from funds.models import Fund
from households.models import Household, Person

USUAL_PERIODS = 24
LONGER_PERIODS = 36  # what is first proposed beside them


@dataclass(frozen=True)
class Change:
    """What a plan changes for the household: its debts as they were, and what it pays from then on."""

    lenders: int
    owed: Decimal
    highest_rate: Decimal
    last_due_on: date | None
    borrowers: list[Person]
    first: Instalment
    last: Instalment
    has_apart: bool


def change_of(plan: Plan) -> Change:
    debts = [line.debt for line in plan.lines]
    return Change(
        lenders=len({debt.fund_id for debt in debts}),
        owed=sum((line.owed for line in plan.lines), ZERO),
        highest_rate=max(debt.rate_percent for debt in debts),
        last_due_on=max((debt.due_on for debt in debts if debt.due_on), default=None),
        borrowers=sorted({debt.borrower for debt in debts}, key=lambda person: person.sort),
        first=next(line for line in plan.instalments if line.total),
        last=plan.instalments[-1],
        has_apart=any(line.apart for line in plan.instalments),
    )


@dataclass(frozen=True)
class OldDebt:
    """A debt on the day interest is counted to, in baht; `refusal` when it cannot be counted to that day."""

    debt: Debt
    interest: Decimal
    refusal: str = ""
    is_chosen: bool = True

    @property
    def total(self) -> Decimal:
        return self.debt.principal + self.interest + self.debt.penalty


@dataclass(frozen=True)
class Choice:
    """Step 1: every open debt on a day, and the totals of the chosen ones."""

    debts: list[OldDebt]

    @property
    def chosen(self) -> list[OldDebt]:
        return [each for each in self.debts if each.is_chosen]

    @property
    def left_out(self) -> int:
        return len(self.debts) - len(self.chosen)

    @property
    def principal(self) -> Decimal:
        return sum((each.debt.principal for each in self.chosen), ZERO)

    @property
    def total(self) -> Decimal:
        return sum((each.total for each in self.chosen), ZERO)

    @property
    def penalty(self) -> Decimal:
        return sum((each.debt.penalty for each in self.chosen), ZERO)

    @property
    def interest(self) -> Decimal:
        return sum((each.interest for each in self.chosen), ZERO)

    @property
    def refusals(self) -> list[str]:
        return [each.refusal for each in self.chosen if each.refusal]


def debts_of(household: Household) -> dict:
    """All debts that can be merged, with interest up to the latest day any of them is known for."""
    debts = list(household.debts.to_merge())
    return {"debts": [debt.pk for debt in debts], "interest_to": max(debt.accrued_to for debt in debts)}


def old_debt(debt: Debt, day: date, *, is_chosen: bool = True) -> OldDebt:
    try:
        return OldDebt(debt, interest_to(debt, day) + debt.apart, is_chosen=is_chosen)
    except CannotConsolidate as refusal:
        return OldDebt(debt, debt.interest, str(refusal), is_chosen)


def choice(household: Household, *, chosen, day: date | None) -> Choice:
    """The household's debts with interest up to `day` (the latest known day when None)."""
    debts = list(household.debts.to_merge().with_names().order_by("opened_on", "pk"))
    day = day or max(debt.accrued_to for debt in debts)
    keys = {debt.pk for debt in chosen}
    return Choice([old_debt(debt, day, is_chosen=debt.pk in keys) for debt in debts])


def check_day(debts, day: date) -> None:
    """Raises `CannotConsolidate` when the interest of a debt is already counted to a later day."""
    for debt in debts:
        interest_to(debt, day)


def terms(lenders: list[Fund], debts: list[Debt], *, today: date) -> dict:
    """The usual offer: the fund that is owed most lends again, by its rule, for 24 months from today."""
    lender = usual_lender(lenders, debts)
    return {
        "lender": lender.pk if lender else None,
        "signed_on": today,
        "first_due_on": due_dates(today, 2)[1],
        "periods": USUAL_PERIODS,
        "months_per_period": 1,
        **(rule_of(lender, today) if lender else {}),
    }


def usual_lender(lenders: list[Fund], debts: list[Debt]) -> Fund | None:
    """Of the funds that may be a household's single lender, the one it owes most."""
    owed: dict[int, Decimal] = {}
    for debt in debts:
        owed[debt.fund_id] = owed.get(debt.fund_id, ZERO) + debt.outstanding
    rank = {fund: (_may_lend(fund), owed.get(fund.pk, ZERO), -fund.pk) for fund in lenders}
    return max(lenders, key=rank.get, default=None)


def _may_lend(fund: Fund) -> bool:
    return any(rule.may_be_single_lender for rule in fund.rules.all()[:1])


def rule_of(lender: Fund, day: date) -> dict:
    """The terms that the lender's rule of `day` prescribes; nothing when it has no rule."""
    rule = lender.rule_on(day)
    if rule is None:
        return {}
    return {"rate_percent": rule.rate_percent, "method": rule.method, "day_count": rule.day_count}
