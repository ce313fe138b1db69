"""รายงานผล: the board of a period, beginning a return, the deadlines of a year."""

from functools import cached_property

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from accounts.forms import OfficerForm
from accounts.pages import FormPage, ScreenPage
from accounts.roles import Can
from areas.models import Area
from config import thai
from config.forms import number_in
from reports import figures
from reports.models import Period
from reports.returns import life
from reports.returns.board import board, newest_period
from reports.returns.deadlines import periods_of, set_deadlines
from reports.returns.forms import DeadlinesForm

LIST = ("รายงานผล", "reports:returns")


class ReturnsBoard(ScreenPage):
    """The officer's own area and those below it, for `?period=`."""

    permission = Can.VIEW_REPORTS
    section = "reports:overview"
    template_name = "reports/returns/board.html"

    @cached_property
    def area(self) -> Area | None:
        return self.request.user.area

    @cached_property
    def period(self) -> Period | None:
        return newest_period(timezone.localdate(), self.request.GET.get("period", ""))

    def get_title(self):
        return f"รายงานผล {self.area.label}" if self.area else "รายงานผล"

    def get_context_data(self, **context):
        shown = self.area and self.period and self.area.level in life.REPORTING
        may_begin = shown and self.request.user.can(Can.SEND_RETURNS) and self.area == self.request.user.area
        return super().get_context_data(
            area=self.area,
            period=self.period,
            periods=Period.objects.order_by("-fiscal_year", "kind", "-number"),
            board=board(self.area, self.period, on=timezone.localdate()) if shown else None,
            may_begin=may_begin,
            may_set_deadlines=self.request.user.can(Can.SET_DEADLINES),
            below=figures.name_below(self.area) if self.area else "",
            **context,
        )


class AreaReturns(ReturnsBoard):
    """The same of an area below."""

    @cached_property
    def area(self):
        return get_object_or_404(
            Area.objects.for_user(self.request.user).with_parents(), code=self.kwargs["area_code"]
        )

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]


class BeginReturn(FormPage):
    """Begins the return of the officer's own area for a period, and opens it."""

    permission = Can.SEND_RETURNS
    section = "reports:overview"
    title = "จัดทำรายงานผล"
    form_class = OfficerForm
    submit_label = "เริ่มจัดทำรายงาน"
    refusals = (life.CannotSend,)

    @cached_property
    def area(self) -> Area:
        areas = Area.objects.for_user(self.request.user)
        return get_object_or_404(areas, code=self.kwargs["area_code"])

    @cached_property
    def period(self) -> Period | None:
        return newest_period(timezone.localdate(), self.request.GET.get("period", ""))

    def dispatch(self, request, *args, **kwargs):
        if request.user.can(self.permission):
            _ = self.area
        return super().dispatch(request, *args, **kwargs)

    @property
    def lead(self):
        return f"{self.area.label} {self.period.label}" if self.period else "ยังไม่ได้กำหนดรอบรายงาน"

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]

    def act(self, form):
        if not self.period:
            raise life.CannotSend("ยังไม่ได้กำหนดรอบรายงาน")
        sheet = life.begin(area=self.area, period=self.period, on=timezone.localdate(), by=self.request.user)
        return HttpResponseRedirect(reverse("reports:return", args=[sheet.pk]))


class SetDeadlines(FormPage):
    """By when districts and provinces send, for each month and quarter of `?year=`."""

    permission = Can.SET_DEADLINES
    section = "reports:overview"
    template_name = "reports/returns/deadlines.html"
    form_class = DeadlinesForm
    submit_label = "บันทึกกำหนดส่ง"

    @cached_property
    def year(self) -> int:
        asked = number_in(self.request.GET.get("year", "")) or 0
        return asked if 2500 <= asked <= 2700 else thai.fiscal_year(timezone.localdate())

    def get_title(self):
        return f"กำหนดส่งรายงานผล ปีงบประมาณ พ.ศ. {self.year}"

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "periods": periods_of(self.year)}

    def get_context_data(self, **context):
        return super().get_context_data(years=[self.year - 1, self.year + 1], **context)

    def act(self, form):
        changed = set_deadlines(year=self.year, deadlines=form.deadlines, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: บันทึกกำหนดส่ง {changed} รอบ")
        return HttpResponseRedirect(f"{reverse('reports:return-deadlines')}?year={self.year}")
