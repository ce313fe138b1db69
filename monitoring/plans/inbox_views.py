"""Where plans are decided on: all that wait on one screen with what is odd about each, and several at once."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.forms import OfficerForm
from accounts.pages import FormPage, ScreenPage
from accounts.roles import Can
from monitoring.models import ActionPlan
from monitoring.plans import life
from monitoring.plans.forms import ChosenPlans
from monitoring.plans.views import LIST
from monitoring.plans.warnings import warnings_of

MOST_SHOWN = 50
WAITING = "monitoring:action-plans-waiting"


class Waiting:
    """The plans of the officer's area that wait for a decision, the longest first."""

    permission = Can.APPROVE_ACTION_PLANS
    section = "monitoring:visits"

    @cached_property
    def waiting(self) -> list[ActionPlan]:
        own = ActionPlan.objects.for_user(self.request.user).waiting().with_names().with_sums()
        found = own.select_related("sent_by").prefetch_related("activities", "makers", "moves")
        plans = list(found.order_by("pk")[:MOST_SHOWN])
        for plan in plans:
            plan.sent_at = max(move.at for move in plan.moves.all())
        return sorted(plans, key=lambda plan: plan.sent_at)

    @cached_property
    def rows(self) -> list[tuple[ActionPlan, list, bool]]:
        """Each plan with its warnings, and whether the officer wrote it himself."""
        warnings = warnings_of(self.waiting, on=timezone.localdate())
        officer = self.request.user
        return [(plan, warnings[plan.pk], officer in plan.makers.all()) for plan in self.waiting]

    @property
    def offered(self) -> dict[str, ActionPlan]:
        """What may be approved together: nothing odd, and somebody else's work."""
        return {tick(plan): plan for plan, odd, own in self.rows if not odd and not own}


def tick(plan: ActionPlan) -> str:
    """What a tick box sends: which plan, as it was read."""
    return f"{plan.pk}-{plan.version}"


class PlansWaiting(Waiting, ScreenPage):
    title = "แผนที่รอพิจารณา"
    template_name = "monitoring/plans/waiting.html"

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]

    def get_context_data(self, **context):
        today = timezone.localdate()
        rows = [
            (plan, tick(plan), odd, own, (today - timezone.localdate(plan.sent_at)).days)
            for plan, odd, own in self.rows
        ]
        return super().get_context_data(
            rows=rows,
            offered=len(self.offered),
            most=life.MOST_AT_ONCE,
            is_full=len(rows) == MOST_SHOWN,
            **context,
        )


class ApproveTogether(Waiting, FormPage):
    """The ticked plans are listed first, and approved when that is confirmed."""

    title = "อนุมัติแผนที่เลือก"
    template_name = "monitoring/plans/together.html"
    form_class = OfficerForm
    submit_label = "อนุมัติทั้งหมดนี้"
    refusals = (life.CannotPlan,)

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1])), (PlansWaiting.title, reverse(WAITING))]

    @cached_property
    def chosen(self) -> ChosenPlans:
        typed = self.request.POST if self.request.method == "POST" else self.request.GET
        chosen = ChosenPlans(typed, offered=self.offered)
        chosen.is_valid()
        return chosen

    @property
    def plans(self) -> list[ActionPlan]:
        return self.chosen.cleaned_data.get("plan", [])

    def get_context_data(self, **context):
        return super().get_context_data(
            plans=[(plan, tick(plan)) for plan in self.plans],
            budget=sum(plan.budget for plan in self.plans),
            problems=self.chosen.errors.get("plan", []),
            **context,
        )

    def act(self, form):
        if self.chosen.errors:
            raise life.CannotPlan(" ".join(self.chosen.errors["plan"]))
        plans = {plan: plan.version for plan in self.plans}
        approved, refused = life.approve_together(plans=plans, on=timezone.localdate(), by=self.request.user)
        if approved:
            messages.success(self.request, f"ดำเนินการแล้ว: อนุมัติ {len(approved)} แผน")
        for plan, reason in refused:
            messages.warning(self.request, f"ไม่ได้อนุมัติ {plan}: {reason}")
        return HttpResponseRedirect(reverse(WAITING))
