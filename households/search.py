"""What an officer types to find a household: a name, a house number, the end of a national ID."""

import re

from django.db.models import Q, Value
from django.db.models.functions import Replace

from config import thai
from households.models import Person

_MOO = re.compile(r"\s*(?:หมู่ที่|หมู่|ม\.?)\s*(\d{1,2})$")
_WHOLE_ID = re.compile(r"\d[\d -]{11,}\d")


def holds_national_id(text: str) -> bool:
    """Thirteen digits, grouped in any way: a number that must not stand in an address."""
    found = _WHOLE_ID.search(thai.arabic_digits(thai.tidy(text)))
    return bool(found) and len(re.sub(r"\D", "", found[0])) >= 13


def matching(text: str) -> Q:
    """Households with that house number (18, 18 ม.3), a person of that name (without title, spaces or
    tone marks) or one whose national ID ends so (three digits)."""
    typed = thai.arabic_digits(thai.tidy(text))
    return _by_house(typed) | _by_people(typed)


def _by_house(typed: str) -> Q:
    moo = _MOO.search(typed)
    try:
        number = thai.read_house_number(typed[: moo.start()] if moo else typed)
    except thai.CannotRead:
        return Q(pk=None)
    return Q(house_number=number, village__moo=moo[1]) if moo else Q(house_number=number)


def _by_people(typed: str) -> Q:
    people = Person.objects.alias(joined=Replace("match_key", Value(" "), Value("")))
    wanted = Q()
    for name in {typed, _without_title(typed)}:
        wanted |= Q(joined__contains=thai.search_key(name)) | Q(sort__contains=_letters(name))
    if re.fullmatch(r"\d{3}", typed):
        wanted |= Q(id_tail=typed)
    return Q(pk__in=people.filter(wanted).values("household"))


def _letters(name: str) -> str:
    return thai.sort_key(name).partition("00")[0]


def _without_title(typed: str) -> str:
    try:
        name = thai.read_name(typed)
    except thai.CannotRead:
        return typed
    return f"{name.first} {name.last}".strip()
