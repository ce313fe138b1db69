"""Up to four plans side by side, and the contract that is made from one of them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debts import comparison
from debts.models import Contract, MergeDraft
from funds.models import Fund
from tests.debts.test_wizard import TERMS, Officer, text_of
from tests.factories import make_debt, make_fund, make_household, make_livelihood

pytestmark = pytest.mark.django_db
WAYS = [
    {},
    {"periods": "60", "method": "annuity", "round_up_to": "10"},
    {"periods": "", "affordable": "2,500", "full_grace": "2", "principal_grace": "1"},
    {"seasons": "20 มี.ค. และ พ.ย.", "periods": "6", "rate_percent": "4", "agreed_in_writing": "on"},
]


@pytest.fixture
def debts():
    """A household that owes two funds 37,000 baht on 30 April 2560, with interest overdue."""
    village_fund = make_fund()
    savings = make_fund(village_fund.centre, Fund.Kind.SAVINGS_GROUP, rate="12")
    household = make_household(village_fund.centre.village)
    return [
        make_debt(household, village_fund, principal="20000", interest="1315.07"),
        make_debt(household, savings, principal="12000", interest="789.04", rate_percent=Decimal(12)),
    ]


@pytest.fixture
def officer(debts):
    officer = Officer(debts[0].household)
    officer.choose(debts)
    return officer


def columns(lender, ways) -> dict[str, str]:
    """What the page sends for these plans."""
    sent = {"plans": str(len(ways))}
    for number, way in enumerate(ways, start=1):
        typed = {"lender": lender.pk, **TERMS, **way}
        sent |= {f"plan{number}-{name}": value for name, value in typed.items()}
    return sent


def send(officer, lender, ways, step="merge-plans", **pressed):
    return officer.send(step, {"version": officer.version, **columns(lender, ways), **pressed})


def test_three_plans_are_proposed_first_the_usual_a_longer_one_and_one_without_overdue_interest(
    officer, debts
):
    usual, longer, waived = (option.plan for option in officer.open("merge-plans").context["options"])

    assert (len(usual.instalments), len(longer.instalments)) == (24, 36)
    assert (usual.waived, waived.waived) == (0, Decimal("2104.11"))


def test_four_plans_answer_in_one_round_trip_with_what_they_come_to(officer, debts):
    page = send(officer, debts[0].fund, WAYS, step="plans-preview")

    options = page.context["options"]
    assert [len(option.plan.instalments) for option in options] == [24, 60, 18, 6]
    assert "<html" not in text_of(page)
    assert "plans" not in MergeDraft.objects.get().answers


@pytest.mark.parametrize("chosen", [1, 2, 3, 4])
def test_every_figure_of_a_shown_plan_is_that_of_the_contract_made_from_it(officer, debts, chosen):
    page = send(officer, debts[0].fund, WAYS, step="plans-preview")
    shown = page.context["options"][chosen - 1]
    plan = shown.plan

    send(officer, debts[0].fund, WAYS, choose=str(chosen))
    officer.confirm(officer.look())

    contract = Contract.objects.get()
    lines = list(contract.instalments.all())
    assert [
        (line.number, line.due_on, line.principal, line.interest, line.apart, line.balance, line.total)
        for line in lines
    ] == [
        (line.number, line.due_on, line.principal, line.interest, line.apart, line.balance, line.total)
        for line in plan.instalments
    ]
    figures = ("amount", "bears_interest", "kept_apart", "waived")
    assert [getattr(contract, name) for name in figures] == [getattr(plan, name) for name in figures]
    assert (contract.periods, contract.debt.due_on) == (plan.offer.periods, plan.ends_on)
    assert shown.last.total == lines[-1].total
    assert sum(line.total for line in lines) - contract.amount == plan.total_interest
    merged = contract.merged_debts.order_by("debt_id")
    assert [(each.carried, each.waived, each.capitalised, each.kept_apart) for each in merged] == [
        (line.carried, line.waived, line.capitalised, line.kept_apart) for line in plan.lines
    ]
    assert [list(day) for day in plan.offer.seasons] == contract.seasons


def test_the_chosen_plan_becomes_the_terms_and_the_others_stay(officer, debts):
    answer = send(officer, debts[0].fund, WAYS, choose="2")

    answers = MergeDraft.objects.get().answers
    assert answer["Location"] == officer.address("merge-terms")
    assert answers["terms"]["periods"] == "60"
    assert len(answers["plans"]) == 4
    assert officer.open("merge-plans").context["options"][1].usual == Decimal("655.07")


def test_what_was_typed_comes_back_after_leaving(officer, debts):
    send(officer, debts[0].fund, WAYS[:2], keep="1")

    forms = officer.open("merge-plans").context["forms"]

    assert [form["periods"].value() for form in forms] == ["24", "60"]


def test_a_plan_that_cannot_be_reckoned_says_why_and_leaves_the_others_alone(officer, debts):
    ways = [{"periods": "", "affordable": "100"}, {"rate_percent": "16"}, {"periods": ""}, {}]

    options = send(officer, debts[0].fund, ways, step="plans-preview").context["options"]

    assert "ไม่มีวันหมดหนี้" in options[0].refusal
    assert "เกินที่กฎหมายกำหนด" in options[1].refusal
    assert "ระบุจำนวนงวด หรือเงินที่ชำระได้ต่องวด" in options[2].refusal
    assert options[3].plan


def test_a_plan_without_figures_cannot_be_chosen(officer, debts):
    page = send(officer, debts[0].fund, [{"rate_percent": "16"}], choose="1")

    assert "เกินที่กฎหมายกำหนด" in text_of(page)
    assert "terms" not in MergeDraft.objects.get().answers


def test_columns_are_added_up_to_four_and_taken_away(officer, debts):
    added = send(officer, debts[0].fund, [*WAYS[:3]], add="1")
    full = send(officer, debts[0].fund, WAYS, add="1")
    removed = send(officer, debts[0].fund, WAYS, remove="1")

    assert [len(page.context["forms"]) for page in (added, full, removed)] == [4, 4, 3]
    assert removed.context["forms"][0]["periods"].value() == "60"


def test_another_officers_plans_are_not_overwritten_unseen(officer, debts):
    version = officer.version
    send(Officer(officer.household), debts[0].fund, WAYS[:1], keep="1")

    page = officer.send("merge-plans", {"version": version, **columns(debts[0].fund, WAYS), "keep": "1"})

    assert "แก้ไขรายการนี้เมื่อ" in text_of(page)
    assert len(MergeDraft.objects.get().answers["plans"]) == 1


def test_the_instalments_of_the_heaviest_year_are_compared_with_the_income(officer, debts):
    make_livelihood(officer.household, income="60000", expense_needed="45000", expense_debt="5000")

    option = send(officer, debts[0].fund, WAYS[:1], step="plans-preview").context["options"][0]

    year = sum(line.total for line in option.plan.instalments[:12])
    assert option.burden.heaviest_year == year == Decimal("18532.00")
    assert option.burden.percent_of_income == Decimal("30.9")
    assert option.burden.left == 15000 - year


def test_without_a_survey_the_page_leads_to_one(officer, debts):
    page = officer.open("merge-plans")

    assert "ยังไม่มีการสำรวจรายได้ของครัวเรือน" in text_of(page)
    assert reverse("households:livelihood-new", args=[officer.household.pk]) in text_of(page)


def test_what_each_fund_gains_and_loses_is_told(officer, debts):
    waived = {f"waived_interest_{debts[1].pk}": "394.52"}

    option = send(officer, debts[0].fund, [waived], step="plans-preview").context["options"][0]
    lender, savings = option.effects

    assert (lender.pays, lender.receives, lender.earns) == (
        Decimal("12394.52"),
        0,
        option.plan.total_interest,
    )
    assert (savings.receives, savings.waived) == (Decimal("12394.52"), Decimal("394.52"))
    assert savings.net == -savings.waived - savings.forgone
    assert lender.receives + savings.receives == lender.pays


def test_interest_forgone_is_the_old_rate_on_the_share_of_principal_that_is_left(officer, debts):
    once = {"method": "bullet", "periods": "1", "months_per_period": "12", "first_due_on": "15/6/2561"}

    option = send(officer, debts[0].fund, [once], step="plans-preview").context["options"][0]
    lender, savings = option.effects

    assert (lender.forgone, savings.forgone) == (Decimal("1200.00"), Decimal("1440.00"))


def test_a_year_of_instalments_ends_on_the_anniversary_of_the_signing(officer, debts):
    yearly = {"months_per_period": "12", "periods": "3", "first_due_on": "15/6/2561"}

    plan = send(officer, debts[0].fund, [yearly], step="plans-preview").context["options"][0].plan

    assert comparison.heaviest_year(plan) == plan.instalments[0].total


def test_the_preview_asks_the_database_as_often_however_big_the_register_is(officer, debts):
    few = _queries(officer, debts)
    for _ in range(5):
        make_debt(fund=debts[0].fund)
    many = _queries(officer, debts)

    assert few == many


def _queries(officer, debts) -> int:
    with CaptureQueriesContext(connection) as sent:
        send(officer, debts[0].fund, WAYS, step="plans-preview")
    return len(sent)


def test_seasonal_days_are_said_on_the_contract(officer, debts):
    send(officer, debts[0].fund, WAYS, choose="4")
    officer.confirm(officer.look())

    contract = Contract.objects.get()
    assert contract.rhythm == "ทุกปี 20 มี.ค. และ สิ้นเดือน พ.ย."
    assert contract.first_due_on == date(2017, 11, 30)
    assert contract.day_count == "actual_365"
