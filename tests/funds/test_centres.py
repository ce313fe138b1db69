"""Centres and their money, as the list and the centre's own page show them."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from funds.models import Centre
from tests.factories import AS_OF, make_centre, make_fund, make_officer, make_village, make_visit

pytestmark = pytest.mark.django_db
LIST = reverse("funds:centres")


@pytest.fixture
def village():
    return make_village("33100503", "บ้านหนองฮะ", subdistrict="ปราสาท", district="ห้วยทับทัน")


@pytest.fixture
def head(sign_in, village):
    return sign_in(make_officer(area=village))


def found(client, **query):
    response = client.get(LIST, query)
    return [centre.village.name for centre in response.context["object_list"]]


def test_only_funds_that_count_and_still_belong_are_summed(head, village):
    centre = make_centre(village)
    make_fund(centre, capital=Decimal("1000.25"))
    make_fund(centre, capital=Decimal("200"), counts_in_capital=False)
    make_fund(centre, capital=Decimal("3000"), closed_on=AS_OF)

    row = head.get(LIST).context["object_list"][0]

    assert (row.fund_count, row.capital) == (2, Decimal("1000.25"))


def test_the_total_row_sums_all_pages(head, village, monkeypatch):
    monkeypatch.setattr("funds.views.CentreList.paginate_by", 1)
    for number in (3, 4, 5):
        centre = make_centre(make_village(f"331005{number:02}", f"บ้าน{number}"))
        make_fund(centre, capital=Decimal("1000.25"))

    page = head.get(LIST).content.decode()

    assert "3,000.75" in page
    assert "รวม 3 ศูนย์ฯ" in page


@pytest.mark.parametrize("q", ["หนองฮะ", "บ้านหนองฮะ", "ศูนย์ฯ บ้านหนองฮะ", "หน่องฮะ", "ต.ปราสาท"])
def test_a_centre_is_found_although_a_tone_or_a_space_is_wrong(head, village, q):
    make_centre(village)
    make_centre(make_village("33100601", "บ้านกล้วยกว้าง"))

    assert found(head, q=q) == ["บ้านหนองฮะ"]


def test_centres_are_found_by_kind_and_budget_year(head, village):
    make_centre(village, kind=Centre.Kind.MODEL, budget_year=2560)
    make_centre(make_village("33100601", "บ้านกล้วยกว้าง"), budget_year=2559)

    assert found(head, kind="model") == ["บ้านหนองฮะ"]
    assert found(head, budget_year="2559") == ["บ้านกล้วยกว้าง"]


def test_a_province_may_look_at_one_district_and_a_district_is_not_asked(sign_in, head, village):
    make_centre(village)
    make_centre(make_village("33110101", "บ้านอำเภออื่น", district="โนนคูณ"))

    assert "อำเภอโนนคูณ" not in head.get(LIST).content.decode()
    province = sign_in(make_officer(Role.PROVINCIAL_STAFF, area=village))
    assert found(province, district="3311") == ["บ้านอำเภออื่น"]


def test_a_new_centre_is_offered_only_villages_without_one(head, village):
    make_centre(village)
    make_village("33100504", "บ้านยังไม่มี")

    page = head.get(reverse("funds:centre-new")).content.decode()

    assert "บ้านยังไม่มี" in page
    assert "บ้านหนองฮะ" not in page


def test_a_village_has_one_centre_and_the_second_form_says_so(head, village):
    typed = {"village": village.code, "kind": "new", "interest_reading": "strict"}
    head.post(reverse("funds:centre-new"), typed)

    response = head.post(reverse("funds:centre-new"), typed)

    message = "บ้านหนองฮะ หมู่ที่ 3 มีศูนย์ฯ แล้ว ตรวจสอบก่อนเพิ่ม"
    assert response.context["form"].errors == {"village": [message]}
    assert Centre.objects.count() == 1


@pytest.mark.parametrize("year", ["60", "3105", "สองพัน"])
def test_a_year_that_is_not_buddhist_is_refused_and_stays_in_its_box(head, village, year):
    typed = {"village": village.code, "kind": "new", "interest_reading": "strict", "founded_year": year}

    response = head.post(reverse("funds:centre-new"), typed)

    assert "founded_year" in response.context["form"].errors
    assert f'value="{year}"' in response.content.decode()


def test_the_village_of_a_centre_does_not_change(head, village):
    centre = make_centre(village)
    other = make_village("33100504", "บ้านยังไม่มี")
    typed = {"village": other.code, "kind": "model", "interest_reading": "lenient", "opened_on": "5/1/2560"}

    head.post(reverse("funds:centre-edit", args=[centre.pk]), typed)

    centre.refresh_from_db()
    assert (centre.village, centre.kind, centre.interest_reading) == (village, "model", "lenient")


def test_the_list_asks_as_much_of_the_database_for_one_centre_as_for_many(
    head, village, django_assert_max_num_queries
):
    make_fund(make_centre(village))
    with CaptureQueriesContext(connection) as one:
        head.get(LIST)
    for number in (4, 5, 6):
        make_fund(make_centre(make_village(f"331005{number:02}", f"บ้าน{number}")))

    with django_assert_max_num_queries(len(one)):
        head.get(LIST)


def test_the_department_reads_a_centre_but_is_offered_no_change_and_no_debts(sign_in, village):
    centre = make_centre(village)
    department = sign_in(make_officer(Role.DEPARTMENT, area=village))

    page = department.get(reverse("funds:centre", args=[centre.pk])).content.decode()

    assert "แก้ไขข้อมูลศูนย์ฯ" not in page
    assert "ทะเบียนลูกหนี้ PDF" not in page


def test_saving_a_centre_says_what_was_done(head, village):
    centre = make_centre(village)

    page = head.post(
        reverse("funds:centre-edit", args=[centre.pk]),
        {"kind": "new", "interest_reading": "strict", "founded_year": "2560"},
        follow=True,
    )

    assert f"ดำเนินการแล้ว: แก้ไขข้อมูลศูนย์ฯ {centre}" in page.content.decode()


def test_saving_a_fund_says_what_was_done(head, village):
    fund = make_fund(make_centre(village), name="กองทุนหมู่บ้านหนองฮะ")

    page = head.post(
        reverse("funds:fund-edit", args=[fund.pk]), {"kind": "village_fund", "name": fund.name}, follow=True
    )

    assert "ดำเนินการแล้ว: แก้ไขข้อมูลกลุ่ม/กองทุน กองทุนหมู่บ้านหนองฮะ" in page.content.decode()


def test_the_visits_of_a_centre_are_its_own(head, village):
    centre = make_centre(village)
    make_visit(centre)
    make_visit(make_centre(make_village("33100504", "บ้านอื่น")))
    page = head.get(reverse("funds:centre", args=[centre.pk])).content.decode()
    address = f"{reverse('monitoring:visits')}?centre={centre.pk}"

    visits = head.get(address).context["object_list"]

    assert f'href="{address}"' in page
    assert [visit.centre for visit in visits] == [centre]
