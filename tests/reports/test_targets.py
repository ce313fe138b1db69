"""Targets: typed in a grid, measure by measure; sums that differ are both shown and never mended."""

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from areas.models import COUNTRY, Area
from reports.models import HOUSEHOLDS, Measure, Target
from reports.targets.grid import grid_of
from reports.targets.life import set_targets
from reports.targets.sheet import households_line, sheet
from tests.factories import SIGNED, make_centre, make_officer, make_village

pytestmark = pytest.mark.django_db
WITH, WITHOUT = "households-with-budget", "households-without-budget"


@pytest.fixture
def village():
    return make_village()


@pytest.fixture
def centre(village):
    return make_centre(village, budget_year=2560)


@pytest.fixture
def staff(centre):
    return make_officer(Role.PROVINCIAL_STAFF, area=centre.village)


def typed(**where):
    return {
        (area, measure): number
        for area, measure, number in Target.objects.filter(**where).values_list("area", "measure", "number")
    }


def sent(page) -> dict[str, str]:
    """What the grid sends as it stands."""
    boxes = [box for _, row in page.context["form"].rows for box in row]
    values = {box.bound.html_name: box.value for box in boxes}
    return values | {box.bound.html_initial_name: box.opened for box in boxes}


def test_the_plan_of_2565_is_shown_with_both_sums_as_it_was_printed(village):
    call_command("load_targets")

    country = Area.objects.get(code=COUNTRY)
    lines = {line.measure.code: line for line in sheet(country, year=2565, on=SIGNED)}

    households = lines[HOUSEHOLDS]
    assert (households.stated, households.of_parts) == (14_250, 14_150)
    assert households.notes == ["ที่กำหนดไว้ 14,250 ครัวเรือน ไม่ตรงกับผลรวมส่วนย่อย 14,150 ครัวเรือน ต่างกัน 100"]
    stated = {code: line.stated for code, line in lines.items()}
    assert stated == {
        HOUSEHOLDS: 14_250,
        "new-centres": 107,
        "model-centres": 27,
        "graded-centres": 1_138,
        "raised-groups": 9_000,
        "borrowers": 150_000,
        "new-members": 297_557,
        "big-data": None,
    }
    assert [line.notes for code, line in lines.items() if code != HOUSEHOLDS] == [[]] * 7


def test_the_plan_brought_in_again_keeps_what_was_typed(village):
    call_command("load_targets")
    Target.objects.filter(measure="new-centres").update(number=108)

    call_command("load_targets")

    assert Target.objects.get(measure="new-centres").number == 108
    assert Target.objects.count() == 13


def test_areas_that_do_not_add_up_are_told_beside_parts_that_do_not(village, staff):
    district = village.parent.parent
    cells = {
        (district.code, HOUSEHOLDS): 20,
        (district.code, WITH): 15,
        (village.code, HOUSEHOLDS): 30,
        (village.code, WITH): 30,
    }
    set_targets(year=2560, numbers=cells, by=staff)

    assert households_line(district, year=2560).notes == [
        "ที่กำหนดไว้ 20 ครัวเรือน ไม่ตรงกับผลรวมส่วนย่อย 15 ครัวเรือน ต่างกัน 5",
        "ที่กำหนดไว้ 20 ครัวเรือน ไม่ตรงกับผลรวมรายศูนย์ฯ 30 ครัวเรือน ต่างกัน 10",
    ]


def test_centres_with_a_budget_are_usually_asked_for_thirty_and_others_for_five(village, centre):
    make_centre(make_village("33100504", "บ้านอื่น"), budget_year=None)

    usual = grid_of(village.parent.parent, Measure.objects.get(pk=HOUSEHOLDS), year=2560).usual()

    assert usual == {
        ("3310", HOUSEHOLDS): 35,
        ("3310", WITH): 30,
        ("3310", WITHOUT): 5,
        (village.code, HOUSEHOLDS): 30,
        (village.code, WITH): 30,
        (village.code, WITHOUT): 0,
        ("33100504", HOUSEHOLDS): 5,
        ("33100504", WITH): 0,
        ("33100504", WITHOUT): 5,
    }


def test_an_emptied_cell_is_removed_and_the_record_keeps_what_it_was(village, staff):
    set_targets(year=2560, numbers={(village.code, HOUSEHOLDS): 15}, by=staff)

    changed = set_targets(year=2560, numbers={(village.code, HOUSEHOLDS): None}, by=staff)

    assert (changed, typed()) == (1, {})
    event = AuditEvent.objects.filter(action="targets-set").latest("pk")
    assert event.detail == {"changed": [[village.code, HOUSEHOLDS, 15, None]]}


