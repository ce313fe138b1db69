"""ปรับโครงสร้างหนี้: four steps from a household's debts to one contract.

What is typed is kept on the server at each step (debts.drafts); step 4 is the contract's own page.
"""

from contextlib import suppress
from datetime import date
from typing import NamedTuple
from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django_htmx.http import HttpResponseClientRedirect

from accounts.pages import ActPage
from accounts.roles import Can
from config import thai
from debts import proposal
from debts.cases.negotiation import agreed_waivers
from debts.cases.resolution import standing_resolution
from debts.consolidation import CannotConsolidate, Plan, Waiver, consolidate, plan_merge
from debts.drafts import CannotSave, as_posted, save_draft
from debts.forms import WAIVED, MergeCheckForm, MergeDebtsForm, MergeTermsForm, lenders_of, waiver_name
from debts.models import AgendaItem, Debt, MergeDraft
from debts.views.household import address_of, crumbs_of
from households.models import Household

STEPS = [
    ("debts:merge-debts", "เลือกหนี้"),
    ("debts:merge-terms", "กำหนดเงื่อนไข"),
    ("debts:merge-check", "ตรวจสอบ"),
    (None, "สัญญา"),
]


class Kept(NamedTuple):
    """What a saved step 1 says, read again: debts that are still open, and the day."""

    debts: list[Debt]
    interest_to: date


class MergeStep(ActPage):
    """What the steps share: the household, its draft, and who was faster."""

    permission = Can.MERGE_DEBTS
    section = "households"
    queryset = Household.objects.standing().with_place().select_related("village__centre")
    refusals = (CannotConsolidate, CannotSave)
    step: int

    def dispatch(self, request, *args, **kwargs):
        if request.user.can(self.permission):
            self.object = self.get_object()
            self.draft = self._draft()
            if answer := self._answer_of_a_signed_contract() or self.missing_step():
                return answer
        return super().dispatch(request, *args, **kwargs)

    def _draft(self) -> MergeDraft:
        found = MergeDraft.objects.filter(household=self.object).select_related("by").first()
        return found or MergeDraft(household=self.object)

    def _answer_of_a_signed_contract(self):
        """There is nothing left to prepare: show the contract, and say who made it."""
        contract = self.object.contracts.standing().select_related("signed_by").first()
        if contract is None:
            return None
        if str(contract.key) != self.request.POST.get("key"):
            made = thai.moment(timezone.localtime(contract.created_at))
            text = f"ครัวเรือนนี้มีสัญญาเลขที่ {contract.number} ที่มีผลใช้บังคับแล้ว ทำโดย {contract.signed_by} เมื่อ {made}"
            messages.warning(self.request, text)
        return redirect("debts:contract", contract_pk=contract.pk)

    def missing_step(self):
        """A redirect to the step that has to come first, if any."""

    def get_title(self):
        return f"ขั้นที่ {self.step} จาก 4 {self.title}"

    def get_crumbs(self):
        return crumbs_of(self.object)

    def address(self, step: int) -> str:
        return reverse(STEPS[step - 1][0], args=[self.object.pk])

    def get_context_data(self, **context):
        return super().get_context_data(
            draft=self.draft, step=self.step, steps=self._steps(), household=self.object, **context
        )

    def _steps(self):
        """(label, address of a step already done, is it this one)"""
        for number, (name, label) in enumerate(STEPS, start=1):
            yield label, self.address(number) if name and number < self.step else "", number == self.step

    def keep(self, **answers) -> None:
        """Save the step. Raises `CannotSave`; the draft shown is then the newer one."""
        try:
            version = int(self.request.POST.get("version") or 0)
            self.draft = save_draft(household=self.object, version=version, by=self.request.user, **answers)
        except CannotSave:
            self.draft = self._draft()
            raise

    def form_for(self, form_class, typed, *, prefix=None, **options):
        """The form with what was typed, as it was kept: without the prefix."""
        data = as_posted(typed, lead=f"{prefix}-" if prefix else "")
        return form_class(data, user=self.request.user, household=self.object, prefix=prefix, **options)

    def kept_debts(self) -> Kept | None:
        """Step 1 as it was saved, or nothing when a debt of it can no longer be merged."""
        form = self.form_for(MergeDebtsForm, self.draft.answers.get("debts", {}))
        if not form.is_valid():
            return None
        return Kept(list(form.cleaned_data["debts"]), form.cleaned_data["interest_to"])


def typed_in(form) -> dict:
    """What was typed, as it was typed, so that the form can be filled with it again."""
    typed = {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }
    return {name: value for name, value in typed.items() if value not in (None, False, "")}


