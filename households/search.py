"""What an officer types to find a household or a person: a name, a house number, the end of a national ID."""

import re

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Greatest

from config import thai
from config.thai_sql import Likeness, is_like
from households.models import Person

WHOLE_ID = "ไม่ค้นด้วยเลขประจำตัวประชาชนเต็ม ใช้ 4 ตัวท้าย ชื่อ หรือบ้านเลขที่"
_MOO = re.compile(r"\s*(?:หมู่ที่|หมู่|ม\.?)\s*(\d{1,2})$")
_THIRTEEN = re.compile(r"\d[\d -]{11,}\d")
SHORTEST_SLIP = 3  # signs of a word in which a slip can be told from another word


def holds_national_id(text: str) -> bool:
    """Thirteen digits, grouped in any way: a number that must not stand in an address."""
    found = _THIRTEEN.search(thai.arabic_digits(thai.tidy(text)))
    return bool(found) and len(re.sub(r"\D", "", found[0])) >= 13


def matching(text: str) -> Q:
    """Households with that house number (18, 18 ม.3), a person of that name (without title, spaces or
    tone marks) or one whose national ID ends so (four digits)."""
    return by_house(text) | Q(pk__in=people(text).order_by().values("household"))


def by_house(text: str) -> Q:
    """Households with that house number: 18, 32/1, 18 ม.3, บ้านเลขที่ 18 หมู่ 3."""
    typed = _typed(text)
    moo = _MOO.search(typed)
    try:
        number = thai.read_house_number(typed[: moo.start()] if moo else typed)
    except thai.CannotRead:
        return Q(pk=None)
    if not number:
        return Q(pk=None)
    return Q(house_number=number, village__moo=moo[1]) if moo else Q(house_number=number)


def people(text: str) -> QuerySet[Person]:
    """People of that name or part of it, the nearest first; or with that end of a national ID."""
    typed = _typed(text)
    if re.fullmatch(r"\d{4}", typed):
        return Person.objects.with_id_tail(typed)
    keys = {key for name in (typed, _without_title(typed)) if (key := thai.spelling_key(name))}
    if not keys or re.search(r"\d", typed):  # no name has a digit
        return Person.objects.none()
    return Person.objects.filter(_any(keys, "contains")).order_by(_nearness(typed, keys), "sort", "pk")


def people_like(text: str) -> QuerySet[Person]:
    """People whose name is spelt a little differently, the most alike first: both names, or either one."""
    keys = [thai.spelling_key(word) for word in _without_title(_typed(text)).split()][:2]
    if not keys or min(map(len, keys)) < SHORTEST_SLIP:
        return Person.objects.none()
    if len(keys) == 2:
        found = is_like("first_spelling", keys[0]) & is_like("last_spelling", keys[1])
        alike = Likeness("first_spelling", Value(keys[0])) + Likeness("last_spelling", Value(keys[1]))
    else:
        found = is_like("first_spelling", keys[0]) | is_like("last_spelling", keys[0])
        alike = Greatest(*(Likeness(name, Value(keys[0])) for name in ("first_spelling", "last_spelling")))
    return Person.objects.filter(found).order_by(alike.desc(), "sort", "pk")


def _typed(text: str) -> str:
    return thai.arabic_digits(thai.tidy(text))


def _any(keys, lookup: str) -> Q:
    wanted = Q()
    for key in sorted(keys):
        wanted |= Q(**{f"name_spelling__{lookup}": key})
    return wanted


def _nearness(typed: str, keys) -> Case:
    """First whose name or last name begins as it was typed, then whose name sounds so, then the rest."""
    name = " ".join(map(thai.search_key, _without_title(typed).split()))
    begins = Q(match_key__startswith=name) | Q(match_key__contains=f" {name}")
    sounds = _any(keys, "startswith")
    return Case(When(begins, then=0), When(sounds, then=1), When(match_key__contains=name, then=2), default=3)


def _without_title(typed: str) -> str:
    try:
        name = thai.read_name(typed)
    except thai.CannotRead:
        return typed
    return f"{name.first} {name.last}".strip()
