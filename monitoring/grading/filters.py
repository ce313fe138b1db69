"""What gradings can be searched by."""

import django_filters

from accounts.filters import AreaFilter, SearchBox
from funds.filters import centres
from monitoring.models import Grading, Scorecard


class GradingFilter(AreaFilter):
    q = SearchBox("centre__village__name", "fund__name", label="ศูนย์ฯ หรือกองทุน")
    centre = django_filters.ModelChoiceFilter(label="ศูนย์ฯ", queryset=centres, empty_label="ทุกศูนย์ฯ")
    subject = django_filters.ChoiceFilter(label="ประเภท", choices=Scorecard.Subject, empty_label="ทุกประเภท")
    fiscal_year = django_filters.ChoiceFilter(label="ปีงบประมาณ", empty_label="ทุกปี")
    level = django_filters.ChoiceFilter(label="ระดับ", choices=Grading.Level, empty_label="ทุกระดับ")
    status = django_filters.ChoiceFilter(label="สถานะ", choices=Grading.Status, empty_label="ทุกสถานะ")

    class Meta:
        model = Grading
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        years = self.queryset.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
        self.filters["fiscal_year"].extra["choices"] = [(year, f"พ.ศ. {year}") for year in years]
