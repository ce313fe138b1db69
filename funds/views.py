"""Villages, ศูนย์จัดการกองทุนชุมชน, their member funds, lending rules and committees."""

from functools import cached_property

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, CreatePage, EditPage, ListPage, ShowPage
from accounts.roles import Can
from areas.models import Area, Level
from funds import committee, forms
from funds.filters import CentreFilter, VillageFilter
from funds.models import Centre, CommitteeMember, CommitteeOrder, Fund, LendingRule
from funds.tables import CentreTable, VillageTable

CENTRES = "funds:centres"


def _to_centre(centre) -> list[tuple[str, str]]:
    place = reverse("funds:centre", kwargs={"centre_pk": centre.pk})
    return [("ศูนย์จัดการกองทุนชุมชน", reverse(CENTRES)), (centre.short_name, place)]


def _to_fund(fund) -> list[tuple[str, str]]:
    return [*_to_centre(fund.centre), (fund.name, reverse("funds:fund", kwargs={"fund_pk": fund.pk}))]


def _to_order(order) -> list[tuple[str, str]]:
    place = reverse("funds:committeeorder", kwargs={"committeeorder_pk": order.pk})
    return [*_to_centre(order.centre), (str(order), place)]


class _BackUp:
    """Returns to the page above this one when it is done."""

    def get_success_url(self):
        return self.get_crumbs()[-1][1]


class _New(_BackUp, CreatePage):
    """Two officers, or one who pressed twice: the second is told what the first has made."""

    permission = Can.EDIT_CENTRES
    section = CENTRES

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:
            form.full_clean()
            if form.is_valid():
                raise
            return self.form_invalid(form)


class _NewBelow(_New):
    """A row below another: `above` are the rows of that model, the column is named like its keyword."""

    above = None

    @cached_property
    def parent(self):
        rows = self.above.for_user(self.request.user)
        return get_object_or_404(rows, pk=self.kwargs[f"{rows.model._meta.model_name}_pk"])

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.model(**{self.column: self.parent})}


class VillageList(ListPage):
    permission = Can.VIEW_AREAS
    section = CENTRES
    title = "หมู่บ้าน"
    queryset = Area.objects.at(Level.VILLAGE).with_parents().select_related("centre__village")
    filter_class = VillageFilter
    table_class = VillageTable
    action = ("เพิ่มหมู่บ้าน", "funds:village-new", Can.EDIT_AREAS)
    unit = "หมู่บ้าน"
    empty = "ยังไม่มีหมู่บ้านในพื้นที่นี้ เพิ่มหมู่บ้านก่อนเพิ่มศูนย์ฯ หรือครัวเรือน"

    def get_crumbs(self):
        return [("ศูนย์จัดการกองทุนชุมชน", reverse(CENTRES))]


class VillageNew(_New):
    permission = Can.EDIT_AREAS
    title = "เพิ่มหมู่บ้าน"
    submit_label = "เพิ่มหมู่บ้าน"
    model = Area
    form_class = forms.VillageForm

    def get_crumbs(self):
        return [("ศูนย์จัดการกองทุนชุมชน", reverse(CENTRES)), ("หมู่บ้าน", reverse("funds:villages"))]


class CentreList(ListPage):
    permission = Can.VIEW_CENTRES
    section = CENTRES
    title = "ศูนย์จัดการกองทุนชุมชน"
    template_name = "funds/centres.html"
    queryset = Centre.objects.with_place().with_funds().order_by("village__sort", "pk")
    filter_class = CentreFilter
    table_class = CentreTable
    action = ("เพิ่มศูนย์ฯ", "funds:centre-new", Can.EDIT_CENTRES)
    unit = "ศูนย์ฯ"
    empty = "ยังไม่มีศูนย์ฯ ในพื้นที่นี้"


class CentreNew(_New):
    title = "เพิ่มศูนย์ฯ"
    submit_label = "เพิ่มศูนย์ฯ"
    template_name = "funds/centre_new.html"
    model = Centre
    form_class = forms.CentreForm

    def get_crumbs(self):
        return [("ศูนย์จัดการกองทุนชุมชน", reverse(CENTRES))]

    def get_success_url(self):
        return reverse("funds:centre", kwargs={"centre_pk": self.object.pk})


class CentrePage(ShowPage):
    permission = Can.VIEW_CENTRES
    section = CENTRES
    template_name = "funds/centre.html"
    queryset = Centre.objects.with_place().with_funds()

    def get_title(self):
        return self.object.short_name

    def get_crumbs(self):
        return _to_centre(self.object)[:-1]

    def get_context_data(self, **context):
        today, user = timezone.localdate(), self.request.user
        funds = list(self.object.funds.prefetch_related("rules"))
        return super().get_context_data(
            funds=[(fund, fund.rule_on(today)) for fund in funds],
            members=self.object.funds.active().aggregate(all=Sum("members"))["all"],
            order=committee.newest_order(self.object),
            notes=committee.notes(self.object, on=today),
            today=today,
            may_edit=user.can(Can.EDIT_CENTRES),
            may_import=user.can(Can.EDIT_DEBTS),
            may_view_debts=user.can(Can.VIEW_DEBTS),
            may_view_visits=user.can(Can.VIEW_VISITS),
            **context,
        )


