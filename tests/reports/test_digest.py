"""The e-mail digest: one letter a day, to who wants it, about counts and no names."""

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Officer
from accounts.roles import Role
from reports import digest
from reports.digest import send_digests
from tests.factories import line_of, make_centre, make_fund, make_officer, make_sent_register, make_visit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def head(centre):
    return make_officer(Role.DISTRICT_HEAD, area=centre.village, email="head@example.org")


@pytest.fixture
def waiting(centre, head):
    maker = make_officer(Role.DISTRICT_OFFICER, area=centre.village, first_name="ผู้ทำ")
    make_sent_register(centre, [line_of("นางแก้ว ทองสุข", fund=make_fund(centre))], maker)


def test_who_has_work_waiting_gets_one_letter_a_day(head, waiting):
    assert send_digests(on=TODAY) == (1, 0)
    assert send_digests(on=TODAY) == (0, 0)
    assert send_digests(on=TODAY + timedelta(days=1)) == (1, 0)

    assert [letter.to for letter in mail.outbox] == [["head@example.org"]] * 2
    assert mail.outbox[0].subject == "งานที่รอท่านดำเนินการ 1 รายการ"
    assert "- ตรวจและรับรองทะเบียน 1 รายการ\n" in mail.outbox[0].body


def test_late_and_near_work_is_counted(centre, head):
    for days in (-3, 1, 6, 30):
        make_visit(centre, head, planned_on=TODAY + timedelta(days=days))

    send_digests(on=TODAY)

    [letter] = mail.outbox
    assert letter.subject == "งานที่รอท่านดำเนินการ 3 รายการ เกินกำหนด 1"
    told = "เกินกำหนด 1 ครบกำหนดวันนี้หรือพรุ่งนี้ 1 ครบกำหนดภายใน 7 วัน 2"
    assert f"- ลงพื้นที่และบันทึกรายงาน 3 รายการ ({told})" in letter.body


def test_a_letter_names_no_office_and_nobody_but_its_reader(centre, head, waiting):
    send_digests(on=TODAY)

    [letter] = mail.outbox
    said = (letter.subject + letter.body).replace(head.full_name, "")
    for name in ("แก้ว", "ทองสุข", "ผู้ทำ", centre.village.name, centre.village.parent.parent.name):
        assert name not in said


@pytest.mark.parametrize("changed", [{"wants_digest": False}, {"email": ""}, {"is_active": False}])
def test_nothing_is_sent_to_who_does_not_want_it_or_cannot_get_it(head, waiting, changed):
    Officer.objects.filter(pk=head.pk).update(**changed)

    assert send_digests(on=TODAY) == (0, 0)


def test_nothing_is_sent_when_nothing_waits(head):
    assert send_digests(on=TODAY) == (0, 0)
    assert mail.outbox == []


def test_a_letter_that_was_refused_keeps_no_other_back_and_is_sent_by_the_next_run(
    centre, head, waiting, monkeypatch, capsys
):
    make_officer(Role.DISTRICT_HEAD, area=centre.village, email="second@example.org")
    send = digest.send_mail

    def refuse_the_first(subject, text, sender, to):
        if to == [head.email]:
            raise SMTPException("mailbox is full")
        return send(subject, text, sender, to)

    monkeypatch.setattr(digest, "send_mail", refuse_the_first)
    with pytest.raises(CommandError, match="1 letters could not be sent"):
        call_command("send_digests")
    assert [letter.to for letter in mail.outbox] == [["second@example.org"]]
    monkeypatch.undo()

    call_command("send_digests")

    assert mail.outbox[-1].to == ["head@example.org"]


def test_an_officer_switches_it_off_on_the_own_page(head, client):
    client.force_login(head)

    done = client.post("/accounts/profile/edit/", {"email": "new@example.org"}, follow=True)

    head.refresh_from_db()
    assert (head.email, head.wants_digest) == ("new@example.org", False)
    assert "ดำเนินการแล้ว" in done.content.decode()
