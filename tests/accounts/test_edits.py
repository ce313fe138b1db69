"""Two officers edit one row by form: nothing typed is lost, and nobody's value is overwritten unseen."""

import re
from html import unescape
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from accounts.audit import ACTIONS
from accounts.checks import every_url
from accounts.models import AuditEvent
from accounts.pages import EditPage
from households.models import Household
from tests.factories import (
    make_activity,
    make_centre,
    make_debt,
    make_fund,
    make_guarantor,
    make_household,
    make_letter,
    make_livelihood,
    make_member,
    make_officer,
    make_order,
    make_other_debt,
    make_person,
    make_round,
)

# URL name → how to make its row, the box both officers fill in, what the other and what this one types there.
PAGES = {
    "funds:centre-edit": (make_centre, "budget_year", "2559", "2561"),
    "funds:fund-edit": (make_fund, "name", "กองทุนเขา", "กองทุนเรา"),
    "funds:committeeorder-edit": (make_order, "signer", "นายหนึ่ง", "นายสอง"),
    "funds:committeemember-edit": (make_member, "last_name", "ใจเย็น", "ใจดี"),
    "households:household-edit": (make_household, "house_number", "181", "182"),
    "households:person-edit": (make_person, "last_name", "ใจเย็น", "ใจดี"),
    "households:livelihood-edit": (make_livelihood, "income_main", "61,000.00", "62,000.00"),
    "households:otherdebt-edit": (make_other_debt, "creditor", "ร้านเขา", "ร้านเรา"),
    "debts:debt-edit": (make_debt, "number", "81/2560", "82/2560"),
    "monitoring:activity-edit": (make_activity, "leader", "นางเขา", "นางเรา"),
    "monitoring:letter-edit": (make_letter, "to", "นายอำเภอเขา", "นายอำเภอเรา"),
    "monitoring:round-edit": (lambda: make_round(make_officer()), "name", "รอบเขา", "รอบเรา"),
}
every_edit_page = pytest.mark.parametrize("name", PAGES)


def browser(**fields) -> Client:
    client = Client()
    client.force_login(make_officer(**fields))
    return client


def filled_in(page) -> dict[str, str]:
    """What the form on the page sends when nothing is typed."""
    content = page.content.decode()
    form = page.context["form"]
    values = {box.html_name: box.value() for box in form if not isinstance(box.value(), bool)}
    ticked = {box.html_name: "on" for box in form if box.value() is True}
    seen = unescape(re.search(r'name="seen" value="([^"]*)"', content)[1])
    texts = {
        name: str(getattr(value, "pk", value)) for name, value in values.items() if value not in (None, [])
    }
    return {**texts, **ticked, "seen": seen}


def kept(address: str, box: str) -> str:
    return filled_in(browser().get(address))[box]


def opened_by_two(name) -> tuple[str, str, Client, dict, str]:
    """The page's address, the box, this officer's browser and form as it was before the other one saved."""
    make, box, theirs, mine = PAGES[name]
    address = reverse(name, args=[make().pk])
    officer = browser()
    form = filled_in(officer.get(address))
    other = browser(first_name="สมหญิง", last_name="รอบคอบ")
    saved = other.post(address, {**filled_in(other.get(address)), box: theirs, "told": told(address)})
    assert saved.status_code == 302
    return address, box, officer, {**form, box: mine, "told": told(address)}, theirs


def told(address: str) -> str:
    """No question about twins."""
    return " ".join(str(pk) for pk in Household.objects.values_list("pk", flat=True))


def test_every_edit_page_is_tried_here():
    pages = {url.name for url in every_url() if hasattr(url.pattern.callback, "view_class")}
    edits = {
        url.name
        for url in every_url()
        if url.name in pages and issubclass(url.pattern.callback.view_class, EditPage)
    }

    assert edits == set(PAGES)


@pytest.mark.django_db
@every_edit_page
def test_what_another_officer_saved_meanwhile_is_asked_about(name):
    address, box, officer, form, theirs = opened_by_two(name)

    page = officer.post(address, form)

    content = page.content.decode()
    assert page.status_code == 200
    assert kept(address, box) == theirs
    assert f'value="{form[box]}"' in content
    assert f"ใช้ค่าที่บันทึกไว้: <b>{theirs}</b>" in content
    assert "สมหญิง รอบคอบ บันทึกช่องนี้ไว้ก่อนแล้ว เมื่อ" in content


@pytest.mark.django_db
@every_edit_page
def test_mine_is_kept_when_i_choose_it(name):
    address, box, officer, form, _ = opened_by_two(name)
    again = filled_in_again(officer.post(address, form), form)

    saved = officer.post(address, {**again, f"{box}-answer": mine_of(officer, address, form, box)})

    assert saved.status_code == 302
    assert kept(address, box) == form[box]


