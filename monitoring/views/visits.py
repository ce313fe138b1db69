"""Visits: planned, recorded, sent, returned and certified."""

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone

from accounts.forms import OfficerForm
from accounts.pages import ActPage, CreatePage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from config.forms import number_in
from monitoring import messages as messages_of_devices
from monitoring import visits
from monitoring.centre_figures import of_visit
from monitoring.filters import VisitFilter
from monitoring.forms import DecisionForm, ReturnForm, Sheet, VisitPlanForm, key_in
from monitoring.models import Recommendation, Visit
from monitoring.summary import offered_summary
from monitoring.tables import TAGS, VisitTable
from monitoring.visit_report import gather, sections_of

LIST = ("การติดตาม", "monitoring:visits")


class VisitList(ListPage):
    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "การติดตาม"
    template_name = "monitoring/visits.html"
    queryset = (
        Visit.objects.with_place().with_lead().with_open_recommendations().order_by("-planned_on", "-pk")
    )
    filter_class = VisitFilter
    table_class = VisitTable
    empty = "ยังไม่มีการติดตามในพื้นที่นี้ เริ่มจากนัดหมายการติดตามศูนย์ฯ"
    unit = "ครั้ง"
    action = ("นัดหมายการติดตาม", "monitoring:visit-new", Can.EDIT_VISITS)


class VisitPlan(CreatePage):
    permission = Can.EDIT_VISITS
    section = "monitoring:visits"
    title = "นัดหมายการติดตาม"
    model = Visit
    form_class = VisitPlanForm
    submit_label = "บันทึกการนัดหมาย"

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]

    def get_initial(self):
        return {"centre": self.request.GET.get("centre", "")}

    def form_valid(self, form):
        fields = {name: form.cleaned_data[name] for name in ("centre", "template", *form.Meta.fields)}
        try:
            visit = visits.plan(**fields, team=[form.lead], by=self.request.user)
        except visits.CannotPlan as refusal:
            form.add_error("planned_on", str(refusal))
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("monitoring:visit", args=[visit.pk]))


class VisitScreen:
    """What the pages of one visit share."""

    section = "monitoring:visits"
    model = Visit
    queryset = Visit.objects.with_place()

    def get_crumbs(self):
        own = [] if isinstance(self, VisitPage) else [(str(self.object), self.visit_url())]
        return [(LIST[0], reverse(LIST[1])), *own]

    def visit_url(self):
        return reverse("monitoring:visit", args=[self.object.pk])

    def to_visit(self, sentence):
        messages.success(self.request, f"ดำเนินการแล้ว: {sentence}")
        return HttpResponseRedirect(self.visit_url())


class VisitPage(VisitScreen, ShowPage):
    permission = Can.VIEW_VISITS
    template_name = "monitoring/visit.html"

    def get_context_data(self, **context):
        visit, officer = self.object, self.request.user
        may_decide = visit.status == Visit.Status.SENT and officer.can(Can.CERTIFY_VISITS)
        own = visits.is_own_work(visit, officer)
        return super().get_context_data(
            report=gather(visit, on=timezone.localdate()),
            tag=TAGS[visit.status],
            may_edit=visit.is_editable and officer.can(Can.EDIT_VISITS),
            may_send=visit.status in visits.SENDABLE and officer.can(Can.EDIT_VISITS),
            may_decide=may_decide and not own,
            own_work=may_decide and own,
            **context,
        )


