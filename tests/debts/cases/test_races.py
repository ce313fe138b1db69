"""Two officers at the same case or meeting at once, on PostgreSQL with real threads: exactly one wins."""

from debts.cases import meetings, negotiation
from debts.cases.selection import leave, select_many
from debts.models import AgendaItem, Ask, Case, Meeting
from tests.debts.test_races import at_once, pytestmark, refused
from tests.factories import SIGNED, make_ask, make_case, make_debt, make_meeting, make_officer

__all__ = ["pytestmark"]


def test_a_household_is_selected_once_by_two_lists_at_once():
    household, officer = make_debt().household, make_officer()

    results = at_once(*[lambda: select_many(households=[household], on=SIGNED, by=officer)] * 3)

    assert (len(refused(results)), Case.objects.count()) == (2, 1)


def test_a_household_leaves_once():
    case = make_case()

    results = at_once(
        *[lambda: leave(case=case, to="withdrawn", reason="ย้ายออก", on=SIGNED, by=case.opened_by)] * 3
    )

    assert (len(refused(results)), case.moves.count()) == (2, 2)


def test_an_answer_and_a_new_wording_at_once_leave_no_answer_to_the_new_wording():
    asked = make_ask()
    newer = negotiation.Wording(asked.fund, Ask.Kind.EXTEND, asked.debt, months=12)
    answer = {"answer": "accepted", "on": SIGNED, "answered_by": "นายมา ดี", "by": asked.by}

    at_once(
        lambda: negotiation.answer(known=asked, **answer),
        lambda: negotiation.change(known=asked, wording=newer, on=SIGNED, by=asked.by),
    )

    [live] = Ask.objects.live()
    assert (live.kind, live.answer) == (Ask.Kind.EXTEND, "")


def test_meetings_called_at_once_are_numbered_without_gaps():
    centre = make_meeting().centre
    officer = make_officer(area=centre.village)

    at_once(*[lambda: meetings.call(centre=centre, held_on=SIGNED, by=officer)] * 3)

    assert sorted(Meeting.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]


def test_nothing_is_decided_after_the_meeting_was_closed():
    case = make_case()
    meeting = make_meeting(case.centre, cases=[case])
    item, by = meeting.items.get(), meeting.created_by
    postpone = {"decision": AgendaItem.Decision.POSTPONED, "remark": "รอเอกสาร", "by": by}
    meetings.decide(item=item, **postpone)

    results = at_once(
        lambda: meetings.close(meeting=meeting, opening="", other="", by=by),
        lambda: meetings.decide(item=item, decision="refused", remark="เกินกำลัง", by=by),
    )

    meeting.refresh_from_db()
    item.refresh_from_db()
    assert not meeting.is_open
    assert item.decision == ("postponed" if refused(results) else "refused")
