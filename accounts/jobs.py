"""Long jobs: asked for by an officer, waiting in a queue, done by a worker, seen by both while they run.

The queue (django-tasks) knows what is next; the rows of `Job` say how far it is. A worker that is killed leaves
both standing: its silence is noticed and the job is given to another, three times at most.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from threading import Event, Thread

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from accounts.models import Job, Officer, Worker
from accounts.roles import Can

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
KEPT = timedelta(days=7)
BEAT_SECONDS = 1.0
BROKEN = "ระบบจัดทำงานนี้ไม่สำเร็จ ไม่มีข้อมูลใดถูกบันทึก ลองใหม่อีกครั้ง หากยังไม่ได้แจ้งผู้ดูแลระบบจังหวัด"
GAVE_UP = f"งานหยุดกลางคัน {MOST_ATTEMPTS} ครั้ง ไม่มีข้อมูลใดถูกบันทึก แจ้งผู้ดูแลระบบจังหวัด"
STOPPED = "ยกเลิกตามที่สั่ง ไม่มีข้อมูลใดถูกบันทึก"


class Stopped(Exception):
    """The officer cancelled the job, or another worker has it now: what was begun is to be rolled back."""


class CannotChange(ValueError):
    """The job is over, or another officer's; `str()` is the Thai reason."""


# --- What an officer does -----------------------------------------------------------------------------


@transaction.atomic
def start(
    task,
    *,
    subject: str,
    title: str,
    by: Officer,
    permission: Can,
    link: str = "",
    options: dict | None = None,
) -> Job:
    """Ask for `task` to be done with `subject`; asked twice, it is the one job that is already open.

    `permission` is what an officer needs to know of the job, `link` the page that tells of its subject, `options`
    what else the task must know.
    """
    job, is_new = Job.objects.get_or_create(
        subject=subject,
        state__in=Job.OPEN,
        defaults={
            "task": task.module_path,
            "title": title[:200],
            "asked_by": by,
            "area": by.area,
            "permission": permission,
            "link": link,
            "options": options or {},
            "state": Job.State.WAITING,
        },
    )
    if is_new:
        _enqueue(job)
    return job


@transaction.atomic
def cancel(*, job: Job, by: Officer) -> None:
    """Stop the job: at once while it waits, else before its next step. Raises `CannotChange`."""
    job = _lock(job)
    _refuse_others(job, by)
    if not job.is_open:
        raise CannotChange(f"งานนี้{job.get_state_display()} จึงยกเลิกไม่ได้")
    if job.state == Job.State.WAITING:
        _close(job, Job.State.CANCELLED, STOPPED)
    else:
        Job.objects.filter(pk=job.pk).update(is_to_stop=True)


@transaction.atomic
def try_again(*, job: Job, by: Officer) -> Job:
    """Ask for the same once more. Raises `CannotChange` when it is done or not yet over."""
    job = _lock(job)
    _refuse_others(job, by)
    if job.state not in (Job.State.FAILED, Job.State.CANCELLED):
        raise CannotChange(f"งานนี้{job.get_state_display()} ไม่ต้องสั่งใหม่")
    return start(
        import_string(job.task),
        subject=job.subject,
        title=job.title,
        by=by,
        permission=Can(job.permission),
        link=job.link,
        options=job.options,
    )


def _lock(job: Job) -> Job:
    return Job.objects.select_for_update(of=("self",)).get(pk=job.pk)


def _refuse_others(job: Job, by: Officer) -> None:
    if job.asked_by_id != by.pk:
        raise CannotChange(f"งานนี้สั่งโดย {job.asked_by} ผู้สั่งเท่านั้นที่เปลี่ยนได้")


def _enqueue(job: Job) -> None:
    ticket = import_string(job.task).enqueue(job.pk, job.attempt).id
    Job.objects.filter(pk=job.pk).update(ticket=ticket)


def _close(job: Job, state: str, message: str, **columns) -> bool:
    """End the attempt; False when it is no longer the one that counts."""
    mine = Job.objects.open().filter(pk=job.pk, attempt=job.attempt)
    return bool(mine.update(state=state, message=message[:500], finished_at=timezone.now(), **columns))


# --- What a worker does -------------------------------------------------------------------------------


def background(*refusals: type[Exception]) -> Callable:
    """Makes a function of a `Run` the task of a job. Its `refusals` are told to the officer in their words."""

    def made(act):
        @task()
        @wraps(act)
        def carried_out(job_pk: int, attempt: int) -> None:
            _carry_out(act, refusals, job_pk, attempt)

        return carried_out

    return made


