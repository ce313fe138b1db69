"""Villages are added once, with a code below their subdistrict's."""

import pytest
from django.urls import reverse

from areas.models import Area, Level
from funds.forms import VillageForm
from tests.factories import make_officer, make_village

pytestmark = pytest.mark.django_db
NEW = reverse("funds:village-new")


@pytest.fixture
def head(sign_in):
    make_village("33100503", "บ้านหนองฮะ", subdistrict="ปราสาท")
    return sign_in(make_officer())


def typed(**changes):
    return {"subdistrict": "331005", "moo": "4", "name": "หนองใหม่", "code": "", **changes}


def test_a_village_gets_its_word_and_its_code(head):
    head.post(NEW, typed(moo="๔"))

    village = Area.objects.get(code="33100504")
    assert (village.name, village.moo, village.level) == ("บ้านหนองใหม่", 4, Level.VILLAGE)
    assert village.parent_id == "331005"


def test_a_code_may_differ_from_the_moo(head):
    head.post(NEW, typed(code="๓๓๑๐๐๕๙๙", name="บ้านหนองใหม่"))

    assert Area.objects.get(code="33100599").label == "บ้านหนองใหม่ หมู่ที่ 4"


@pytest.mark.parametrize(
    ("changes", "box", "message"),
    [
        ({"moo": "3"}, "moo", "ตำบลปราสาทมีหมู่ที่ 3 แล้ว คือ บ้านหนองฮะ"),
        ({"code": "33100503"}, "code", "รหัส 33100503 เป็นของ บ้านหนองฮะ หมู่ที่ 3 แล้ว"),
        ({"code": "63010504"}, "code", "ระบุรหัส 8 หลัก ขึ้นต้นด้วย 331005"),
        ({"code": "331005"}, "code", "ระบุรหัส 8 หลัก ขึ้นต้นด้วย 331005"),
        ({"moo": "0"}, "moo", "ระบุจำนวนระหว่าง 1 ถึง 99"),
    ],
)
def test_a_village_that_cannot_be_is_refused_beside_its_box(head, changes, box, message):
    response = head.post(NEW, typed(**changes))

    assert response.context["form"].errors == {box: [message]}
    assert Area.objects.at(Level.VILLAGE).count() == 1


def test_a_subdistrict_of_another_office_cannot_be_chosen(head):
    make_village("63010503", "บ้านอื่น")

    response = head.post(NEW, typed(subdistrict="630105"))

    assert "subdistrict" in response.context["form"].errors
    assert "630105" not in response.content.decode()


def test_the_faster_officer_wins_and_the_other_reads_it(head, monkeypatch):
    is_valid = VillageForm.is_valid

    def valid_until_someone_else_saves(form):
        valid = is_valid(form)
        make_village("33100504", "บ้านเร็วกว่า")
        return valid

    monkeypatch.setattr(VillageForm, "is_valid", valid_until_someone_else_saves)
    response = head.post(NEW, typed())

    message = "ตำบลปราสาทมีหมู่ที่ 4 แล้ว คือ บ้านเร็วกว่า"
    assert response.context["form"].errors == {"moo": [message]}


@pytest.mark.parametrize("q", ["หนองฮะ", "หนอง ฮะ", "บ้านหนองฮะ", "ปราสาท", "331005", "๓๓๑๐๐๕๐๓"])
def test_a_village_is_found_by_name_subdistrict_or_code(head, q):
    make_village("33100601", "บ้านกล้วยกว้าง")

    response = head.get(reverse("funds:villages"), {"q": q})

    assert [village.code for village in response.context["object_list"]] == ["33100503"]
