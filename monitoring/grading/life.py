"""The life of a grading: begun, given points, sent, returned for correction, certified by somebody else.

One table of moves, one function that makes a move, one append-only row a move.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction

from accounts.models import Officer
from config import thai
from funds.models import Centre, Fund
from monitoring.grading import scores
from monitoring.grading.evidence import evidence_of
from monitoring.models import GradedItem, Grading, GradingMove, Scorecard

Status = Grading.Status
MOVES: dict[str, set[str]] = {
    Status.DRAFT: {Status.SENT},
    Status.SENT: {Status.RETURNED, Status.CERTIFIED},
    Status.RETURNED: {Status.SENT},
    Status.CERTIFIED: set(),
}


class CannotGrade(ValueError):
    """What was asked of the grading is refused; `str()` is the Thai reason."""


class Given(NamedTuple):
    """What one item is given: points, or None when it is still open or does not apply."""

    points: int | None
    is_left_out: bool = False
    remark: str = ""


@transaction.atomic
def begin(*, centre: Centre, fund: Fund | None = None, year: int, on: date, by: Officer) -> Grading:
    """Open the grading of a centre, or of one of its funds, for a fiscal year (พ.ศ.). Raises `CannotGrade`."""
    Centre.objects.select_for_update().get(pk=centre.pk)
    subject = fund.kind if fund else Scorecard.Subject.CENTRE
    card = Scorecard.objects.in_force(subject=subject, year=year)
    _refuse_to_begin(centre, fund, year, on, card)
    grading = Grading.objects.create(
        centre=centre, fund=fund, subject=subject, fiscal_year=year, scorecard=card, begun_by=by
    )
    grading.makers.add(by)
    GradedItem.objects.bulk_create(
        GradedItem(
            grading=grading,
            item=item,
            is_left_out=item.for_models_only and centre.kind != Centre.Kind.MODEL,
        )
        for item in card.items.all()
    )
    GradingMove.objects.create(grading=grading, new=grading.status, by=by)
    return grading


@transaction.atomic
def give(*, grading: Grading, version: int, given: Mapping[int, Given], note: str, by: Officer) -> Grading:
    """Write down what the items are given (by key of `GradedItem`). Raises `CannotGrade`."""
    grading = _locked(grading, version=version)
    if not grading.is_editable:
        raise CannotGrade(f"แก้ไขไม่ได้ การประเมินนี้อยู่ในสถานะ{grading.get_status_display()}")
    rows = list(grading.items.select_related("item"))
    for row in rows:
        row.points, row.is_left_out, row.remark = given[row.pk]
        if row.points is not None and row.points > grading.scorecard.most:
            raise CannotGrade(f"คะแนนข้อ {row.item.order} ต้องไม่เกิน {grading.scorecard.most}")
    GradedItem.objects.bulk_update(rows, ["points", "is_left_out", "remark"])
    grading.score, grading.level = _reckoned(grading.scorecard, rows)
    grading.note = note
    grading.makers.add(by)
    return _saved(grading)


@transaction.atomic
def send(*, grading: Grading, by: Officer) -> Grading:
    """Hand the grading in. Raises `CannotGrade` while items are open."""
    grading = _locked(grading)
    if missing := gaps(grading):
        raise CannotGrade(missing)
    grading.makers.add(by)
    return _move(grading, Status.SENT, by=by)


@transaction.atomic
def return_for_correction(*, grading: Grading, version: int, reason: str, by: Officer) -> Grading:
    """Send it back to its makers, who read `reason`. Raises `CannotGrade`."""
    grading = _to_be_decided(grading, version=version, by=by)
    if not reason.strip():
        raise CannotGrade("ระบุเหตุผลที่ส่งคืน")
    return _move(grading, Status.RETURNED, by=by, reason=reason.strip())


@transaction.atomic
def certify(*, grading: Grading, version: int, on: date, by: Officer) -> Grading:
    """Certify the level as read (`version`) and freeze what the system told. Raises `CannotGrade`."""
    grading = _to_be_decided(grading, version=version, by=by)
    grading.evidence = evidence_of(grading, on=on)
    return _move(grading, Status.CERTIFIED, by=by)


def gaps(grading: Grading) -> str:
    """What keeps the grading from being sent, in Thai; empty when it is whole."""
    open_items = sum(not row.is_done for row in grading.items.all())
    if open_items:
        return f"ยังไม่ได้ให้คะแนน {open_items} ข้อ"
    return "" if grading.level else "ทุกข้อไม่เกี่ยวข้อง จึงไม่มีคะแนน"


@transaction.atomic
def take_over(*, grading: Grading, by: Officer) -> Grading:
    """Make the officer one of the grading's makers, who goes on with what somebody else began. Once it is sent,
    nothing changes."""
    grading = _locked(grading)
    if grading.is_editable:
        grading.makers.add(by)
    return grading


def is_own_work(grading: Grading, officer: Officer) -> bool:
    """Whether the officer began, filled in or sent it, and so may not decide on it."""
    return grading.makers.filter(pk=officer.pk).exists()


def may_be_sent(grading: Grading) -> bool:
    return Status.SENT in MOVES[grading.status]


def _refuse_to_begin(centre, fund, year: int, on: date, card) -> None:
    if year > thai.fiscal_year(on):
        raise CannotGrade(f"ยังไม่ถึงปีงบประมาณ พ.ศ. {year}")
    if centre.founded_year and year < centre.founded_year:
        raise CannotGrade(f"ศูนย์ฯ จัดตั้งปี พ.ศ. {centre.founded_year} จึงยังไม่มีระดับของปี {year}")
    if fund and fund.centre_id != centre.pk:
        raise CannotGrade("กองทุนนี้ไม่ได้เป็นสมาชิกของศูนย์ฯ นี้")
    if card is None:
        raise CannotGrade("ยังไม่มีแบบประเมินสำหรับประเภทนี้ในปีงบประมาณที่เลือก")
    if Grading.objects.filter(centre=centre, fund=fund, fiscal_year=year).exists():
        raise CannotGrade(f"มีการประเมินปีงบประมาณ พ.ศ. {year} แล้ว เปิดรายการเดิม")


def _reckoned(card: Scorecard, rows) -> tuple[int | None, int | None]:
    if not all(row.is_done for row in rows):
        return None, None
    score = scores.score(
        ((row.item.weight, row.points) for row in rows if not row.is_left_out), most=card.most
    )
    if score is None:
        return None, None
    return score, scores.level(score, level2_from=card.level2_from, level3_from=card.level3_from)


def _locked(grading: Grading, version: int | None = None) -> Grading:
    grading = Grading.objects.select_for_update(of=("self",)).with_names().get(pk=grading.pk)
    if version is not None and version != grading.version:
        raise CannotGrade("มีผู้แก้ไขการประเมินนี้หลังจากท่านเปิดอ่าน เปิดดูข้อมูลล่าสุดอีกครั้ง")
    return grading


def _to_be_decided(grading: Grading, *, version: int, by: Officer) -> Grading:
    grading = _locked(grading, version)
    if is_own_work(grading, by):
        raise CannotGrade("ท่านเป็นผู้ประเมินรายการนี้ ต้องให้ผู้อื่นรับรอง")
    return grading


def _move(grading: Grading, new: str, *, by: Officer, reason: str = "") -> Grading:
    if new not in MOVES[grading.status]:
        raise CannotGrade(f"ทำไม่ได้ การประเมินนี้อยู่ในสถานะ{grading.get_status_display()}")
    GradingMove.objects.create(grading=grading, old=grading.status, new=new, by=by, reason=reason)
    grading.status = new
    return _saved(grading)


def _saved(grading: Grading) -> Grading:
    grading.version += 1
    grading.save()
    return grading
