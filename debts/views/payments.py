"""บันทึกการชำระ"""

from decimal import Decimal
from uuid import uuid4

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, ShowPage
from accounts.roles import Can
from config import thai
from debts.forms import PaymentForm, ReasonForm
from debts.models import PARTS, Debt, Entry, Payment
from debts.repayment import CannotPay, division_of, due_on, owed_on, pay, reverse_payment
from debts.views.household import crumbs_of


class NewPayment(ActPage):
    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "บันทึกการชำระ"
    submit_label = "บันทึกการชำระ"
    queryset = Debt.objects.with_names()
    form_class = PaymentForm
    refusals = (CannotPay,)
    template_name = "debts/payment_new.html"

    def get_crumbs(self):
        return [
            *crumbs_of(self.object.household),
            (str(self.object), reverse("debts:debt", args=[self.object.pk])),
        ]

    def get_initial(self):
        return {"on": timezone.localdate(), "key": uuid4()}

    def get_context_data(self, **context):
        debt, today = self.object, timezone.localdate()
        return super().get_context_data(
            owed=owed_on(debt, on=today), due=due_on(debt, on=today), today=today, **context
        )

    def form_valid(self, form):
        """The button that only shows how the amount would be divided writes nothing."""
        if "preview" not in self.request.POST:
            return super().form_valid(form)
        on, amount = form.cleaned_data["on"], form.cleaned_data["amount"]
        try:
            division = division_of(debt=self.object, amount=amount, on=on)
        except CannotPay as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, division=division, on=on))

    def act(self, form):
        self.payment = pay(debt=self.object, by=self.request.user, **form.cleaned_data)
        amount = thai.money(self.payment.amount)
        messages.success(self.request, f"ดำเนินการแล้ว: รับชำระ {amount} บาท ใบเสร็จเลขที่ {self.payment.number}")

    def get_success_url(self):
        return reverse("debts:payment", args=[self.payment.pk])


class ShowPayment(ShowPage):
    """The receipt."""

    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    queryset = Payment.objects.select_related(
        "debt__household", "debt__borrower", "debt__fund", "fund__centre__village", "by", "reversal__by"
    )
    template_name = "debts/payment.html"

    def get_crumbs(self):
        debt = self.object.debt
        return [*crumbs_of(debt.household), (str(debt), reverse("debts:debt", args=[debt.pk]))]

    def get_context_data(self, **context):
        payment = self.object
        return super().get_context_data(
            parts=_parts(payment),
            reversal=getattr(payment, "reversal", None),
            may_edit=self.request.user.can(Can.EDIT_DEBTS),
            **context,
        )


def _parts(payment: Payment) -> list[tuple[str, Decimal]]:
    """What the payment paid, by part, in baht."""
    entry = payment.entries.get(kind=Entry.Kind.PAYMENT)
    columns = ((Entry._meta.get_field(part).verbose_name, -getattr(entry, part)) for part in PARTS)
    return [(label, amount) for label, amount in columns if amount]


class ReversePayment(ActPage):
    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "ยกเลิกการรับชำระ"
    lead = "รายการเดิมยังอยู่ ระบบบันทึกรายการตรงข้ามพร้อมเหตุผล และยอดหนี้กลับเป็นเท่าก่อนรับชำระ"
    submit_label = "ยกเลิกการรับชำระ"
    queryset = Payment.objects.select_related("debt__household")
    form_class = ReasonForm
    refusals = (CannotPay,)

    def get_title(self):
        return f"ยกเลิกการรับชำระ {self.object}"

    def get_crumbs(self):
        address = reverse("debts:payment", args=[self.object.pk])
        return [*crumbs_of(self.object.debt.household), (str(self.object), address)]

    def act(self, form):
        reason, today = form.cleaned_data["reason"], timezone.localdate()
        reverse_payment(payment=self.object, reason=reason, on=today, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: ยกเลิกการรับชำระ {self.object}")

    def get_success_url(self):
        return reverse("debts:payment", args=[self.object.pk])
