"""How far a household has come: what it owes on a day, and the state that follows from it.

Nothing here is typed by anyone; every state is derived from the ledger, the case and the contract.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, TextChoices

from config.money import total
from debts.cases.selection import baseline_on
from debts.classes import DebtorClass, worst
from debts.classification import with_class
from debts.ledger import ZERO
from debts.models import PARTS, Case, Contract, Debt, Entry
from debts.plans.versions import as_they_were
from households.models import Household


class DebtState(TextChoices):
    RUNNING = "running", "ยังไม่ถึงกำหนด"
    OVERDUE = "overdue", "เกินกำหนดชำระ"
    MERGED = "merged", "โอนเข้าสัญญาใหม่"
    PAID = "paid", "ชำระครบแล้ว"
    CANCELLED = "cancelled", "ยกเลิกสัญญาแล้ว"
    WITHDRAWN = "withdrawn", "ยกเลิกการนำเข้า"

    @property
    def tag(self) -> str:
        tags = {"running": "info", "overdue": "error", "merged": "brand", "paid": "ok"}
        return tags.get(self, "neutral")


class ContractState(TextChoices):
    STANDING = "standing", "มีผลใช้บังคับ"
    PAID = "paid", "ชำระครบแล้ว"
    WAIVED = "waived", "ยกเว้นหนี้ที่เหลือแล้ว"
    WRITTEN_OFF = "writtenoff", "ตัดหนี้สูญแล้ว"
    DEFAULTED = "defaulted", "เลิกสัญญาเพราะผิดนัด"
    CANCELLED = "cancelled", "ยกเลิก"

    @property
    def tag(self) -> str:
        tags = {"standing": "ok", "paid": "brand", "waived": "brand", "cancelled": "neutral"}
        return tags.get(self, "warn")


class HouseholdState(TextChoices):
    OUTSIDE = "outside", "ยังไม่เข้ากระบวนการ"
    SELECTED = "selected", "ครัวเรือนเป้าหมาย"
    NEGOTIATING = "negotiating", "อยู่ระหว่างเจรจา"
    RESOLVED = "resolved", "คณะกรรมการมีมติแล้ว"
    SIGNED = "signed", "ทำสัญญาแล้ว"
    REDUCED = "reduced", "ลดหนี้ได้"
    CLEARED = "cleared", "ปลดหนี้ได้"

    @property
    def tag(self) -> str:
        return {"selected": "wait", "negotiating": "info", "resolved": "brand", "signed": "brand"}.get(
            self, "ok" if self in (HouseholdState.REDUCED, HouseholdState.CLEARED) else "neutral"
        )


def contract_state(contract: Contract, *, on: date | None = None) -> ContractState:
    """The contract's state now, or on day `on`."""
    has_ended = contract.ended_on and (on is None or contract.ended_on <= on)
    return ContractState(contract.ending if has_ended else ContractState.STANDING)


def state_of(debt: Debt, *, on: date) -> DebtState:
    """The debt's state on `on`. A past day needs `with_balance(on=)`; `with_merges()` is always needed."""
    if debt.withdrawn_at:
        return DebtState.WITHDRAWN
    if getattr(debt, "outstanding_on", debt.outstanding) == 0:
        gone = DebtState.CANCELLED if debt.is_cancelled else DebtState.PAID
        return DebtState.MERGED if debt.is_merged else gone
    return DebtState.OVERDUE if debt.due_on and debt.due_on < on else DebtState.RUNNING


