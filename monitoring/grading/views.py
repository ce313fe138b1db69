"""The pages of level grading."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.forms import OfficerForm
from accounts.pages import ActPage, FormPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from monitoring.forms import DecisionForm, ReturnForm
from monitoring.grading import life
from monitoring.grading.evidence import evidence_of
from monitoring.grading.filters import GradingFilter
from monitoring.grading.forms import GradingForm, GradingNewForm
from monitoring.grading.tables import TAGS, GradingTable
from monitoring.models import Grading

LIST = ("จัดระดับการพัฒนา", "monitoring:gradings")


class GradingList(ListPage):
    template_name = "monitoring/gradings.html"
    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "จัดระดับการพัฒนา"
    queryset = Grading.objects.with_names().with_last_year()
    filter_class = GradingFilter
    table_class = GradingTable
    empty = "ยังไม่ได้ประเมินในพื้นที่นี้ เริ่มจากประเมินศูนย์ฯ หรือกองทุน"
    action = ("ประเมินระดับ", "monitoring:grading-new", Can.GRADE)


class GradingNew(FormPage):
    permission = Can.GRADE
    section = "monitoring:visits"
    title = "ประเมินระดับการพัฒนา"
    form_class = GradingNewForm
    submit_label = "เริ่มประเมิน"
    refusals = (life.CannotGrade,)

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]

    def get_initial(self):
        return {"year": thai.fiscal_year(timezone.localdate()), "centre": self.request.GET.get("centre", "")}

    def act(self, form):
        grading = life.begin(**form.cleaned_data, on=timezone.localdate(), by=self.request.user)
        return HttpResponseRedirect(reverse("monitoring:grading-edit", args=[grading.pk]))


class GradingScreen:
    """What the pages of one grading share."""

    section = "monitoring:visits"
    model = Grading
    queryset = Grading.objects.with_names().with_last_year()

    def get_crumbs(self):
        own = [] if isinstance(self, GradingPage) else [(str(self.object), self.grading_url())]
        return [(LIST[0], reverse(LIST[1])), *own]

    def grading_url(self):
        return reverse("monitoring:grading", args=[self.object.pk])

    def get_evidence(self):
        return evidence_of(self.object, on=timezone.localdate())


class GradingPage(GradingScreen, ShowPage):
    permission = Can.VIEW_VISITS
    template_name = "monitoring/grading.html"

    def get_context_data(self, **context):
        grading, officer, evidence = self.object, self.request.user, self.get_evidence()
        may_decide = grading.status == Grading.Status.SENT and officer.can(Can.CERTIFY_GRADES)
        own = life.is_own_work(grading, officer)
        rows = grading.items.select_related("item__scorecard")
        return super().get_context_data(
            rows=[(row, evidence.get(str(row.item.order), "")) for row in rows],
            moves=list(grading.moves.select_related("by")),
            tag=TAGS[grading.status],
            may_edit=grading.is_editable and officer.can(Can.GRADE),
            may_send=life.may_be_sent(grading) and officer.can(Can.GRADE),
            may_decide=may_decide and not own,
            own_work=may_decide and own,
            **context,
        )


class _GradingAct(GradingScreen, ActPage):
    """A form about one grading; when it is done the grading is shown."""

    template_name = "monitoring/grading_act.html"
    refusals = (life.CannotGrade,)
    done = ""

    def get_initial(self):
        return {"version": self.object.version}

    def form_valid(self, form):
        answer = super().form_valid(form)
        if not form.errors:
            messages.success(self.request, f"ดำเนินการแล้ว: {self.done}")
        return answer

    def get_success_url(self):
        return self.grading_url()


class GradingEdit(_GradingAct):
    permission = Can.GRADE
    title = "ให้คะแนนรายข้อ"
    template_name = "monitoring/grading_edit.html"
    form_class = GradingForm
    submit_label = "บันทึกคะแนน"
    done = "บันทึกคะแนน"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "grading": self.object}

    def get_initial(self):
        return {**super().get_initial(), "note": self.object.note}

    def act(self, form):
        life.give(
            grading=self.object,
            given={item.row.pk: item.given for item in form.items},
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        evidence = self.get_evidence()
        items = [(item, evidence.get(str(item.row.item.order), "")) for item in context["form"].items]
        return {**context, "items": items}


class GradingSend(_GradingAct):
    permission = Can.GRADE
    title = "ส่งผลการประเมิน"
    form_class = OfficerForm
    submit_label = "ส่งผลการประเมิน"
    done = "ส่งผลการประเมินให้จังหวัดรับรอง"

    def act(self, form):
        life.send(grading=self.object, by=self.request.user)

    def get_context_data(self, **context):
        return super().get_context_data(gaps=life.gaps(self.object), **context)


class GradingReturn(_GradingAct):
    permission = Can.CERTIFY_GRADES
    title = "ส่งคืนแก้ไข"
    form_class = ReturnForm
    submit_label = "ส่งคืนแก้ไข"
    done = "ส่งคืนผลการประเมินให้แก้ไข"

    def act(self, form):
        life.return_for_correction(grading=self.object, by=self.request.user, **form.cleaned_data)


class GradingCertify(_GradingAct):
    permission = Can.CERTIFY_GRADES
    title = "รับรองผลการประเมิน"
    form_class = DecisionForm
    submit_label = "รับรองผลการประเมิน"
    done = "รับรองผลการประเมิน"

    def act(self, form):
        on = timezone.localdate()
        life.certify(grading=self.object, on=on, by=self.request.user, **form.cleaned_data)
