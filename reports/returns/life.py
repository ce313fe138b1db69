"""The life of a return: begun, sent, given back with reasons per line, sent again, accepted by somebody else.

One table of moves, one function that makes a move, one `ReturnMove` per move. A deadline marks what is late and
locks nothing. What was accepted can still be given back: a province whose own return comes back has to.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from areas.models import Area, Level
from config import thai
from reports.models import AreaReturn, Period, ReturnMove, ReturnRemark, ReturnTick, ReturnVersion
from reports.returns import content

Status = AreaReturn.Status
MOVES: dict[str, set[str]] = {
    "": {Status.DRAFT},
    Status.DRAFT: {Status.SENT},
    Status.SENT: {Status.RETURNED, Status.ACCEPTED},
    Status.RETURNED: {Status.SENT},
    Status.ACCEPTED: {Status.RETURNED},
}
REPORTING = (Level.DISTRICT, Level.PROVINCE, Level.COUNTRY)
SEE_LINES = "ดูเหตุผลรายบรรทัด"


class CannotSend(ValueError):
    """The return stays with its makers; `str()` is the Thai reason."""


class CannotDecide(ValueError):
    """The return is not given back or accepted; `str()` is the Thai reason."""


class CannotTick(ValueError):
    """The tick stays as it is; `str()` is the Thai reason."""


@transaction.atomic
def begin(*, area: Area, period: Period, on: date, by: Officer) -> AreaReturn:
    """The return of the officer's own area for the period, a draft unless it was begun. Raises `CannotSend`."""
    _refuse_foreign(area, by)
    if area.level not in REPORTING:
        raise CannotSend("รายงานผลจัดทำโดยอำเภอ จังหวัด และส่วนกลาง")
    if on < period.starts_on:
        raise CannotSend(f"รอบ{period.label} เริ่มวันที่ {thai.short_date(period.starts_on)} ยังจัดทำรายงานไม่ได้")
    sheet, is_new = AreaReturn.objects.get_or_create(area=area, period=period)
    if is_new:
        ReturnMove.objects.create(sheet=sheet, new=Status.DRAFT, by=by)
    return sheet


@transaction.atomic
def send(*, sheet: AreaReturn, on: date, by: Officer, note: str = "") -> ReturnVersion:
    """Freeze the figures and the list behind them as the next version, and hand it in. Locks the return.

    Raises `CannotSend` when it is not in the hands of its makers, or of another area.
    """
    sheet = lock(sheet)
    _refuse_foreign(sheet.area, by)
    if not sheet.is_editable:
        raise CannotSend(f"ส่งไม่ได้ {already(sheet)}")
    said = content.now_of(sheet, on=on)
    number = sheet.newest.number + 1 if sheet.newest else 1
    text = content.written(sheet, said, number=number, note=note.strip())
    version = ReturnVersion.objects.create(
        sheet=sheet,
        number=number,
        on=said.on,
        due_on=sheet.period.due_on(sheet.area.level),
        note=note.strip(),
        text=text,
        sha256=content.hash_of(text),
        sent_by=by,
    )
    sheet.newest = version
    _move(sheet, Status.SENT, by=by)
    return version


@transaction.atomic
def give_back(
    *, sheet: AreaReturn, number: int, reason: str, remarks: Mapping[str, str], by: Officer
) -> AreaReturn:
    """Give version `number`, as it was read, back to its makers, who read `reason` and the `remarks` on its lines,
    by the code of the place. One of the two has to be said. Raises `CannotDecide`."""
    sheet = _decidable(lock(sheet), number=number, by=by, of={Status.SENT, Status.ACCEPTED})
    said = {place: text.strip() for place, text in remarks.items() if text.strip()}
    if not reason.strip() and not said:
        raise CannotDecide("ระบุเหตุผลที่ส่งคืน หรือเหตุผลของบรรทัดที่ต้องแก้ไขอย่างน้อย 1 บรรทัด")
    move = _move(sheet, Status.RETURNED, by=by, reason=reason.strip() or SEE_LINES)
    ReturnRemark.objects.bulk_create(
        ReturnRemark(move=move, place=place, text=text) for place, text in sorted(said.items())
    )
    return sheet


@transaction.atomic
def accept(*, sheet: AreaReturn, number: int, by: Officer) -> AreaReturn:
    """Accept version `number` as it was read. Raises `CannotDecide`, also for whoever made or sent the return."""
    sheet = _decidable(lock(sheet), number=number, by=by, of={Status.SENT})
    _move(sheet, Status.ACCEPTED, by=by)
    return sheet


