"""The class of a household through time, and what its timeline tells of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from debts import timeline
from debts.class_history import household_classes
from debts.classes import DebtorClass
from debts.classification import classify, decide, end_forbearance, forbear
from tests.factories import make_debt, make_fund, make_household, make_officer, make_payment

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 1)
DAY = timedelta(days=1)


def late(days, **fields):
    return make_debt(lent_on=None, due_on=TODAY - days * DAY, **fields)


def told(household, until=TODAY + 1000 * DAY) -> list[tuple[date, str]]:
    """What the timeline says about classes, the oldest first."""
    days = [(day, event.text) for day, events in timeline.days(household, until=until) for event in events]
    return [each for each in reversed(days) if "ประเภท" in each[1] or "ผ่อนผัน" in each[1]]


def test_a_change_by_the_rules_is_told_and_the_first_class_is_not():
    debt = late(29)
    for day in (TODAY, TODAY + DAY, TODAY + 2 * DAY):
        classify(centre=debt.fund.centre, on=day, by=None)

    assert told(debt.household) == [(TODAY + 2 * DAY, "ประเภทลูกหนี้เปลี่ยนจาก เฝ้าระวัง เป็น ค้างชำระ")]


def test_a_decision_by_hand_is_told_with_its_reason_and_its_officer():
    debt, officer = late(5), make_officer(first_name="สมหญิง")
    classify(centre=debt.fund.centre, on=TODAY, by=None)
    decide(debt=debt, value="B", reason="ฟ้องคดีแล้ว", until_on=None, on=TODAY + DAY, by=officer)

    [(day, [event])] = timeline.days(debt.household, until=TODAY + DAY)[:1]

    assert (day, event.text, event.by) == (TODAY + DAY, "กำหนดประเภทลูกหนี้เอง: หนี้เสีย/ติดตามพิเศษ", officer)
    assert "ฟ้องคดีแล้ว" in event.detail


def test_a_return_to_the_rules_is_told_once_with_what_it_leads_to():
    debt, officer = late(5), make_officer()
    decide(debt=debt, value="B", reason="ฟ้องคดี", until_on=None, on=TODAY, by=officer)
    decide(debt=debt, value="", reason="ถอนฟ้อง", until_on=None, on=TODAY + DAY, by=officer)

    assert told(debt.household)[1:] == [
        (TODAY + DAY, "กำหนดประเภทลูกหนี้เอง: กลับไปใช้หลักเกณฑ์"),
        (TODAY + DAY, "ประเภทลูกหนี้เปลี่ยนจาก หนี้เสีย/ติดตามพิเศษ เป็น เฝ้าระวัง"),
    ]


@pytest.mark.parametrize(
    ("ended_on", "end"),
    [
        (TODAY + 3 * DAY, (TODAY + 3 * DAY, "เลิกการผ่อนผันก่อนกำหนด")),
        (None, (TODAY + 11 * DAY, "ครบกำหนดผ่อนผัน")),
    ],
)
def test_a_forbearance_is_told_when_it_begins_and_when_it_is_over(ended_on, end):
    debt, officer = late(50), make_officer()
    words = {"resolution": "2/2567", "reason": "น้ำท่วม"}
    made = forbear(debt=debt, until_on=TODAY + 10 * DAY, on=TODAY, by=officer, **words)
    if ended_on:
        end_forbearance(forbearance=made, on=ended_on, by=officer)

    begun = (TODAY, "ผ่อนผันถึง 11 มี.ค. 2567")
    assert [each for each in told(debt.household) if "ประเภท" not in each[1]] == [begun, end]
    assert end not in told(debt.household, until=end[0] - DAY)


def test_a_household_has_the_class_of_the_worst_of_its_debts_on_each_day():
    household, fund = make_household(), make_fund()
    late(29, household=household, fund=fund)
    late(25, household=household, fund=fund)
    for days in range(8):
        classify(centre=fund.centre, on=TODAY + days * DAY, by=None)

    assert household_classes(household, until=TODAY + DAY) == [(TODAY, DebtorClass.WATCHED)]
    assert household_classes(household, until=TODAY + 8 * DAY) == [
        (TODAY + 2 * DAY, DebtorClass.OVERDUE),
        (TODAY, DebtorClass.WATCHED),
    ]


def test_a_household_that_paid_everything_has_no_class_any_more():
    debt = late(29, principal="1000", rate_percent=0)
    classify(centre=debt.fund.centre, on=TODAY, by=None)
    make_payment(debt, amount="1000", on=TODAY + DAY)
    classify(centre=debt.fund.centre, on=TODAY + DAY, by=None)

    assert household_classes(debt.household, until=TODAY + DAY) == [
        (TODAY + DAY, None),
        (TODAY, DebtorClass.WATCHED),
    ]


def test_the_list_of_debts_is_ordered_by_severity(sign_in):
    fund, today = make_fund(), timezone.localdate()
    for days in (60, 400, -5, 10):
        make_debt(fund=fund, lent_on=None, due_on=today - days * DAY)
    client = sign_in(make_officer())

    page = client.get(reverse("debts:debts"), {"sort": "-debtor_class"})

    classes = [row.record.debtor_class for row in page.context["table"].page.object_list]
    assert classes == ["B", "O", "W", "N"]
