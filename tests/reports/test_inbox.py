"""The inbox: what may be decided or has to be mended, and what was sent and waits for others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from debts.registers.life import return_for_correction
from monitoring import visits
from monitoring.grading import life as grading_life
from reports.inbox import awaited_by, waiting_for
from tests.factories import (
    REPLANNED,
    line_of,
    make_centre,
    make_contract,
    make_fund,
    make_grading,
    make_officer,
    make_plan_change,
    make_recommendation,
    make_sent_register,
    make_sent_visit,
    make_village,
    make_visit,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def maker(centre):
    return make_officer(Role.DISTRICT_OFFICER, area=centre.village, first_name="ผู้ทำ")


@pytest.fixture
def head(centre):
    return make_officer(Role.DISTRICT_HEAD, area=centre.village, first_name="หัวหน้า")


def to_do(officer):
    return [item.what for item in waiting_for(officer, on=TODAY).items]


def awaited(officer):
    return [item.what for item in awaited_by(officer, on=TODAY).items]


def test_a_register_that_was_sent_waits_for_the_head_and_its_maker_waits_for_it(centre, maker, head):
    make_sent_register(centre, [line_of(fund=make_fund(centre))], maker)

    assert (to_do(maker), awaited(maker)) == ([], ["รอรับรองทะเบียน"])
    assert (to_do(head), awaited(head)) == (["ตรวจและรับรองทะเบียน"], [])


def test_a_register_that_was_returned_waits_for_who_made_it(centre, maker, head):
    register = make_sent_register(centre, [line_of(fund=make_fund(centre))], maker)
    return_for_correction(register=register, sequence=register.sequence, reason="ยอดไม่ตรง", by=head)

    assert (to_do(maker), to_do(head)) == (["แก้ไขทะเบียนที่ส่งคืน"], [])


def test_nobody_is_asked_to_decide_on_what_he_made(centre, head):
    make_sent_register(centre, [line_of(fund=make_fund(centre))], head)
    make_sent_visit(centre, head)
    make_plan_change(make_contract(lender=make_fund(centre)), by=head, on=REPLANNED)

    assert to_do(head) == []
    assert sorted(awaited(head)) == ["รอรับรองทะเบียน", "รอรับรองรายงานการติดตาม", "รออนุมัติการเปลี่ยนแผน"]


def test_a_change_of_plan_waits_for_each_head_who_has_not_consented(centre, maker, head):
    change = make_plan_change(make_contract(lender=make_fund(centre)), by=maker, on=REPLANNED)
    change.approvals.create(maker_id=maker.pk, by=head, on=REPLANNED)
    other = make_officer(Role.PROVINCIAL_HEAD, area=centre.village)

    assert (to_do(head), to_do(other), awaited(maker)) == ([], ["พิจารณาการเปลี่ยนแผน"], ["รออนุมัติการเปลี่ยนแผน"])


def test_a_visit_is_near_seven_days_before(centre, maker):
    make_visit(centre, maker, planned_on=TODAY + timedelta(days=8))
    assert to_do(maker) == []

    make_visit(make_centre(make_village("33100504")), maker, planned_on=TODAY + timedelta(days=7))
    assert to_do(maker) == ["ลงพื้นที่และบันทึกรายงาน"]


def test_what_is_late_is_said_first_and_what_is_due_tomorrow_after_it(centre, maker):
    visit = make_sent_visit(centre, maker)
    for days in (5, 1, 0, -3):
        make_recommendation(visit, f"เรื่อง {days}", due_on=TODAY + timedelta(days=days))
    make_recommendation(visit, "เสร็จแล้ว", due_on=TODAY, status="done")
    make_recommendation(visit, "อีกนาน", due_on=TODAY + timedelta(days=8))

    assert [words for _, words, _ in waiting_for(maker, on=TODAY).rows] == [
        "เกินกำหนด 3 วัน",
        "ครบกำหนดวันนี้",
        "ครบกำหนดพรุ่งนี้",
        "อีก 5 วัน",
    ]


def test_what_has_waited_a_week_is_marked(centre, maker, head):
    make_sent_register(centre, [line_of(fund=make_fund(centre))], maker)

    [(_, words, tag)] = waiting_for(head, on=TODAY + timedelta(days=9)).rows

    assert (words, tag) == ("รอมาแล้ว 9 วัน", "warn")


def test_the_start_page_asks_no_more_queries_when_more_waits(centre, maker, head, client):
    head.area = centre.village.parent
    head.save()
    client.force_login(head)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            page = client.get("/").content.decode()
        return len(seen), page.count("ตรวจและรับรองทะเบียน")

    make_sent_register(centre, [line_of(fund=make_fund(centre))], maker)
    queries()
    few, one = queries()
    for code in ("33100504", "33100505"):
        other = make_centre(make_village(code))
        typist = make_officer(Role.DISTRICT_OFFICER, area=other.village)
        make_sent_register(other, [line_of(fund=make_fund(other))], typist)
    queries()

    assert (queries(), one) == ((few, 3), 1)


def test_a_returned_report_waits_for_who_recorded_it(centre, maker, head):
    visit = make_sent_visit(centre, maker)
    assert to_do(head) == ["รับรองรายงานการติดตาม"]

    visits.return_for_correction(visit=visit, version=visit.version, reason="ขาดภาพ", by=head)

    assert (to_do(maker), to_do(head)) == (["แก้ไขรายงานที่ส่งคืน"], [])


def test_a_grading_waits_for_the_province_and_its_maker_waits_for_it(centre, maker):
    grading = grading_life.send(grading=make_grading(centre, maker, points=2), by=maker)
    province = make_officer(Role.PROVINCIAL_STAFF, area=centre.village)
    assert (to_do(province), awaited(maker)) == (["รับรองการจัดระดับ"], ["รอรับรองการจัดระดับ"])

    grading_life.return_for_correction(
        grading=grading, version=grading.version, reason="ขาดหลักฐาน", by=province
    )

    assert (to_do(maker), awaited(maker), to_do(province)) == (["แก้ไขการจัดระดับที่ส่งคืน"], [], [])
