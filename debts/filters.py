"""What can be searched."""

import django_filters

from debts.models import Contract, Debt


class DebtFilter(django_filters.FilterSet):
    class Meta:
        model = Debt
        fields = []


class ContractFilter(django_filters.FilterSet):
    class Meta:
        model = Contract
        fields = []
