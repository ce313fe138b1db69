"""How far a case is: the steps of domain.md §1.4, each done or not, from its moves and from the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from debts.ledger import ZERO
from debts.models import Case, CaseMove, Contract, Debt
from debts.progress import Standing

Stage = Case.Stage


@dataclass(frozen=True)
class Step:
    """One step of the way. `on` is the day it was reached, when it is known."""

    label: str
    is_done: bool
    is_current: bool = False
    on: date | None = None


def steps_of(case: Case, moves: list[CaseMove], standing: Standing) -> list[Step]:
    """Every step in order; the last one done is the current one."""
    reached = list(_reached(case, moves, standing))
    last = max((place for place, (_, is_done, _) in enumerate(reached) if is_done), default=-1)
    return [
        Step(label, is_done, is_current=place == last, on=on)
        for place, (label, is_done, on) in enumerate(reached)
    ]


def _reached(
    case: Case, moves: list[CaseMove], standing: Standing
) -> Iterator[tuple[str, bool, date | None]]:
    days = {move.new: move.on for move in moves}
    contract = standing.contract
    surveyed = min((debt.opened_on for debt in standing.debts), default=None)
    first_paid = _first_paid_on(contract)
    yield "สำรวจแล้ว", surveyed is not None, surveyed
    yield "จัดประเภทแล้ว", surveyed is not None, surveyed
    yield "คัดเลือก", True, case.opened_on
    yield "เจรจา", Stage.NEGOTIATING in days or contract is not None, days.get(Stage.NEGOTIATING)
    yield "มติคณะกรรมการ", _has_resolved(case), days.get(Stage.RESOLVED)
    yield "ทำสัญญา", contract is not None, contract and contract.signed_on
    yield "ปิดหนี้เดิมครบ", contract is not None and not _old_debts(standing), contract and contract.signed_on
    yield "ผ่อนชำระ", first_paid is not None, first_paid
    is_cleared = standing.owed == ZERO
    yield "ปลดหนี้ได้" if is_cleared else "ลดหนี้ได้", standing.owed < case.baseline, None


def _has_resolved(case: Case) -> bool:
    return case.stage in (Stage.RESOLVED, Stage.CONTRACTED, Stage.REVIEW, Stage.FINISHED)


def _old_debts(standing: Standing) -> list[Debt]:
    return [debt for debt in standing.open if debt.kind == Debt.Kind.ORIGINAL]


def _first_paid_on(contract: Contract | None) -> date | None:
    if contract is None:
        return None
    return contract.debt.payments.standing().order_by("on").values_list("on", flat=True).first()
