"""ครัวเรือน and the people in them."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.pages import ActPage, EditPage, FormPage, ShowPage
from accounts.roles import Can
from config import thai
from config.forms import number_in
from households import disclosure, forms, registration, twins
from households.models import Household, Person

HOUSEHOLDS = "households"  # the list with the class of each, which debts knows


def _to_list() -> list[tuple[str, str]]:
    return [("ครัวเรือน", reverse(HOUSEHOLDS))]


def to_household(household) -> list[tuple[str, str]]:
    """The way to a page below a household."""
    place = reverse("households:household", kwargs={"household_pk": household.pk})
    return [*_to_list(), (str(household), place)]


class _AsksAboutTwins:
    """Tells while an officer types, and once when the form is sent, what may be there already (M16). It never
    forbids: what was told once (`told`, keys of households) is not asked again."""

    template_name = "households/form.html"

    def form_valid(self, form):
        if "check" in self.request.POST:
            return self._tell(form)
        new = self.untold(form)
        return self.ask(form, new) if new else super().form_valid(form)

    def ask_to_choose(self, form):
        if "check" in self.request.POST and form.is_valid() is not None:
            return self._tell(form)
        return super().ask_to_choose(form)

    def form_invalid(self, form):
        return self._tell(form) if "check" in self.request.POST else super().form_invalid(form)

    def ask(self, form, found):
        context = self.get_context_data(form=form, twins=found, submit_label="บันทึกต่อไป", is_asked=True)
        return self.render_to_response(context)

    def untold(self, form) -> list[twins.Twin]:
        return [twin for twin in form.twins() if twin.household.pk not in self.told]

    @property
    def told(self) -> set[int]:
        return {number_in(key) for key in self.request.POST.get("told", "").split()} - {None}

    def _tell(self, form):
        return render(self.request, "households/_twins.html", {"twins": form.twins()})


class HouseholdNew(_AsksAboutTwins, FormPage):
    permission = Can.EDIT_HOUSEHOLDS
    section = HOUSEHOLDS
    title = "เพิ่มครัวเรือน"
    submit_label = "เพิ่มครัวเรือน"
    form_class = forms.HouseholdForm

    def get_crumbs(self):
        return _to_list()

    def untold(self, form):
        return []  # asked by the registration, behind its lock

    def act(self, form):
        try:
            household = self._register(form)
        except registration.MayBeTwin as refusal:
            return self.ask(form, refusal.twins)
        messages.success(self.request, f"ดำเนินการแล้ว: เพิ่มครัวเรือน {household}")
        return HttpResponseRedirect(to_household(household)[-1][1])

    def _register(self, form) -> Household:
        typed = form.cleaned_data
        return registration.register(
            village=typed["village"],
            house_number=typed["house_number"],
            head=form.name,
            note=typed["note"],
            key=typed["key"],
            known_to_differ=self.told,
            by=self.request.user,
        )


class LeadsToKept:
    """The page of a household that was merged into another leads to that one and says so."""

    def get(self, request, *args, **kwargs):
        answer = super().get(request, *args, **kwargs)
        kept = self.object.merged_into
        if kept is None:
            return answer
        messages.warning(request, f"{self.object} รวมเข้ากับครัวเรือนนี้แล้ว")
        return redirect(request.resolver_match.view_name, household_pk=kept.pk)


class HouseholdPage(LeadsToKept, ShowPage):
    permission = Can.VIEW_HOUSEHOLDS
    section = HOUSEHOLDS
    template_name = "households/household.html"
    queryset = Household.objects.with_place()

    def get_crumbs(self):
        return _to_list()

    def get_context_data(self, **context):
        user = self.request.user
        return super().get_context_data(
            people=self.object.people.all(),
            survey=self.object.livelihoods.first(),
            other_debts=self.object.other_debts.open().select_related("borrower"),
            documents=self.object.documents.select_related("added_by"),
            may_edit_household=user.can(Can.EDIT_HOUSEHOLDS),
            may_reveal=user.can(Can.REVEAL_NATIONAL_ID),
            may_view_debts=user.can(Can.VIEW_DEBTS),
            **context,
        )


class ToHousehold:
    """A form about a household or someone in it; returns to the household."""

    section = HOUSEHOLDS

    def get_crumbs(self):
        return to_household(getattr(self.object, "household", self.object))

    def get_success_url(self):
        return self.get_crumbs()[-1][1]


class HouseholdEdit(_AsksAboutTwins, ToHousehold, EditPage):
    permission = Can.EDIT_HOUSEHOLDS
    title = "แก้ไขข้อมูลครัวเรือน"
    queryset = Household.objects.standing().with_place()
    form_class = forms.HouseholdEditForm


class PersonNew(_AsksAboutTwins, ToHousehold, ActPage):
    permission = Can.EDIT_HOUSEHOLDS
    title = "เพิ่มสมาชิกในครัวเรือน"
    submit_label = "เพิ่มสมาชิก"
    queryset = Household.objects.standing().with_place()
    form_class = forms.PersonNewForm
    refusals = (registration.CannotAdd,)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": Person(household=self.object)}

    def act(self, form):
        person = registration.add_person(form.instance, key=form.form_key)
        messages.success(self.request, f"ดำเนินการแล้ว: เพิ่มสมาชิกในครัวเรือน {person}")


class PersonEdit(_AsksAboutTwins, ToHousehold, EditPage):
    permission = Can.EDIT_HOUSEHOLDS
    title = "แก้ไขข้อมูลสมาชิก"
    queryset = Person.objects.standing().select_related("household__head")
    form_class = forms.PersonEditForm


class PersonReveal(ToHousehold, ActPage):
    """The full number is on the answer to one POST only; it is in no address and in no cache."""

    permission = Can.REVEAL_NATIONAL_ID
    title = "แสดงเลขประจำตัวประชาชน"
    submit_label = "แสดงเลขประจำตัวประชาชน"
    template_name = "households/reveal.html"
    queryset = Person.objects.exclude(sealed_id=None).select_related("household__head")
    form_class = forms.RevealForm

    def act(self, form):
        number = disclosure.reveal(
            person=self.object,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            request=self.request,
        )
        shown = thai.format_national_id(number)
        context = self.get_context_data(form=form, number=shown)
        return self.render_to_response(context, headers={"Cache-Control": "no-store, private"})
