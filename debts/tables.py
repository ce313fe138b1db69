"""How rows look in lists."""

from accounts.tables import OfficerTable
from debts.models import Debt


class DebtTable(OfficerTable):
    class Meta:
        model = Debt
        fields = ["number"]
