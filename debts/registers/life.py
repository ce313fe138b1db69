"""The life of a register: begun, sent (and taken back), returned with remarks, certified by somebody else, replaced
by the next.

One table of moves, one function that makes a move, one `RegisterMove` per move. A register that was returned is
`แก้ไขแล้ว รอตรวจ` when it is sent again: typing saves itself, so an edit alone cannot hand it in.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from config import thai
from debts.models import Register, RegisterLine, RegisterMove
from debts.registers.rows import NotADraft, editable, lock, set_control, totals_of
from debts.registers.verdict import difference, judge

Status = Register.Status
MOVES: dict[str, set[str]] = {
    Status.DRAFT: {Status.SENT, Status.DISCARDED},
    Status.SENT: {Status.DRAFT, Status.RETURNED, Status.CERTIFIED},
    Status.RETURNED: {Status.CORRECTED},
    Status.CORRECTED: {Status.DRAFT, Status.RETURNED, Status.CERTIFIED},
    Status.CERTIFIED: {Status.SUPERSEDED},
    Status.SUPERSEDED: set(),
    Status.DISCARDED: set(),
}
OWN_WORK = "ท่านเป็นผู้จัดทำรายการนี้ ต้องให้ผู้อื่นรับรอง"


class CannotSend(ValueError):
    """The register stays with its makers; `str()` is the Thai reason."""


class CannotTakeBack(ValueError):
    """The register stays with those who check it; `str()` is the Thai reason."""


class CannotDecide(ValueError):
    """The register is not returned or certified; `str()` is the Thai reason."""


@transaction.atomic
def send(
    *, register: Register, by: Officer, control: Mapping | None = None, difference_is_known: bool = False
) -> Register:
    """Hand the register in. Refused while it has no lines or has errors; a difference from what the paper adds
    up to (`control`: `control_total` in baht, `control_rows`; M19) must be known. Raises `CannotSend`.
    """
    try:
        register = editable(register)
    except NotADraft as refusal:
        raise CannotSend(str(refusal)) from refusal
    if control is not None:
        set_control(register=register, **control)
    _refuse_unready(register, difference_is_known)
    register.sent_by, register.sent_at, register.check_begun_at = by, timezone.now(), None
    register.makers.add(by)
    return move(register, Status.SENT if register.status == Status.DRAFT else Status.CORRECTED, by=by)


def _refuse_unready(register: Register, difference_is_known: bool) -> None:
    totals = totals_of(register)
    if not totals.rows:
        raise CannotSend("ทะเบียนยังไม่มีรายการ บันทึกอย่างน้อย 1 แถวก่อนส่ง")
    problems = judge(register).problems
    if problems:
        raise CannotSend(f"มีข้อมูลที่ต้องแก้ไข {thai.count(len(problems))} จุด")
    differs = difference(register, totals)
    if differs and not difference_is_known:
        raise CannotSend(f"{differs[0]} ตรวจสอบ หรือทำเครื่องหมายว่าทราบแล้ว")


@transaction.atomic
def take_back(*, register: Register, by: Officer) -> Register:
    """Make a draft again of a register that was sent, as long as nobody has begun to check it.

    Whoever may send may take back, and is a maker from then on: taking back and certifying are not for one person.
    Raises `CannotTakeBack`.
    """
    register = lock(register)
    if not register.is_waiting:
        raise CannotTakeBack(f"ดึงกลับไม่ได้ {_already(register)}")
    if register.check_begun_at:
        at = thai.moment(timezone.localtime(register.check_begun_at))
        raise CannotTakeBack(f"ดึงกลับไม่ได้ ผู้ตรวจเริ่มตรวจและเขียนข้อสังเกตแล้วเมื่อ {at} แจ้งผู้ตรวจให้ส่งคืนหากต้องแก้ไข")
    register.sent_by = register.sent_at = None
    register.makers.add(by)
    return move(register, Status.DRAFT, by=by)


@transaction.atomic
def return_for_correction(*, register: Register, sequence: int, reason: str, by: Officer) -> Register:
    """Give the register back to its makers, who read `reason` and the remarks on the lines.

    `sequence` is that of the register as read. Raises `CannotDecide` (M32, M35, M36).
    """
    register = waiting_for_decision(lock(register), sequence=sequence, by=by)
    if not reason.strip():
        raise CannotDecide("ระบุเหตุผลที่ส่งคืน")
    return move(register, Status.RETURNED, by=by, reason=reason.strip())


@transaction.atomic
def remark(*, register: Register, remarks: Mapping[int, str], by: Officer) -> None:
    """Write the checker's remarks upon lines, by the key of the line: the check has begun. Raises `CannotDecide`."""
    register = waiting_for_decision(lock(register), by=by)
    lines = [line for line in register.lines.filter(pk__in=remarks) if line.remark != remarks[line.pk][:500]]
    for line in lines:
        line.remark = remarks[line.pk][:500]
    RegisterLine.objects.bulk_update(lines, ["remark"])
    if lines and not register.check_begun_at:
        register.check_begun_at = timezone.now()
        register.save(update_fields=["check_begun_at"])


@transaction.atomic
def discard(*, register: Register, by: Officer) -> Register:
    """Put a draft aside; its lines are kept. Raises `CannotSend`."""
    register = lock(register)
    if register.status != Status.DRAFT:
        raise CannotSend(f"ยกเลิกไม่ได้ ทะเบียนนี้อยู่ในสถานะ{register.get_status_display()}")
    return move(register, Status.DISCARDED, by=by)


@transaction.atomic
def take_over(*, register: Register, by: Officer) -> Register:
    """Make the officer one of the register's makers, who goes on with what somebody else began. Once it is decided
    on, nothing changes."""
    register = lock(register)
    if register.is_editable:
        register.makers.add(by)
    return register


def is_own_work(register: Register, officer: Officer) -> bool:
    """Whether the officer typed or sent the register, and so may not decide on it."""
    return register.makers.filter(pk=officer.pk).exists()


def waiting_for_decision(register: Register, *, by: Officer, sequence: int | None = None) -> Register:
    """The locked register when `by` may decide on it as read. Raises `CannotDecide`."""
    if is_own_work(register, by):
        raise CannotDecide(OWN_WORK)
    if not register.is_waiting:
        raise CannotDecide(_already(register))
    if sequence is not None and sequence != register.sequence:
        raise CannotDecide("ทะเบียนถูกแก้ไขหลังจากท่านเปิดอ่าน อ่านอีกครั้งก่อนพิจารณา")
    return register


def _already(register: Register) -> str:
    """Why a register waits for nobody: what its last move made of it, when and by whom."""
    last = register.moves.select_related("by").last()
    who_and_when = f"โดย{last.by.full_name} เมื่อ {thai.moment(timezone.localtime(last.at))}" if last else ""
    if last and last.is_taking_back:
        return f"ทะเบียนถูกดึงกลับไปแก้ไข{who_and_when}"
    if not register.sent_at:
        return "ทะเบียนนี้ยังไม่ได้ส่ง"
    return f"รายการนี้ถูกพิจารณาแล้ว{who_and_when}"


def move(register: Register, new: str, *, by: Officer, reason: str = "") -> Register:
    """Make one move of the table and write it down. The register is locked."""
    if new not in MOVES[register.status]:
        raise CannotDecide(f"ทำไม่ได้ ทะเบียนนี้อยู่ในสถานะ{register.get_status_display()}")
    RegisterMove.objects.create(register=register, old=register.status, new=new, by=by, reason=reason)
    register.status = new
    register.sequence += 1
    register.save()
    return register
