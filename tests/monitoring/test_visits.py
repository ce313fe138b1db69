"""The life of a visit: who may move it from where to where, and what is kept."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from accounts.roles import Role
from monitoring import visits
from monitoring.models import IssueAnswer, Visit, VisitMove
from monitoring.versions.life import approve, begin, rewrite
from tests.factories import (
    VISITED,
    make_centre,
    make_officer,
    make_recommendation,
    make_recorded_visit,
    make_sent_visit,
    make_visit,
)

pytestmark = pytest.mark.django_db
Status = Visit.Status


def draft(visit, **changes):
    """The page of a visit as it stands, with other fields or recommendations."""
    rows = visit.team.values("name", "position", "agency", "is_lead")
    known = {
        "fields": {},
        "team": list(rows),
        "answers": {
            each.pk: {"result": each.result, "finding": each.finding} for each in visit.answers.all()
        },
        "recommendations": {},
    }
    return visits.Draft(**{**known, **changes})


def record(visit, *, on=VISITED, by=None, version=None, **changes):
    version = visit.version if version is None else version
    return visits.record(
        visit=visit, version=version, draft=draft(visit, **changes), on=on, by=by or visit.planned_by
    )


def checker(visit):
    return make_officer(Role.DISTRICT_HEAD, area=visit.centre.village)


def visit_at(status) -> Visit:
    """A visit that has reached `status` in the ordinary way."""
    if status == Status.PLANNED:
        return make_visit()
    if status == Status.DRAFT:
        return make_recorded_visit()
    visit = make_sent_visit()
    by = checker(visit)
    if status == Status.RETURNED:
        return visits.return_for_correction(visit=visit, version=visit.version, reason="ข้อ 4 ว่าง", by=by)
    if status == Status.CERTIFIED:
        return visits.certify(visit=visit, version=visit.version, on=VISITED, by=by)
    return visit


VERBS = {
    Status.DRAFT: lambda visit, by: record(visit, by=by),
    Status.SENT: lambda visit, by: visits.send(visit=visit, on=VISITED, by=by),
    Status.RETURNED: lambda visit, by: visits.return_for_correction(
        visit=visit, version=visit.version, reason="ข้อ 4 ว่าง", by=by
    ),
    Status.CERTIFIED: lambda visit, by: visits.certify(visit=visit, version=visit.version, on=VISITED, by=by),
}


def test_the_table_of_moves_is_the_one_agreed_on():
    agreed = {
        (Status.PLANNED, Status.DRAFT),
        (Status.DRAFT, Status.SENT),
        (Status.SENT, Status.RETURNED),
        (Status.SENT, Status.CERTIFIED),
        (Status.RETURNED, Status.SENT),
    }

    assert {(old, new) for old, onward in visits.MOVES.items() for new in onward} == agreed


@pytest.mark.parametrize("new", VERBS)
@pytest.mark.parametrize("old", Status)
def test_a_visit_moves_only_along_the_table(old, new):
    visit = visit_at(old)

    try:
        VERBS[new](visit, checker(visit))
    except (visits.CannotRecord, visits.CannotSend, visits.CannotDecide):
        moved = False
    else:
        moved = Visit.objects.get(pk=visit.pk).status != old

    assert moved == (new in visits.MOVES[old])


def test_every_move_is_written_down_with_who_and_why():
    visit = visit_at(Status.RETURNED)

    moves = [(move.old, move.new, move.reason) for move in visit.moves.all()]

    assert moves == [
        ("", "planned", ""),
        ("planned", "draft", ""),
        ("draft", "sent", ""),
        ("sent", "returned", "ข้อ 4 ว่าง"),
    ]
    assert visit.moves.last().by != visit.planned_by


@pytest.mark.parametrize(
    "change", [lambda: VisitMove.objects.update(reason="x"), lambda: VisitMove.objects.all().delete()]
)
def test_the_database_refuses_to_change_a_move(change):
    make_visit()

    with pytest.raises(DatabaseError, match="append-only"):
        change()


def test_a_visit_keeps_the_issues_it_was_planned_with():
    visit = make_visit()
    newer = begin(old=visit.template, year=2562, by=visit.planned_by)
    head, items = {"source": "กรมฯ"}, [{"section": "1", "section_title": "หนี้", "question": "ถามอย่างอื่น"}]
    newer = rewrite(draft=newer, revision=1, head=head, items=items, by=visit.planned_by)
    approve(draft=newer, revision=newer.revision, on=VISITED, by=visit.planned_by)

    assert visit.answers.count() == 14
    later = make_visit(visit.centre, visit.planned_by, planned_on=VISITED + timedelta(1))
    assert [answer.question for answer in later.answers.all()] == ["ถามอย่างอื่น"]


def test_without_an_approved_list_no_visit_is_planned():
    centre = make_centre()

    with pytest.raises(visits.CannotPlan, match="ยังไม่มีแบบประเด็น"):
        visits.plan(centre=centre, planned_on=VISITED, by=make_officer())


def test_a_centre_is_visited_once_a_day():
    visit = make_visit()

    with pytest.raises(visits.CannotPlan, match="27 มี.ค. 2562 แล้ว"):
        make_visit(visit.centre, visit.planned_by)


def test_a_visit_is_not_moved_to_the_day_of_another():
    first = make_visit()
    second = make_visit(first.centre, first.planned_by, planned_on=VISITED + timedelta(1))

    with pytest.raises(visits.CannotRecord, match="27 มี.ค. 2562 แล้ว"):
        record(second, fields={"planned_on": VISITED})


def test_what_only_model_centres_are_asked_does_not_concern_the_others():
    ordinary = make_visit().answers.get(number="11.")

    assert ordinary.result == IssueAnswer.Result.NOT_APPLICABLE


def test_a_model_centre_is_asked_everything():
    visit = make_visit(make_centre(kind="model"))

    assert visit.answers.get(number="11.").result == ""


def test_a_plan_can_be_changed_before_its_day_and_stays_a_plan():
    visit = make_visit()

    changed = record(visit, on=VISITED - timedelta(1), fields={"place": "ศาลาประชาคม"})

    assert (changed.status, changed.place) == (Status.PLANNED, "ศาลาประชาคม")


def test_somebody_elses_changes_are_not_overwritten_unseen():
    visit = make_visit()
    colleague = make_officer(area=visit.centre.village, first_name="เอก")
    record(visit, by=colleague, fields={"summary": "ของเอก"})

    with pytest.raises(visits.VisitChanged, match="เอก เมื่อ"):
        record(visit, fields={"summary": "ของฉัน"})

    assert Visit.objects.get(pk=visit.pk).summary == "ของเอก"


def test_a_recommendation_sent_twice_is_made_once():
    visit = make_visit()
    rows = {uuid4(): {"what": "ทำบัญชี", "who": "เหรัญญิก", "due_on": date(2019, 4, 30)}}

    saved = record(visit, recommendations=rows)
    record(saved, recommendations=rows)

    assert [each.what for each in visit.recommendations.all()] == ["ทำบัญชี"]


def test_a_recommendation_left_out_is_removed():
    visit = record(make_visit(), recommendations={uuid4(): {"what": "ทำบัญชี", "who": "", "due_on": None}})

    record(visit)

    assert not visit.recommendations.exists()


def test_a_report_is_sent_only_when_it_is_complete():
    visit = record(make_visit())

    with pytest.raises(visits.CannotSend) as refusal:
        visits.send(visit=visit, on=VISITED, by=visit.planned_by)

    assert "ยังไม่ได้บันทึกผล 13 ข้อ • ระบุสรุปผลการติดตาม" in str(refusal.value)


def test_a_report_is_not_sent_before_the_visit():
    visit = make_recorded_visit()

    with pytest.raises(visits.CannotSend, match="ยังไม่ถึงวันที่ติดตาม"):
        visits.send(visit=visit, on=VISITED - timedelta(1), by=visit.planned_by)


def test_who_sent_does_not_certify():
    visit = make_recorded_visit()
    sender = checker(visit)
    visit = visits.send(visit=visit, on=VISITED, by=sender)

    with pytest.raises(visits.CannotDecide, match="ท่านเป็นผู้จัดทำรายการนี้"):
        visits.certify(visit=visit, version=visit.version, on=VISITED, by=sender)


def test_who_recorded_once_does_not_certify_later():
    head = make_officer(Role.DISTRICT_HEAD)
    visit = record(make_recorded_visit(), by=head)
    visit = visits.send(visit=visit, on=VISITED, by=visit.planned_by)

    with pytest.raises(visits.CannotDecide, match="ท่านเป็นผู้จัดทำรายการนี้"):
        visits.certify(visit=visit, version=visit.version, on=VISITED, by=head)


def test_the_second_of_two_deciders_reads_who_was_first():
    visit = make_sent_visit()
    first = make_officer(area=visit.centre.village, first_name="เอก", title="นาง")
    visits.certify(visit=visit, version=visit.version, on=VISITED, by=first)

    with pytest.raises(visits.CannotDecide, match="ถูกพิจารณาแล้วโดยนางเอก เมื่อ"):
        visits.return_for_correction(visit=visit, version=visit.version, reason="ช้า", by=checker(visit))


def test_nobody_certifies_a_version_he_has_not_read():
    read = make_sent_visit()
    returned = visits.return_for_correction(
        visit=read, version=read.version, reason="ข้อ 4 ว่าง", by=checker(read)
    )
    visits.send(visit=returned, on=VISITED, by=read.planned_by)

    with pytest.raises(visits.CannotDecide, match="อ่านอีกครั้ง"):
        visits.certify(visit=read, version=read.version, on=VISITED, by=checker(read))


def test_returning_needs_a_reason():
    visit = make_sent_visit()

    with pytest.raises(visits.CannotDecide, match="ระบุเหตุผลที่ส่งคืน"):
        visits.return_for_correction(visit=visit, version=visit.version, reason=" ", by=checker(visit))


def test_a_recommendation_followed_up_is_not_removed():
    visit = visit_at(Status.RETURNED)
    asked = make_recommendation(visit)
    asked.follow_ups.create(status="done", by=visit.planned_by)

    with pytest.raises(visits.CannotRecord, match="ความก้าวหน้า"):
        record(visit)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_of_two_who_decide_at_once_one_succeeds(race):
    visit = make_sent_visit()
    deciders = [checker(visit), checker(visit)]

    outcomes = race(
        *(
            lambda by=by: visits.certify(visit=visit, version=visit.version, on=VISITED, by=by)
            for by in deciders
        )
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, visits.CannotDecide)]
    assert len(refused) == 1
    assert visit.moves.filter(new=Status.CERTIFIED).count() == 1
