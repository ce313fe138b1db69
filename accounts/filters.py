"""Search forms of our lists: one free box, unknown words refused, what was chosen shown as chips."""

from functools import reduce
from operator import or_
from typing import NamedTuple

import django_filters
from django.db.models import Q

from config import thai

OF_THE_LIST = {"sort", "page", "per_page", "export"}


class SearchBox(django_filters.CharFilter):
    """A free search: every word typed is found in one of `columns`. Thai digits find Arabic ones."""

    def __init__(self, *columns, label="ค้นหา", **options):
        super().__init__(label=label, **options)
        self.columns = columns

    def filter(self, rows, typed):
        rows = rows.distinct() if self.distinct else rows
        for word in thai.arabic_digits(thai.tidy(typed or "")).split():
            rows = rows.filter(reduce(or_, (Q(**{f"{column}__icontains": word}) for column in self.columns)))
        return rows


class Chip(NamedTuple):
    label: str
    text: str
    without: str  # the query string that leaves it out


def unknown_words(filterset, query) -> list[str]:
    """Names in the address that this list does not filter by."""
    return sorted(set(query) - OF_THE_LIST - _names(filterset.form))


def _names(form) -> set[str]:
    return {
        f"{name}{suffix}"
        for name, field in form.fields.items()
        for suffix in getattr(field.widget, "widgets_names", [""])
    }


def chips(filterset, query) -> list[Chip]:
    """What the officer chose, each with the address of the list without it."""
    form = filterset.form
    return [
        Chip(form[name].label, text, _without(query, form.fields[name], name))
        for name, value in form.cleaned_data.items()
        if (text := _shown(form.fields[name], value))
    ]


def _shown(field, value) -> str:
    if value in (None, "", []):
        return ""
    for key, label in getattr(field, "choices", []) if not hasattr(value, "pk") else []:
        if str(key) == str(value):
            return str(label)
    if isinstance(value, slice):
        return "–".join(str(end) for end in (value.start, value.stop) if end is not None)
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _without(query, field, name) -> str:
    rest = query.copy()
    for suffix in [*getattr(field.widget, "widgets_names", [""])]:
        rest.pop(f"{name}{suffix}", None)
    rest.pop("page", None)
    return rest.urlencode()
