"""การรับชำระ: the sheet of a meeting and its receipts, what falls due, what is late, what was promised."""

from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Case, F, When
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.pages import ActPage, FormPage, ShowPage
from accounts.roles import Can
from config import thai
from config.forms import number_in
from config.money import MoneyField, baht
from debts.forms import ReasonForm
from debts.models import Collection, Debt, Payment, Promise
from debts.payments import due
from debts.payments.collection import CannotCollect, collect, receipts_of, sheet_of
from debts.payments.filters import DueFilter, OverdueFilter, ReceiptFilter
from debts.payments.forms import CentreChoiceForm, PromiseForm, SheetForm
from debts.payments.promises import CannotPromise, promise, withdraw_promise
from debts.payments.tables import DueTable, OverdueTable, ReceiptTable
from debts.views.household import crumbs_of
from debts.views.register import PaperList
from funds.models import Centre, Fund

MOST_ROWS = 900  # boxes of one form; Django takes a thousand


class ReceiptList(PaperList):
    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    title = "การรับชำระ"
    unit = "ใบเสร็จ"
    queryset = Payment.objects.select_related("debt__borrower", "fund", "reversal").annotate(
        kept=Case(When(reversal=None, then=F("amount")), default=baht(0), output_field=MoneyField())
    )
    filter_class = ReceiptFilter
    table_class = ReceiptTable
    empty = "ยังไม่มีการรับชำระ"
    action = ("บันทึกการชำระของที่ประชุม", "debts:collect-where", Can.EDIT_DEBTS)


class DueList(PaperList):
    """What falls due within the days chosen (`?days=`)."""

    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    title = "ครบกำหนดชำระ"
    unit = "สัญญา"
    queryset = Debt.objects.with_names()
    filter_class = DueFilter
    table_class = DueTable
    empty = "ไม่มีหนี้ที่ครบกำหนดชำระในช่วงนี้"

    def get_queryset(self):
        today, asked = timezone.localdate(), self.request.GET.get("days", "")
        known = dict(self.filter_class.base_filters["days"].extra["choices"])
        days = int(asked) if asked in known else due.COMING_DAYS
        return due.coming(super().get_queryset(), on=today, until=today + timedelta(days))


class OverdueList(PaperList):
    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    title = "เกินกำหนดชำระ"
    unit = "สัญญา"
    queryset = Debt.objects.with_names()
    filter_class = OverdueFilter
    table_class = OverdueTable
    empty = "ไม่มีหนี้ที่เกินกำหนดชำระ"

    def get_queryset(self):
        return due.overdue(super().get_queryset(), on=timezone.localdate())


def day_asked(request, name: str, default: date) -> date:
    """The day in the address. Raises `BadRequest` when what was asked for is no day."""
    try:
        return thai.read_date(request.GET.get(name, ""), today=timezone.localdate()).value or default
    except thai.CannotRead as refusal:
        raise BadRequest(str(refusal)) from refusal


def fund_asked(request, centre: Centre) -> Fund | None:
    """The centre's fund named in the address; not found when it is another centre's."""
    asked = request.GET.get("fund", "")
    return get_object_or_404(centre.funds.all(), pk=number_in(asked)) if asked else None


class ChooseCentre(FormPage):
    """Where money is received; the sheet follows."""

    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "บันทึกการชำระของที่ประชุม"
    lead = "เลือกศูนย์ฯ และวันที่ประชุม ระบบเปิดใบรับชำระที่มีหนี้คงค้างทุกสัญญาของศูนย์ฯ"
    submit_label = "ถัดไป: ใบรับชำระ"
    form_class = CentreChoiceForm

    def get_crumbs(self):
        return [("การรับชำระ", reverse("debts:payments"))]

    def get_initial(self):
        return {"on": timezone.localdate()}

    def act(self, form):
        address = reverse("debts:collect", args=[form.cleaned_data["centre"].pk])
        return HttpResponseRedirect(f"{address}?on={form.cleaned_data['on']:%Y-%m-%d}")


