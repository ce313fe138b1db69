"""The queue of households that may be one, comparing two, and the pages of a merge."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debts.models import Debt, HouseholdMerge
from households.models import Household, NotTwins
from tests.factories import (
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_person,
    make_village,
)
from tests.world import NATIONAL_ID

pytestmark = pytest.mark.django_db
QUEUE = reverse("debts:twins")
LIST = reverse("households")


@pytest.fixture
def fund():
    return make_fund(make_centre(make_village()))


@pytest.fixture
def office(sign_in):
    return sign_in(make_officer(area=make_village()))


@pytest.fixture
def two():
    return (
        make_household(house_number="18", head="นางแก้ว ทองสุข"),
        make_household(house_number="18/1", head="นางแกว ทองสุก"),
    )


def page_of(client, address) -> str:
    return client.get(address).content.decode()


def merge_url(kept, emptied) -> str:
    return reverse("debts:household-merge", args=[kept.pk, emptied.pk])


def typed(kept, emptied, **changes) -> dict:
    """The form as it stands on the page when it is opened, and a reason."""
    return {
        "reason": "บันทึกซ้ำ",
        "shown": f"{emptied.head_id}:{kept.head_id}",
        f"same_{emptied.head_id}": kept.head_id,
        **changes,
    }


def test_the_queue_shows_both_sides_with_their_debts_and_why(office, two, fund):
    kept, emptied = two
    make_debt(kept, fund, principal="20000"), make_debt(kept, fund, principal="500")

    page = page_of(office, QUEUE)

    assert "พบ 1 คู่" in page
    assert "ชื่อใกล้เคียง (แก้ว ทองสุข / แกว ทองสุก) บ้านเลขที่ 18 กับ 18/1" in page
    assert "หนี้ 2 สัญญา คงเหลือ" in page
    assert "20,500.00 บาท" in page
    assert "ไม่มีหนี้คงเหลือ" in page


def test_the_side_with_a_contract_is_kept_at_first(office, two, fund):
    first, second = two
    make_contract([make_debt(second, fund)])

    assert merge_url(second, first) in page_of(office, QUEUE)


def test_the_list_of_households_says_how_many_pairs_there_are(office, two):
    assert "ครัวเรือนที่อาจซ้ำ 1 คู่" in page_of(office, LIST)


def test_the_queue_of_one_village(office, two):
    for _ in range(2):
        make_household(make_village("33100504", "บ้านโนน"), house_number="7", head="นายถวิล ใจงาม")

    assert "พบ 2 คู่" in page_of(office, QUEUE)
    page = page_of(office, f"{QUEUE}?village=33100504")
    assert "พบ 1 คู่" in page
    assert "ถวิล" in page
    assert "แกว" not in page


def test_the_queue_asks_no_more_queries_for_more_pairs(office, two):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            office.get(QUEUE)
        return len(seen)

    queries()
    few = queries()
    for number in range(30):
        make_household(house_number=str(18 + number % 3), head="นางแก้ว ทองสุข")

    assert queries() == few


def test_two_are_told_apart_from_the_queue_and_asked_about_again(office, two):
    first, second = two

    office.post(reverse("debts:twins-apart", args=[second.pk, first.pk]), {"reason": "คนละคน"})

    page = page_of(office, QUEUE)
    assert "พบ 0 คู่" in page
    assert "คนละคน" in page
    office.post(reverse("debts:twins-again", args=[NotTwins.objects.get().pk]))
    assert "พบ 1 คู่" in page_of(office, QUEUE)


def test_without_a_reason_two_are_not_told_apart(office, two):
    first, second = two

    office.post(reverse("debts:twins-apart", args=[first.pk, second.pk]), {"reason": " "})

    assert not NotTwins.objects.exists()


def test_the_page_offers_only_values_that_differ(office, two):
    kept, emptied = two

    page = page_of(office, merge_url(kept, emptied))

    for name in ("house_number", f"name_{emptied.head_id}"):
        assert f'name="{name}" value="emptied"' in page
    for name in ("note", "head", f"phone_{emptied.head_id}"):
        assert f'name="{name}"' not in page


def test_a_value_that_one_side_lacks_is_taken_from_the_other_at_first(office, two):
    kept, emptied = two
    make_person(emptied, "นายบุญมา ทองสุข")
    Household.objects.filter(pk=emptied.pk).update(note="ติดวัด")
    emptied.head.set_national_id(NATIONAL_ID)
    emptied.head.save()

    office.post(merge_url(kept, emptied), typed(kept, emptied))

    kept.refresh_from_db()
    assert (kept.note, kept.house_number, kept.head.id_tail) == ("ติดวัด", "18", "030")
    assert sorted(map(str, kept.people.all())) == ["นางแก้ว ทองสุข", "นายบุญมา ทองสุข"]


def test_the_choices_are_merged_and_taken_back(office, two, fund):
    kept, emptied = two
    debt = make_debt(emptied, fund, principal="5000")
    chosen = {"house_number": "emptied", f"name_{emptied.head_id}": "emptied"}

    answer = office.post(merge_url(kept, emptied), typed(kept, emptied, **chosen), follow=True)

    page = answer.content.decode()
    assert "ดำเนินการแล้ว: รวม บ้านเลขที่ 18/1" in page
    assert debt.number in page
    merge = HouseholdMerge.objects.get()
    assert str(merge.kept) == "บ้านเลขที่ 18/1 นางแกว ทองสุก"
    undo = reverse("debts:householdmerge-undo", args=[merge.pk])
    office.post(undo, {"reason": "คนละบ้าน"})
    kept.refresh_from_db(), debt.refresh_from_db()
    assert (str(kept), debt.household) == ("บ้านเลขที่ 18 นางแก้ว ทองสุข", emptied)
    assert "เลิกรวมครัวเรือนแล้ว" in page_of(office, reverse("debts:householdmerge", args=[merge.pk]))


def test_looking_at_the_result_changes_nothing(office, two, fund):
    kept, emptied = two
    make_debt(emptied, fund, principal="5000")

    answer = office.post(
        merge_url(kept, emptied), typed(kept, emptied, house_number="emptied", preview="1", reason="")
    )

    page = answer.content.decode()
    assert "<b>บ้านเลขที่ 18/1</b>" in page
    assert "ย้ายหนี้ 1 สัญญา" in page
    assert "มีข้อมูลที่ต้องแก้ไข" not in page
    assert not HouseholdMerge.objects.exists()


def test_values_nobody_has_seen_are_not_chosen(office, two):
    kept, emptied = two

    answer = office.post(merge_url(kept, emptied), typed(kept, emptied, shown=""))

    assert "ตรวจข้อมูลของสมาชิกที่เลือกว่าเป็นคนเดียวกัน" in answer.content.decode()
    assert not HouseholdMerge.objects.exists()


def test_two_contracts_are_refused_on_the_page(office, two, fund):
    kept, emptied = two
    for household in two:
        make_contract([make_debt(household, fund, rate_percent=Decimal(0))])
    refusal = "ทั้งสองครัวเรือนมีสัญญาที่มีผลใช้บังคับ ยกเลิกสัญญาหนึ่งก่อนรวม"

    assert refusal in page_of(office, merge_url(kept, emptied))
    answer = office.post(merge_url(kept, emptied), typed(kept, emptied))
    assert refusal in answer.content.decode()
    assert not HouseholdMerge.objects.exists()


def test_a_household_is_not_compared_with_itself_or_one_that_is_gone(office, two):
    kept, emptied = two
    assert office.get(merge_url(kept, kept)).status_code == 404

    office.post(merge_url(kept, emptied), typed(kept, emptied))

    assert office.get(merge_url(kept, emptied)).status_code == 404


@pytest.mark.parametrize("name", ["households:household", "debts:household"])
def test_a_merged_household_leads_to_the_one_that_was_kept(office, two, name):
    kept, emptied = two
    office.post(merge_url(kept, emptied), typed(kept, emptied))

    answer = office.get(reverse(name, args=[emptied.pk]), follow=True)

    assert answer.redirect_chain == [(reverse(name, args=[kept.pk]), 302)]
    assert "รวมเข้ากับครัวเรือนนี้แล้ว" in answer.content.decode()


def test_a_merged_household_is_in_no_list_search_or_form(office, two, fund):
    kept, emptied = two
    debt = make_debt(emptied, fund)
    office.post(merge_url(kept, emptied), typed(kept, emptied), follow=True)

    assert "18/1" not in page_of(office, LIST)
    assert "พบ 0 " in page_of(office, f"{LIST}?q=18/1")
    for name in ("debts:debt-new", "debts:select", "debts:merge-debts"):
        assert office.get(reverse(name, args=[emptied.pk])).status_code == 404
    for name in ("households:household-edit", "households:person-new"):
        assert office.get(reverse(name, args=[emptied.pk])).status_code == 404
    assert Debt.objects.get(pk=debt.pk).household == kept


def test_the_page_of_a_household_names_its_twins_and_what_was_merged_into_it(office, two):
    kept, emptied = two
    address = reverse("debts:household", args=[kept.pk])
    page = page_of(office, address)
    assert "อาจซ้ำกับ บ้านเลขที่ 18/1 นางแกว ทองสุก" in page
    assert merge_url(kept, emptied) in page

    office.post(merge_url(kept, emptied), typed(kept, emptied))

    page = page_of(office, address)
    assert "อาจซ้ำกับ" not in page
    assert reverse("debts:householdmerge", args=[HouseholdMerge.objects.get().pk]) in page
