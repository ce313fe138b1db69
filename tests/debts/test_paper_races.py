"""Two officers at the papers of one contract at once, on PostgreSQL with real threads."""

from decimal import Decimal

from accounts.roles import Role
from debts.models import ClauseText, PaperReturn, PaperSeal, StampDuty
from debts.papers.duty import pay_duty
from debts.papers.texts import approve, begin
from tests.debts.test_races import at_once, pytestmark, refused
from tests.factories import SIGNED, make_clause, make_contract, make_officer, make_return, make_village

__all__ = ["pytestmark"]


def test_a_text_is_approved_once():
    text = make_clause()
    heads = [make_officer(Role.PROVINCIAL_HEAD) for _ in range(3)]

    results = at_once(*[lambda by=by: approve(text=text, version=text.version, by=by) for by in heads])

    assert len(refused(results)) == 2
    assert ClauseText.objects.approved().count() == 1


def test_a_province_has_one_draft_however_many_begin():
    province, officer = make_village().above("province"), make_officer(Role.PROVINCIAL_STAFF)

    results = at_once(*[lambda: begin(kind="contract", province=province, by=officer)] * 3)

    assert refused(results) == []
    assert ClauseText.objects.drafts().count() == 1


def test_an_old_paper_given_back_by_two_has_one_fate_and_one_genuine_letter():
    merged = make_contract().merged_debts.get()

    at_once(*[lambda: make_return(merged)] * 3)

    assert PaperReturn.objects.standing().count() == 1
    assert PaperSeal.objects.filter(kind="release", replaced_on=None).count() == 1


def test_stamp_duty_written_down_by_two_is_kept_once():
    contract = make_contract()
    paid = {"amount": Decimal(18), "on": SIGNED, "note": "", "by": contract.signed_by}

    results = at_once(*[lambda: pay_duty(contract=contract, **paid)] * 3)

    assert refused(results) == []
    assert StampDuty.objects.count() == 1
