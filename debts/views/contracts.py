"""สัญญา 1 ครัวเรือน 1 สัญญา"""

from django.contrib import messages
from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils import timezone

from accounts.as_of import AsOf
from accounts.pages import ActPage, ShowPage
from accounts.roles import Can
from debts.arrears import lines_of_plan
from debts.consolidation import CannotCancel, cancel
from debts.filters import ContractFilter
from debts.forms import ReasonForm
from debts.models import Contract, Debt, MergedDebt
from debts.papers.law import law_of
from debts.plans.versions import Terms, as_they_were, terms_on
from debts.progress import contract_state
from debts.tables import ContractTable
from debts.views.household import crumbs_of, may
from debts.views.register import PaperList


class ContractList(PaperList):
    permission = Can.VIEW_DEBTS
    section = "debts:cases"
    title = "สัญญา 1 ครัวเรือน 1 สัญญา"
    unit = "สัญญา"
    queryset = (
        Contract.objects.with_names()
        .annotate(owed=F("amount") + F("waived") - F("new_money"))
        .prefetch_related(Prefetch("merged_debts", MergedDebt.objects.select_related("debt__fund")))
    )
    filter_class = ContractFilter
    table_class = ContractTable
    empty = "ยังไม่มีสัญญา เปิดหน้าครัวเรือนแล้วเลือก ปรับโครงสร้างหนี้"


class ShowContract(AsOf, ShowPage):
    """One contract as it stood on a day: its terms, its schedules with what is paid, the debts it replaced. Step 4 of
    a merge."""

    permission = Can.VIEW_DEBTS
    section = "debts:cases"
    queryset = Contract.objects.with_names().select_related("signed_by", "ended_by", "centre__village")
    template_name = "debts/contract.html"

    def get_title(self):
        return f"สัญญา 1 ครัวเรือน 1 สัญญา เลขที่ {self.object.number}"

    def get_crumbs(self):
        return crumbs_of(self.object.household)

    def get_context_data(self, **context):
        contract, on = self.object, self.on
        [debt] = as_they_were(
            Debt.objects.with_names().with_balance(on=on).filter(pk=contract.debt_id), on=on
        )
        terms = terms_on(contract, on=on)
        lines = lines_of_plan(contract, terms, on=on)
        return super().get_context_data(
            state=contract_state(contract, on=on),
            has_ended=bool(contract.ended_on and contract.ended_on <= on),
            debt=debt,
            terms=terms,
            lines=lines,
            has_apart=any(line.instalment.apart for line in lines),
            plans=_plans(contract, terms, on),
            plan_changes=contract.plan_changes.filter(proposed_on__lte=on).select_related("proposed_by"),
            merged=contract.merged_debts.select_related("debt__fund", "debt__borrower"),
            settlements=contract.settlements.select_related("payee").order_by("payee"),
            payments=contract.debt.payments.filter(on__lte=on).select_related("by", "reversal"),
            law=law_of(contract, on=on),
            may_reveal=self.request.user.can(Can.REVEAL_NATIONAL_ID),
            **may(self.request.user),
            **context,
        )


def _plans(contract: Contract, in_force: Terms, on) -> list[tuple[Terms, list]]:
    """The plans of before, or that were undone, with their schedules as they stood on the day they ended."""
    known = [contract, *(each for each in contract.versions.all() if each.starts_on <= on)]
    ends = [each.starts_on for each in known[1:]] + [on]
    return [
        (each, lines_of_plan(contract, each, on=end))
        for each, end in zip(known, ends, strict=True)
        if each != in_force
    ]


class CancelContract(ActPage):
    permission = Can.CANCEL_CONTRACT
    section = "debts:cases"
    title = "ยกเลิกสัญญา"
    lead = "หนี้เดิมทุกสัญญาจะกลับมาเป็นหนี้ค้างเท่ากับก่อนทำสัญญา สัญญาที่ยกเลิกแล้วยังดูย้อนหลังได้"
    submit_label = "ยกเลิกสัญญา"
    queryset = Contract.objects.with_names()
    form_class = ReasonForm
    refusals = (CannotCancel,)

    def get_title(self):
        return f"ยกเลิกสัญญาเลขที่ {self.object.number}"

    def get_crumbs(self):
        address = reverse("debts:contract", args=[self.object.pk])
        return [*crumbs_of(self.object.household), (str(self.object), address)]

    def act(self, form):
        reason = form.cleaned_data["reason"]
        cancel(contract=self.object, reason=reason, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: ยกเลิกสัญญาเลขที่ {self.object.number} หนี้เดิมกลับมาแล้ว")

    def get_success_url(self):
        return reverse("debts:household", args=[self.object.household_id])
