"""What a merge of two households will do, and what it has done, for an officer to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count

from config.money import total
from debts.household_merge import KINDS, PERSON_VALUES, Choices, refusals
from debts.ledger import ZERO
from debts.models import Case, Contract, Debt, HouseholdMerge
from households.models import Household, Person

_NOT_TOLD = {"household", "borrower", "merged_into", "id_hash", "tail_hash", "sort"}


class Facts(NamedTuple):
    """What tells two households apart besides their people: debts still owed, in number and baht."""

    debts: int = 0
    outstanding: Decimal = ZERO
    has_contract: bool = False
    has_case: bool = False


class Member(NamedTuple):
    """Someone of the merged household. `masked_id` is empty when no national ID is kept."""

    name: str
    masked_id: str
    phone: str
    born_year: int | None
    is_head: bool
    moves: bool


@dataclass(frozen=True)
class Outcome:
    """The household that would be left, what it would bring along, and why it cannot be."""

    house: str
    note: str
    members: list[Member]
    moving: list[Debt]
    outstanding: Decimal
    contracts: list[Contract]
    refusals: list[str]


class Told(NamedTuple):
    """One value that a merge changed, in words."""

    label: str
    before: str
    after: str


def facts_of(households) -> dict[int, Facts]:
    """The facts of the households by key; three queries."""
    keys = [household.pk for household in households]
    owed = Debt.objects.filter(household__in=keys).open().order_by().values_list("household")
    sums = {pk: found for pk, *found in owed.annotate(count=Count("pk"), owed=total("outstanding"))}
    signed = set(Contract.objects.filter(household__in=keys).standing().values_list("household", flat=True))
    selected = set(Case.objects.filter(household__in=keys).open().values_list("household", flat=True))
    return {pk: Facts(*sums.get(pk, (0, ZERO)), pk in signed, pk in selected) for pk in keys}


def in_order_of_keeping(one: Household, other: Household, facts: dict[int, Facts]):
    """The two, the one to keep first: with a contract, else in the process, else the older."""

    def rank(household):
        known = facts[household.pk]
        return not known.has_contract, not known.has_case, household.pk

    return sorted((one, other), key=rank)


def outcome(kept: Household, emptied: Household, choices: Choices) -> Outcome:
    """What the merge would come to. Writes nothing."""
    values = {name: emptied if name in choices.takes else kept for name in ("house_number", "note", "head")}
    head = values["head"].head_id
    same = choices.same.get(head)
    moving = list(emptied.debts.with_names().order_by("pk"))
    everything = Debt.objects.filter(household__in=[kept, emptied]).aggregate(owed=total("outstanding"))
    return Outcome(
        house=values["house_number"].house,
        note=values["note"].note,
        members=list(_members(kept, emptied, choices, same.person if same else head)),
        moving=moving,
        outstanding=everything["owed"],
        contracts=list(emptied.contracts.all()),
        refusals=list(refusals(kept, emptied, choices)),
    )


def _members(kept: Household, emptied: Household, choices: Choices, head: int | None) -> Iterator[Member]:
    theirs = emptied.people.in_bulk()
    takes = {same.person: (theirs[pk], same.takes) for pk, same in choices.same.items()}
    for person in kept.people.all():
        other, taken = takes.get(person.pk, (person, frozenset()))
        source = {value: other if value in taken else person for value in PERSON_VALUES}
        yield Member(
            source["name"].full_name,
            source["national_id"].masked_id,
            source["phone"].phone,
            source["born_year"].born_year,
            person.pk == head,
            moves=False,
        )
    for pk, person in theirs.items():
        if pk not in choices.same:
            is_head = pk == head
            yield Member(
                person.full_name, person.masked_id, person.phone, person.born_year, is_head, moves=True
            )


def values_changed(merge: HouseholdMerge) -> list[Told]:
    """The values of the household and its people that the merge changed, in its order."""
    people = Person.objects.in_bulk(change["pk"] for change in merge.changes if change["kind"] == "person")
    heads = {value for change in merge.changes if change["field"] == "head" for value in _both(change)}
    names = {person.pk: str(person) for person in Person.objects.filter(pk__in=heads - {None})}
    return [
        _told(change, people, names)
        for change in merge.changes
        if change["kind"] in ("household", "person", "case")
        and change["field"] not in _NOT_TOLD
        and change["before"] != change["after"]
        and not _is_of_the_emptied(change, people, merge)
    ]


def _both(change: dict) -> tuple:
    return change["before"], change["after"]


def _is_of_the_emptied(change: dict, people: dict[int, Person], merge: HouseholdMerge) -> bool:
    return change["kind"] == "person" and people[change["pk"]].household_id == merge.emptied_id


def _told(change: dict, people, names) -> Told:
    label = "เลขประจำตัวประชาชน 3 ตัวท้าย" if change["field"] == "id_tail" else _label(change)
    whose = f" ({people[change['pk']]})" if change["kind"] == "person" else ""
    before, after = (names.get(value, "") if change["field"] == "head" else value for value in _both(change))
    return Told(f"{label}{whose}", *("" if value is None else str(value) for value in (before, after)))


def _label(change: dict) -> str:
    return KINDS[change["kind"]]._meta.get_field(change["field"]).verbose_name
