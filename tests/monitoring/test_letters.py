"""Letters that announce a visit: drafted, issued with a number without gaps, never changed after."""

from datetime import date
from html import unescape

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.roles import Role
from config.pictures import CannotAttach
from debts.models import ClauseText
from debts.papers.texts import approve, begin, in_force
from debts.papers.words import problems_of
from monitoring import visits
from monitoring.letters.writing import CannotIssue, issue, keep_emblem, paragraphs, rewrite
from monitoring.models import Emblem, Letter
from tests.factories import (
    make_centre,
    make_letter,
    make_officer,
    make_picture,
    make_sent_visit,
    make_village,
    make_visit,
)

pytestmark = pytest.mark.django_db
MARCH_16 = date(2019, 3, 16)


def approved_wording(visit, kind=ClauseText.Kind.VISIT_LETTER):
    """A wording of the visit's province, written by one head and approved by another."""
    province = visit.centre.village.above("province")
    draft = begin(kind=kind, province=province, by=make_officer(Role.PROVINCIAL_STAFF))
    return approve(text=draft, version=draft.version, by=make_officer(Role.PROVINCIAL_HEAD))


def text(letter) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs(letter))


def page(name, row) -> str:
    return reverse(f"monitoring:{name}", args=[row.pk])


@pytest.mark.parametrize("kind", [ClauseText.Kind.VISIT_LETTER, ClauseText.Kind.VISIT_MEMO])
def test_the_shipped_wording_can_be_printed(kind):
    make_visit()

    assert problems_of(kind, in_force(kind, None).body) == []


def test_the_letter_of_buri_ram_asks_ten_and_five_for_the_afternoon_of_27_march():
    village = make_village("31010805", "บ้านสว่าง", district="เมืองบุรีรัมย์")
    visit = make_visit(make_centre(village), planned_on=date(2019, 3, 27), place="ที่ทำการศูนย์ฯ")

    said = text(make_letter(visit))

    assert "วันที่ ๒๗ มีนาคม ๒๕๖๒" in said
    assert "คณะกรรมการ/สมาชิก จำนวน ๑๐ คน และครัวเรือนต้นแบบ จำนวน ๕ คน รวม ๑๕ คน" in said
    assert "ศูนย์จัดการกองทุนชุมชนบ้านสว่าง หมู่ที่ ๕" in said
    assert said.endswith("จึงเรียนมาเพื่อพิจารณาดำเนินการ")


def test_a_letter_in_words_that_nobody_approved_gets_no_number():
    letter = make_letter()

    with pytest.raises(CannotIssue, match="อนุมัติข้อความก่อน"):
        issue(letter=letter, on=MARCH_16, by=letter.written_by)

    letter.refresh_from_db()
    assert letter.is_draft


def test_letters_and_memos_of_an_office_are_numbered_in_one_row_by_year():
    visit = make_visit()
    by = visit.planned_by
    for kind in (ClauseText.Kind.VISIT_LETTER, ClauseText.Kind.VISIT_MEMO):
        approved_wording(visit, kind)
    days = [
        (Letter.Kind.LETTER, MARCH_16),
        (Letter.Kind.MEMO, MARCH_16),
        (Letter.Kind.LETTER, date(2020, 1, 2)),
    ]

    issued = [issue(letter=make_letter(visit, kind), on=on, by=by) for kind, on in days]

    assert [(letter.number, letter.year) for letter in issued] == [
        ("บร 0018/1", 2562),
        ("บร 0018/2", 2562),
        ("บร 0018/1", 2563),
    ]


def test_another_office_has_numbers_of_its_own():
    visit = make_visit()
    approved_wording(visit)
    province = make_officer(Role.PROVINCIAL_STAFF)

    ours = issue(letter=make_letter(visit), on=MARCH_16, by=visit.planned_by)
    theirs = issue(letter=make_letter(visit, by=province), on=MARCH_16, by=province)

    assert (ours.sequence, theirs.sequence) == (1, 1)


