"""What visits asked for."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, ListPage
from accounts.roles import Can
from monitoring.filters import RecommendationFilter
from monitoring.follow_up import CannotFollowUp, follow_up
from monitoring.forms import FollowUpForm
from monitoring.models import Recommendation
from monitoring.tables import RecommendationTable
from monitoring.views.visits import LIST


class RecommendationList(ListPage):
    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "ข้อที่ต้องดำเนินการ"
    queryset = Recommendation.objects.issued().select_related("visit__centre__village")
    filter_class = RecommendationFilter
    table_class = RecommendationTable
    empty = "ไม่มีรายการค้าง ข้อที่ต้องดำเนินการจะปรากฏเมื่อส่งรายงานการติดตามแล้ว"

    def get_queryset(self):
        return super().get_queryset().late_first(on=timezone.localdate())

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]


class RecommendationFollowUp(ActPage):
    permission = Can.EDIT_VISITS
    section = "monitoring:visits"
    title = "ปรับสถานะข้อที่ต้องดำเนินการ"
    queryset = Recommendation.objects.select_related("visit__centre__village")
    template_name = "monitoring/recommendation.html"
    form_class = FollowUpForm
    submit_label = "ปรับสถานะ"
    refusals = (CannotFollowUp,)

    def get_crumbs(self):
        return [
            (LIST[0], reverse(LIST[1])),
            ("ข้อที่ต้องดำเนินการ", reverse("monitoring:recommendations")),
        ]

    def get_initial(self):
        return {"status": self.object.status}

    def act(self, form):
        follow_up(recommendation=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: ปรับสถานะข้อที่ต้องดำเนินการ")

    def get_success_url(self):
        return reverse("monitoring:recommendations")

    def get_context_data(self, **context):
        follow_ups = self.object.follow_ups.select_related("by")
        status = self.object.status_on(timezone.localdate())
        return super().get_context_data(follow_ups=follow_ups, status=status, **context)
