"""A household enters the system once, whoever presses how often."""

from uuid import UUID

import pytest
from django.urls import reverse

from areas.models import Area
from config.thai import Name
from households.models import Household
from households.registration import MayBeTwin, register
from tests.factories import make_household, make_officer, make_village

pytestmark = pytest.mark.django_db
KEY, OTHER_KEY = UUID(int=1), UUID(int=2)
HEAD = Name("นาง", "แก้ว", "ทองสุข")
NEW = reverse("households:household-new")


def registered(**changes):
    village = changes.pop("village", None) or make_village()
    columns = {"village": village, "house_number": "18", "head": HEAD, "key": KEY, "by": None, **changes}
    return register(**columns)


def typed(**changes):
    return {
        "village": "33100503",
        "house_number": "๓๒/๑",
        "title": "นาง",
        "first_name": "แก้ว",
        "last_name": "ทองสุข",
        "key": str(KEY),
        **changes,
    }


@pytest.fixture
def head(sign_in):
    return sign_in(make_officer())


def test_a_household_is_registered_with_its_head():
    household = registered()

    assert str(household) == "บ้านเลขที่ 18 นางแก้ว ทองสุข"
    assert list(household.people.all()) == [household.head]


def test_the_same_form_registers_one_household():
    assert registered() == registered()
    assert Household.objects.count() == 1


def test_a_form_gone_back_to_and_filled_in_anew_registers_another():
    first = registered()

    second = registered(house_number="19", head=Name("นาย", "ถวิล", "ใจงาม"))

    assert first != second


@pytest.mark.parametrize(
    "changes", [{"house_number": "19"}, {"head": Name("นาย", "อื่น", "ใจงาม")}, {"house_number": ""}]
)
def test_the_same_house_or_the_same_name_in_the_village_may_be_a_twin(changes):
    first = registered()

    with pytest.raises(MayBeTwin, match="อาจซ้ำกับ บ้านเลขที่ 18 นางแก้ว ทองสุข") as refusal:
        registered(key=OTHER_KEY, **changes)

    assert [twin.household for twin in refusal.value.twins] == [first]


def test_two_households_without_a_number_are_no_twins():
    registered(house_number="")

    assert registered(house_number="", head=Name("นาย", "ถวิล", "ใจงาม"), key=OTHER_KEY)


def test_the_same_house_number_in_the_next_village_is_no_twin():
    registered()

    assert registered(village=make_village("33100504"), key=OTHER_KEY)


def test_an_officer_who_knows_better_registers_the_twin():
    twin = registered()

    registered(key=OTHER_KEY, known_to_differ={twin.pk})

    assert Household.objects.count() == 2


def test_who_knows_one_twin_is_still_told_of_another():
    known = registered()
    registered(key=OTHER_KEY, known_to_differ={known.pk})

    with pytest.raises(MayBeTwin) as refusal:
        registered(key=UUID(int=3), known_to_differ={known.pk})

    assert [twin.household for twin in refusal.value.twins] == [Household.objects.last()]


def test_the_form_names_the_twin_keeps_what_was_typed_and_asks(head):
    twin = make_household(house_number="32/1", head="นายถวิล ใจงาม")

    response = head.post(NEW, typed())

    page = response.content.decode()
    assert "อาจซ้ำกับ บ้านเลขที่ 32/1 นายถวิล ใจงาม" in page
    assert "บ้านเลขที่เดียวกัน ต่างชื่อ" in page
    assert "บันทึกต่อไป" in page
    assert reverse("households:household", args=[twin.pk]) in page
    assert 'value="๓๒/๑"' in page
    assert head.post(NEW, typed(told=str(twin.pk))).status_code == 302
    assert Household.objects.count() == 2


@pytest.mark.parametrize("told", ["x", "-1", "๑", "9" * 30, "9" * 5000])
def test_what_is_no_key_of_a_household_is_not_known_to_differ(head, told):
    make_household(house_number="32/1", head="นายถวิล ใจงาม")

    response = head.post(NEW, typed(told=told))

    assert "อาจซ้ำกับ" in response.content.decode()
    assert Household.objects.count() == 1


def test_a_form_sent_twice_leads_to_the_one_household(head):
    answers = {head.post(NEW, typed())["Location"] for _ in range(2)}

    assert answers == {reverse("households:household", args=[Household.objects.get().pk])}


def test_a_whole_name_in_one_box_is_taken_apart(head):
    head.post(NEW, typed(title="", first_name="น.ส.แก้ว  ทองสุข", last_name=""))

    person = Household.objects.get().head
    assert (person.title, person.first_name, person.last_name) == ("นางสาว", "แก้ว", "ทองสุข")


def test_who_registered_a_household_is_kept(head):
    head.post(NEW, typed())

    assert Household.objects.get().created_by.username


@pytest.mark.parametrize(
    ("box", "value", "message"),
    [
        ("first_name", "123", "ระบุชื่อ–สกุล เป็นตัวอักษร เช่น นางแก้ว ทองสุข"),
        ("house_number", "สามสอง", "ระบุบ้านเลขที่ เช่น 18 หรือ 32/1"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_box(head, box, value, message):
    response = head.post(NEW, typed(**{box: value}))

    assert response.context["form"].errors == {box: [message]}
    assert f'value="{value}"' in response.content.decode()


def test_a_village_of_another_office_cannot_be_chosen(head):
    make_village("63010503", "บ้านอื่น")

    response = head.post(NEW, typed(village="63010503"))

    assert list(response.context["form"].errors) == ["village"]
    assert not Household.objects.exists()
    assert Area.objects.get(pk="63010503").name not in response.content.decode()


def test_saving_a_household_or_someone_in_it_says_what_was_done(head):
    household = registered()
    pages = {
        "household-edit": ([household.pk], {"house_number": "19", "head": household.head_id}),
        "person-new": ([household.pk], typed(first_name="ถวิล", title="นาย")),
        "person-edit": ([household.head_id], typed(first_name="แก้วตา")),
    }

    shown = {
        name: head.post(reverse(f"households:{name}", args=keys), sent, follow=True).content.decode()
        for name, (keys, sent) in pages.items()
    }

    assert [name for name, page in shown.items() if "ดำเนินการแล้ว: " not in page] == []


def test_registering_a_household_says_what_was_done(head):
    make_village()

    page = head.post(reverse("households:household-new"), typed(), follow=True).content.decode()

    assert "ดำเนินการแล้ว: เพิ่มครัวเรือน บ้านเลขที่ 32/1 นางแก้ว ทองสุข" in page
