"""Long registers looked at and imported by a worker that is a process of its own: how its time and memory grow with
the rows, and whether the progress it tells keeps step. PostgreSQL only: SQLite has one writer."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.test import override_settings

from accounts.models import Job, Worker
from bench import seed
from bench.measure import Ratio
from bench.register_import import TODAY, register
from bench.run import Row
from debts.imports import long
from debts.imports.files import answer, keep
from debts.models import RegisterFile
from tests.factories import make_centre, make_fund, make_officer, make_village

BASE = Path(__file__).parent.parent
SIZES = (10_000, 25_000, 50_000, 100_000)
WRITING = "บันทึกรายการ"
PATIENCE = 0.1  # seconds between two looks at the worker


class Seen(NamedTuple):
    """The worker at one moment of its job."""

    at: float  # seconds
    doing: str
    part: float  # of the rows, 0 to 1


class Watched(NamedTuple):
    """One job from its asking to its end: seconds, and megabytes of the worker before it and at most."""

    seconds: float
    before: int
    most: int
    seen: list[Seen]

    @property
    def late(self) -> float:
        """How far the progress told while writing was at most from the time that had gone by, as a part of 1."""
        writing = [each for each in self.seen if each.doing == WRITING]
        if not writing:
            return 0.0
        begun, took = writing[0].at, writing[-1].at - writing[0].at
        return max(abs(each.part - (each.at - begun) / took) for each in writing)

    @property
    def never_went_back(self) -> bool:
        parts = [each.part for each in self.seen if each.doing == WRITING]
        return parts == sorted(parts)


def rows() -> Iterator[Row]:
    if connection.vendor != "postgresql":
        return
    first: dict[str, Watched] = {}
    with TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        for number, size in enumerate(SIZES, 1):
            file = _file(f"310301{number:02}", size)
            for step, ask in (("looked at", _ask_to_look), ("imported", _ask_to_import)):
                watched = _watch(lambda ask=ask, file=file: ask(file))
                yield Row(
                    f"{step} by a worker / as many times",
                    f"{size:,} rows",
                    _growth(watched, size, first, step),
                )
                print(_told(watched))


def _file(code: str, size: int) -> RegisterFile:
    centre = make_centre(make_village(code, "บ้านหนองฮะ"))
    for kind in seed.KINDS:
        make_fund(centre, kind, name=kind.label)
    by = make_officer(area=centre.village)
    return keep(centre=centre, name="register.xlsx", content=register(size), as_of=None, on=TODAY, by=by)


def _ask_to_look(file: RegisterFile) -> Job:
    return long.ask_to_look(file, file.uploaded_by)


def _ask_to_import(file: RegisterFile) -> Job:
    file.refresh_from_db()
    answer(file, {"as_of_on": "30/4/2560", "sheets": file.preview["sheets"]})
    seen = {"debts": file.preview["new"], "total": file.preview["new_total"]}
    return long.ask(long.bring_in, file=file, title="นำเข้า", by=file.uploaded_by, **seen)


def _watch(ask: Callable[[], Job]) -> Watched:
    """The job that is asked for, done by a worker that was waiting for it."""
    Worker.objects.all().delete()
    command = [
        sys.executable,
        "manage.py",
        "work",
        "--verbosity",
        "0",
        "--no-startup-delay",
        "--interval",
        "0.1",
    ]
    worker = subprocess.Popen(command, cwd=BASE, env=_environment())
    try:
        while not Worker.objects.exists():
            if worker.poll() is not None:
                raise RuntimeError("the worker ended before it began")
            sleep(PATIENCE)
        sleep(1)
        before, begun = _megabytes(worker, "VmRSS"), perf_counter()
        job, seen = ask(), []
        while job.is_open:
            sleep(PATIENCE)
            job.refresh_from_db()
            seen.append(Seen(perf_counter() - begun, job.doing, job.done / job.total if job.total else 0))
        if job.state != Job.State.DONE:
            raise RuntimeError(job.message)
        return Watched(perf_counter() - begun, before, _megabytes(worker, "VmHWM"), seen)
    finally:
        worker.kill()
        worker.wait()


def _environment() -> dict:
    database = connection.settings_dict
    url = f"postgres://{database['USER']}:{database['PASSWORD']}@{database['HOST']}/{database['NAME']}"
    folder = str(settings.MEDIA_ROOT)
    own = {"DATABASE_URL": url, "MEDIA_ROOT": folder, "STATIC_ROOT": folder, "PYTHONPATH": str(BASE)}
    return os.environ | own


def _megabytes(process, what: str) -> int:
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) // 1024


def _growth(watched: Watched, size: int, first: dict, step: str) -> Ratio:
    """Beside the smallest size as many times as it would take: 1 where the time grows with the rows."""
    smallest = first.setdefault(step, watched)
    expected = smallest.seconds * size / SIZES[0]
    times = watched.seconds / expected
    return Ratio(watched.seconds * 1000, expected * 1000, times, times, times)


def _told(watched: Watched) -> str:
    memory = f"worker {watched.before:,} MB before, {watched.most:,} MB at most"
    progress = f"progress at most {watched.late:.0%} off" + ("" if watched.never_went_back else ", WENT BACK")
    return f"  {memory}; {progress}"
