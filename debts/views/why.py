"""ทำไมจึงเป็นตัวเลขนี้: pages of their own, and the same in a small window where there is script."""

from django.http import Http404
from django.utils import timezone

from accounts.pages import ShowPage
from accounts.roles import Can
from config import thai
from config.forms import number_in
from debts import why
from debts.explain_schedule import ExplainedSchedule
from debts.models import Contract, Debt
from debts.offer import terms_of
from debts.progress import standing_of
from debts.views.household import address_of, crumbs_of
from debts.views.merge import MergeCheck
from households.models import Household

TITLE = "ทำไมจึงเป็นตัวเลขนี้"


class Shown:
    """The page, or only its content when it is swapped into one that is open."""

    title = TITLE
    template_name = "debts/why.html"

    def get_title(self):
        return f"{TITLE} {self.object}"

    def get_template_names(self):
        return ["debts/_why.html" if self.request.htmx else self.template_name]

    def asked_day(self):
        """The day asked for, today when there is none that can be read."""
        today = timezone.localdate()
        try:
            return thai.read_date(self.request.GET.get("on", ""), today=today).value or today
        except thai.CannotRead:
            return today


class WhyDebt(Shown, ShowPage):
    """`?part=interest` of the balance, all parts without it; `?on=` a past day."""

    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    queryset = Debt.everything.with_names()

    def get_crumbs(self):
        return crumbs_of(self.object.household)[: 1 if self.object.household.withdrawn_at else 2]

    def get_context_data(self, **context):
        contract = Contract.objects.filter(debt=self.object).first()
        found, part = why.why_debt(self.object, on=self.asked_day(), contract=contract), self._part()
        figures = why.part_named(found.figures, part) if part else found.figures
        return super().get_context_data(groups=[("", figures)], entries=found.entries, **context)

    def _part(self) -> str:
        return self.request.GET.get("part", "")


class WhyHousehold(Shown, ShowPage):
    permission = Can.VIEW_DEBTS
    section = "households"
    queryset = Household.objects.with_place()

    def get_crumbs(self):
        return [*crumbs_of(self.object)[:1], (self.object.house, address_of(self.object))]

    def get_context_data(self, **context):
        standing = standing_of(self.object, on=self.asked_day())
        figures = why.why_household(standing) if standing.open else []
        return super().get_context_data(groups=[("", figures)], debts=standing.open, **context)


class WhyContract(Shown, ShowPage):
    """`?row=3` is an instalment, `?part=amount` what the contract is made of; without them everything."""

    permission = Can.VIEW_DEBTS
    section = "debts:contracts"
    queryset = Contract.objects.with_names().select_related("centre").prefetch_related("instalments")

    def get_crumbs(self):
        return crumbs_of(self.object.household)

    def get_context_data(self, **context):
        contract, row = self.object, number_in(self.request.GET.get("row", ""))
        groups = [why.row_group(contract, row)] if row else why.contract_groups(contract)
        if not all(groups):
            raise Http404
        if self.request.GET.get("part") == "amount":
            groups = groups[:1]
        return super().get_context_data(groups=groups, **context)


class WhyPlan(Shown, MergeCheck):
    """An instalment (`?row=3`) of the terms in preparation; every instalment without it. Writes nothing."""

    http_method_names = ["get"]

    def get_title(self):
        return TITLE

    def get_context_data(self, **context):
        plan, row = self.shown["plan"], number_in(self.request.GET.get("row", ""))
        explained = ExplainedSchedule(terms_of(plan.offer, plan.bears_interest, plan.kept_apart))
        if row and row > len(explained.lines):
            raise Http404
        numbers = [row] if row else range(1, len(explained.lines) + 1)
        groups = [(f"งวดที่ {number}", explained.row(number)) for number in numbers]
        return super().get_context_data(groups=groups, **context)
