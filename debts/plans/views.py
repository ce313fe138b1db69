"""Pages of a change of plan: ask, see what it comes to, decide, take back."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.audit import record
from accounts.pages import ActPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from debts.forms import MONTHS, ConfirmForm, PaymentForm, ReasonForm
from debts.models import Contract, PlanChange
from debts.plans.filters import PlanChangeFilter
from debts.plans.forms import ASKED, ApproveForm, ApproversForm, PlanForm, RefuseForm
from debts.plans.life import approve, preview, propose, refuse, undo, why_not_undone, withdraw
from debts.plans.notes import warnings_of
from debts.plans.outcome import CannotChangePlan, Kind
from debts.plans.recovery import recover, written_off
from debts.plans.tables import TAGS, PlanChangeTable
from debts.repayment import CannotPay
from debts.views.household import crumbs_of
from funds.models import Centre
from funds.views.centres import CENTRES, to_centre

SECTION = "debts:contracts"
HINTS = {
    Kind.RESCHEDULE: "จำนวนงวด ระยะงวด และวันชำระใหม่ คิดจากยอดคงเหลือของวันนี้",
    Kind.RATE: "อัตราใหม่คิดตั้งแต่วันนี้ วันชำระที่เหลือคงเดิม",
    Kind.GRACE: "เลื่อนวันชำระที่เหลือออกไปเท่าจำนวนงวดที่พัก",
    Kind.WAIVE: "ยกเว้นดอกเบี้ย ค่าปรับ หรือลดเงินต้น",
    Kind.WRITE_OFF: "ตัดยอดที่ค้างทั้งหมดออกจากบัญชี บันทึกเงินที่ได้รับคืนภายหลังได้",
    Kind.TAKEOVER: "ทายาทหรือผู้ค้ำประกันรับผิดชอบหนี้แทนโดยยินยอม",
    Kind.DEFAULT: "ยอดที่ค้างทั้งหมดถึงกำหนดทันที และครัวเรือนทำสัญญาใหม่ได้",
}


def to_contract(contract: Contract) -> list[tuple[str, str]]:
    """The way to a page below a contract."""
    return [*crumbs_of(contract.household), (str(contract), reverse("debts:contract", args=[contract.pk]))]


def outcome_shown(change: PlanChange, on) -> dict:
    """What a page shows of what the change comes to, or why it cannot be done."""
    try:
        outcome = preview(change, on=on)
    except CannotChangePlan as refusal:
        return {"outcome": None, "refusal": str(refusal)}
    return {"outcome": outcome, "warnings": warnings_of(outcome)}


class PlanChangeList(ListPage):
    permission = Can.VIEW_DEBTS
    section = SECTION
    title = "การเปลี่ยนแผนของสัญญา"
    unit = "รายการ"
    queryset = PlanChange.objects.with_names()
    filter_class = PlanChangeFilter
    table_class = PlanChangeTable
    empty = "ยังไม่มีการเสนอเปลี่ยนแผน เปิดหน้าสัญญาแล้วเลือก เสนอเปลี่ยนแผน"

    def get_crumbs(self):
        return [("สัญญา 1 ครัวเรือน 1 สัญญา", reverse("debts:contracts"))]


class NewPlanChange(ActPage):
    """First what is to be changed (`?kind=`), then the terms, then what they come to; proposing is the last step."""

    permission = Can.PROPOSE_PLANS
    section = SECTION
    queryset = Contract.objects.with_names().select_related("centre")
    form_class = PlanForm
    refusals = (CannotChangePlan,)
    submit_label = "ถัดไป: ดูผลของการเปลี่ยนแผน"
    lead = "ขั้นต่อไปแสดงตารางก่อนและหลัง ยังไม่มีอะไรเปลี่ยนจนกว่าผู้อื่นจะอนุมัติ"

    @cached_property
    def kind(self) -> str:
        asked = self.request.GET.get("kind", "")
        if asked and asked not in Kind.values:
            raise Http404
        return asked

    def get(self, request, *args, **kwargs):
        if self.kind:
            return super().get(request, *args, **kwargs)
        kinds = [(kind, HINTS[kind]) for kind in Kind]
        context = self.get_context_data(form=None, kinds=kinds)
        return TemplateResponse(request, "debts/plans/kinds.html", context)

    def post(self, request, *args, **kwargs):
        return super().post(request, *args, **kwargs) if self.kind else self.get(request, *args, **kwargs)

    def get_title(self):
        return Kind(self.kind).label if self.kind else "เสนอเปลี่ยนแผน"

    def get_crumbs(self):
        return to_contract(self.object)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "contract": self.object, "kind": self.kind}

    def get_initial(self):
        contract = self.object
        return {"months_per_period": contract.months_per_period} if self.kind == Kind.RESCHEDULE else {}

    def act(self, form):
        today = timezone.localdate()
        if "edit" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "confirm" not in self.request.POST:
            return self._preview(form, today)
        self.change = propose(form.change(), on=today, by=self.request.user)
        messages.success(
            self.request, f"ดำเนินการแล้ว: เสนอ{self.change.get_kind_display()} รอผู้อนุมัติ {self.change.needed} คน"
        )
        return None

    def _preview(self, form, today):
        shown = outcome_shown(form.change(), today)
        if not shown["outcome"]:
            raise CannotChangePlan(shown["refusal"])
        context = self.get_context_data(form=form, change=form.change(), on=today, **shown)
        return TemplateResponse(self.request, "debts/plans/preview.html", context)

    def get_success_url(self):
        return reverse("debts:plan", args=[self.change.pk])


class ShowPlanChange(ShowPage):
    """One change: what was asked, what it comes to or came to, who decided."""

    permission = Can.VIEW_DEBTS
    section = SECTION
    queryset = PlanChange.objects.with_names().select_related("contract__centre__village")
    template_name = "debts/plans/plan.html"

    def get_title(self):
        return self.object.get_kind_display()

    def get_crumbs(self):
        return to_contract(self.object.contract)

    def get_context_data(self, **context):
        change, user, today = self.object, self.request.user, timezone.localdate()
        waiting = change.is_waiting
        has_approved = change.approvals.filter(by=user).exists()
        is_own = change.proposed_by_id == user.pk
        may_decide = waiting and user.can(Can.APPROVE_PLANS)
        return super().get_context_data(
            change=change,
            tag=TAGS[change.status],
            on=today,
            asked=[
                (change._meta.get_field(name).verbose_name, _shown(change, name)) for name in _asked(change)
            ],
            approvals=change.approvals.select_related("by"),
            moves=change.moves.select_related("by"),
            version=getattr(change, "version", None),
            entries=change.entries.filter(reverses=None).order_by("pk"),
            is_own=is_own,
            may_decide=may_decide and not is_own and not has_approved,
            needs_another=may_decide and (is_own or has_approved),
            may_withdraw=waiting and is_own and user.can(Can.PROPOSE_PLANS),
            may_undo=user.can(Can.APPROVE_PLANS) and not why_not_undone(change, on=today),
            **(outcome_shown(change, today) if waiting else {}),
            **context,
        )


def _asked(change: PlanChange) -> list[str]:
    return [name for name in ASKED[change.kind] if getattr(change, name)]


def _shown(change: PlanChange, name: str) -> str:
    value = getattr(change, name)
    if name.startswith("waived_"):
        return f"{thai.money(value)} บาท"
    if name == "months_per_period":
        return dict(MONTHS)[value]
    if name.endswith("_on"):
        return thai.short_date(value)
    if name == "rate_percent":
        return f"ร้อยละ {thai.percent(value)} ต่อปี"
    return change.get_heir_is_display() if name == "heir_is" else str(value)


class _DecideOnPlan(ActPage):
    section = SECTION
    queryset = PlanChange.objects.with_names().select_related("contract__centre")
    refusals = (CannotChangePlan,)

    def get_crumbs(self):
        here = (self.object.get_kind_display(), reverse("debts:plan", args=[self.object.pk]))
        return [*to_contract(self.object.contract), here]


class ApprovePlanChange(_DecideOnPlan):
    permission = Can.APPROVE_PLANS
    title = "อนุมัติการเปลี่ยนแผน"
    submit_label = "อนุมัติ"
    form_class = ApproveForm
    template_name = "debts/plans/approve.html"

    @cached_property
    def shown(self) -> dict:
        return outcome_shown(self.object, timezone.localdate()) if self.object.is_waiting else {}

    def get_initial(self):
        outcome = self.shown.get("outcome")
        return {"sequence": self.object.sequence, "seen": outcome.owed.total if outcome else None}

    def get_context_data(self, **context):
        return super().get_context_data(change=self.object, on=timezone.localdate(), **self.shown, **context)

    def act(self, form):
        change = approve(
            change=self.object, on=timezone.localdate(), by=self.request.user, **form.cleaned_data
        )
        said = "ยังต้องอนุมัติอีก 1 คน" if change.is_waiting else "แผนใหม่มีผลแล้ว"
        messages.success(self.request, f"ดำเนินการแล้ว: อนุมัติ{change.get_kind_display()} {said}")


class RefusePlanChange(_DecideOnPlan):
    permission = Can.APPROVE_PLANS
    title = "ไม่อนุมัติการเปลี่ยนแผน"
    submit_label = "ไม่อนุมัติ"
    form_class = RefuseForm

    def get_initial(self):
        return {"sequence": self.object.sequence}

    def act(self, form):
        refuse(change=self.object, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: ไม่อนุมัติ{self.object.get_kind_display()}")


class WithdrawPlanChange(_DecideOnPlan):
    permission = Can.PROPOSE_PLANS
    title = "ถอนข้อเสนอเปลี่ยนแผน"
    lead = "ข้อเสนอที่ถอนแล้วยังดูย้อนหลังได้ และเสนอใหม่ได้"
    submit_label = "ถอนข้อเสนอ"
    form_class = ConfirmForm

    def act(self, form):
        withdraw(change=self.object, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: ถอนข้อเสนอ{self.object.get_kind_display()}")


class UndoPlanChange(_DecideOnPlan):
    permission = Can.APPROVE_PLANS
    title = "เลิกทำการเปลี่ยนแผน"
    lead = "รายการเดิมยังอยู่ ระบบบันทึกรายการตรงข้ามพร้อมเหตุผล และแผนก่อนหน้ากลับมาใช้"
    submit_label = "เลิกทำการเปลี่ยนแผน"
    form_class = ReasonForm

    def act(self, form):
        reason = form.cleaned_data["reason"]
        undo(change=self.object, reason=reason, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: เลิกทำ{self.object.get_kind_display()}")


class RecoverDebt(ActPage):
    permission = Can.EDIT_DEBTS
    section = SECTION
    title = "บันทึกเงินที่ได้รับคืนหลังตัดหนี้สูญ"
    submit_label = "บันทึกเงินที่ได้รับคืน"
    queryset = Contract.objects.with_names()
    form_class = PaymentForm
    refusals = (CannotPay,)
    template_name = "debts/plans/recover.html"

    def get_crumbs(self):
        return to_contract(self.object)

    def get_initial(self):
        return {"on": timezone.localdate(), "key": uuid4()}

    def get_context_data(self, **context):
        return super().get_context_data(lost=sum(written_off(self.object.debt).values()), **context)

    def act(self, form):
        payment = recover(contract=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(
            self.request, f"ดำเนินการแล้ว: ได้รับคืน {thai.money(payment.amount)} บาท ใบเสร็จเลขที่ {payment.number}"
        )


class ChangeApprovers(ActPage):
    """How much may be waived or written off with one approval. Set by those who approve, not by those who ask."""

    permission = Can.APPROVE_PLANS
    section = CENTRES
    title = "เกณฑ์จำนวนผู้อนุมัติ"
    lead = "การเปลี่ยนแผนของสัญญาต้องอนุมัติโดยผู้อื่นที่ไม่ใช่ผู้เสนออย่างน้อย 1 คน"
    queryset = Centre.objects.with_place()
    form_class = ApproversForm

    def get_crumbs(self):
        return to_centre(self.object)

    def get_initial(self):
        return {"two_approve_above": self.object.two_approve_above}

    def act(self, form):
        amount = form.cleaned_data["two_approve_above"]
        detail = {"from": str(self.object.two_approve_above), "to": str(amount)}
        self.object.two_approve_above = amount
        self.object.save(update_fields=["two_approve_above"])
        record(
            by=self.request.user, action="plan-approvers", target=f"centre {self.object.pk}", detail=detail
        )
        messages.success(self.request, f"ดำเนินการแล้ว: เกิน {thai.money(amount)} บาท ต้องอนุมัติ 2 คน")
