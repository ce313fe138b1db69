"""How a recommendation goes on after the visit: work is reported, done is shown by proof, somebody else verifies it.

One table of moves, one function that makes a move, one append-only `FollowUp` a move.
"""

from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import Officer
from config.pictures import picture_or_pdf
from monitoring.models import REPORTED, FollowUp, Recommendation

Status = Recommendation.Status
MOVES: dict[str, set[str]] = {
    Status.OPEN: {Status.OPEN, Status.UNDER_WAY, Status.CLAIMED},
    Status.UNDER_WAY: {Status.UNDER_WAY, Status.CLAIMED},
    Status.CLAIMED: {Status.UNDER_WAY, Status.DONE, Status.RETURNED},
    Status.RETURNED: {Status.UNDER_WAY, Status.CLAIMED},
    Status.DONE: {Status.RETURNED},  # verified by mistake
}


class CannotFollowUp(ValueError):
    """What was asked of the recommendation is refused; `str()` is the Thai reason."""


def follow_up(*, recommendation: Recommendation, status: str, note: str, by: Officer, proof=None) -> FollowUp:
    """Report how a recommendation stands. `proof`, an upload, is kept as a picture drawn anew or as a PDF.

    Raises `CannotFollowUp` before the visit's report was sent, after it was verified, and for a claim that shows
    neither file nor words; `CannotAttach` for a file that is not kept.
    """
    if status not in FollowUp.WORK:
        raise CannotFollowUp("เลือกสถานะการดำเนินการ")
    kept = _kept(proof) if proof else {}
    with transaction.atomic():
        recommendation = _locked(recommendation)
        if status == Status.CLAIMED:
            if not (note or kept):
                raise CannotFollowUp("แนบหลักฐานหรือเขียนผลที่ทำ จึงแจ้งว่าเสร็จได้")
            recommendation.claimed_by = by
        return _move(recommendation, status, note=note, by=by, **kept)


@transaction.atomic
def verify(*, recommendation: Recommendation, version: int, note: str, by: Officer) -> FollowUp:
    """Say that the proof holds, as read (`version`: key of the newest report). Raises `CannotFollowUp`."""
    recommendation = _to_decide(recommendation, version, by)
    recommendation.verified_by = by
    return _move(recommendation, Status.DONE, note=note, by=by)


@transaction.atomic
def send_back(*, recommendation: Recommendation, version: int, reason: str, by: Officer) -> FollowUp:
    """Say why the proof does not hold, or why what was verified is open again. Raises `CannotFollowUp`."""
    recommendation = _to_decide(recommendation, version, by)
    if not reason.strip():
        raise CannotFollowUp("ระบุเหตุผลที่ส่งคืน")
    recommendation.verified_by = None
    return _move(recommendation, Status.RETURNED, note=reason.strip(), by=by)


def may_move(recommendation: Recommendation, status: str) -> bool:
    return status in MOVES[recommendation.status]


def is_own_work(recommendation: Recommendation, officer: Officer) -> bool:
    """Whether the officer reported on it, and so may not decide on the proof."""
    return recommendation.follow_ups.filter(by=officer, status__in=FollowUp.WORK).exists()


def newest(recommendation: Recommendation) -> int:
    """Key of the newest report, which who decides has read."""
    return recommendation.follow_ups.values_list("pk", flat=True).first() or 0


def _kept(proof) -> dict[str, object]:
    is_pdf, content = picture_or_pdf(proof)
    file = ContentFile(content, name=f"{uuid4().hex}.{'pdf' if is_pdf else 'jpg'}")
    return {"proof": file, "is_pdf": is_pdf, "sha256": sha256(content).hexdigest()}


def _locked(recommendation: Recommendation) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("visit")
    recommendation = rows.get(pk=recommendation.pk)
    if recommendation.visit.status not in REPORTED:
        raise CannotFollowUp("ส่งรายงานการติดตามก่อน จึงปรับสถานะได้")
    return recommendation


def _to_decide(recommendation: Recommendation, version: int, by: Officer) -> Recommendation:
    recommendation = _locked(recommendation)
    if is_own_work(recommendation, by):
        raise CannotFollowUp("ท่านเป็นผู้รายงานข้อนี้ ต้องให้ผู้อื่นตรวจหลักฐาน")
    if version != newest(recommendation):
        raise CannotFollowUp("มีรายงานใหม่หลังจากท่านเปิดอ่าน อ่านอีกครั้งก่อนพิจารณา")
    return recommendation


def _move(recommendation: Recommendation, status: str, *, note: str, by: Officer, **proof) -> FollowUp:
    if not may_move(recommendation, status):
        raise CannotFollowUp(f"ทำไม่ได้ ข้อนี้อยู่ในสถานะ{recommendation.get_status_display()}")
    recommendation.status = status
    recommendation.save()
    return FollowUp.objects.create(recommendation=recommendation, status=status, note=note, by=by, **proof)
