"""The paper of a plan: its activities with budget, who proposes and who approves, and how they went."""

from django.utils.timezone import localdate

from accounts.roles import Can
from config import thai
from monitoring.models import ActionPlan
from monitoring.plans.progress import progress_of
from reports.paper_views import PaperPage


class ActionPlanPaper(PaperPage):
    """A plan as it stands; ฉบับร่าง until it is approved."""

    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    queryset = ActionPlan.objects.with_names().with_sums().select_related("sent_by", "decided_by")
    template_name = "papers/action_plan.html"

    def get_paper(self):
        plan, today = self.object, localdate()
        return f"{plan.get_kind_display()} {plan.name} {plan.fiscal_year}", {
            "plan": plan,
            "activities": plan.activities.all(),
            "progress": progress_of(plan, on=today),
            "foot": f"ข้อมูล ณ วันที่ {thai.short_date(today)}",
        }
