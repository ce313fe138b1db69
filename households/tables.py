"""How rows look in lists."""

from accounts.tables import OfficerTable
from households.models import Household


class HouseholdTable(OfficerTable):
    class Meta:
        model = Household
        fields = ["house_number"]
