"""The sheet of a meeting in a real browser: the keys of the register grid, the running total, no script needed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from debts.models import Payment
from tests.browser.conftest import WIDTHS, Browser
from tests.factories import make_contract, make_debt, make_officer, make_settled_contract, make_transfer

FREE = {"rate_percent": Decimal(0)}


@pytest.fixture
def debts(transactional_db):
    first = make_debt(**FREE)
    return [first, *(make_debt(fund=first.fund, **FREE) for _ in range(2))]


def sheet_of(debts) -> str:
    return reverse("debts:collect", args=[debts[0].fund.centre_id])


def amounts_paid() -> list[Decimal]:
    return sorted(Payment.objects.values_list("amount", flat=True))


def test_amounts_go_down_the_sheet_by_enter_and_are_summed_as_they_are_typed(browser, debts):
    browser.sign_in(make_officer())
    browser.open(sheet_of(debts))
    page = browser.page

    page.locator("[data-column]").first.focus()
    page.keyboard.type("๑,๒๐๐")
    page.keyboard.press("Enter")
    page.keyboard.type("300.50")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("99999")

    told = page.locator("[data-told]")
    assert told.inner_text() == "รับชำระ 3 รายการ รวม 101,499.50 บาท"
    assert "ระบุไม่เกิน 20,000.00 บาท" in page.locator(".note-error").inner_text()
    page.keyboard.press("Escape")
    assert told.inner_text() == "รับชำระ 2 รายการ รวม 1,500.50 บาท"

    page.keyboard.press("Control+s")
    page.wait_for_url("**/collections/*/")
    assert amounts_paid() == [Decimal("300.50"), 1200]


def test_the_sheet_is_an_ordinary_form_without_script(chromium, live_server, debts):
    window = Browser(chromium, live_server, scripts=False)
    window.sign_in(make_officer())
    window.open(sheet_of(debts))

    window.page.locator("[data-column]").nth(1).fill("๕๐๐")
    window.page.get_by_role("button", name="บันทึกการชำระ").click()

    assert "500.00" in window.page.content()
    assert amounts_paid() == [500]
    window.window.close()


def test_pages_of_payments_are_accessible_and_fit_the_screen(axe_browser, debts):
    made = make_settled_contract(debts[0].fund)
    transfer = make_transfer(made)
    contract = make_contract([debts[1]])
    axe_browser.sign_in(make_officer())
    owed = made.settlements.get()
    paths = [
        sheet_of(debts),
        *map(reverse, ("debts:payments", "debts:due", "debts:overdue", "debts:settlements")),
        reverse("debts:fund-settlements", args=[owed.payer_id]),
        reverse("debts:transfer-new", args=[owed.pk]),
        reverse("debts:transfer", args=[transfer.pk]),
        reverse("debts:statement", args=[contract.debt_id]),
        reverse("debts:promise-new", args=[debts[0].pk]),
        reverse("debts:debt", args=[debts[0].pk]),
        reverse("debts:payment-new", args=[debts[0].pk]),
    ]

    found = []
    for path in paths:
        for width in WIDTHS:
            axe_browser.open(path, width=width)
            found += [f"{path} {width}: {each}" for each in axe_browser.axe()]
            if axe_browser.wider_than_the_screen():
                found.append(f"{path} {width}: wider than the screen")

    assert found == []
