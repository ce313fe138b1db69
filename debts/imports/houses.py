"""Whose household a row of a file belongs to: one the village has, or a new one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from areas.models import Area
from config import thai
from config.thai import Name, name_key, sound_key
from households.likeness import Home, likeness
from households.models import Household, Person
from households.twins import someone

MOST_TWINS = 5
"""Of a person of the file; the others are counted."""


@dataclass(eq=False, slots=True)
class Newcomer:
    """Someone whom the file brings. A file may bring a hundred thousand, so they are no rows of a model yet."""

    title: str
    first_name: str
    last_name: str
    pk: None = None
    id_hash: str = ""
    born_year: int | None = None

    @property
    def full_name(self) -> str:
        return f"{self.title}{self.first_name} {self.last_name}".strip()


@dataclass(eq=False, slots=True)
class House:
    """A household of the village (`known`), or one that the file brings. `people` by the key of their name."""

    number: str
    known: Household | None = None
    people: dict[str, Person | Newcomer] = field(default_factory=dict)

    def __str__(self):
        return f"บ้านเลขที่ {self.number}" if self.number else "ไม่ทราบบ้านเลขที่"

    @property
    def gains_number(self) -> bool:
        """Whether the file says the house number that a known household lacked."""
        return bool(self.known and self.number != self.known.house_number)


class Houses:
    """The households of a village, found by house number and by the names of their people.

    A row without a house number joins the only household with someone of that name. Rows with a house number
    should be placed first, so that the others find them.
    """

    def __init__(self, village: Area):
        self.by_pk: dict[int, House] = {}
        self._numbered: dict[str, list[House]] = defaultdict(list)
        self._named: dict[str, list[House]] = defaultdict(list)
        self._sounding: dict[str, list[tuple[House, Person]]] = defaultdict(list)
        for household in village.households.standing().prefetch_related("people").order_by("pk"):
            self._know(household)

    def find(self, number: str, name: Name) -> House | None:
        """The household of this person at this house number ("" when not known), if there is one."""
        named = self._named[name_key(name.first, name.last)]
        unnumbered = _only(house for house in named if not house.number)
        if not number:
            return unnumbered or _only(named)
        there = self._numbered[number]
        return next((house for house in there if house in named), None) or _first(there) or unnumbered

    def place(self, number: str, name: Name, house: House | None = None) -> tuple[House, Person | Newcomer]:
        """The person and the household (`house` when it is known), both made when there are none."""
        house = house or self.find(number, name) or House(number)
        if number and not house.number:
            house.number = number
        if number and house not in self._numbered[house.number]:
            self._numbered[house.number].append(house)
        key = name_key(name.first, name.last)
        if key not in house.people:
            house.people[key] = Newcomer(name.title, name.first, name.last)
            self._name(house, key)
        return house, house.people[key]

    def twins(self, house: House, person: Person) -> Iterator[str]:
        """Who else of the village may be this person, and why: the first few, those the village has before those
        the file brings. A name that a thousand rows have would otherwise be compared a million times."""
        mine = Home(house.number, (someone(person),))
        alike = self._sounding[sound_key(person.first_name, person.last_name)]
        signs = (
            (other, twin, sign)
            for other, twin in alike
            if twin is not person and (sign := likeness(mine, Home(other.number, (someone(twin),))))
        )
        for other, twin, sign in islice(signs, MOST_TWINS):
            yield f"อาจซ้ำกับ {other} {twin.full_name} ({sign.reason})"
        if (others := len(alike) - 1 - MOST_TWINS) > 0:
            yield f"มีชื่อใกล้เคียงอีก {thai.count(others)} คน"

    def _know(self, household: Household) -> None:
        people = {person.match_key: person for person in household.people.all()}
        house = House(household.house_number, household, people)
        self.by_pk[household.pk] = house
        if house.number:
            self._numbered[house.number].append(house)
        for key in people:
            self._name(house, key)

    def _name(self, house: House, key: str) -> None:
        person = house.people[key]
        self._named[key].append(house)
        self._sounding[sound_key(person.first_name, person.last_name)].append((house, person))


def _only(houses) -> House | None:
    houses = list(houses)
    return houses[0] if len(houses) == 1 else None


def _first(houses: list[House]) -> House | None:
    return houses[0] if houses else None
