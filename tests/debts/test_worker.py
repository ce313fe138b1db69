"""Workers as processes on PostgreSQL: one is killed at the worst moments, another brings the file in, once."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from accounts.jobs import STOPPED, cancel
from accounts.models import Job
from bench.register_import import register as make_register
from debts.imports import long
from debts.imports.files import answer, keep
from debts.ledger_proofs import PROOFS
from debts.models import Debt, Entry, RegisterFile
from households.models import Household, Person
from tests.debts.nong_ha import TODAY, make_nong_ha
from tests.factories import make_officer

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL: SQLite has one writer"),
]
BASE = Path(__file__).parents[2]
ROWS = 3_000
MOMENTS = [
    "อ่านไฟล์:0",
    "จับคู่กับข้อมูลในระบบ:0",
    "บันทึกรายการ:0",
    "บันทึกรายการ:1500",
    "บันทึกรายการ:3000",
    "finished",
    "committed",
]
IN_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def file():
    """A register of 3,000 rows that was looked at."""
    centre = make_nong_ha()
    by = make_officer(area=centre.village)
    file = keep(centre=centre, name="ยาว.xlsx", content=make_register(ROWS), as_of=None, on=TODAY, by=by)
    long.ask_to_look(file, by)
    return RegisterFile.objects.get()


@pytest.fixture
def worker(settings):
    """Starts workers on the tests' database; those that still run at the end are stopped."""
    started = []

    def start(*command, **environment) -> subprocess.Popen:
        database = connection.settings_dict
        url = f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}/{database['NAME']}"
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "MEDIA_ROOT": settings.MEDIA_ROOT,
            "STATIC_ROOT": settings.MEDIA_ROOT,
            "JOB_SILENCE": "4",
            "PYTHONPATH": str(BASE),
            **environment,
        }
        started.append(subprocess.Popen([sys.executable, *command], cwd=BASE, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def ask_to_import(file, settings) -> Job:
    """As the officer's page does; the job waits in the database for a worker."""
    answer(file, {"as_of_on": "30/4/2560", "sheets": file.preview["sheets"]})
    settings.TASKS = IN_QUEUE
    seen = {"debts": file.preview["new"], "total": file.preview["new_total"]}
    return long.ask(long.bring_in, file=file, title="นำเข้า", by=file.uploaded_by, **seen)


def wait_until(true, seconds=90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def rows_written() -> list[int]:
    return [Debt.objects.count(), Entry.objects.count(), Household.objects.count(), Person.objects.count()]


def assert_ledger_is_proved():
    assert {proof.promise: proof.failures() for proof in PROOFS} == {proof.promise: [] for proof in PROOFS}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_killed_at_any_moment_leaves_nothing_half_written(moment, file, worker, settings):
    job = ask_to_import(file, settings)

    killed = worker("tests/debts/dying_worker.py", DIE_AT=moment)
    assert killed.wait(timeout=90) == -signal.SIGKILL
    left = rows_written()
    other = worker("manage.py", "work", "--verbosity", "0", "--no-startup-delay", "--interval", "0.1")
    wait_until(lambda: not Job.objects.get(pk=job.pk).is_open)

    assert left[:2] == ([ROWS, ROWS] if moment == "committed" else [0, 0])
    assert other.poll() is None
    job.refresh_from_db()
    assert job.state == "done"
    assert (job.attempt > 1) == (moment != "committed")
    assert rows_written()[:2] == [ROWS, ROWS]
    assert Debt.objects.values("source_row").distinct().count() == ROWS
    assert_ledger_is_proved()


def test_progress_is_seen_while_nothing_is_committed_and_cancelling_rolls_back(file, worker, settings):
    job = ask_to_import(file, settings)
    with connection.cursor() as cursor:  # the worker stops before its first household and waits
        cursor.execute("BEGIN; LOCK TABLE households_person IN EXCLUSIVE MODE")
        worker("manage.py", "work", "--verbosity", "0", "--no-startup-delay", "--interval", "0.1")
        wait_until(lambda: Job.objects.get(pk=job.pk).doing == "บันทึกรายการ")
        seen = Job.objects.get(pk=job.pk)
        Job.objects.filter(pk=job.pk).update(is_to_stop=True)
        cursor.execute("COMMIT")
    wait_until(lambda: not Job.objects.get(pk=job.pk).is_open)

    assert (seen.state, seen.total) == ("running", ROWS)
    job.refresh_from_db()
    assert (job.state, job.message) == ("cancelled", STOPPED)
    assert rows_written() == [0, 0, 0, 0]


def test_two_workers_bring_a_file_in_once(file, worker, settings):
    job = ask_to_import(file, settings)

    for _ in range(2):
        worker("manage.py", "work", "--verbosity", "0", "--no-startup-delay", "--interval", "0.1")
    wait_until(lambda: not Job.objects.get(pk=job.pk).is_open)

    assert Job.objects.get(pk=job.pk).attempt == 1
    assert rows_written()[:2] == [ROWS, ROWS]
    assert_ledger_is_proved()


def test_a_job_cancelled_in_the_queue_is_not_done(file, worker, settings):
    job = ask_to_import(file, settings)
    cancel(job=job, by=job.asked_by)

    worker("manage.py", "work", "--verbosity", "0", "--no-startup-delay", "--batch").wait(timeout=60)

    assert rows_written() == [0, 0, 0, 0]
