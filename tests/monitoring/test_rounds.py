"""Rounds of monitoring: planned with a team and a programme, filled with visits, checked for overlaps."""

from datetime import date, time
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from monitoring import issue_lists, visits
from monitoring.models import Round, Visit
from monitoring.rounds.overlaps import overlaps
from monitoring.rounds.planning import CannotChange, add_visit, write_programme
from tests.factories import (
    make_centre,
    make_officer,
    make_recorded_visit,
    make_round,
    make_village,
    make_visit,
)

pytestmark = pytest.mark.django_db
DAO = {"name": "นางสาวดาว ส่องแสง", "position": "นักวิชาการพัฒนาชุมชนชำนาญการ", "agency": "สทอ.", "is_lead": True}
EK = {"name": "นายเอก ใจดี", "position": "นักวิชาการพัฒนาชุมชนชำนาญการ", "agency": "สทอ."}


@pytest.fixture(autouse=True)
def the_list_of_issues():
    issue_lists.load()


@pytest.fixture
def buri_ram():
    """The round of 27–28 March 2562: the provincial office in the morning, two centres after it."""
    sawang = make_centre(make_village("31010805", "บ้านสว่าง", district="เมืองบุรีรัมย์", province="บุรีรัมย์"))
    arang = make_centre(make_village("31210402", "บ้านอารัง", district="บ้านด่าน"))
    staff = make_officer(Role.PROVINCIAL_STAFF, area=sawang.village)
    round = make_round(staff, starts_on=date(2019, 3, 27), ends_on=date(2019, 3, 28))
    meeting = {
        "on": date(2019, 3, 27),
        "starts_at": time(9),
        "ends_at": time(12),
        "what": "ชี้แจงตัวชี้วัดและแลกเปลี่ยนภารกิจ",
        "place": "ห้องประชุมสำนักงานพัฒนาชุมชนจังหวัด ชั้น 3",
    }
    lodging = {"on": date(2019, 3, 27), "starts_at": time(17), "what": "เข้าที่พัก"}
    write_programme(round=round, version=1, team=[DAO, EK], agenda=[meeting, lodging])
    afternoon = {"starts_at": time(13), "ends_at": time(16), "place": "ที่ทำการศูนย์ฯ"}
    add_visit(round=round, centre=sawang, planned_on=date(2019, 3, 27), by=staff, **afternoon)
    morning = {"starts_at": time(9), "ends_at": time(12)}
    add_visit(round=round, centre=arang, planned_on=date(2019, 3, 28), by=staff, **morning)
    return round


@pytest.fixture
def tak():
    """Two sites on 22 March 2564: a new centre at 09.30, a model centre at 13.30."""
    dong_pu = make_centre(make_village("63010904", "บ้านดงปู", district="เมืองตาก", province="ตาก"))
    sakae = make_centre(make_village("63011303", "บ้านสะแกเครือ"))
    staff = make_officer(Role.PROVINCIAL_STAFF, area=sakae.village)
    day = date(2021, 3, 22)
    round = make_round(staff, fiscal_year=2564, starts_on=day, ends_on=day)
    call = {"on": day, "starts_at": time(8, 30), "what": "เข้าพบพัฒนาการจังหวัด"}
    write_programme(round=round, version=1, team=[DAO, EK], agenda=[call])
    add_visit(round=round, centre=dong_pu, planned_on=day, starts_at=time(9, 30), by=staff)
    add_visit(round=round, centre=sakae, planned_on=day, starts_at=time(13, 30), by=staff)
    return round


def page(name, round) -> str:
    return reverse(f"monitoring:{name}", args=[round.pk])


def text(response) -> str:
    return unescape(response.content.decode())


def clashes(round) -> list[str]:
    return [each.reason for each in overlaps(round.visits.prefetch_related("team"))]