class Collect(ActPage):
    """The sheet of a meeting: one box for each open debt of the centre, or of one of its funds (`?fund=`), on the
    day of the meeting (`?on=`). Saved in one go."""

    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    submit_label = "บันทึกการชำระ"
    queryset = Centre.objects.with_place()
    form_class = SheetForm
    refusals = (CannotCollect,)
    template_name = "debts/payments/collect.html"

    def get_title(self):
        return f"ใบรับชำระ {self.object.short_name}"

    def get_crumbs(self):
        return [("การรับชำระ", reverse("debts:payments"))]

    @cached_property
    def on(self) -> date:
        on = day_asked(self.request, "on", timezone.localdate())
        if on > timezone.localdate():
            raise BadRequest("ระบุวันที่ไม่เกินวันนี้")
        return on

    @cached_property
    def fund(self) -> Fund | None:
        return fund_asked(self.request, self.object)

    @cached_property
    def sheet(self):
        debts = Debt.objects.for_user(self.request.user).filter(fund__centre=self.object)
        return sheet_of(debts.filter(fund=self.fund) if self.fund else debts, on=self.on)

    def post(self, request, **keywords):
        with suppress(ValueError):
            key = UUID(request.POST.get("key", ""))
            if known := Collection.objects.filter(key=key, centre=self.object).first():
                return HttpResponseRedirect(_address_of(known))
        return super().post(request, **keywords)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "sheet": self.sheet}

    def get_initial(self):
        return {"key": uuid4()}

    def get_context_data(self, **context):
        return super().get_context_data(
            sheet=self.sheet,
            on=self.on,
            fund=self.fund,
            funds=self.object.funds.all(),
            is_too_long=len(self.sheet.rows) > MOST_ROWS,
            **context,
        )

    def act(self, form):
        try:
            made = collect(
                centre=self.object,
                fund=self.fund,
                amounts=form.amounts,
                on=self.on,
                by=self.request.user,
                key=form.cleaned_data["key"],
            )
        except CannotCollect as refusal:
            for debt, reason in refusal.errors.items():
                form.add_error(f"amount-{debt}", reason)
            raise
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึกการชำระ {thai.count(len(form.amounts))} รายการ")
        return HttpResponseRedirect(_address_of(made))


def _address_of(made: Collection) -> str:
    return reverse("debts:collection", args=[made.pk])


class ShowCollection(ShowPage):
    """What was received at a meeting, receipt by receipt."""

    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    queryset = Collection.objects.with_names()
    template_name = "debts/payments/collection.html"

    def get_crumbs(self):
        return [("การรับชำระ", reverse("debts:payments"))]

    def get_context_data(self, **context):
        receipts = list(receipts_of(self.object))
        standing = [each for each in receipts if not hasattr(each, "reversal")]
        return super().get_context_data(
            receipts=receipts, sum=sum(each.amount for each in standing), standing=len(standing), **context
        )


class NewPromise(ActPage):
    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "บันทึกการรับปากชำระ"
    lead = "ผลการรับปากมาจากการรับชำระจริงภายในวันที่รับปาก ไม่ต้องบันทึกเอง"
    submit_label = "บันทึกการรับปากชำระ"
    queryset = Debt.objects.with_names()
    form_class = PromiseForm
    refusals = (CannotPromise,)

    def get_crumbs(self):
        return crumbs_of_debt(self.object)

    def get_initial(self):
        return {"made_on": timezone.localdate()}

    def act(self, form):
        made = promise(debt=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(
            self.request,
            f"ดำเนินการแล้ว: รับปากชำระ {thai.money(made.amount)} บาท ภายในวันที่ {thai.short_date(made.due_on)}",
        )


class WithdrawPromise(ActPage):
    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "ถอนรายการรับปากชำระ"
    lead = "ใช้เมื่อบันทึกผิด รายการเดิมยังอยู่ในประวัติ"
    submit_label = "ถอนรายการ"
    queryset = Promise.objects.select_related("debt__household", "debt__fund")
    form_class = ReasonForm
    refusals = (CannotPromise,)

    def get_crumbs(self):
        return crumbs_of_debt(self.object.debt)

    def act(self, form):
        reason = form.cleaned_data["reason"]
        withdraw_promise(made=self.object, reason=reason, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, "ดำเนินการแล้ว: ถอนรายการรับปากชำระ")


def crumbs_of_debt(debt: Debt) -> list[tuple[str, str]]:
    """The way to a page below a debt."""
    return [*crumbs_of(debt.household), (str(debt), reverse("debts:debt", args=[debt.pk]))]
