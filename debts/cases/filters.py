"""What can be searched among cases and meetings."""

import django_filters

from accounts.filters import AreaFilter, SearchBox
from debts.filters import centres_of
from debts.models import Case, Meeting
from households import search
from households.models import Household


class CaseFilter(AreaFilter):
    REDUCED, CLEARED = "reduced", "cleared"
    OUTCOMES = [(REDUCED, "ลดหนี้ได้"), (CLEARED, "ปลดหนี้ได้")]

    q = django_filters.CharFilter(
        label="ค้นหา", method="search", help_text="ชื่อ นามสกุล หรือบ้านเลขที่ (เช่น 18 ม.3)"
    )
    stage = django_filters.ChoiceFilter(label="ขั้นตอน", choices=Case.Stage, empty_label="ทุกขั้นตอน")
    outcome = django_filters.ChoiceFilter(
        label="ผล", choices=OUTCOMES, method="with_outcome", empty_label="ทุกผล"
    )
    year = django_filters.ChoiceFilter(
        label="ปีงบประมาณ", field_name="fiscal_year", choices=[], empty_label="ทุกปี"
    )
    centre = django_filters.ModelChoiceFilter(label="ศูนย์ฯ", queryset=centres_of, empty_label="ทุกศูนย์ฯ")

    class Meta:
        model = Case
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        mine = Case.objects.for_user(self.request.user).order_by("-fiscal_year")
        years = mine.values_list("fiscal_year", flat=True).distinct()
        self.filters["year"].extra["choices"] = [(year, year) for year in years]

    def search(self, cases, name, typed):
        by_house = Household.objects.filter(search.by_house(typed)).values("pk")
        by_name = search.people(typed).order_by().values("household")
        return cases.filter(household__in=by_house) | cases.filter(household__in=by_name)

    def with_outcome(self, cases, name, outcome):
        return cases.cleared() if outcome == self.CLEARED else cases.reduced()


class MeetingFilter(AreaFilter):
    q = SearchBox("centre__village__name", label="ค้นหา", help_text="ชื่อหมู่บ้าน")
    centre = django_filters.ModelChoiceFilter(label="ศูนย์ฯ", queryset=centres_of, empty_label="ทุกศูนย์ฯ")

    class Meta:
        model = Meeting
        fields = []