def programme_of(round, **changes) -> dict[str, str]:
    """What the page of team and agenda sends with one leader and one meeting."""
    return {
        **{
            f"{rows}-{count}": "3" if count == "TOTAL_FORMS" else "0"
            for rows in ("team", "agenda")
            for count in ("TOTAL_FORMS", "INITIAL_FORMS")
        },
        "team-0-name": "นางสาวดาว ส่องแสง",
        "team-0-is_lead": "on",
        "agenda-0-on": "27 มี.ค. 2562",
        "agenda-0-starts_at": "09.00",
        "agenda-0-ends_at": "12.00",
        "agenda-0-what": "ประชุม",
        "version": str(round.version),
        **changes,
    }


def test_the_round_in_buri_ram_is_planned_with_its_team_and_its_quota_of_fifteen(buri_ram):
    first, second = buri_ram.visits.order_by("planned_on")

    assert (first.centre.short_name, first.hours) == ("ศูนย์ฯ บ้านสว่าง", "13.00–16.00 น.")
    assert (first.asked_committee, first.asked_households, first.asked, first.came) == (10, 5, 15, None)
    assert second.planned_on == date(2019, 3, 28)
    lead = first.team.get(is_lead=True)
    assert (lead.name, lead.position) == (DAO["name"], DAO["position"])
    assert {visit.round_name for visit in (first, second)} == {buri_ram.name}
    assert clashes(buri_ram) == []


def test_two_sites_in_tak_on_one_day_do_not_clash_when_the_team_has_time_between(tak):
    assert [visit.planned_on for visit in tak.visits.all()] == [date(2021, 3, 22)] * 2
    assert clashes(tak) == []


def test_a_member_of_the_team_who_must_be_at_two_places_at_once_is_told(tak):
    tak.visits.filter(starts_at=time(13, 30)).update(starts_at=time(10))

    assert clashes(tak) == [
        "นางสาวดาว ส่องแสง, นายเอก ใจดี ต้องอยู่ที่ศูนย์ฯ บ้านดงปู และศูนย์ฯ บ้านสะแกเครือ ในเวลาเดียวกัน วันที่ 22 มี.ค. 2564"
    ]


def test_a_visit_without_times_takes_the_whole_day(tak):
    tak.visits.filter(starts_at=time(13, 30)).update(starts_at=None)

    assert len(clashes(tak)) == 1


def test_other_people_may_be_elsewhere_at_the_same_hour(tak):
    afternoon = tak.visits.get(starts_at=time(13, 30))
    Visit.objects.filter(pk=afternoon.pk).update(starts_at=time(10))
    afternoon.team.update(name="นายโท คนอื่น")

    assert clashes(tak) == []


def test_a_centre_that_a_round_visits_twice_is_told(buri_ram):
    first = buri_ram.visits.get(planned_on=date(2019, 3, 27))
    add_visit(round=buri_ram, centre=first.centre, planned_on=date(2019, 3, 28), by=first.planned_by)

    assert "ศูนย์ฯ บ้านสว่าง อยู่ในรอบนี้ 2 ครั้ง" in clashes(buri_ram)


def test_a_visit_outside_the_days_of_its_round_is_refused(buri_ram):
    with pytest.raises(visits.CannotPlan, match="ต้องอยู่ในช่วงของรอบ"):
        add_visit(round=buri_ram, centre=make_centre(), planned_on=date(2019, 3, 29), by=buri_ram.planned_by)


def test_who_changed_the_programme_meanwhile_is_not_overwritten(buri_ram):
    with pytest.raises(CannotChange):
        write_programme(round=buri_ram, version=1, team=[], agenda=[])

    assert buri_ram.team.count() == 2


def test_the_page_of_a_round_shows_its_visits_and_who_was_not_asked_yet(buri_ram, sign_in):
    make_centre(make_village("31010101", "บ้านรอคิว"))

    shown = text(sign_in(buri_ram.planned_by).get(page("round", buri_ram)))

    assert "ศูนย์ฯ บ้านสว่าง" in shown
    assert "ศูนย์ฯ บ้านอารัง" in shown
    assert "ยังไม่ได้นัดหมายในรอบนี้ 1 แห่ง" in shown
    assert "ศูนย์ฯ บ้านรอคิว" in shown


