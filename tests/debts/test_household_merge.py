"""Two households that turn out to be one: what moves, what is refused, and that it all comes back."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db.models import Q

from accounts.models import AuditEvent
from debts.cases.selection import CannotSelect, select
from debts.consolidation import CannotConsolidate
from debts.household_merge import (
    MOVES,
    ONCE,
    CannotMergeHouseholds,
    CannotUnmerge,
    Choices,
    Same,
    merge,
    unmerge,
)
from debts.ledger_proofs import PROOFS
from debts.models import Case, Contract, Debt, Entry, HouseholdMerge, Payment
from debts.registration import CannotRegister, register
from households.models import Household, Person
from households.registration import CannotAdd, add_person
from households.twins import pairs, twins_of
from monitoring.centre_figures import figures_of
from reports.figures import overview
from tests.factories import (
    SIGNED,
    make_contract,
    make_debt,
    make_document,
    make_fund,
    make_guarantor,
    make_household,
    make_livelihood,
    make_officer,
    make_other_debt,
    make_payment,
    make_person,
    make_village,
)
from tests.world import NATIONAL_ID

pytestmark = pytest.mark.django_db
TODAY = date(2017, 7, 1)
OTHER_ID = "3101700207036"


@pytest.fixture
def fund():
    return make_fund()


@pytest.fixture
def officer(fund):
    return make_officer(area=fund.centre.village)


@pytest.fixture
def kept(fund):
    return make_household(fund.centre.village, house_number="18", head="นางแก้ว ทองสุข", note="บ้านไม้")


@pytest.fixture
def emptied(fund):
    return make_household(fund.centre.village, house_number="18/1", head="นางแกว ทองสุก", note="ติดวัด")


def same_head(kept, emptied, *takes) -> dict:
    return {emptied.head_id: Same(kept.head_id, frozenset(takes))}


def merged(kept, emptied, by, takes=(), same=None, on=TODAY) -> HouseholdMerge:
    same = same_head(kept, emptied) if same is None else same
    choices = Choices(frozenset(takes), same)
    return merge(kept=kept, emptied=emptied, choices=choices, reason="บ้านเดียวกัน", on=on, by=by)


def unmerged(done, by) -> HouseholdMerge:
    return unmerge(merge=done, reason="คนละบ้าน", on=TODAY, by=by)


def everything() -> dict[str, list[dict]]:
    """Every row that a merge may touch, as it is."""
    models = (Household, Person, Debt, Case, Contract, Entry, Payment)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def assert_ledger_is_proved():
    assert {proof.promise: proof.failures() for proof in PROOFS} == {proof.promise: [] for proof in PROOFS}


def test_debts_and_people_go_to_the_household_that_is_kept(kept, emptied, fund, officer):
    theirs, child = make_debt(emptied, fund), make_person(emptied, "นายบุญมา ทองสุข")

    merged(kept, emptied, officer)

    theirs.refresh_from_db(), emptied.refresh_from_db()
    assert (theirs.household, theirs.borrower) == (kept, kept.head)
    assert set(kept.people.all()) == {kept.head, child}
    assert emptied.merged_into == kept
    assert_ledger_is_proved()


def test_each_value_is_the_one_that_was_chosen(kept, emptied, officer):
    make_id(kept.head, OTHER_ID), make_id(emptied.head, NATIONAL_ID)
    Person.objects.filter(pk=emptied.head_id).update(phone="0812345678", born_year=2510)

    same = same_head(kept, emptied, "name", "phone", "national_id")
    merged(kept, emptied, officer, takes={"house_number"}, same=same)

    kept.refresh_from_db()
    person = kept.head
    assert (kept.house_number, kept.note, kept.house_sort) == ("18/1", "บ้านไม้", "00018/00001")
    assert (str(person), person.phone, person.born_year) == ("นางแกว ทองสุก", "0812345678", None)
    assert person.open_national_id() == NATIONAL_ID
    assert Person.objects.with_national_id(NATIONAL_ID).get() == person
    assert Person.objects.with_id_tail(NATIONAL_ID[-4:]).get() == person


def make_id(person, number):
    person.set_national_id(number)
    person.save()


def test_the_head_of_the_other_side_may_be_the_head(kept, emptied, officer):
    merged(kept, emptied, officer, takes={"head"}, same={})

    kept.refresh_from_db()
    assert kept.head == emptied.head
    assert kept.people.count() == 2


def test_a_merged_household_is_in_no_queue(kept, emptied, officer):
    assert len(pairs(officer)) == 1

    merged(kept, emptied, officer)

    assert (pairs(officer), twins_of(kept)) == ([], [])


def test_nothing_is_added_to_a_merged_household(kept, emptied, fund, officer):
    debt = make_debt(emptied, fund)
    merged(kept, emptied, officer)
    columns = {"borrower": emptied.head, "fund": fund, "number": "", "principal": Decimal(1)}

    with pytest.raises(CannotRegister, match="รวมเข้ากับ บ้านเลขที่ 18 นางแก้ว ทองสุข แล้ว"):
        register(household=emptied, opened_on=TODAY, by=officer, **columns)
    with pytest.raises(CannotSelect, match="รวมเข้ากับ"):
        select(household=emptied, on=TODAY, by=officer)
    with pytest.raises(CannotConsolidate, match="รวมเข้ากับ"):
        make_contract([debt], by=officer)
    with pytest.raises(CannotAdd, match="รวมเข้ากับ"):
        add_person(Person(household=emptied, first_name="ถวิล"), key=uuid4())


def test_a_contract_and_its_case_move_with_their_debts(kept, emptied, fund, officer):
    contract = make_contract([make_debt(emptied, fund, rate_percent=Decimal(0))], by=officer)

    merged(kept, emptied, officer)

    contract.refresh_from_db()
    assert (contract.household, contract.case.household, contract.debt.household) == (kept,) * 3
    assert contract.debt.borrower == kept.head
    assert make_payment(contract.debt, on=date(2017, 7, 15), by=officer).debt.household == kept
    assert_ledger_is_proved()


def test_two_standing_contracts_are_refused(kept, emptied, fund, officer):
    for household in (kept, emptied):
        make_contract([make_debt(household, fund)], by=officer)

    with pytest.raises(CannotMergeHouseholds, match="ยกเลิกสัญญาหนึ่งก่อนรวม"):
        merged(kept, emptied, officer)

    assert not HouseholdMerge.objects.exists()


def test_the_side_whose_case_has_a_contract_is_the_one_to_keep(kept, emptied, fund, officer):
    make_contract([make_debt(emptied, fund)], by=officer)
    make_debt(kept, fund)
    select(household=kept, on=SIGNED, by=officer)

    with pytest.raises(CannotMergeHouseholds, match="สลับให้เป็นครัวเรือนที่เก็บไว้"):
        merged(kept, emptied, officer)

    assert merged(emptied, kept, officer)


def test_one_paper_in_both_is_refused_by_its_name(kept, emptied, fund, officer):
    for household in (kept, emptied):
        make_debt(household, fund, number="7/2558")

    with pytest.raises(CannotMergeHouseholds, match="สัญญาเลขที่ 7/2558 อยู่ในทั้งสองครัวเรือน"):
        merged(kept, emptied, officer)

    assert merged(kept, emptied, officer, same={})


def test_households_of_two_villages_are_refused(kept, officer):
    stranger = make_household(make_village("33100504"))

    with pytest.raises(CannotMergeHouseholds, match="หมู่บ้านเดียวกัน"):
        merged(kept, stranger, officer, same={})


def test_a_household_is_not_merged_with_itself_or_twice(kept, emptied, officer):
    with pytest.raises(CannotMergeHouseholds):
        merged(kept, kept, officer, same={})
    merged(kept, emptied, officer)
    with pytest.raises(CannotMergeHouseholds, match="รวมเข้ากับครัวเรือนอื่นแล้ว"):
        merged(kept, emptied, officer)


def test_somebody_is_not_two_people(kept, emptied, officer):
    child = make_person(emptied, "นายบุญมา ทองสุข")
    same = {emptied.head_id: Same(kept.head_id), child.pk: Same(kept.head_id)}

    with pytest.raises(CannotMergeHouseholds, match="ตรงกับสองคนไม่ได้"):
        merged(kept, emptied, officer, same=same)


def test_two_that_were_selected_count_once_with_what_both_owed(kept, emptied, fund, officer):
    for household, principal in ((kept, "20000"), (emptied, "5000")):
        make_debt(household, fund, principal=principal)
        select(household=household, on=SIGNED, by=officer)
    before = overview(fund.centre.village.parent.parent, year=2560, on=TODAY).total.figures

    merged(kept, emptied, officer)

    after = overview(fund.centre.village.parent.parent, year=2560, on=TODAY).total.figures
    assert (before.joined, after.joined) == (2, 1)
    assert (after.baseline, after.owed) == (before.baseline, before.owed) == (25000, 25000)
    assert figures_of(fund.centre, on=TODAY).joined == 1
    assert Case.objects.open().count() == 1


def test_the_baseline_takes_in_what_the_other_owed_on_that_day(kept, emptied, fund, officer):
    make_debt(kept, fund, principal="20000"), make_debt(emptied, fund, principal="5000")
    case = select(household=kept, on=SIGNED, by=officer)

    merged(kept, emptied, officer)

    case.refresh_from_db()
    assert case.baseline == Decimal(25000)


@pytest.mark.parametrize("takes", [(), ("house_number", "note", "head")])
@pytest.mark.parametrize("values", [None, (), ("name", "born_year", "phone", "national_id")])
@pytest.mark.parametrize("story", ["debts", "selected", "contract", "paid"])
def test_a_merge_taken_back_leaves_everything_as_it_was(kept, emptied, fund, officer, takes, values, story):
    make_id(emptied.head, NATIONAL_ID)
    make_person(emptied, "นายบุญมา ทองสุข", OTHER_ID, phone="0812345678")
    make_debt(kept, fund), make_payment(make_debt(emptied, fund, rate_percent=Decimal(0)), by=officer)
    if story == "selected":
        select(household=kept, on=SIGNED, by=officer), select(household=emptied, on=SIGNED, by=officer)
    elif story in ("contract", "paid"):
        contract = make_contract(emptied.debts.open(), by=officer)
        if story == "paid":
            make_payment(contract.debt, "5000", on=date(2017, 6, 30), by=officer)
    before = everything()

    same = {} if values is None else same_head(kept, emptied, *values)
    done = merged(kept, emptied, officer, takes=takes, same=same)
    assert everything() != before
    unmerged(done, officer)

    assert everything() == before
    assert_ledger_is_proved()
    actions = {event.action for event in AuditEvent.objects.all()}
    assert {"household-merge", "household-unmerge"} <= actions


def test_the_record_of_a_merge_holds_no_national_id(kept, emptied, officer):
    make_id(emptied.head, NATIONAL_ID)

    done = merged(kept, emptied, officer, same=same_head(kept, emptied, "national_id"))

    assert NATIONAL_ID not in str(done.changes)
    assert "sealed" not in str(done.changes)


def test_a_payment_since_the_merge_goes_back_with_its_debt(kept, emptied, fund, officer):
    debt = make_debt(emptied, fund, rate_percent=Decimal(0))
    done = merged(kept, emptied, officer)
    debt.refresh_from_db()
    make_payment(debt, by=officer)

    unmerged(done, officer)

    debt.refresh_from_db()
    assert (debt.household, debt.borrower, debt.outstanding) == (emptied, emptied.head, 19000)
    assert_ledger_is_proved()


def changed_number(kept, **_):
    kept.house_number = "99"
    kept.save()


def changed_name(kept, **_):
    kept.head.first_name = "แก้วตา"
    kept.head.save()


def signed(kept, officer, **_):
    make_contract(kept.debts.open(), by=officer)


def selected(kept, officer, **_):
    select(household=kept, on=TODAY, by=officer)


def lent_to_who_moved(kept, officer, fund, child, **_):
    make_debt(kept, fund, borrower=child, number="9/2560", by=officer)


def merged_further(kept, officer, **_):
    merged(make_household(kept.village), Household.objects.get(pk=kept.pk), officer, same={})


def merged_another(kept, officer, **_):
    merged(kept, make_household(kept.village, house_number="7"), officer, same={})


@pytest.mark.parametrize(
    ("happens", "named"),
    [
        (changed_number, "บ้านเลขที่ .บ้านเลขที่ 99 นางแก"),
        (changed_name, "ชื่อ .นางแก้วตา"),
        (signed, "สัญญาเลขที่ 1/2560"),
        (selected, "การคัดเลือกปีงบประมาณ 2560"),
        (lent_to_who_moved, "หนี้ใหม่ .*9/2560"),
        (merged_further, "รวมเข้ากับครัวเรือนอื่นแล้ว"),
        (merged_another, "การรวม บ้านเลขที่ 7 .* ที่ทำภายหลัง"),
    ],
)
def test_what_changed_since_the_merge_is_named_and_nothing_comes_back(
    kept, emptied, fund, officer, happens, named
):
    make_debt(emptied, fund)
    child = make_person(emptied, "นายบุญมา ทองสุข")
    same = same_head(kept, emptied, "name")
    done = merged(kept, emptied, officer, takes={"house_number"}, same=same)
    kept.refresh_from_db(), child.refresh_from_db()
    happens(kept=kept, emptied=emptied, fund=fund, officer=officer, child=child)
    before = everything()

    with pytest.raises(CannotUnmerge, match=named):
        unmerged(done, officer)

    assert everything() == before


def test_a_merge_is_taken_back_once(kept, emptied, officer):
    done = merged(kept, emptied, officer)
    unmerged(done, officer)

    with pytest.raises(CannotUnmerge, match="เลิกรวมครัวเรือนนี้แล้ว"):
        unmerged(done, officer)


def test_every_row_that_points_at_a_household_or_a_person_is_thought_of():
    households = {relation.get_accessor_name() for relation in Household._meta.related_objects}
    people = {relation.get_accessor_name() for relation in Person._meta.related_objects}

    stays = {"merged_from", "merges", "merges_away", "merge_draft"}
    moves = {"people", "cases", *MOVES, *ONCE}
    assert households == moves | stays, "name it in MOVES or ONCE, or here if it stays"
    assert people == {"debts", "other_debts", "guarantees", "takeovers"}


def homes_of(rows) -> list[Household]:
    """The household that each row belongs to now."""
    return [type(row).objects.get(pk=row.pk).household for row in rows]


def test_what_a_household_lives_on_and_its_papers_go_with_it(kept, emptied, officer):
    survey, debt = make_livelihood(emptied, by=officer), make_other_debt(emptied, by=officer)
    paper = make_document(emptied, by=officer)

    done = merged(kept, emptied, officer)
    told = (survey, debt, paper)
    moved = homes_of(told)
    unmerge(merge=done, reason="คนละบ้าน", on=done.on, by=officer)

    assert moved == [kept] * 3
    assert homes_of(told) == [emptied] * 3


def test_a_survey_of_the_same_day_and_the_same_paper_stay_behind(kept, emptied, officer):
    for household in (kept, emptied):
        make_livelihood(household, by=officer)
        make_document(household, by=officer)

    merged(kept, emptied, officer)

    assert (kept.livelihoods.count(), kept.documents.count()) == (1, 1)
    assert (emptied.livelihoods.count(), emptied.documents.count()) == (1, 1)


def test_a_guarantor_who_is_the_same_person_stays_joined_with_the_debt(kept, emptied, fund, officer):
    guarantor = make_guarantor(make_debt(kept, fund, number=""), person=emptied.head)
    elsewhere = make_other_debt(emptied, by=officer, borrower=emptied.head)

    merged(kept, emptied, officer)

    guarantor.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (guarantor.person, elsewhere.borrower) == (kept.head, kept.head)


def test_no_debt_is_left_with_a_merged_household(kept, emptied, fund, officer):
    make_debt(emptied, fund, number="")
    make_contract([make_debt(emptied, fund)], by=officer)

    merged(kept, emptied, officer)

    left = Q(household=emptied) | Q(borrower__household=emptied)
    assert not Debt.objects.filter(left).exists()
