"""Trainings, occupations and their revolving money, study visits, awards and model households."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.roles import Role
from monitoring.activity import attendance, exemplars, money
from monitoring.activity.attendance import CannotChange
from monitoring.activity.figures import figures_of
from monitoring.models import Activity, GroupMoney, ModelHousehold
from tests.factories import (
    VISITED,
    make_activity,
    make_centre,
    make_group_money,
    make_household,
    make_model_household,
    make_officer,
    make_recommendation,
    make_sent_visit,
    make_village,
)

pytestmark = pytest.mark.django_db
LATER = date(2019, 6, 30)


@pytest.fixture
def occupation():
    return make_activity(kind="occupation", title="กลุ่มทอผ้า")


@pytest.fixture
def officer(occupation):
    return occupation.recorded_by


def figures(centre, on=LATER, year=2562):
    return figures_of(centre.village, year=year, on=on)


def test_what_two_officers_ticked_at_the_same_time_is_all_kept(occupation, officer):
    first, second = make_household(head="นางหนึ่ง ใจดี"), make_household(head="นางสอง ใจดี")
    opened = attendance.ticked(occupation)

    attendance.tick(activity=occupation, households=[first], opened=opened, by=officer)
    attendance.tick(activity=occupation, households=[second], opened=opened, by=make_officer())

    assert attendance.ticked(occupation) == {first.pk, second.pk}


def test_a_tick_is_taken_away_again(occupation, officer):
    household = make_household()
    attendance.tick(activity=occupation, households=[household], opened=set(), by=officer)

    told = attendance.tick(activity=occupation, households=[], opened={household.pk}, by=officer)

    assert (told, attendance.ticked(occupation)) == ((0, 1), set())


def test_who_had_money_of_the_group_stays_among_those_who_took_part(occupation, officer):
    household = make_household()
    make_group_money(occupation, household)

    with pytest.raises(CannotChange, match="เงินทุนคืนกลุ่ม"):
        attendance.tick(activity=occupation, households=[], opened={household.pk}, by=officer)


def test_households_are_ticked_on_the_page_and_shown(sign_in):
    activity = make_activity()
    household = make_household(head="นางแก้ว ทองสุข")
    client = sign_in(activity.recorded_by)
    page = client.get(reverse("monitoring:activity-households", args=[activity.pk]))
    assert "นางแก้ว ทองสุข" in page.content.decode()

    client.post(page.wsgi_request.path, {"households": [household.pk], "opened": ""})

    assert "นางแก้ว" in client.get(reverse("monitoring:activity", args=[activity.pk])).content.decode()


def test_a_household_of_another_village_cannot_be_ticked(sign_in):
    activity = make_activity()
    stranger = make_household(make_village("33100504"))

    page = sign_in(activity.recorded_by).post(
        reverse("monitoring:activity-households", args=[activity.pk]),
        {"households": [stranger.pk], "opened": ""},
    )

    assert page.status_code == 200
    assert not activity.taking_part.exists()


def test_an_activity_is_recorded_once_and_one_pressed_twice_is_told(sign_in):
    activity = make_activity(held_on=VISITED)
    typed = {"centre": activity.centre_id, "title": activity.title, "held_on": "27 มี.ค. 2562"}

    page = sign_in(activity.recorded_by).post(reverse("monitoring:activity-new") + "?kind=training", typed)

    assert "เปิดรายการเดิม" in page.content.decode()
    assert Activity.objects.count() == 1


def test_only_an_occupation_is_asked_for_money(sign_in):
    client = sign_in(make_officer())

    pages = {kind: client.get(reverse("monitoring:activity-new"), {"kind": kind}) for kind in Activity.Kind}

    assert {kind for kind, page in pages.items() if "budget" in page.context["form"].fields} == {"occupation"}


def test_money_goes_out_comes_back_and_goes_out_again(occupation):
    first, second = make_household(), make_household()
    make_group_money(occupation, first, "30000.00")
    make_group_money(occupation, first, "12345.67", kind="returned", on=LATER)
    make_group_money(occupation, second, "22345.67", on=LATER)

    purse = money.purse_of(occupation)

    assert (purse.given, purse.returned) == (Decimal("52345.67"), Decimal("12345.67"))
    assert (purse.outstanding, purse.in_hand) == (Decimal(40000), 0)


def test_no_more_goes_out_than_is_in_hand(occupation):
    make_group_money(occupation, make_household(), "30000")

    with pytest.raises(CannotChange, match="10,000.00"):
        make_group_money(occupation, make_household(), "10000.01")


def test_nobody_returns_more_than_is_out_with_him(occupation):
    household = make_household()
    make_group_money(occupation, household, "5000")
    make_group_money(occupation, make_household(), "5000")

    with pytest.raises(CannotChange, match="5,000.00"):
        make_group_money(occupation, household, "5000.01", kind="returned")


def test_a_movement_sent_twice_is_written_once(occupation):
    key, household = uuid4(), make_household()

    once = make_group_money(occupation, household, key=key)

    assert make_group_money(occupation, household, key=key) == once
    assert occupation.money.count() == 1


def test_a_movement_is_undone_once_by_its_opposite(occupation, officer):
    entry = make_group_money(occupation, make_household(), "5000")

    money.reverse(entry=entry, reason="บันทึกซ้ำ", on=LATER, by=officer)

    assert money.purse_of(occupation).outstanding == 0
    with pytest.raises(CannotChange, match="แล้ว"):
        money.reverse(entry=entry, reason="บันทึกซ้ำ", on=LATER, by=officer)


def test_what_came_back_already_keeps_what_was_given(occupation, officer):
    household = make_household()
    given = make_group_money(occupation, household, "5000")
    make_group_money(occupation, household, "1000", kind="returned")

    with pytest.raises(CannotChange, match="กลับรายการคืนก่อน"):
        money.reverse(entry=given, reason="ผิดครัวเรือน", on=LATER, by=officer)


def test_the_database_refuses_to_change_or_delete_a_movement(occupation):
    make_group_money(occupation, make_household())

    for change in (lambda rows: rows.update(note="เปลี่ยน"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(GroupMoney.objects.all())


@pytest.mark.parametrize(
    "wrong", [{"amount": Decimal(-1)}, {"is_goods": True, "note": ""}], ids=["below zero", "goods unsaid"]
)
def test_the_database_refuses_a_movement_that_makes_no_sense(occupation, officer, wrong):
    row = {"amount": Decimal(1), **wrong}

    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMoney.objects.create(
            activity=occupation, kind="given", on=VISITED, key=uuid4(), by=officer, **row
        )


def test_goods_say_what_they_were_and_by_which_receipt(occupation, officer, sign_in):
    typed = {"kind": "given", "amount": "5,000", "on": "27/3/2562", "is_goods": "on", "key": str(uuid4())}
    address = reverse("monitoring:activity-money", args=[occupation.pk])

    page = sign_in(officer).post(address, typed)

    assert "เลขที่ใบเสร็จ" in str(page.context["form"].errors["note"])
    assert sign_in(officer).post(address, {**typed, "note": "กี่ทอผ้า ใบเสร็จ 12/34"}).status_code == 302
    assert money.purse_of(occupation).given == Decimal(5000)


def test_an_activity_taken_out_counts_nowhere_and_says_why(occupation, officer):
    entry = make_group_money(occupation, make_household())
    with pytest.raises(CannotChange, match="กลับรายการเงิน"):
        attendance.withdraw(activity=occupation, reason="บันทึกผิดศูนย์ฯ", by=officer)
    money.reverse(entry=entry, reason="บันทึกผิด", on=LATER, by=officer)

    attendance.withdraw(activity=occupation, reason="บันทึกผิดศูนย์ฯ", by=officer)

    assert not figures(occupation.centre)["occupations"]
    with pytest.raises(CannotChange, match="ถูกนำออกแล้ว"):
        make_group_money(occupation, make_household())


def test_a_household_is_a_model_until_it_ends_and_may_be_one_again():
    named = make_model_household()
    by = named.named_by
    with pytest.raises(CannotChange, match="อยู่|แล้ว"):
        make_model_household(named.household, by)
    exemplars.end(named=named, ended_on=LATER, reason="ย้ายออก", by=by)
    with pytest.raises(CannotChange, match="ถึง"):
        make_model_household(named.household, by)

    make_model_household(named.household, by, named_on=LATER)

    assert [each.named_on for each in ModelHousehold.objects.on(LATER)] == [LATER]


def test_a_model_household_ended_on_its_first_day_never_counted():
    named = make_model_household()
    exemplars.end(named=named, ended_on=VISITED, reason="ตั้งผิด", by=named.named_by)

    assert not ModelHousehold.objects.on(VISITED).exists()


def test_the_database_knows_one_model_household_at_a_time():
    named = make_model_household()

    with pytest.raises(IntegrityError), transaction.atomic():
        ModelHousehold.objects.create(
            household=named.household, named_on=LATER, why="ซ้ำ", named_by=named.named_by
        )


@pytest.fixture
def busy_centre():
    """Two trainings with one household in both, a study visit, an award, a model, and 30,000 out of 40,000 baht."""
    centre = make_centre()
    officer = make_officer()
    first, second = make_household(head="นางหนึ่ง ใจดี"), make_household(head="นางสอง ใจดี")
    for title, households in (("ออม", [first, second]), ("บัญชีครัวเรือน", [first])):
        training = make_activity(centre, officer, title=title, people=20)
        attendance.tick(activity=training, households=households, opened=set(), by=officer)
    make_activity(centre, officer, kind="study_visit", title="ดูงาน")
    make_activity(centre, officer, kind="award", title="ศูนย์ฯ ดีเด่น")
    occupation = make_activity(centre, officer, kind="occupation", title="กลุ่มทอผ้า")
    make_group_money(occupation, first, "35000", by=officer)
    make_group_money(occupation, first, "5000", kind="returned", on=date(2019, 10, 1), by=officer)
    make_model_household(first, officer)
    return centre


def test_a_household_that_was_trained_twice_counts_once(busy_centre):
    found = figures(busy_centre)

    assert (found["trainings"], found["trained"], found["study_visits"], found["awards"]) == (2, 2, 1, 1)
    assert (found["models"], found["given"], found["returned"]) == (1, Decimal(35000), 0)


def test_money_out_of_an_earlier_year_is_still_out(busy_centre):
    found = figures(busy_centre, on=date(2020, 1, 1), year=2563)

    assert (found["given"], found["returned"], found["outstanding"]) == (0, Decimal(5000), Decimal(30000))


def test_the_report_of_the_area_and_the_centres_page_say_the_same(busy_centre, sign_in):
    client = sign_in(make_officer(Role.PROVINCIAL_HEAD))
    address = reverse("reports:report", kwargs={"area_code": "3310", "report_key": "activities"})
    answer = client.get(address, {"as": "json", "on": "30 มิ.ย. 2562", "year": 2562}).json()

    told = {name: answer["total"][name] for name in ("trainings", "trained", "models", "outstanding_baht")}
    assert told == {"trainings": 2, "trained": 2, "models": 1, "outstanding_baht": "35000.00"}


def test_the_department_reads_figures_of_activities_and_no_names(busy_centre, sign_in):
    client = sign_in(make_officer(Role.DEPARTMENT))
    shown = ""
    for activity in Activity.objects.all():
        shown += client.get(reverse("monitoring:activity", args=[activity.pk])).content.decode()

    assert "กลุ่มทอผ้า" in shown
    assert "ใจดี" not in shown
    assert client.get(reverse("monitoring:model-households")).status_code == 403


def test_the_centres_page_and_the_households_page_lead_to_their_activities(busy_centre, sign_in):
    make_recommendation(make_sent_visit(busy_centre), what="จัดทำงบดุล", due_on=date(2019, 4, 1))
    client = sign_in(make_officer())
    household = ModelHousehold.objects.get().household

    centre = client.get(reverse("monitoring:centre-activities", args=[busy_centre.pk])).content.decode()
    own = client.get(reverse("monitoring:household-activities", args=[household.pk])).content.decode()

    assert "จัดทำงบดุล" in centre
    assert "กลุ่มทอผ้า" in centre
    assert "บัญชีครัวเรือน" in own
    assert "35,000.00" in own
    links = client.get(reverse("funds:centre", args=[busy_centre.pk])).content.decode()
    assert reverse("monitoring:centre-activities", args=[busy_centre.pk]) in links
    links = client.get(reverse("debts:household", args=[household.pk])).content.decode()
    assert reverse("monitoring:household-activities", args=[household.pk]) in links
