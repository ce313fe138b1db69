"""Interest that has come to be owed since a debt's interest was last posted.

An old debt: simple interest on the principal, actual days ÷ 365, to the day.

A contract's debt is charged at each due date of the plan in force, by the plan's own way: with equal months the yearly rate ×
months ÷ 12 on the principal of that moment, with actual days those of the period ÷ 365, and a flat contract
the interest of its schedule. Interest of the periods of full grace is kept apart. After the last due date, and
when everything is paid off between two due dates, interest runs to the day (actual ÷ 365; a flat contract's on
the principal of the plan's beginning), but paying earlier within a period never costs more than the whole period. What is owed of a
contract that was ended for default bears interest to the day.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config import thai
from config.rounding import to_satang
from debts.interest import ZERO, simple_interest
from debts.models import Contract, Debt
from debts.plans.versions import Terms, terms_now
from debts.schedule import MONTH_YEAR, period_length
from funds.models import LendingRule


@dataclass(frozen=True)
class Charge:
    """Baht that become owed, and the day up to which interest is then right; `part` is a column of `Debt`."""

    to: date
    amount: Decimal
    part: str = "interest"

    @property
    def note(self) -> str:
        """What the ledger says of it. The entry is of the day on which it is posted, so that what was owed on a past
        day stays what it was."""
        return f"ดอกเบี้ยถึงวันที่ {thai.short_date(self.to)}"


@dataclass(frozen=True)
class Period:
    """One period of a contract: its scheduled interest counts for flat contracts only."""

    starts_on: date
    due_on: date
    scheduled: Decimal
    part: str


def due_charges(debt: Debt, contract: Contract | None, *, on: date) -> list[Charge]:
    """What has become due up to and including day `on`."""
    if contract is None or contract.ending == Contract.Ending.DEFAULTED:
        return _to_the_day(debt, debt.accrued_to, on)
    terms = terms_now(contract)
    periods = _periods(contract, terms)
    due = [period for period in periods if debt.accrued_to < period.due_on <= on]
    charges = [_at_due_date(debt, terms, period) for period in due]
    matured_on = periods[-1].due_on
    return charges + _to_the_day(debt, max(debt.accrued_to, matured_on), on)


def interest_since_posted(debt: Debt, *, on: date) -> Decimal:
    """Baht of interest that an old debt owes besides what was posted, up to and including day `on`."""
    return sum((charge.amount for charge in due_charges(debt, None, on=on)), ZERO)


def running_charges(debt: Debt, contract: Contract | None, *, on: date) -> list[Charge]:
    """Interest of the period in which day `on` lies, to the day: for whoever pays everything off."""
    if contract is None or contract.ending == Contract.Ending.DEFAULTED or debt.accrued_to >= on:
        return []
    terms = terms_now(contract)
    running = [each for each in _periods(contract, terms) if each.starts_on < on < each.due_on]
    return [
        Charge(on, _part_of(debt, terms, period, max(debt.accrued_to, period.starts_on), on), period.part)
        for period in running
    ]


def _to_the_day(debt: Debt, since: date, on: date) -> list[Charge]:
    days = (on - since).days
    return [Charge(on, simple_interest(debt.principal, debt.rate_percent, days))] if days > 0 else []


def _periods(contract: Contract, terms: Terms) -> list[Period]:
    lines = sorted(contract.instalments.all(), key=lambda line: line.number)
    starts = [terms.starts_on, *(line.due_on for line in lines)]
    in_grace = _flat_interest_of_full_grace(terms, lines)
    return [
        Period(
            start, line.due_on, line.interest or in_grace.get(line.number, ZERO), _part(terms, line.number)
        )
        for start, line in zip(starts, lines, strict=False)
    ]


def _part(terms: Terms, number: int) -> str:
    return "apart" if number <= terms.full_grace else "interest"


def _flat_interest_of_full_grace(terms: Terms, lines) -> dict[int, Decimal]:
    """The schedule repays it as part of what is kept apart; here it is divided over its periods again."""
    whole, periods = sum(line.apart for line in lines) - terms.kept_apart, terms.full_grace
    until = [to_satang(whole * number / periods) if number else ZERO for number in range(periods + 1)]
    return {number: until[number] - until[number - 1] for number in range(1, periods + 1)}


def _at_due_date(debt: Debt, terms: Terms, period: Period) -> Charge:
    if debt.accrued_to > period.starts_on:
        amount = _part_of(debt, terms, period, debt.accrued_to, period.due_on)
    else:
        amount = _whole(debt, terms, period)
    return Charge(period.due_on, amount, period.part)


def _whole(debt: Debt, terms: Terms, period: Period) -> Decimal:
    if terms.method == LendingRule.Method.FLAT:
        return period.scheduled if debt.principal else ZERO
    if terms.day_count == LendingRule.DayCount.ACTUAL_365:
        return simple_interest(debt.principal, terms.rate_percent, (period.due_on - period.starts_on).days)
    return simple_interest(debt.principal, terms.rate_percent, _length(terms, period), year=MONTH_YEAR)


def _length(terms: Terms, period: Period) -> int:
    """Of a period of equal months, in parts of `MONTH_YEAR`; a bullet has one period of all."""
    is_first = period.starts_on == terms.starts_on
    first = period_length(terms.months_per_period, terms.first_days if is_first else None)
    is_bullet = terms.method == LendingRule.Method.BULLET
    return first + (terms.periods - 1) * period_length(terms.months_per_period, None) if is_bullet else first


def _part_of(debt: Debt, terms: Terms, period: Period, since: date, on: date) -> Decimal:
    is_flat = terms.method == LendingRule.Method.FLAT
    base = terms.bears_interest if is_flat and debt.principal else debt.principal
    to_the_day = simple_interest(base, terms.rate_percent, (on - since).days)
    return min(to_the_day, _whole(debt, terms, period))