class CentreEdit(_BackUp, EditPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "แก้ไขข้อมูลศูนย์ฯ"
    queryset = Centre.objects.with_place()
    form_class = forms.CentreEditForm

    def get_crumbs(self):
        return _to_centre(self.object)


class FundNew(_NewBelow):
    title = "เพิ่มกลุ่ม/กองทุน"
    submit_label = "เพิ่มกลุ่ม/กองทุน"
    model = Fund
    form_class = forms.FundForm
    above, column = Centre.objects.with_place(), "centre"

    def get_crumbs(self):
        return _to_centre(self.parent)

    def get_success_url(self):
        return reverse("funds:fund", kwargs={"fund_pk": self.object.pk})


class FundPage(ShowPage):
    permission = Can.VIEW_CENTRES
    section = CENTRES
    template_name = "funds/fund.html"
    queryset = Fund.objects.select_related("centre__village__parent__parent__parent")

    def get_crumbs(self):
        return _to_centre(self.object.centre)

    def get_context_data(self, **context):
        rules = list(self.object.rules.order_by("-effective_on"))
        return super().get_context_data(
            rules=rules,
            in_force=self.object.rule_on(timezone.localdate()),
            may_edit=self.request.user.can(Can.EDIT_CENTRES),
            **context,
        )


class FundEdit(_BackUp, EditPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "แก้ไขข้อมูลกลุ่ม/กองทุน"
    queryset = Fund.objects.select_related("centre__village")
    form_class = forms.FundEditForm

    def get_crumbs(self):
        return _to_fund(self.object)


class LendingRuleNew(_NewBelow):
    title = "เพิ่มระเบียบการให้กู้ฉบับใหม่"
    submit_label = "บันทึกระเบียบฉบับใหม่"
    lead = "ฉบับก่อนยังอยู่และใช้กับวันที่ก่อนวันมีผลของฉบับใหม่"
    model = LendingRule
    form_class = forms.LendingRuleForm
    above, column = Fund.objects.select_related("centre__village"), "fund"

    def get_initial(self):
        today = timezone.localdate()
        return {"effective_on": today, **self.parent.rule_to_begin_with(today)}

    def get_crumbs(self):
        return _to_fund(self.parent)


class CommitteeOrderNew(_NewBelow):
    title = "เพิ่มคำสั่งแต่งตั้งคณะกรรมการ"
    submit_label = "บันทึกคำสั่ง"
    model = CommitteeOrder
    form_class = forms.CommitteeOrderForm
    above, column = Centre.objects.with_place(), "centre"

    def get_crumbs(self):
        return _to_centre(self.parent)

    def get_success_url(self):
        return reverse("funds:committeeorder", kwargs={"committeeorder_pk": self.object.pk})


class CommitteeOrderPage(ShowPage):
    permission = Can.VIEW_CENTRES
    section = CENTRES
    template_name = "funds/committeeorder.html"
    queryset = CommitteeOrder.objects.select_related("centre__village").prefetch_related("members__fund")

    def get_crumbs(self):
        return _to_centre(self.object.centre)

    def get_context_data(self, **context):
        today = timezone.localdate()
        return super().get_context_data(
            notes=committee.notes_on(self.object, on=today),
            current=self.object.is_current(today),
            may_edit=self.request.user.can(Can.EDIT_CENTRES),
            **context,
        )


class CommitteeOrderEdit(_BackUp, EditPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "แก้ไขคำสั่งแต่งตั้งคณะกรรมการ"
    queryset = CommitteeOrder.objects.select_related("centre__village")
    form_class = forms.CommitteeOrderForm

    def get_crumbs(self):
        return _to_order(self.object)


class CommitteeMemberNew(_NewBelow):
    title = "เพิ่มกรรมการ"
    submit_label = "เพิ่มกรรมการ"
    model = CommitteeMember
    form_class = forms.CommitteeMemberForm
    above, column = CommitteeOrder.objects.select_related("centre__village"), "order"

    def get_crumbs(self):
        return _to_order(self.parent)


class CommitteeMemberEdit(_BackUp, EditPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "แก้ไขกรรมการ"
    queryset = CommitteeMember.objects.select_related("order__centre__village")
    form_class = forms.CommitteeMemberForm

    def get_crumbs(self):
        return _to_order(self.object.order)


class CommitteeMemberLeave(_BackUp, ActPage):
    """A member leaves; the name stays on the order among the former ones."""

    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "บันทึกการพ้นจากตำแหน่ง"
    submit_label = "บันทึกการพ้นจากตำแหน่ง"
    queryset = CommitteeMember.objects.select_related("order__centre__village")
    form_class = forms.LeaveForm
    refusals = (committee.CannotLeave,)

    def get_crumbs(self):
        return _to_order(self.object.order)

    def get_initial(self):
        return {"left_on": timezone.localdate()}

    def get_context_data(self, **context):
        return super().get_context_data(lead=f"{self.object} ใน{self.object.order}", **context)

    def act(self, form):
        committee.leave(member=self.object, on=form.cleaned_data["left_on"], by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: {self.object} พ้นจากตำแหน่ง")
