"""The record of sensitive acts: reveals, exports, appointments, cancelled contracts."""

import json
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent

FIRST_SEAL = "0" * 64


def seal_of(event: AuditEvent, previous: str) -> str:
    """The hash that ties an event to the one before it."""
    content = [
        previous,
        event.at.isoformat(),
        event.officer_id,
        event.address,
        event.action,
        event.target,
        event.detail,
    ]
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def record(*, by, action: str, target: str, detail: dict | None = None, request=None) -> AuditEvent:
    """Write one event. Locks the newest one, so that two events never seal the same predecessor."""
    newest = AuditEvent.objects.select_for_update().order_by("-pk").first()
    event = AuditEvent(
        at=timezone.now(),
        officer=by,
        address=request.META.get("REMOTE_ADDR") if request else None,
        action=action,
        target=target,
        detail=detail or {},
    )
    event.seal = seal_of(event, newest.seal if newest else FIRST_SEAL)
    event.save(force_insert=True)
    return event


def broken_at() -> AuditEvent | None:
    """The first event whose seal does not follow from the one before, if any row was changed or removed."""
    previous = FIRST_SEAL
    for event in AuditEvent.objects.order_by("pk").iterator():
        if event.seal != seal_of(event, previous):
            return event
        previous = event.seal
    return None
