"""What a household took part in, and model households."""

from django.contrib import messages
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, ListPage, ShowPage
from accounts.roles import Can
from households.models import Household
from monitoring.activity import exemplars
from monitoring.activity.attendance import CannotChange
from monitoring.activity.filters import ModelHouseholdFilter
from monitoring.activity.forms import EndModelForm, NameModelForm
from monitoring.activity.tables import ModelHouseholdTable
from monitoring.activity.views import SECTION
from monitoring.models import GroupMoney, ModelHousehold, TakingPart


class OfHousehold:
    """The way to a page below a household; `household` is the row's or the row itself."""

    section = SECTION

    @property
    def household(self) -> Household:
        return self.object if isinstance(self.object, Household) else self.object.household

    def get_crumbs(self):
        way = [(str(self.household), reverse("debts:household", args=[self.household.pk]))]
        return way if isinstance(self, HouseholdActivities) else [*way, ("กิจกรรม", self.get_success_url())]

    def get_success_url(self):
        return reverse("monitoring:household-activities", args=[self.household.pk])


class HouseholdActivities(OfHousehold, ShowPage):
    """The household's own page shows the part `#household-activities` of this one."""

    permission = Can.VIEW_HOUSEHOLDS
    template_name = "monitoring/activity/household.html"
    queryset = Household.objects.with_place()

    def get_title(self):
        return f"กิจกรรมของ{self.object}"

    def get_context_data(self, **context):
        household, officer = self.object, self.request.user
        of_it = Q(household=household) | Q(household__merged_into=household)
        there = TakingPart.objects.for_user(officer).standing().of_household(household)
        return super().get_context_data(
            taking_part=there.select_related("activity").order_by("-activity__held_on", "-pk"),
            entries=GroupMoney.objects.for_user(officer)
            .with_names()
            .select_related("activity")
            .filter(of_it),
            named=ModelHousehold.objects.for_user(officer).with_names().of_household(household),
            is_model=ModelHousehold.objects.of_household(household).filter(ended_on=None).exists(),
            may_edit=officer.can(Can.EDIT_ACTIVITIES) and household.merged_into_id is None,
            **context,
        )


class ModelHouseholdList(ListPage):
    permission = Can.VIEW_HOUSEHOLDS
    section = SECTION
    title = "ครัวเรือนต้นแบบ"
    queryset = ModelHousehold.objects.with_names()
    filter_class = ModelHouseholdFilter
    table_class = ModelHouseholdTable
    unit = "ครัวเรือน"
    empty = "ยังไม่มีครัวเรือนต้นแบบในพื้นที่นี้ เปิดหน้าครัวเรือน แล้วเลือก “ตั้งเป็นครัวเรือนต้นแบบ”"


class ModelHouseholdNew(OfHousehold, ActPage):
    permission = Can.EDIT_ACTIVITIES
    title = "ตั้งเป็นครัวเรือนต้นแบบ"
    queryset = Household.objects.standing().with_place()
    form_class = NameModelForm
    submit_label = "ตั้งเป็นครัวเรือนต้นแบบ"
    refusals = (CannotChange,)

    def act(self, form):
        named = exemplars.name(household=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: {named}")


class ModelHouseholdEnd(OfHousehold, ActPage):
    permission = Can.EDIT_ACTIVITIES
    title = "สิ้นสุดการเป็นครัวเรือนต้นแบบ"
    lead = "ถ้าตั้งผิด ให้สิ้นสุดในวันเดียวกับวันที่เริ่ม รายการนั้นจะไม่ถูกนับ"
    queryset = ModelHousehold.objects.with_names()
    form_class = EndModelForm
    submit_label = "บันทึกการสิ้นสุด"
    refusals = (CannotChange,)

    def get_initial(self):
        return {"ended_on": timezone.localdate()}

    def act(self, form):
        exemplars.end(named=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: {self.object} สิ้นสุดแล้ว")
