"""The plans for the talk and the annex of figures, as papers."""

import pytest
from django.urls import reverse

from tests.factories import make_contract, make_debt, make_draft, make_fund, make_livelihood, make_officer
from tests.reading import one_line, page_count, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def debt():
    return make_debt(fund=make_fund(name="กองทุนหมู่บ้าน"))


@pytest.fixture
def officer(debt, client):
    officer = make_officer(area=debt.household.village)
    client.force_login(officer)
    return officer


def paper(client, name, row) -> bytes:
    response = client.get(reverse(f"reports:{name}", args=[row.pk]))
    assert response.status_code == 200
    return response.content


def test_the_plans_stand_side_by_side_on_one_page(client, officer, debt):
    make_draft(debt.household, [debt], lender=debt.fund, by=officer)
    make_livelihood(debt.household, by=officer)

    content = paper(client, "plans-paper", debt.household)

    text = one_line(text_of(content))
    assert page_count(content) == 1
    for said in (
        "ทางเลือกที่ 1",
        "ทางเลือกที่ 2",
        "24 งวด ทุกเดือน",
        "36 งวด ทุกเดือน",
        "เทียบกับรายได้ทั้งปี 60,000.00 บาท",
    ):
        assert said in text


def test_without_debts_chosen_there_is_no_paper_yet(client, officer, debt):
    response = client.get(reverse("reports:plans-paper", args=[debt.household.pk]))

    assert response["Location"] == reverse("debts:merge-debts", args=[debt.household.pk])


def test_the_annex_says_where_every_figure_comes_from(client, officer, debt):
    contract = make_contract([debt], debt.fund, by=officer)

    text = one_line(text_of(paper(client, "why-paper", contract)))

    assert "20,000.00 ÷ 24 = 833.33" in text
    assert "20,000.00 × 6% × 1 ÷ 12 = 100.00" in text
    assert "งวดที่ 24" in text
