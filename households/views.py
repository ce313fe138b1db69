"""ครัวเรือน"""

from accounts.pages import ListPage
from accounts.roles import Can
from households.filters import HouseholdFilter
from households.models import Household
from households.tables import HouseholdTable


class HouseholdList(ListPage):
    permission = Can.VIEW_HOUSEHOLDS
    section = "households:households"
    title = "ครัวเรือน"
    queryset = Household.objects.all()
    filter_class = HouseholdFilter
    table_class = HouseholdTable
