"""What visits asked for: the list, one of them, reporting on it, and deciding on its proof."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, FilePage, ListPage, ShowPage
from accounts.roles import Can
from config.pictures import CannotAttach
from monitoring import follow_up
from monitoring.filters import RecommendationFilter
from monitoring.forms import FollowUpForm, ReturnProofForm, VerifyForm
from monitoring.models import FollowUp, Recommendation
from monitoring.tables import RECOMMENDATION_TAGS, RecommendationTable
from monitoring.views.visits import LIST

Status = Recommendation.Status
RECOMMENDATIONS = ("ข้อที่ต้องดำเนินการ", "monitoring:recommendations")


class RecommendationList(ListPage):
    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "ข้อที่ต้องดำเนินการ"
    queryset = Recommendation.objects.issued().select_related("visit__centre__village__parent__parent")
    filter_class = RecommendationFilter
    table_class = RecommendationTable
    empty = "ไม่มีรายการค้าง ข้อที่ต้องดำเนินการจะปรากฏเมื่อส่งรายงานการติดตามแล้ว"

    def get_queryset(self):
        return super().get_queryset().late_first(on=timezone.localdate())

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]


class RecommendationScreen:
    """What the pages of one recommendation share."""

    section = "monitoring:visits"
    queryset = Recommendation.objects.select_related("visit__centre__village")

    def get_crumbs(self):
        own = [] if isinstance(self, RecommendationPage) else [(str(self.object), self.get_success_url())]
        return [(LIST[0], reverse(LIST[1])), (RECOMMENDATIONS[0], reverse(RECOMMENDATIONS[1])), *own]

    def get_success_url(self):
        return reverse("monitoring:recommendation", args=[self.object.pk])


class RecommendationPage(RecommendationScreen, ShowPage):
    permission = Can.VIEW_VISITS
    template_name = "monitoring/recommendation.html"

    def get_context_data(self, **context):
        asked, officer = self.object, self.request.user
        may_decide = officer.can(Can.CERTIFY_VISITS) and follow_up.may_move(asked, Status.RETURNED)
        own = follow_up.is_own_work(asked, officer)
        return super().get_context_data(
            follow_ups=asked.follow_ups.select_related("by"),
            tag=RECOMMENDATION_TAGS[asked.status],
            is_late=asked.status_on(timezone.localdate()) != asked.get_status_display(),
            may_report=officer.can(Can.EDIT_VISITS) and follow_up.may_move(asked, Status.UNDER_WAY),
            may_verify=may_decide and not own and follow_up.may_move(asked, Status.DONE),
            may_return=may_decide and not own,
            own_work=may_decide and own and asked.status == Status.CLAIMED,
            **context,
        )


class _RecommendationAct(RecommendationScreen, ActPage):
    template_name = "monitoring/recommendation_act.html"
    refusals = (follow_up.CannotFollowUp, CannotAttach)

    def get_initial(self):
        return {"version": follow_up.newest(self.object)}

    def get_context_data(self, **context):
        reports: QuerySet = self.object.follow_ups.select_related("by")
        return super().get_context_data(recommendation=self.object, newest=reports.first(), **context)


class RecommendationReport(_RecommendationAct):
    permission = Can.EDIT_VISITS
    title = "ปรับสถานะข้อที่ต้องดำเนินการ"
    form_class = FollowUpForm
    submit_label = "ปรับสถานะ"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "onward": follow_up.MOVES[self.object.status]}

    def act(self, form):
        follow_up.follow_up(recommendation=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: ปรับสถานะข้อที่ต้องดำเนินการ")


class RecommendationVerify(_RecommendationAct):
    permission = Can.CERTIFY_VISITS
    title = "ตรวจรับหลักฐาน"
    form_class = VerifyForm
    submit_label = "ตรวจรับว่าแล้วเสร็จ"

    def act(self, form):
        follow_up.verify(recommendation=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: ตรวจรับหลักฐาน")


class RecommendationReturn(_RecommendationAct):
    permission = Can.CERTIFY_VISITS
    title = "ส่งคืนหลักฐาน"
    form_class = ReturnProofForm
    submit_label = "ส่งคืน"

    def act(self, form):
        follow_up.send_back(recommendation=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: ส่งคืนหลักฐาน")


class ProofFile(FilePage):
    """The proof itself, always as a download, so that nothing in it is run."""

    permission = Can.VIEW_VISITS
    model = FollowUp
    as_attachment = True

    def get_file(self):
        if not self.object.proof:
            raise Http404
        return self.object.proof

    def get_content_type(self):
        return "application/pdf" if self.object.is_pdf else "image/jpeg"

    def get_file_name(self):
        return f"proof-{self.object.pk}.{'pdf' if self.object.is_pdf else 'jpg'}"
