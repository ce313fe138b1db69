"""A household and its people enter the system, once each."""

from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from accounts.audit import record
from accounts.models import Officer
from areas.models import Area
from config.thai import Name, name_key
from households.models import Household, Person


class MayBeTwin(Exception):
    """A household like this one is already in the village; `household` is it."""

    def __init__(self, household: Household):
        self.household = household
        super().__init__(f"อาจซ้ำกับ {household}")


def twins(*, village: Area, house_number: str, head: Name):
    """Households of the village with the same house number or someone of the same name."""
    same = Q(people__match_key=name_key(head.first, head.last))
    if house_number:
        same |= Q(house_number=house_number)
    return Household.objects.filter(same, village=village).select_related("head").distinct()


@transaction.atomic
def register(
    *,
    village: Area,
    house_number: str,
    head: Name,
    by: Officer,
    key: UUID,
    note: str = "",
    known_to_differ: bool = False,
) -> Household:
    """A new household with its head. The same form (`key`) sent twice gives the same household.

    Locks the village, so that two officers cannot register one household at once. Raises `MayBeTwin`
    unless the officer knows that it is another one (`known_to_differ`).
    """
    Area.objects.select_for_update().get(pk=village.pk)
    key = key_of_content(key, village.pk, house_number, *head)
    if registered := Household.objects.filter(form_key=key).first():
        return registered
    like_it = twins(village=village, house_number=house_number, head=head).first()
    if like_it and not known_to_differ:
        raise MayBeTwin(like_it)
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
    """`person` joins their household, as its head where it has none. One `key` adds one person."""
    household = Household.objects.select_for_update().get(pk=person.household_id)
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
