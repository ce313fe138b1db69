"""How far a household has come: what it owes on a day, and the state that follows from it.

Nothing here is typed by anyone; every state is derived from the ledger, the case and the contract.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, TextChoices

from debts.cases.selection import baseline_on
from debts.classes import DebtorClass, worst
from debts.classification import with_class
from debts.ledger import ZERO
from debts.models import Case, Contract, Debt
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
    CANCELLED = "cancelled", "ยกเลิก"

    @property
    def tag(self) -> str:
        return {"standing": "ok", "paid": "brand", "cancelled": "neutral"}[self]


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


def contract_state(contract: Contract) -> ContractState:
    return ContractState(contract.ending or ContractState.STANDING)


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
    `owed` is what it owes the member funds, in baht, to be compared with the case's baseline."""

    on: date
    debts: list[Debt]
    owed: Decimal
    case: Case | None
    stage: str
    contract: Contract | None

    @property
    def open(self) -> list[Debt]:
        return [debt for debt in self.debts if debt.outstanding_on]

    @property
    def closed(self) -> list[Debt]:
        return [debt for debt in self.debts if not debt.outstanding_on]

    @property
    def to_merge(self) -> list[Debt]:
        return [debt for debt in self.open if debt.kind == Debt.Kind.ORIGINAL]

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
        return max(self.reduced - self.waived, ZERO)

    @property
    def waived(self) -> Decimal:
        return min(self.contract.waived, self.reduced) if self.contract else ZERO

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
    not_over = Q(closed_on=None) | Q(closed_on__gt=on)
    case = household.cases.filter(not_over, opened_on__lte=on).first()
    not_cancelled = Q(ended_on=None) | Q(ended_on__gt=on) | Q(ending=Contract.Ending.PAID)
    return Standing(
        on=on,
        debts=list(with_class(debts, on=on).order_by("opened_on", "pk")),
        owed=baseline_on(household, on=on),
        case=case,
        stage=_stage_on(case, on),
        contract=household.contracts.filter(not_cancelled, signed_on__lte=on).with_names().first(),
    )


def _stage_on(case: Case | None, on: date) -> str:
    """The stage the case had come to by day `on`."""
    moves = case.moves.filter(on__lte=on).order_by("-pk") if case else []
    return moves[0].new if moves else ""
