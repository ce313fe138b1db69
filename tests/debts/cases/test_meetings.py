"""The committee's meeting: quorum, resolutions, and that the contract can be no other than what was resolved."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from debts.cases import meetings
from debts.cases.meetings import CannotMeet
from debts.consolidation import CannotConsolidate, consolidate, plan_merge
from debts.models import AgendaItem, Case
from tests.factories import (
    SIGNED,
    make_case,
    make_centre,
    make_consents,
    make_debt,
    make_fund,
    make_household,
    make_meeting,
    make_offer,
    make_officer,
    make_village,
)

pytestmark = pytest.mark.django_db
Decision = AgendaItem.Decision
OTHER = "33100504"


@pytest.fixture
def case():
    return make_case()


@pytest.fixture
def item(case):
    return make_meeting(case.centre, cases=[case]).items.get()


def plan_of(case, **terms):
    debts = list(case.household.debts.all())
    return plan_merge(household=case.household, debts=debts, offer=make_offer(debts[0].fund, **terms))


def approve(item, **terms):
    plan = plan_of(item.case, **terms)
    votes = (3, 0, 0)
    return meetings.decide(
        item=item, decision=Decision.APPROVED, plan=plan, votes=votes, by=item.meeting.created_by
    )


def sign(case, **terms):
    debts = list(case.household.debts.all())
    offer = make_offer(debts[0].fund, **terms)
    return consolidate(
        household=case.household,
        debts=debts,
        offer=offer,
        by=case.opened_by,
        key="8" * 32,
        consents=make_consents(debts),
    )


def test_meetings_are_numbered_by_centre_and_year_without_gaps():
    centre = make_centre()

    numbers = [make_meeting(centre).number for _ in range(3)]

    assert numbers == ["1/2560", "2/2560", "3/2560"]
    assert make_meeting(make_centre(make_village(OTHER))).number == "1/2560"


def test_without_a_committee_in_office_no_meeting_is_called():
    with pytest.raises(CannotMeet, match="คำสั่งแต่งตั้ง"):
        meetings.call(centre=make_centre(), held_on=SIGNED, by=make_officer())


def test_nothing_is_resolved_without_a_quorum(item):
    meeting = item.meeting
    meeting.quorum = 4
    meeting.save()

    with pytest.raises(CannotMeet, match="มาประชุม 3 คน ต้องมีอย่างน้อย 4 คน"):
        approve(item)


def test_half_of_the_members_are_a_quorum():
    centre = make_centre()

    quorums = [make_meeting(centre, members=number).quorum for number in (1, 2, 3, 5, 6)]

    assert quorums == [1, 1, 2, 3, 3]


def test_an_approval_freezes_the_terms_and_moves_the_case(item):
    decided = approve(item)

    decided.case.refresh_from_db()
    assert decided.case.stage == Case.Stage.RESOLVED
    assert decided.case.moves.last().reason == "มติที่ประชุมครั้งที่ 1/2560 วาระที่ 3.1"
    assert (decided.terms["rate_percent"], decided.terms["periods"]) == ("6", 24)
    assert decided.summary["lender"] == str(item.case.household.debts.get().fund)


@pytest.mark.parametrize(
    ("terms", "name"),
    [
        ({"rate_percent": Decimal(5)}, "ดอกเบี้ย"),
        ({"periods": 36}, "จำนวนงวด"),
        ({"principal_grace": 2}, "พักชำระเงินต้น"),
        ({"first_due_on": SIGNED + timedelta(days=60)}, "วันชำระงวดแรก"),
        ({"method": "flat"}, "วิธีคิดดอกเบี้ย"),
    ],
)
def test_a_contract_other_than_the_resolution_is_refused(item, terms, name):
    approve(item)

    with pytest.raises(CannotConsolidate, match=f"ไม่ตรงกับมติคณะกรรมการ: {name}"):
        sign(item.case, **terms)


def test_the_contract_that_was_resolved_is_signed_also_some_days_later(item):
    approve(item)
    later = SIGNED + timedelta(days=5)

    contract = sign(item.case, signed_on=later, interest_to=later)

    contract.case.refresh_from_db()
    assert contract.case.stage == Case.Stage.CONTRACTED
    assert list(contract.case.moves.values_list("new", flat=True)) == ["selected", "resolved", "contracted"]


def test_an_approval_taken_back_frees_the_terms(item):
    approve(item)
    meetings.decide(item=item, decision=Decision.POSTPONED, remark="รอเอกสาร", by=item.meeting.created_by)

    item.case.refresh_from_db()
    assert item.case.stage == Case.Stage.NEGOTIATING
    assert sign(item.case, periods=36).periods == 36


def test_approving_other_terms_in_the_same_meeting_replaces_the_first(item):
    approve(item)
    again = approve(item, periods=36)

    assert again.terms["periods"] == 36
    assert sign(item.case, periods=36).periods == 36


def test_a_decision_needs_what_it_decides_on(item):
    by = item.meeting.created_by

    with pytest.raises(CannotMeet, match="ยังไม่มีเงื่อนไข"):
        meetings.decide(item=item, decision=Decision.APPROVED, by=by)
    with pytest.raises(CannotMeet, match="เหตุผล"):
        meetings.decide(item=item, decision=Decision.REFUSED, by=by)
    with pytest.raises(CannotMeet, match="คะแนนเสียงรวม 4"):
        meetings.decide(item=item, decision=Decision.REFUSED, remark="เกินกำลัง", votes=(1, 3, 0), by=by)


def test_a_meeting_closes_when_everything_is_decided_and_then_stays(item):
    meeting, by = item.meeting, item.meeting.created_by
    with pytest.raises(CannotMeet, match="ยังไม่มีมติ 1 ครัวเรือน"):
        meetings.close(meeting=meeting, opening="", other="", by=by)
    approve(item)

    closed = meetings.close(meeting=meeting, opening="แจ้งนโยบาย", other="", by=by)

    assert (closed.closed_by, closed.opening) == (by, "แจ้งนโยบาย")
    with pytest.raises(CannotMeet, match="ปิดการประชุมแล้ว"):
        approve(item, periods=36)
    with pytest.raises(CannotMeet, match="ปิดการประชุมแล้ว"):
        meetings.put_on_agenda(meeting=closed, cases=[])


def test_the_chair_is_among_those_present(item):
    meeting = item.meeting
    [first, second, third] = meeting.present.order_by("pk")

    with pytest.raises(CannotMeet, match="ประธานในที่ประชุม"):
        meetings.attend(meeting=meeting, present=[first, second], chair=third, secretary=None)


def test_only_open_cases_of_the_centre_are_put_on_the_agenda(case):
    elsewhere = make_fund(make_centre(make_village(OTHER)))
    other = make_case(make_debt(make_household(elsewhere.centre.village), elsewhere).household)
    meeting = make_meeting(case.centre)

    items = meetings.put_on_agenda(meeting=meeting, cases=[case, other])

    assert [item.case for item in items] == [case]


def test_a_decision_after_the_contract_changes_nothing(item):
    approve(item)
    sign(item.case)

    with pytest.raises(CannotMeet, match="ทำสัญญาแล้ว"):
        meetings.decide(item=item, decision=Decision.REFUSED, remark="เปลี่ยนใจ", by=item.meeting.created_by)


def test_terms_of_a_plan_do_not_depend_on_the_day_of_signing(case):
    plan = plan_of(case)
    later = replace(plan, offer=replace(plan.offer, signed_on=SIGNED + timedelta(days=9)))

    assert meetings.terms_of(plan) == meetings.terms_of(later)
