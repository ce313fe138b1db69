"""National IDs that are opened, and those that are sealed again after a change of keys."""

from collections.abc import Iterator

from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from config.crypto import is_sealed_with_newest_key
from households.models import Person


@transaction.atomic
def reveal(*, person: Person, reason: str, by: Officer, request=None) -> str:
    """The full national ID; who asked and why is recorded before it is given."""
    detail = {"reason": reason}
    record(by=by, action="reveal_national_id", target=f"person {person.pk}", detail=detail, request=request)
    return person.open_national_id()


def reseal(*, batch: int = 500) -> Iterator[tuple[int, int]]:
    """Seal again, with the newest key, every ID that an older key seals; yields (seen, resealed) a batch.

    Each batch is one transaction: stopped anywhere, the next run goes on where it stopped.
    """
    last, seen, resealed = 0, 0, 0
    while True:
        people, changed = _reseal_after(last, batch)
        if not people:
            return
        last, seen, resealed = people[-1].pk, seen + len(people), resealed + changed
        yield seen, resealed


@transaction.atomic
def _reseal_after(last: int, batch: int) -> tuple[list[Person], int]:
    sealed = Person.objects.select_for_update().filter(sealed_id__isnull=False, pk__gt=last)
    people = list(sealed.order_by("pk")[:batch])
    old = [person for person in people if not is_sealed_with_newest_key(person.sealed_id)]
    for person in old:
        person.set_national_id(person.open_national_id())
    Person.objects.bulk_update(old, ["sealed_id", "id_hash", "id_tail", "tail_hash"])
    return people, len(old)