class VisitRecord(VisitScreen, ShowPage):
    """The recording page: saved by its button, and in the background while the officer types."""

    permission = Can.EDIT_VISITS
    template_name = "monitoring/record.html"

    def get_title(self):
        return f"บันทึกการติดตาม {self.object.centre.short_name}"

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not self.object.is_editable:
            messages.info(request, f"แก้ไขไม่ได้ การติดตามนี้อยู่ในสถานะ{self.object.get_status_display()}")
            return HttpResponseRedirect(self.visit_url())
        return self.show(Sheet(self.object, user=request.user))

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        sheet = Sheet(self.object, user=request.user, typed=request.POST)
        if not sheet.is_valid():
            return self.refuse(sheet, f"มีข้อมูลที่ต้องแก้ไข {len(sheet.errors)} จุด", 400)
        try:
            return self.saved(self.once(lambda: self.write(sheet)))
        except visits.VisitChanged as refusal:
            return self.refuse(sheet, str(refusal), 409, changed=True)
        except visits.CannotRecord as refusal:
            return self.refuse(sheet, str(refusal), 409)

    def once(self, write) -> dict:
        """What `write` answers; a device that sends its message again hears the first answer."""
        key = key_in(self.request.POST)
        if key is None:
            return write()
        return messages_of_devices.once(key=key, visit=self.object, by=self.request.user, do=write)

    def write(self, sheet) -> dict:
        visit = visits.record(
            visit=self.object,
            version=self.typed_version(),
            draft=self.draft(sheet),
            on=timezone.localdate(),
            by=self.request.user,
        )
        at = thai.clock(timezone.localtime(visit.changed_at))
        return {"version": visit.version, "state": f"บันทึกร่างแล้ว {at}", "next": self.next_url()}

    def draft(self, sheet):
        """What was typed; the offered summary is put before the typed one when its button was pressed."""
        draft = sheet.draft()
        if self.request.POST.get("next") == "offered":
            figures = of_visit(self.object, on=timezone.localdate())
            offered = offered_summary(self.object, figures)
            draft.fields["summary"] = f"{offered}\n{draft.fields['summary']}".strip()
        return draft

    def typed_version(self) -> int:
        return number_in(self.request.POST.get("version", "")) or 0

    @property
    def in_background(self) -> bool:
        return self.request.get_preferred_type(["text/html", "application/json"]) == "application/json"

    def saved(self, answer):
        if self.in_background:
            return JsonResponse(answer)
        messages.success(self.request, answer["state"])
        return HttpResponseRedirect(answer["next"])

    def next_url(self) -> str:
        """Where the pressed button leads."""
        name = {"photos": "visit-photos", "send": "visit-send"}.get(
            self.request.POST.get("next"), "visit-edit"
        )
        return reverse(f"monitoring:{name}", args=[self.object.pk])

    def refuse(self, sheet, message, status, *, changed=False):
        if self.in_background:
            said = [" ".join(filter(None, error[1:])) for error in sheet.errors]
            state = " • ".join([f"ยังไม่ได้บันทึก {message}", *said[:3]])
            return JsonResponse({"state": state, "changed": changed}, status=status)
        return self.show(sheet, refusal=message, changed=changed, status=status)

    def show(self, sheet, *, status=200, **context):
        visit = self.object
        figures = of_visit(visit, on=timezone.localdate())
        earlier = Recommendation.objects.for_user(self.request.user).issued().open().exclude(visit=visit)
        sections = sections_of(part.answer for part in sheet.answers)
        context = self.get_context_data(
            sheet=sheet,
            figures=figures,
            sections=[(each, [a for a in sheet.answers if a.answer in each.answers]) for each in sections],
            earlier=earlier.filter(visit__centre=visit.centre).late_first(on=timezone.localdate()),
            photos=visit.photos.with_issue(),
            offered=offered_summary(visit, figures),
            **context,
        )
        return self.render_to_response(context, status=status)


class VisitSend(VisitScreen, ActPage):
    permission = Can.EDIT_VISITS
    title = "ส่งรายงานการติดตาม"
    template_name = "monitoring/send.html"
    form_class = OfficerForm
    submit_label = "ส่งรายงาน"
    refusals = (visits.CannotSend,)

    def act(self, form):
        visits.send(visit=self.object, on=timezone.localdate(), by=self.request.user)

    def form_valid(self, form):
        response = super().form_valid(form)
        return response if form.errors else self.to_visit("ส่งรายงานการติดตามให้รับรอง")

    def get_success_url(self):
        return self.visit_url()

    def get_context_data(self, **context):
        return super().get_context_data(gaps=visits.gaps(self.object, on=timezone.localdate()), **context)


class _Decision(VisitScreen, ActPage):
    """A page on which somebody else than the makers decides on a report."""

    permission = Can.CERTIFY_VISITS
    template_name = "monitoring/decision.html"
    refusals = (visits.CannotDecide,)
    done = ""

    def get_initial(self):
        return {"version": self.object.version}

    def form_valid(self, form):
        response = super().form_valid(form)
        return response if form.errors else self.to_visit(self.done)

    def get_success_url(self):
        return self.visit_url()

    def get_context_data(self, **context):
        return super().get_context_data(report=gather(self.object, on=timezone.localdate()), **context)


class VisitReturn(_Decision):
    title = "ส่งคืนแก้ไข"
    form_class = ReturnForm
    submit_label = "ส่งคืนแก้ไข"
    done = "ส่งคืนรายงานให้แก้ไข"

    def act(self, form):
        visits.return_for_correction(visit=self.object, by=self.request.user, **form.cleaned_data)


class VisitCertify(_Decision):
    title = "รับรองรายงานการติดตาม"
    form_class = DecisionForm
    submit_label = "รับรองรายงาน"
    lead = "เมื่อรับรองแล้ว รายงานจะแก้ไขไม่ได้ และข้อมูลของศูนย์ฯ ในรายงานจะคงไว้ตามนี้"
    done = "รับรองรายงานการติดตาม"

    def act(self, form):
        visits.certify(visit=self.object, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
