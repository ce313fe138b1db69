"""รวมครัวเรือนซ้ำ: two households side by side, what they would become, and the way back."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, ShowPage
from accounts.roles import Can
from debts.forms import HouseholdMergeForm, ReasonForm
from debts.household_merge import CannotMergeHouseholds, CannotUnmerge, merge, unmerge
from debts.merge_account import facts_of, outcome, values_changed
from debts.models import Debt, HouseholdMerge
from debts.views.household import address_of, crumbs_of
from households.models import Household

HOUSEHOLDS = "households"


class OfTwoHouseholds(ActPage):
    """Something about two households, named by the address: the one that is kept, and the other."""

    section = HOUSEHOLDS
    queryset = Household.objects.standing().with_place().prefetch_related("people")
    pk_url_kwarg = "kept_pk"

    def get_object(self):
        kept = super().get_object()
        self.emptied = self.get_queryset().filter(pk=self.kwargs["emptied_pk"]).first()
        if self.emptied is None or self.emptied == kept:
            raise Http404
        return kept

    def get_crumbs(self):
        return [("ครัวเรือน", reverse(HOUSEHOLDS)), ("ครัวเรือนที่อาจซ้ำ", reverse("debts:twins"))]

    def get_context_data(self, **context):
        return super().get_context_data(kept=self.object, emptied=self.emptied, **context)


class MergeHouseholds(OfTwoHouseholds):
    """Value by value, with the result below; `preview` in the form shows it anew and changes nothing."""

    permission = Can.MERGE_HOUSEHOLDS
    title = "รวมครัวเรือนซ้ำ"
    submit_label = "รวมเป็นครัวเรือนเดียว"
    template_name = "debts/household_merge.html"
    form_class = HouseholdMergeForm
    refusals = (CannotMergeHouseholds,)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kept": self.object, "emptied": self.emptied}

    def post(self, request, *args, **kwargs):
        if "preview" in request.POST:
            return self.render_to_response(self.get_context_data(is_preview=True))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **context):
        form = context.setdefault("form", self.get_form())
        facts = facts_of([self.object, self.emptied])
        return super().get_context_data(
            outcome=outcome(self.object, self.emptied, form.choices()),
            both_facts=[facts[self.object.pk], facts[self.emptied.pk]],
            **context,
        )

    def act(self, form):
        self.merge = merge(
            kept=self.object,
            emptied=self.emptied,
            choices=form.choices(),
            reason=form.cleaned_data["reason"],
            on=timezone.localdate(),
            by=self.request.user,
        )
        messages.success(self.request, f"ดำเนินการแล้ว: รวม {self.emptied} เข้ากับ {self.merge.kept}")

    def get_success_url(self):
        return address_of_merge(self.merge)


class ShowHouseholdMerge(ShowPage):
    permission = Can.VIEW_DEBTS
    section = HOUSEHOLDS
    queryset = HouseholdMerge.objects.with_names()
    template_name = "debts/householdmerge.html"

    def get_title(self):
        return "เลิกรวมครัวเรือนแล้ว" if self.object.undone_on else "รวมครัวเรือนแล้ว"

    def get_crumbs(self):
        return crumbs_of(self.object.kept)

    def get_context_data(self, **context):
        debts = Debt.objects.filter(pk__in=self.object.moved("debt", "household"))
        return super().get_context_data(
            merge=self.object,
            debts=debts.with_names().order_by("pk"),
            values=values_changed(self.object),
            may_undo=self.request.user.can(Can.MERGE_HOUSEHOLDS) and self.object.undone_on is None,
            **context,
        )


class UnmergeHouseholds(ActPage):
    permission = Can.MERGE_HOUSEHOLDS
    section = HOUSEHOLDS
    title = "เลิกรวมครัวเรือน"
    lead = "หนี้ สัญญา สมาชิก และข้อมูลที่รวมไว้จะกลับไปอยู่กับครัวเรือนเดิม การชำระที่บันทึกหลังการรวมอยู่กับหนี้ของตน"
    submit_label = "เลิกรวมครัวเรือน"
    queryset = HouseholdMerge.objects.with_names()
    form_class = ReasonForm
    refusals = (CannotUnmerge,)

    def get_crumbs(self):
        return [*crumbs_of(self.object.kept), ("รวมครัวเรือนแล้ว", address_of_merge(self.object))]

    def act(self, form):
        reason = form.cleaned_data["reason"]
        unmerge(merge=self.object, reason=reason, on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: {self.object.emptied} เป็นครัวเรือนของตนเองอีกครั้ง")

    def get_success_url(self):
        return address_of(self.object.emptied)


def address_of_merge(merge: HouseholdMerge) -> str:
    return reverse("debts:householdmerge", args=[merge.pk])
