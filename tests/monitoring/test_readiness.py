"""What the district must have ready before a visit: looked up where it can be, said by somebody where not."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from accounts.roles import Role
from monitoring.models import ReadyMark
from monitoring.rounds.readiness import prepare, readiness
from monitoring.visits import CannotRecord
from tests.factories import (
    make_debt,
    make_fund,
    make_household,
    make_livelihood,
    make_member,
    make_officer,
    make_order,
    make_sent_visit,
    make_visit,
)

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 20)


def items_of(visit):
    return {item.label: item for item in readiness(visit, on=TODAY)}


def prepared(visit, **changes):
    usual = {"asked_committee": 10, "asked_households": 5, "hosts": "", "ready": {}}
    return prepare(visit=visit, by=visit.planned_by, **{**usual, **changes})


def page(name, visit) -> str:
    return reverse(f"monitoring:{name}", args=[visit.pk])


def text(response) -> str:
    return unescape(response.content.decode())


def test_nothing_is_ready_at_a_centre_that_has_nothing():
    items = readiness(make_visit(), on=TODAY)

    assert [item.is_ready for item in items] == [False] * 5


def test_households_are_ready_when_each_that_owes_told_what_it_lives_on():
    visit = make_visit()
    fund = make_fund(visit.centre)
    told, silent = (
        make_household(visit.centre.village),
        make_household(visit.centre.village, house_number="9"),
    )
    for household in (told, silent):
        make_debt(household, fund)
    make_livelihood(told, surveyed_on=date(2019, 1, 1))
    label = "ทะเบียนข้อมูลครัวเรือนและภาวะหนี้สินของครัวเรือน"

    before = items_of(visit)[label]
    make_livelihood(silent, surveyed_on=date(2019, 1, 2))

    assert (before.is_ready, before.told) == (False, "ยังไม่บันทึกรายได้และรายจ่าย 1 จาก 2 ครัวเรือนที่มีหนี้")
    assert items_of(visit)[label].is_ready


def test_a_committee_order_in_force_that_names_every_fund_is_ready():
    visit = make_visit()
    order = make_order(visit.centre, signed_on=date(2019, 1, 1), signer_position="นายอำเภอ")
    make_member(order, fund=make_fund(visit.centre))

    assert items_of(visit)["คำสั่งแต่งตั้งคณะกรรมการศูนย์ฯ"].is_ready


def test_what_the_system_cannot_see_is_said_with_a_name_and_a_moment():
    visit = make_visit()

    prepared(visit, ready={"plan": "แผนปี 2562"})

    item = items_of(visit)["แผนการบริหารจัดการหนี้ของศูนย์ฯ"]
    assert item.is_ready
    assert item.told.startswith(f"แผนปี 2562 ทำเครื่องหมายโดย {visit.planned_by.full_name} ")


def test_a_mark_keeps_who_made_it_first_and_goes_when_it_is_taken_away():
    visit = make_visit()
    prepared(visit, ready={"plan": "แผนปี 2562"})
    prepare(
        visit=visit,
        asked_committee=12,
        asked_households=5,
        hosts="",
        ready={"plan": "แผนปี 2562"},
        by=make_officer(area=visit.centre.village),
    )
    kept = ReadyMark.objects.get()

    prepared(visit)

    assert kept.by == visit.planned_by
    assert not ReadyMark.objects.exists()


def test_a_report_that_was_sent_keeps_whom_it_asked():
    with pytest.raises(CannotRecord):
        prepared(make_sent_visit())


def test_the_page_asks_for_fifteen_people_and_leads_to_what_is_missing(sign_in):
    visit = make_visit()

    shown = text(sign_in(visit.planned_by).get(page("visit-readiness", visit)))

    assert "คณะกรรมการ/สมาชิก 10 คน ครัวเรือนต้นแบบ 5 คน รวม 15 คน" in shown
    assert "พร้อม 0 จาก 5 รายการ" in shown
    assert f"{reverse('debts:registers')}?q={visit.centre.village.name}" in shown


def test_who_may_not_see_households_gets_no_link_to_them(sign_in):
    visit = make_visit()
    officer = make_officer(Role.DEPARTMENT, area=visit.centre.village)

    shown = text(sign_in(officer).get(page("visit-readiness", visit)))

    assert "ทะเบียนข้อมูลครัวเรือน" in shown
    assert f"{reverse('households')}?q=" not in shown


def test_preparations_are_typed_on_their_page(sign_in):
    visit = make_visit()
    typed = {"asked_committee": "๑๒", "asked_households": "6", "hosts": "นายเอก พัฒนาการอำเภอ", "plan": "on"}

    response = sign_in(visit.planned_by).post(page("visit-prepare", visit), typed)

    visit.refresh_from_db()
    assert response["Location"] == page("visit-readiness", visit)
    assert (visit.asked, visit.hosts) == (18, "นายเอก พัฒนาการอำเภอ")
    assert [mark.item for mark in visit.ready_marks.all()] == ["plan"]


def test_the_facts_of_a_centre_stand_on_one_page(sign_in):
    visit = make_visit()
    make_fund(visit.centre, name="กองทุนหมู่บ้านหนองฮะ")

    shown = text(sign_in(visit.planned_by).get(reverse("monitoring:centre-facts", args=[visit.centre.pk])))

    assert "กองทุนหมู่บ้านหนองฮะ" in shown
    assert "5. รูปแบบ (Model)" in shown