def test_a_round_limited_to_areas_asks_for_their_centres_only(buri_ram, sign_in):
    buri_ram.areas.set([make_village("31210402").above("district")])
    make_centre(make_village("31010101", "บ้านรอคิว"))

    shown = text(sign_in(buri_ram.planned_by).get(page("round", buri_ram)))

    assert "นัดหมายครบทุกแห่งแล้ว" in shown


def test_a_district_sees_the_round_that_visits_it_and_only_its_own_centre(buri_ram, sign_in):
    district = make_officer(Role.DISTRICT_HEAD, area=make_village("31210402"))
    client = sign_in(district)

    shown = text(client.get(page("round", buri_ram)))

    assert "ศูนย์ฯ บ้านอารัง" in shown
    assert "ศูนย์ฯ บ้านสว่าง" not in shown
    assert "แก้ไขรอบ" not in shown
    for name in ("round-edit", "round-programme", "round-visit"):
        assert client.get(page(name, buri_ram)).status_code == 404


def test_a_district_that_is_not_visited_does_not_find_the_round(buri_ram, sign_in):
    elsewhere = make_officer(Role.DISTRICT_HEAD, area=make_village("31050101"))

    assert sign_in(elsewhere).get(page("round", buri_ram)).status_code == 404


def test_a_round_is_planned_from_the_pages(sign_in):
    centre = make_centre()
    officer = make_officer(Role.PROVINCIAL_STAFF, area=centre.village)
    client = sign_in(officer)

    response = client.post(
        reverse("monitoring:round-new"),
        {
            "name": "รอบที่ 1",
            "fiscal_year": "2562",
            "starts_on": "4 มี.ค. 2562",
            "ends_on": "25 พ.ค. 2562",
            "objectives": "วางแผนปี 2563",
            "areas": [centre.village.above("district").pk],
        },
    )
    round = Round.objects.get()
    assert response["Location"] == page("round", round)
    assert client.post(page("round-programme", round), programme_of(round)).status_code == 302
    visit = {"centre": centre.pk, "planned_on": "27 มี.ค. 2562", "starts_at": "13.00", "ends_at": "16.00"}
    assert client.post(page("round-visit", round), visit).status_code == 302

    assert round.agenda.get().hours == "09.00–12.00 น."
    assert round.visits.get().team.get().name == "นางสาวดาว ส่องแสง"
    assert [area.label for area in round.areas.all()] == ["อำเภอ3310"]


def test_a_round_of_the_same_name_in_the_year_is_refused_beside_its_name(sign_in):
    round = make_round()
    typed = {"name": round.name, "fiscal_year": "2562", "starts_on": "4/3/2562", "ends_on": "5/3/2562"}

    response = sign_in(round.planned_by).post(
        reverse("monitoring:round-new"), {**typed, "objectives": "อีกครั้ง"}
    )

    assert "หน่วยงานนี้มีรอบชื่อนี้ในปีงบประมาณนี้แล้ว" in text(response)


def test_a_round_is_edited(sign_in):
    round = make_round()
    typed = {"name": "ชื่อใหม่", "fiscal_year": "2562", "starts_on": "4/3/2562", "ends_on": "5/3/2562"}
    client = sign_in(round.planned_by)
    seen = client.get(page("round-edit", round)).context["seen"]

    response = client.post(page("round-edit", round), {**typed, "objectives": "อีกครั้ง", "seen": seen})

    round.refresh_from_db()
    assert (response.status_code, round.name) == (302, "ชื่อใหม่")


