"""Recording a visit in a real browser: what is typed is saved, also when the network comes and goes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from monitoring import visits
from monitoring.models import Visit
from tests.factories import make_officer, make_visit

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = "บันทึกร่างแล้ว"


@pytest.fixture
def visit():
    return make_visit()


@pytest.fixture
def recording(browser, visit):
    """The recording page, opened by the officer who planned the visit."""
    browser.sign_in(visit.planned_by)
    browser.open(reverse("monitoring:visit-edit", args=[visit.pk]))
    return browser


def type_summary(recording, text):
    recording.page.locator("#id_summary").press_sequentially(text)


def wait_for(recording, text):
    expect(recording.page.locator("#save-state")).to_contain_text(text, timeout=25_000)


def summary_of(visit) -> str:
    return Visit.objects.get(pk=visit.pk).summary


def test_what_is_typed_is_saved_without_a_button(recording, visit):
    type_summary(recording, "คณะกรรมการเข้มแข็ง")
    wait_for(recording, SAVED)
    type_summary(recording, " สามัคคี")
    wait_for(recording, "ยังไม่ได้บันทึก")
    wait_for(recording, SAVED)

    assert summary_of(visit) == "คณะกรรมการเข้มแข็ง สามัคคี"


def test_the_button_saves_while_the_background_does(recording, visit):
    type_summary(recording, "ดี")
    recording.page.wait_for_timeout(2990)  # milliseconds: about when the background begins

    recording.page.get_by_role("button", name="บันทึกร่าง", exact=True).click()

    wait_for(recording, SAVED)
    assert summary_of(visit) == "ดี"


def test_a_lost_network_loses_nothing(recording, visit):
    recording.window.set_offline(True)
    type_summary(recording, "พิมพ์ตอนไม่มีสัญญาณ")
    wait_for(recording, "ระบบจะลองใหม่เอง")

    recording.window.set_offline(False)
    wait_for(recording, SAVED)

    recording.faults.clear()  # the browser reports the lost network itself
    assert summary_of(visit) == "พิมพ์ตอนไม่มีสัญญาณ"


def test_the_background_overwrites_nobody(recording, visit):
    visits.touch(visit, by=make_officer(area=visit.centre.village, first_name="เอก"))

    type_summary(recording, "ของฉัน")

    wait_for(recording, "เอก เมื่อ")
    assert summary_of(visit) == ""
