"""The catalogue of reports, and one report as page, paper, spreadsheet or feed: `?as=pdf|xlsx|csv|json`."""

from functools import cached_property
from tempfile import TemporaryFile

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, JsonResponse
from django.utils import timezone

from accounts.audit import record
from accounts.pages import ScreenPage
from accounts.roles import Can
from accounts.sheets import KINDS, write_rows
from config import thai
from reports.pack.catalogue import REPORTS
from reports.pack.feed import feed
from reports.pack.report import Report, Table, shown
from reports.paper_views import paper_answer
from reports.views import InArea


class Catalogue(InArea, ScreenPage):
    """Every report that the officer may read, and what it answers."""

    permission = Can.VIEW_REPORTS
    template_name = "reports/pack/catalogue.html"

    def get_title(self):
        return f"รายงาน {self.area.label}"

    def get_context_data(self, **context):
        mine = [report for report in REPORTS.values() if self.request.user.can(report.permission)]
        return super().get_context_data(area=self.area, reports=mine, **context)


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
    """One report of an area; who may not read its rows is refused."""

    permission = Can.VIEW_REPORTS
    template_name = "reports/pack/report.html"

    @cached_property
    def report(self) -> Report:
        if self.kwargs["report_key"] not in REPORTS:
            raise Http404
        return REPORTS[self.kwargs["report_key"]]

    @cached_property
    def table(self) -> Table:
        return self.report.build(self.area, self.year, self.on)

    @property
    def lines(self) -> list[str]:
        """What stands above the table: what, where, of when."""
        period = f"ปีงบประมาณ พ.ศ. {self.year} ข้อมูล ณ วันที่ {thai.short_date(self.on)}"
        return [self.report.title, f"{self.area.full_name or self.area.label}", period]

    def get(self, request, *args, **kwargs):
        if not request.user.can(self.report.permission):
            raise PermissionDenied
        wanted = request.GET.get("as", "")
        if wanted == "json":
            return JsonResponse(feed(self.report, self.table, area=self.area, year=self.year, on=self.on))
        if wanted == "pdf":
            return self._paper()
        return self._sheet(wanted) if wanted in KINDS else super().get(request, *args, **kwargs)

    def get_title(self):
        return f"{self.report.title} {self.area.label}"

    def get_crumbs(self):
        return [*super().get_crumbs(), (self.area.label, self._address(self.area))]

    def get_context_data(self, **context):
        return super().get_context_data(
            report=self.report,
            area=self.area,
            period=self.period,
            chosen_on=thai.short_date(self.on),
            year=self.year,
            now=timezone.now(),
            **self._shown(),
            **context,
        )

    def _shown(self) -> dict[str, object]:
        table = self.table
        kinds = [column.kind for column in table.columns]
        return {
            "table": table,
            "rows": [list(zip(table.columns, map(shown, row, kinds), strict=True)) for row in table.rows],
            "total": list(zip(table.columns, map(shown, table.total, kinds), strict=True)),
        }

    @property
    def _file_name(self) -> str:
        return f"{self.report.title} {self.area.label} {self.year} {thai.short_date(self.on)}"

    def _paper(self):
        context = {"lines": self.lines, "foot": " • ".join(self.lines), **self._shown()}
        return paper_answer("papers/report.html", self._file_name, context)

    def _sheet(self, kind: str):
        record(
            by=self.request.user,
            action="export",
            target=self.report.title,
            detail={"kind": kind, "area": self.area.code},
            request=self.request,
        )
        file = TemporaryFile()  # noqa: SIM115 - the response closes it
        heads = [column.label for column in self.table.columns]
        write_rows(self.lines, [heads, *self.table.rows, self.table.total], kind, file)
        file.seek(0)
        name = f"{self._file_name}.{kind}"
        return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[kind])
