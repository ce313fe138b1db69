"""The figures of an area: counted once, right to the satang, and the same as of any past day."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from areas.models import Area
from debts.cases import selection
from debts.consolidation import Offer, Waiver, consolidate
from debts.ledger import post
from debts.models import Case, Debt, Entry
from reports.figures import having, overview, plan_percent, results
from reports.models import HOUSEHOLDS
from reports.targets.life import set_targets
from tests.factories import make_centre, make_consents, make_debt, make_fund, make_officer, make_village

pytestmark = pytest.mark.django_db
SELECTED, LATER = date(2017, 5, 2), date(2017, 8, 1)


def joined(debt: Debt, by) -> Debt:
    selection.select(household=debt.household, on=SELECTED, by=by)
    return debt


def take(debt, amount, by, kind=Entry.Kind.PAYMENT):
    post(debt, kind=kind, on=LATER, by=by, principal=-Decimal(amount))


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def village():
    return make_village()


@pytest.fixture
def of_district(village):
    return lambda on: overview(village.parent.parent, year=2560, on=on)


def test_a_household_that_owes_less_than_at_selection_is_reduced(officer, of_district):
    debt = joined(make_debt(principal="20000"), officer)

    take(debt, "5000.50", officer)

    figures = of_district(LATER).total.figures
    assert (figures.joined, figures.reduced, figures.cleared) == (1, 1, 0)
    assert (figures.reduced_baht, figures.owed) == (Decimal("5000.50"), Decimal("14999.50"))


def test_a_household_that_owes_nothing_is_cleared_and_not_reduced(officer, of_district):
    debt = joined(make_debt(principal="20000"), officer)

    take(debt, "20000", officer)

    figures = of_district(LATER).total.figures
    assert (figures.reduced, figures.cleared, figures.cleared_baht) == (0, 1, 20000)


def test_a_past_day_does_not_know_what_came_later(officer, of_district):
    debt = joined(make_debt(principal="20000"), officer)

    take(debt, "20000", officer)

    before = of_district(date(2017, 7, 31)).total.figures
    assert (before.joined, before.cleared, before.owed) == (1, 0, 20000)


def test_a_household_counts_only_in_the_year_it_joined(officer, village):
    joined(make_debt(), officer)

    next_year = overview(village.parent.parent, year=2561, on=date(2018, 3, 1))

    assert next_year.total.figures.joined == 0


def test_what_was_waived_is_shown_apart(officer, of_district):
    fund = make_fund()
    debt = joined(make_debt(fund=fund, principal="20000", interest="1000"), officer)
    offer = Offer(
        lender=fund,
        signed_on=date(2017, 6, 15),
        interest_to=date(2017, 4, 30),
        rate_percent=Decimal(6),
        method="equal_principal",
        day_count="equal_months",
        periods=12,
        first_due_on=date(2017, 7, 15),
        waivers={debt.pk: Waiver(interest=Decimal(400))},
    )
    consolidate(
        household=debt.household,
        debts=[debt],
        offer=offer,
        by=officer,
        key=uuid4(),
        consents=make_consents([debt]),
    )

    figures = of_district(LATER).total.figures
    assert (figures.merged, figures.merged_baht) == (1, Decimal("20600.00"))
    assert (figures.reduced_baht, figures.waived_baht) == (400, 400)


def test_the_rows_below_add_up_to_the_whole(officer):
    for code in ("33100503", "33110401"):
        village = make_village(code)
        fund = make_fund(make_centre(village))
        joined(make_debt(fund=fund, by=officer), officer)
    province = Area.objects.get(code="33")

    page = overview(province, year=2560, on=LATER)

    assert sorted(row.figures.joined for row in page.rows) == [1, 1]
    assert page.total.figures.baseline == sum(row.figures.baseline for row in page.rows) == 40000


def test_every_figure_opens_as_many_households_as_it_says(officer, of_district, village):
    take(joined(make_debt(principal="20000"), officer), "1", officer)
    fund = Debt.objects.get().fund
    take(joined(make_debt(fund=fund, principal="9000"), officer), "9000", officer)
    joined(make_debt(fund=fund), officer)

    figures = of_district(LATER).total.figures
    cases_ = results(village.parent.parent, year=2560, on=LATER)

    for name in ("joined", "merged", "reduced", "cleared"):
        assert having(cases_, name).count() == getattr(figures, name), name


def test_targets_that_do_not_add_up_show_both_sums(officer, village):
    district = village.parent.parent
    make_debt()
    numbers = {(district.code, HOUSEHOLDS): 20, (village.code, HOUSEHOLDS): 15}
    set_targets(year=2560, numbers=numbers, by=officer)

    page = overview(district, year=2560, on=LATER)

    assert page.targets_disagree
    assert (page.total.target, page.target_of_parts) == (20, 15)


@pytest.mark.parametrize(
    ("on", "percent"),
    [(date(2016, 10, 1), 0), (date(2017, 4, 1), 50), (date(2017, 9, 30), 92), (date(2019, 1, 1), 100)],
)
def test_the_plan_grows_with_the_months_of_the_fiscal_year(on, percent):
    assert plan_percent(2560, on) == percent


def test_the_figures_of_all_rows_take_the_same_number_of_queries(
    officer, village, django_assert_max_num_queries
):
    fund = make_fund()
    for _ in range(5):
        joined(make_debt(fund=fund, by=officer), officer)

    district = village.parent.parent

    with django_assert_max_num_queries(4):
        overview(district, year=2560, on=LATER)


def test_a_day_that_cannot_be_read_says_so_and_shows_today(sign_in, officer):
    make_debt()

    answer = sign_in(officer).get(reverse("reports:overview"), {"year": "2560", "on": "31/2/2560"})

    assert "ไม่มีวันที่ 31 ก.พ. 2560 ในปฏิทิน" in answer.content.decode()
    assert Case.objects.count() == 0


def test_the_list_behind_a_figure_has_its_households(sign_in, officer):
    debt = joined(make_debt(), officer)
    address = reverse("reports:area-households", args=["3310"])

    answer = sign_in(officer).get(address, {"figure": "joined", "year": "2560", "on": "1 ส.ค. 2560"})

    assert [case.household for case in answer.context["object_list"]] == [debt.household]
