"""What can be searched among visits and recommendations."""

import django_filters
from django.utils import timezone

from accounts.filters import AreaFilter, SearchBox
from config import thai
from funds.filters import centres
from monitoring.models import Recommendation, Round, Visit


def _rounds(request):
    return Round.objects.for_user(request.user)


class VisitFilter(django_filters.FilterSet):
    q = SearchBox("centre__village__name", "round_name", "place", "lead", label="ศูนย์ฯ หัวหน้าคณะ สถานที่ หรือรอบ")
    centre = django_filters.ModelChoiceFilter(label="ศูนย์ฯ", queryset=centres, empty_label="ทุกศูนย์ฯ")
    round = django_filters.ModelChoiceFilter(label="รอบการติดตาม", queryset=_rounds, empty_label="ทุกรอบ")
    status = django_filters.ChoiceFilter(label="สถานะ", choices=Visit.Status, empty_label="ทุกสถานะ")
    year = django_filters.ChoiceFilter(label="ปีงบประมาณ", empty_label="ทุกปี", method="in_year")

    class Meta:
        model = Visit
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = self.queryset.order_by().values_list("planned_on", flat=True).distinct()
        years = sorted({thai.fiscal_year(day) for day in days}, reverse=True)
        self.filters["year"].extra["choices"] = [(year, f"พ.ศ. {year}") for year in years]

    def in_year(self, queryset, name, value):
        return queryset.in_fiscal_year(int(value))


class RecommendationFilter(AreaFilter):
    q = SearchBox("what", "who", "visit__centre__village__name", label="เรื่อง ผู้รับผิดชอบ หรือศูนย์ฯ")
    centre = django_filters.ModelChoiceFilter(
        label="ศูนย์ฯ", field_name="visit__centre", queryset=centres, empty_label="ทุกศูนย์ฯ"
    )
    status = django_filters.ChoiceFilter(label="สถานะ", choices=Recommendation.Status, empty_label="ทุกสถานะ")
    due = django_filters.ChoiceFilter(
        label="กำหนด",
        choices=[("late", "เกินกำหนด"), ("open", "ยังไม่แล้วเสร็จ")],
        empty_label="ทั้งหมด",
        method="by_due",
    )

    class Meta:
        model = Recommendation
        fields = []

    def by_due(self, rows, name, value):
        return rows.late(on=timezone.localdate()) if value == "late" else rows.open()
