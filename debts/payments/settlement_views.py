"""ค้างจ่ายระหว่างกองทุน: the list, a fund's statement as of any day, transfers and their reversal."""

from uuid import uuid4

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, ShowPage
from accounts.roles import Can
from config import thai
from debts.forms import ReasonForm
from debts.models import Settlement, Transfer
from debts.payments.filters import SettlementFilter
from debts.payments.forms import TransferForm
from debts.payments.settlement import (
    CannotTransfer,
    fund_statement,
    owed_between,
    reverse_transfer,
    transfer,
)
from debts.payments.tables import SettlementTable
from debts.views.register import PaperList
from funds.models import Fund

SECTION = "debts:contracts"


class SettlementList(PaperList):
    permission = Can.VIEW_DEBTS
    section = SECTION
    title = "ค้างจ่ายระหว่างกองทุน"
    unit = "รายการ"
    queryset = Settlement.objects.with_names().with_left()
    filter_class = SettlementFilter
    table_class = SettlementTable
    empty = "ไม่มียอดระหว่างกองทุน ยอดเกิดขึ้นเมื่อทำสัญญาที่รับหนี้ของกองทุนอื่นมา"


def _crumbs(*more):
    return [("ค้างจ่ายระหว่างกองทุน", reverse("debts:settlements")), *more]


def _of_fund(fund: Fund) -> tuple[str, str]:
    return str(fund), reverse("debts:fund-settlements", args=[fund.pk])


class FundSettlements(ShowPage):
    """What a fund owes the others and is owed by them, as of today or of a day (`?on=`)."""

    permission = Can.VIEW_DEBTS
    section = SECTION
    queryset = Fund.objects.select_related("centre__village")
    template_name = "debts/payments/fund_settlements.html"

    def get_title(self):
        return f"ยอดระหว่างกองทุน {self.object}"

    def get_crumbs(self):
        return _crumbs()

    def get_context_data(self, **context):
        today, refusal = timezone.localdate(), ""
        try:
            on = thai.read_date(self.request.GET.get("on", ""), today=today).value or today
        except thai.CannotRead as unread:
            on, refusal = today, str(unread)
        return super().get_context_data(
            statement=fund_statement(self.object, on=on),
            on=on,
            typed=self.request.GET.get("on") or thai.short_date(on),
            refusal=refusal,
            may_edit=self.request.user.can(Can.EDIT_DEBTS),
            **context,
        )


class NewTransfer(ActPage):
    """Money paid for a settlement, or between its two funds for the oldest ones first."""

    permission = Can.EDIT_DEBTS
    section = SECTION
    title = "บันทึกการโอนเงินระหว่างกองทุน"
    submit_label = "บันทึกการโอน"
    queryset = Settlement.objects.with_names()
    form_class = TransferForm
    refusals = (CannotTransfer,)
    template_name = "debts/payments/transfer_new.html"

    def get_crumbs(self):
        return _crumbs(_of_fund(self.object.payer))

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "settlement": self.object}

    def get_initial(self):
        return {"on": timezone.localdate(), "key": uuid4(), "pays": TransferForm.THIS}

    def get_context_data(self, **context):
        owed, since = owed_between(self.object.payer, self.object.payee)
        return super().get_context_data(owed=owed, since=since, **context)

    def act(self, form):
        settlement, typed = self.object, dict(form.cleaned_data)
        contract = settlement.contract if typed.pop("pays") == TransferForm.THIS else None
        self.made = transfer(
            payer=settlement.payer,
            payee=settlement.payee,
            contract=contract,
            by=self.request.user,
            **typed,
        )
        amount = thai.money(self.made.amount)
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึกการโอน {amount} บาท ให้{settlement.payee}")

    def get_success_url(self):
        return reverse("debts:transfer", args=[self.made.pk])


class ShowTransfer(ShowPage):
    permission = Can.VIEW_DEBTS
    section = SECTION
    queryset = Transfer.objects.with_names()
    template_name = "debts/payments/transfer.html"

    def get_crumbs(self):
        return _crumbs(_of_fund(self.object.payer))

    def get_context_data(self, **context):
        parts = self.object.parts.select_related("settlement__contract__debt__borrower")
        may_reverse = not (self.object.reverses_id or hasattr(self.object, "reversed_by"))
        return super().get_context_data(
            parts=parts, may_reverse=may_reverse and self.request.user.can(Can.EDIT_DEBTS), **context
        )


class ReverseTransfer(ActPage):
    permission = Can.EDIT_DEBTS
    section = SECTION
    title = "กลับรายการโอนเงิน"
    lead = "รายการเดิมยังอยู่ ระบบบันทึกรายการตรงข้ามพร้อมเหตุผล และยอดค้างจ่ายกลับเป็นเท่าก่อนโอน"
    submit_label = "กลับรายการโอน"
    queryset = Transfer.objects.with_names()
    form_class = ReasonForm
    refusals = (CannotTransfer,)

    def get_crumbs(self):
        address = reverse("debts:transfer", args=[self.object.pk])
        return _crumbs(_of_fund(self.object.payer), (str(self.object), address))

    def act(self, form):
        reason, today = form.cleaned_data["reason"], timezone.localdate()
        reverse_transfer(made=self.object, reason=reason, on=today, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: กลับรายการ{self.object}")

    def get_success_url(self):
        return reverse("debts:transfer", args=[self.object.pk])
