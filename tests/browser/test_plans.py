"""The plans and the reasons of their figures in a browser: one request a pause in typing, a window that opens."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS
from tests.factories import make_contract, make_debt, make_draft, make_fund, make_livelihood, make_officer


@pytest.mark.django_db(transaction=True)
def test_plans_are_reckoned_while_they_are_typed_and_explain_themselves(axe_browser):
    debt = make_debt(fund=make_fund(), interest="500")
    officer = make_officer(area=debt.household.village)
    make_livelihood(debt.household, by=officer)
    make_draft(debt.household, [debt], lender=debt.fund, by=officer)
    contract = make_contract([make_debt(fund=debt.fund)], by=officer)
    axe_browser.sign_in(officer)
    page, asked = axe_browser.page, []
    page.on("request", lambda request: asked.append(request.url) if "preview" in request.url else None)

    axe_browser.open(reverse("debts:merge-plans", args=[debt.household.pk]))
    page.get_by_role("textbox", name="หรือชำระได้งวดละไม่เกิน ทางเลือกที่ 1").type("1,500")
    expect(page.locator("#comparison-status")).to_contain_text("คำนวณแล้ว")
    assert len(asked) == 1
    page.get_by_role("button", name="ใช้ทางเลือกที่ 1").click()
    page.get_by_role("button", name="ถัดไป: ตรวจสอบ").click()
    page.get_by_text("ตารางผ่อนชำระ").first.click()
    page.get_by_role("link", name="ทำไมจึงเป็นตัวเลขนี้ งวดที่ 2", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("× 6% × 1 ÷ 12 =")
    found = axe_browser.axe()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()

    for name, row in (
        ("merge-plans", debt.household),
        ("plan-why", debt.household),
        ("household-why", debt.household),
        ("household", debt.household),
        ("debt-why", debt),
        ("debt", debt),
        ("contract-why", contract),
        ("contract", contract),
    ):
        for width in WIDTHS:
            axe_browser.open(reverse(f"debts:{name}", args=[row.pk]), width=width)
            found += [f"{name} {width}: {each}" for each in axe_browser.axe()]
            if axe_browser.wider_than_the_screen():
                found.append(f"{name} {width}: wider than the screen")
    assert found == []
