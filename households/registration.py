"""A household and its people enter the system, once each."""

from collections.abc import Collection
from uuid import UUID, uuid5

from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from areas.models import Area
from config.thai import Name
from households.models import Household, Person
from households.twins import Twin, candidates


class MayBeTwin(Exception):
    """Households like this one are already in the village: `twins`, the likeliest first."""

    def __init__(self, twins: list[Twin]):
        self.twins = twins
        super().__init__(str(twins[0]))


class CannotAdd(ValueError):
    """The person joins no household; `str()` is the Thai reason."""


@transaction.atomic
def register(
    *,
    village: Area,
    house_number: str,
    head: Name,
    by: Officer,
    key: UUID,
    note: str = "",
    known_to_differ: Collection[int] = (),
) -> Household:
    """A new household with its head. The same form (`key`) sent twice gives the same household.

    Locks the village, so that two officers cannot register one household at once. Raises `MayBeTwin`
    for households that the officer does not know to be others (keys in `known_to_differ`).
    """
    Area.objects.select_for_update().get(pk=village.pk)
    key = key_of_content(key, village.pk, house_number, *head)
    if registered := Household.objects.filter(form_key=key).first():
        return registered
    like_it = candidates(village=village, house_number=house_number, name=head)
    if unknown := [twin for twin in like_it if twin.household.pk not in known_to_differ]:
        raise MayBeTwin(unknown)
    household = Household.objects.create(
        village=village, house_number=house_number, note=note, form_key=key, created_by=by
    )
    household.head = _person(household, head)
    household.save(update_fields=["head"])
    return household


@transaction.atomic
def rename(*, person: Person, name: Name, by: Officer) -> Person:
    """Write a person's name anew. The audit record keeps both."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    before = person.full_name
    person.title, person.first_name, person.last_name = name
    if person.full_name != before:
        person.save()
        detail = {"name": [before, person.full_name]}
        record(by=by, action="person-rename", target=f"person {person.pk}", detail=detail)
    return person


def _person(household: Household, name: Name) -> Person:
    return Person.objects.create(
        household=household, title=name.title, first_name=name.first, last_name=name.last
    )


@transaction.atomic
def add_person(person: Person, *, key: UUID) -> Person:
    """`person` joins their household, as its head where it has none. One `key` adds one person.

    Raises `CannotAdd` when the household was merged into another.
    """
    household = Household.objects.select_for_update().get(pk=person.household_id)
    if household.merged_into_id:
        raise CannotAdd(f"ครัวเรือนนี้รวมเข้ากับ {household.merged_into} แล้ว")
    if added := household.people.filter(form_key=key).first():
        return added
    person.form_key = key
    person.save(force_insert=True)
    if household.head_id is None:
        household.head = person
        household.save(update_fields=["head"])
    return person


def key_of_content(key: UUID, *content) -> UUID:
    """A form gone back to and filled in differently is another form."""
    return uuid5(key, "|".join(map(str, content)))
