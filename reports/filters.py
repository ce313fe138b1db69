"""What can be searched among the households behind a figure."""

import django_filters

from accounts.filters import DayFilter
from debts.models import Case
from households.models import Household
from households.search import matching
from reports.figures import NAMES, having, years


class CaseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="ชื่อหรือบ้านเลขที่", method="search")
    figure = django_filters.ChoiceFilter(
        label="ผล", choices=list(NAMES.items()), method="of_figure", empty_label=None
    )

    # The view reads these two before it asks for the cases.
    year = django_filters.ChoiceFilter(label="ปีงบประมาณ", choices=years, method="as_asked", empty_label=None)
    on = DayFilter(label="ข้อมูล ณ วันที่", method="as_asked")

    class Meta:
        model = Case
        fields = []

    def as_asked(self, cases, name, value):
        return cases

    def of_figure(self, cases, name, figure):
        return having(cases, figure)

    def search(self, cases, name, typed):
        return cases.filter(household__in=Household.objects.filter(matching(typed)).values("pk"))
