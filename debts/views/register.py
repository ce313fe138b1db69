"""ทะเบียนลูกหนี้"""

from itertools import accumulate

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from accounts.as_of import AsOf
from accounts.pages import CreatePage, EditPage, ListPage, ShowPage
from accounts.roles import Can
from debts import registration
from debts.classification import with_class
from debts.filters import DebtFilter
from debts.forms import DebtEditForm, DebtForm
from debts.ledger import lock_household
from debts.models import Debt
from debts.payments.promises import outcome_of
from debts.plans.versions import as_they_were
from debts.progress import state_of
from debts.tables import DebtTable
from debts.views.classes import class_of_debt
from debts.views.household import address_of, crumbs_of
from households.models import Household


class PaperList(ListPage):
    """Debts or contracts, of the area or of one centre."""

    def get_place(self):
        centre = self.chosen("centre")
        return centre.village.name if centre else super().get_place()


class DebtList(PaperList):
    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    title = "ทะเบียนลูกหนี้"
    unit = "สัญญา"
    queryset = (
        Debt.objects.with_names().with_merges().annotate(owed_interest=F("outstanding") - F("principal"))
    )
    filter_class = DebtFilter
    table_class = DebtTable
    template_name = "debts/register.html"
    empty = "ยังไม่มีทะเบียนลูกหนี้ในพื้นที่นี้ นำเข้าจากไฟล์ Excel หรือเพิ่มหนี้ที่หน้าครัวเรือน"

    def get_queryset(self):
        return with_class(super().get_queryset(), on=timezone.localdate())

    def get_context_data(self, **context):
        may_edit = self.request.user.can(Can.EDIT_DEBTS)
        return super().get_context_data(
            may_edit=may_edit, centre=self.chosen("centre"), register_of=self._register(), **context
        )

    def _register(self):
        """The centre whose printed register holds the rows shown: what is owed to it, and no other filter."""
        others = [name for name in ("q", "kind", "district", "debtor_class") if self.chosen(name)]
        return self.chosen("centre") if self.chosen("state") == DebtFilter.State.OPEN and not others else None


class ShowDebt(AsOf, ShowPage):
    """One debt as it stood on a day: what was agreed, where it was written down, and every entry with the balance after it; the one
    page that shows a debt whose import was taken back."""

    permission = Can.VIEW_DEBTS
    section = "debts:debts"
    queryset = (
        Debt.everything.with_names()
        .with_merges()
        .select_related("source", "created_by")
        .prefetch_related("guarantors__person")
    )
    template_name = "debts/debt.html"

    def get_title(self):
        number = f"เลขที่ {self.object.number}" if self.object.number else "ไม่มีเลขที่สัญญา"
        return f"{self.object.fund} {number}"

    def get_crumbs(self):
        return crumbs_of(self.object.household)[: 1 if self.object.household.withdrawn_at else 2]

    def get_context_data(self, **context):
        on = self.on
        [debt] = as_they_were(self.get_queryset().with_balance(on=on).filter(pk=self.object.pk), on=on)
        entries = list(
            self.object.entries.filter(on__lte=on).select_related(
                "by", "payment", "contract", "reverses", "reversed_by"
            )
        )
        balances = accumulate(entry.total for entry in entries)
        return super().get_context_data(
            entries=list(zip(entries, balances, strict=True)),
            debt=debt,
            state=state_of(debt, on=on),
            today=on,
            promises=self._promises(on),
            merge=self.object.merges.filter(is_cancelled=False).select_related("contract").first(),
            may_edit=self.request.user.can(Can.EDIT_DEBTS) and not self.object.withdrawn_at,
            **class_of_debt(self.object, self.request.user, on=on),
            **context,
        )

    def _promises(self, today):
        made = self.object.promises.with_received(on=today)
        return [(each, outcome_of(each, on=today)) for each in made]


class NewDebt(CreatePage):
    """A debt written down by hand. The page belongs to a household, which is found first."""

    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "เพิ่มหนี้"
    model = Debt
    form_class = DebtForm

    def dispatch(self, request, *args, **kwargs):
        if request.user.can(self.permission):
            households = Household.objects.standing().for_user(request.user).with_place()
            self.household = get_object_or_404(households, pk=kwargs["household_pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_crumbs(self):
        return crumbs_of(self.household)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "household": self.household}

    def get_initial(self):
        return {"borrower": self.household.head, "opened_on": timezone.localdate()}

    def form_valid(self, form):
        try:
            debt = registration.register(household=self.household, by=self.request.user, **form.cleaned_data)
        except registration.CannotRegister as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, f"ดำเนินการแล้ว: เพิ่มหนี้ {debt}")
        return redirect(address_of(self.household))


class EditDebt(EditPage):
    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "แก้ไขข้อมูลหนี้"
    lead = "ยอดเงินเปลี่ยนได้ด้วยการบันทึกรายการบัญชีเท่านั้น"
    queryset = Debt.objects.with_names()
    form_class = DebtEditForm

    def get_crumbs(self):
        return [
            *crumbs_of(self.object.household),
            (str(self.object), reverse("debts:debt", args=[self.object.pk])),
        ]

    def get_success_url(self):
        return reverse("debts:debt", args=[self.object.pk])

    def lock(self, debt):
        lock_household(debt.household_id)
        super().lock(debt)

    def form_valid(self, form):
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            registration.correct(debt=self.object, by=self.request.user, **changed)
        except registration.CannotRegister as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect(self.get_success_url())
