"""What can be searched."""

import django_filters

from funds.models import Centre


class CentreFilter(django_filters.FilterSet):
    class Meta:
        model = Centre
        fields = []
