"""The register while the session ends, beside a colleague, and where the officer begins."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_register_grid import (  # noqa: F401 - fixtures
    active,
    centre,
    colleague,
    desk,
    officer,
    register,
    type_rows,
)
from tests.factories import PASSWORD, line_of, make_register

pytestmark = pytest.mark.django_db(transaction=True)
WARNING = "ระบบจะออกจากการใช้งานในอีก 5 นาที"


@pytest.fixture
def nearly_over(settings):
    settings.SESSION_COOKIE_AGE = 5 * 60 + 1  # seconds


def test_five_minutes_before_the_end_one_key_goes_on(nearly_over, browser, officer, register):  # noqa: F811
    browser.sign_in(officer)
    browser.open(reverse("debts:register-edit", args=[register.pk]))
    dialog = browser.page.get_by_role("alertdialog", name=WARNING)
    expect(dialog).to_be_visible()
    expect(browser.page.get_by_role("button", name="ใช้งานต่อ")).to_be_focused()
    before = Session.objects.get().expire_date

    with browser.page.expect_response("**/accounts/stay/") as answer:
        browser.page.keyboard.press("Enter")

    assert answer.value.status == 204
    assert Session.objects.get().expire_date > before
    expect(dialog).to_be_hidden()
    assert (
        browser.page.evaluate("document.activeElement.dataset.column") == "house_number"
    )  # back where it was


def test_the_twelve_hours_cannot_be_prolonged_and_the_page_says_so(browser, officer):  # noqa: F811
    browser.sign_in(officer)
    session = Session.objects.get()
    store = session.get_session_store_class()(session.session_key)
    store["began_at"] = timezone.now().timestamp() - 12 * 60 * 60 + 200
    store.save()

    browser.open("/")

    expect(browser.page.get_by_role("alertdialog")).to_contain_text("บันทึกงานก่อน แล้วเข้าสู่ระบบอีกครั้ง")
    browser.page.get_by_role("button", name="ปิด").click()
    expect(browser.page.get_by_role("alertdialog")).to_be_hidden()


def test_the_warning_is_accessible(nearly_over, axe_browser, officer):  # noqa: F811
    axe_browser.sign_in(officer)
    axe_browser.open("/", width=360)
    expect(axe_browser.page.get_by_role("alertdialog", name=WARNING)).to_be_visible()

    assert axe_browser.axe() == []
    assert not axe_browser.wider_than_the_screen()


def test_an_officer_with_a_second_step_signs_in_again_in_place(desk, officer):  # noqa: F811
    TOTP.activate(officer, generate_totp_secret())
    codes = RecoveryCodes.activate(officer).get_unused_codes()
    desk.go(1)
    Session.objects.all().delete()
    type_rows(desk, [1])
    desk.page.get_by_label("รหัสผ่านของ").fill(PASSWORD)
    desk.page.keyboard.press("Enter")
    code = desk.page.get_by_label("รหัสยืนยัน")
    expect(code).to_be_focused()
    code.fill("000000")
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_text("รหัสยืนยันไม่ถูกต้อง ลองอีกครั้ง")).to_be_visible()

    code.fill(codes[0])
    desk.page.keyboard.press("Enter")
    desk.wait_until_saved()

    assert [each["house_number"] for each in desk.stored()] == ["1"]


def test_a_page_left_alone_does_not_keep_the_session_open(desk):  # noqa: F811
    asked = []
    desk.page.on("request", lambda request: asked.append(request.url) if "since=" in request.url else None)
    desk.page.clock.install()
    desk.open()
    desk.page.clock.run_for(50_000)
    desk.page.wait_for_timeout(200)
    while_there = len(asked)

    desk.page.clock.run_for(10 * 60_000)
    desk.page.wait_for_timeout(200)

    assert while_there >= 1
    assert len(asked) <= while_there + 1


def test_a_colleague_is_told_who_edits_which_row(desk, colleague, officer):  # noqa: F811
    desk.go(1)
    desk.type("18")
    desk.press("Tab", "Control+s")
    desk.wait_until_saved()
    colleague.open()
    type_rows(colleague, [2])
    colleague.wait_until_saved()

    told = colleague.page.get_by_text(f"{officer.full_name} แก้ไขทะเบียนนี้อยู่ (แถว 1) ท่านแก้แถวอื่นได้")
    expect(told).to_be_visible()
    expect(colleague.page.locator("tbody tr").first).to_contain_text(f"{officer.full_name} แก้ไขอยู่")


# --- Where the officer begins --------------------------------------------------------------------------


def test_the_first_cell_to_type_has_the_focus_and_the_page_stays_at_its_head(desk, browser, centre, officer):  # noqa: F811
    assert active(desk) == "1 house_number"
    assert desk.page.evaluate("scrollY") == 0

    desk.register = make_register(
        centre, [line_of(f"นายบุญมี ที่{n}") for n in range(40)], by=officer, as_of_on=timezone.localdate()
    )
    desk.open()

    assert active(desk) == "41 house_number"
    assert desk.page.evaluate("scrollY") == 0
    expect(desk.cell(41, "house_number")).to_be_in_viewport()


def test_rows_out_of_sight_say_as_text_what_their_boxes_hold(desk, centre, officer):  # noqa: F811
    lines = [line_of(f"นายบุญมี ที่{n}", house_number=str(n)) for n in range(1, 91)]
    desk.register = make_register(centre, lines, by=officer, as_of_on=timezone.localdate())
    desk.open()
    expect(desk.page.locator("tr.away").first).to_contain_text(re.compile("นายบุญมี ที่1.*20,000.00", re.DOTALL))

    desk.press("Control+Home")
    desk.press("Tab")
    desk.type("นางแก้ว ทองสุข")
    desk.press("Enter")
    desk.wait_until_saved()

    assert desk.stored()[0]["name"] == "นางแก้ว ทองสุข"
    expect(desk.page.locator("tbody tr").nth(88)).to_have_class(re.compile("away"))
