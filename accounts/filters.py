"""The base of our search forms: officers who see several districts may look at one of them."""

import django_filters

from areas.models import Area, Level

DISTRICT_OR_BELOW = (Level.DISTRICT, Level.SUBDISTRICT, Level.VILLAGE)


def _districts(request):
    return Area.objects.for_user(request.user).at(Level.DISTRICT)


class AreaFilter(django_filters.FilterSet):
    """A filter over rows of an area; the district is asked only of those who see more than one."""

    district = django_filters.ModelChoiceFilter(
        label="อำเภอ", queryset=_districts, method="in_district", empty_label="ทุกอำเภอ"
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        area = self.request.user.area
        if area is None or area.level in DISTRICT_OR_BELOW:
            del self.filters["district"]
        else:
            self.filters["district"] = self.filters.pop("district")  # behind what the list itself asks

    def in_district(self, rows, name, district):
        return rows.within(district)
