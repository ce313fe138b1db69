"""Hand-overs: what a leaving officer has in hand is listed, and taken over item by item."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from accounts.roles import Role
from debts.registers.life import is_own_work, return_for_correction
from monitoring import visits
from monitoring.grading import life as gradings
from monitoring.plans import life as plans
from reports.handover import life
from reports.handover.life import CannotHandOver, Given
from reports.inbox import awaited_by, waiting_for
from reports.models import Handover, HandoverItem
from tests.factories import (
    SENT_ON,
    line_of,
    make_action_plan,
    make_centre,
    make_fund,
    make_grading,
    make_handover,
    make_officer,
    make_register,
    make_sent_register,
    make_village,
    make_visit,
)
from tests.reading import text_of

pytestmark = pytest.mark.django_db
ACCEPTED, REFUSED, OPEN = Given("accepted"), Given("refused", "ขาดสมุดบัญชี"), Given("")


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def giver(centre):
    return make_officer(Role.DISTRICT_OFFICER, area=centre.village, first_name="ผู้ให้")


@pytest.fixture
def receiver(giver):
    return make_officer(Role.DISTRICT_OFFICER, area=giver.area, first_name="ผู้รับ")


def items(handover, kind):
    return list(handover.items.filter(kind=kind))


def all_accepted(handover):
    return {item.pk: ACCEPTED for item in handover.items.all()}


def test_the_sheet_lists_the_centres_of_the_district_and_the_unfinished_work(centre, giver, receiver):
    make_register(centre, [line_of(fund=make_fund(centre))], giver)
    make_visit(centre, giver)
    make_grading(centre, giver)
    make_action_plan(centre, giver)

    handover = make_handover(giver, receiver)

    assert [item.kind for item in handover.items.all()] == [
        "place",
        "register",
        "visit",
        "grading",
        "action_plan",
    ]
    [place] = items(handover, "place")
    assert place.about == centre.village.label
    assert "เข้าร่วม 0" in place.told
    assert "ยังไม่ได้บันทึกคำสั่งแต่งตั้งคณะกรรมการ" in place.told


def test_work_of_a_colleague_is_not_handed_over(centre, giver, receiver):
    make_visit(centre, receiver)
    make_register(centre, [line_of(fund=make_fund(centre))], receiver)
    make_grading(centre, receiver)
    make_action_plan(centre, receiver)

    assert [item.kind for item in make_handover(giver, receiver).items.all()] == ["place"]


def test_what_is_taken_over_becomes_the_receivers_own_work(centre, giver, receiver):
    head = make_officer(Role.DISTRICT_HEAD, area=giver.area)
    register = make_sent_register(centre, [line_of(fund=make_fund(centre))], giver)
    return_for_correction(register=register, sequence=register.sequence, reason="แก้ไข", by=head)
    visit = make_visit(centre, giver)
    grading, plan = make_grading(centre, giver), make_action_plan(centre, giver)
    handover = make_handover(giver, receiver)
    assert not is_own_work(register, receiver)

    life.answer(handover=handover, given=all_accepted(handover), by=receiver)

    assert is_own_work(register, receiver)
    assert visits.is_own_work(visit, receiver)
    assert gradings.is_own_work(grading, receiver)
    assert plans.is_own_work(plan, receiver)
    assert "แก้ไขทะเบียนที่ส่งคืน" in [item.what for item in waiting_for(receiver, on=SENT_ON).items]
    handover.refresh_from_db()
    assert handover.status == Handover.Status.DONE
    assert handover.ended_at


def test_it_stays_open_until_every_item_is_taken_over_and_a_refusal_says_what_is_missing(
    centre, giver, receiver
):
    visit = make_visit(centre, giver)
    handover = make_handover(giver, receiver)
    [place], [work] = items(handover, "place"), items(handover, "visit")

    life.answer(handover=handover, given={place.pk: REFUSED, work.pk: OPEN}, by=receiver)
    handover.refresh_from_db()
    place.refresh_from_db()
    assert handover.is_open
    assert place.remark == "ขาดสมุดบัญชี"
    assert not visits.is_own_work(visit, receiver)

    life.answer(handover=handover, given={place.pk: ACCEPTED, work.pk: ACCEPTED}, by=receiver)
    handover.refresh_from_db()
    assert not handover.is_open


def test_a_refusal_without_words_is_refused_and_changes_nothing(centre, giver, receiver):
    make_visit(centre, giver)
    handover = make_handover(giver, receiver)
    first, second = handover.items.all()

    with pytest.raises(CannotHandOver, match="ระบุสิ่งที่ยังขาด"), transaction.atomic():
        life.answer(
            handover=handover, given={first.pk: ACCEPTED, second.pk: Given("refused", " ")}, by=receiver
        )

    assert {item.answer for item in handover.items.all()} == {""}


def test_only_the_receiver_answers(centre, giver, receiver):
    handover = make_handover(giver, receiver)

    with pytest.raises(CannotHandOver, match="ผู้รับมอบเท่านั้น"):
        life.answer(handover=handover, given=all_accepted(handover), by=giver)


def test_a_second_hand_over_waits_for_the_first(centre, giver, receiver):
    make_handover(giver, receiver)

    with pytest.raises(CannotHandOver, match="ยังไม่เสร็จ"):
        make_handover(giver, receiver)


def test_it_goes_only_to_a_colleague_of_the_same_area_who_may_sign_in(centre, giver, receiver):
    elsewhere = make_officer(Role.DISTRICT_OFFICER, area=make_village("63010503", "บ้านอื่น"))
    receiver.is_active = False
    receiver.save()

    for wrong in (elsewhere, receiver, giver):
        with pytest.raises(CannotHandOver, match="พื้นที่เดียวกัน"):
            make_handover(giver, wrong)


def test_the_province_may_hand_over_for_its_district_and_a_colleague_may_not(centre, giver, receiver):
    province = make_officer(Role.PROVINCIAL_STAFF, area=centre.village)
    with pytest.raises(CannotHandOver, match="ส่งมอบงานของผู้ใช้นี้ไม่ได้"):
        make_handover(giver, receiver, by=receiver)

    assert make_handover(giver, receiver, by=province).begun_by == province


def test_what_was_taken_over_stays_when_the_rest_is_withdrawn(centre, giver, receiver):
    visit = make_visit(centre, giver)
    handover = make_handover(giver, receiver)
    [work] = items(handover, "visit")
    life.answer(handover=handover, given={work.pk: ACCEPTED}, by=receiver)

    life.withdraw(handover=handover, by=giver)

    assert visits.is_own_work(visit, receiver)
    with pytest.raises(CannotHandOver, match="ยกเลิกแล้ว"):
        life.answer(handover=handover, given=all_accepted(handover), by=receiver)
    assert make_handover(giver, receiver).is_open


def test_both_sides_read_it_in_their_inbox_and_the_record_keeps_who_did_what(centre, giver, receiver):
    handover = make_handover(giver, receiver)

    assert [item.what for item in waiting_for(receiver, on=SENT_ON).items] == ["ตรวจรับงานที่ส่งมอบ"]
    assert [item.what for item in awaited_by(giver, on=SENT_ON).items] == ["รอผู้รับมอบตรวจรับ"]
    life.answer(handover=handover, given=all_accepted(handover), by=receiver)
    done = AuditEvent.objects.filter(target=f"handover:{handover.pk}").order_by("pk")
    assert [(event.action, event.officer) for event in done] == [
        ("handover-begin", giver),
        ("handover-answer", receiver),
    ]


def test_the_page_keeps_what_was_typed_beside_a_refusal(centre, giver, receiver, client):
    handover = make_handover(giver, receiver)
    [place] = handover.items.all()
    client.force_login(receiver)

    page = client.post(f"/reports/handovers/{handover.pk}/answer/", {f"answer{place.pk}": "refused"})

    assert page.status_code == 200
    assert page.context["form"].errors == {f"remark{place.pk}": ["ระบุสิ่งที่ยังขาด"]}
    assert 'value="refused"' in page.content.decode()


def test_it_is_begun_answered_and_printed_on_its_pages(centre, giver, receiver, client):
    client.force_login(giver)
    typed = {"receiver": receiver.pk, "on": "๑ ก.ค. ๒๕๖๖", "reason": "เกษียณอายุ"}
    begun = client.post("/reports/handovers/own/", typed)
    handover = Handover.objects.get()
    assert begun["Location"] == f"/reports/handovers/{handover.pk}/"
    [place] = handover.items.all()

    client.force_login(receiver)
    client.post(f"{begun['Location']}answer/", {f"answer{place.pk}": "accepted"})

    shown = client.get(begun["Location"]).content.decode()
    assert "รับมอบครบแล้ว" in shown
    assert "รับมอบแล้ว 1 จาก 1 รายการ" in shown
    paper = text_of(client.get(f"/reports/papers/handovers/{handover.pk}/").content)
    assert "บัญชีส่งมอบงาน" in paper
    assert "เกษียณอายุ" in paper.replace("\n", "")


def test_the_database_refuses_a_refusal_without_words(centre, giver, receiver):
    handover = make_handover(giver, receiver)

    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverItem.objects.filter(handover=handover).update(answer="refused", remark="")
