"""The one table of moves of a case, and the one function that makes a move."""

from datetime import date

from django.db import transaction

from accounts.models import Officer
from config import thai
from debts.models import Case, CaseMove

Stage = Case.Stage
MOVES: dict[str, set[str]] = {
    Stage.SELECTED: {
        Stage.NEGOTIATING,
        Stage.RESOLVED,
        Stage.CONTRACTED,
        Stage.INELIGIBLE,
        Stage.WITHDRAWN,
    },
    Stage.NEGOTIATING: {
        Stage.RESOLVED,
        Stage.CONTRACTED,
        Stage.INELIGIBLE,
        Stage.WITHDRAWN,
        Stage.FAILED,
    },
    Stage.RESOLVED: {Stage.CONTRACTED, Stage.NEGOTIATING, Stage.WITHDRAWN, Stage.FAILED},
    # A household that paid everything may sign again.
    Stage.CONTRACTED: {Stage.CONTRACTED, Stage.REVIEW, Stage.NEGOTIATING, Stage.FINISHED},
    Stage.REVIEW: {Stage.CONTRACTED, Stage.NEGOTIATING, Stage.FINISHED},
    Stage.FINISHED: {Stage.CONTRACTED},
    Stage.INELIGIBLE: {Stage.SELECTED},
    Stage.WITHDRAWN: {Stage.SELECTED},
    Stage.FAILED: {Stage.SELECTED},
}
NEEDS_A_REASON = {*Case.EXITS, Stage.REVIEW}


class CannotMove(ValueError):
    """The case stays at its stage; `str()` is the Thai reason."""


@transaction.atomic
def move(*, case: Case, to: str, on: date, by: Officer, reason: str = "") -> Case:
    """Make one move of the table on day `on`, and write down who made it and why. Locks the case.

    Raises `CannotMove` for a move that is not in the table, a day before the case was opened, or a missing reason.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    _refuse(case, to, on, reason.strip())
    CaseMove.objects.create(case=case, old=case.stage, new=to, on=on, by=by, reason=reason.strip()[:300])
    case.stage = to
    case.closed_on, case.closed_reason = (on, reason.strip()[:300]) if to in Case.ENDS else (None, "")
    case.save(update_fields=["stage", "closed_on", "closed_reason"])
    return case


def begin(case: Case) -> None:
    """Write the first move of a new case down."""
    CaseMove.objects.create(case=case, new=case.stage, on=case.opened_on, by=case.opened_by)


def _refuse(case: Case, to: str, on: date, reason: str) -> None:
    if to not in MOVES[case.stage]:
        wanted = Stage(to).label
        raise CannotMove(f"ครัวเรือนนี้อยู่ในขั้น “{case.get_stage_display()}” เปลี่ยนเป็น “{wanted}” ไม่ได้")
    if on < case.opened_on:
        opened = thai.short_date(case.opened_on)
        raise CannotMove(f"ระบุวันที่ตั้งแต่ {opened} ซึ่งเป็นวันที่คัดเลือกครัวเรือน")
    if to in NEEDS_A_REASON and not reason:
        raise CannotMove("ระบุเหตุผล")
