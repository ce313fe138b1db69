"""The offer that was drafted for a household, read again as the wizard would (debts/views/merge.py)."""

from accounts.models import Officer
from debts.consolidation import CannotConsolidate, Plan, plan_merge
from debts.drafts import as_posted
from debts.forms import MergeDebtsForm, MergeTermsForm
from debts.models import MergeDraft
from households.models import Household

NO_OFFER = "ยังไม่ได้กำหนดเงื่อนไขใหม่ของครัวเรือนนี้"


def drafted_plan(household: Household, *, user: Officer) -> tuple[Plan | None, str]:
    """What the drafted offer comes to, or None and the Thai reason why there is none."""
    draft = MergeDraft.objects.filter(household=household).first()
    if draft is None or "terms" not in draft.answers:
        return None, NO_OFFER
    debts = MergeDebtsForm(as_posted(draft.answers.get("debts", {})), user=user, household=household)
    if not debts.is_valid():
        return None, "หนี้ที่เลือกไว้เปลี่ยนแปลง เลือกหนี้อีกครั้ง"
    chosen = {"debts": list(debts.cleaned_data["debts"]), "interest_to": debts.cleaned_data["interest_to"]}
    terms = MergeTermsForm(as_posted(draft.answers["terms"]), user=user, household=household, **chosen)
    if not terms.is_valid():
        return None, "เงื่อนไขที่ร่างไว้ไม่ครบ กำหนดเงื่อนไขอีกครั้ง"
    try:
        return plan_merge(household=household, debts=chosen["debts"], offer=terms.offer()), ""
    except CannotConsolidate as refusal:
        return None, str(refusal)
