"""รายการเดินบัญชี of a debt or a household, for any period."""

from datetime import date

from django.utils import timezone

from accounts.pages import ShowPage
from accounts.roles import Can
from config import thai
from debts.models import Debt
from debts.payments.statements import CannotState, statement
from debts.views.household import crumbs_of
from households.models import Household


def period_asked(request) -> tuple[date, date]:
    """The days of `?first=` and `?last=`: this fiscal year until today unless they say otherwise. Raises
    `config.thai.CannotRead`."""
    today = timezone.localdate()
    first = thai.read_date(request.GET.get("first", ""), today=today).value
    last = thai.read_date(request.GET.get("last", ""), today=today).value or today
    return first or min(thai.fiscal_year_start(thai.fiscal_year(last)), last), last


class _Statement(ShowPage):
    permission = Can.VIEW_DEBTS
    template_name = "debts/payments/statement.html"

    def get_context_data(self, **context):
        (first, last), refusal = self._period()
        try:
            found = statement(self.get_debts(), first=first, last=last)
        except CannotState as backwards:
            refusal, found = str(backwards), None
        return super().get_context_data(
            statement=found,
            first=self.request.GET.get("first") or thai.short_date(first),
            last=self.request.GET.get("last") or thai.short_date(last),
            refusal=refusal,
            **context,
        )

    def _period(self):
        today = timezone.localdate()
        try:
            return period_asked(self.request), ""
        except thai.CannotRead as refusal:
            return (thai.fiscal_year_start(thai.fiscal_year(today)), today), str(refusal)


class DebtStatement(_Statement):
    section = "debts:debts"
    queryset = Debt.objects.with_names()

    def get_title(self):
        return f"รายการเดินบัญชี {self.object}"

    def get_crumbs(self):
        return crumbs_of(self.object.household)

    def get_debts(self):
        return [self.object]

    def get_context_data(self, **context):
        return super().get_context_data(paper="reports:debt-statement-paper", **context)


class HouseholdStatement(_Statement):
    section = "households"
    queryset = Household.objects.with_place()

    def get_title(self):
        return f"รายการเดินบัญชี {self.object.house}"

    def get_crumbs(self):
        return crumbs_of(self.object)

    def get_debts(self):
        return Debt.objects.for_user(self.request.user).filter(household=self.object)

    def get_context_data(self, **context):
        return super().get_context_data(
            paper="reports:household-statement-paper", is_household=True, **context
        )
