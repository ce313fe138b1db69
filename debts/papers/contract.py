"""What a contract and its two annexes say, as it was signed, whatever was paid or changed since; and its schedule,
which says what holds now. Amounts in baht."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config import thai
from debts.interest import stamp_duty
from debts.models import Contract, Debt, FamilyConsent, GuarantorAnswer, Instalment, MergedDebt
from debts.plans.versions import Terms, as_they_were, schedule_of, terms_now
from households.models import Person

ANNEX_COLUMNS = ("principal", "interest_and_penalty", "waived", "capitalised", "kept_apart", "carried")


@dataclass(frozen=True)
class Surety:
    """A guarantor of an old debt and what he said; `answer` is empty in contracts of before it was asked."""

    name: str
    answer: str
    signs: bool


@dataclass(frozen=True)
class OldDebt:
    """A line of annex 1: an old debt on the day its interest was counted to, and what became of it."""

    pk: int
    fund: str
    number: str
    borrower: str
    lent_on: date | None
    method: str
    sureties: tuple[Surety, ...]
    principal: Decimal
    interest_and_penalty: Decimal
    waived: Decimal
    capitalised: Decimal
    kept_apart: Decimal
    carried: Decimal


@dataclass(frozen=True)
class ContractPaper:
    """`terms` are the contract itself, or the later plan that its `schedule` is of."""

    contract: Contract
    terms: Terms
    borrower: Person
    old_debts: list[OldDebt]
    schedule: list[Instalment]
    family: FamilyConsent | None
    national_id: str

    @property
    def old_total(self) -> dict[str, Decimal]:
        return {column: sum(getattr(debt, column) for debt in self.old_debts) for column in ANNEX_COLUMNS}

    @property
    def owed(self) -> Decimal:
        """What the household owed before anything was waived."""
        return self.old_total["principal"] + self.old_total["interest_and_penalty"]

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
    def signing_sureties(self) -> list[str]:
        """The guarantors who sign this contract, each once."""
        named = (surety for debt in self.old_debts for surety in debt.sureties if surety.signs)
        return list(dict.fromkeys(surety.name for surety in named))

    @property
    def is_guaranteed(self) -> bool:
        return any(debt.sureties for debt in self.old_debts)

    @property
    def stamp_duty(self) -> Decimal:
        return stamp_duty(self.contract.amount)

    @property
    def reliefs(self) -> list[tuple[str, bool]]:
        """Each kind of relief by its name, and whether it was given."""
        given = self.contract.relief
        return [(name, kind in given) for kind, name in Contract.Relief.choices]

    @property
    def age(self) -> int | None:
        """The borrower's age in the year of signing."""
        born = self.borrower.born_year
        return thai.buddhist_year(self.contract.signed_on) - born if born else None


def contract_paper(
    contract: Contract, *, as_signed: bool = True, with_national_id: bool = False
) -> ContractPaper:
    """The contract as signed, or with the schedule and the debtor of today. A copy shows the national ID masked."""
    terms = contract if as_signed else terms_now(contract)
    borrower = _who_signed(contract) if as_signed else contract.debt.borrower
    opened = borrower.open_national_id() if with_national_id else ""
    family = FamilyConsent.objects.filter(contract=contract).first()
    return ContractPaper(
        contract=contract,
        terms=terms,
        borrower=borrower,
        old_debts=_old_debts(contract, is_asked=family is not None),
        schedule=schedule_of(terms),
        family=family,
        national_id=thai.format_national_id(opened) if opened else borrower.masked_id,
    )


def _who_signed(contract: Contract) -> Person:
    """The debtor of the day of signing: an heir may have taken the debt over since."""
    [debt] = as_they_were(Debt.objects.filter(pk=contract.debt_id), on=contract.signed_on)
    return debt.borrower


def _old_debts(contract: Contract, *, is_asked: bool) -> list[OldDebt]:
    """With the guarantors and their answers, or those named today when nobody was asked at the signing."""
    merged = contract.merged_debts.select_related("debt__fund", "debt__borrower")
    if not is_asked:
        merged = merged.prefetch_related("debt__guarantors")
        return [_old_debt(line, _unasked(line)) for line in merged]
    answers = list(contract.guarantor_answers.all())
    return [_old_debt(line, _asked(line, answers)) for line in merged]


def _unasked(line: MergedDebt) -> tuple[Surety, ...]:
    return tuple(Surety(str(guarantor), "", True) for guarantor in line.debt.guarantors.all())


def _asked(line: MergedDebt, answers: list[GuarantorAnswer]) -> tuple[Surety, ...]:
    mine = (each for each in answers if each.debt_id == line.debt_id)
    return tuple(Surety(each.name, each.get_answer_display(), each.signs) for each in mine)


def _old_debt(merged: MergedDebt, sureties: tuple[Surety, ...]) -> OldDebt:
    debt = merged.debt
    return OldDebt(
        pk=merged.pk,
        fund=debt.fund.name,
        number=debt.number,
        borrower=debt.borrower.full_name,
        lent_on=debt.lent_on,
        method=debt.get_method_display(),
        sureties=sureties,
        principal=merged.principal,
        interest_and_penalty=merged.interest + merged.penalty,
        waived=merged.waived,
        capitalised=merged.capitalised,
        kept_apart=merged.kept_apart,
        carried=merged.carried,
    )
