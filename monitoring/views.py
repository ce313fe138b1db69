from accounts.pages import ScreenPage
from accounts.roles import Can


class VisitList(ScreenPage):
    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "การติดตาม"
    template_name = "base.html"