@pytest.mark.parametrize(
    ("box", "typed", "told"),
    [
        ("agenda-0-on", "29 มี.ค. 2572", "ต้องอยู่ในช่วงของรอบ"),
        ("agenda-0-starts_at", "", "ระบุเวลาเริ่ม"),
        ("agenda-0-ends_at", "08.00", "เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม"),
        ("team-1-is_lead", "on", "เลือกหัวหน้าคณะ 1 คน"),
    ],
)
def test_a_programme_that_cannot_be_kept_says_why_and_loses_nothing(box, typed, told, sign_in):
    round = make_round()
    changes = {"team-1-name": "นายเอก ใจดี", box: typed}

    response = sign_in(round.planned_by).post(page("round-programme", round), programme_of(round, **changes))

    assert response.status_code == 400
    assert told in text(response)
    assert "นายเอก ใจดี" in text(response)


def test_a_planned_visit_that_clashes_is_kept_and_told(buri_ram, sign_in):
    third = make_centre(make_village("31010101", "บ้านรอคิว"))
    typed = {"centre": third.pk, "planned_on": "27 มี.ค. 2562", "starts_at": "14.00"}

    response = sign_in(buri_ram.planned_by).post(page("round-visit", buri_ram), typed, follow=True)

    assert "กำหนดการทับซ้อน 1 รายการ" in text(response)
    assert third.visits.exists()


def test_the_year_plan_tells_who_was_not_visited_in_the_fiscal_year(sign_in):
    visited, planned, left = (
        make_centre(make_village(f"3310050{number}", name))
        for number, name in enumerate(("บ้านไปแล้ว", "บ้านนัดแล้ว", "บ้านรอคิว"), 1)
    )
    make_recorded_visit(visited)
    make_visit(planned, planned_on=date(2019, 5, 2))
    client = sign_in(make_officer(area=left.village))

    def shown(state):
        answer = text(client.get(reverse("monitoring:year-plan"), {"year": 2562, "state": state}))
        return [name for name in ("บ้านไปแล้ว", "บ้านนัดแล้ว", "บ้านรอคิว") if f"ศูนย์ฯ {name}" in answer]

    assert shown("none") == ["บ้านนัดแล้ว", "บ้านรอคิว"]
    assert shown("planned") == ["บ้านนัดแล้ว"]
    assert shown("made") == ["บ้านไปแล้ว"]


def test_a_visit_of_another_year_does_not_count(sign_in):
    centre = make_centre()
    make_recorded_visit(centre)
    before = make_recorded_visit(make_centre(make_village("33100501", "บ้านปีก่อน")))
    Visit.objects.filter(pk=before.pk).update(planned_on=date(2018, 9, 30))
    client = sign_in(make_officer(area=centre.village))

    answer = text(client.get(reverse("monitoring:year-plan"), {"year": 2562, "state": "none"}))

    assert "ศูนย์ฯ บ้านปีก่อน" in answer
    assert "ศูนย์ฯ บ้านหนองฮะ" not in answer


@pytest.mark.parametrize("name", ["rounds", "year-plan"])
def test_more_rows_take_no_more_queries(name, sign_in):
    officer = make_officer(Role.PROVINCIAL_STAFF)
    client = sign_in(officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse(f"monitoring:{name}"))
        return len(found)

    make_round(officer)
    make_centre(make_village("33100501", "บ้านหนึ่ง"))
    queries()
    few = queries()
    for number in range(2, 8):
        make_round(officer, name=f"รอบ {number}")
        make_centre(make_village(f"3310050{number}", f"บ้าน {number}"))

    assert queries() == few


def test_a_day_outside_the_round_is_told_beside_its_box_and_nothing_is_lost(buri_ram, sign_in):
    centre = make_centre(make_village("31010806", "บ้านหนึ่ง"))
    typed = {"centre": centre.pk, "planned_on": "๑ เม.ย. ๒๕๖๒", "place": "ศาลา"}

    form = sign_in(buri_ram.planned_by).post(page("round-visit", buri_ram), typed).context["form"]

    assert form.errors == {"planned_on": ["วันที่ติดตามต้องอยู่ในช่วงของรอบ 27–28 มี.ค. 2562"]}
    assert (form["planned_on"].value(), form["place"].value()) == ("๑ เม.ย. ๒๕๖๒", "ศาลา")
