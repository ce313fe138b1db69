from accounts.pages import ScreenPage
from accounts.roles import Can


class Overview(ScreenPage):
    permission = Can.VIEW_REPORTS
    section = "reports:overview"
    title = "ภาพรวม"
    template_name = "base.html"
