"""The pages of an occupation's revolving money."""

from uuid import uuid4

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage
from accounts.roles import Can
from monitoring.activity import money
from monitoring.activity.attendance import CannotChange
from monitoring.activity.forms import MoneyForm, ReasonForm
from monitoring.activity.views import LIST, SECTION, _ActivityAct
from monitoring.models import Activity, GroupMoney


class ActivityMoney(_ActivityAct):
    title = "บันทึกเงินทุนคืนกลุ่ม"
    template_name = "monitoring/activity/money.html"
    queryset = Activity.objects.standing().with_place().filter(kind=Activity.Kind.OCCUPATION)
    form_class = MoneyForm
    submit_label = "บันทึกรายการ"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "activity": self.object}

    def get_initial(self):
        return {"on": timezone.localdate(), "key": uuid4(), "kind": self.request.GET.get("entry", "")}

    def get_context_data(self, **context):
        return super().get_context_data(purse=money.purse_of(self.object), **context)

    def act(self, form):
        entry = money.move(activity=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: {entry}")


class MoneyReverse(ActPage):
    permission = Can.EDIT_ACTIVITIES
    section = SECTION
    title = "กลับรายการเงินทุนคืนกลุ่ม"
    queryset = GroupMoney.objects.select_related("activity__centre__village", "household__head")
    form_class = ReasonForm
    submit_label = "กลับรายการ"
    refusals = (CannotChange,)

    def get_crumbs(self):
        activity = self.object.activity
        return [
            (LIST[0], reverse(LIST[1])),
            (str(activity), reverse("monitoring:activity", args=[activity.pk])),
        ]

    def get_context_data(self, **context):
        lead = f"{self.object} รายการเดิมยังอยู่ ระบบบันทึกรายการตรงข้ามพร้อมเหตุผล"
        return super().get_context_data(lead=lead, **context)

    def act(self, form):
        money.reverse(entry=self.object, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: กลับรายการเงินทุนคืนกลุ่ม")
