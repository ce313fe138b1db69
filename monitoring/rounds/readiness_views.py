"""What must be ready before a visit, and the facts a centre presents on one page."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, ShowPage
from accounts.roles import Can
from funds.committee import newest_order
from funds.models import Centre
from monitoring.centre_figures import figures_of
from monitoring.models import Visit
from monitoring.rounds.forms import PrepareForm
from monitoring.rounds.readiness import prepare, readiness
from monitoring.visits import CannotRecord


class OfVisit:
    """Pages about what comes before a visit."""

    section = "monitoring:visits"
    model = Visit
    queryset = Visit.objects.with_place()

    def get_crumbs(self):
        visit = self.object
        above = [("การติดตาม", reverse("monitoring:visits"))]
        return [*above, (str(visit), reverse("monitoring:visit", args=[visit.pk]))]


class VisitReadiness(OfVisit, ShowPage):
    permission = Can.VIEW_VISITS
    template_name = "monitoring/rounds/readiness.html"

    def get_title(self):
        return f"ความพร้อม {self.object.centre.short_name}"

    def get_context_data(self, **context):
        visit, officer = self.object, self.request.user
        items = readiness(visit, on=timezone.localdate())
        may_edit = visit.is_editable and officer.can(Can.EDIT_VISITS)
        return super().get_context_data(
            items=[(item, self._link(item, may_edit)) for item in items],
            ready=sum(item.is_ready for item in items),
            may_edit=may_edit,
            **context,
        )

    def _link(self, item, may_edit) -> str:
        """Where the item is mended, for whom that page is open."""
        if not self.request.user.can(item.permission) or (item.is_manual and not may_edit):
            return ""
        address = reverse(item.url_name, args=item.args)
        return f"{address}?{item.query}" if item.query else address


class VisitPrepare(OfVisit, ActPage):
    permission = Can.EDIT_VISITS
    title = "ผู้เข้าร่วมและการเตรียมการ"
    form_class = PrepareForm
    refusals = (CannotRecord,)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "visit": self.object}

    def act(self, form):
        prepare(visit=self.object, by=self.request.user, **form.typed)
        messages.success(self.request, "ดำเนินการแล้ว: บันทึกผู้เข้าร่วมและการเตรียมการ")

    def get_success_url(self):
        return reverse("monitoring:visit-readiness", args=[self.object.pk])

    def get_cancel_url(self):
        return self.get_success_url()


class CentreFacts(ShowPage):
    """What the committee presents: general data, structure, process, technique, model."""

    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    queryset = Centre.objects.with_place()
    template_name = "monitoring/rounds/facts.html"

    def get_title(self):
        return f"ข้อมูลประกอบการนำเสนอ {self.object.short_name}"

    def get_context_data(self, **context):
        centre = self.object
        told = Visit.objects.for_user(self.request.user).filter(centre=centre, status=Visit.Status.CERTIFIED)
        return super().get_context_data(
            figures=figures_of(centre, on=timezone.localdate()),
            funds=centre.funds.active(),
            order=newest_order(centre),
            newest=told.order_by("-planned_on").first(),
            **context,
        )
