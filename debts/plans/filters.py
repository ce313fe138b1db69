"""What changes of plan can be searched by."""

import django_filters

from accounts.filters import AreaFilter
from debts.models import PlanChange


class PlanChangeFilter(AreaFilter):
    status = django_filters.ChoiceFilter(
        label="สถานะ", choices=PlanChange.Status.choices, empty_label="ทุกสถานะ"
    )
    kind = django_filters.ChoiceFilter(label="เรื่อง", choices=PlanChange.Kind.choices, empty_label="ทุกเรื่อง")

    class Meta:
        model = PlanChange
        fields = ["status", "kind"]
