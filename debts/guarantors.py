"""ผู้ค้ำประกัน: who stands surety for the debts of a village."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction

from areas.models import Area
from config.thai import Name, name_key
from debts.models import Debt, Guarantor
from households.models import Person

LONGEST = {
    column: Guarantor._meta.get_field(column).max_length for column in ("title", "first_name", "last_name")
}


@transaction.atomic
def name_guarantors(named: Mapping[Debt, Iterable[Name]], *, village: Area) -> None:
    """From now on these stand surety for the debts, and nobody else. One who is the only person of that name in
    the village is joined with them."""
    found = _people(village) if any(named.values()) else {}
    Guarantor.objects.filter(debt__in=[debt.pk for debt in named]).delete()
    Guarantor.objects.bulk_create(
        Guarantor(debt=debt, person=found.get(_key(name)), **_columns(name))
        for debt, names in named.items()
        for name in names
    )


def fits(name: Name) -> bool:
    """Whether no part of the name is too long to be kept."""
    return all(len(text) <= LONGEST[column] for column, text in _columns(name).items())


def _columns(name: Name) -> dict[str, str]:
    return {"title": name.title, "first_name": name.first, "last_name": name.last}


def _people(village: Area) -> dict[str, Person]:
    """The people of the village whose name nobody else there has, by its key."""
    named = defaultdict(list)
    for person in Person.objects.filter(household__village=village).only("pk", "match_key"):
        named[person.match_key].append(person)
    return {key: people[0] for key, people in named.items() if len(people) == 1}


def _key(name: Name) -> str:
    return name_key(name.first, name.last)
