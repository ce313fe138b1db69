"""A merge in preparation, kept on the server so that an officer can leave it and come back."""

from django.db import transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from accounts.models import Officer
from config import thai
from debts.ledger import lock_household
from debts.models import MergeDraft
from households.models import Household


def as_posted(typed: dict, *, lead: str = "") -> MultiValueDict:
    """Kept answers as a form would send them, each name behind `lead`."""
    return MultiValueDict(
        {lead + name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    )


class CannotSave(ValueError):
    """Another officer has saved the draft since it was read; `str()` is the Thai reason."""


@transaction.atomic
def save_draft(*, household: Household, version: int, by: Officer, **answers) -> MergeDraft:
    """Keep the answers of one step; those of the other steps stay. `version` is the one the officer saw.

    Raises `CannotSave`.
    """
    lock_household(household.pk, CannotSave)
    draft = MergeDraft.objects.filter(household=household).first() or MergeDraft(household=household)
    if draft.version > version and draft.by_id != by.pk:
        raise CannotSave(
            f"{draft.by} แก้ไขรายการนี้เมื่อ {thai.moment(timezone.localtime(draft.at))}"
            " ข้อมูลที่ท่านพิมพ์ยังอยู่ กดอีกครั้งเพื่อใช้ข้อมูลของท่าน"
        )
    draft.answers = {**draft.answers, **answers}
    draft.version, draft.by = draft.version + 1, by
    draft.save()
    return draft
