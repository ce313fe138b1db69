"""What can be searched among hand-overs."""

import django_filters

from accounts.filters import SearchBox
from reports.models import Handover


class HandoverFilter(django_filters.FilterSet):
    q = SearchBox(
        "giver__first_name",
        "giver__last_name",
        "receiver__first_name",
        "receiver__last_name",
        label="ชื่อเจ้าหน้าที่",
    )
    status = django_filters.ChoiceFilter(
        label="สถานะ", empty_label="ทุกสถานะ", choices=Handover.Status.choices
    )

    class Meta:
        model = Handover
        fields = []
