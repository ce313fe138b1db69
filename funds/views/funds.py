"""Member funds and their lending rules."""

from django.urls import reverse
from django.utils import timezone

from accounts.pages import CreateBelowPage, EditPage, ShowPage
from accounts.roles import Can
from funds import forms
from funds.models import Centre, Fund, LendingRule
from funds.views.centres import CENTRES, to_centre


def to_fund(fund) -> list[tuple[str, str]]:
    """The way to a page below a fund."""
    return [*to_centre(fund.centre), (fund.name, reverse("funds:fund", kwargs={"fund_pk": fund.pk}))]


class FundNew(CreateBelowPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "เพิ่มกลุ่ม/กองทุน"
    submit_label = "เพิ่มกลุ่ม/กองทุน"
    model = Fund
    form_class = forms.FundForm
    above, column = Centre.objects.with_place(), "centre"

    def get_crumbs(self):
        return to_centre(self.parent)

    def get_success_url(self):
        return reverse("funds:fund", kwargs={"fund_pk": self.object.pk})


class FundPage(ShowPage):
    permission = Can.VIEW_CENTRES
    section = CENTRES
    template_name = "funds/fund.html"
    queryset = Fund.objects.select_related("centre__village__parent__parent__parent")

    def get_crumbs(self):
        return to_centre(self.object.centre)

    def get_context_data(self, **context):
        rules = list(self.object.rules.order_by("-effective_on"))
        return super().get_context_data(
            rules=rules,
            in_force=self.object.rule_on(timezone.localdate()),
            may_edit=self.request.user.can(Can.EDIT_CENTRES),
            **context,
        )


class FundEdit(EditPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
    title = "แก้ไขข้อมูลกลุ่ม/กองทุน"
    queryset = Fund.objects.select_related("centre__village")
    form_class = forms.FundEditForm

    def get_crumbs(self):
        return to_fund(self.object)


class LendingRuleNew(CreateBelowPage):
    permission = Can.EDIT_CENTRES
    section = CENTRES
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
        return to_fund(self.parent)
