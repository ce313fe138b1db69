"""The form "๑ ครัวเรือน ๑ สัญญา" becomes contracts: each row a household, its debts and its new lender."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max, TextChoices

from accounts.models import Officer
from config import thai
from config.thai import name_key
from debts.consolidation import CannotConsolidate, Consents, Family, Offer, Plan, consolidate, plan_merge
from debts.imports.files import CannotImport, lock_file, mark_imported
from debts.imports.fund_match import find_fund
from debts.ledger import ZERO
from debts.models import Contract, Debt, RegisterFile
from debts.papers.consents import missing as missing_consents
from debts.schedule import due_dates
from debts.sheets.form import ContractForm, FormRow
from funds.models import Centre, Fund
from households.models import Household

# A form says nothing of the family: who agrees signs the paper. Guarantors are asked one household at a time.
AS_ON_PAPER = Consents(family=Family(reason="ลงลายมือชื่อให้ความยินยอมในสัญญาฉบับกระดาษ"))
AT_ONCE = 200
"""How many contracts one confirmation makes at most; the rest of the form is proposed after it."""


class State(TextChoices):
    READY = "ready", "พร้อมทำสัญญา"
    LATER = "later", "รอรอบถัดไป"
    DIFFERS = "differs", "ยอดไม่ตรง"
    NO_HOUSEHOLD = "no_household", "ไม่พบครัวเรือน"
    NO_LENDER = "no_lender", "ไม่พบแหล่งกู้ยืมใหม่"
    REFUSED = "refused", "ยังทำสัญญาไม่ได้"
    DONE = "done", "มีสัญญาแล้ว"

    @property
    def tag(self) -> str:
        return {"ready": "info", "done": "ok", "later": "wait", "differs": "warn"}.get(self, "error")


@dataclass(frozen=True)
class Terms:
    """What all contracts of a form have in common; rate, method and day count are each lender's own."""

    signed_on: date
    interest_to: date
    periods: int = 12
    months_per_period: int = 1
    first_due_on: date | None = None
    agreed_in_writing: bool = False
    resolution: str = ""
    reason: str = ""

    def offer(self, lender: Fund) -> Offer:
        """The offer to one household. Raises `CannotConsolidate` when the lender has no lending rule."""
        rule = lender.rule_on(self.signed_on)
        if rule is None:
            raise CannotConsolidate(f"{lender} ยังไม่มีระเบียบเงินกู้ เพิ่มระเบียบก่อนทำสัญญา")
        return Offer(
            lender=lender,
            signed_on=self.signed_on,
            interest_to=self.interest_to,
            rate_percent=rule.rate_percent,
            method=rule.method,
            day_count=rule.day_count,
            periods=self.periods,
            months_per_period=self.months_per_period,
            first_due_on=self.first_due_on or due_dates(self.signed_on, 2, self.months_per_period)[1],
            agreed_in_writing=self.agreed_in_writing,
        )


@dataclass
class ProposedMerge:
    """One row of the form. `owed` is baht by the ledger on the day to which interest is counted."""

    read: FormRow
    state: State = State.READY
    message: str = ""
    household: Household | None = None
    lender: Fund | None = None
    debts: tuple[Debt, ...] = ()
    owed: Decimal | None = None
    plan: Plan | None = None
    contract: Contract | None = None

    @property
    def full_name(self) -> str:
        return str(self.read.name or "")

    @property
    def satang(self) -> int:
        return int(self.read.amount.scaleb(2))

    @property
    def first_instalment(self) -> Decimal:
        return self.plan.instalments[0].total

    @property
    def notes(self) -> tuple[str, ...]:
        warnings = self.plan.warnings if self.plan else ()
        return tuple(dict.fromkeys((*self.read.warnings, *warnings)))


@dataclass(frozen=True)
class LenderTotal:
    lender: Fund
    contracts: int
    amount: Decimal


def by_lender(rows: Collection[ProposedMerge]) -> list[LenderTotal]:
    """Contracts and baht of each new lender, in the order of the centre's funds."""
    groups = defaultdict(list)
    for row in rows:
        groups[row.lender].append(row)
    lenders = sorted(groups, key=lambda lender: lender.pk)
    return [
        LenderTotal(lender, len(groups[lender]), sum((row.read.amount for row in groups[lender]), ZERO))
        for lender in lenders
    ]


def usual_terms(centre: Centre, *, on: date) -> Terms:
    """Signed on `on`; interest to the day of the register, to which the debts are counted."""
    open_debts = Debt.objects.filter(fund__centre=centre).open().original()
    counted_to = open_debts.aggregate(last=Max("accrued_to"))["last"]
    return Terms(signed_on=on, interest_to=min(counted_to or on, on))


def propose_merges(*, form: ContractForm, centre: Centre, terms: Terms) -> list[ProposedMerge]:
    """Each row of the form with what keeps it from becoming a contract. Writes nothing."""
    village = _Village(centre)
    rows = [_propose(row, village, terms) for row in form.rows]
    _refuse_repeated(rows)
    for row in [row for row in rows if row.state == State.READY][AT_ONCE:]:
        row.state = State.LATER
    return rows


