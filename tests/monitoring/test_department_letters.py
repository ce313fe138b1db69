"""The department writes to provinces in words of its own, which one of its officers wrote and another approved."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from debts.models import ClauseText
from debts.papers.texts import CannotChange, approve, begin, owner
from monitoring.letters.writing import CannotIssue, addressee, issue
from monitoring.models import Emblem, Letter
from tests.factories import make_clause, make_letter, make_officer, make_picture, make_village, make_visit

pytestmark = pytest.mark.django_db
MARCH_15 = date(2021, 3, 15)
LETTER = ClauseText.Kind.VISIT_LETTER


@pytest.fixture
def department():
    make_village()
    return make_officer(Role.DEPARTMENT)


def approved_words(officer) -> ClauseText:
    text = begin(kind=LETTER, province=owner(officer.area), by=officer)
    return approve(text=text, version=text.version, by=make_officer(Role.DEPARTMENT))


def test_its_letter_gets_a_number_in_its_own_approved_words_only(department):
    letter = make_letter(by=department)
    make_clause(letter.visit.centre.village.above("province"), kind=LETTER)
    with pytest.raises(CannotIssue, match="อนุมัติข้อความก่อน"):
        issue(letter=letter, on=MARCH_15, by=department)

    words = approved_words(department)
    letter = issue(letter=letter, on=MARCH_15, by=department)

    assert (letter.sequence, letter.text) == (1, words)


def test_it_writes_no_words_of_contracts_and_none_of_a_province(department, client):
    theirs = begin(
        kind=LETTER, province=make_village().above("province"), by=make_officer(Role.PROVINCIAL_STAFF)
    )
    client.force_login(department)

    with pytest.raises(CannotChange, match="ข้อความสัญญาเป็นของจังหวัด"):
        begin(kind="contract", province=owner(department.area), by=department)
    assert client.get(reverse("debts:clause-edit", args=[theirs.pk])).status_code == 404
    assert client.get(reverse("debts:clause", args=[theirs.pk])).context["may_edit"] is False


def test_its_words_are_written_on_the_page(department, client):
    client.force_login(department)

    edit = client.post(reverse("debts:clause-new"), {"kind": LETTER})["Location"]

    assert client.get(edit).status_code == 200
    assert ClauseText.objects.get(kind=LETTER, province=department.area).is_draft


def test_it_puts_an_emblem_on_its_letters(department, client):
    client.force_login(department)

    client.post(reverse("monitoring:emblem"), {"picture": make_picture()})

    assert Emblem.objects.get().office == department.area


@pytest.mark.parametrize(
    ("role", "kind", "to"),
    [
        (Role.DEPARTMENT, "letter", "ผู้ว่าราชการจังหวัดบุรีรัมย์"),
        (Role.DEPARTMENT, "memo", "อธิบดีกรมการพัฒนาชุมชน"),
        (Role.PROVINCIAL_STAFF, "letter", "นายอำเภอเมืองบุรีรัมย์"),
        (Role.PROVINCIAL_STAFF, "memo", "พัฒนาการจังหวัดบุรีรัมย์"),
        (Role.DISTRICT_OFFICER, "letter", "ประธานศูนย์จัดการกองทุนชุมชนบ้านสว่าง"),
        (Role.DISTRICT_OFFICER, "memo", "พัฒนาการอำเภอเมืองบุรีรัมย์"),
    ],
)
def test_each_office_writes_to_whoever_stands_next_to_it(role, kind, to):
    village = make_village("31010805", "บ้านสว่าง", district="เมืองบุรีรัมย์", province="บุรีรัมย์")
    visit = make_visit(by=make_officer(role, area=village))
    visit.centre.village = village

    assert addressee(kind=Letter.Kind[kind.upper()], visit=visit, by=visit.planned_by) == to
