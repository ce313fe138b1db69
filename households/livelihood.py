"""What a household tells about its living and its debts elsewhere is written down; every change is recorded."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.edits import target_of
from accounts.models import Officer
from households.models import Livelihood, OtherDebt


@transaction.atomic
def write_down(told: Livelihood | OtherDebt, *, changed: dict[str, list[str]], by: Officer) -> None:
    """Keep what was told. `changed` says which columns of an earlier row changed, from what to what."""
    is_new = told.pk is None
    told.by, told.at = by, timezone.now()
    told.save()
    if is_new or changed:
        action = f"{told._meta.model_name}-{'add' if is_new else 'edit'}"
        detail = {} if is_new else changed
        record(by=by, action=action, target=target_of(told), detail=detail)
