"""What a household lives on, and what it owes outside the member funds."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone

from accounts.pages import CreateBelowPage, EditPage
from accounts.roles import Can
from households.forms import LivelihoodForm, OtherDebtForm
from households.livelihood import write_down
from households.models import Household, Livelihood, OtherDebt
from households.views.households import ToHousehold, to_household


class _Told(ToHousehold):
    """Something a household told, written down or corrected."""

    permission = Can.EDIT_HOUSEHOLDS

    def form_valid(self, form):
        changed = {
            name: [str(form.initial.get(name)), str(form.cleaned_data[name])] for name in form.changed_data
        }
        write_down(form.instance, changed=changed, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึก{self.told}")
        self.object = form.instance
        return HttpResponseRedirect(self.get_success_url())


class _ToldNew(_Told, CreateBelowPage):
    above, column = Household.objects.standing().with_place(), "household"

    def get_crumbs(self):
        return to_household(self.parent)


class LivelihoodNew(_ToldNew):
    """A new survey begins with the figures of the last one."""

    title = "บันทึกรายได้และรายจ่ายครัวเรือน"
    told = "รายได้และรายจ่าย"
    lead = "ยอดของทั้งปี ตามที่ครัวเรือนแจ้ง สำรวจใหม่ได้ทุกปีโดยข้อมูลเดิมยังอยู่"
    submit_label = "บันทึกรายได้และรายจ่าย"
    model = Livelihood
    form_class = LivelihoodForm

    def get_initial(self):
        last = self.parent.livelihoods.values(*LivelihoodForm.Meta.fields).first() or {}
        return {**last, "surveyed_on": timezone.localdate(), "note": ""}


class LivelihoodEdit(_Told, EditPage):
    title = "แก้ไขรายได้และรายจ่ายครัวเรือน"
    told = "รายได้และรายจ่าย"
    queryset = Livelihood.objects.select_related("household__village", "household__head")
    form_class = LivelihoodForm


class OtherDebtNew(_ToldNew):
    title = "เพิ่มหนี้นอกกองทุนสมาชิก"
    told = "หนี้นอกกองทุนสมาชิก"
    lead = "ใช้ดูภาระหนี้ทั้งหมดของครัวเรือนเมื่อวางแผน ไม่นำมารวมเป็น 1 ครัวเรือน 1 สัญญา"
    submit_label = "เพิ่มหนี้"
    model = OtherDebt
    form_class = OtherDebtForm

    def get_initial(self):
        return {"borrower": self.parent.head, "as_of_on": timezone.localdate()}


class OtherDebtEdit(_Told, EditPage):
    title = "แก้ไขหนี้นอกกองทุนสมาชิก"
    told = "หนี้นอกกองทุนสมาชิก"
    queryset = OtherDebt.objects.select_related("household__village", "household__head")
    form_class = OtherDebtForm
