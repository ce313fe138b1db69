"""The pages of activities: list, page, forms, and what a centre and a household had."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, CreatePage, EditPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from funds.models import Centre
from monitoring.activity import attendance
from monitoring.activity.figures import LABELS, MONEY_LABELS, figures_of
from monitoring.activity.filters import ActivityFilter
from monitoring.activity.forms import WORDS, ActivityEditForm, ActivityForm, HouseholdsForm, ReasonForm
from monitoring.activity.money import purse_of
from monitoring.activity.tables import TAGS, ActivityTable
from monitoring.models import Activity, Recommendation

SECTION = "monitoring:visits"
LIST = ("กิจกรรมอื่น", "monitoring:activities")
NEWEST = 10


class ActivityList(ListPage):
    permission = Can.VIEW_VISITS
    section = SECTION
    title = "กิจกรรมอื่น"
    template_name = "monitoring/activity/activities.html"
    queryset = Activity.objects.with_place().with_sums().order_by("-held_on", "-pk")
    filter_class = ActivityFilter
    table_class = ActivityTable
    unit = "กิจกรรม"
    empty = "ยังไม่มีกิจกรรมในพื้นที่นี้ เริ่มจากบันทึกการฝึกอบรม กิจกรรมอาชีพ การศึกษาดูงาน หรือรางวัล"

    def get_context_data(self, **context):
        kinds = Activity.Kind.choices if self.request.user.can(Can.EDIT_ACTIVITIES) else ()
        return super().get_context_data(kinds=kinds, **context)


class ActivityNew(CreatePage):
    """Of the kind that the address names; a training without one."""

    permission = Can.EDIT_ACTIVITIES
    section = SECTION
    model = Activity
    form_class = ActivityForm

    @property
    def kind(self) -> Activity.Kind:
        asked = self.request.GET.get("kind")
        return Activity.Kind(asked) if asked in Activity.Kind.values else Activity.Kind.TRAINING

    def get_title(self):
        return f"บันทึก{self.kind.label}"

    def get_crumbs(self):
        return [(LIST[0], reverse(LIST[1]))]

    def get_initial(self):
        return {"centre": self.request.GET.get("centre", "")}

    def get_form_kwargs(self):
        instance = Activity(kind=self.kind, recorded_by=self.request.user)
        return {**super().get_form_kwargs(), "instance": instance}

    def get_success_url(self):
        return reverse("monitoring:activity", args=[self.object.pk])


class ActivityScreen:
    """What the pages of one activity share."""

    section = SECTION
    model = Activity
    queryset = Activity.objects.with_place()

    def get_crumbs(self):
        own = [] if isinstance(self, ActivityPage) else [(str(self.object), self.activity_url())]
        return [(LIST[0], reverse(LIST[1])), *own]

    def activity_url(self):
        return reverse("monitoring:activity", args=[self.object.pk])


class ActivityPage(ActivityScreen, ShowPage):
    """Households are named only to those who may see households."""

    permission = Can.VIEW_VISITS
    template_name = "monitoring/activity/activity.html"
    queryset = Activity.objects.with_place().with_sums().select_related("recorded_by", "withdrawn_by")

    def get_context_data(self, **context):
        activity, officer = self.object, self.request.user
        words = WORDS[activity.kind]
        may_name = officer.can(Can.VIEW_HOUSEHOLDS)
        taking_part = activity.taking_part.select_related("household__head", "household__village")
        return super().get_context_data(
            tag=TAGS[activity.kind],
            words=words,
            facts=[(words[name], getattr(activity, name)) for name in ("leader", "place") if name in words],
            taking_part=taking_part if may_name else (),
            purse=purse_of(activity) if activity.has_money else None,
            entries=activity.money.with_names() if may_name else (),
            may_name=may_name,
            may_edit=officer.can(Can.EDIT_ACTIVITIES) and not activity.withdrawn_at,
            **context,
        )


class ActivityEdit(ActivityScreen, EditPage):
    permission = Can.EDIT_ACTIVITIES
    title = "แก้ไขกิจกรรม"
    queryset = Activity.objects.standing().with_place()
    form_class = ActivityEditForm


class _ActivityAct(ActivityScreen, ActPage):
    """A form about one activity; when it is done the activity is shown."""

    permission = Can.EDIT_ACTIVITIES
    queryset = Activity.objects.standing().with_place()
    refusals = (attendance.CannotChange,)

    def get_success_url(self):
        return self.activity_url()


class ActivityHouseholds(_ActivityAct):
    """Ticking the households of the centre that took part."""

    title = "ครัวเรือนที่เข้าร่วม"
    template_name = "monitoring/activity/households.html"
    form_class = HouseholdsForm
    submit_label = "บันทึกครัวเรือนที่เข้าร่วม"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "activity": self.object}

    def get_initial(self):
        there = attendance.ticked(self.object)
        return {"households": there, "opened": ",".join(map(str, sorted(there)))}

    def act(self, form):
        added, removed = attendance.tick(activity=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: เพิ่ม {added} ครัวเรือน นำออก {removed} ครัวเรือน")


class ActivityWithdraw(_ActivityAct):
    title = "นำกิจกรรมออก"
    lead = "ใช้เมื่อบันทึกผิด กิจกรรมจะไม่ถูกนับในรายงาน และยังดูได้ในรายการที่นำออกแล้ว"
    form_class = ReasonForm
    submit_label = "นำกิจกรรมออก"

    def act(self, form):
        attendance.withdraw(activity=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: นำกิจกรรมออก")


class CentreActivities(ShowPage):
    """What a centre had: the centre's own page shows the part `#activity-summary` of this one."""

    permission = Can.VIEW_VISITS
    section = SECTION
    template_name = "monitoring/activity/centre.html"
    queryset = Centre.objects.with_place()

    def get_title(self):
        return f"กิจกรรมของ{self.object.short_name}"

    def get_crumbs(self):
        return [(self.object.short_name, reverse("funds:centre", args=[self.object.pk]))]

    def get_context_data(self, **context):
        centre, officer, today = self.object, self.request.user, timezone.localdate()
        year = thai.fiscal_year(today)
        found = figures_of(centre.village, year=year, on=today)
        asked = Recommendation.objects.for_user(officer).issued().open().filter(visit__centre=centre)
        return super().get_context_data(
            year=year,
            today=today,
            counts=[(label, found[name]) for name, label in LABELS.items()],
            sums=[(label, found[name]) for name, label in MONEY_LABELS.items()],
            activities=centre.activities.standing().with_sums()[:NEWEST],
            recommendations=asked.late_first(on=today)[:NEWEST],
            kinds=Activity.Kind.choices if officer.can(Can.EDIT_ACTIVITIES) else (),
            may_name=officer.can(Can.VIEW_HOUSEHOLDS),
            **context,
        )
