"""What can be searched among activities and model households."""

import django_filters
from django.utils import timezone

from accounts.filters import AreaFilter, SearchBox
from config import thai
from funds.filters import centres
from monitoring.models import Activity, ModelHousehold


def _years(rows, column: str) -> list[tuple[int, str]]:
    days = rows.order_by().values_list(column, flat=True).distinct()
    return [(year, f"พ.ศ. {year}") for year in sorted({thai.fiscal_year(day) for day in days}, reverse=True)]


class ActivityFilter(AreaFilter):
    """Activities that were taken out are shown when they are asked for."""

    q = SearchBox("title", "leader", "topics", "centre__village__name", label="เรื่อง วิทยากร หัวข้อ หรือศูนย์ฯ")
    centre = django_filters.ModelChoiceFilter(label="ศูนย์ฯ", queryset=centres, empty_label="ทุกศูนย์ฯ")
    kind = django_filters.ChoiceFilter(label="ประเภท", choices=Activity.Kind, empty_label="ทุกประเภท")
    year = django_filters.ChoiceFilter(label="ปีงบประมาณ", empty_label="ทุกปี", method="in_year")
    state = django_filters.ChoiceFilter(
        label="สถานะ", choices=[("withdrawn", "นำออกแล้ว")], empty_label="ที่ใช้อยู่", method="unfiltered"
    )

    class Meta:
        model = Activity
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["year"].extra["choices"] = _years(self.queryset, "held_on")

    def in_year(self, rows, name, year):
        return rows.in_fiscal_year(int(year))

    def unfiltered(self, rows, name, value):
        return rows

    def filter_queryset(self, rows):
        is_out = self.form.cleaned_data.get("state") == "withdrawn"
        rows = rows.exclude(withdrawn_at=None) if is_out else rows.standing()
        return super().filter_queryset(rows)


class ModelHouseholdFilter(AreaFilter):
    """The model households of today until others are asked for."""

    q = SearchBox(
        "household__head__first_name",
        "household__head__last_name",
        "household__house_number",
        "household__village__name",
        "why",
        label="ชื่อ บ้านเลขที่ หมู่บ้าน หรือเหตุผล",
    )
    state = django_filters.ChoiceFilter(
        label="สถานะ",
        choices=[("now", "เป็นต้นแบบอยู่"), ("ended", "สิ้นสุดแล้ว")],
        empty_label="ทั้งหมด",
        method="in_state",
    )

    class Meta:
        model = ModelHousehold
        fields = []

    def in_state(self, rows, name, value):
        now = rows.on(timezone.localdate())
        return now if value == "now" else rows.exclude(pk__in=now.values("pk"))
