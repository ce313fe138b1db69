"""Long jobs: asked for once, followed, cancelled, taken over from a worker that was killed."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import jobs
from accounts.jobs import CannotChange, background
from accounts.models import Job, Worker
from accounts.roles import Can, Role
from tests.factories import make_job, make_officer, make_village

pytestmark = pytest.mark.django_db
DONE, FAILED, CANCELLED, RUNNING, WAITING = "done", "failed", "cancelled", "running", "waiting"


class Refused(ValueError):
    pass


@background(Refused)
def count(run):
    for number in range(1, 4):
        run.report_progress("นับ", number, 3)
    run.finish("นับครบแล้ว")


@background(Refused)
def refuse(run):
    raise Refused("ไม่มีอะไรให้นับ")


@background(Refused)
def break_down(run):
    raise ZeroDivisionError


@background(Refused)
def be_cancelled(run):
    run.report_progress("นับ", 1, 3)
    jobs.cancel(job=run.job, by=run.job.asked_by)
    run.report_progress("นับ", 2, 3)
    run.finish("นับครบแล้ว")


@background(Refused)
def be_overtaken(run):
    Job.objects.filter(pk=run.job.pk).update(attempt=2)
    run.finish("นับครบแล้ว")


def ask(task, **options):
    return jobs.start(
        task,
        subject="subject",
        title="นับ",
        by=options.pop("by", None) or make_officer(),
        permission=Can.VIEW_DEBTS,
    )


def make_silent(job, **columns):
    long_ago = timezone.now() - timedelta(minutes=5)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=long_ago, **columns)


def the_job() -> Job:
    return Job.objects.order_by("pk").last()


def test_a_job_is_done_and_says_how_much_it_did():
    ask(count)

    job = the_job()
    assert (job.state, job.message, job.done, job.total) == (DONE, "นับครบแล้ว", 3, 3)
    assert job.finished_at


def test_a_refusal_is_told_in_its_own_words_and_a_breakdown_in_ours():
    ask(refuse)
    refused = the_job()
    ask(break_down)

    assert (refused.state, refused.message) == (FAILED, "ไม่มีอะไรให้นับ")
    assert (the_job().state, the_job().message) == (FAILED, jobs.BROKEN)


def test_a_cancelled_job_stops_at_its_next_step():
    ask(be_cancelled)

    assert (the_job().state, the_job().done) == (CANCELLED, 2)


def test_a_job_that_waits_is_cancelled_at_once():
    job = make_job(task="tests.accounts.test_jobs.count")

    jobs.cancel(job=job, by=job.asked_by)

    assert the_job().state == CANCELLED


def test_only_who_asked_may_cancel_or_try_again():
    job = make_job()

    for act in (jobs.cancel, jobs.try_again):
        with pytest.raises(CannotChange, match="ผู้สั่งเท่านั้น"):
            act(job=job, by=make_officer())


def test_what_is_done_can_neither_be_cancelled_nor_tried_again():
    ask(count)
    job = the_job()

    for act in (jobs.cancel, jobs.try_again):
        with pytest.raises(CannotChange, match="เสร็จแล้ว"):
            act(job=job, by=job.asked_by)


def test_asked_twice_it_is_one_job():
    waiting = make_job(subject="subject")

    assert ask(count) == waiting


def test_the_database_keeps_one_open_job_per_subject():
    make_job(subject="subject")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_job(subject="subject")


def test_the_job_of_a_killed_worker_is_begun_anew():
    job = make_job(task="tests.accounts.test_jobs.count")
    make_silent(job, state=RUNNING)

    jobs.recover()

    assert (the_job().state, the_job().attempt) == (DONE, 2)


def test_a_job_that_lost_its_place_in_the_queue_is_begun_anew():
    job = make_job(task="tests.accounts.test_jobs.count")
    make_silent(job)

    jobs.recover()

    assert the_job().state == DONE


def test_a_job_whose_worker_lives_is_left_alone():
    make_job(task="tests.accounts.test_jobs.count", state=RUNNING)

    jobs.recover()

    assert (the_job().state, the_job().attempt) == (RUNNING, 1)


def test_after_three_attempts_the_officer_is_told():
    job = make_job(task="tests.accounts.test_jobs.count", attempt=3)
    make_silent(job, state=RUNNING)

    jobs.recover()

    assert (the_job().state, the_job().message) == (FAILED, jobs.GAVE_UP)


def test_a_killed_job_that_was_to_be_cancelled_is_cancelled():
    job = make_job(task="tests.accounts.test_jobs.count")
    make_silent(job, state=RUNNING, is_to_stop=True)

    jobs.recover()

    assert the_job().state == CANCELLED


def test_an_attempt_that_was_overtaken_finishes_nothing():
    ask(be_overtaken)

    assert (the_job().state, the_job().message) == (RUNNING, "")


def test_jobs_and_their_files_are_forgotten_after_seven_days():
    now = timezone.now()
    old = make_job(state=DONE, finished_at=now - timedelta(days=8))
    old.result.save("report.xlsx", ContentFile(b"x"))
    young = make_job(state=DONE, finished_at=now - timedelta(days=6))

    jobs.forget_old()

    assert list(Job.objects.all()) == [young]
    assert not default_storage.exists(old.result.name)


def test_the_health_page_knows_whether_anybody_works(client):
    nobody = client.get("/workerz").status_code
    jobs.say_alive("worker")
    somebody = client.get("/workerz").status_code
    Worker.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=5))

    assert (nobody, somebody, client.get("/workerz").status_code) == (503, 200, 503)


def test_officers_of_the_office_follow_a_job(sign_in):
    job = make_job(state=RUNNING, doing="บันทึก", done=34, total=120)

    page = sign_in(make_officer()).get(reverse("accounts:job", args=[job.pk])).content.decode()

    assert "บันทึก 34 จาก 120" in page
    assert 'max="120" value="34"' in page
    assert "ยกเลิกงานนี้" not in page


def test_a_page_that_follows_a_job_is_loaded_anew_when_it_is_over(sign_in):
    job = make_job(state=DONE, finished_at=timezone.now())

    response = sign_in(make_officer()).get(
        reverse("accounts:job", args=[job.pk]), headers={"HX-Request": "true"}
    )

    assert response["HX-Refresh"] == "true"


def test_a_job_about_debts_is_not_found_by_who_may_not_see_debts(sign_in):
    job = make_job()
    make_village()

    client = sign_in(make_officer(Role.DEPARTMENT))
    response = client.get(reverse("accounts:job", args=[job.pk]))

    assert response.status_code == 404
    assert job.title not in client.get(reverse("accounts:jobs")).content.decode()


def test_cancelling_and_trying_again_from_the_page(sign_in):
    officer = make_officer()
    job = make_job(officer, task="tests.accounts.test_jobs.count")
    client = sign_in(officer)

    cancelled = client.post(reverse("accounts:job-cancel", args=[job.pk]), follow=True).content.decode()
    again = client.post(reverse("accounts:job-again", args=[job.pk]), follow=True).content.decode()

    assert "สั่งยกเลิกงาน" in cancelled
    assert "นับครบแล้ว" in again
    assert [job.state for job in Job.objects.order_by("pk")] == [CANCELLED, DONE]


def test_the_file_that_a_job_made_is_downloaded(sign_in):
    officer = make_officer()
    job = make_job(officer, state=DONE, finished_at=timezone.now())
    job.result.save("report.xlsx", ContentFile(b"x"))
    client = sign_in(officer)

    response = client.get(reverse("accounts:job-result", args=[job.pk]))

    assert b"".join(response) == b"x"
    assert "attachment" in response["Content-Disposition"]
