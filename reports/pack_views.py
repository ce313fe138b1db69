"""The catalogue of reports, and one report as page, paper, spreadsheet or feed: `?as=pdf|xlsx|csv|json`."""

from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ScreenPage
from accounts.roles import Can
from accounts.sheets import file_answer, record_export
from config import thai
from reports import figures
from reports.pack import long
from reports.pack.catalogue import REPORTS
from reports.pack.files import KIND_WORDS, PAPER, Made
from reports.pack.report import Asked, Report
from reports.paper_views import paper_answer
from reports.views import InArea


class Catalogue(InArea, ScreenPage):
    """Every report that the officer may read, and what it answers; `?q=` finds one."""

    permission = Can.VIEW_REPORTS
    template_name = "reports/pack/catalogue.html"

    def get_title(self):
        return f"รายงาน {self.area.label}"

    def get_context_data(self, **context):
        typed = self.request.GET.get("q", "").strip()
        mine = [report for report in REPORTS.values() if self.request.user.can(report.permission)]
        found = [report for report in mine if report.matches(typed)]
        groups = [(name, list(reports)) for name, reports in groupby(found, attrgetter("group"))]
        return super().get_context_data(area=self.area, groups=groups, typed=typed, **context)


class OwnCatalogue(Catalogue):
    """That of the officer's own area; without one there is nothing to report on."""

    @cached_property
    def area(self):
        return self.request.user.area

    def get_title(self):
        return super().get_title() if self.area else "รายงานทั้งหมด"

    def get_crumbs(self):
        return []

    def get_context_data(self, **context):
        if self.area:
            return super().get_context_data(**context)
        return ScreenPage.get_context_data(self, **context)


class ShowReport(InArea, ScreenPage):
    """One report of an area; who may not read its rows is refused. One too long to wait for is asked for by POST, and
    a worker makes it (reports/pack/long.py)."""

    permission = Can.VIEW_REPORTS
    template_name = "reports/pack/report.html"

    @cached_property
    def report(self) -> Report:
        if self.kwargs["report_key"] not in REPORTS:
            raise Http404
        return REPORTS[self.kwargs["report_key"]]

    @cached_property
    def made(self) -> Made:
        return Made(self.report, Asked(self.area, self.year, self.on, self.request.user))

    def dispatch(self, request, *args, **kwargs):
        if request.user.can(self.permission) and not request.user.can(self.report.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        kind = request.GET.get("as", "")
        if kind not in KIND_WORDS:
            return super().get(request, *args, **kwargs)
        if long.is_long(self.made, kind):
            messages.info(request, f"รายงานนี้ยาว ระบบจัดทำ {KIND_WORDS[kind]} เบื้องหลัง กดสั่งจัดทำที่หน้านี้")
            return HttpResponseRedirect(self._here)
        return self._file(kind)

    def post(self, request, *args, **kwargs):
        kind = request.POST.get("as", "")
        if kind not in KIND_WORDS:
            return HttpResponseRedirect(self._here)
        try:
            job = long.ask(self.made, kind, by=request.user)
        except long.CannotMake as refusal:
            messages.warning(request, str(refusal))
            return HttpResponseRedirect(self._here)
        self._record(kind)
        return HttpResponseRedirect(reverse("accounts:job", args=[job.pk]))

    def get_title(self):
        return self.made.title

    def get_crumbs(self):
        return [*super().get_crumbs(), (self.area.label, self._address(self.area))]

    def get_context_data(self, **context):
        is_long = long.is_long(self.made, "page")
        return super().get_context_data(
            report=self.report,
            area=self.area,
            period=self.period,
            chosen_on=thai.short_date(self.on),
            year=self.year,
            now=timezone.now(),
            kinds=[(kind, word, long.is_long(self.made, kind)) for kind, word in KIND_WORDS.items()],
            is_long=is_long,
            row_count=self.report.rows_of(self.made.asked) if is_long else 0,
            smaller=figures.places_below(self.area) if is_long else [],
            **({} if is_long else self.made.shown),
            **context,
        )

    @property
    def _here(self) -> str:
        address = reverse("reports:report", args=[self.area.code, self.report.key])
        return f"{address}?year={self.year}&on={self.on:%d/%m}/{thai.buddhist_year(self.on)}"

    def _file(self, kind: str):
        """What is taken away is recorded; paper and feed are shown in place."""
        self._record(kind)
        if kind == "json":
            return JsonResponse(self.made.feed)
        if kind == "pdf":
            return paper_answer(PAPER, self.made.file_name, self.made.paper)
        return file_answer(self.made.file_name, kind, self.made.writer(kind))

    def _record(self, kind: str) -> None:
        record_export(self.report.title, kind, self.request, area=self.area.code)
