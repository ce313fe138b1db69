"""Sending, reviewing and comparing a register in a real browser: accessible and no wider than the screen."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.browser.conftest import WIDTHS
from tests.factories import (
    line_of,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_register,
    make_sent_register,
)


def faults_of(browser, *addresses) -> list[str]:
    found = []
    for path in addresses:
        for width in WIDTHS:
            browser.open(path, width=width)
            found += [f"{path} {width}: {each}" for each in browser.axe()]
            if browser.wider_than_the_screen():
                found.append(f"{path} {width}: wider than the screen")
    return found


def page(name, register):
    return reverse(f"debts:{name}", args=[register.pk])


@pytest.mark.django_db(transaction=True)
def test_the_pages_of_a_registers_life_are_accessible_and_fit_the_screen(axe_browser):
    fund = make_fund(name="กองทุนหมู่บ้านหนองฮะ")
    head = make_officer(Role.DISTRICT_HEAD, area=fund.centre.village)
    make_debt(make_household(fund.centre.village, house_number="18"), fund, number="1/2558")
    make_debt(fund=fund, number="9/2558")
    lines = [
        line_of(fund=fund, number="1/2558", principal="200,000", lent="9", guarantor="นายมี มาก"),
        line_of("นายบุญช่วย ทองสุข", "700.50", fund, house_number=""),
    ]
    sent = make_sent_register(fund.centre, lines)
    draft = make_register(
        fund.centre,
        [line_of(fund=fund, number="1/2558"), line_of(principal="1,25")],
        as_of_on=date(2018, 4, 30),
    )
    axe_browser.sign_in(head)

    assert (
        faults_of(
            axe_browser,
            page("register-review", sent),
            page("register-certify", sent),
            page("register", sent),
            page("register-send", draft),
            page("register-compare", draft),
            reverse("debts:register-new"),
            reverse("debts:registers"),
        )
        == []
    )