@transaction.atomic
def tick(*, sheet: AreaReturn, system: str, is_done: bool, on: date, by: Officer) -> ReturnTick:
    """Write down that the newest version was brought into another system on day `on`, or that it was not after all.
    Locks the return. Raises `CannotTick`."""
    sheet = lock(sheet)
    if not sheet.newest or not _may_tick(sheet, by):
        raise CannotTick("บันทึกได้เมื่อรายงานส่งแล้ว โดยผู้จัดทำหรือผู้ตรวจของรายงานนี้")
    if on > timezone.localdate() or on < sheet.period.starts_on:
        raise CannotTick("ระบุวันที่ตั้งแต่วันเริ่มรอบ และไม่เกินวันนี้")
    if is_done == (system in ticked(sheet.newest)):
        raise CannotTick("มีผู้บันทึกรายการนี้แล้ว" if is_done else "รายการนี้ยังไม่ได้บันทึก")
    return ReturnTick.objects.create(version=sheet.newest, system=system, is_done=is_done, on=on, by=by)


def ticked(version: ReturnVersion) -> dict[str, ReturnTick]:
    """The ticks that count, by system."""
    newest = {each.system: each for each in version.ticks.select_related("by")}
    return {system: each for system, each in newest.items() if each.is_done}


def lock(sheet: AreaReturn) -> AreaReturn:
    """The return again, which nobody else moves meanwhile."""
    AreaReturn.objects.select_for_update().get(pk=sheet.pk)
    return AreaReturn.objects.with_names().select_related("newest").get(pk=sheet.pk)


def is_own(sheet: AreaReturn, officer: Officer) -> bool:
    """Whether it is the return of the officer's own area."""
    return officer.area_id == sheet.area_id


def is_above(sheet: AreaReturn, officer: Officer) -> bool:
    """Whether the officer's area is the one that this return goes to."""
    return officer.area_id == sheet.area.parent_id


def is_own_work(sheet: AreaReturn, officer: Officer) -> bool:
    """Whether the officer began or sent it, wherever he worked then."""
    return sheet.moves.filter(by=officer, new__in=(Status.DRAFT, Status.SENT)).exists()


def already(sheet: AreaReturn) -> str:
    """How a return stands: by whom and when it was last moved."""
    last = sheet.moves.select_related("by").last()
    at = thai.moment(timezone.localtime(last.at))
    return f"รายงานนี้อยู่ในสถานะ{sheet.get_status_display()} โดย{last.by.full_name} เมื่อ {at}"


def refuse_decision(sheet: AreaReturn, *, by: Officer, of: set[str]) -> None:
    """Raises `CannotDecide` when `by` may not decide on the return as it stands."""
    if not is_above(sheet, by):
        raise CannotDecide("รายงานนี้ตรวจโดยหน่วยงานที่เหนือขึ้นไปหนึ่งระดับ")
    if is_own_work(sheet, by):
        raise CannotDecide("ท่านเป็นผู้จัดทำรายการนี้ ต้องให้ผู้อื่นรับรอง")
    if sheet.status not in of:
        raise CannotDecide(already(sheet))


def _decidable(sheet: AreaReturn, *, number: int, by: Officer, of: set[str]) -> AreaReturn:
    refuse_decision(sheet, by=by, of=of)
    if sheet.newest.number != number:
        raise CannotDecide(f"มีฉบับที่ {sheet.newest.number} แล้วหลังจากท่านเปิดอ่าน อ่านอีกครั้งก่อนพิจารณา")
    return sheet


def _may_tick(sheet: AreaReturn, by: Officer) -> bool:
    return is_own(sheet, by) or is_above(sheet, by)


def _refuse_foreign(area: Area, by: Officer) -> None:
    if by.area_id != area.pk:
        raise CannotSend(f"รายงานของ{area.label} จัดทำโดยเจ้าหน้าที่ของพื้นที่นั้น")


def _move(sheet: AreaReturn, new: str, *, by: Officer, reason: str = "") -> ReturnMove:
    """Make one move of the table and write it down. The return is locked."""
    if new not in MOVES[sheet.status]:
        raise CannotDecide(already(sheet))
    move = ReturnMove.objects.create(
        sheet=sheet, version=sheet.newest, old=sheet.status, new=new, by=by, reason=reason[:1000]
    )
    sheet.status = new
    sheet.save(update_fields=["status", "newest"])
    return move
