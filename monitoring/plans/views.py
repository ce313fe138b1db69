"""The pages of plans: the list, one plan, what is done with it, and how its activities went."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.forms import OfficerForm
from accounts.pages import ActPage, FormPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from monitoring.forms import DecisionForm, ReturnForm
from monitoring.models import ActionPlan, PlannedActivity
from monitoring.plans import life
from monitoring.plans.filters import ActionPlanFilter
from monitoring.plans.forms import NewPlanForm, PlanForm, ResultForm, UndoForm
from monitoring.plans.progress import progress_of
from monitoring.plans.results import CannotReport, report
from monitoring.plans.tables import TAGS, ActionPlanTable
from monitoring.plans.warnings import warnings_of

LIST = ("แผนและกิจกรรม", "monitoring:action-plans")
RESULT_TAGS = {"planned": "neutral", "under_way": "wait", "done": "ok", "dropped": "warn"}


class ActionPlanList(ListPage):
    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "แผนบริหารจัดการหนี้และแผนปฏิบัติการ"
    template_name = "monitoring/plans/list.html"
    queryset = ActionPlan.objects.with_names().with_sums()
    filter_class = ActionPlanFilter
    table_class = ActionPlanTable
    unit = "แผน"
    empty = "ยังไม่มีแผนในพื้นที่นี้"
    action = ("จัดทำแผน", "monitoring:action-plan-new", Can.WRITE_ACTION_PLANS)

    def get_context_data(self, **context):
        may_decide = self.request.user.can(Can.APPROVE_ACTION_PLANS)
        return super().get_context_data(may_decide=may_decide, **context)


class ActionPlanNew(FormPage):
    permission = Can.WRITE_ACTION_PLANS
    section = "monitoring:visits"
    title = "จัดทำแผน"
    form_class = NewPlanForm
    submit_label = "เริ่มจัดทำแผน"
    refusals = (life.CannotPlan,)

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]

    def get_initial(self):
        return {"year": thai.fiscal_year(timezone.localdate()), "centre": self.request.GET.get("centre", "")}

    def act(self, form):
        officer, centre = self.request.user, form.cleaned_data["centre"]
        area = centre.village if centre else officer.area
        if area is None:
            raise life.CannotPlan("ยังไม่ได้รับมอบหมายพื้นที่")
        year, on = form.cleaned_data["year"], timezone.localdate()
        plan = life.begin(area=area, centre=centre, year=year, on=on, by=officer)
        return HttpResponseRedirect(reverse("monitoring:action-plan-edit", args=[plan.pk]))


class PlanScreen:
    """What the pages of one plan share."""

    section = "monitoring:visits"
    model = ActionPlan
    queryset = ActionPlan.objects.with_names().with_sums()

    def get_crumbs(self):
        own = [] if isinstance(self, ActionPlanPage) else [(str(self.object), self.get_success_url())]
        return [(LIST[0], reverse(LIST[1])), *own]

    def get_success_url(self):
        return reverse("monitoring:action-plan", args=[self.object.pk])


class ActionPlanPage(PlanScreen, ShowPage):
    permission = Can.VIEW_VISITS
    template_name = "monitoring/plans/plan.html"

    def get_context_data(self, **context):
        plan, officer, today = self.object, self.request.user, timezone.localdate()
        own = life.is_own_work(plan, officer)
        is_sent, may_write = plan.status == ActionPlan.Status.SENT, officer.can(Can.WRITE_ACTION_PLANS)
        decides = officer.can(Can.APPROVE_ACTION_PLANS)
        return super().get_context_data(
            activities=[(each, RESULT_TAGS[each.status]) for each in plan.activities.all()],
            moves=list(plan.moves.select_related("by")),
            tag=TAGS[plan.status],
            progress=progress_of(plan, on=today),
            warnings=warnings_of([plan], on=today)[plan.pk] if is_sent else [],
            gaps=life.gaps(plan) if plan.is_editable else [],
            may_edit=plan.is_editable and may_write,
            may_take_back=is_sent and own,
            may_decide=is_sent and decides and not own,
            may_undo=plan.is_approved and decides and not own,
            may_report=plan.is_approved and may_write,
            **context,
        )


class _PlanAct(PlanScreen, ActPage):
    """Something done to one plan, after which the plan is shown."""

    template_name = "monitoring/plans/act.html"
    refusals = (life.CannotPlan,)
    form_class = OfficerForm
    done = ""

    def get_initial(self):
        return {"version": self.object.version}

    def get_context_data(self, **context):
        on = timezone.localdate()
        warnings = warnings_of([self.object], on=on)[self.object.pk]
        return super().get_context_data(plan=self.object, warnings=warnings, **context)

    def act(self, form):
        self.do(form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: {self.done}")


class ActionPlanEdit(_PlanAct):
    permission = Can.WRITE_ACTION_PLANS
    template_name = "monitoring/plans/edit.html"
    form_class = PlanForm
    submit_label = "บันทึกแผน"
    done = "บันทึกแผน"

    def get_title(self):
        return f"เขียน{self.object}"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "plan": self.object}

    def get_initial(self):
        plan = self.object
        columns = ("objective", "households", "resolution")
        return {**super().get_initial(), **{name: getattr(plan, name) for name in columns}}

    def act(self, form):
        fields = form.cleaned_data
        life.write(
            plan=self.object,
            version=fields["version"],
            fields=fields,
            activities=form.activities,
            by=self.request.user,
        )
        messages.success(self.request, f"ดำเนินการแล้ว: {self.done}")


class ActionPlanSend(_PlanAct):
    permission = Can.WRITE_ACTION_PLANS
    title = "เสนอจังหวัดพิจารณา"
    submit_label = "เสนอจังหวัดพิจารณา"
    done = "เสนอแผนให้จังหวัดพิจารณา"

    def do(self, typed):
        life.send(plan=self.object, by=self.request.user)

    def get_context_data(self, **context):
        return super().get_context_data(gaps=life.gaps(self.object), **context)


class ActionPlanTakeBack(_PlanAct):
    permission = Can.WRITE_ACTION_PLANS
    title = "ดึงกลับมาแก้ไข"
    submit_label = "ดึงกลับมาแก้ไข"
    done = "ดึงแผนกลับมาแก้ไข"

    def do(self, typed):
        life.take_back(plan=self.object, by=self.request.user)


class ActionPlanApprove(_PlanAct):
    permission = Can.APPROVE_ACTION_PLANS
    title = "อนุมัติแผน"
    form_class = DecisionForm
    submit_label = "อนุมัติ"
    done = "อนุมัติแผน"

    @property
    def lead(self):
        plan = self.object
        return f"อนุมัติ{plan} งบประมาณ {thai.money(plan.budget)} บาท"

    def do(self, typed):
        life.approve(plan=self.object, on=timezone.localdate(), by=self.request.user, **typed)


class ActionPlanReturn(_PlanAct):
    permission = Can.APPROVE_ACTION_PLANS
    title = "ส่งคืนแก้ไข"
    form_class = ReturnForm
    submit_label = "ส่งคืนแก้ไข"
    done = "ส่งคืนแผนให้แก้ไข"

    def do(self, typed):
        life.return_for_correction(plan=self.object, by=self.request.user, **typed)


class ActionPlanUndo(_PlanAct):
    permission = Can.APPROVE_ACTION_PLANS
    title = "เลิกการอนุมัติ"
    form_class = UndoForm
    submit_label = "เลิกการอนุมัติ"
    done = "เลิกการอนุมัติ แผนกลับมารอพิจารณา"

    def do(self, typed):
        life.undo_approval(plan=self.object, by=self.request.user, **typed)


class ActivityResult(ActPage):
    """How one activity went, and what was said of it before."""

    permission = Can.WRITE_ACTION_PLANS
    section = "monitoring:visits"
    queryset = PlannedActivity.objects.select_related(
        "plan__area__parent__parent__parent", "plan__centre__village"
    )
    template_name = "monitoring/plans/result.html"
    form_class = ResultForm
    submit_label = "บันทึกผล"
    refusals = (CannotReport,)

    def get_title(self):
        return f"ผลกิจกรรม {self.object.what}"

    def get_crumbs(self):
        plan = self.object.plan
        return [(LIST[0], reverse(LIST[1])), (str(plan), reverse("monitoring:action-plan", args=[plan.pk]))]

    def get_initial(self):
        return {name: getattr(self.object, name) for name in ("status", "done_on", "reached", "spent")}

    def get_context_data(self, **context):
        reports = self.object.reports.select_related("by")
        return super().get_context_data(activity=self.object, reports=reports, **context)

    def act(self, form):
        report(activity=self.object, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: บันทึกผลกิจกรรม")
