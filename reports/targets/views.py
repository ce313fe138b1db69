"""เป้าหมาย: all measures of an area, and the grid in which they are typed."""

from functools import cached_property

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.pages import FormPage, ScreenPage
from accounts.roles import Can
from reports import figures
from reports.models import Measure
from reports.targets.forms import GridForm
from reports.targets.grid import grid_of
from reports.targets.life import set_targets
from reports.targets.sheet import sheet
from reports.views import InArea


class AreaTargets(InArea, ScreenPage):
    """The area's targets of `?year=` beside what their parts add up to and what was reached."""

    permission = Can.VIEW_REPORTS
    template_name = "reports/targets/sheet.html"

    def get_title(self):
        return f"เป้าหมาย {self.area.label} ปีงบประมาณ พ.ศ. {self.year}"

    def get_crumbs(self):
        return [*super().get_crumbs(), (self.area.label, self._address(self.area))]

    def get_context_data(self, **context):
        return super().get_context_data(
            area=self.area,
            year=self.year,
            years=figures.years(),
            on=self.on,
            lines=sheet(self.area, year=self.year, on=self.on),
            below=figures.name_below(self.area),
            may_set_targets=self.request.user.can(Can.SET_TARGETS),
            **context,
        )


class EditTargets(InArea, FormPage):
    """A measure's numbers of the area and those just below it, for `?year=`; `?usual=1` offers the usual ones where
    nothing is typed."""

    permission = Can.SET_TARGETS
    form_class = GridForm
    template_name = "reports/targets/edit.html"
    submit_label = "บันทึกเป้าหมาย"

    def dispatch(self, request, *args, **kwargs):
        if request.user.can(self.permission):
            _ = self.grid
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def measure(self) -> Measure:
        wholes = Measure.objects.of_year(self.year).filter(whole=None)
        return get_object_or_404(wholes, code=self.kwargs["measure_code"])

    @cached_property
    def grid(self):
        return grid_of(self.area, self.measure, year=self.year)

    @property
    def _offers_usual(self) -> bool:
        return self.request.GET.get("usual") == "1"

    def get_title(self):
        return f"{self.measure.name} {self.area.label} ปีงบประมาณ พ.ศ. {self.year}"

    def get_crumbs(self):
        address = f"{reverse('reports:targets', args=[self.area.code])}?year={self.year}"
        area = (self.area.label, self._address(self.area))
        return [*super().get_crumbs(), area, (f"เป้าหมาย {self.area.label}", address)]

    def get_form_kwargs(self):
        offered = self.grid.usual() if self._offers_usual else {}
        return {**super().get_form_kwargs(), "grid": self.grid, "offered": offered}

    def get_context_data(self, **context):
        return super().get_context_data(
            area=self.area,
            year=self.year,
            measure=self.measure,
            measures=self.grid.measures,
            has_usual=bool(self.grid.usual()) and not self._offers_usual,
            offers_usual=self._offers_usual,
            **context,
        )

    def act(self, form):
        changed = set_targets(year=self.year, numbers=form.numbers, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึกเป้าหมาย {changed} ช่อง")
