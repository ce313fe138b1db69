"""What bringing a register in would do: each row's fund, household, person and debt, and what must be decided.

Amounts are baht. `debts/imports/matching.py` makes the proposal, `debts/imports/register.py` carries it out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices

from config.thai import name_key, search_key
from debts.imports.houses import House, Newcomer
from debts.ledger import ZERO
from debts.models import Debt
from debts.sheets.register import ReadRow, ReadSheet
from funds.models import Fund
from households.models import Person


class Outcome(TextChoices):
    NEW = "new", "หนี้ใหม่"
    SAME = "same", "ไม่เปลี่ยนแปลง"
    DIFFERS = "differs", "ต้องตัดสินใจ"
    CLEAR = "clear", "ไม่มียอดค้าง"
    WAITS = "waits", "รอเลือกกองทุน"
    ERROR = "error", "ต้องแก้ไข"

    @property
    def tag(self) -> str:
        return {"new": "info", "same": "ok", "differs": "warn", "waits": "wait", "error": "error"}.get(
            self, "neutral"
        )


@dataclass(frozen=True)
class NewFund:
    """A member fund to be made, with the rate of its first lending rule in percent a year."""

    name: str
    kind: str
    rate_percent: Decimal


@dataclass(frozen=True)
class Decisions:
    """What the officer decided: the fund meant by words of the file, the sheets that stay out, what to do with
    rows that have errors, and the total (baht) that the paper says."""

    funds: Mapping[str, Fund | NewFund] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    skip_errors: bool = False
    control_total: Decimal | None = None

    def chosen(self, sheets: Iterable[ReadSheet]) -> tuple[ReadSheet, ...]:
        return tuple(sheet for sheet in sheets if sheet.name not in self.left_out)


@dataclass(frozen=True)
class FundChoice:
    """What words of the file mean: a member fund, one to be made, or None as long as nobody has said."""

    words: str
    kind: str
    fund: Fund | NewFund | None
    rate_percent: Decimal

    @property
    def key(self):
        """The same for the same fund, however the file calls it."""
        return getattr(self.fund, "pk", None) or search_key(self.fund.name)


@dataclass(slots=True)
class ProposedRow:
    """One row of the file and what it becomes. `debt` is the one already there."""

    sheet: str
    read: ReadRow
    choice: FundChoice
    outcome: Outcome = Outcome.NEW
    house: House | None = None
    person: Person | Newcomer | None = None
    debt: Debt | None = None
    rate_percent: Decimal = Decimal(0)
    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def owed(self) -> Decimal:
        return (self.read.principal or ZERO) + self.read.interest + self.read.penalty

    @property
    def overdue(self) -> Decimal:
        return self.read.interest + self.read.penalty

    @property
    def full_name(self) -> str:
        return str(self.read.name or "")

    @property
    def key(self) -> str:
        return name_key(self.read.name.first, self.read.name.last) if self.read.name else ""

    @property
    def paper(self) -> tuple:
        """What tells one debt from another: fund, borrower and number, or the day where there is no number."""
        return (self.choice.key, self.key, self.read.number or self.read.lent_on)

    @property
    def needs_a_look(self) -> bool:
        return bool(self.errors or self.notes or self.outcome in (Outcome.DIFFERS, Outcome.WAITS))


@dataclass(frozen=True)
class FundTotal:
    choice: FundChoice
    debts: int
    households: int
    owed: Decimal

    @property
    def words(self) -> str:
        return self.choice.words

    @property
    def fund(self) -> str:
        """The name of the fund chosen, "" as long as nobody has."""
        return self.choice.fund.name if self.choice.fund else ""


@dataclass(frozen=True)
class Proposal:
    """What would come of the file on the day `as_of`. `undecided` says what keeps it from being imported."""

    as_of: date | None
    funds: tuple[FundChoice, ...]
    rows: tuple[ProposedRow, ...]
    warnings: tuple[str, ...]

    def of(self, *outcomes: Outcome) -> list[ProposedRow]:
        return [row for row in self.rows if row.outcome in outcomes]

    @property
    def new(self) -> list[ProposedRow]:
        return self.of(Outcome.NEW)

    @property
    def new_total(self) -> Decimal:
        return total(self.new)

    @property
    def houses(self) -> list[House]:
        return list(dict.fromkeys(row.house for row in self.rows if row.house))

    @property
    def total(self) -> Decimal:
        return total(self.rows)

    @property
    def undecided(self) -> tuple[str, ...]:
        missing = [f"เลือกกลุ่ม/กองทุนของ “{choice.words}”" for choice in self.funds if choice.fund is None]
        return (*([] if self.as_of else ["ระบุวันที่ของข้อมูล (ข้อมูล ณ วันที่)"]), *missing)

    @property
    def by_fund(self) -> list[FundTotal]:
        rows = defaultdict(list)
        for row in self.rows:
            rows[row.choice.words].append(row)
        return [
            FundTotal(choice, len(of_it), _houses(of_it), total(of_it))
            for choice in self.funds
            if (of_it := rows[choice.words])
        ]


def total(rows: Iterable[ProposedRow]) -> Decimal:
    """Baht owed on the rows: principal, overdue interest and penalty."""
    return sum((row.owed for row in rows), ZERO)


def _houses(rows: list[ProposedRow]) -> int:
    return len({row.house for row in rows if row.house})
