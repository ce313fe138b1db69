"""What can be searched."""

import django_filters
from django.db.models import Q

from accounts.filters import AreaFilter
from areas.models import Area
from config import thai
from funds.models import Centre


def centres(request):
    """The centres a list may be narrowed to: those of the officer's area."""
    return Centre.objects.for_user(request.user).select_related("village")


def letters(text: str) -> str:
    """What the order of `text` begins with: its letters without tone marks, so that หนองหะ with a wrong
    tone still finds its village."""
    return thai.sort_key(text.replace(" ", "")).partition("00")[0]


def named(path: str, text: str) -> Q:
    """The area at `path` is called like `text`, give or take spaces and tone marks."""
    return Q(**{f"{path}sort__contains": letters(text)})


class CentreFilter(AreaFilter):
    q = django_filters.CharFilter(label="ค้นหาชื่อศูนย์ฯ หมู่บ้าน หรือตำบล", method="search")
    kind = django_filters.ChoiceFilter(label="ประเภท", choices=Centre.Kind, empty_label="ทุกประเภท")
    budget_year = django_filters.ChoiceFilter(label="ปีงบประมาณ", empty_label="ทุกปี")

    class Meta:
        model = Centre
        fields = ["q", "kind", "budget_year"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        years = self.queryset.order_by("-budget_year").exclude(budget_year=None)
        years = years.values_list("budget_year", flat=True).distinct()
        self.filters["budget_year"].extra["choices"] = [(year, year) for year in years]

    def search(self, rows, name, text):
        for prefix in ("ศูนย์จัดการกองทุนชุมชน", "ศูนย์ฯ", "ตำบล", "ต."):
            text = text.strip().removeprefix(prefix)
        return rows.filter(named("village__", text) | named("village__parent__", text))


class VillageFilter(AreaFilter):
    q = django_filters.CharFilter(label="ค้นหาชื่อหมู่บ้าน ตำบล หรือรหัส", method="search")

    class Meta:
        model = Area
        fields = ["q"]

    def search(self, rows, name, text):
        code = thai.arabic_digits(text.strip())
        if code.isdecimal():
            return rows.filter(code__startswith=code)
        return rows.filter(named("", text) | named("parent__", text))