class MergeDebts(MergeStep):
    """Step 1: which debts, with interest up to which day."""

    step = 1
    title = "เลือกหนี้ที่จะรวม"
    form_class = MergeDebtsForm
    template_name = "debts/merge_debts.html"

    def missing_step(self):
        if self.object.debts.to_merge().exists():
            return None
        messages.warning(self.request, "ครัวเรือนนี้ไม่มีหนี้ที่จะรวม")
        return redirect(address_of(self.object))

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "household": self.object}

    def get_initial(self):
        kept = self.draft.answers.get("debts")
        return kept or proposal.debts_of(self.object)

    def form_valid(self, form):
        if "preview" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def act(self, form):
        proposal.check_day(form.cleaned_data["debts"], form.cleaned_data["interest_to"])
        self.keep(debts=typed_in(form))

    def get_success_url(self):
        return self.address(2)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        form = context["form"]
        shown = form if form.is_bound else self.form_for(MergeDebtsForm, as_typed(form))
        shown.is_valid()
        chosen, day = shown.cleaned_data.get("debts", []), shown.cleaned_data.get("interest_to")
        return {**context, "choice": proposal.choice(self.object, chosen=chosen, day=day)}


class TermsOfDebts(MergeStep):
    """What needs step 1 first: the debts chosen there."""

    def missing_step(self):
        self.kept = self.kept_debts()
        if self.kept:
            return None
        if self.draft.answers:
            messages.warning(self.request, "หนี้ที่เลือกไว้เปลี่ยนแปลง เลือกหนี้อีกครั้ง")
        return redirect(self.address(1))

    @property
    def of_the_debts(self) -> dict:
        return {"debts": self.kept.debts, "interest_to": self.kept.interest_to}

    def usual_terms(self) -> dict:
        """What step 2 begins with: the usual offer, with the waivers that the funds agreed to in the talks."""
        lenders = list(lenders_of(self.object, self.request.user))
        usual = proposal.terms(lenders, self.kept.debts, today=timezone.localdate())
        return {**usual, **self._agreed()}

    def _agreed(self) -> dict:
        """The agreed waivers, by the name of their box."""
        case, agreed = self.object.cases.open().first(), {}
        waivers = agreed_waivers(case) if case else {}
        for debt in self.kept.debts:
            waiver = waivers.get(debt.pk, Waiver())
            agreed |= {waiver_name(debt, part): getattr(waiver, part) or None for part in WAIVED}
        return agreed

    def plan(self, form) -> Plan:
        return plan_merge(household=self.object, debts=self.kept.debts, offer=form.offer())


class MergeTerms(TermsOfDebts):
    """Step 2: who lends, and on which terms, with the schedule beside it."""

    step = 2
    title = "กำหนดเงื่อนไขใหม่"
    form_class = MergeTermsForm
    template_name = "debts/merge_terms.html"

    def get_form_kwargs(self):
        options = {**super().get_form_kwargs(), "household": self.object, **self.of_the_debts}
        if "use_rule" in self.request.POST:
            options["data"] = self._typed_by_rule()
        return options

    def _typed_by_rule(self):
        """What was typed, with the terms of the chosen lender's rule of today."""
        typed = self.request.POST.copy()
        chosen = [fund for fund in self._lenders() if str(fund.pk) == typed.get("lender")]
        for name, value in (proposal.rule_of(chosen[0], timezone.localdate()) if chosen else {}).items():
            typed[name] = thai.percent(value) if name == "rate_percent" else value
        return typed

    def _lenders(self):
        return list(lenders_of(self.object, self.request.user))

    def get_initial(self):
        kept = self.draft.answers.get("terms")
        return kept or self.usual_terms()

    def post(self, request, *args, **kwargs):
        if {"preview", "use_rule"} & set(request.POST):
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)

    def act(self, form):
        self.plan(form)
        self.keep(terms=typed_in(form))

    def get_success_url(self):
        return self.address(3)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        form = context["form"]
        shown = form if form.is_bound else self.form_for(MergeTermsForm, as_typed(form), **self.of_the_debts)
        context.update(**preview(self, shown), waivers=self._waivers(form), kept=self.kept)
        return context

    def _waivers(self, form):
        """For each debt the parts that are owed, each with its box."""
        for debt in self.kept.debts:
            old = proposal.old_debt(debt, self.kept.interest_to)
            owed = {"principal": debt.principal, "interest": old.interest, "penalty": debt.penalty}
            yield debt, [(form[waiver_name(debt, part)], label, owed[part]) for part, label in WAIVED.items()]


