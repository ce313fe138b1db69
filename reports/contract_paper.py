"""สัญญาปรับโครงสร้างหนี้: what the contract and its two annexes say. Amounts in baht."""

from dataclasses import dataclass
from decimal import Decimal

from config import thai
from debts.interest import stamp_duty
from debts.models import Contract, Instalment, MergedDebt

# The version of the clauses in templates/papers/contract.html, printed until a province approves them.
WORDING = 1
RELIEFS = ["ยืดระยะเวลา", "ลดดอกเบี้ย", "ลดเงินต้น", "ปลดหนี้"]
ANNEX_COLUMNS = ("principal", "interest_and_penalty", "waived", "capitalised", "kept_apart", "carried")


@dataclass(frozen=True)
class OldDebt:
    """A line of annex 1: an old debt on the day its interest was counted to, and what became of it."""

    fund: str
    number: str
    method: str
    guarantors: tuple[str, ...]
    principal: Decimal
    interest_and_penalty: Decimal
    waived: Decimal
    capitalised: Decimal
    kept_apart: Decimal
    carried: Decimal


@dataclass(frozen=True)
class ContractPaper:
    contract: Contract
    old_debts: list[OldDebt]
    schedule: list[Instalment]
    national_id: str
    is_copy: bool

    @property
    def old_total(self) -> dict[str, Decimal]:
        return {column: sum(getattr(debt, column) for debt in self.old_debts) for column in ANNEX_COLUMNS}

    @property
    def schedule_total(self) -> dict[str, Decimal]:
        columns = ("principal", "interest", "apart", "total")
        return {column: sum(getattr(line, column) for line in self.schedule) for column in columns}

    @property
    def first_payment(self) -> Instalment | None:
        return next((line for line in self.schedule if line.total), None)

    @property
    def last_payment(self) -> Instalment | None:
        return self.schedule[-1] if self.schedule else None

    @property
    def capitalised(self) -> Decimal:
        """Old interest that bears interest from now on, by written agreement (s.655)."""
        return self.old_total["capitalised"]

    @property
    def guarantors(self) -> list[str]:
        """Who stood surety for the old debts, each once: they sign if they agree (s.700)."""
        return list(dict.fromkeys(name for debt in self.old_debts for name in debt.guarantors))

    @property
    def stamp_duty(self) -> Decimal:
        return stamp_duty(self.contract.amount)

    @property
    def reliefs(self) -> list[tuple[str, bool]]:
        """Each kind of relief and whether it was given; kinds the household page does not know come last."""
        given = self.contract.relief
        return [
            (name, name in given) for name in [*RELIEFS, *(name for name in given if name not in RELIEFS)]
        ]

    @property
    def age(self) -> int | None:
        """The borrower's age in the year of signing."""
        born = self.contract.debt.borrower.born_year
        return thai.buddhist_year(self.contract.signed_on) - born if born else None


def contract_paper(contract: Contract, *, with_national_id: bool) -> ContractPaper:
    """The contract as signed, whatever was paid since. A copy shows the borrower's national ID masked."""
    borrower = contract.debt.borrower
    merged_debts = contract.merged_debts.select_related("debt__fund").prefetch_related("debt__guarantors")
    opened = borrower.open_national_id() if with_national_id else ""
    return ContractPaper(
        contract=contract,
        old_debts=[_old_debt(merged) for merged in merged_debts],
        schedule=list(contract.instalments.all()),
        national_id=thai.format_national_id(opened) if opened else borrower.masked_id,
        is_copy=not with_national_id,
    )


def _old_debt(merged: MergedDebt) -> OldDebt:
    return OldDebt(
        fund=merged.debt.fund.name,
        number=merged.debt.number,
        method=merged.debt.get_method_display(),
        guarantors=tuple(map(str, merged.debt.guarantors.all())),
        principal=merged.principal,
        interest_and_penalty=merged.interest + merged.penalty,
        waived=merged.waived,
        capitalised=merged.capitalised,
        kept_apart=merged.kept_apart,
        carried=merged.carried,
    )