@transaction.atomic
def merge_form(
    *, file: RegisterFile, form: ContractForm, terms: Terms, rows: Collection[int], by: Officer, key: UUID
) -> list[Contract]:
    """Sign the contracts of the chosen `rows` (as numbered in Excel), all of them or none.

    The same `key` again returns the same contracts. Locks the centre first, then the households in the order
    of their keys. Raises `CannotImport`.
    """
    file = lock_file(file)
    keys = {row: uuid5(key, str(row)) for row in rows}
    made = Contract.objects.filter(key__in=keys.values()).order_by("pk")
    if made:
        return list(made)
    proposed = propose_merges(form=form, centre=file.centre, terms=terms)
    chosen = [row for row in proposed if row.read.row in keys]
    _refuse(chosen, keys)
    _lock(chosen)
    contracts = [_sign(row, terms, by, keys[row.read.row]) for row in chosen]
    mark_imported(file, by=by)
    return contracts


class _Village:
    """The centre's households, debts and funds, read once for all rows."""

    def __init__(self, centre: Centre):
        self.centre = centre
        self.funds = list(centre.funds.active().prefetch_related("rules").select_related("centre"))
        self.named = defaultdict(list)
        households = (
            centre.village.households.standing()
            .select_related("head")
            .prefetch_related("people")
            .order_by("pk")
        )
        for household in households:
            for key in {person.match_key for person in household.people.all()}:
                self.named[key].append(household)
        self.debts = defaultdict(list)
        debts = Debt.objects.filter(fund__centre=centre).open().original().select_related("fund", "borrower")
        for debt in debts.prefetch_related("guarantors").order_by("fund", "pk"):
            self.debts[debt.household_id].append(debt)
        standing = Contract.objects.filter(household__village=centre.village).standing()
        self.contracts = {contract.household_id: contract for contract in standing}

    def household_of(self, row: FormRow) -> Household | None:
        """By name and house number; by the name alone when only one household has it and no number says no."""
        named = self.named[name_key(row.name.first, row.name.last)]
        there = [household for household in named if household.house_number == row.house_number]
        loose = [household for household in named if not household.house_number or not row.house_number]
        return next((found[0] for found in (there, loose) if len(found) == 1), None)


def _propose(read: FormRow, village: _Village, terms: Terms) -> ProposedMerge:
    if read.errors:
        return ProposedMerge(read, State.REFUSED, " ".join(read.errors))
    row = ProposedMerge(read, household=village.household_of(read))
    row.lender = find_fund(read.lender, read.lender_kind, village.funds)
    _find_state(row, village, terms)
    return row


def _find_state(row: ProposedMerge, village: _Village, terms: Terms) -> None:
    if row.household is None:
        row.state, row.message = State.NO_HOUSEHOLD, "นำเข้าทะเบียนลูกหนี้หรือเพิ่มครัวเรือนก่อน"
    elif row.household.pk in village.contracts:
        row.state, row.contract = State.DONE, village.contracts[row.household.pk]
    elif row.lender is None:
        row.state, row.message = State.NO_LENDER, f"ศูนย์ฯ ไม่มีกองทุนสมาชิกที่ตรงกับ “{row.read.lender}”"
    else:
        row.debts = tuple(village.debts[row.household.pk])
        _plan(row, terms)


def _plan(row: ProposedMerge, terms: Terms) -> None:
    try:
        row.plan = plan_merge(household=row.household, debts=row.debts, offer=terms.offer(row.lender))
    except CannotConsolidate as refusal:
        row.state, row.message = State.REFUSED, str(refusal)
        return
    row.owed = row.plan.amount
    if missing_consents(row.debts, AS_ON_PAPER):
        row.state, row.message = State.REFUSED, "หนี้เดิมมีผู้ค้ำประกัน ทำสัญญาจากหน้าครัวเรือนเพื่อบันทึกการดำเนินการ"
    if row.owed != row.read.amount:
        row.state = State.DIFFERS
        row.message = f"ในระบบ {thai.money(row.owed)} บาท ในแบบ {thai.money(row.read.amount)} บาท"


def _refuse_repeated(rows: list[ProposedMerge]) -> None:
    seen: dict[int, ProposedMerge] = {}
    for row in (row for row in rows if row.state == State.READY):
        first = seen.setdefault(row.household.pk, row)
        if first is not row:
            row.state, row.message = State.REFUSED, f"ครัวเรือนนี้อยู่ในแถว {first.read.row} แล้ว"


def _refuse(chosen: list[ProposedMerge], keys: dict[int, UUID]) -> None:
    if not chosen:
        raise CannotImport("เลือกอย่างน้อย 1 ครัวเรือน")
    for row in chosen:
        if row.state != State.READY:
            raise CannotImport(f"แถว {row.read.row}: {row.state.label} {row.message}".strip())


def _lock(chosen: list[ProposedMerge]) -> None:
    keys = [row.household.pk for row in chosen]
    list(Household.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _sign(row: ProposedMerge, terms: Terms, by: Officer, key: UUID) -> Contract:
    try:
        return consolidate(
            household=row.household,
            debts=row.debts,
            offer=terms.offer(row.lender),
            by=by,
            key=key,
            resolution=terms.resolution,
            reason=terms.reason if row.plan.to_justify else "",
            expected_amount=row.read.amount,
            consents=AS_ON_PAPER,
        )
    except CannotConsolidate as refusal:
        raise CannotImport(f"แถว {row.read.row}: {refusal}") from refusal
