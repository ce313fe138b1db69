"""One box that finds everything: households, people, contracts and receipts, centres and funds."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q, Value
from django.db.models.functions import Replace
from django.urls import reverse

from accounts.models import Officer
from accounts.roles import Can
from config import thai
from debts.models import Contract, Debt, Payment
from debts.numbering import read_number
from funds.filters import named
from funds.models import Centre, Fund
from households import search
from households.models import Household, Person

SHORTEST = 2
MOST = 8  # of a group
PLACE = "village__parent__parent__parent"


class Hit(NamedTuple):
    """Something found: what it is called, where it lies, its page."""

    label: str
    place: str
    address: str


class Group(NamedTuple):
    title: str
    hits: list[Hit]


def find(text: str, *, by: Officer) -> list[Group]:
    """What the officer may see of what is called, numbered or housed like `text`; groups without a hit are
    left out."""
    groups = [*_homes(text, by), *_papers(text, by), *_centres(text, by)]
    return [group for group in groups if group.hits]


def _homes(text: str, by: Officer) -> Iterator[Group]:
    if not by.can(Can.VIEW_HOUSEHOLDS):
        return
    people = _people(text, by)
    houses = Household.objects.for_user(by).filter(search.by_house(text)).select_related("head", PLACE)
    heads = [person.household for person in people if person.household.head_id == person.pk]
    yield Group("ครัวเรือน", [_home(each) for each in [*houses[:MOST], *heads][:MOST]])
    others = [person for person in people if person.household.head_id != person.pk]
    yield Group("ผู้กู้/บุคคล", [_person(each) for each in others[:MOST]])


def _people(text: str, by: Officer) -> list[Person]:
    """Those of that name; where they are few, those of a name much like it behind them."""
    wanted = (search.people(text), search.people_like(text))
    found: dict[int, Person] = {}
    for people in wanted:
        if len(found) < MOST:
            rows = people.for_user(by).select_related("household__head", f"household__{PLACE}")
            found |= {person.pk: person for person in rows[: 2 * MOST] if person.pk not in found}
    return list(found.values())


def _home(household: Household) -> Hit:
    return Hit(str(household), household.village.full_name, reverse("debts:household", args=[household.pk]))


def _person(person: Person) -> Hit:
    household = person.household
    place = f"{household} {household.village.full_name}"
    return Hit(person.full_name, place, reverse("debts:household", args=[household.pk]))


def _papers(text: str, by: Officer) -> Iterator[Group]:
    typed = thai.arabic_digits(thai.tidy(text))
    if not by.can(Can.VIEW_DEBTS) or not re.search(r"\d", typed):
        return
    hits = [*_numbered(typed, by), *_old_debts(typed, by)]
    yield Group("สัญญา", hits[:MOST])


def _numbered(typed: str, by: Officer) -> Iterator[Hit]:
    """Contracts and receipts, whose numbers are ours: 12/2560."""
    wanted = read_number(typed)
    if not wanted:
        return
    contracts = Contract.objects.for_user(by).filter(**wanted)
    for each in contracts.select_related("household__head", f"household__{PLACE}")[:MOST]:
        yield _paper(f"{each} {each.household.head or ''}", each.household, "debts:contract", each)
    payments = Payment.objects.for_user(by).filter(**wanted)
    for each in payments.select_related("fund", f"debt__household__{PLACE}")[:MOST]:
        yield _paper(f"{each} {each.fund}", each.debt.household, "debts:payment", each)


def _old_debts(typed: str, by: Officer) -> Iterator[Hit]:
    debts = Debt.objects.for_user(by).original().filter(number__startswith=typed)
    for each in debts.select_related("borrower", "fund", f"household__{PLACE}").order_by("number", "pk")[
        :MOST
    ]:
        yield _paper(f"สัญญาเดิมเลขที่ {each.number} {each.borrower}", each.household, "debts:debt", each)


def _paper(label: str, household: Household, page: str, row) -> Hit:
    return Hit(label, household.village.full_name, reverse(page, args=[row.pk]))


def without_centre(text: str) -> str:
    """The name alone of what was typed of a centre."""
    return re.sub(r"^(ศูนย์จัดการกองทุนชุมชน|ศูนย์ฯ|ศูนย์)\s*", "", text)


def _centres(text: str, by: Officer) -> Iterator[Group]:
    name = without_centre(thai.tidy(text))
    if not by.can(Can.VIEW_CENTRES) or not thai.search_key(name):
        return
    centres = Centre.objects.for_user(by).with_place().filter(_called(name))
    hits = [_centre(each, str(each), "funds:centre", each) for each in centres[:MOST]]
    funds = Fund.objects.for_user(by).select_related(f"centre__{PLACE}").alias(key=_key("name"))
    for each in funds.filter(key__icontains=thai.search_key(name))[:MOST]:
        hits.append(_centre(each.centre, str(each), "funds:fund", each))
    yield Group("ศูนย์ฯ และกองทุน", hits[:MOST])


def _called(name: str) -> Q:
    return named("village__", name)


def _key(path: str) -> Replace:
    """กข.คจ., กข.คจ and กขคจ alike."""
    return Replace(Replace(path, Value("."), Value("")), Value(" "), Value(""))


def _centre(centre: Centre, label: str, page: str, row) -> Hit:
    return Hit(label, centre.village.full_name, reverse(page, args=[row.pk]))
