"""ทะเบียนข้อมูลลูกหนี้ on paper, in baht: what the ledger says was owed to a centre's member funds on a day, or one
register as its lines say it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from config import thai
from debts.classes import OPEN, DebtorClass
from debts.classification import with_class
from debts.models import Debt
from debts.models import Register as KeptRegister
from debts.registers.rows import SavedRow, read_all
from funds.models import Centre, Fund
from reports.fund_names import in_order, short_names
from reports.house_order import house_order

ROWS_A_PAGE = 24
ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Row:
    """One debt. `fund` is its short name, `of_fund` the fund when it is known; `interest` holds penalties too;
    `overdue` is days or baht, as the paper's head says."""

    number: int
    opens_household: bool
    house_number: str
    borrower: str
    fund: str
    of_fund: Fund | None
    paper_number: str
    lent_on: date | None
    lent: Decimal | None
    principal: Decimal
    interest: Decimal
    due_on: date | None
    overdue: str
    debtor_class: DebtorClass | None = None


@dataclass(frozen=True)
class Totals:
    debts: int = 0
    principal: Decimal = ZERO
    interest: Decimal = ZERO

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
    """`status` is the line that says how far a kept register has come; `is_draft` until it is certified."""

    centre: Centre
    on: date
    rows: list[Row]
    households: int
    overdue_head: str = "เกินกำหนด (วัน)"
    status: str = ""
    is_draft: bool = False

    @property
    def total(self) -> Totals:
        return Totals().plus(self.rows)

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
        funds = in_order(row.of_fund for row in self.rows if row.of_fund)
        return [(fund, Totals().plus([row for row in self.rows if row.of_fund == fund])) for fund in funds]

    @property
    def by_class(self) -> list[tuple[DebtorClass, Totals]]:
        """The classes that have debts, from the best to the worst."""
        found = {row.debtor_class for row in self.rows}
        return [(each, self._of_class(each)) for each in OPEN if each in found]

    def _of_class(self, wanted: DebtorClass) -> Totals:
        return Totals().plus([row for row in self.rows if row.debtor_class == wanted])


def register(*, centre: Centre, debts, on: date) -> Register:
    """What was owed at the end of day `on`, replayed from the ledger. `debts` are those the officer may see."""
    found = debts.filter(fund__centre=centre).with_balance(on=on).filter(outstanding_on__gt=0).with_names()
    owed = sorted(
        with_class(found, on=on), key=lambda debt: (house_order(debt.household), debt.borrower.sort, debt.pk)
    )
    names = short_names(in_order(debt.fund for debt in owed))
    opening = {next(group).pk for _, group in groupby(owed, key=lambda debt: debt.household_id)}
    rows = [
        _row_of_debt(number, debt, names[debt.fund_id], debt.pk in opening, on)
        for number, debt in enumerate(owed, start=1)
    ]
    return Register(centre, on, rows, len(opening))


def _row_of_debt(number: int, debt: Debt, fund: str, opens_household: bool, on: date) -> Row:
    return Row(
        number=number,
        opens_household=opens_household,
        house_number=debt.household.house_number,
        borrower=debt.borrower.full_name,
        fund=fund,
        of_fund=debt.fund,
        paper_number=debt.number,
        lent_on=debt.lent_on,
        lent=debt.lent,
        principal=debt.principal_on,
        interest=debt.outstanding_on - debt.principal_on,
        due_on=debt.due_on,
        overdue=thai.count(days_overdue(debt, on)) if days_overdue(debt, on) else "",
        debtor_class=DebtorClass(debt.debtor_class),
    )


def days_overdue(debt: Debt, on: date) -> int:
    """Days since the debt fell due, 0 when it has not or the day is not known."""
    return max(0, (on - debt.due_on).days) if debt.due_on else 0


def register_as_kept(kept: KeptRegister) -> Register:
    """One register with its lines in their own order, and how far it has come."""
    lines = read_all(kept, kept.lines.filled())
    names = short_names(in_order(row.read["fund"] for row in lines if row.read["fund"]))
    houses = [row.line.house_key or row.line.pk for row in lines]
    rows = [
        _row_of_line(number, row, names, houses[number - 1] != houses[number - 2] or number == 1)
        for number, row in enumerate(lines, start=1)
    ]
    return Register(
        centre=kept.centre,
        on=kept.as_of_on,
        rows=rows,
        households=len(set(houses)),
        overdue_head="เกินกำหนด (บาท)",
        status=kept.status_line,
        is_draft=kept.certified_at is None,
    )


def _row_of_line(number: int, row: SavedRow, names: dict[int, str], opens_household: bool) -> Row:
    read, fund = row.read, row.read["fund"]
    return Row(
        number=number,
        opens_household=opens_household,
        house_number=read.values["house_number"],
        borrower=read.values["name"],
        fund=names[fund.pk] if fund else read.values["fund"],
        of_fund=fund,
        paper_number=read.values["number"],
        lent_on=read["lent_on"],
        lent=read["lent"],
        principal=row.line.principal,
        interest=row.line.interest + row.line.penalty,
        due_on=read["due_on"],
        overdue=read.values["overdue"],
    )
