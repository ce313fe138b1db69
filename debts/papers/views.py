"""Pages about the papers of a contract, and about the words that stand on them."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, FormPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from config.pictures import CannotAttach
from debts.models import ClauseText, Contract, MergedDebt, PaperReturn, StampDuty
from debts.papers.duty import CannotPayDuty, duty_of, pay_duty
from debts.papers.filters import ClauseFilter
from debts.papers.forms import (
    ApproveClauseForm,
    ClauseForm,
    DutyForm,
    NewClauseForm,
    ReturnForm,
    ScanForm,
)
from debts.papers.returns import CannotRecord, give_back
from debts.papers.scans import attach_signed
from debts.papers.tables import ClauseTable
from debts.papers.texts import CannotChange, approve, begin, owner, rewrite
from debts.papers.words import sample_words

CLAUSES = "debts:clauses"


class OfContract(ActPage):
    """A form about a contract; returns to the contract."""

    permission = Can.EDIT_DEBTS
    section = "debts:contracts"
    queryset = Contract.objects.with_names()

    @property
    def contract(self) -> Contract:
        return self.object

    def get_crumbs(self):
        contracts = ("สัญญา 1 ครัวเรือน 1 สัญญา", reverse("debts:contracts"))
        return [contracts, (str(self.contract), reverse("debts:contract", args=[self.contract.pk]))]


class PayDuty(OfContract):
    title = "บันทึกอากรแสตมป์"
    form_class = DutyForm
    refusals = (CannotPayDuty,)

    def get_initial(self):
        paid = StampDuty.objects.filter(contract=self.object).first()
        if paid:
            return {"amount": paid.amount, "on": paid.on, "note": paid.note}
        return {"amount": duty_of(self.object), "on": timezone.localdate()}

    def get_context_data(self, **context):
        lead = (
            f"อากรแสตมป์ของสัญญา {thai.money(duty_of(self.object))} บาท"
            " (1 บาทต่อ 2,000 บาทหรือเศษ) เจ้าหนี้เป็นผู้เสีย ลูกหนี้ขีดฆ่า"
        )
        return super().get_context_data(lead=lead, **context)

    def act(self, form):
        paid = pay_duty(contract=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: ปิดอากรแสตมป์ {thai.money(paid.amount)} บาท")


class AttachSigned(OfContract):
    title = "แนบสัญญาที่ลงนามแล้ว"
    submit_label = "แนบสัญญา"
    form_class = ScanForm
    refusals = (CannotAttach,)

    def act(self, form):
        attach_signed(contract=self.object, upload=form.cleaned_data["content"], by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: แนบ{self.object} ที่ลงนามแล้ว")


class GiveBack(OfContract):
    """What became of the paper of one old debt."""

    title = "บันทึกการคืนสัญญาเดิม"
    queryset = MergedDebt.objects.select_related("contract", "debt__fund", "debt__borrower")
    form_class = ReturnForm
    refusals = (CannotRecord,)

    @property
    def contract(self):
        return self.object.contract

    def get_initial(self):
        told = PaperReturn.objects.filter(merged=self.object).standing().first()
        if told:
            return {name: getattr(told, name) for name in ("fate", "on", "received_by", "note")}
        return {"on": timezone.localdate(), "received_by": str(self.object.debt.borrower)}

    def get_context_data(self, **context):
        lead = f"สัญญาเดิม {self.object.debt} ผู้กู้ {self.object.debt.borrower} บันทึกแล้วจึงออกหนังสือปลดภาระได้"
        return super().get_context_data(lead=lead, **context)

    def act(self, form):
        told = give_back(merged=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: {told.get_fate_display()} {self.object.debt}")


class ClauseList(ListPage):
    permission = Can.VIEW_CLAUSES
    section = CLAUSES
    title = "ข้อความสัญญาและหนังสือ"
    unit = "ฉบับ"
    queryset = ClauseText.objects.select_related("province", "written_by", "approved_by")
    filter_class = ClauseFilter
    table_class = ClauseTable
    action = ("ร่างข้อความฉบับใหม่", "debts:clause-new", Can.EDIT_CLAUSES)
    empty = "ยังไม่มีข้อความ"


class OfClauses:
    section = CLAUSES
    queryset = ClauseText.objects.select_related("province", "written_by", "approved_by")

    def get_crumbs(self):
        return [("ข้อความสัญญาและหนังสือ", reverse(CLAUSES))]


class NewClause(OfClauses, FormPage):
    permission = Can.EDIT_CLAUSES
    title = "ร่างข้อความฉบับใหม่"
    lead = "เริ่มจากข้อความที่ใช้อยู่ของจังหวัด ใช้ในสัญญาได้เมื่อผู้มีอำนาจอีกคนอนุมัติ"
    submit_label = "เริ่มร่าง"
    form_class = NewClauseForm
    refusals = (CannotChange,)

    def act(self, form):
        by = self.request.user
        if by.area is None:
            raise CannotChange("ผู้ร่างต้องมีพื้นที่ที่รับผิดชอบ")
        self.text = begin(kind=form.cleaned_data["kind"], province=owner(by.area), by=by)

    def get_success_url(self):
        return reverse("debts:clause-edit", args=[self.text.pk])


class ShowClause(OfClauses, ShowPage):
    """One version of a text, as it reads with invented values."""

    permission = Can.VIEW_CLAUSES
    template_name = "debts/clause.html"

    def get_context_data(self, **context):
        text, user = self.object, self.request.user
        is_ours = text.is_draft and text.province_id is not None
        is_of_office = self.queryset.of_office(user).filter(pk=text.pk).exists()
        return super().get_context_data(
            paragraphs=sample_words(text.kind).of(text),
            may_edit=is_ours and is_of_office and user.can(Can.EDIT_CLAUSES),
            may_approve=is_ours and user.can(Can.APPROVE_CLAUSES) and text.written_by_id != user.pk,
            is_own=is_ours and text.written_by_id == user.pk,
            used=text.seals.for_user(user).count(),
            **context,
        )


class OneClause(OfClauses, ActPage):
    refusals = (CannotChange,)

    def get_crumbs(self):
        return [*super().get_crumbs(), (str(self.object), reverse("debts:clause", args=[self.object.pk]))]


class EditClause(OneClause):
    permission = Can.EDIT_CLAUSES
    title = "แก้ไขร่างข้อความ"

    def get_queryset(self):
        return super().get_queryset().of_office(self.request.user)

    form_class = ClauseForm
    template_name = "debts/clause_edit.html"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kind": self.object.kind}

    def get_initial(self):
        return {"body": self.object.body, "version": self.object.version}

    def act(self, form):
        rewrite(text=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึกร่าง{self.object}")


class ApproveClause(OneClause):
    permission = Can.APPROVE_CLAUSES
    title = "อนุมัติข้อความ"
    submit_label = "อนุมัติให้ใช้ในสัญญา"
    form_class = ApproveClauseForm

    def get_initial(self):
        return {"version": self.object.version}

    def get_context_data(self, **context):
        lead = f"อนุมัติ{self.object} สัญญาที่ทำตั้งแต่นี้ใช้ข้อความนี้ สัญญาเดิมไม่เปลี่ยน ฉบับที่อนุมัติแล้วแก้ไขไม่ได้"
        return super().get_context_data(lead=lead, **context)

    def act(self, form):
        approve(text=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: อนุมัติ{self.object}")
