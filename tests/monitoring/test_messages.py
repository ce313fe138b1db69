"""What devices send arrives once, however often it is sent, and only from whom and for what it was."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from config.pictures import CannotAttach
from monitoring import messages
from monitoring.models import Message, Photo
from monitoring.photos import attach
from monitoring.visits import CannotRecord
from tests.factories import make_officer, make_picture, make_sent_visit, make_visit

pytestmark = pytest.mark.django_db
KEY = uuid4()


def count_calls():
    calls = []

    def do():
        calls.append(1)
        return {"version": len(calls)}

    return calls, do


def send_photo(client, visit, key=KEY, picture=None, **typed):
    return client.post(
        reverse("monitoring:visit-device-photo", args=[visit.pk]),
        {"key": key, "picture": picture or make_picture(), "caption": "ประชุม", "has_consent": "on", **typed},
        headers={"Accept": "application/json"},
    )


def form_of(visit) -> dict:
    """The fewest boxes of the recording page."""
    rows = {f"{prefix}-{name}_FORMS": 0 for prefix in ("team", "todo") for name in ("TOTAL", "INITIAL")}
    day = f"{visit.planned_on:%d/%m/}{visit.planned_on.year + 543}"
    return {"planned_on": day, "version": visit.version, **rows}


def save(client, visit, **typed):
    return client.post(
        reverse("monitoring:visit-edit", args=[visit.pk]),
        {**form_of(visit), **typed},
        headers={"Accept": "application/json"},
    )


def test_a_message_sent_again_is_answered_as_before():
    visit = make_visit()
    calls, do = count_calls()

    answers = [messages.once(key=KEY, visit=visit, by=visit.planned_by, do=do) for _ in range(3)]

    assert answers == [{"version": 1}] * 3
    assert calls == [1]


def test_a_refused_message_may_be_mended_and_sent_under_its_key():
    visit = make_visit()

    def refuse():
        raise CannotRecord("ยังไม่ได้")

    with pytest.raises(CannotRecord):
        messages.once(key=KEY, visit=visit, by=visit.planned_by, do=refuse)

    _, do = count_calls()
    assert messages.once(key=KEY, visit=visit, by=visit.planned_by, do=do) == {"version": 1}


def test_a_key_is_not_answered_to_another_officer_or_for_another_visit():
    visit = make_visit()
    _, do = count_calls()
    messages.once(key=KEY, visit=visit, by=visit.planned_by, do=do)
    other_visit = make_visit(visit.centre, planned_on=visit.planned_on + timedelta(1))

    with pytest.raises(CannotRecord, match="ถูกใช้แล้ว"):
        messages.once(key=KEY, visit=visit, by=make_officer(), do=do)
    with pytest.raises(CannotRecord, match="ถูกใช้แล้ว"):
        messages.once(key=KEY, visit=other_visit, by=visit.planned_by, do=do)


def test_answers_are_forgotten_after_a_month():
    visit = make_visit()
    _, do = count_calls()
    messages.once(key=KEY, visit=visit, by=visit.planned_by, do=do)
    Message.objects.update(at=timezone.now() - timedelta(31))

    messages.once(key=uuid4(), visit=visit, by=visit.planned_by, do=do)

    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_message_twice_at_once_is_done_once(race):
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("SQLite in memory has one connection")
    visit = make_visit()
    calls, do = count_calls()

    def send():
        return messages.once(key=KEY, visit=visit, by=visit.planned_by, do=do)

    assert race(send, send) == [{"version": 1}] * 2
    assert calls == [1]


def test_a_draft_whose_answer_was_lost_is_written_once(sign_in):
    visit = make_visit()
    officer = sign_in(visit.planned_by)

    first = save(officer, visit, key=KEY, summary="ครั้งเดียว")
    again = save(officer, visit, key=KEY, summary="ครั้งเดียว")

    assert first.status_code == 200
    assert first.json() == again.json()
    visit.refresh_from_db()
    assert visit.version == first.json()["version"]


def test_a_draft_of_an_old_version_is_a_conflict(sign_in):
    visit = make_visit()
    officer = sign_in(visit.planned_by)
    save(officer, visit, key=uuid4(), summary="ของแรก")

    response = save(officer, visit, key=uuid4(), summary="ของหลัง")

    assert response.status_code == 409
    assert response.json()["changed"]
    visit.refresh_from_db()
    assert visit.summary == "ของแรก"


def test_what_is_to_be_mended_is_said_by_its_name(sign_in):
    visit = make_visit()

    response = save(sign_in(visit.planned_by), visit, key=KEY, planned_on="31/2/2562")

    assert response.status_code == 400
    assert "วันที่ติดตาม" in response.json()["state"]
    assert not Message.objects.exists()


def test_a_picture_sent_again_is_kept_once_with_its_issue_its_time_and_its_seal(sign_in):
    visit = make_visit()
    officer = sign_in(visit.planned_by)
    answer = visit.answers.first()
    known = {"answer": answer.pk, "taken_at": "2019-03-27T03:15:00.000Z", "original_sha256": "ab" * 32}

    first = send_photo(officer, visit, **known)
    again = send_photo(officer, visit, **known)

    assert (first.status_code, first.json()) == (200, again.json())
    photo = Photo.objects.get()
    assert (photo.answer, photo.original_sha256) == (answer, "ab" * 32)
    assert photo.taken_at.isoformat() == "2019-03-27T03:15:00+00:00"
    page = officer.get(reverse("monitoring:visit", args=[visit.pk])).content.decode()
    assert "ถ่ายเมื่อ 27 มี.ค. 2562 เวลา 10.15 น." in page


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"has_consent": ""}, 400, "ยินยอม"),
        ({"picture": SimpleUploadedFile("ภาพ.jpg", b"<svg onload='alert(1)'/>")}, 409, "ชนิดที่ไม่รองรับ"),
        ({"picture": SimpleUploadedFile("ภาพ.jpg", b"")}, 409, "ชนิดที่ไม่รองรับ"),
        ({"original_sha256": "../../etc/passwd"}, 400, ""),
        ({"answer": "999999999"}, 400, "ไม่พบประเด็นนี้"),
        ({"answer": "x"}, 400, ""),
        ({"key": "x"}, 400, ""),
    ],
    ids=["no consent", "svg", "empty", "path as seal", "other issue", "text as issue", "bad key"],
)
def test_a_device_that_sends_nonsense_is_refused_in_words(typed, status, words, sign_in):
    visit = make_visit()

    response = send_photo(sign_in(visit.planned_by), visit, **typed)

    assert response.status_code == status
    assert words in response.json()["state"]
    assert not Photo.objects.exists()


def test_an_issue_of_another_visit_takes_no_picture(sign_in):
    visit = make_visit()
    other = make_visit(visit.centre, planned_on=visit.planned_on + timedelta(1))

    response = send_photo(sign_in(visit.planned_by), visit, answer=other.answers.first().pk)

    assert response.status_code == 400
    assert not Photo.objects.exists()


def test_a_sent_visit_takes_no_picture_from_a_device(sign_in):
    visit = make_sent_visit()

    response = send_photo(sign_in(make_officer(Role.DISTRICT_OFFICER, area=visit.centre.village)), visit)

    assert response.status_code == 409
    assert "ส่งรายงานแล้ว" in response.json()["state"]


def test_a_refused_picture_changes_nothing_of_the_visit():
    visit = make_visit()

    with pytest.raises(CannotAttach):
        attach(visit=visit, upload=SimpleUploadedFile("a.jpg", b"MZ"), caption="", by=visit.planned_by)

    version = visit.version
    visit.refresh_from_db()
    assert visit.version == version


def test_the_worker_is_a_script_for_visits_alone(sign_in):
    response = sign_in(make_officer(Role.DISTRICT_OFFICER)).get(reverse("monitoring:visits-worker"))

    assert response["Content-Type"] == "text/javascript"
    assert "Service-Worker-Allowed" not in response
    assert b"".join(response).startswith(b"// Keeps the visit form usable")


def test_whoever_records_no_visits_gets_no_worker(sign_in):
    officer = sign_in(make_officer(Role.ADMINISTRATOR))

    assert officer.get(reverse("monitoring:visits-worker")).status_code == 403