def test_nothing_changed_is_no_record(village, staff):
    numbers = {(village.code, HOUSEHOLDS): 15}
    set_targets(year=2560, numbers=numbers, by=staff)

    assert set_targets(year=2560, numbers=numbers, by=staff) == 0
    assert AuditEvent.objects.filter(action="targets-set").count() == 1


def test_a_provincial_officer_types_the_grid_in_thai_digits(client, village, staff):
    client.force_login(staff)
    address = reverse("reports:targets-edit", args=["3310", HOUSEHOLDS])

    answer = client.post(
        f"{address}?year=2560", {f"3310_{HOUSEHOLDS}": "๒๐", f"{village.code}_{HOUSEHOLDS}": "15"}
    )

    assert answer.status_code == 302
    assert typed() == {("3310", HOUSEHOLDS): 20, (village.code, HOUSEHOLDS): 15}


def test_a_wrong_number_is_told_beside_its_cell_and_nothing_is_saved_or_lost(client, village, staff):
    client.force_login(staff)
    address = reverse("reports:targets-edit", args=["3310", HOUSEHOLDS])

    page = client.post(f"{address}?year=2560", {f"3310_{HOUSEHOLDS}": "20", f"{village.code}_{WITH}": "สิบห้า"})

    assert list(page.context["form"].errors) == [f"{village.code}_{WITH}"]
    assert 'value="สิบห้า"' in page.content.decode()
    assert 'value="20"' in page.content.decode()
    assert typed() == {}


def test_the_usual_numbers_are_offered_where_nothing_is_typed_and_are_not_saved_yet(client, village, staff):
    set_targets(year=2560, numbers={(village.code, HOUSEHOLDS): 12}, by=staff)
    client.force_login(staff)

    page = client.get(
        reverse("reports:targets-edit", args=["3310", HOUSEHOLDS]), {"year": "2560", "usual": "1"}
    )

    offered = {box.bound.html_name: box.value for _, boxes in page.context["form"].rows for box in boxes}
    assert offered[f"{village.code}_{HOUSEHOLDS}"] == "12"
    assert offered[f"{village.code}_{WITH}"] == "30"
    assert typed() == {(village.code, HOUSEHOLDS): 12}


def test_usual_numbers_that_were_offered_are_saved_with_the_page(client, village, staff):
    client.force_login(staff)
    address = reverse("reports:targets-edit", args=["3310", HOUSEHOLDS])
    page = client.get(address, {"year": "2560", "usual": "1"})

    client.post(f"{address}?year=2560", sent(page))

    assert typed()[village.code, WITH] == 30


def test_a_cell_that_another_officer_changed_meanwhile_says_so_and_other_cells_are_left_alone(
    client, village, staff
):
    set_targets(year=2560, numbers={("3310", HOUSEHOLDS): 20, (village.code, HOUSEHOLDS): 15}, by=staff)
    client.force_login(staff)
    address = reverse("reports:targets-edit", args=["3310", HOUSEHOLDS]) + "?year=2560"
    values = sent(client.get(address))
    set_targets(year=2560, numbers={("3310", HOUSEHOLDS): 21, (village.code, HOUSEHOLDS): 16}, by=staff)

    page = client.post(address, {**values, f"3310_{HOUSEHOLDS}": "22"})

    assert "ผู้อื่นแก้เป็น 21 ระหว่างที่ท่านกรอก" in page.content.decode()
    assert client.post(address, sent(page)).status_code == 302
    assert typed() == {("3310", HOUSEHOLDS): 22, (village.code, HOUSEHOLDS): 16}


def test_who_may_not_set_targets_reads_them_without_a_link(client, village, staff):
    set_targets(year=2560, numbers={("3310", HOUSEHOLDS): 15}, by=staff)
    client.force_login(make_officer(Role.DISTRICT_HEAD, area=village))

    page = client.get(reverse("reports:targets", args=["3310"]), {"year": "2560"}).content.decode()

    assert "ปรับโครงสร้างหนี้ และลดหนี้หรือปลดหนี้" in page
    assert "กำหนดเป้าหมาย" not in page


def test_the_sheet_asks_the_same_number_of_queries_however_many_areas(
    village, staff, django_assert_max_num_queries
):
    for number in range(4, 9):
        place = make_village(f"3310050{number}", f"บ้าน{number}")
        make_centre(place)
        set_targets(year=2565, numbers={(place.code, HOUSEHOLDS): 5}, by=staff)

    with django_assert_max_num_queries(6):
        sheet(village.parent.parent, year=2565, on=SIGNED)


def test_measures_are_there_again_when_the_database_was_emptied():
    Target.objects.all().delete()
    Measure.objects.update(whole=None)
    Measure.objects.all().delete()

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert Measure.objects.count() == 17
    assert Measure.objects.get(pk=WITH).whole_id == HOUSEHOLDS
