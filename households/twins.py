"""Households written down twice: which may be one, and which an officer has told apart.

Two households of a village are compared when someone of both sounds alike, when they keep one national ID, or
when they have one house number; `households.likeness` says what that means.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Value

from accounts.audit import record
from accounts.models import Officer
from areas.models import Area
from config import crypto, thai
from config.thai import Name
from households.likeness import Home, Likeness, Someone, likeness
from households.models import Household, NotTwins, Person


@dataclass(frozen=True)
class Twin:
    """A household that something may repeat, and why. `person` is who is alike, None when it is the house."""

    household: Household
    likeness: Likeness
    person: Person | None

    def __str__(self):
        return f"อาจซ้ำกับ {self.household.house} {self.person or self.household.head or ''}".strip()


@dataclass(frozen=True)
class Pair:
    """Two households that may be one; the older stands first."""

    first: Household
    second: Household
    likeness: Likeness


class CannotTellApart(ValueError):
    """The two are not told apart; `str()` is the Thai reason."""


def candidates(
    *, village: Area, house_number: str = "", name: Name | None = None, national_id: str = ""
) -> list[Twin]:
    """The households of the village that what is typed may repeat, the likeliest first."""
    digits = thai.format_national_id(national_id).replace("-", "")
    id_hash = crypto.keyed_hash(digits) if digits else ""
    people = (Someone(name.first, name.last, id_hash),) if name else ()
    return _twins(Home(house_number, people), village.pk)


def twins_of(household: Household) -> list[Twin]:
    """The households that may be the same as this one and were not told apart, the likeliest first."""
    return _twins(home_of(household), household.village_id, household)


def twins_of_person(person: Person) -> list[Twin]:
    """The people of the village, the own household included, who may be this one; `person` may be new."""
    mine = Home(person.household.house_number, (someone(person),))
    return [twin for twin in _twins(mine, person.household.village_id, person) if twin.person]


def pairs(user: Officer) -> list[Pair]:
    """The pairs of the officer's area that nobody has told apart, the likeliest first; six queries."""
    keys = _pair_keys(user) - set(NotTwins.objects.for_user(user).values_list("first", "second"))
    households = Household.objects.for_user(user).with_place().prefetch_related("people")
    by_pk = households.in_bulk({key for pair in keys for key in pair})
    homes = {pk: home_of(household) for pk, household in by_pk.items()}
    found = [
        Pair(by_pk[first], by_pk[second], sign)
        for first, second in sorted(keys)
        if (sign := likeness(homes[first], homes[second]))
    ]
    return sorted(found, key=lambda pair: -pair.likeness.weight)


def count_pairs(user: Officer) -> int:
    """How many pairs the queue has: four queries, and no household is read, for whatever shares a key is alike."""
    return len(_pair_keys(user) - set(NotTwins.objects.for_user(user).values_list("first", "second")))


@transaction.atomic
def tell_apart(*, one: Household, other: Household, reason: str, by: Officer) -> NotTwins:
    """Remember that the two are not one household. Raises `CannotTellApart`."""
    first, second = sorted((one, other), key=lambda household: household.pk)
    if first == second or first.village_id != second.village_id:
        raise CannotTellApart("เลือกสองครัวเรือนในหมู่บ้านเดียวกัน")
    told, is_new = NotTwins.objects.get_or_create(
        first=first, second=second, defaults={"reason": reason, "by": by}
    )
    if is_new:
        _record(told, by, action="twins-apart")
    return told


@transaction.atomic
def ask_again(*, told: NotTwins, by: Officer) -> None:
    """Take back that the two are not one household: the pair is in the queue again."""
    _record(told, by, action="twins-ask-again")
    told.delete()


def home_of(household: Household) -> Home:
    """The household for comparing it; reads its people."""
    return Home(household.house_number, tuple(someone(person) for person in household.people.all()))


def someone(person: Person) -> Someone:
    return Someone(person.first_name, person.last_name, person.id_hash, person.born_year, person.pk)


def _twins(mine: Home, village_pk: str, besides: Household | Person | None = None) -> list[Twin]:
    alike = Q(people__in=_people_like(mine))
    if mine.number:
        alike |= Q(house_number=mine.number)
    found = Household.objects.standing().filter(alike, village=village_pk).exclude(pk__in=_not_asked(besides))
    others = found.distinct().select_related("head").prefetch_related("people").order_by("pk")
    return _ordered(_twin(mine, other, besides) for other in others)


def _people_like(home: Home):
    like = Q(sound_key__in={each.sound_key for each in home.people})
    if hashes := {each.id_hash for each in home.people} - {""}:
        like |= Q(id_hash__in=hashes)
    return Person.objects.filter(like)


def _not_asked(besides: Household | Person | None) -> set[int]:
    """Keys of the households told apart from the one of `besides`, and its own unless it is about a person."""
    if besides is None:
        return set()
    is_person = isinstance(besides, Person)
    own = besides.household_id if is_person else besides.pk
    told = NotTwins.objects.filter(Q(first=own) | Q(second=own)).values_list("first", "second")
    return {key for pair in told for key in pair} - {own} | (set() if is_person else {own})


def _twin(mine: Home, other: Household, besides: Household | Person | None) -> Twin | None:
    people = {person.pk: person for person in other.people.all() if person != besides}
    sign = likeness(mine, Home(other.house_number, tuple(map(someone, people.values()))))
    return Twin(other, sign, people[sign.other.pk] if sign.other else None) if sign else None


def _ordered(twins) -> list[Twin]:
    return sorted(filter(None, twins), key=lambda twin: -twin.likeness.weight)


def _pair_keys(user: Officer) -> set[tuple[int, int]]:
    people = Person.objects.for_user(user).standing()
    houses = Household.objects.for_user(user).standing().exclude(house_number="")
    same_house = Household.objects.standing().filter(
        village=OuterRef("village"), house_number=OuterRef("house_number")
    )
    same_number = houses.filter(Exists(same_house.exclude(pk=OuterRef("pk"))))
    rows = [
        _shared(people, "sound_key"),
        _shared(people.exclude(id_hash=""), "id_hash"),
        same_number.values_list("village_id", "house_number", "pk", Value("")),
    ]
    return {pair for found in rows for pair in _pairs_of(found)}


def _shared(people, key: str):
    """(village, key, household, national ID) of the people whose key someone of another household of the village
    has."""
    others = Person.objects.standing().filter(
        **{key: OuterRef(key)}, household__village=OuterRef("household__village")
    )
    shared = people.filter(Exists(others.exclude(household=OuterRef("household"))))
    return shared.order_by().values_list("household__village_id", key, "household_id", "id_hash")


def _pairs_of(rows) -> set[tuple[int, int]]:
    """Pairs of households of one village and key; two people whose national IDs differ make none."""
    groups = defaultdict(set)
    for village, key, household, id_hash in rows:
        groups[village, key].add((household, id_hash))
    return {
        (one, other)
        for group in groups.values()
        for (one, its_id), (other, others_id) in combinations(sorted(group), 2)
        if one != other and not (its_id and others_id and its_id != others_id)
    }


def _record(told: NotTwins, by: Officer, *, action: str) -> None:
    detail = {"first": told.first_id, "second": told.second_id, "reason": told.reason}
    record(by=by, action=action, target=f"household {told.first_id}", detail=detail)
