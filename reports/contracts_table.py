"""ตารางการปรับโครงสร้างหนี้เป็น 1 ครัวเรือน 1 สัญญา: the seven columns of the official form, in baht."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from config import thai
from debts.models import Contract
from funds.models import Centre, Fund
from reports.fund_names import in_order, short_names
from reports.house_order import house_order

MOST_MARKED_FUNDS = 3  # with more old lenders their names stand in one column


@dataclass(frozen=True)
class Row:
    contract: Contract
    marks: list[bool]  # for each old lender of the table
    creditors: str
    owed: Decimal

    @property
    def amount(self) -> Decimal:
        return self.contract.amount


@dataclass(frozen=True)
class LenderTotal:
    lender: Fund
    contracts: int
    amount: Decimal


@dataclass(frozen=True)
class ContractsTable:
    centre: Centre
    year: int
    on: date
    creditors: list[str]
    rows: list[Row]

    @property
    def is_marked(self) -> bool:
        return 1 <= len(self.creditors) <= MOST_MARKED_FUNDS

    @property
    def columns_before_owed(self) -> int:
        """What the total's label spans: number, name, house and the old lenders."""
        return 3 + (len(self.creditors) if self.is_marked else 1)

    @property
    def owed(self) -> Decimal:
        return sum((row.owed for row in self.rows), Decimal("0.00"))

    @property
    def amount(self) -> Decimal:
        return sum((row.amount for row in self.rows), Decimal("0.00"))

    @property
    def by_lender(self) -> list[LenderTotal]:
        return [self._total_of(lender) for lender in in_order(row.contract.lender for row in self.rows)]

    def _total_of(self, lender: Fund) -> LenderTotal:
        amounts = [row.amount for row in self.rows if row.contract.lender == lender]
        return LenderTotal(lender, len(amounts), sum(amounts))


def made_by(contracts, *, on: date):
    """The contracts signed and not cancelled by the end of day `on`; one that was paid up stays in the table."""
    cancelled = Q(ending=Contract.Ending.CANCELLED, ended_on__lte=on)
    return contracts.filter(signed_on__lte=on).exclude(cancelled)


def newest_year(contracts, *, on: date) -> int:
    """The fiscal year (พ.ศ.) of the newest contract made by `on`, or that of `on` when there is none."""
    newest = made_by(contracts, on=on).order_by("-signed_on").first()
    return thai.fiscal_year(newest.signed_on if newest else on)


def contracts_table(*, centre: Centre, contracts, year: int, on: date) -> ContractsTable:
    """The centre's contracts signed in fiscal year `year` (พ.ศ.) and not cancelled by `on`, in order of houses.

    `contracts` are those the officer may see. What the households owed is the ledger's figure at the merge.
    """
    in_year = (thai.fiscal_year_start(year), thai.fiscal_year_end(year))
    found = made_by(contracts, on=on).filter(centre=centre, signed_on__range=in_year)
    signed = sorted(
        found.with_names().prefetch_related("merged_debts__debt__fund"),
        key=lambda contract: house_order(contract.household),
    )
    funds = in_order(merged.debt.fund for contract in signed for merged in contract.merged_debts.all())
    names = short_names(funds)
    rows = [_row(contract, funds, names) for contract in signed]
    return ContractsTable(centre, year, on, list(names.values()), rows)


def _row(contract: Contract, funds: list[Fund], names: dict[int, str]) -> Row:
    merged = contract.merged_debts.all()
    marks = [fund in {debt.debt.fund for debt in merged} for fund in funds]
    creditors = "/".join(names[fund.pk] for fund, marked in zip(funds, marks, strict=True) if marked)
    return Row(contract, marks, creditors, sum((debt.owed for debt in merged), Decimal("0.00")))
