"""The pages of visits, as officers use them."""

import io
from datetime import date, timedelta
from html import unescape

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Can, Role, allows
from funds.models import Centre
from monitoring import visits
from monitoring.forms import ClockBox, Paragraphs, Sheet
from monitoring.models import IssueAnswer, Recommendation, Visit
from tests.factories import (
    VISITED,
    make_centre,
    make_officer,
    make_recommendation,
    make_recorded_visit,
    make_sent_visit,
    make_village,
    make_visit,
)

pytestmark = pytest.mark.django_db
Status = Visit.Status
STATUSES = [Status.PLANNED, Status.DRAFT, Status.SENT, Status.RETURNED, Status.CERTIFIED]


def page(name, row) -> str:
    keyword = f"{row._meta.model_name}_pk"
    return reverse(f"monitoring:{name}", kwargs={keyword: row.pk})


def text(response) -> str:
    return unescape(response.content.decode())


def colleague(visit, role=Role.DISTRICT_HEAD):
    return make_officer(role, area=visit.centre.village)


def typed(visit, **changes) -> dict[str, str]:
    """What the recording page sends back when nothing but `changes` was typed."""
    sheet = Sheet(visit, user=visit.planned_by)
    boxes = {box.html_name: box.value() for part in sheet.parts for box in part}
    for rows in (sheet.team, sheet.recommendations):
        boxes |= {box.html_name: box.value() for box in rows.management_form}
    boxes = {name: str(value) for name, value in boxes.items() if value not in (None, False, "")}
    return {**boxes, "version": str(visit.version), **changes}


def test_a_visit_is_planned_from_the_page(sign_in):
    visit = make_visit()  # brings the list of issues
    officer = visit.planned_by

    response = sign_in(officer).post(
        reverse("monitoring:visit-new"),
        {
            "centre": visit.centre.pk,
            "planned_on": "๒๘ มี.ค. ๒๕๖๒",
            "starts_at": "13.00",
            "ends_at": "16:00 น.",
            "lead_name": "นายเอก ใจดี",
        },
    )

    made = Visit.objects.get(planned_on=date(2019, 3, 28))
    assert response["Location"] == page("visit", made)
    assert (made.hours, made.team.get().is_lead) == ("13.00–16.00 น.", True)


def test_a_second_visit_on_the_same_day_is_refused_in_words(sign_in):
    visit = make_visit()

    response = sign_in(visit.planned_by).post(
        reverse("monitoring:visit-new"),
        {"centre": visit.centre.pk, "planned_on": "27/3/2562", "lead_name": "นายเอก"},
    )

    assert "มีการติดตามวันที่ 27 มี.ค. 2562 แล้ว" in text(response)


def test_a_visit_does_not_end_before_it_starts(sign_in):
    visit = make_visit()
    form = {"centre": visit.centre.pk, "planned_on": "28/3/2562", "lead_name": "นายเอก"}

    response = sign_in(visit.planned_by).post(
        reverse("monitoring:visit-new"), {**form, "starts_at": "13.00", "ends_at": "12.00"}
    )

    assert "เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม" in text(response)


@pytest.mark.parametrize("wrong", ["25.00", "13.60", "บ่าย", "13", "1:2:3"])
def test_a_time_that_is_none_is_refused_in_words(wrong):
    with pytest.raises(Exception, match="เช่น 13.00"):
        ClockBox().clean(wrong)


def test_paragraphs_stay_paragraphs_and_lose_what_is_invisible():
    assert Paragraphs().clean(" ก\u200b  ข \r\n\r\n\r\n\r\nค\ud800 ") == "ก ข\n\nค"


def test_the_whole_page_is_saved(sign_in):
    visit = make_visit()
    answer = visit.answers.get(number="4)")

    response = sign_in(visit.planned_by).post(
        page("visit-edit", visit),
        typed(
            visit,
            **{
                "summary": "ดี",
                "committee": "๑๐",
                f"issue{answer.order}-result": "partly",
                f"issue{answer.order}-finding": "ทำแล้ว 2 ใน 10 กิจกรรม",
                "team-1-name": "นางโท ใจงาม",
                "todo-0-what": "ทำบัญชี",
                "todo-0-due_on": "30 เม.ย. 2562",
            },
        ),
    )

    visit.refresh_from_db()
    assert response.status_code == 302
    assert (visit.summary, visit.committee, visit.status) == ("ดี", 10, Status.DRAFT)
    assert visit.answers.get(number="4)").result == IssueAnswer.Result.PARTLY
    assert [member.name for member in visit.team.all()] == ["นางสาวดาว ส่องแสง", "นางโท ใจงาม"]
    assert visit.recommendations.get().due_on == date(2019, 4, 30)


