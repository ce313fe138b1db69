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
    """These stand surety for the debts. One who is the only person of that name in the village is joined with
    them."""
    named = {debt: list(names) for debt, names in named.items()}
    found = _people(village, {_key(name) for names in named.values() for name in names})
    Guarantor.objects.bulk_create(
        Guarantor(debt=debt, person=found.get(_key(name)), **_columns(name))
        for debt, names in named.items()
        for name in names
    )


@transaction.atomic
def replace_guarantors(debt: Debt, names: Iterable[Name]) -> None:
    """From now on these stand surety for the debt, and nobody else."""
    Debt.objects.select_for_update(of=("self",)).get(pk=debt.pk)
    debt.guarantors.all().delete()
    name_guarantors({debt: names}, village=debt.household.village)


def fits(name: Name) -> bool:
    """Whether no part of the name is too long to be kept."""
    return all(len(text) <= LONGEST[column] for column, text in _columns(name).items())


def _columns(name: Name) -> dict[str, str]:
    return {"title": name.title, "first_name": name.first, "last_name": name.last}


def _people(village: Area, keys: set[str]) -> dict[str, Person]:
    """The people of the village with one of these names that nobody else there has, by the key of the name."""
    named = defaultdict(list)
    there = Person.objects.filter(household__village=village, match_key__in=keys) if keys else ()
    for person in there:
        named[person.match_key].append(person)
    return {key: people[0] for key, people in named.items() if len(people) == 1}


def _key(name: Name) -> str:
    return name_key(name.first, name.last)
