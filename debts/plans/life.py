"""The way of a change of plan: proposed, approved by somebody else, refused, withdrawn, undone.

Every verb locks the household first, then the contract, its debt and the change.
"""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts.cases.moves import move as move_case
from debts.ledger import lock_debts, lock_household
from debts.models import Case, Contract, Debt, PlanApproval, PlanChange, PlanMove
from debts.papers.seals import replace_schedule
from debts.plans import posting
from debts.plans.outcome import CannotChangePlan, Outcome, outcome_of

Status = PlanChange.Status
MOVES: dict[str, set[str]] = {
    Status.PROPOSED: {Status.APPLIED, Status.REFUSED, Status.WITHDRAWN},
    Status.APPLIED: {Status.UNDONE},
    Status.REFUSED: set(),
    Status.WITHDRAWN: set(),
    Status.UNDONE: set(),
}
OWN_WORK = "ท่านเป็นผู้เสนอรายการนี้ ต้องให้ผู้อื่นอนุมัติ"


def preview(change: PlanChange, *, on: date) -> Outcome:
    """What the change would come to if it were applied on day `on`. Writes nothing. Raises `CannotChangePlan`."""
    return outcome_of(change, debt=change.contract.debt, on=on)


@transaction.atomic
def propose(change: PlanChange, *, on: date, by: Officer) -> PlanChange:
    """Ask for a change (a row that is not saved yet). Nothing of the contract changes before it is approved.

    Raises `CannotChangePlan`.
    """
    change.contract, debt = _lock(change.contract)
    outcome = outcome_of(change, debt=debt, on=on)
    if change.contract.plan_changes.waiting().exists():
        raise CannotChangePlan("สัญญานี้มีข้อเสนอที่รอพิจารณาอยู่แล้ว พิจารณาหรือถอนข้อเสนอนั้นก่อน")
    if not (change.reason.strip() and change.resolution.strip()):
        raise CannotChangePlan("ระบุเหตุผลและมติคณะกรรมการ")
    change.status, change.proposed_by, change.proposed_on = Status.PROPOSED, by, on
    change.relieved = outcome.relieved
    change.needed = approvals_needed(change.contract, outcome.relieved)
    change.save()
    PlanMove.objects.create(change=change, new=Status.PROPOSED, on=on, by=by, reason=change.reason)
    return change


@transaction.atomic
def approve(*, change: PlanChange, sequence: int, seen: Decimal, on: date, by: Officer) -> PlanChange:
    """Consent to a change; the last consent that is needed applies it on day `on`.

    `sequence` is that of the change as read, `seen` the baht owed on the day as read. Raises `CannotChangePlan`.
    """
    change, debt = _lock_change(change)
    _refuse_deciding(change, sequence, by)
    outcome = outcome_of(change, debt=debt, on=on)
    if outcome.owed.total != seen:
        raise CannotChangePlan("ยอดหนี้เปลี่ยนหลังจากท่านเปิดอ่าน ตรวจผลของการเปลี่ยนแผนอีกครั้ง")
    _consent(change, on=on, by=by)
    change.needed = max(change.needed, approvals_needed(change.contract, outcome.relieved))
    change.sequence += 1
    if change.approvals.count() < change.needed:
        change.save()
        return change
    posting.apply(outcome, debt=debt, by=by)
    _move(change, Status.APPLIED, on=on, by=by)
    replace_schedule(contract=change.contract, on=on)
    _review(change, on=on, by=by)
    record(by=by, action="plan-apply", target=f"contract {change.contract_id}", detail={"kind": change.kind})
    return change


@transaction.atomic
def refuse(*, change: PlanChange, sequence: int, reason: str, on: date, by: Officer) -> PlanChange:
    """Turn a change down, with the reason that its maker reads. Raises `CannotChangePlan`."""
    change, _ = _lock_change(change)
    _refuse_deciding(change, sequence, by)
    return _move(change, Status.REFUSED, on=on, by=by, reason=_given(reason, "ระบุเหตุผลที่ไม่อนุมัติ"))


@transaction.atomic
def withdraw(*, change: PlanChange, on: date, by: Officer) -> PlanChange:
    """Its maker takes a change back before it is decided. Raises `CannotChangePlan`."""
    change, _ = _lock_change(change)
    if change.proposed_by_id != by.pk:
        raise CannotChangePlan("ผู้เสนอเท่านั้นที่ถอนข้อเสนอได้")
    if not change.is_waiting:
        raise CannotChangePlan(already_decided(change))
    return _move(change, Status.WITHDRAWN, on=on, by=by)


@transaction.atomic
def undo(*, change: PlanChange, reason: str, on: date, by: Officer) -> PlanChange:
    """Take an applied change back by reversing its entries; the plan before it holds again.

    Refused while something later depends on it. Raises `CannotChangePlan`.
    """
    change, debt = _lock_change(change)
    if refusal := why_not_undone(change, on=on):
        raise CannotChangePlan(refusal)
    reason = _given(reason, "ระบุเหตุผลที่เลิกทำ")
    posting.take_back(change, debt=debt, on=on, by=by, reason=reason)
    _move(change, Status.UNDONE, on=on, by=by, reason=reason)
    replace_schedule(contract=change.contract, on=on)
    _end_review(change, on=on, by=by)
    record(by=by, action="plan-undo", target=f"contract {change.contract_id}", detail={"reason": reason})
    return change


