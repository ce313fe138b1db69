"""A register that was sent is taken back by its makers, as long as nobody has begun to check it."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from debts.models import Register
from debts.registers.certify import certify
from debts.registers.life import (
    CannotDecide,
    CannotTakeBack,
    discard,
    remark,
    return_for_correction,
    send,
    take_back,
)
from tests.factories import line_of, make_fund, make_officer, make_sent_register, make_village

pytestmark = pytest.mark.django_db
Status = Register.Status


@pytest.fixture
def fund():
    return make_fund(name="กองทุนหมู่บ้าน", rate="6")


@pytest.fixture
def head(fund):
    return make_officer(Role.DISTRICT_HEAD, area=fund.centre.village, first_name="ประพันธ์")


@pytest.fixture
def sent(fund):
    return make_sent_register(fund.centre, [line_of(fund=fund)])


def returned(register, head) -> Register:
    return return_for_correction(register=register, sequence=register.sequence, reason="ตรวจยอด", by=head)


def address(name, register) -> str:
    return reverse(f"debts:{name}", args=[register.pk])


def text_of(response) -> str:
    return response.content.decode()


def test_a_sent_register_taken_back_is_a_draft_and_its_history_says_by_whom(sent):
    register = take_back(register=sent, by=sent.created_by)

    assert (register.status, register.sent_by, register.sent_at) == (Status.DRAFT, None, None)
    last = register.moves.last()
    assert (last.what, last.by) == ("ดึงกลับมาแก้ไข", sent.created_by)


def test_a_register_taken_back_can_be_sent_again_or_discarded(sent):
    register = take_back(register=sent, by=sent.created_by)

    again = send(register=register, by=sent.created_by)
    register = take_back(register=again, by=sent.created_by)

    assert again.status == Status.SENT
    assert discard(register=register, by=sent.created_by).status == Status.DISCARDED


def test_a_colleague_may_take_back_and_is_a_maker_from_then_on(sent, head):
    register = send(register=take_back(register=sent, by=head), by=sent.created_by)

    with pytest.raises(CannotDecide, match="ท่านเป็นผู้จัดทำรายการนี้"):
        certify(register=register, sequence=register.sequence, by=head)


def test_a_certified_register_is_not_taken_back(sent, head):
    certify(register=sent, sequence=sent.sequence, by=head)

    with pytest.raises(CannotTakeBack, match="ดึงกลับไม่ได้ รายการนี้ถูกพิจารณาแล้วโดยประพันธ์ เมื่อ"):
        take_back(register=sent, by=sent.created_by)


def test_a_returned_register_is_not_taken_back(sent, head):
    returned(sent, head)

    with pytest.raises(CannotTakeBack, match="ดึงกลับไม่ได้ รายการนี้ถูกพิจารณาแล้วโดยประพันธ์ เมื่อ"):
        take_back(register=sent, by=sent.created_by)


def test_a_draft_is_not_taken_back(sent):
    register = take_back(register=sent, by=sent.created_by)

    with pytest.raises(CannotTakeBack, match="ดึงกลับไม่ได้ ทะเบียนถูกดึงกลับไปแก้ไขโดย"):
        take_back(register=register, by=sent.created_by)


def test_a_register_whose_check_has_begun_is_not_taken_back(sent, head):
    remark(register=sent, remarks={sent.lines.get().pk: "ตรวจกับสัญญา"}, by=head)

    with pytest.raises(CannotTakeBack, match="ผู้ตรวจเริ่มตรวจและเขียนข้อสังเกตแล้วเมื่อ"):
        take_back(register=sent, by=sent.created_by)


def test_looking_without_writing_a_remark_begins_no_check(sent, head):
    remark(register=sent, remarks={sent.lines.get().pk: ""}, by=head)

    assert take_back(register=sent, by=sent.created_by).status == Status.DRAFT


def test_a_corrected_register_is_taken_back_although_it_was_remarked_upon_before(sent, head):
    remark(register=sent, remarks={sent.lines.get().pk: "ตรวจกับสัญญา"}, by=head)
    returned(sent, head)
    corrected = send(register=sent, by=sent.created_by)

    register = take_back(register=corrected, by=sent.created_by)

    assert (corrected.status, register.status) == (Status.CORRECTED, Status.DRAFT)


def test_who_decides_on_a_register_taken_back_is_told_by_whom(sent, head):
    take_back(register=sent, by=sent.created_by)

    with pytest.raises(CannotDecide, match=f"ทะเบียนถูกดึงกลับไปแก้ไขโดย{sent.created_by.full_name} เมื่อ"):
        certify(register=sent, sequence=sent.sequence, by=head)


def test_the_page_asks_once_more_and_then_takes_back(sent, sign_in):
    office = sign_in(sent.created_by)

    shown = office.get(address("register", sent))
    asked = office.get(address("register-take-back", sent))
    sent.refresh_from_db()
    before = sent.status
    done = office.post(address("register-take-back", sent), follow=True)

    assert address("register-take-back", sent) in text_of(shown)
    assert "จึงรับรองทะเบียนนี้ไม่ได้" in text_of(asked)
    assert before == Status.SENT
    assert "ดำเนินการแล้ว: ดึงทะเบียนกลับมาแก้ไข" in text_of(done)
    assert "<h3>ดึงกลับมาแก้ไข</h3>" in text_of(done)
    assert address("register-take-back", sent) not in text_of(done)


def test_the_page_says_why_a_certified_register_stays(sent, head, sign_in):
    office = sign_in(sent.created_by)
    certify(register=sent, sequence=sent.sequence, by=head)

    refused = office.post(address("register-take-back", sent))

    assert "ดึงกลับไม่ได้ รายการนี้ถูกพิจารณาแล้วโดยประพันธ์" in text_of(refused)


def test_the_reason_of_a_return_is_read_again_when_the_corrected_register_is_taken_back(sent, head, sign_in):
    returned(sent, head)
    take_back(register=send(register=sent, by=sent.created_by), by=sent.created_by)

    page = sign_in(sent.created_by).get(address("register", sent))

    assert "เหตุผลที่ส่งคืน" in text_of(page)


def test_a_colleague_of_another_district_does_not_find_the_register(sent, sign_in):
    stranger = sign_in(make_officer(Role.DISTRICT_OFFICER, area=make_village("63010503")))

    assert stranger.post(address("register-take-back", sent)).status_code == 404
    sent.refresh_from_db()
    assert sent.status == Status.SENT
