"""Cases and meetings as officers walk them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from config import thai
from debts.models import Ask, Case, Contract, Meeting
from funds.models import Fund
from tests.debts.test_wizard import Officer
from tests.factories import (
    SIGNED,
    make_ask,
    make_case,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_meeting,
    make_officer,
    make_payment,
)
from tests.reading import one_line, page_count, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def debts():
    village_fund = make_fund()
    savings = make_fund(village_fund.centre, Fund.Kind.SAVINGS_GROUP, rate="12")
    household = make_household(village_fund.centre.village)
    return [
        make_debt(household, village_fund, principal="30000", rate_percent=Decimal(0), number="11/2558"),
        make_debt(
            household, savings, principal="17000", interest="500", rate_percent=Decimal(0), number="12/2558"
        ),
    ]


@pytest.fixture
def case(debts):
    return make_case(debts[0].household)


@pytest.fixture
def officer(case):
    return Officer(case.household)


def page_of(officer, name, *args, **query):
    return officer.client.get(reverse(name, args=args), query).content.decode()


def test_a_tab_for_each_stage_counts_its_cases_and_opens_them(sign_in, django_assert_num_queries):
    fund = make_fund()
    selected = make_case(make_debt(make_household(fund.centre.village), fund).household)
    contract = make_contract([make_debt(make_household(fund.centre.village), fund, rate_percent=Decimal(0))])
    make_payment(contract.debt, amount="2000", on=date(2017, 7, 15))
    client = sign_in(make_officer())

    page = client.get(reverse("debts:cases"))
    reduced = client.get(reverse("debts:cases"), {"outcome": "reduced"})

    counts = {label: number for label, _, number, _ in page.context["tabs"]}
    assert counts == {"ทั้งหมด": 2, "ครัวเรือนเป้าหมาย": 1, "ทำสัญญาแล้ว": 1, "ลดหนี้ได้": 1, "ปลดหนี้ได้": 0}
    assert list(reduced.context["object_list"]) == [contract.case]
    assert f"{selected.household.house_number} ม." in page.content.decode()


def test_the_number_of_queries_of_the_list_does_not_grow(sign_in, django_assert_max_num_queries):
    fund = make_fund()
    client = sign_in(make_officer())

    def queries():
        with django_assert_max_num_queries(100) as captured:
            client.get(reverse("debts:cases"))
        return len(captured)

    make_case(make_debt(make_household(fund.centre.village), fund).household)
    few = queries()
    for _ in range(5):
        make_case(make_debt(make_household(fund.centre.village), fund).household)

    assert queries() == few


def test_the_case_page_says_how_far_the_household_has_come(officer, case):
    page = officer.client.get(reverse("debts:case", args=[case.pk]))

    steps = {step.label: step.is_done for step in page.context["steps"]}
    assert [label for label, is_done in steps.items() if is_done] == ["สำรวจแล้ว", "จัดประเภทแล้ว", "คัดเลือก"]
    assert "47,500.00" in page.content.decode()


def test_a_fund_is_asked_and_its_answer_written_down(officer, case, debts):
    typed = {
        "target": f"debt-{debts[1].pk}",
        "kind": "waive_interest",
        "amount": "๒๕๐",
        "on": "20/6/2560",
    }
    officer.client.post(reverse("debts:ask-new", args=[case.pk]), typed)
    asked = Ask.objects.get()
    answer = {"answer": "accepted", "on": "25/6/2560", "answered_by": "นายมา ดี ประธานกลุ่ม"}
    officer.client.post(reverse("debts:ask-answer", args=[asked.pk]), answer)

    page = page_of(officer, "debts:case", case.pk)
    assert "ยกเว้นดอกเบี้ยค้าง 250.00 บาท" in page
    assert "ตกลงแล้ว 17,500.00 จาก 47,500.00 บาท" in page
    assert "นายมา ดี ประธานกลุ่ม" in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"kind": "waive_interest", "amount": ""}, "ระบุจำนวนที่ขอ"),
        ({"kind": "waive_interest", "amount": "0"}, "มากกว่า 0 บาท"),
        ({"kind": "waive_interest", "amount": "500.01"}, "ไม่เกินยอดที่ค้าง 500.00 บาท"),
        ({"kind": "lower_rate"}, "ระบุจำนวนที่ขอ"),
        ({"kind": "extend", "months": "0"}, "ระหว่าง 1 ถึง 360"),
        ({"kind": "waive_interest", "amount": "1,25"}, "ตัวอย่าง"),
    ],
)
def test_what_cannot_be_asked_is_said_and_nothing_typed_is_lost(officer, case, debts, typed, message):
    typed = {"target": f"debt-{debts[1].pk}", "on": "20/6/2560", "note": "ขาดทุนจากน้ำท่วม", **typed}

    page = officer.client.post(reverse("debts:ask-new", args=[case.pk]), typed).content.decode()

    assert not Ask.objects.exists()
    assert "ขาดทุนจากน้ำท่วม" in page
    if message != "ตัวอย่าง":
        assert message in page


def test_waivers_are_asked_for_one_debt_and_not_for_a_whole_fund(officer, case, debts):
    typed = {
        "target": f"fund-{debts[1].fund_id}",
        "kind": "waive_interest",
        "amount": "10",
        "on": "20/6/2560",
    }

    page = officer.client.post(reverse("debts:ask-new", args=[case.pk]), typed).content.decode()

    assert "ให้เลือกเป็นรายสัญญา" in page


def test_what_the_funds_agreed_to_waive_is_what_the_wizard_begins_with(officer, case, debts):
    asked = make_ask(case, Ask.Kind.WAIVE_INTEREST, debts[1], amount=Decimal("250.00"))
    answer = {"answer": "accepted", "on": "25/6/2560", "answered_by": "นายมา ดี"}
    officer.client.post(reverse("debts:ask-answer", args=[asked.pk]), answer)
    officer.choose(debts)

    form = officer.open("merge-terms").context["form"]

    assert form[f"waived_interest_{debts[1].pk}"].value() == "250.00"
    assert form["lender"].value() == debts[0].fund_id


def test_a_household_leaves_and_comes_back(officer, case):
    left = {"to": "withdrawn", "on": "20/6/2560", "reason": "ย้ายไปอยู่กับบุตร"}
    officer.client.post(reverse("debts:case-leave", args=[case.pk]), left)
    page = page_of(officer, "debts:case", case.pk)
    officer.client.post(reverse("debts:case-back", args=[case.pk]), {})

    assert "ย้ายไปอยู่กับบุตร" in page
    case.refresh_from_db()
    assert (case.stage, case.closed_on) == ("selected", None)


def test_from_the_agenda_to_the_contract_that_was_resolved(officer, case, debts):
    meeting = make_meeting(case.centre, by=officer.officer)
    officer.client.post(reverse("debts:meeting-agenda", args=[meeting.pk]), {"case": [case.pk]})
    item = meeting.items.get()
    decide = reverse("debts:agendaitem", args=[item.pk])

    refused = officer.client.post(decide, {"decision": "approved"}).content.decode()
    officer.choose(debts)
    officer.offer(debts[0].fund)
    wall = page_of(officer, "debts:meeting-wall", item.pk)
    officer.client.post(decide, {"decision": "approved", "votes_for": "3"})
    officer.offer(debts[0].fund, rate_percent="5")
    other = officer.confirm(officer.look()).content.decode()
    officer.offer(debts[0].fund)
    officer.confirm(officer.look())

    assert "ยังไม่มีเงื่อนไขที่จะเห็นชอบ" in refused
    assert "47,500.00 บาท" in wall
    assert "เงื่อนไขไม่ตรงกับมติคณะกรรมการ: ดอกเบี้ย" in other
    assert Contract.objects.get().rate_percent == 6
    case.refresh_from_db()
    assert case.stage == Case.Stage.CONTRACTED


def test_a_meeting_is_called_attended_and_closed(officer, case):
    make_meeting(case.centre)  # brings a committee into office
    today = thai.short_date(timezone.localdate())
    address = reverse("debts:meeting-new", args=[case.centre_id])
    officer.client.post(address, {"held_on": today, "starts_at": "๙.๓๐", "place": "ศาลากลางบ้าน"})
    meeting = Meeting.objects.latest("pk")
    members = list(meeting.centre.committee_orders.get().members.values_list("pk", flat=True))
    early = officer.client.post(reverse("debts:meeting-close", args=[meeting.pk]), {}).content.decode()
    typed = {"present": members, "chair": members[0], "secretary": members[1], "guests": "นายอำเภอ\nพัฒนากร"}
    officer.client.post(reverse("debts:meeting-attendance", args=[meeting.pk]), typed)
    officer.client.post(reverse("debts:meeting-close", args=[meeting.pk]), {"opening": "แจ้งเรื่องแรก"})

    meeting.refresh_from_db()
    assert (f"{meeting.starts_at:%H:%M}", meeting.quorum, meeting.is_open) == ("09:30", 2, False)
    assert "ไม่ครบองค์ประชุม" in early
    assert "แจ้งเรื่องแรก" in one_line(
        text_of(officer.client.get(reverse("reports:minutes-paper", args=[meeting.pk])).content)
    )


def test_the_minutes_of_an_open_meeting_are_a_draft(officer, case):
    meeting = make_meeting(case.centre, cases=[case])

    content = officer.client.get(reverse("reports:minutes-paper", args=[meeting.pk])).content

    text = one_line(text_of(content))
    assert page_count(content) == 1
    assert "ฉบับร่าง" in text
    assert "รายงานการประชุมคณะกรรมการศูนย์จัดการกองทุนชุมชน" in text
    assert "ครบองค์ประชุม" in text


def test_target_households_are_selected_with_the_target_in_sight(officer, case, debts):
    fund = debts[0].fund
    more = [make_debt(make_household(fund.centre.village), fund).household for _ in range(2)]
    address = reverse("reports:select-households", args=[fund.centre_id])

    page = officer.client.get(address).content.decode()
    nobody = officer.client.post(address, {"on": "20/6/2560"}).content.decode()
    officer.client.post(address, {"on": "20/6/2560", "household": [each.pk for each in more]})

    assert "ยังไม่มีทะเบียนลูกหนี้ที่รับรองแล้ว" in page
    assert "เลือกครัวเรือนอย่างน้อย 1 ครัวเรือน" in nobody
    assert Case.objects.filter(household__in=more, opened_on=date(2017, 6, 20), baseline=20000).count() == 2


def test_a_day_before_any_debt_selects_nobody(officer, case, debts):
    household = make_debt(make_household(debts[0].fund.centre.village), debts[0].fund).household
    address = reverse("reports:select-households", args=[debts[0].fund.centre_id])

    page = officer.client.post(address, {"on": "1/1/2560", "household": [household.pk]}).content.decode()

    assert "ไม่มีหนี้ในกองทุนสมาชิก" in page
    assert not household.cases.exists()
    assert f'value="{household.pk}"' in page


def test_a_paid_household_shows_every_step_done(sign_in):
    contract = make_contract(rate_percent=Decimal(0), method="no_interest", periods=1)
    make_payment(contract.debt, amount=str(contract.amount), on=date(2017, 7, 15))

    page = sign_in(make_officer()).get(reverse("debts:case", args=[contract.case_id]))

    assert [step.label for step in page.context["steps"] if step.is_done][-3:] == [
        "ปิดหนี้เดิมครบ",
        "ผ่อนชำระ",
        "ปลดหนี้ได้",
    ]
    assert page.context["steps"][2].on == SIGNED
