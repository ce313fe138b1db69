"""The pages of rounds, and the year plan."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.pages import CreateBelowPage, CreatePage, EditPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from config.forms import number_in
from funds.models import Centre
from monitoring import visits
from monitoring.models import Round, Visit
from monitoring.rounds.filters import RoundFilter, YearPlanFilter
from monitoring.rounds.forms import Programme, RoundForm, RoundVisitForm
from monitoring.rounds.overlaps import overlaps
from monitoring.rounds.planning import CannotChange, add_visit, plan_round, write_programme
from monitoring.rounds.tables import RoundTable, YearPlanTable
from monitoring.rounds.year_plan import with_year, without_appointment
from monitoring.tables import TAGS

ROUNDS = ("รอบการติดตาม", "monitoring:rounds")
SHOWN_WITHOUT_APPOINTMENT = 50


class RoundList(ListPage):
    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "รอบการติดตาม"
    queryset = Round.objects.select_related("area").annotate(visit_count=Count("visits"))
    filter_class = RoundFilter
    table_class = RoundTable
    unit = "รอบ"
    empty = "ยังไม่มีรอบการติดตาม เริ่มจากวางแผนรอบ แล้วนัดหมายศูนย์ฯ ในรอบนั้น"
    action = ("วางแผนรอบการติดตาม", "monitoring:round-new", Can.EDIT_VISITS)


class YearPlan(ListPage):
    """Every centre: when it was visited this fiscal year, and which were not."""

    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "แผนการติดตามประจำปี"
    queryset = Centre.objects.with_place().order_by("village__sort", "pk")
    filter_class = YearPlanFilter
    table_class = YearPlanTable
    unit = "ศูนย์ฯ"
    empty = "ยังไม่มีศูนย์ฯ ในพื้นที่นี้"

    def get_queryset(self):
        return with_year(super().get_queryset(), thai.fiscal_year(timezone.localdate()))


class RoundScreen:
    """What the pages of one round share."""

    section = "monitoring:visits"
    model = Round
    queryset = Round.objects.select_related("area")

    def get_crumbs(self):
        above = [("การติดตาม", reverse("monitoring:visits")), (ROUNDS[0], reverse(ROUNDS[1]))]
        round = getattr(self, "object", None)
        return (
            above
            if round is None or isinstance(self, RoundPage)
            else [*above, (str(round), self.round_url())]
        )

    def round_url(self):
        return reverse("monitoring:round", args=[self.object.pk])


class OwnRound(RoundScreen):
    """Pages that change a round: only its own office."""

    def get_queryset(self):
        return self.queryset.of_office(self.request.user)


class RoundNew(RoundScreen, CreatePage):
    permission = Can.EDIT_VISITS
    title = "วางแผนรอบการติดตาม"
    form_class = RoundForm
    submit_label = "บันทึกรอบ"

    def form_valid(self, form):
        if not self.request.user.area_id:
            form.add_error(None, "ยังไม่ได้รับมอบหมายพื้นที่ จึงวางแผนรอบไม่ได้")
            return self.form_invalid(form)
        areas = form.cleaned_data["areas"]
        self.object = plan_round(round=form.instance, areas=areas, by=self.request.user)
        return HttpResponseRedirect(self.round_url())


class RoundEdit(OwnRound, EditPage):
    permission = Can.EDIT_VISITS
    title = "แก้ไขรอบการติดตาม"
    form_class = RoundForm


class RoundPage(RoundScreen, ShowPage):
    permission = Can.VIEW_VISITS
    template_name = "monitoring/rounds/round.html"

    def get_context_data(self, **context):
        officer, round = self.request.user, self.object
        own = Visit.objects.for_user(officer).with_place().with_lead().prefetch_related("team")
        shown = list(own.filter(round=round).order_by("planned_on", "starts_at", "pk"))
        left = without_appointment(round, Centre.objects.for_user(officer).with_place())
        is_own = self.queryset.of_office(officer).filter(pk=round.pk).exists()
        return super().get_context_data(
            visits=[(visit, TAGS[visit.status]) for visit in shown],
            overlaps=overlaps(self._same_days(own, shown)),
            left=left[:SHOWN_WITHOUT_APPOINTMENT],
            left_count=left.count(),
            may_edit=is_own and officer.can(Can.EDIT_VISITS),
            **context,
        )

    def _same_days(self, own, shown):
        """The visits of the round, and all others on their days."""
        return own.filter(planned_on__in={visit.planned_on for visit in shown}) if shown else []


class RoundProgramme(OwnRound, ShowPage):
    """Team and agenda, typed on one page."""

    permission = Can.EDIT_VISITS
    template_name = "monitoring/rounds/programme.html"

    def get_title(self):
        return "คณะติดตามและกำหนดการ"

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return self.show(Programme(self.object))

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        programme = Programme(self.object, request.POST)
        if not programme.is_valid():
            return self.show(programme, problem=programme.problem, status=400)
        try:
            write_programme(
                round=self.object,
                version=number_in(request.POST.get("version", "")) or 0,
                team=programme.members,
                agenda=programme.rows,
            )
        except CannotChange as refusal:
            return self.show(programme, problem=str(refusal), status=409)
        messages.success(request, "ดำเนินการแล้ว: บันทึกคณะติดตามและกำหนดการ")
        return HttpResponseRedirect(self.round_url())

    def show(self, programme, *, problem="", status=200):
        context = self.get_context_data(programme=programme, problem=problem)
        return self.render_to_response(context, status=status)


class RoundVisit(CreateBelowPage):
    """A visit of the round. A clash is told, and does not keep anybody from planning."""

    permission = Can.EDIT_VISITS
    section = "monitoring:visits"
    title = "นัดหมายศูนย์ฯ ในรอบ"
    model = Visit
    form_class = RoundVisitForm
    submit_label = "บันทึกการนัดหมาย"
    column = "round"

    @cached_property
    def parent(self):
        rounds = Round.objects.select_related("area").of_office(self.request.user)
        return get_object_or_404(rounds, pk=self.kwargs["round_pk"])

    def get_crumbs(self):
        above = [("การติดตาม", reverse("monitoring:visits")), (ROUNDS[0], reverse(ROUNDS[1]))]
        return [*above, (str(self.parent), reverse("monitoring:round", args=[self.parent.pk]))]

    def get_initial(self):
        return {"centre": self.request.GET.get("centre", "")}

    def form_valid(self, form):
        fields = {name: form.cleaned_data[name] for name in ("centre", *form.Meta.fields)}
        try:
            visit = add_visit(round=self.parent, **fields, by=self.request.user)
        except visits.CannotPlan as refusal:
            form.add_error("planned_on", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, f"ดำเนินการแล้ว: {visit}")
        self._warn(visit)
        return HttpResponseRedirect(self.get_cancel_url())

    def _warn(self, visit):
        same_day = Visit.objects.for_user(self.request.user).filter(planned_on=visit.planned_on)
        for clash in overlaps(same_day.select_related("centre__village").prefetch_related("team")):
            if visit in (clash.one, clash.other):
                messages.warning(self.request, clash.reason)
