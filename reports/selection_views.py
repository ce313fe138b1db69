"""Selecting target households of a centre, with its target in sight."""

from functools import cached_property

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, ScreenPage
from accounts.roles import Can
from config import thai
from debts.cases.candidates import candidates_of, certified_register
from debts.cases.selection import CannotSelect, select_many
from debts.forms import DayForm
from funds.models import Centre
from reports.targets.reach import Reach, reach_of, reaches

CRUMBS = [("ปรับโครงสร้างหนี้", "debts:cases")]


class ChooseCentre(ScreenPage):
    """The centres of the area with their targets, the one that lacks most first."""

    permission = Can.MERGE_DEBTS
    section = "debts:cases"
    title = "คัดเลือกครัวเรือนเป้าหมาย"
    template_name = "reports/selection_centres.html"

    def get_crumbs(self):
        return [(label, reverse(name)) for label, name in CRUMBS]

    def get_context_data(self, **context):
        year = thai.fiscal_year(timezone.localdate())
        centres = Centre.objects.for_user(self.request.user).with_place()
        return super().get_context_data(year=year, reaches=reaches(centres, year=year), **context)


class SelectHouseholds(ActPage):
    """Tick households; all of them are selected, or none."""

    permission = Can.MERGE_DEBTS
    section = "debts:cases"
    title = "คัดเลือกครัวเรือนเป้าหมาย"
    queryset = Centre.objects.with_place()
    form_class = DayForm
    submit_label = "คัดเลือกครัวเรือนเป้าหมาย"
    template_name = "reports/selection.html"
    refusals = (CannotSelect,)

    def get_title(self):
        return f"คัดเลือกครัวเรือนเป้าหมาย {self.object.short_name}"

    def get_crumbs(self):
        return [
            *((label, reverse(name)) for label, name in CRUMBS),
            (self.title, reverse("reports:selection")),
        ]

    def get_initial(self):
        return {"on": timezone.localdate()}

    @cached_property
    def candidates(self):
        today = timezone.localdate()
        return candidates_of(self.object, year=thai.fiscal_year(today), on=today)

    def act(self, form):
        ticked = set(self.request.POST.getlist("household"))
        chosen = [each.household for each in self.candidates if str(each.household.pk) in ticked]
        if not chosen:
            raise CannotSelect("เลือกครัวเรือนอย่างน้อย 1 ครัวเรือน")
        cases = select_many(households=chosen, on=form.cleaned_data["on"], by=self.request.user)
        baseline = thai.money(sum(case.baseline for case in cases))
        messages.success(
            self.request,
            f"ดำเนินการแล้ว: คัดเลือก {thai.count(len(cases))} ครัวเรือน หนี้ ณ วันคัดเลือกรวม {baseline} บาท",
        )

    def get_success_url(self):
        return f"{reverse('debts:cases')}?centre={self.object.pk}"

    def get_context_data(self, **context):
        reach: Reach = reach_of(self.object, year=thai.fiscal_year(timezone.localdate()))
        return super().get_context_data(
            candidates=self.candidates,
            ticked=self.request.POST.getlist("household"),
            reach=reach,
            register=certified_register(self.object),
            **context,
        )
