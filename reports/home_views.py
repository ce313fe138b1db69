"""The start page: what waits for the officer, what the officer waits for, and where work begins."""

from django.utils import timezone

from accounts.menu import main_menu
from accounts.pages import ScreenPage
from accounts.roles import Can
from reports.inbox import awaited_by, waiting_for


class Home(ScreenPage):
    permission = Can.SIGN_IN
    section = "home"
    title = "หน้าหลัก"
    template_name = "reports/home.html"

    def get_context_data(self, **context):
        today, officer = timezone.localdate(), self.request.user
        return super().get_context_data(
            to_do=waiting_for(officer, on=today),
            sent=awaited_by(officer, on=today),
            tasks=[item for item in main_menu(self.request)["main_menu"] if item.purpose],
            **context,
        )