def test_the_page_saves_in_the_background(sign_in):
    visit = make_visit()

    response = sign_in(visit.planned_by).post(
        page("visit-edit", visit), typed(visit, summary="ดี"), headers={"Accept": "application/json"}
    )

    visit.refresh_from_db()
    assert response.json()["version"] == visit.version
    assert response.json()["state"].startswith("บันทึกร่างแล้ว ")
    assert response.json()["state"].endswith(" น.")


def test_what_cannot_be_read_is_not_saved_and_not_lost(sign_in):
    visit = make_visit()
    form = typed(visit, summary="พิมพ์ไว้ยาว", planned_on="31 ก.พ. 2562")

    response = sign_in(visit.planned_by).post(page("visit-edit", visit), form)
    background = sign_in(visit.planned_by).post(
        page("visit-edit", visit), form, headers={"Accept": "application/json"}
    )

    assert response.status_code == 400
    assert "มีข้อมูลที่ต้องแก้ไข 1 จุด" in text(response)
    assert "พิมพ์ไว้ยาว" in text(response)
    assert background.json()["state"].startswith("ยังไม่ได้บันทึก")
    assert Visit.objects.get(pk=visit.pk).summary == ""


def test_a_conflict_shows_who_and_keeps_what_was_typed(sign_in):
    visit = make_visit()
    mine = typed(visit, summary="ของฉัน")
    other = make_officer(area=visit.centre.village, first_name="เอก")
    sign_in(other).post(page("visit-edit", visit), typed(visit, summary="ของเอก"))

    response = sign_in(visit.planned_by).post(page("visit-edit", visit), mine)

    assert response.status_code == 409
    assert "เอก เมื่อ" in text(response)
    assert "ของฉัน" in text(response)
    assert Visit.objects.get(pk=visit.pk).summary == "ของเอก"


def test_after_a_conflict_ones_own_text_can_be_saved(sign_in):
    visit = make_visit()
    mine = typed(visit, summary="ของฉัน")
    visits.touch(visit, by=make_officer(area=visit.centre.village))
    refused = sign_in(visit.planned_by).post(page("visit-edit", visit), mine)

    newest = refused.context["visit"].version
    sign_in(visit.planned_by).post(page("visit-edit", visit), {**mine, "version": str(newest)})

    assert Visit.objects.get(pk=visit.pk).summary == "ของฉัน"


def test_two_leaders_are_refused(sign_in):
    visit = make_visit()
    two = {"team-1-name": "นายโท", "team-1-is_lead": "on"}

    response = sign_in(visit.planned_by).post(page("visit-edit", visit), typed(visit, **two))

    assert "เลือกหัวหน้าคณะ 1 คน" in text(response)


def test_the_offered_sentence_is_put_before_what_was_typed(sign_in):
    visit = make_visit()

    sign_in(visit.planned_by).post(page("visit-edit", visit), typed(visit, summary="ของฉัน", next="offered"))

    summary = Visit.objects.get(pk=visit.pk).summary
    assert summary.startswith("จากการติดตามพบว่า ศูนย์จัดการกองทุนชุมชนบ้านหนองฮะ")
    assert summary.endswith("\nของฉัน")


def test_earlier_open_recommendations_are_shown_first(sign_in):
    earlier = make_recommendation(what="ทำบัญชีงบดุล", due_on=date(2019, 4, 30))
    make_recommendation(earlier.visit, what="ทำเสร็จแล้ว", status="done")
    visit = make_visit(earlier.visit.centre, planned_on=date(2020, 3, 27))

    shown = text(sign_in(visit.planned_by).get(page("visit-edit", visit)))

    assert shown.index("ทำบัญชีงบดุล") < shown.index("ที่มาของคณะกรรมการ")
    assert "ทำเสร็จแล้ว" not in shown


@pytest.mark.parametrize("junk", ["", "-1", "๑", "9" * 30, "x"])
def test_a_broken_version_is_a_conflict_and_no_error(sign_in, junk):
    visit = make_visit()

    response = sign_in(visit.planned_by).post(page("visit-edit", visit), typed(visit, version=junk))

    assert response.status_code == 409


def test_an_empty_post_saves_nothing(sign_in):
    visit = make_visit()

    response = sign_in(visit.planned_by).post(page("visit-edit", visit))

    assert response.status_code == 400
    assert visit.team.count() == 1


def test_marked_script_is_only_text_everywhere(sign_in):
    evil = "<script>alert(1)</script>"
    visit = make_recorded_visit(text=evil, lead=evil, place=evil, round_name=evil)
    make_recommendation(visit, what=evil, who=evil)
    client = sign_in(visit.planned_by)

    for name in ("visit", "visit-edit", "visit-send", "visit-photos"):
        assert evil not in client.get(page(name, visit)).content.decode(), name