def test_a_refused_letter_takes_no_number():
    visit = make_visit()
    approved_wording(visit)
    letter = issue(letter=make_letter(visit), on=MARCH_16, by=visit.planned_by)
    with pytest.raises(CannotIssue, match="ออกเลขที่ บร 0018/1 แล้ว"):
        issue(letter=letter, on=MARCH_16, by=visit.planned_by)

    assert issue(letter=make_letter(visit), on=MARCH_16, by=visit.planned_by).sequence == 2


def test_an_issued_letter_keeps_its_words_when_the_visit_moves():
    visit = make_visit()
    approved_wording(visit)
    letter = issue(letter=make_letter(visit), on=MARCH_16, by=visit.planned_by)
    before = text(letter)
    visit.place, visit.asked_committee = "ที่อื่น", 99
    visit.save()

    letter = Letter.objects.get(pk=letter.pk)

    assert text(letter) == before
    with pytest.raises(CannotIssue):
        rewrite(letter=letter)


def test_the_database_refuses_a_number_used_twice():
    visit = make_visit()
    approved_wording(visit)
    issue(letter=make_letter(visit), on=MARCH_16, by=visit.planned_by)
    second = issue(letter=make_letter(visit), on=MARCH_16, by=visit.planned_by)

    with pytest.raises(DatabaseError), transaction.atomic():
        Letter.objects.filter(pk=second.pk).update(sequence=1)


def test_certified_reports_of_an_office_are_numbered_in_one_row():
    heads = []
    numbers = []
    for number in (1, 2):
        visit = make_sent_visit(make_centre(make_village(f"3310050{number}", f"บ้าน {number}")))
        heads = heads or [make_officer(area=visit.centre.village)]
        visit = visits.certify(visit=visit, version=visit.version, on=date(2019, 4, 1), by=heads[0])
        numbers.append(visit.report_number)

    assert numbers == ["1/2562", "2/2562"]


def test_a_letter_is_written_and_issued_from_the_pages(sign_in):
    visit = make_visit()
    approved_wording(visit)
    client = sign_in(visit.planned_by)
    typed = {
        "urgency": "ด่วนที่สุด",
        "book": "บร ๐๐๑๘",
        "agency": "สำนักงาน",
        "subject": "การติดตาม",
        "to": "นายอำเภอ",
    }

    assert client.post(page("letter-new", visit), typed)["Location"] == page("visit-letters", visit)
    letter = Letter.objects.get()
    client.post(page("letter-issue", letter), {"on": "16 มี.ค. 2562"})

    shown = unescape(client.get(page("visit-letters", visit)).content.decode())
    assert f"หนังสือภายนอก {letter.book}/1" in shown
    assert client.get(reverse("reports:letter-paper", args=[letter.pk])).status_code == 200


def test_what_an_office_always_writes_is_offered_again(sign_in):
    visit = make_visit()
    make_letter(visit, signer="นายเอก ใจดี")

    shown = sign_in(visit.planned_by).get(page("letter-new", visit)).content.decode()

    assert "นายเอก ใจดี" in shown
    assert "บร 0018" in shown


def test_a_district_neither_changes_nor_issues_the_letter_of_its_province(sign_in):
    letter = make_letter(by=make_officer(Role.PROVINCIAL_STAFF))
    client = sign_in(make_officer())

    for name in ("letter-edit", "letter-issue"):
        assert client.get(page(name, letter)).status_code == 404


def test_the_emblem_is_a_picture_drawn_anew_and_replaced_by_the_next():
    officer = make_officer()
    for colour in ("navy", "red"):
        keep_emblem(office=officer.area, upload=make_picture(colour=colour), by=officer)

    assert Emblem.objects.get().picture.name.endswith(".jpg")


def test_what_is_no_picture_is_no_emblem(sign_in):
    officer = make_officer()
    fake = make_picture()
    fake.file.seek(0)
    fake.file.truncate()
    fake.file.write(b"<svg onload='x'></svg>")
    fake.size = 22
    fake.file.seek(0)

    with pytest.raises(CannotAttach):
        keep_emblem(office=officer.area, upload=fake, by=officer)
