"""What is asked of a fund, and that an answer holds only for what was asked."""

from datetime import timedelta
from decimal import Decimal

import pytest

from debts.cases import negotiation
from debts.cases.negotiation import CannotAsk, FundState, Wording, agreed_waivers, board_of
from debts.cases.selection import leave
from debts.consolidation import CannotConsolidate, Waiver, consolidate, plan_merge
from debts.models import Ask, Case
from tests.factories import (
    SIGNED,
    make_ask,
    make_case,
    make_consents,
    make_debt,
    make_fund,
    make_household,
    make_offer,
)

pytestmark = pytest.mark.django_db
Kind, Answer = Ask.Kind, Ask.Answer
LATER = SIGNED + timedelta(days=7)


@pytest.fixture
def case():
    """A household that owes two funds: 20,000 with interest of 1,200, and 12,000."""
    village_fund = make_fund()
    savings = make_fund(village_fund.centre, "savings_group")
    household = make_household(village_fund.centre.village)
    make_debt(household, village_fund, interest="1200", rate_percent=Decimal(0), number="1/2558")
    make_debt(household, savings, principal="12000", rate_percent=Decimal(0), number="2/2558")
    return make_case(household)


def answered(asked, answer=Answer.ACCEPTED, note=""):
    return negotiation.answer(
        known=asked, answer=answer, on=LATER, answered_by="นายมา ดี ประธาน", note=note, by=asked.by
    )


def test_the_first_thing_asked_begins_the_talks(case):
    make_ask(case)

    case.refresh_from_db()

    assert case.stage == Case.Stage.NEGOTIATING


def test_the_board_follows_the_answers_of_every_fund(case):
    first, second = case.household.debts.order_by("pk")
    states = [[line.state for line in board_of(case).lines]]

    waive = make_ask(case, Kind.WAIVE_INTEREST, first, amount=Decimal("600.00"))
    states.append([line.state for line in board_of(case).lines])
    answered(waive)
    refused = make_ask(case, Kind.TRANSFER, second)
    answered(refused, Answer.REFUSED, "ต้องประชุมก่อน")
    states.append([line.state for line in board_of(case).lines])

    assert states == [
        [FundState.UNASKED, FundState.UNASKED],
        [FundState.WAITING, FundState.UNASKED],
        [FundState.AGREED, FundState.REFUSED],
    ]
    assert not board_of(case).is_agreed
    assert board_of(case).agreed_by_baht == Decimal("21200.00")


def test_an_edit_after_an_agreement_invalidates_it(case):
    debt = case.household.debts.order_by("pk").first()
    asked = answered(make_ask(case, Kind.WAIVE_INTEREST, debt, amount=Decimal("600.00")))
    wording = Wording(debt.fund, Kind.WAIVE_INTEREST, debt, amount=Decimal("1200.00"))

    newer = negotiation.change(known=asked, wording=wording, on=LATER, by=asked.by)

    asked.refresh_from_db()
    assert (asked.is_live, asked.answer) == (False, Answer.ACCEPTED)
    assert (newer.replaces, newer.answer, agreed_waivers(case)) == (asked, "", {})


def _reword(asked):
    wording = Wording(asked.fund, Kind.EXTEND, months=36)
    negotiation.change(known=asked, wording=wording, on=LATER, by=asked.by)


def _take_back(asked):
    negotiation.drop(known=asked, on=LATER, by=asked.by)


def _ask_more(asked):
    wording = Wording(asked.fund, Kind.EXTEND, months=36)
    negotiation.ask(case=asked.case, wording=wording, on=LATER, by=asked.by)


@pytest.mark.parametrize(
    ("edit", "why"), [(_reword, "แก้ไขข้อตกลง"), (_take_back, "ถอนข้อเสนอ"), (_ask_more, "ขอเพิ่ม")]
)
def test_an_edit_after_a_resolution_takes_the_case_back_to_the_talks(case, edit, why):
    asked = answered(make_ask(case))
    Case.objects.filter(pk=case.pk).update(stage=Case.Stage.RESOLVED)

    edit(asked)

    case.refresh_from_db()
    assert case.stage == Case.Stage.NEGOTIATING
    assert why in case.moves.last().reason


def test_a_wording_is_answered_once(case):
    asked = answered(make_ask(case))

    with pytest.raises(CannotAsk, match="บันทึกคำตอบแล้ว"):
        answered(asked, Answer.REFUSED)


def test_more_than_is_owed_is_not_asked_to_be_waived(case):
    debt = case.household.debts.order_by("pk").first()

    with pytest.raises(CannotAsk, match="1,200.00 บาท"):
        make_ask(case, Kind.WAIVE_INTEREST, debt, amount=Decimal("1200.01"))


def test_nothing_is_asked_for_a_household_that_left(case):
    leave(case=case, to=Case.Stage.WITHDRAWN, reason="ย้ายออก", on=LATER, by=case.opened_by)

    with pytest.raises(CannotAsk, match="ถอนตัว"):
        make_ask(case)


def test_a_contract_other_than_what_the_funds_agreed_needs_a_reason(case):
    debts = list(case.household.debts.order_by("pk"))
    answered(make_ask(case, Kind.WAIVE_INTEREST, debts[0], amount=Decimal("600.00")))
    answered(make_ask(case, Kind.TRANSFER, debts[1]))
    agreed = make_offer(debts[0].fund, waivers={debts[0].pk: Waiver(interest=Decimal("600.00"))})
    other = make_offer(debts[0].fund, waivers={debts[0].pk: Waiver(interest=Decimal("1200.00"))})
    signing = {"household": case.household, "debts": debts, "by": case.opened_by, "key": "9" * 32}
    signing["consents"] = make_consents(debts)

    plans = [plan_merge(household=case.household, debts=debts, offer=offer) for offer in (agreed, other)]

    assert [len(plan.to_justify) for plan in plans] == [0, 1]
    with pytest.raises(CannotConsolidate, match="ต่างจากที่กองทุนตกลง"):
        consolidate(offer=other, **signing)
    assert consolidate(offer=other, reason="กองทุนแจ้งเพิ่มทางโทรศัพท์", **signing).waived == 1200
