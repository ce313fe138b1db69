"""What can be searched."""

import django_filters

from households.models import Household


class HouseholdFilter(django_filters.FilterSet):
    class Meta:
        model = Household
        fields = []
