"""The official list of areas: counts, idempotence, files that contradict themselves."""

import json

import pytest
from django.core.management import CommandError, call_command

from areas.models import COUNTRY, Area, Level
from areas.official_list import CannotLoadAreas, Listed, compare, load, packaged, read_file
from tests.factories import make_village

pytestmark = pytest.mark.django_db
SMALL = [Listed("33", "ศรีสะเกษ"), Listed("3310", "ห้วยทับทัน"), Listed("331005", "ปราสาท")]


def test_the_packaged_list_holds_the_departments_76_provinces_and_878_districts():
    counts = compare(packaged()).counts

    assert (counts[Level.PROVINCE], counts[Level.DISTRICT]) == (76, 878)


def test_names_of_the_packaged_list_stand_without_their_kind():
    kinds = ("จังหวัด", "อำเภอ", "ตำบล", "แขวง")

    assert not [each for each in packaged() if each.name.startswith(kinds) and each.name not in ("แขวง",)]
    assert Listed("1001", "พระนคร") in packaged()


def test_the_list_makes_the_country_and_each_area_under_the_one_above():
    load(SMALL)

    district = Area.objects.get(code="3310")
    assert (district.level, district.label, district.parent_id) == ("district", "อำเภอห้วยทับทัน", "33")
    assert Area.objects.get(code="33").parent_id == COUNTRY


def test_loading_the_same_list_again_changes_nothing():
    load(SMALL)

    second = load(SMALL)

    assert (second.new, second.changed) == ([], [])


def test_a_new_name_is_taken_over_and_sorted_anew():
    load(SMALL)

    load([*SMALL[:2], Listed("331005", "เมืองหลวง")])

    renamed = Area.objects.get(code="331005")
    assert renamed.name == "เมืองหลวง"
    assert renamed.sort < Area.objects.get(code="33").sort


def test_villages_that_officers_added_are_kept():
    village = make_village("33100503", "บ้านหนองฮะ")

    load(SMALL)

    assert Area.objects.get(pk=village.pk).name == "บ้านหนองฮะ"


def test_a_place_that_left_the_list_is_told_and_kept():
    load(SMALL)

    difference = load(SMALL[:2] + [Listed("331006", "จานแสนไชย")])

    assert [area.code for area in difference.unlisted] == ["331005"]
    assert Area.objects.filter(code="331005").exists()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"code": "331", "name": "ก"}], "2, 4, 6 หรือ 8 หลัก"),
        ([{"code": "33", "name": " "}], "ไม่มีชื่อ"),
        ([{"code": "33100503", "name": "บ้านก"}], "หมู่ที่"),
        ([{"code": "33", "name": "ก", "moo": 1}], "หมู่ที่"),
        ([{"code": "33", "name": "ก"}, {"code": "33", "name": "ข"}], "มากกว่าหนึ่งแถว"),
        ([{"code": "3310", "name": "ก"}], "ระดับบน"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused_and_changes_nothing(rows, words, tmp_path):
    file = tmp_path / "areas.json"
    file.write_text(json.dumps(rows), "utf-8")

    with pytest.raises(CannotLoadAreas, match=words):
        load(read_file(file))

    assert not Area.objects.exists()


def test_a_csv_file_with_thai_digits_is_read(tmp_path):
    file = tmp_path / "areas.csv"
    file.write_text(
        "code,name,moo\n๓๓,ศรีสะเกษ,\n3310,ห้วยทับทัน,\n331005,ปราสาท,\n33100503,บ้านหนองฮะ,๓\n", "utf-8-sig"
    )

    assert read_file(file) == [*SMALL, Listed("33100503", "บ้านหนองฮะ", 3)]


def test_the_command_checks_without_writing_and_explains_what_is_missing(tmp_path, capsys):
    file = tmp_path / "areas.json"
    file.write_text(json.dumps([{"code": "33", "name": "ศรีสะเกษ"}]), "utf-8")

    call_command("load_areas", str(file), "--check")

    assert "รายการมี 1 แห่ง แต่กรมฯ มี 76 แห่ง" in capsys.readouterr().out
    assert not Area.objects.exists()


def test_the_command_says_so_when_nothing_changes(tmp_path, capsys):
    file = tmp_path / "areas.json"
    file.write_text(json.dumps([{"code": "33", "name": "ศรีสะเกษ"}]), "utf-8")
    call_command("load_areas", str(file))

    call_command("load_areas", str(file))

    assert "ไม่มีอะไรเปลี่ยน" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_answered_in_thai(tmp_path):
    file = tmp_path / "areas.xlsx"
    file.write_bytes(b"not a sheet")

    with pytest.raises(CommandError, match="อ่านไฟล์ areas.xlsx ไม่ได้"):
        call_command("load_areas", str(file))
