"""How rows look in lists."""

from accounts.tables import OfficerTable
from funds.models import Centre


class CentreTable(OfficerTable):
    class Meta:
        model = Centre
        fields = ["village"]
