"""ทะเบียนข้อมูลลูกหนี้: every debt owed to a centre's member funds on a day, household by household, in baht."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from debts.classes import OPEN, DebtorClass
from debts.classification import with_class
from debts.models import Debt
from funds.models import Centre, Fund
from reports.fund_names import in_order, short_names
from reports.house_order import house_order

ROWS_A_PAGE = 24


@dataclass(frozen=True)
class Row:
    number: int
    debt: Debt
    fund: str
    opens_household: bool
    days_overdue: int

    @property
    def principal(self) -> Decimal:
        return self.debt.principal_on

    @property
    def interest(self) -> Decimal:
        """Overdue interest, interest kept apart, and penalty."""
        return self.debt.outstanding_on - self.debt.principal_on

    @property
    def outstanding(self) -> Decimal:
        return self.debt.outstanding_on


@dataclass(frozen=True)
class Totals:
    debts: int = 0
    principal: Decimal = Decimal("0.00")
    interest: Decimal = Decimal("0.00")

    @property
    def outstanding(self) -> Decimal:
        return self.principal + self.interest

    def plus(self, rows: list[Row]) -> "Totals":
        return Totals(
            self.debts + len(rows),
            self.principal + sum(row.principal for row in rows),
            self.interest + sum(row.interest for row in rows),
        )


@dataclass(frozen=True)
class PageOfRows:
    brought: Totals
    rows: list[Row]
    carried: Totals
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Register:
    centre: Centre
    on: date
    rows: list[Row]

    @property
    def total(self) -> Totals:
        return Totals().plus(self.rows)

    @property
    def households(self) -> int:
        return sum(row.opens_household for row in self.rows)

    @property
    def pages(self) -> list[PageOfRows]:
        """At most 24 rows each, with what is brought from the page before and carried to the next."""
        starts = list(range(0, len(self.rows), ROWS_A_PAGE)) or [0]
        pages, brought = [], Totals()
        for start in starts:
            rows = self.rows[start : start + ROWS_A_PAGE]
            carried = brought.plus(rows)
            pages.append(PageOfRows(brought, rows, carried, start == 0, start == starts[-1]))
            brought = carried
        return pages

    @property
    def by_fund(self) -> list[tuple[Fund, Totals]]:
        funds = in_order(row.debt.fund for row in self.rows)
        return [(fund, Totals().plus([row for row in self.rows if row.debt.fund == fund])) for fund in funds]

    @property
    def by_class(self) -> list[tuple[DebtorClass, Totals]]:
        """The classes that have debts, from the best to the worst."""
        found = {row.debt.debtor_class for row in self.rows}
        return [(each, self._of_class(each)) for each in OPEN if each in found]

    def _of_class(self, wanted: DebtorClass) -> Totals:
        return Totals().plus([row for row in self.rows if row.debt.debtor_class == wanted])


def register(*, centre: Centre, debts, on: date) -> Register:
    """What was owed at the end of day `on`, replayed from the ledger. `debts` are those the officer may see."""
    found = debts.filter(fund__centre=centre).with_balance(on=on).filter(outstanding_on__gt=0).with_names()
    owed = sorted(
        with_class(found, on=on), key=lambda debt: (house_order(debt.household), debt.borrower.sort, debt.pk)
    )
    names = short_names(in_order(debt.fund for debt in owed))
    opening = {next(group).pk for _, group in groupby(owed, key=lambda debt: debt.household_id)}
    rows = [
        Row(number, debt, names[debt.fund_id], debt.pk in opening, days_overdue(debt, on))
        for number, debt in enumerate(owed, start=1)
    ]
    return Register(centre, on, rows)


def days_overdue(debt: Debt, on: date) -> int:
    """Days since the debt fell due, 0 when it has not or the day is not known."""
    return max(0, (on - debt.due_on).days) if debt.due_on else 0