# Who may do what: status × role × own or another's work.

ACTS = {
    "visit-edit": (Can.EDIT_VISITS, {Status.PLANNED, Status.DRAFT, Status.RETURNED}),
    "visit-send": (Can.EDIT_VISITS, {Status.DRAFT, Status.RETURNED}),
    "visit-return": (Can.CERTIFY_VISITS, {Status.SENT}),
    "visit-certify": (Can.CERTIFY_VISITS, {Status.SENT}),
}


def visit_at(status, by):
    """A visit all of whose work `by` has done, brought to `status`."""
    visit = make_visit(by=by) if status == Status.PLANNED else make_recorded_visit(by=by)
    if status in (Status.SENT, Status.RETURNED, Status.CERTIFIED):
        visit = visits.send(visit=visit, on=VISITED, by=by)
    if status == Status.RETURNED:
        checker = colleague(visit)
        visits.return_for_correction(visit=visit, version=visit.version, reason="แก้ข้อ 4", by=checker)
    if status == Status.CERTIFIED:
        visits.certify(visit=visit, version=visit.version, on=VISITED, by=colleague(visit))
    return Visit.objects.get(pk=visit.pk)


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "another's"])
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("role", [*Role, ""])
def test_only_the_right_role_acts_at_the_right_time_and_not_on_its_own_work(
    role, status, act, is_own, client
):
    village = make_village()
    officer = make_officer(role or Role.DISTRICT_HEAD, area=village)
    type(officer).objects.filter(pk=officer.pk).update(role=role)
    visit = visit_at(status, by=officer if is_own else make_officer(area=village))
    client.force_login(officer)

    form = typed(visit) if act == "visit-edit" else {"version": visit.version, "reason": "แก้ข้อ 4"}
    answer = client.post(page(act, visit), form)

    permission, times = ACTS[act]
    expected = allows(role, permission) and status in times
    if permission == Can.CERTIFY_VISITS:
        expected = expected and not is_own
    changed = Visit.objects.get(pk=visit.pk).version != visit.version
    assert changed == expected
    assert (answer.status_code == 403) == (not allows(role, permission))


def test_buttons_appear_only_for_those_who_may_press_them(sign_in):
    visit = make_sent_visit()

    shown = {
        role: text(sign_in(colleague(visit, role)).get(page("visit", visit)))
        for role in (Role.DISTRICT_OFFICER, Role.DISTRICT_HEAD)
    }

    assert page("visit-certify", visit) in shown[Role.DISTRICT_HEAD]
    assert page("visit-certify", visit) not in shown[Role.DISTRICT_OFFICER]


def test_the_maker_reads_why_somebody_else_must_certify(sign_in):
    head = make_officer(Role.DISTRICT_HEAD)
    visit = make_sent_visit(by=head)

    shown = text(sign_in(head).get(page("visit", visit)))

    assert "ท่านเป็นผู้จัดทำรายการนี้ ต้องให้ผู้อื่นรับรอง" in shown
    assert page("visit-certify", visit) not in shown


def test_the_makers_read_why_a_report_came_back(sign_in):
    visit = make_sent_visit()
    visits.return_for_correction(
        visit=visit, version=visit.version, reason="ระบุจำนวนกิจกรรมในข้อ 4", by=colleague(visit)
    )

    assert "ระบุจำนวนกิจกรรมในข้อ 4" in text(sign_in(visit.planned_by).get(page("visit", visit)))


def test_returning_without_a_reason_is_refused_beside_the_box(sign_in):
    visit = make_sent_visit()

    response = sign_in(colleague(visit)).post(page("visit-return", visit), {"version": visit.version})

    assert "ระบุเหตุผลที่ส่งคืน" in text(response)


def test_a_sent_visit_is_not_opened_for_recording(sign_in):
    visit = make_sent_visit()

    response = sign_in(visit.planned_by).get(page("visit-edit", visit), follow=True)

    assert "แก้ไขไม่ได้ การติดตามนี้อยู่ในสถานะส่งรายงานแล้ว" in text(response)


# Lists


