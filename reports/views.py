"""The overview of an area, and the households behind its figures."""

from functools import cached_property

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ListPage, ScreenPage
from accounts.roles import Can
from areas.models import Area, Level
from config import thai
from reports import figures
from reports.drafts import Drafts, drafts_by_place
from reports.filters import CaseFilter
from reports.forms import PeriodForm
from reports.inbox import waiting_for
from reports.tables import CaseTable
from reports.targets.sheet import households_line
from reports.trend import trend


class InArea:
    """Pages about the area of the address, found only inside the officer's own."""

    section = "reports:overview"

    @cached_property
    def area(self) -> Area:
        areas = Area.objects.for_user(self.request.user).with_parents()
        return get_object_or_404(areas, code=self.kwargs["area_code"])

    @cached_property
    def period(self) -> PeriodForm:
        """The chosen fiscal year and day; what cannot be read is said beside its box and today is used."""
        form = PeriodForm(self.request.GET, user=self.request.user)
        form.is_valid()
        return form

    @property
    def year(self) -> int:
        return self.period.cleaned_data["year"]

    @property
    def on(self):
        return self.period.cleaned_data["on"]

    def get_crumbs(self):
        own = self.request.user.area
        inside = [area for area in reversed(self.area.lineage) if area.code.startswith(own.prefix)]
        above = ([own] if own.level == Level.COUNTRY else []) + inside
        return [
            (area.label, self._address(area))
            for area in above
            if area != self.area and area.level != Level.SUBDISTRICT
        ]

    def _address(self, area: Area) -> str:
        return f"{reverse('reports:area', args=[area.code])}?year={self.year}"


class AreaOverview(InArea, ScreenPage):
    permission = Can.VIEW_REPORTS
    template_name = "reports/overview.html"

    def get_title(self):
        return f"ภาพรวม{self.area.label} ปีงบประมาณ พ.ศ. {self.year}"

    def get_context_data(self, **context):
        overview = figures.overview(self.area, year=self.year, on=self.on)
        drafts = drafts_by_place(self.area, on=self.on)
        return super().get_context_data(
            overview=overview,
            rows=[(row, drafts.get(row.area.code, Drafts())) for row in overview.rows],
            drafts=sum(drafts.values(), Drafts()),
            shows_drafts=self.period.cleaned_data["drafts"],
            trend=trend(self.area, year=self.year, on=self.on, target=overview.total.target),
            waiting=len(waiting_for(self.request.user, on=timezone.localdate()).items),
            period=self.period,
            below=figures.name_below(self.area),
            chosen_on=thai.short_date(self.on),
            definitions=[(figures.NAMES[each], text) for each, text in figures.DEFINITIONS.items()],
            now=timezone.now(),
            may_open_households=self.request.user.can(Can.VIEW_HOUSEHOLDS),
            target_notes=households_line(self.area, year=self.year).notes_of_parts,
            **context,
        )


class OwnArea(AreaOverview):
    """The start of the reports: the officer's own area."""

    @cached_property
    def area(self):
        return self.request.user.area

    def get_title(self):
        return super().get_title() if self.area else "ภาพรวม"

    def get_context_data(self, **context):
        if self.area:
            return super().get_context_data(**context)
        return ScreenPage.get_context_data(self, **context)

    def get_crumbs(self):
        return []


class AreaHouseholds(InArea, ListPage):
    """The households behind a figure: `?figure=joined|merged|reduced|cleared`."""

    permission = Can.VIEW_HOUSEHOLDS
    filter_class = CaseFilter
    table_class = CaseTable
    empty = "ไม่พบครัวเรือนตามเงื่อนไข"

    def get_title(self):
        figure = figures.NAMES.get(self.request.GET.get("figure"), figures.NAMES[figures.JOINED])
        return f"ครัวเรือนที่{figure} {self.area.label} ปีงบประมาณ พ.ศ. {self.year}"

    def get_queryset(self):
        cases = figures.results(self.area, year=self.year, on=self.on)
        return cases.select_related("household__head", "centre__village").order_by(
            "household__head__sort", "pk"
        )

    def get_crumbs(self):
        return [*super().get_crumbs(), (self.area.label, self._address(self.area))]
