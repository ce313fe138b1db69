"""Messages of devices are done once: one sent again is answered as before, and nothing is done again."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from monitoring.models import Message, Visit
from monitoring.visits import CannotRecord, locked

KEPT = timedelta(days=30)  # a draft on a device is to be sent within seven


@transaction.atomic
def once(*, key: UUID, visit: Visit, by: Officer, do: Callable[[], dict]) -> dict:
    """The answer to the message `key`: what `do` returns, or what it returned the first time.

    A refusal raised by `do` is not kept, so a mended message may use its key again. Raises `CannotRecord` for a
    key that was used for another visit or by another officer.
    """
    locked(visit)
    if known := Message.objects.filter(key=key).first():
        return _same_answer(known, visit, by)
    answer = do()
    visit.messages.filter(at__lt=timezone.now() - KEPT).delete()
    Message.objects.create(key=key, visit=visit, by=by, answer=answer)
    return answer


def answered(*, key: UUID, visit: Visit, by: Officer) -> dict | None:
    """The answer given before, if any; asked before long work that `once` would do for nothing."""
    known = Message.objects.filter(key=key).first()
    return _same_answer(known, visit, by) if known else None


def _same_answer(known: Message, visit: Visit, by: Officer) -> dict:
    if (known.visit_id, known.by_id) != (visit.pk, by.pk):
        raise CannotRecord("รหัสของข้อมูลที่ส่งถูกใช้แล้ว เปิดหน้านี้ใหม่แล้วส่งอีกครั้ง")
    return known.answer
