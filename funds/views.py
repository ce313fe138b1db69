"""ศูนย์จัดการกองทุนชุมชน"""

from accounts.pages import ListPage
from accounts.roles import Can
from funds.filters import CentreFilter
from funds.models import Centre
from funds.tables import CentreTable


class CentreList(ListPage):
    permission = Can.VIEW_CENTRES
    section = "funds:centres"
    title = "ศูนย์จัดการกองทุนชุมชน"
    queryset = Centre.objects.all()
    filter_class = CentreFilter
    table_class = CentreTable
