"""A list too long to be written while an officer waits: a worker writes the same file (accounts/sheets.py).

What is written is what the officer who asked may see when it is written; nobody else gets the file. It is removed with
its job after seven days (accounts/jobs.py).
"""

from contextlib import contextmanager
from hashlib import sha256
from tempfile import TemporaryFile
from uuid import uuid4

from django.core.files import File
from django.db import connection, transaction
from django.http import HttpRequest
from django.urls import resolve
from django.utils import timezone

from accounts import jobs
from accounts.jobs import Run, background
from accounts.models import Job, Officer
from accounts.roles import Can
from accounts.saved_views import list_at
from accounts.sheets import Sheet, TooManyRows, file_name, write
from accounts.totals import COUNTED_AT_ONCE, totals_of
from config import thai

AT_ONCE = COUNTED_AT_ONCE
"""Rows of a file that is written while the officer waits."""
KIND_WORDS = {"xlsx": "Excel", "csv": "CSV"}
NOT_YOURS = "สิทธิ์หรือพื้นที่ของผู้สั่งงานเปลี่ยนไปหลังสั่ง จึงไม่ได้จัดทำไฟล์ เปิดรายการแล้วส่งออกอีกครั้ง"


class CannotExport(ValueError):
    """No file is made; `str()` is the Thai reason."""


def is_long(rows) -> bool:
    """Whether the rows are for a worker to write."""
    return not totals_of(rows, {}, at_most=AT_ONCE).whole


def ask(sheet: Sheet, *, address: str, kind: str, permission: Can, by: Officer) -> Job:
    """Have a worker write the list at `address`; asked twice, it is one job. Raises `CannotExport`."""
    if by.area is None:
        raise CannotExport("ยังไม่ได้รับมอบหมายพื้นที่ จึงไม่มีรายการให้ส่งออก")
    same = sha256(f"{kind} {address}".encode()).hexdigest()
    return jobs.start(
        write_list,
        subject=f"export {by.pk} {same}",
        title=f"ส่งออก {sheet.title} {sheet.place} เป็น {KIND_WORDS[kind]}",
        by=by,
        permission=permission,
        options={"address": address, "kind": kind, "file_name": file_name(sheet.file_name, kind)},
    )


@background(CannotExport, TooManyRows)
def write_list(run: Run) -> None:
    """Write the list as the officer who asked sees it now. Nothing is there to download until it is whole."""
    job = run.job
    with TemporaryFile() as file:
        with one_moment():
            sheet = _sheet(job)
            total = sheet.table.totals.count
            run.report_progress("เขียนรายการ", 0, total)
            write(
                sheet,
                job.options["kind"],
                file,
                report=lambda done: run.report_progress("เขียนรายการ", done, total),
            )
        run.report_progress("จัดเก็บไฟล์", total, total)
        keep_file(job, file)
    until = thai.short_date(timezone.localdate() + jobs.KEPT)
    run.finish(f"ส่งออก {thai.count(total)} {sheet.unit} ดาวน์โหลดได้ถึง {until}")


def _sheet(job: Job) -> Sheet:
    """The list as its page would give it to the officer. Raises `CannotExport`."""
    found, by = list_at(job.options["address"]), job.asked_by
    if found is None or by.area_id != job.area_id or not by.can(found.page.permission):
        raise CannotExport(NOT_YOURS)
    request = HttpRequest()
    request.method, request.path, request.user = "GET", found.path, by
    request.GET = found.query.copy()
    request.GET["export"] = job.options["kind"]
    request.resolver_match = resolve(found.path)
    return found.page.sheet_for(request, **request.resolver_match.kwargs)


@contextmanager
def one_moment():
    """Totals and rows as of one moment, though they are two queries and the second takes a minute. SQLite, whose one
    writer must not wait so long, and tests, which are inside a transaction, do without."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def keep_file(job: Job, file) -> None:
    """Store the file where the job says, which it does before there is one: so what a killed worker left is
    overwritten by the next, and removed with the job."""
    if not job.result:
        job.result = f"jobs/{timezone.localdate():%Y}/{uuid4().hex}.{job.options['kind']}"
        Job.objects.filter(pk=job.pk).update(result=job.result.name)
    file.seek(0)
    storage, name = job.result.storage, job.result.name
    storage.delete(name)
    storage.save(name, File(file))
