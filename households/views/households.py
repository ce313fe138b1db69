"""ครัวเรือน and the people in them."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from accounts.pages import ActPage, EditPage, FormPage, ListPage, ShowPage
from accounts.roles import Can
from config import thai
from households import disclosure, forms, registration, search
from households.filters import HouseholdFilter
from households.models import Household, Person
from households.tables import HouseholdTable

HOUSEHOLDS = "households:households"


def _to_list() -> list[tuple[str, str]]:
    return [("ครัวเรือน", reverse(HOUSEHOLDS))]


def to_household(household) -> list[tuple[str, str]]:
    """The way to a page below a household."""
    place = reverse("households:household", kwargs={"household_pk": household.pk})
    return [*_to_list(), (str(household), place)]


class HouseholdList(ListPage):
    permission = Can.VIEW_HOUSEHOLDS
    section = HOUSEHOLDS
    title = "ครัวเรือน"
    queryset = Household.objects.with_place().with_people().order_by("head__sort", "pk")
    filter_class = HouseholdFilter
    table_class = HouseholdTable
    action = ("เพิ่มครัวเรือน", "households:household-new", Can.EDIT_HOUSEHOLDS)
    unit = "ครัวเรือน"
    empty = "ยังไม่มีครัวเรือน ครัวเรือนจะถูกสร้างเองเมื่อบันทึกทะเบียนลูกหนี้"

    def get(self, request, *args, **kwargs):
        if search.holds_national_id(request.GET.get("q", "")):
            messages.error(request, "ไม่ค้นด้วยเลขประจำตัวประชาชนเต็ม ใช้ 4 ตัวท้าย ชื่อ หรือบ้านเลขที่")
            return HttpResponseRedirect(request.path)
        return super().get(request, *args, **kwargs)


class HouseholdNew(FormPage):
    permission = Can.EDIT_HOUSEHOLDS
    section = HOUSEHOLDS
    title = "เพิ่มครัวเรือน"
    submit_label = "เพิ่มครัวเรือน"
    template_name = "households/household_new.html"
    form_class = forms.HouseholdForm

    def get_crumbs(self):
        return _to_list()

    def act(self, form):
        try:
            household = self._register(form)
        except registration.MayBeTwin as refusal:
            form.ask_whether_new(refusal)
            return self.render_to_response(self.get_context_data(form=form, twin=refusal.household))
        messages.success(self.request, f"ดำเนินการแล้ว: เพิ่มครัวเรือน {household}")
        return HttpResponseRedirect(to_household(household)[-1][1])

    def _register(self, form) -> Household:
        typed = form.cleaned_data
        return registration.register(
            village=typed["village"],
            house_number=typed["house_number"],
            head=form.head,
            note=typed["note"],
            key=typed["key"],
            known_to_differ=typed["anyway"],
            by=self.request.user,
        )


class HouseholdPage(ShowPage):
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


class HouseholdEdit(ToHousehold, EditPage):
    permission = Can.EDIT_HOUSEHOLDS
    title = "แก้ไขข้อมูลครัวเรือน"
    queryset = Household.objects.with_place()
    form_class = forms.HouseholdEditForm


class PersonNew(ToHousehold, ActPage):
    permission = Can.EDIT_HOUSEHOLDS
    title = "เพิ่มสมาชิกในครัวเรือน"
    submit_label = "เพิ่มสมาชิก"
    queryset = Household.objects.with_place()
    form_class = forms.PersonNewForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": Person(household=self.object)}

    def act(self, form):
        person = registration.add_person(form.instance, key=form.form_key)
        messages.success(self.request, f"ดำเนินการแล้ว: เพิ่มสมาชิกในครัวเรือน {person}")


class PersonEdit(ToHousehold, EditPage):
    permission = Can.EDIT_HOUSEHOLDS
    title = "แก้ไขข้อมูลสมาชิก"
    queryset = Person.objects.select_related("household__head")
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
