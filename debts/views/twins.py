"""ครัวเรือนที่อาจซ้ำ: the queue of pairs, each to be merged or told apart."""

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.urls import reverse

from accounts.forms import OfficerForm
from accounts.pages import ActPage, ScreenPage
from accounts.roles import Can
from debts.forms import ReasonForm
from debts.merge_account import Facts, facts_of, in_order_of_keeping
from debts.views.household_merge import HOUSEHOLDS, OfTwoHouseholds
from households import twins
from households.likeness import Likeness
from households.models import Household, NotTwins

PAIRS_A_PAGE = 20
SHOWN_APART = 50


class Side(NamedTuple):
    household: Household
    facts: Facts


class Question(NamedTuple):
    """Whether two households are one, the side to keep first."""

    kept: Side
    emptied: Side
    likeness: Likeness


class TwinQueue(ScreenPage):
    """The pairs of the area, the likeliest first; `?village=` those of one village."""

    permission = Can.EDIT_HOUSEHOLDS
    section = HOUSEHOLDS
    title = "ครัวเรือนที่อาจซ้ำ"
    template_name = "debts/twins.html"

    def get_crumbs(self):
        return [("ครัวเรือน", reverse(HOUSEHOLDS))]

    def get_context_data(self, **context):
        pairs = twins.pairs(self.request.user)
        village = self.request.GET.get("village", "")
        chosen = [pair for pair in pairs if village in ("", pair.first.village_id)]
        page = Paginator(chosen, PAIRS_A_PAGE).get_page(self.request.GET.get("page"))
        apart = NotTwins.objects.for_user(self.request.user)
        return super().get_context_data(
            page=page,
            questions=questions(page.object_list),
            villages=sorted({pair.first.village for pair in pairs}, key=lambda place: place.sort),
            village=village,
            apart=apart.select_related("first__head", "second__head", "by")[:SHOWN_APART],
            may_merge=self.request.user.can(Can.MERGE_HOUSEHOLDS),
            **context,
        )


def questions(pairs: list[twins.Pair]) -> list[Question]:
    """The pairs with what the officer compares."""
    facts = facts_of({household for pair in pairs for household in (pair.first, pair.second)})
    return [
        Question(*(Side(household, facts[household.pk]) for household in sides), pair.likeness)
        for pair in pairs
        for sides in [in_order_of_keeping(pair.first, pair.second, facts)]
    ]


class TellApart(OfTwoHouseholds):
    permission = Can.EDIT_HOUSEHOLDS
    title = "ไม่ใช่ครัวเรือนเดียวกัน"
    submit_label = "ไม่ใช่ครัวเรือนเดียวกัน"
    template_name = "debts/twins_apart.html"
    form_class = ReasonForm
    refusals = (twins.CannotTellApart,)

    def act(self, form):
        reason = form.cleaned_data["reason"]
        twins.tell_apart(one=self.object, other=self.emptied, reason=reason, by=self.request.user)
        messages.success(
            self.request, f"ดำเนินการแล้ว: {self.object} กับ {self.emptied} ไม่ใช่ครัวเรือนเดียวกัน จะไม่ถามอีก"
        )

    def get_success_url(self):
        return reverse("debts:twins")


class AskAgain(ActPage):
    """Two that were told apart come back into the queue."""

    permission = Can.EDIT_HOUSEHOLDS
    section = HOUSEHOLDS
    title = "นำกลับมาตรวจ"
    lead = "คู่นี้จะกลับไปอยู่ในรายการครัวเรือนที่อาจซ้ำ"
    submit_label = "นำกลับมาตรวจ"
    queryset = NotTwins.objects.select_related("first__head", "second__head")
    form_class = OfficerForm

    def get_crumbs(self):
        return [("ครัวเรือน", reverse(HOUSEHOLDS)), ("ครัวเรือนที่อาจซ้ำ", reverse("debts:twins"))]

    def act(self, form):
        twins.ask_again(told=self.object, by=self.request.user)
        messages.success(self.request, "ดำเนินการแล้ว: นำคู่นี้กลับมาตรวจ")

    def get_success_url(self):
        return reverse("debts:twins")