def test_the_list_shows_day_centre_leader_status_and_what_is_open(sign_in):
    visit = make_sent_visit()
    make_recommendation(visit)
    make_recommendation(visit, status="done")

    shown = text(sign_in(visit.planned_by).get(reverse("monitoring:visits")))

    for words in ("27 มี.ค. 2562", "ศูนย์ฯ บ้านหนองฮะ", "นางสาวดาว ส่องแสง", "ส่งรายงานแล้ว"):
        assert words in shown
    assert Visit.objects.with_open_recommendations().get().open_recommendations == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 2),
        ({"status": "sent"}, 1),
        ({"year": "2562"}, 1),
        ({"year": "2563"}, 1),
        ({"year": "2599"}, 0),
        ({"q": "หนองฮะ"}, 2),
        ({"q": "ดาว"}, 2),
        ({"q": "ไม่มี"}, 0),
        ({"status": "x"}, 0),
    ],
)
def test_the_list_is_searched_and_filtered(sign_in, query, count):
    visit = make_sent_visit()
    make_visit(visit.centre, visit.planned_by, planned_on=date(2019, 10, 1))

    response = sign_in(visit.planned_by).get(reverse("monitoring:visits"), query)

    assert response.context["count"] == count


def test_the_list_is_exported_as_shown(sign_in):
    visit = make_sent_visit()

    response = sign_in(visit.planned_by).get(reverse("monitoring:visits"), {"export": "xlsx"})

    rows = list(openpyxl.load_workbook(io.BytesIO(response.getvalue())).active.values)
    assert rows[3] == ("วันที่", "วันที่ (พ.ศ.)", "ศูนย์ฯ", "อำเภอ", "คณะติดตาม", "ข้อที่ต้องดำเนินการค้าง", "สถานะ")
    assert rows[4][2:] == ("ศูนย์ฯ บ้านหนองฮะ", "อำเภอ3310", "นางสาวดาว ส่องแสง", 0, "ส่งรายงานแล้ว")


def test_the_list_asks_the_database_as_often_for_many_as_for_few(sign_in):
    visit = make_visit()
    client = sign_in(visit.planned_by)
    from_one = len(queries_of(client))
    for number in range(1, 9):
        make_visit(visit.centre, visit.planned_by, planned_on=VISITED + timedelta(number))

    assert len(queries_of(client)) == from_one


def queries_of(client):
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("monitoring:visits"))
    return list(queries)


def test_late_recommendations_come_first_and_done_ones_last():
    visit = make_sent_visit()
    today = date(2019, 6, 1)
    done = make_recommendation(visit, "แล้ว", due_on=date(2019, 1, 1), status="done")
    open_ = make_recommendation(visit, "ยัง", due_on=date(2019, 7, 1))
    late = make_recommendation(visit, "ช้า", due_on=date(2019, 5, 1))

    found = list(Recommendation.objects.late_first(on=today))

    assert found == [late, open_, done]
    assert late.status_on(today) == "เกินกำหนด"
    assert open_.status_on(today) == "ยังไม่เริ่ม"


def test_recommendations_of_an_unsent_visit_are_not_listed(sign_in):
    asked = make_recommendation(make_recorded_visit(), what="ยังไม่ส่ง")

    shown = text(sign_in(asked.visit.planned_by).get(reverse("monitoring:recommendations")))

    assert "ยังไม่ส่ง" not in shown


def test_a_recommendation_is_followed_up_with_a_note(sign_in):
    asked = make_recommendation()
    officer = colleague(asked.visit)

    sign_in(officer).post(page("recommendation-report", asked), {"status": "under_way", "note": "ทำถึง มี.ค."})

    asked.refresh_from_db()
    report = asked.follow_ups.get()
    assert (asked.status, report.note, report.by) == ("under_way", "ทำถึง มี.ค.", officer)


def test_a_recommendation_is_not_followed_up_before_the_report_was_sent(sign_in):
    asked = make_recommendation(make_recorded_visit())

    response = sign_in(asked.visit.planned_by).post(
        page("recommendation-report", asked), {"status": "under_way"}
    )

    assert "ส่งรายงานการติดตามก่อน" in text(response)


def test_centres_of_other_districts_are_not_offered(sign_in):
    mine = make_centre()
    other = make_centre(make_village("63010503", "บ้านไกล"))

    shown = text(sign_in(make_officer(area=mine.village)).get(reverse("monitoring:visit-new")))

    assert "บ้านหนองฮะ" in shown
    assert other.village.name not in shown
    assert Centre.objects.count() == 2


def test_the_issue_lists_are_loaded_by_a_command(capsys):
    call_command("load_issue_templates")

    assert "14 ข้อ" in capsys.readouterr().out


def test_the_visit_page_reads_like_the_paper(sign_in):
    visit = make_sent_visit()

    shown = text(sign_in(visit.planned_by).get(page("visit", visit)))

    heads = ["1. ข้อมูลการติดตาม", "2. ข้อมูลทั่วไป", "3. ผลการบริหาร", "4. ผลการติดตาม", "5. ปัจจัย", "6. ข้อสั่งการ", "7. ภาพ"]  # fmt: skip
    assert [shown.index(head) for head in heads] == sorted(shown.index(head) for head in heads)
