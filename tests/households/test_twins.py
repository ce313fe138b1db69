"""Households and people that may be there already: told while typing, queued, told apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from config.thai import Name
from households.models import Household, NotTwins, Person
from households.twins import CannotTellApart, ask_again, candidates, count_pairs, pairs, tell_apart, twins_of
from tests.factories import make_household, make_officer, make_person, make_village
from tests.world import NATIONAL_ID

pytestmark = pytest.mark.django_db
NEW = reverse("households:household-new")


def found(**typed):
    typed = {"village": make_village(), **typed}
    return [(str(twin), twin.likeness.reason) for twin in candidates(**typed)]


def typing(client, address, **typed):
    return client.post(address, {"check": "1", **typed}).content.decode()


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def client_of(sign_in, officer):
    return sign_in(officer)


def test_a_name_typed_with_another_spelling_is_found():
    make_household(house_number="18", head="นางแก้ว ทองสุข")

    assert found(name=Name("", "แกว", "ทองสุก"), house_number="18") == [
        (
            "อาจซ้ำกับ บ้านเลขที่ 18 นางแก้ว ทองสุข",
            "บ้านเลขที่เดียวกัน ชื่อใกล้เคียง (แกว ทองสุก / แก้ว ทองสุข)",
        )
    ]


def test_a_member_is_named_when_it_is_not_the_head_who_is_alike():
    make_person(make_household(house_number="18"), "นายถวิล ใจงาม")

    assert found(name=Name("นาย", "ถวิล", "ใจงาม"), house_number="40") == [
        ("อาจซ้ำกับ บ้านเลขที่ 18 นายถวิล ใจงาม", "ชื่อเดียวกัน ต่างบ้านเลขที่")
    ]


def test_a_national_id_is_found_by_its_hash():
    make_person(make_household(house_number="18"), "นายถวิล ใจงาม", national_id=NATIONAL_ID)

    assert found(name=Name("", "คำดี", "มาลา"), national_id=NATIONAL_ID) == [
        ("อาจซ้ำกับ บ้านเลขที่ 18 นายถวิล ใจงาม", "เลขประจำตัวประชาชนเดียวกัน")
    ]


def test_the_likeliest_stands_first():
    make_household(house_number="18", head="นายถวิล ใจงาม")
    make_household(house_number="40", head="นางแก้ว ทองสุข")

    names = [twin for twin, reason in found(name=Name("", "แก้ว", "ทองสุข"), house_number="18")]

    assert names == ["อาจซ้ำกับ บ้านเลขที่ 40 นางแก้ว ทองสุข", "อาจซ้ำกับ บ้านเลขที่ 18 นายถวิล ใจงาม"]


def test_the_next_village_and_merged_households_are_no_twins():
    make_household(make_village("33100504"), house_number="18")
    make_household(house_number="18", merged_into=make_household(house_number="20", head="นายคำดี มาลา"))

    assert found(name=Name("", "แก้ว", "ทองสุข"), house_number="18") == []


def test_the_form_of_a_household_warns_while_it_is_typed(client_of):
    twin = make_household(house_number="18")

    page = typing(client_of, NEW, village="33100503", first_name="แก้ว", last_name="ทองสุก")

    assert "อาจซ้ำกับ บ้านเลขที่ 18 นางแก้ว ทองสุข" in page
    assert reverse("households:household", args=[twin.pk]) in page
    assert "<html" not in page
    assert Household.objects.count() == 1


def test_nothing_is_said_before_there_is_something_to_compare(client_of):
    make_household(house_number="18")

    assert "อาจซ้ำ" not in typing(client_of, NEW, village="33100503")
    assert "อาจซ้ำ" not in typing(client_of, NEW, first_name="แก้ว", last_name="ทองสุข")


def test_a_warning_told_while_typing_is_not_told_again_when_saving(client_of):
    twin = make_household(house_number="18")
    typed = {"village": "33100503", "first_name": "แก้ว", "last_name": "ทองสุข", "key": "0" * 31 + "1"}

    assert client_of.post(NEW, {**typed, "told": f"{twin.pk} "}).status_code == 302


def test_a_new_member_who_is_in_another_household_is_told_once(client_of):
    make_household(house_number="18", head="นางแก้ว ทองสุข")
    household = make_household(house_number="40", head="นายถวิล ใจงาม")
    address = reverse("households:person-new", args=[household.pk])
    typed = {"first_name": "แก้ว", "last_name": "ทองสุก", "key": "0" * 31 + "1"}

    asked = client_of.post(address, typed)

    assert "อาจซ้ำกับ บ้านเลขที่ 18 นางแก้ว ทองสุข" in asked.content.decode()
    assert household.people.count() == 1
    told = asked.context["twins"][0].household.pk
    assert client_of.post(address, {**typed, "told": told}).status_code == 302
    assert household.people.count() == 2


def test_someone_of_the_own_household_is_told_too(client_of):
    household = make_household(house_number="18", head="นางแก้ว ทองสุข")
    address = reverse("households:person-new", args=[household.pk])

    page = typing(client_of, address, first_name="แก้ว", last_name="ทองสุข")

    assert "บ้านเลขที่เดียวกัน ชื่อเดียวกัน" in page


def test_a_change_that_tells_nothing_about_who_it_is_is_saved_at_once(client_of):
    make_household(house_number="18", head="นางแก้ว ทองสุข")
    person = make_household(house_number="40", head="นางแก้ว ทองสุข").head
    address = reverse("households:person-edit", args=[person.pk])
    typed = {"title": "นาง", "first_name": "แก้ว", "last_name": "ทองสุข", "phone": "0800000000"}

    assert client_of.post(address, typed).status_code == 302


def test_a_house_number_that_another_household_has_is_told(client_of):
    make_household(house_number="18", head="นายถวิล ใจงาม")
    household = make_household(house_number="40")
    address = reverse("households:household-edit", args=[household.pk])

    asked = client_of.post(address, {"house_number": "18", "head": household.head.pk})

    assert "อาจซ้ำกับ บ้านเลขที่ 18 นายถวิล ใจงาม" in asked.content.decode()
    household.refresh_from_db()
    assert household.house_number == "40"


def test_the_queue_holds_each_pair_of_the_area_once(officer):
    first, second = make_household(house_number="18"), make_household(house_number="18")
    make_household(house_number="40", head="นายถวิล ใจงาม")
    make_household(make_village("63010503"), house_number="1")
    make_household(make_village("63010503"), house_number="1")

    [pair] = pairs(officer)

    assert (pair.first, pair.second) == (first, second)
    assert pair.likeness.reason == "บ้านเลขที่เดียวกัน ชื่อเดียวกัน"


def test_two_told_apart_are_asked_about_no_more_until_it_is_taken_back(officer):
    first, second = make_household(house_number="18"), make_household(house_number="40")

    told = tell_apart(one=second, other=first, reason="คนละคน", by=officer)

    assert (pairs(officer), twins_of(first), twins_of(second)) == ([], [], [])
    assert (told.first, told.by, told.reason) == (first, officer, "คนละคน")
    ask_again(told=told, by=officer)
    assert len(pairs(officer)) == 1
    assert {event.action for event in AuditEvent.objects.all()} == {"twins-apart", "twins-ask-again"}


def test_two_are_told_apart_once(officer):
    first, second = make_household(), make_household()

    for one, other in ((first, second), (second, first)):
        tell_apart(one=one, other=other, reason="คนละคน", by=officer)

    assert NotTwins.objects.count() == 1


def test_a_household_is_not_told_apart_from_itself(officer):
    household = make_household()

    with pytest.raises(CannotTellApart):
        tell_apart(one=household, other=household, reason="คนละคน", by=officer)


def test_the_queue_asks_no_more_queries_for_more_pairs(officer):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            pairs(officer)
        return len(seen)

    make_household(house_number="18"), make_household(house_number="18")
    few = queries()
    for number in range(20):
        make_household(house_number=str(number % 5))

    assert queries() == few


def test_people_written_in_bulk_are_found_by_their_sound():
    household = make_household()

    Person.objects.bulk_create([Person(household=household, first_name="วรรณา", last_name="ดี").set_keys()])

    assert found(name=Name("", "วันนา", "ดี"))


def test_the_badge_says_how_many_pairs_the_queue_has(officer):
    ids = ["1101700207030", "3101200345677", ""]
    for number, national_id in enumerate(ids):
        household = make_household(house_number=str(20 + number), head="นางแก้ว ทองสุข")
        if national_id:
            household.head.set_national_id(national_id)
            household.head.save()
    other = make_household(house_number="20", head="นายถวิล ใจงาม")
    make_household(house_number="20", head="นายคำดี มาลา")
    tell_apart(one=Household.objects.first(), other=other, reason="คนละบ้าน", by=officer)

    assert count_pairs(officer) == len(pairs(officer)) == 4


def test_the_badge_asks_no_more_queries_for_more_pairs(officer, django_assert_num_queries):
    for _ in range(5):
        make_household(house_number="18")

    with django_assert_num_queries(4):
        assert count_pairs(officer) == 10
