"""How the register looks where it is typed: no mark of a Thai letter is cut, and what is put away is away."""

import io

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from tests.debts.nong_ha import make_nong_ha
from tests.factories import line_of, make_officer, make_register

pytestmark = pytest.mark.django_db(transaction=True)
MARKS = "ปี่ปั้นกู้ญูฏฐุโป้"
AMPLE = "box => Object.assign(box.style, { height: 'auto', padding: '20px 8px', lineHeight: '60px' })"


def height_of_ink(box) -> int:
    """Rows of the screen from the highest mark to the lowest one."""
    picture = Image.open(io.BytesIO(box.screenshot())).convert("L")
    inside = picture.crop((8, 4, picture.width // 2, picture.height - 4))
    _, top, _, bottom = inside.point(lambda grey: 255 if grey < 140 else 0).getbbox()
    return bottom - top


def assert_marks_are_whole(page, box):
    box.fill(MARKS)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.fonts.ready")
    shown = height_of_ink(box)
    box.evaluate(AMPLE)
    assert shown == height_of_ink(box)


@pytest.mark.parametrize("width", [1366, 360])
def test_no_mark_of_a_letter_is_cut(browser, width):
    centre = make_nong_ha()
    officer = make_officer(area=centre.village)
    browser.sign_in(officer)
    register = make_register(centre, [line_of(fund=centre.funds.first())], by=officer)

    browser.open(reverse("debts:register-edit", args=[register.pk]), width=width, height=900)
    expect(browser.page.locator("body.has-grid")).to_be_visible()
    assert_marks_are_whole(browser.page, browser.page.locator("tbody [data-column=note]").first)

    browser.open(reverse("households:household-new"), width=width, height=900)
    assert_marks_are_whole(browser.page, browser.page.locator("[name=first_name]"))


def test_every_column_that_may_be_put_away_is_away(browser):
    centre = make_nong_ha()
    officer = make_officer(area=centre.village)
    browser.sign_in(officer)
    register = make_register(centre, [line_of(fund=centre.funds.first())], by=officer)
    browser.open(reverse("debts:register-edit", args=[register.pk]))
    page = browser.page
    page.locator(".reg-columns summary").click()
    columns = page.locator("[data-show-column]").evaluate_all("boxes => boxes.map(box => box.value)")

    for column in columns:
        page.locator(f"[data-show-column][value={column}]").uncheck()

    assert len(columns) > 8
    for column in columns:
        expect(page.locator(f"thead .col-{column}")).to_be_hidden()
        expect(page.locator(f"tbody tr:first-child .col-{column}")).to_be_hidden()
