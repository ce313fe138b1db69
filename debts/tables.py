"""How rows look in lists."""

from accounts.tables import OfficerTable
from debts.models import Contract, Debt


class DebtTable(OfficerTable):
    class Meta:
        model = Debt
        fields = ["number"]


class ContractTable(OfficerTable):
    class Meta:
        model = Contract
        fields = ["signed_on"]
