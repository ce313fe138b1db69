"""What plans can be searched by."""

import django_filters

from accounts.filters import AreaFilter, SearchBox
from funds.filters import centres
from monitoring.models import ActionPlan


class ActionPlanFilter(AreaFilter):
    q = SearchBox("area__name", label="ชื่อหมู่บ้านหรืออำเภอ")
    kind = django_filters.ChoiceFilter(label="ประเภท", choices=ActionPlan.Kind, empty_label="ทุกประเภท")
    centre = django_filters.ModelChoiceFilter(label="ศูนย์ฯ", queryset=centres, empty_label="ทุกศูนย์ฯ")
    fiscal_year = django_filters.ChoiceFilter(label="ปีงบประมาณ", empty_label="ทุกปี")
    status = django_filters.ChoiceFilter(label="สถานะ", choices=ActionPlan.Status, empty_label="ทุกสถานะ")

    class Meta:
        model = ActionPlan
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        years = ActionPlan.objects.for_user(self.request.user).order_by("-fiscal_year")
        years = years.values_list("fiscal_year", flat=True).distinct()
        self.filters["fiscal_year"].extra["choices"] = [(year, f"พ.ศ. {year}") for year in years]