def why_not_undone(change: PlanChange, *, on: date) -> str:
    """Why the change cannot be taken back on day `on`, in Thai; "" when it can."""
    contract = change.contract
    if change.status != Status.APPLIED:
        return "เลิกทำได้เฉพาะการเปลี่ยนแผนที่มีผลแล้ว"
    later = contract.plan_changes.applied().filter(pk__gt=change.pk).order_by("pk").last()
    if later:
        return f"เลิกทำ{later.get_kind_display()} (มีผล {thai.short_date(later.applied_on)}) ก่อน"
    debt = Debt.objects.get(pk=contract.debt_id)
    if debt.merges.filter(is_cancelled=False).exists():
        return "หนี้นี้รวมเข้าสัญญาใหม่แล้ว ยกเลิกสัญญาใหม่ก่อน"
    if contract.ended_on and contract.household.contracts.standing().exists():
        return "ครัวเรือนนี้ทำสัญญาใหม่แล้ว ยกเลิกสัญญาใหม่ก่อน"
    payment = debt.payments.standing().filter(entries__pk__gt=change.newest_entry_id).order_by("-pk").first()
    if payment:
        return f"มีการรับชำระหลังการเปลี่ยนแผนนี้ กลับรายการ{payment} วันที่ {thai.short_date(payment.on)} ก่อน"
    newest = debt.entries.order_by("-on").first()
    if on < newest.on:
        return f"หนี้นี้มีรายการวันที่ {thai.short_date(newest.on)} แล้ว เลิกทำได้ตั้งแต่วันนั้นเป็นต้นไป"
    return ""


def approvals_needed(contract: Contract, relieved: Decimal) -> int:
    """How many must consent, by the baht waived or written off and the setting of the centre."""
    return 2 if relieved > contract.centre.two_approve_above else 1


def already_decided(change: PlanChange) -> str:
    last = change.moves.select_related("by").last()
    return f"รายการนี้ถูกพิจารณาแล้วโดย{last.by.full_name} เมื่อ {thai.moment(timezone.localtime(last.at))}"


def _review(change: PlanChange, *, on: date, by: Officer) -> None:
    """A household that defaulted goes back to the committee."""
    case = change.contract.case
    if change.kind == PlanChange.Kind.DEFAULT and case.stage == Case.Stage.CONTRACTED:
        move_case(
            case=case, to=Case.Stage.REVIEW, on=on, by=by, reason=f"ผิดนัด{change.contract}: {change.reason}"
        )


def _end_review(change: PlanChange, *, on: date, by: Officer) -> None:
    case = change.contract.case
    if change.kind == PlanChange.Kind.DEFAULT and case.stage == Case.Stage.REVIEW:
        move_case(case=case, to=Case.Stage.CONTRACTED, on=on, by=by, reason=f"เลิกทำการผิดนัด{change.contract}")


def _lock(contract: Contract) -> tuple[Contract, Debt]:
    household = lock_household(contract.household_id, CannotChangePlan)
    locked = Contract.objects.select_for_update(of=("self",)).select_related(
        "centre", "lender", "debt", "case"
    )
    contract = locked.get(pk=contract.pk)
    contract.household = household
    [debt] = lock_debts(Debt.objects.filter(pk=contract.debt_id))
    contract.debt = debt
    return contract, debt


def _lock_change(change: PlanChange) -> tuple[PlanChange, Debt]:
    contract, debt = _lock(change.contract)
    change = PlanChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    change.contract = contract
    return change, debt


def _refuse_deciding(change: PlanChange, sequence: int, by: Officer) -> None:
    if change.proposed_by_id == by.pk:
        raise CannotChangePlan(OWN_WORK)
    if not change.is_waiting:
        raise CannotChangePlan(already_decided(change))
    if change.approvals.filter(by=by).exists():
        raise CannotChangePlan("ท่านอนุมัติรายการนี้แล้ว รอผู้อนุมัติอีกคน")
    if change.sequence != sequence:
        raise CannotChangePlan("รายการนี้เปลี่ยนหลังจากท่านเปิดอ่าน อ่านอีกครั้งก่อนพิจารณา")


def _consent(change: PlanChange, *, on: date, by: Officer) -> None:
    try:
        with transaction.atomic():
            PlanApproval.objects.create(change=change, maker_id=change.proposed_by_id, by=by, on=on)
    except IntegrityError as refusal:
        raise CannotChangePlan("ท่านอนุมัติรายการนี้แล้ว") from refusal


def _given(reason: str, refusal: str) -> str:
    if not reason.strip():
        raise CannotChangePlan(refusal)
    return reason.strip()


def _move(change: PlanChange, new: str, *, on: date, by: Officer, reason: str = "") -> PlanChange:
    """Make one move of the table and write it down. The change is locked."""
    if new not in MOVES[change.status]:
        raise CannotChangePlan(f"ทำไม่ได้ รายการนี้อยู่ในสถานะ{change.get_status_display()}")
    PlanMove.objects.create(change=change, old=change.status, new=new, on=on, by=by, reason=reason)
    change.status = new
    change.sequence += 1
    change.save()
    return change
