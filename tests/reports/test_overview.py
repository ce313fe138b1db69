"""The overview's other parts: the line of the year, drafts beside the figures, rows that add up, what waits."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from funds.models import Centre
from households.models import Household
from reports.drafts import Drafts, drafts_by_place
from reports.figures import overview
from reports.models import HOUSEHOLDS
from reports.targets.life import set_targets
from reports.trend import trend
from tests.factories import (
    AS_OF,
    line_of,
    make_case,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_register,
    make_village,
)

pytestmark = pytest.mark.django_db
END_OF_2560 = date(2017, 9, 30)


@pytest.fixture
def village():
    return make_village()


@pytest.fixture
def district(village):
    return village.parent.parent


@pytest.fixture
def centre(village):
    return make_centre(village)


@pytest.fixture
def officer(centre):
    return make_officer(Role.DISTRICT_HEAD, area=centre.village)


def test_the_line_grows_with_the_months_and_stops_at_the_day(centre, district, officer):
    fund = make_fund(centre)
    make_contract([make_debt(fund=fund, by=officer)], by=officer)  # joins and signs in June
    make_case(
        make_debt(household=make_household(centre.village), fund=fund).household,
        on=date(2017, 8, 2),
        by=officer,
    )

    months = trend(district, year=2560, on=date(2017, 8, 31), target=24).months

    assert [month.name for month in months][:3] == ["ต.ค.", "พ.ย.", "ธ.ค."]
    assert [month.plan for month in months] == [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]
    assert [month.joined for month in months] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, None]
    assert [month.merged for month in months] == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, None]


def test_the_line_ends_where_the_figures_stand(centre, district, officer):
    make_contract([make_debt(fund=make_fund(centre), by=officer)], by=officer)

    figures = overview(district, year=2560, on=END_OF_2560).total.figures
    last = trend(district, year=2560, on=END_OF_2560, target=None).months[-1]

    assert (last.joined, last.merged, last.plan) == (figures.joined, figures.merged, None)
    assert figures.joined == 1


def test_a_village_without_a_centre_has_a_row_so_that_rows_add_up(centre, district, officer):
    elsewhere = make_village("33100504", "บ้านไม่มีศูนย์")
    debt = make_debt(make_household(centre.village), make_fund(centre), by=officer)
    make_case(debt.household, on=date(2017, 5, 2), by=officer)
    Household.objects.filter(pk=debt.household_id).update(village=elsewhere)  # moved there

    shown = overview(district, year=2560, on=END_OF_2560)

    assert {row.area.name: row.figures.joined for row in shown.rows} == {"บ้านหนองฮะ": 0, "บ้านไม่มีศูนย์": 1}
    assert shown.total.figures.joined == 1


def test_drafts_are_shown_beside_the_figures_and_are_in_none(centre, district, officer, client):
    line = line_of(principal="12000", fund=make_fund(centre))
    make_register(centre, [line], officer)
    client.force_login(officer)

    assert drafts_by_place(district, on=END_OF_2560) == {centre.village.code: Drafts(1, Decimal(12000))}
    page = client.get(reverse("reports:overview"), {"year": "2560", "drafts": "on"}).content.decode()
    assert "ข้อมูลร่างไม่ถูกนับรวม: 1 สัญญา 12,000.00 บาท" in page
    assert "ร่าง (บาท)" in page
    assert overview(district, year=2560, on=END_OF_2560).total.figures.joined == 0
    assert "ร่าง (บาท)" not in client.get(reverse("reports:overview"), {"year": "2560"}).content.decode()


def test_drafts_of_a_later_day_are_not_shown(centre, district, officer):
    make_register(centre, [line_of(fund=make_fund(centre))], officer)

    assert drafts_by_place(district, on=AS_OF.replace(year=AS_OF.year - 1)) == {}


def test_the_page_asks_as_many_queries_for_one_centre_as_for_six(
    village, district, officer, client, django_assert_max_num_queries
):
    for number in range(4, 9):
        make_centre(make_village(f"3310050{number}", f"บ้าน{number}"))
    client.force_login(officer)
    client.get(reverse("reports:overview"))

    with django_assert_max_num_queries(40):
        client.get(reverse("reports:overview"))


def test_a_centre_without_a_typed_target_is_asked_for_what_is_usual_and_says_so(
    centre, district, officer, client
):
    Centre.objects.filter(pk=centre.pk).update(budget_year=2560)
    make_centre(make_village("33100504", "บ้านอื่น"), founded_year=2559)
    make_centre(make_village("33100505", "บ้านใหม่"), founded_year=2561)
    client.force_login(officer)

    shown = overview(district, year=2560, on=END_OF_2560)

    assert {row.area.name: row.target for row in shown.rows} == {"บ้านหนองฮะ": 30, "บ้านอื่น": 5, "บ้านใหม่": None}
    assert (shown.total.target, shown.targets_disagree) == (35, False)
    page = client.get(reverse("reports:overview"), {"year": "2560"}).content.decode()
    assert page.count("ปกติ</small>") == 2


def test_a_typed_target_is_taken_before_the_usual_and_both_sums_are_said(centre, district, officer, client):
    set_targets(year=2560, numbers={(district.code, HOUSEHOLDS): 20}, by=officer)
    client.force_login(officer)

    page = client.get(reverse("reports:overview"), {"year": "2560"}).content.decode()

    assert "เป้าหมายรวม 20 ครัวเรือน ไม่ตรงกับผลรวมของพื้นที่ 5 ครัวเรือน" in page