@pytest.mark.django_db
@every_edit_page
def test_theirs_is_taken_when_i_choose_it(name):
    address, box, officer, form, theirs = opened_by_two(name)
    again = filled_in_again(officer.post(address, form), form)

    saved = officer.post(address, {**again, f"{box}-answer": "theirs"})

    assert saved.status_code == 302
    assert kept(address, box) == theirs


def filled_in_again(page, form) -> dict[str, str]:
    return {**form, "seen": filled_in(page)["seen"]}


def mine_of(officer, address, form, box) -> str:
    content = officer.post(address, form).content.decode()
    return re.search(rf'name="{box}-answer" value="(mine:[0-9a-f]+)"', content)[1]


@pytest.mark.django_db
def test_an_answer_about_an_older_value_is_asked_again():
    address, box, officer, form, _ = opened_by_two("households:household-edit")
    answer = {f"{box}-answer": mine_of(officer, address, form, box)}
    Household.objects.update(house_number="183")

    page = officer.post(address, {**form, **answer})

    assert "ใช้ค่าที่บันทึกไว้: <b>183</b>" in page.content.decode()
    assert kept(address, box) == "183"


@pytest.mark.django_db
def test_an_answer_is_not_lost_when_another_box_is_wrong():
    person = make_person(born_year=2510)
    address = reverse("households:person-edit", args=[person.pk])
    officer = browser()
    form = {**filled_in(officer.get(address)), "born_year": "2511", "told": told(address)}
    type(person).objects.filter(pk=person.pk).update(born_year=2512)
    answer = {"born_year-answer": mine_of(officer, address, form, "born_year")}
    wrong = officer.post(address, {**form, **answer, "first_name": ""})

    saved = officer.post(address, filled_in_again(wrong, form))

    person.refresh_from_db()
    assert (saved.status_code, person.born_year) == (302, 2511)


@pytest.mark.django_db
def test_boxes_that_i_left_alone_keep_what_the_other_wrote():
    household = make_household(house_number="18", note="")
    address = reverse("households:household-edit", args=[household.pk])
    officer, other = browser(), browser()
    mine = {**filled_in(officer.get(address)), "house_number": "19"}
    other.post(address, {**filled_in(other.get(address)), "note": "ย้ายเข้าใหม่"})

    page = officer.post(address, mine, follow=True)

    household.refresh_from_db()
    assert (household.house_number, household.note) == ("19", "ย้ายเข้าใหม่")
    assert "ผู้อื่นแก้ไข หมายเหตุ ระหว่างที่ท่านกรอก" in page.content.decode()


@pytest.mark.django_db
def test_guarantors_typed_by_two_officers_are_asked_about():
    debt = make_debt()
    address = reverse("debts:debt-edit", args=[debt.pk])
    officer = browser()
    form = {**filled_in(officer.get(address)), "guarantors": "นายบุญมี มีสุข"}
    make_guarantor(debt, "นายบุญมา ใจดี")

    page = officer.post(address, form)

    assert "ใช้ค่าที่บันทึกไว้: <b>นายบุญมา ใจดี</b>" in page.content.decode()
    assert [str(each.name) for each in debt.guarantors.all()] == ["นายบุญมา ใจดี"]


@pytest.mark.django_db
def test_a_national_id_changed_meanwhile_is_asked_about_without_being_told():
    person = make_person()
    address = reverse("households:person-edit", args=[person.pk])
    officer, other = browser(), browser()
    form = {**filled_in(officer.get(address)), "national_id": "1101700207030", "told": told(address)}
    other.post(
        address, {**filled_in(other.get(address)), "national_id": "3101200345677", "told": form["told"]}
    )

    page = officer.post(address, form).content.decode()

    assert "ใช้ค่าที่บันทึกไว้: <b>x-xxxx-xxxxx-67-7</b>" in page
    assert "3101200345677" not in page
    assert "3101200345677" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


@pytest.mark.django_db
def test_the_same_value_from_both_is_no_question():
    address, box, officer, form, theirs = opened_by_two("funds:fund-edit")

    assert officer.post(address, {**form, box: theirs}).status_code == 302


@pytest.mark.django_db
@every_edit_page
def test_every_edit_is_recorded_under_a_name_of_ours(name):
    opened_by_two(name)

    assert AuditEvent.objects.latest("pk").action in ACTIONS
    assert PAGES[name][1] in AuditEvent.objects.latest("pk").detail


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="writers of SQLite already wait for each other")
def test_of_two_officers_who_save_at_once_one_is_asked():
    household = make_household(house_number="18")
    address = reverse("households:household-edit", args=[household.pk])
    officers, start, answers = [browser(), browser()], Barrier(2), {}
    forms = [filled_in(officer.get(address)) for officer in officers]

    def save(number):
        start.wait()
        typed = {**forms[number], "house_number": f"18{number}"}
        answers[officers[number].post(address, typed).status_code] = f"18{number}"
        connections.close_all()

    threads = [Thread(target=save, args=[number]) for number in (0, 1)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    household.refresh_from_db()
    assert set(answers) == {200, 302}
    assert household.house_number == answers[302]