@dataclass(frozen=True)
class Standing:
    """A household on day `on`: its debts with their balances of that day, its case and its contract.
    `owed` is what it owes the member funds, in baht, to be compared with the case's baseline: what was written off
    and not recovered, `lost`, is owed still. `forgiven` is what was waived since the case was opened."""

    on: date
    debts: list[Debt]
    owed: Decimal
    case: Case | None
    stage: str
    contract: Contract | None
    forgiven: Decimal = ZERO
    lost: Decimal = ZERO

    @property
    def open(self) -> list[Debt]:
        return [debt for debt in self.debts if debt.outstanding_on]

    @property
    def closed(self) -> list[Debt]:
        return [debt for debt in self.debts if not debt.outstanding_on]

    @property
    def to_merge(self) -> list[Debt]:
        """Open debts that a contract may take over: old papers, and what is left of a contract that was ended for
        default."""
        return [debt for debt in self.open if debt.kind == Debt.Kind.ORIGINAL or self._was_defaulted(debt)]

    def _was_defaulted(self, debt: Debt) -> bool:
        return contract_state(debt.contract, on=self.on) == ContractState.DEFAULTED

    @property
    def principal(self) -> Decimal:
        return sum((debt.principal_on for debt in self.open), ZERO)

    @property
    def outstanding(self) -> Decimal:
        return sum((debt.outstanding_on for debt in self.open), ZERO)

    @property
    def interest(self) -> Decimal:
        """Everything owed that is not principal."""
        return self.outstanding - self.principal

    @property
    def reduced(self) -> Decimal:
        """Baht by which the household owes less than on the day it was selected; never negative."""
        return max(self.case.baseline - self.owed, ZERO) if self.case else ZERO

    @property
    def paid(self) -> Decimal:
        """The part of `reduced` that was not waived."""
        return self.reduced - self.waived

    @property
    def waived(self) -> Decimal:
        """The part of `reduced` that was waived, in contracts and by later changes of plan."""
        return min(self.forgiven, self.reduced)

    @property
    def has_overdue(self) -> bool:
        return any(debt.due_on and debt.due_on < self.on for debt in self.open)

    @property
    def debtor_class(self) -> DebtorClass | None:
        return worst(debt.debtor_class for debt in self.open)

    @property
    def state(self) -> HouseholdState:
        if not self.case:
            return HouseholdState.OUTSIDE
        if self.owed < self.case.baseline:
            return HouseholdState.REDUCED if self.owed else HouseholdState.CLEARED
        if self.contract:
            return HouseholdState.SIGNED
        talking = (Case.Stage.NEGOTIATING, Case.Stage.RESOLVED)
        return HouseholdState(self.stage) if self.stage in talking else HouseholdState.SELECTED


def standing_of(household: Household, *, on: date) -> Standing:
    """Everything the household's page says about day `on`."""
    debts = household.debts.filter(opened_on__lte=on).with_names().with_balance(on=on).with_merges()
    debts = with_class(debts.select_related("contract"), on=on).order_by("opened_on", "pk")
    not_over = Q(closed_on=None) | Q(closed_on__gt=on)
    gone = Q(ending__in=(Contract.Ending.CANCELLED, Contract.Ending.DEFAULTED), ended_on__lte=on)
    case = household.cases.filter(not_over, opened_on__lte=on).first()
    lost = _let_go(household, Entry.OF_A_WRITE_OFF, since=case.opened_on, on=on) if case else ZERO
    return Standing(
        on=on,
        debts=as_they_were(debts, on=on),
        owed=baseline_on(household, on=on) + lost,
        case=case,
        stage=_stage_on(case, on),
        contract=household.contracts.exclude(gone).filter(signed_on__lte=on).with_names().first(),
        forgiven=_let_go(household, (Entry.Kind.WAIVER,), since=case.opened_on, on=on) if case else ZERO,
        lost=lost,
    )


def _stage_on(case: Case | None, on: date) -> str:
    """The stage the case had come to by day `on`."""
    moves = case.moves.filter(on__lte=on).order_by("-pk") if case else []
    return moves[0].new if moves else ""


def _let_go(household: Household, kinds, *, since: date, on: date) -> Decimal:
    """Baht that the household owes less by entries of these kinds; what was reversed has its opposite in the sum."""
    entries = Entry.objects.filter(debt__household=household, on__range=(since, on)).of_kinds(kinds)
    sums = entries.aggregate(**{part: total(part) for part in PARTS})
    return max(-sum(sums.values()), ZERO)
