"""One box finds everything the officer may see, also misspelt; and nothing else."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from config import thai
from debts.finding import find
from funds.models import Fund
from tests.factories import (
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_payment,
    make_person,
    make_village,
)
from tests.world import NATIONAL_ID

pytestmark = pytest.mark.django_db
SEARCH = reverse("search")


@pytest.fixture
def village():
    return make_village("33100503", "บ้านหนองฮะ", subdistrict="ปราสาท", district="ห้วยทับทัน")


@pytest.fixture
def homes(village):
    """Three households called ทองสุข, one of another name, and one of the next district."""
    kaew = make_household(village, "นางแก้ว ทองสุข", house_number="18")
    make_person(kaew, "นายบุญช่วย เพียรดี", national_id=NATIONAL_ID)
    make_household(village, "นายสมพงษ์ ศรีสุวรรณ", house_number="32/1")
    make_household(make_village("33100504", "บ้านปราสาท"), "นายถวิล ทองสุข", house_number="18")
    make_household(make_village("33110101", "บ้านไกล"), "นางแก้ว ทองสุข", house_number="18")


@pytest.fixture
def head(village):
    return make_officer(area=village)


def labels(text, by):
    return {group.title: [hit.label for hit in group.hits] for group in find(text, by=by)}


def homes_of(text, by):
    return labels(text, by).get("ครัวเรือน", [])


KAEW = "บ้านเลขที่ 18 นางแก้ว ทองสุข"
THAWIN = "บ้านเลขที่ 18 นายถวิล ทองสุข"
SOMPHONG = "บ้านเลขที่ 32/1 นายสมพงษ์ ศรีสุวรรณ"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("แก้ว", [KAEW]),
        ("นางแก้ว ทองสุข", [KAEW]),
        ("แก้วทองสุข", [KAEW, THAWIN]),
        ("แกว ทองสุข", [KAEW]),
        ("แก้ว ทองสุก", [KAEW]),  # a wrong last letter
        ("แก้ว ทองสุขข", [KAEW]),
        ("สมพงศ์", [SOMPHONG]),  # ศ for ษ
        ("สมพงษ์ สีสุวรรณ", [SOMPHONG]),  # a letter left out
        ("สมพง", [SOMPHONG]),
        ("สุวัน", []),
        ("ศรีสุวรรณ์", [SOMPHONG]),
        ("ทองสุข", [KAEW, THAWIN]),
        ("ทองศุข", [KAEW, THAWIN]),
        ("18", [KAEW, THAWIN]),
        ("๑๘ ม.๓", [KAEW]),
        ("18 หมู่ 3", [KAEW]),
        ("18 ม.4", [THAWIN]),
        ("32/1", [SOMPHONG]),
        ("ไม่มีชื่อนี้", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_household_is_found_by(typed, found, homes, head):
    assert sorted(homes_of(typed, head)) == sorted(found)


def test_the_name_as_it_was_typed_stands_before_those_like_it(village, head):
    for name in ("นางสมใจ ทองสุก", "นางแก้ว ทองสุข", "นางแก้ว ทองศุข"):
        make_household(village, name, house_number="1")

    assert homes_of("แก้ว ทองสุข", head) == ["บ้านเลขที่ 1 นางแก้ว ทองสุข", "บ้านเลขที่ 1 นางแก้ว ทองศุข"]
    assert homes_of("ทองสุก", head)[0] == "บ้านเลขที่ 1 นางสมใจ ทองสุก"


def test_names_that_begin_so_stand_before_those_that_hold_it(village, head):
    for name in ("นายเกษม สุขสม", "นางแก้ว สมปอง", "นายสมชาย ใจดี"):
        make_household(village, name, house_number="1")

    found = [label.rpartition("เลขที่ 1 ")[2] for label in homes_of("สม", head)]

    assert found == ["นางแก้ว สมปอง", "นายสมชาย ใจดี", "นายเกษม สุขสม"]


def test_somebody_of_the_household_is_found_by_the_last_four_digits_of_the_national_id(homes, head):
    assert labels(NATIONAL_ID[-4:], head) == {"ผู้กู้/บุคคล": ["นายบุญช่วย เพียรดี"]}
    assert labels("7031", head) == {}


def test_where_somebody_lives_tells_people_of_one_name_apart(homes, head):
    [group] = find("ทองสุข", by=head)

    assert {hit.place.split(" ")[0] for hit in group.hits} == {"บ้านหนองฮะ", "บ้านปราสาท"}


def test_contracts_receipts_and_old_debts_are_found_by_number(village, head):
    fund = make_fund(name="กองทุนหมู่บ้าน")
    contract = make_contract([make_debt(make_household(village), fund, number="77/2558")], by=head)
    payment = make_payment(make_debt(make_household(village), fund, number="78/2558"), by=head)

    assert labels(contract.number, head)["สัญญา"][0].startswith(f"สัญญาเลขที่ {contract.number}")
    assert f"ใบเสร็จเลขที่ {payment.number} กองทุนหมู่บ้าน" in labels(payment.number, head)["สัญญา"]
    assert labels("๗๗/๒๕๕๘", head)["สัญญา"] == ["สัญญาเดิมเลขที่ 77/2558 นางแก้ว ทองสุข"]


@pytest.mark.parametrize("typed", ["กข.คจ", "กข.คจ.", "กขคจ", "กข. คจ."])
def test_a_fund_is_found_with_and_without_its_points(typed, village, head):
    make_fund(kind=Fund.Kind.POVERTY_PROJECT, name="กองทุน กข.คจ.")

    assert labels(typed, head) == {"ศูนย์ฯ และกองทุน": ["กองทุน กข.คจ."]}


@pytest.mark.parametrize("typed", ["หนองฮะ", "ศูนย์ฯ หนองฮะ", "หนองหะ"])
def test_a_centre_is_found_by_its_village(typed, village, head):
    make_fund(name="กองทุนหมู่บ้าน")
    found = labels(typed, head)

    assert found == ({} if typed == "หนองหะ" else {"ศูนย์ฯ และกองทุน": ["ศูนย์จัดการกองทุนชุมชนบ้านหนองฮะ"]})


def test_the_department_finds_centres_and_no_household(homes, village):
    make_fund(name="กองทุนทองสุข")
    officer = make_officer(Role.DEPARTMENT, area=village)

    assert labels("ทองสุข", officer) == {"ศูนย์ฯ และกองทุน": ["กองทุนทองสุข"]}
    assert labels("18", officer) == labels(NATIONAL_ID[-4:], officer) == {}


def test_an_officer_without_an_area_finds_nothing(homes, head):
    head.area = None

    assert labels("ทองสุข", head) == labels("18", head) == {}


def test_administrators_have_nothing_to_search(sign_in):
    client = sign_in(make_officer(Role.ADMINISTRATOR))

    assert client.get(SEARCH, {"q": "แก้ว"}).status_code == 403
    assert "search-box" not in client.get("/").content.decode()


def test_one_letter_is_too_little(homes, head, sign_in):
    assert "ค้นหาอย่างน้อย 2 ตัวอักษร" in sign_in(head).get(SEARCH, {"q": "ก"}).content.decode()


def test_nothing_found_says_what_can_be_typed(homes, head, sign_in):
    page = sign_in(head).get(SEARCH, {"q": "ไม่มีชื่อนี้"}).content.decode()

    assert "ไม่พบข้อมูลที่ตรงกับ “ไม่มีชื่อนี้”" in page
    assert "เลขประจำตัวประชาชน 4 ตัวท้าย" in page


def test_what_was_typed_stands_in_bold_and_harms_nothing(homes, head, sign_in):
    client = sign_in(head)

    assert "นางแก้ว <b>ทองสุข</b>" in client.get(SEARCH, {"q": "ทองสุข"}).content.decode()
    assert "<script>x" not in client.get(SEARCH, {"q": "<script>x"}).content.decode()


def test_a_whole_national_id_is_not_searched_for_and_leaves_the_address(homes, head, sign_in):
    client = sign_in(head)
    response = client.get(SEARCH, {"q": NATIONAL_ID}, follow=True)
    typing = client.get(SEARCH, {"q": NATIONAL_ID}, headers={"HX-Request": "true"})

    assert response.redirect_chain == [(SEARCH, 302)]
    for page in (response, typing):
        assert "ไม่ค้นด้วยเลขประจำตัวประชาชนเต็ม" in page.content.decode()
        assert NATIONAL_ID not in page.content.decode()


def test_while_one_types_only_the_hits_are_sent(homes, head, sign_in):
    page = sign_in(head).get(SEARCH, {"q": "แก้ว"}, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert KAEW.replace("แก้ว", "<b>แก้ว</b>") in page


@pytest.mark.parametrize(("one", "other"), [("สุณี", "สุนี"), ("พงษ์", "พงศ์"), ("ธนพร", "ทนพร"), ("ก้อย", "กอย")])
def test_names_that_sound_alike_have_one_key(one, other):
    assert thai.spelling_key(one) == thai.spelling_key(other)


def test_likeness_is_the_share_of_common_trigrams():
    assert thai.likeness("0oqs2k", "0oqs2k") == 1
    assert thai.likeness("0oqs2k", "0oqs2g") == pytest.approx(5 / 9)
    assert thai.likeness("", "") == 0
