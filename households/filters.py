"""What can be searched."""

import django_filters

from accounts.filters import AreaFilter
from areas.models import Area, Level
from households import search
from households.models import Household


def _villages(request):
    return Area.objects.for_user(request.user).at(Level.VILLAGE).exclude(households=None)


class HouseholdFilter(AreaFilter):
    q = django_filters.CharFilter(
        label="ค้นหาชื่อ บ้านเลขที่ (เช่น 18 ม.3) หรือเลขประจำตัวประชาชน 4 ตัวท้าย", method="search"
    )
    village = django_filters.ModelChoiceFilter(label="หมู่บ้าน", queryset=_villages, empty_label="ทุกหมู่บ้าน")

    class Meta:
        model = Household
        fields = ["q", "village"]

    def search(self, rows, name, text):
        return rows.filter(search.matching(text))
