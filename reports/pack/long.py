"""A report too long to be made while an officer waits: a worker makes the same file, for who asked alone, and it is
kept for seven days (accounts/jobs.py)."""

from datetime import date
from tempfile import TemporaryFile

from django.utils import timezone

from accounts import jobs
from accounts.exports import NOT_YOURS, keep_file, one_moment
from accounts.jobs import Run, background
from accounts.models import Job, Officer
from accounts.sheets import file_name
from areas.models import Area
from config import thai
from reports.pack.catalogue import REPORTS
from reports.pack.files import KIND_WORDS, Made
from reports.pack.report import Asked

AT_ONCE = 2_000
"""Rows that are written into a file while the officer waits; on a page and on paper fewer."""
FEWER = {"page": 500, "pdf": 300}
DEBTS_AT_ONCE = 40_000
"""Debts whose class or balance on a day is worked out while the officer waits: those of the largest provinces."""
MOST_ON_PAPER = 10_000
TOO_MUCH_PAPER = f"พิมพ์ PDF ได้ไม่เกิน {MOST_ON_PAPER:,} แถว เลือกพื้นที่ที่เล็กลงหรือส่งออก Excel"


class CannotMake(ValueError):
    """No file is made; `str()` is the Thai reason."""


def is_long(made: Made, form: str) -> bool:
    """Whether this form of the report is too long to wait for; `form` is page or a kind of file."""
    report, asked = made.report, made.asked
    return report.rows_of(asked) > FEWER.get(form, AT_ONCE) or report.debts_of(asked) > DEBTS_AT_ONCE


def ask(made: Made, kind: str, *, by: Officer) -> Job:
    """Have a worker make the file of `kind`; asked twice, it is one job. Raises `CannotMake`."""
    report, asked = made.report, made.asked
    if kind == "pdf" and report.rows_of(asked) > MOST_ON_PAPER:
        raise CannotMake(TOO_MUCH_PAPER)
    on = asked.on.isoformat()
    return jobs.start(
        make_report,
        subject=f"report {by.pk} {report.key} {asked.area.code} {asked.year} {on} {kind}",
        title=f"{made.file_name} เป็น {KIND_WORDS[kind]}",
        by=by,
        permission=report.permission,
        options={
            "report": report.key,
            "area": asked.area.code,
            "year": asked.year,
            "on": on,
            "kind": kind,
            "file_name": file_name(made.file_name, kind),
        },
    )


@background(CannotMake)
def make_report(run: Run) -> None:
    """Make the file as the officer who asked may see it now. Nothing is there to download until it is whole."""
    job, made = run.job, _made(run.job)
    expected = made.report.rows_of(made.asked)
    run.report_progress("อ่านข้อมูล", 0, expected)
    with TemporaryFile() as file:
        with one_moment():
            rows = len(made.table.rows)
        run.report_progress("จัดทำไฟล์", rows // 2, rows)
        made.writer(job.options["kind"])(file)
        run.report_progress("จัดเก็บไฟล์", rows, rows)
        keep_file(job, file)
    until = thai.short_date(timezone.localdate() + jobs.KEPT)
    run.finish(f"{thai.count(rows)} {made.table.unit} ดาวน์โหลดได้ถึง {until}")


def _made(job: Job) -> Made:
    """The report that was asked for. Raises `CannotMake` when it is no longer the officer's to read."""
    options, by = job.options, job.asked_by
    report = REPORTS.get(options["report"])
    area = Area.objects.for_user(by).with_parents().filter(code=options["area"]).first()
    if not (report and area and by.area_id == job.area_id and by.can(report.permission)):
        raise CannotMake(NOT_YOURS)
    return Made(report, Asked(area, options["year"], date.fromisoformat(options["on"]), by))
