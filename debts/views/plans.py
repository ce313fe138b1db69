"""ทางเลือกที่ 1–4: several plans side by side, kept in the draft, until one of them becomes its terms."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from config.forms import number_in
from debts import comparison, proposal
from debts.comparison import MOST_PLANS, Option
from debts.drafts import CannotSave
from debts.forms import WAIVED, MergeTermsForm, waiver_name
from debts.plan_form import MORE, SHOWN, PlanForm
from debts.views.merge import TermsOfDebts, as_typed, preview, typed_in


class OfPlans(TermsOfDebts):
    """What the pages of the plans share: a form for each plan, and what the plans come to."""

    step = 2
    form_class = MergeTermsForm

    @property
    def of_the_household(self) -> dict:
        return {"user": self.request.user, "household": self.object, **self.of_the_debts}

    def form_of(self, number: int, typed: dict) -> PlanForm:
        return self.form_for(PlanForm, typed, prefix=f"plan{number}", number=number, **self.of_the_debts)

    def forms_of(self, plans: list[dict]) -> list[PlanForm]:
        return [self.form_of(number, typed) for number, typed in enumerate(plans[:MOST_PLANS], start=1)]

    def forms_sent(self) -> list[PlanForm]:
        """One form for each column of the page that was sent."""
        typed = self.request.POST
        count = min(number_in(typed.get("plans", "")) or 1, MOST_PLANS)
        return [
            PlanForm(typed, prefix=f"plan{number}", number=number, **self.of_the_household)
            for number in range(1, count + 1)
        ]

    def compared(self, forms: list[PlanForm]) -> dict:
        survey = self.object.livelihoods.first()
        options = [self._option(number, form, survey) for number, form in enumerate(forms, start=1)]
        return {
            "options": options,
            "refused": any(option.refusal for option in options),
            "funds": comparison.all_funds(options),
            "survey": survey,
        }

    def _option(self, number: int, form: PlanForm, survey) -> Option:
        found = preview(self, form)
        if found["plan"] is None:
            return Option(number, None, found["refusal"])
        return comparison.option_of(number, found["plan"], survey)

    def first_plans(self) -> list[dict]:
        """The terms of step 2 or else the usual ones; the same for longer; and without the overdue interest."""
        usual = self.draft.answers.get("terms") or self._as_typed_in_step_2()
        return [usual, {**usual, "periods": proposal.LONGER_PERIODS}, {**usual, **self._without_interest()}]

    def _as_typed_in_step_2(self) -> dict:
        return as_typed(MergeTermsForm(initial=self.usual_terms(), **self.of_the_household))

    def _without_interest(self) -> dict:
        """The boxes that forgive all overdue interest and every penalty."""
        waived = {}
        for debt in self.kept.debts:
            interest = proposal.old_debt(debt, self.kept.interest_to).interest
            waived |= {waiver_name(debt, "interest"): interest, waiver_name(debt, "penalty"): debt.penalty}
        return {name: amount for name, amount in waived.items() if amount}


class MergePlans(OfPlans):
    """Beside step 2: up to four plans in columns, what they come to below, and the choice of one."""

    title = "เปรียบเทียบทางเลือก"
    template_name = "debts/merge_plans.html"

    def get(self, request, *args, **kwargs):
        return self._shown(self.forms_of(self._kept_plans()))

    def post(self, request, *args, **kwargs):
        sent = self.forms_sent()
        plans = [typed_in(form) for form in sent]
        if "add" in request.POST:
            return self._shown(self.forms_of([*plans, plans[-1]]))
        if removed := number_in(request.POST.get("remove", "")):
            left = [typed for number, typed in enumerate(plans, start=1) if number != removed]
            return self._shown(self.forms_of(left or plans))
        if "preview" in request.POST:
            return self._shown(sent)
        return self._kept(sent, plans)

    def _kept(self, sent: list[PlanForm], plans: list[dict]):
        """Save all plans; the chosen one, if it can become a contract, as the terms too."""
        chosen = number_in(self.request.POST.get("choose", ""))
        answers = {"plans": plans}
        if chosen and chosen <= len(sent):
            if preview(self, sent[chosen - 1])["plan"] is None:
                return self._shown(sent)
            answers["terms"] = {**self._said_in_step_2(), **plans[chosen - 1]}
        try:
            self.keep(**answers)
        except CannotSave as refusal:
            messages.warning(self.request, str(refusal))
            return self._shown(sent)
        return self._next(chosen if "terms" in answers else None)

    def _said_in_step_2(self) -> dict:
        terms = self.draft.answers.get("terms", {})
        return {name: terms[name] for name in ("relief", "reason") if name in terms}

    def _next(self, chosen: int | None):
        if chosen is None:
            messages.success(self.request, "ดำเนินการแล้ว: บันทึกทางเลือก")
            return redirect("debts:merge-plans", household_pk=self.object.pk)
        messages.success(self.request, f"ใช้ทางเลือกที่ {chosen} แล้ว ระบุความช่วยเหลือและเหตุผล แล้วไปขั้นต่อไป")
        return redirect(self.address(2))

    def _kept_plans(self) -> list[dict]:
        return self.draft.answers.get("plans") or self.first_plans()

    def _shown(self, forms: list[PlanForm]):
        return self.render_to_response(
            self.get_context_data(
                form=None,
                forms=forms,
                rows=_rows(forms, SHOWN),
                more=_rows(forms, MORE),
                waived=list(self._waived(forms)),
                may_add=len(forms) < MOST_PLANS,
                kept=self.kept,
                is_kept="plans" in self.draft.answers,
                **self.compared(forms),
            )
        )

    def _waived(self, forms: list[PlanForm]):
        """For each part that is owed of each debt: its name, the baht owed, and a box in every plan."""
        for debt in self.kept.debts:
            interest = proposal.old_debt(debt, self.kept.interest_to).interest
            owed = {"principal": debt.principal, "interest": interest, "penalty": debt.penalty}
            for part, label in WAIVED.items():
                if owed[part]:
                    boxes = [form[waiver_name(debt, part)] for form in forms]
                    yield f"ยกเว้น{label} {debt}", owed[part], boxes


def _rows(forms: list[PlanForm], names):
    """(label, a box in every plan)"""
    return [(forms[0][name].label, [form[name] for form in forms]) for name in names]


class PlansPreview(OfPlans):
    """What the plans typed so far come to, for the lower half of the table. Writes nothing."""

    http_method_names = ["post"]

    def missing_step(self):
        answer = super().missing_step()
        return answer and HttpResponseClientRedirect(answer.url)

    def post(self, request, *args, **kwargs):
        context = {"household": self.object, "is_swapped": True, **self.compared(self.forms_sent())}
        return render(request, "debts/_comparison.html", context)
