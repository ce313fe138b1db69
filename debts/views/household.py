"""A household with all its debts: the case page."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone

from accounts.as_of import AsOf
from accounts.pages import ActPage, ShowPage
from accounts.roles import Can
from config import thai
from debts import timeline
from debts.cases.selection import CannotSelect, select
from debts.class_history import household_classes
from debts.dues import burden_of, calendar_of
from debts.forms import DayForm
from debts.models import MergeDraft
from debts.progress import standing_of, state_of
from households.models import Household
from households.twins import twins_of
from households.views import LeadsToKept


def address_of(household: Household) -> str:
    return reverse("debts:household", args=[household.pk])


def crumbs_of(household: Household) -> list[tuple[str, str]]:
    """The way to a page below a household."""
    return [("ครัวเรือน", reverse("households")), (household.house, address_of(household))]


def may(user) -> dict[str, bool]:
    """What the officer may do with a household's debts, by names the templates ask for."""
    return {
        "may_edit": user.can(Can.EDIT_DEBTS),
        "may_merge": user.can(Can.MERGE_DEBTS),
        "may_cancel": user.can(Can.CANCEL_CONTRACT),
        "may_propose": user.can(Can.PROPOSE_PLANS),
    }


class ShowHousehold(LeadsToKept, AsOf, ShowPage):
    """All debts of all borrowers in all funds, as they are today or were on a day (`?on=`)."""

    permission = Can.VIEW_DEBTS
    section = "households"
    queryset = Household.objects.with_place().select_related("village__centre")
    template_name = "debts/household.html"

    def get_title(self):
        return f"{self.object.house} – {self.object.head}" if self.object.head else self.object.house

    def get_crumbs(self):
        return crumbs_of(self.object)[:1]

    def get_context_data(self, **context):
        on = self.on
        standing = standing_of(self.object, on=on)
        kind = self.request.GET.get("kind", "")
        return super().get_context_data(
            standing=standing,
            states=[(debt, state_of(debt, on=on)) for debt in standing.open],
            closed_states=[(debt, state_of(debt, on=on)) for debt in standing.closed],
            **self._livelihood(standing, on),
            class_history=household_classes(self.object, until=on),
            days=timeline.days(self.object, until=on, kind=kind),
            kind=kind,
            kinds=timeline.Kind.choices,
            draft=MergeDraft.objects.filter(household=self.object).select_related("by").first(),
            day_asked=on.isoformat(),
            centre=getattr(self.object.village, "centre", None),
            twins=twins_of(self.object) if self.request.user.can(Can.EDIT_HOUSEHOLDS) else [],
            merges=self.object.merges.standing().with_names(),
            may_merge_households=self.request.user.can(Can.MERGE_HOUSEHOLDS),
            **may(self.request.user),
            **context,
        )

    def _livelihood(self, standing, on) -> dict:
        """What the household lives on, and all it owes within and outside the member funds."""
        told = self.object.other_debts.open().filter(as_of_on__lte=on)
        survey = self.object.livelihoods.filter(surveyed_on__lte=on).first()
        return {
            "calendar": calendar_of(self.object, standing),
            "survey": survey,
            "burden": burden_of(standing.outstanding, told, survey),
            "other_debts": told.select_related("borrower"),
            "documents": self.object.documents.select_related("added_by"),
            "people": self.object.people.all(),
            "may_edit_household": self.request.user.can(Can.EDIT_HOUSEHOLDS),
            "may_reveal": self.request.user.can(Can.REVEAL_NATIONAL_ID),
        }


class SelectHousehold(ActPage):
    permission = Can.MERGE_DEBTS
    section = "households"
    title = "คัดเลือกเป็นครัวเรือนเป้าหมาย"
    lead = "หนี้ในกองทุนสมาชิก ณ วันคัดเลือก เป็นยอดตั้งต้นที่ใช้นับว่าลดหนี้ได้หรือปลดหนี้ได้"
    submit_label = "คัดเลือกเป็นครัวเรือนเป้าหมาย"
    queryset = Household.objects.standing().with_place()
    form_class = DayForm
    refusals = (CannotSelect,)

    def get_crumbs(self):
        return crumbs_of(self.object)

    def get_initial(self):
        return {"on": timezone.localdate()}

    def act(self, form):
        case = select(household=self.object, on=form.cleaned_data["on"], by=self.request.user)
        messages.success(
            self.request,
            f"ดำเนินการแล้ว: คัดเลือกเป็นครัวเรือนเป้าหมาย หนี้ ณ วันคัดเลือก {thai.money(case.baseline)} บาท",
        )

    def get_success_url(self):
        return address_of(self.object)
