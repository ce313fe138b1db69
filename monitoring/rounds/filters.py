"""What can be searched among rounds and in the year plan."""

import django_filters
from django.utils import timezone

from accounts.filters import AreaFilter, SearchBox
from config import thai
from funds.models import Centre
from monitoring.models import Round, Visit
from monitoring.rounds.year_plan import with_year, year_of


class RoundFilter(django_filters.FilterSet):
    q = SearchBox("name", "objectives", label="ชื่อรอบหรือวัตถุประสงค์")
    fiscal_year = django_filters.ChoiceFilter(label="ปีงบประมาณ", empty_label="ทุกปี")

    class Meta:
        model = Round
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        years = self.queryset.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
        self.filters["fiscal_year"].extra["choices"] = [(year, f"พ.ศ. {year}") for year in years]


class YearPlanFilter(AreaFilter):
    """The fiscal year is this one until another is asked for."""

    q = SearchBox("village__name", "village__parent__name", label="ศูนย์ฯ หมู่บ้าน หรือตำบล")
    year = django_filters.ChoiceFilter(label="ปีงบประมาณ", empty_label="ปีนี้", method="unfiltered")
    state = django_filters.ChoiceFilter(
        label="การติดตาม",
        empty_label="ทุกศูนย์ฯ",
        method="in_state",
        choices=[("none", "ยังไม่ได้ติดตาม"), ("planned", "นัดหมายแล้ว ยังไม่ได้ติดตาม"), ("made", "ติดตามแล้ว")],
    )

    class Meta:
        model = Centre
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        days = Visit.objects.for_user(self.request.user).order_by().values_list("planned_on", flat=True)
        now = thai.fiscal_year(timezone.localdate())
        years = sorted({now, now + 1, *map(thai.fiscal_year, days.distinct())}, reverse=True)
        self.filters["year"].extra["choices"] = [(year, f"พ.ศ. {year}") for year in years]

    def filter_queryset(self, rows):
        year = year_of(self.form.cleaned_data.get("year"), on=timezone.localdate())
        return super().filter_queryset(with_year(rows, year))

    def unfiltered(self, rows, name, value):
        return rows

    def in_state(self, rows, name, state):
        if state == "made":
            return rows.exclude(visited_on=None)
        rows = rows.filter(visited_on=None)
        return rows.exclude(appointed_on=None) if state == "planned" else rows