class Run:
    """One attempt at a job. While it works, a thread with a connection of its own says that it lives and how far
    it is, so that others see it although what is written is not committed yet. On SQLite, which has one writer,
    that stands still while the job writes."""

    def __init__(self, job: Job):
        self.job = job
        self._is_over, self._is_to_stop = Event(), False
        self._thread = None if connection.in_atomic_block else Thread(target=self._keep_beating, daemon=True)

    def __enter__(self):
        if self._thread:
            self._thread.start()
        return self

    def __exit__(self, *raised):
        self._is_over.set()
        if self._thread:
            self._thread.join()

    def report_progress(self, doing: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done and how much of it. Raises `Stopped` when it is to end here."""
        self.job.doing, self.job.done, self.job.total = doing, done, total
        if not self._thread:
            self._beat()
        if self._is_to_stop:
            raise Stopped

    def finish(self, message: str, **columns) -> None:
        """Done: in the transaction of what was written, so that both stand or neither. Raises `Stopped`."""
        if not _close(self.job, Job.State.DONE, message, done=self.job.done, total=self.job.total, **columns):
            raise Stopped

    def _keep_beating(self) -> None:
        try:
            while not self._is_over.wait(BEAT_SECONDS):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        job, mine = self.job, Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, state="running")
        try:
            is_mine = mine.update(
                heartbeat_at=timezone.now(), doing=job.doing, done=job.done, total=job.total
            )
            self._is_to_stop = not is_mine or mine.filter(is_to_stop=True).exists()
        except OperationalError:  # SQLite's one writer is busy
            log.info("job %s could not say how far it is", job.pk)


def _carry_out(act, refusals, job_pk: int, attempt: int) -> None:
    job = _take(job_pk, attempt)
    if job is None:
        return
    try:
        with Run(job) as run:
            act(run)
    except Stopped:
        _close(job, Job.State.CANCELLED, STOPPED)
    except refusals as refusal:
        _close(job, Job.State.FAILED, str(refusal))
    except Exception:
        log.exception("job %s failed", job.pk)
        _close(job, Job.State.FAILED, BROKEN)


def _take(job_pk: int, attempt: int) -> Job | None:
    """The job, if this attempt at it is still wanted."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_pk, attempt=attempt, state=Job.State.WAITING)
    taken = waiting.update(state=Job.State.RUNNING, started_at=now, heartbeat_at=now)
    return Job.objects.select_related("asked_by__area").get(pk=job_pk) if taken else None


# --- What keeps it all going --------------------------------------------------------------------------


def say_alive(worker: str) -> None:
    Worker.objects.update_or_create(name=worker, defaults={"heartbeat_at": timezone.now()})


def is_any_worker_alive() -> bool:
    return Worker.objects.filter(heartbeat_at__gt=_silent_since()).exists()


def _silent_since():
    return timezone.now() - timedelta(seconds=settings.JOB_SILENCE)


@transaction.atomic
def recover() -> None:
    """Give the jobs of workers that have gone silent to others, or up."""
    silent = Job.objects.open().filter(heartbeat_at__lt=_silent_since()).order_by("pk")
    for job in silent.select_for_update(of=("self",), skip_locked=True):
        queued = DBTaskResult.objects.filter(pk=job.ticket or None)
        if job.state == Job.State.WAITING and queued.ready().exists():
            continue  # nobody has come to it yet
        queued.delete()
        _give_to_another(job)


def _give_to_another(job: Job) -> None:
    if job.is_to_stop:
        _close(job, Job.State.CANCELLED, STOPPED)
    elif job.attempt >= MOST_ATTEMPTS:
        _close(job, Job.State.FAILED, GAVE_UP)
    else:
        job.attempt, job.state, job.heartbeat_at = job.attempt + 1, Job.State.WAITING, timezone.now()
        job.save(update_fields=["attempt", "state", "heartbeat_at"])
        _enqueue(job)


def forget_old() -> None:
    """Remove what was over more than seven days ago: jobs with their files, the queue's rows, dead workers."""
    long_ago = timezone.now() - KEPT
    for job in Job.objects.filter(finished_at__lt=long_ago):
        job.result.delete(save=False)
        job.delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=long_ago).delete()
    Worker.objects.filter(heartbeat_at__lt=long_ago).delete()
