"""Households are found the way officers ask for them."""

import pytest
from django.urls import reverse

from households.models import Household
from tests.factories import make_household, make_officer, make_person, make_village
from tests.world import NATIONAL_ID

pytestmark = pytest.mark.django_db
LIST = reverse("households")


@pytest.fixture
def head(sign_in):
    kaew = make_household(house_number="18", head="นางแก้ว ทองสุข")
    make_person(kaew, "นายบุญช่วย เพียรดี", national_id=NATIONAL_ID)
    make_household(house_number="118", head="นายถวิล ใจงาม")
    make_household(make_village("33100504", "บ้านปราสาท"), house_number="18", head="นายเกษม ใจงาม")
    return sign_in(make_officer())


def found(client, q, **query):
    return [row.head.first_name for row in client.get(LIST, {"q": q, **query}).context["object_list"]]


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("แก้ว", ["แก้ว"]),
        ("นางแก้ว ทองสุข", ["แก้ว"]),
        ("แก้วทองสุข", ["แก้ว"]),
        ("แกว ทองสุข", ["แก้ว"]),
        ("บุญช่วย", ["แก้ว"]),
        ("ใจงาม", ["เกษม", "ถวิล"]),
        ("18", ["เกษม", "แก้ว"]),
        ("๑๘ ม.๓", ["แก้ว"]),
        ("18 ม.4", ["เกษม"]),
        ("บ้านเลขที่ 18 หมู่ที่ 4", ["เกษม"]),
        ("118", ["ถวิล"]),
        ("7030", ["แก้ว"]),
        ("99", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_household_is_found_by(head, q, names):
    assert found(head, q) == names


def test_names_stand_in_the_order_of_the_dictionary(head):
    make_household(head="นายเฉลย บุญมี")

    assert found(head, "") == ["เกษม", "แก้ว", "เฉลย", "ถวิล"]


def test_house_numbers_are_ordered_as_numbers(head):
    rows = head.get(LIST, {"sort": "house"}).context["object_list"]

    assert [row.house_number for row in rows] == ["18", "18", "118"]


@pytest.mark.parametrize("q", [NATIONAL_ID, "1-1017-00207-03-0", "๑๑๐๑๗๐๐๒๐๗๐๓๐", f"แก้ว {NATIONAL_ID}"])
def test_a_whole_national_id_is_not_searched_for_and_leaves_the_address(head, q):
    response = head.get(LIST, {"q": q}, follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    page = response.content.decode()
    assert "ไม่ค้นด้วยเลขประจำตัวประชาชนเต็ม" in page
    assert NATIONAL_ID not in page


def test_an_export_holds_the_rows_found_and_no_other(head):
    text = head.get(LIST, {"q": "ใจงาม", "export": "csv"}).getvalue().decode("utf-8-sig")

    assert "นายเกษม ใจงาม" in text
    assert "นางแก้ว" not in text


def test_households_written_in_bulk_are_ordered_too():
    village = make_village()
    households = [Household(village=village, house_number=text).set_keys() for text in ("102", "18")]
    Household.objects.bulk_create(households)

    rows = Household.objects.order_by("house_sort")

    assert [row.house_number for row in rows] == ["18", "102"]
