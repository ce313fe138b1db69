"""Papers for the talk with a household: its plans side by side, and where every figure of its contract comes from."""

from accounts.roles import Can
from config import thai
from debts import why
from debts.models import Contract
from debts.views.plans import OfPlans
from reports.paper_views import PaperPage, paper_answer, place_of


class PlansPaper(OfPlans):
    """The plans that were saved in the draft, as they are reckoned now. One landscape page."""

    http_method_names = ["get"]
    template_name = "papers/plans.html"

    def get(self, request, *args, **kwargs):
        household = self.object
        name = f"ทางเลือกปรับโครงสร้างหนี้ {household.house} {household.village.name}"
        context = {
            "title": name,
            "household": household,
            "kept": self.kept,
            "place": household.village.full_name,
            "foot": f"หนี้และดอกเบี้ยถึงวันที่ {thai.short_date(self.kept.interest_to)} ยังไม่เป็นสัญญา",
            **self.compared(self.forms_of(self.draft.answers.get("plans") or self.first_plans())),
        }
        return paper_answer(self.template_name, name, context)


class WhyPaper(PaperPage):
    """Annex for the household: every figure of the contract with its arithmetic."""

    permission = Can.VIEW_DEBTS
    queryset = Contract.objects.with_names().select_related("centre__village").prefetch_related("instalments")
    template_name = "papers/why.html"

    def get_paper(self):
        contract = self.object
        return f"ที่มาของตัวเลข สัญญา {contract.number.replace('/', '-')} {contract.centre.village.name}", {
            "contract": contract,
            "groups": why.contract_groups(contract),
            "place": place_of(contract.centre),
            "foot": f"สัญญาเลขที่ {contract.number} ทำเมื่อวันที่ {thai.short_date(contract.signed_on)}",
        }