def as_typed(form) -> dict:
    """What a form that was not sent yet would send."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def preview(page: TermsOfDebts, form) -> dict:
    """The plan of the terms typed so far, or why there is none yet."""
    if not form.is_valid():
        labels = {name: f"{form[name].label}: " for name in form.fields}
        wrong = [f"{labels.get(name, '')}{errors[0]}" for name, errors in form.errors.items()]
        return {"plan": None, "refusal": " • ".join(wrong)}
    try:
        plan = page.plan(form)
    except CannotConsolidate as refusal:
        return {"plan": None, "refusal": str(refusal)}
    return {"plan": plan, "change": proposal.change_of(plan), "refusal": ""}


class MergePreview(TermsOfDebts):
    """The schedule of the terms typed so far, for the side of step 2. Writes nothing."""

    form_class = MergeTermsForm
    http_method_names = ["post"]
    step = 2

    def missing_step(self):
        answer = super().missing_step()
        return answer and HttpResponseClientRedirect(answer.url)

    def post(self, request, *args, **kwargs):
        form = MergeTermsForm(request.POST, user=request.user, household=self.object, **self.of_the_debts)
        return render(request, "debts/_preview.html", {"kept": self.kept, **preview(self, form)})


TICKS = {"agreed", "resolved", "checked", "key", "expected_amount"}


def _without_ticks(form) -> dict:
    """What was typed in step 3, but for what is confirmed anew each time."""
    return {name: value for name, value in typed_in(form).items() if name not in TICKS}


class MergeCheck(TermsOfDebts):
    """Step 3: look once more, then the contract is made."""

    step = 3
    title = "ตรวจสอบก่อนทำสัญญา"
    form_class = MergeCheckForm
    template_name = "debts/merge_check.html"

    def missing_step(self):
        if answer := super().missing_step():
            return answer
        self.terms = self.form_for(MergeTermsForm, self.draft.answers.get("terms", {}), **self.of_the_debts)
        return None if self._has_a_plan() else redirect(self.address(2))

    def _has_a_plan(self) -> bool:
        found = preview(self, self.terms)
        self.shown = found
        if found["plan"] is None and "terms" in self.draft.answers:
            messages.warning(self.request, found["refusal"])
        return found["plan"] is not None

    @cached_property
    def resolved(self) -> AgendaItem | None:
        """The resolution of a meeting that the contract follows."""
        case = self.object.cases.open().first()
        return standing_resolution(case) if case else None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "debts": self.kept.debts}

    def get_initial(self):
        resolved = {"resolved_on": self.resolved.meeting.held_on} if self.resolved else {}
        return {**super().get_initial(), **resolved, **self.draft.answers.get("check", {})}

    def post(self, request, *args, **kwargs):
        """What was typed about consents is kept until the contract is made, also when that is refused."""
        if "save" in request.POST:
            return self._keep_for_later()
        return super().post(request, *args, **kwargs)

    def _keep_for_later(self):
        form = self.get_form()
        try:
            self.keep(check=_without_ticks(form))
        except CannotSave as refusal:
            form.full_clean()
            form.add_error(None, str(refusal))
            return super().form_invalid(form)
        messages.success(self.request, "ดำเนินการแล้ว: บันทึกไว้ ยังไม่ได้ทำสัญญา")
        return redirect(self.address(3))

    def form_invalid(self, form):
        with suppress(CannotSave):
            self.keep(check=_without_ticks(form))
        return super().form_invalid(form)

    def act(self, form):
        self._refuse_an_older_draft()
        resolved_on = thai.long_date(form.cleaned_data["resolved_on"])
        self.contract = consolidate(
            household=self.object,
            debts=self.kept.debts,
            offer=self.terms.offer(),
            by=self.request.user,
            key=form.cleaned_data["key"],
            expected_amount=form.cleaned_data["expected_amount"],
            resolution=str(self.resolved or f"มติคณะกรรมการเมื่อวันที่ {resolved_on}"),
            reason=self.terms.cleaned_data["reason"],
            relief=self.terms.cleaned_data["relief"],
            consents=form.consents(),
        )
        MergeDraft.objects.filter(household=self.object).delete()
        messages.success(self.request, f"ดำเนินการแล้ว: สร้างสัญญาเลขที่ {self.contract.number}")

    def _refuse_an_older_draft(self) -> None:
        if self.request.POST.get("version") != str(self.draft.version):
            raise CannotSave(f"{self.draft.by} แก้ไขเงื่อนไขหลังจากท่านเปิดหน้านี้ ตรวจสอบข้อมูลล่าสุดอีกครั้ง")

    def get_success_url(self):
        return reverse("debts:contract", args=[self.contract.pk])

    def get_context_data(self, **context):
        return super().get_context_data(
            **self.shown,
            kept=self.kept,
            terms=self.terms.cleaned_data,
            labels=self._labels(),
            key=uuid4(),
            **context,
        )

    def _labels(self) -> dict[str, str]:
        """The choices of step 2 in words."""
        fields, typed = self.terms.fields, self.terms.cleaned_data
        one = {
            name: dict(fields[name].choices)[typed[name]]
            for name in ("method", "day_count", "months_per_period")
        }
        if typed["seasons"]:
            one["months_per_period"] = f"ทุกปี {thai.seasons_text(typed['seasons'])}"
        relief = dict(fields["relief"].choices)
        return {**one, "relief": " ".join(relief[value] for value in typed["relief"])}
