"""Certifying a register: its figures become those of the ledger, in one transaction.

New lines become households, people and debts with opening entries, by the code of the import; lines about a known
debt bring it to their figures by one entry; equal ones are left alone, and so are debts the register does not
name. The register certified before is superseded.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts.adjustment import CannotAdjust, adjust
from debts.imports.files import lock_centre
from debts.imports.register import write_new
from debts.ledger import ZERO, lock_households
from debts.models import Register, RegisterLine
from debts.registers.life import CannotDecide, move, waiting_for_decision
from debts.registers.rows import lock
from debts.registers.verdict import Effect, Judged, Verdict, judge

Status = Register.Status


@dataclass(frozen=True)
class Certified:
    """How many debts were written and brought to other figures, and by how many baht the ledger grew."""

    register: Register
    households: int
    new: int
    changed: int
    same: int
    unnamed: int
    difference: Decimal


def certify(*, register: Register, sequence: int, by: Officer) -> Certified:
    """Certify the register as read (`sequence`). Locks the centre first, so that of two officers one succeeds.

    Raises `CannotDecide`; then nothing is written.
    """
    try:
        return _certify(register, sequence, by)
    except IntegrityError as refusal:
        raise CannotDecide("มีแถวที่ขัดกับข้อมูลในระบบ ไม่มีข้อมูลใดถูกบันทึก ตรวจทะเบียนอีกครั้ง") from refusal


@transaction.atomic
def _certify(register: Register, sequence: int, by: Officer) -> Certified:
    centre = lock_centre(register.centre_id)
    register = waiting_for_decision(lock(register), sequence=sequence, by=by)
    lock_households(centre)
    verdict = judge(register)
    _refuse(verdict)
    written = write_new(verdict.proposal, centre=centre, by=by)
    new = verdict.of(Effect.NEW)
    for row, debt in zip(new, written.debts, strict=True):
        row.debt = debt
    difference = sum((row.line.owed for row in new), ZERO) + _adjust(verdict, by)
    _remember_debts(verdict)
    _supersede(register, by)
    register.certified_by, register.certified_at = by, timezone.now()
    register = move(register, Status.CERTIFIED, by=by)
    certified = Certified(
        register=register,
        households=written.households,
        new=len(new),
        changed=len(verdict.of(Effect.CHANGED)),
        same=len(verdict.of(Effect.SAME)),
        unnamed=len(verdict.unnamed),
        difference=difference,
    )
    _record(certified, by)
    return certified


def _refuse(verdict: Verdict) -> None:
    newer = (
        verdict.register.centre.registers.filter(
            status=Status.CERTIFIED, as_of_on__gt=verdict.register.as_of_on
        )
        .order_by("as_of_on")
        .first()
    )
    if newer:
        raise CannotDecide(f"ศูนย์ฯ นี้มีทะเบียน ณ วันที่ {thai.short_date(newer.as_of_on)} ที่รับรองแล้ว ซึ่งใหม่กว่า")
    for problem in verdict.problems[:1]:
        raise CannotDecide(f"รับรองไม่ได้ {problem}")


def _adjust(verdict: Verdict, by: Officer) -> Decimal:
    """Bring the changed debts to the register's figures; by how many baht the ledger changed."""
    note = f"ตามทะเบียน ณ วันที่ {thai.short_date(verdict.register.as_of_on)}"
    entries = (_adjust_one(row, verdict.register, by, note) for row in verdict.of(Effect.CHANGED))
    return sum((entry.total for entry in entries if entry), ZERO)


def _adjust_one(row: Judged, register: Register, by: Officer, note: str):
    figures = {part: row.read.amount(part) for part in ("principal", "interest", "penalty")}
    try:
        return adjust(debt=row.debt, on=register.as_of_on, by=by, note=note, **figures)
    except CannotAdjust as refusal:
        raise CannotDecide(f"รับรองไม่ได้ แถว {row.place}: {refusal}") from refusal


def _remember_debts(verdict: Verdict) -> None:
    """Each line knows from now on the debt it became or was about."""
    lines = [row.line for row in verdict.rows if row.debt]
    for row in verdict.rows:
        row.line.debt = row.debt
    RegisterLine.objects.bulk_update(lines, ["debt"], batch_size=500)


def _supersede(register: Register, by: Officer) -> None:
    for before in register.centre.registers.select_for_update().filter(status=Status.CERTIFIED):
        reason = f"ใช้ทะเบียน ณ วันที่ {thai.short_date(register.as_of_on)} แทน"
        move(before, Status.SUPERSEDED, by=by, reason=reason)


def _record(certified: Certified, by: Officer) -> None:
    detail = {
        "new": certified.new,
        "changed": certified.changed,
        "difference": str(certified.difference),
    }
    record(by=by, action="register-certify", target=f"register:{certified.register.pk}", detail=detail)
