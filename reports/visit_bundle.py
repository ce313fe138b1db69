"""Many visit reports at once: a worker makes one PDF, or a zip of them, for the officer who asked.

A report that cannot be made is named in the end and keeps none of the others back.
"""

import logging
import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from tempfile import TemporaryFile

from django.utils import timezone

from accounts import jobs
from accounts.exports import NOT_YOURS, keep_file
from accounts.jobs import Run, Stopped, background
from accounts.models import Job, Officer
from accounts.roles import Can
from config import thai
from monitoring import visit_report
from monitoring.models import Visit
from reports.paper import bind, lay_out

log = logging.getLogger(__name__)
MOST = {"pdf": 250, "zip": 1000}
"""Reports of one job; those of one PDF stay in memory until they are bound, about 3 MB each."""
TEMPLATES = {"full": "papers/visit_report.html", "short": "papers/visit_short.html"}
NAMED_FAILURES = 5


class CannotBundle(ValueError):
    """Nothing is made; `str()` is the Thai reason."""


def ask(visits: Iterable[int], *, kind: str, paper: str, by: Officer) -> Job:
    """Have a worker make the reports of these visits (keys, in the order of printing). `kind` is pdf or zip,
    `paper` full or short; asked twice, it is one job. Raises `CannotBundle`."""
    visits = list(visits)
    if not visits:
        raise CannotBundle("ไม่มีรายงานตามเงื่อนไขนี้")
    if len(visits) > MOST[kind]:
        limits = " หรือ ".join(f"{each.upper()} ไม่เกิน {thai.count(most)} ฉบับ" for each, most in MOST.items())
        raise CannotBundle(f"สั่งพิมพ์ได้ครั้งละ {limits} ใช้ตัวกรองให้น้อยลง")
    same = sha256(f"{kind} {paper} {visits}".encode()).hexdigest()
    return jobs.start(
        write_bundle,
        subject=f"visit reports {by.pk} {same}",
        title=f"รายงานผลการติดตาม {thai.count(len(visits))} ฉบับ เป็น {kind.upper()}",
        by=by,
        permission=Can.VIEW_VISITS,
        options={
            "visits": visits,
            "kind": kind,
            "paper": paper,
            "file_name": f"รายงานผลการติดตาม {len(visits)} ฉบับ.{kind}",
        },
    )


@background(CannotBundle)
def write_bundle(run: Run) -> None:
    """Make the reports as the officer may see them now."""
    job, failed = run.job, []
    if job.asked_by.area_id != job.area_id or not job.asked_by.can(Can.VIEW_VISITS):
        raise CannotBundle(NOT_YOURS)
    with TemporaryFile() as file:
        write = _zip if job.options["kind"] == "zip" else _one_pdf
        made = write(_papers(run, failed), file)
        if not made:
            raise CannotBundle("จัดทำรายงานไม่ได้ทุกฉบับ แจ้งผู้ดูแลระบบจังหวัด")
        run.report_progress("จัดเก็บไฟล์", len(job.options["visits"]), len(job.options["visits"]))
        keep_file(job, file)
    run.finish(_told(made, failed))


def _papers(run: Run, failed: list[str]) -> Iterator[tuple[Visit, object]]:
    """The visits with their reports laid out; those that could not be are added to `failed`."""
    options, on = run.job.options, timezone.localdate()
    found = Visit.objects.for_user(run.job.asked_by).with_place().in_bulk(options["visits"])
    for done, key in enumerate(options["visits"]):
        run.report_progress("จัดทำรายงาน", done, len(options["visits"]))
        visit = found.get(key)
        try:
            if visit is None:
                raise CannotBundle(NOT_YOURS)
            context = visit_report.paper_context(visit, on=on)
            pictures = visit_report.pictures(visit) if options["paper"] == "full" else {}
            paper = lay_out(TEMPLATES[options["paper"]], context, pictures)
        except Stopped:
            raise
        except Exception:
            log.exception("report of visit %s failed", key)
            failed.append(str(visit) if visit else "การติดตามที่ไม่อยู่ในพื้นที่แล้ว")
            continue
        yield visit, paper


def _one_pdf(papers, file) -> int:
    laid_out = [paper for _, paper in papers]
    if laid_out:
        file.write(bind(laid_out))
    return len(laid_out)


def _zip(papers, file) -> int:
    made = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for made, (visit, paper) in enumerate(papers, 1):  # noqa: B007 - counted
            name = f"{made:04} {visit.centre.village.name} {visit.planned_on:%Y-%m-%d}.pdf"
            archive.writestr(zipfile.ZipInfo(name.replace("/", "-")), bind([paper]))
    return made


def _told(made: int, failed: list[str]) -> str:
    until = thai.short_date(timezone.localdate() + jobs.KEPT)
    told = f"จัดทำ {thai.count(made)} ฉบับ ดาวน์โหลดได้ถึง {until}"
    if not failed:
        return told
    more = f" และอีก {len(failed) - NAMED_FAILURES} ฉบับ" if len(failed) > NAMED_FAILURES else ""
    return f"{told} ไม่สำเร็จ {thai.count(len(failed))} ฉบับ: {', '.join(failed[:NAMED_FAILURES])}{more}"
