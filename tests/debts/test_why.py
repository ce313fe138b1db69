"""ทำไมจึงเป็นตัวเลขนี้, as officers open it from a debt, a household, a contract and a plan."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from debts.consolidation import Waiver
from tests.debts.test_explain import check
from tests.factories import (
    make_contract,
    make_debt,
    make_draft,
    make_fund,
    make_household,
    make_officer,
    make_payment,
    make_village,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = make_officer(area=make_village())
    client.force_login(officer)
    return officer


def open_why(client, name, of, **query):
    return client.get(reverse(f"debts:{name}", args=[of.pk]), query)


def figures(page):
    return [figure for _, group in page.context["groups"] for figure in group]


def check_all(page):
    """All arithmetic of a page, done again."""
    for figure in figures(page):
        check(figure)
    for _, step in page.context.get("entries") or []:
        assert step is None or str(step)


def test_a_balance_is_the_sum_of_the_entries_behind_it(client, officer):
    debt = make_debt()
    make_payment(debt, amount="1000", on=date(2018, 6, 4))

    page = open_why(client, "debt-why", debt)

    principal, interest, whole = figures(page)
    assert principal.sentence.endswith("20,000.00 = 20,000.00")
    assert str(interest.steps[-1]) == "1,315.07 − 1,000.00 = 315.07"
    assert str(whole.steps[-1]) == "20,000.00 + 315.07 = 20,315.07"
    check_all(page)


def test_interest_that_was_posted_shows_the_days_it_was_counted_for(client, officer):
    debt = make_debt()
    make_payment(debt, amount="1000", on=date(2018, 6, 4))
    make_payment(debt, amount="1000", on=date(2018, 7, 4))

    steps = [str(step) for _, step in open_why(client, "debt-why", debt).context["entries"] if step]

    assert steps == ["20,000.00 × 6% × 400 ÷ 365 = 1,315.07", "20,000.00 × 6% × 30 ÷ 365 = 98.63"]


def test_only_the_figure_that_was_asked_for_is_explained(client, officer):
    debt = make_debt(interest="10")

    [figure] = figures(open_why(client, "debt-why", debt, part="interest"))

    assert figure.name.startswith("ดอกเบี้ยค้างชำระ")


def test_a_balance_of_a_past_day_is_explained_by_the_entries_until_then(client, officer):
    debt = make_debt()
    make_payment(debt, amount="1000", on=date(2018, 6, 4))

    page = open_why(client, "debt-why", debt, on="30/4/2560")

    assert figures(page)[-1].figure == 20000


def test_a_household_is_the_sum_of_its_open_debts(client, officer):
    debt = make_debt(principal="30000")
    make_debt(
        debt.household, principal="17000", interest="500", fund=make_fund(debt.fund.centre, "savings_group")
    )

    page = open_why(client, "household-why", debt.household)

    assert str(figures(page)[-1].steps[-1]) == "30,000.00 + 17,500.00 = 47,500.00"
    check_all(page)


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"method": "annuity", "round_up_to": 1},
        {"method": "flat", "full_grace": 2},
        {"method": "bullet"},
        {"principal_grace": 3, "day_count": "actual_365"},
    ],
)
def test_every_figure_of_a_contract_is_explained_by_its_own_terms(client, officer, terms):
    contract = make_contract(**terms)

    page = open_why(client, "contract-why", contract)

    assert "ตามตารางผ่อนชำระที่บันทึกไว้กับสัญญา" not in page.content.decode()
    assert [figure.figure for figure in figures(page) if figure.name.startswith("ยอดชำระ")] == [
        line.total for line in contract.instalments.all()
    ]
    check_all(page)


def test_interest_of_a_contract_that_was_posted_shows_the_months(client, officer):
    contract = make_contract()
    make_payment(contract.debt, amount="1633.33", on=date(2017, 7, 15))

    steps = [str(step) for _, step in open_why(client, "debt-why", contract.debt).context["entries"] if step]

    assert steps == ["35,000.00 × 6% × 1 ÷ 12 = 175.00"]


def test_the_split_of_old_interest_shows_what_is_older_than_a_year(client, officer):
    fund = make_fund()
    debt = make_debt(fund=fund, on=date(2016, 5, 11))
    contract = make_contract(
        [debt], fund, interest_to=date(2017, 6, 15), signed_on=date(2017, 6, 15), agreed_in_writing=True
    )

    page = open_why(client, "contract-why", contract, part="amount")

    capitalised, apart = figures(page)[-2:]
    assert [str(step) for step in capitalised.steps] == [
        "20,000.00 × 6% × 365 ÷ 365 = 1,200.00",
        "1,315.07 − 1,200.00 = 115.07",
    ]
    assert str(apart.steps[-1]) == "1,315.07 − 115.07 = 1,200.00"
    check_all(page)


def test_what_was_waived_is_in_the_sum_of_the_contract(client, officer):
    debt = make_debt(interest="500", rate_percent=Decimal(0))
    contract = make_contract([debt], debt.fund, waivers={debt.pk: Waiver(interest=Decimal(200))})

    whole = figures(open_why(client, "contract-why", contract, part="amount"))[0]

    assert str(whole.steps[-1]) == "20,500.00 − 200.00 = 20,300.00"


def test_a_schedule_that_its_terms_do_not_give_is_said_to_be_as_written_down(client, officer):
    contract = make_contract()
    contract.instalments.filter(number=1).update(principal=Decimal("1000"))

    page = open_why(client, "contract-why", contract, row="1")

    assert "ตามตารางผ่อนชำระที่บันทึกไว้กับสัญญา" in page.content.decode()
    assert figures(page)[-1].figure == 1175


def test_an_instalment_that_does_not_exist_is_not_found(client, officer):
    contract = make_contract()

    assert open_why(client, "contract-why", contract, row="25").status_code == 404


def test_a_plan_in_preparation_is_explained_like_the_contract(client, officer):
    debt = make_debt(household=make_household(), fund=make_fund())
    make_draft(debt.household, [debt], lender=debt.fund, by=officer)

    page = open_why(client, "plan-why", debt.household, row="24")

    assert str(figures(page)[1].steps[-1]) == "20,000.00 − 23 × 833.33 = 833.41"
    check_all(page)


def test_the_window_gets_the_reason_alone(client, officer):
    contract = make_contract()

    page = client.get(
        reverse("debts:contract-why", args=[contract.pk]), {"row": "1"}, headers={"HX-Request": "true"}
    )

    assert "<html" not in page.content.decode()
    assert "35,000.00 × 6% × 1 ÷ 12 = 175.00" in page.content.decode()
