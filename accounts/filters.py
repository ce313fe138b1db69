"""Search forms of our lists: one free box, unknown words refused, what was chosen shown as chips."""

from functools import reduce
from operator import or_
from typing import NamedTuple

import django_filters
from django.db.models import Q

from accounts.audit import ACTIONS
from accounts.models import AuditEvent, Job, Officer
from accounts.roles import Role
from areas.models import Area, Level
from config import thai
from config.forms import DayBox

DISTRICT_OR_BELOW = (Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE)
OF_THE_LIST = {"sort", "page", "per_page", "export", "columns", "totals", "view"}


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


class DayFilter(django_filters.Filter):
    """A day typed in Thai: 27/3/2565."""

    field_class = DayBox


def sees_districts(user) -> bool:
    """Whether the officer's area has more than one district."""
    return user.area is not None and user.area.level not in DISTRICT_OR_BELOW


def _districts(request):
    return Area.objects.for_user(request.user).at(Level.DISTRICT)


class AreaFilter(django_filters.FilterSet):
    """A filter over rows of an area; the district is asked only of those who see more than one."""

    district = django_filters.ModelChoiceFilter(
        label="อำเภอ", queryset=_districts, method="in_district", empty_label="ทุกอำเภอ"
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not sees_districts(self.request.user):
            del self.filters["district"]
        else:
            self.filters["district"] = self.filters.pop("district")  # behind what the list itself asks

    def in_district(self, rows, name, district):
        return rows.within(district)


class OfficersFilter(django_filters.FilterSet):
    q = SearchBox("first_name", "last_name", "username", label="ค้นหาชื่อหรือชื่อผู้ใช้")
    role = django_filters.ChoiceFilter(label="บทบาท", choices=Role)
    area = django_filters.ModelChoiceFilter(
        label="พื้นที่",
        method="within",
        queryset=Area.objects.filter(level__in=[Level.PROVINCE, Level.DISTRICT]).with_parents(),
    )
    is_active = django_filters.ChoiceFilter(
        label="สถานะ", choices=[("True", "ใช้งานได้"), ("False", "ยกเลิกสิทธิ์แล้ว")]
    )

    class Meta:
        model = Officer
        fields = ["q", "role", "area", "is_active"]

    def within(self, rows, name, area):
        return rows.within(area)


class AuditFilter(django_filters.FilterSet):
    officer = SearchBox(
        "officer__first_name", "officer__last_name", "officer__username", label="โดย (ชื่อหรือชื่อผู้ใช้)"
    )
    action = django_filters.ChoiceFilter(label="การกระทำ", choices=list(ACTIONS.items()))
    day = DayFilter(label="วันที่", field_name="at", lookup_expr="date")

    class Meta:
        model = AuditEvent
        fields = ["officer", "action", "day"]


class JobFilter(django_filters.FilterSet):
    q = SearchBox("title", label="ค้นหางาน")
    state = django_filters.ChoiceFilter(label="สถานะ", choices=Job.State, empty_label="ทุกสถานะ")

    class Meta:
        model = Job
        fields = ["q", "state"]
