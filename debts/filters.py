"""What can be searched."""

import django_filters

from debts.models import Debt


class DebtFilter(django_filters.FilterSet):
    class Meta:
        model = Debt
        fields = []
