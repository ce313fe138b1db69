"""Files that are too long to wait for: looked at, imported and taken back by a worker (accounts/jobs.py)."""

from decimal import Decimal
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import jobs
from accounts.jobs import Run, background
from accounts.models import Job, Officer
from accounts.roles import Can
from config import thai
from debts.imports.files import CannotImport, answer, content_of, reread, subject_of
from debts.imports.preview import Preview, preview_of
from debts.imports.refused import Reasons, reasons_of, refused_sheet
from debts.imports.register import import_register
from debts.imports.review import RegisterReview, Seen, kept_answers, register_answers
from debts.imports.withdrawal import withdraw_import
from debts.models import RegisterFile
from debts.sheets.form import NothingToImport
from debts.sheets.limits import CannotOpen
from debts.sheets.register import ReadRegister
from debts.sheets.workbook import open_workbook

REFUSALS = (CannotOpen, NothingToImport, CannotImport)
NO_LONG_FORM = "ตาราง 1 ครัวเรือน 1 สัญญา และไฟล์ที่ส่งออกเพื่อแก้ไข นำเข้าได้ครั้งละไม่เกิน 2,000 แถว แบ่งเป็นหลายไฟล์"
MATCH_FIRST = "ระบบไม่แน่ใจว่าบางคอลัมน์คืออะไร จับคู่คอลัมน์ก่อน แล้วระบบจะตรวจไฟล์อีกครั้ง"
NOT_YOURS = "ผู้สั่งงานไม่มีสิทธิ์นำเข้าหรือยกเลิกไฟล์นี้แล้ว ไม่มีข้อมูลใดถูกบันทึก"


def ask(task, *, file: RegisterFile, title: str, by: Officer, **options) -> Job:
    """Have a worker do `task` with the file. Raises `CannotImport` while another job about it is open."""
    job = jobs.start(
        task,
        subject=subject_of(file),
        title=f"{title} {file.name}",
        by=by,
        permission=Can.VIEW_DEBTS,
        link=reverse("debts:registerfile", args=[file.pk]),
        options={"file": file.pk, **options},
    )
    if job.task != task.module_path:
        raise CannotImport(f"ระบบกำลังจัดทำงานอื่นของไฟล์นี้: {job.title}")
    return job


def ask_to_look(file: RegisterFile, by: Officer) -> Job:
    return ask(look, file=file, title="ตรวจไฟล์", by=by)


def job_of(file: RegisterFile) -> Job | None:
    """The newest job about the file that is still known."""
    return Job.objects.about(subject_of(file)).select_related("asked_by").first()


@background(*REFUSALS)
def look(run: Run) -> None:
    """Find out what the file would become with the answers given so far. Writes only that."""
    file, review = _read(run, Can.EDIT_DEBTS)
    run.report_progress("จับคู่กับข้อมูลในระบบ", 0, file.row_count)
    proposal = review.proposal
    run.report_progress("จัดทำผลการตรวจ", file.row_count, file.row_count)
    preview, reasons = preview_of(review.register, proposal), reasons_of(proposal)
    register = review.register
    del proposal, review  # a hundred thousand rows, before the file is opened again
    with transaction.atomic():
        file.preview, before = preview, file.refused.name
        _keep_refused(file, register, reasons)
        file.save(update_fields=["preview", "as_of_on", "refused"])
        run.finish(f"ตรวจแล้ว {thai.count(preview['rows'])} แถว นำเข้าได้ {thai.count(preview['new'])} รายการ")
    if before:
        file.refused.storage.delete(before)


@background(*REFUSALS)
def bring_in(run: Run) -> None:
    """Import the file as the officer decided and saw it: all of it and the end of the job, or nothing."""
    file, review = _read(run, Can.EDIT_DEBTS)
    if not review.form.is_valid():
        raise CannotImport("คำตอบที่เลือกไว้ใช้ไม่ได้แล้ว ตรวจอีกครั้งก่อนนำเข้า")
    options = run.job.options
    with transaction.atomic():
        done = import_register(
            file=file,
            register=review.register,
            as_of=review.form.cleaned_data["as_of_on"],
            on=timezone.localdate(),
            by=run.job.asked_by,
            decisions=review.form.decisions(),
            expected=(options["debts"], Decimal(options["total"])),
            report=run.report_progress,
        )
        run.finish(f"นำเข้าหนี้ {thai.count(done.debts)} รายการ {thai.money(done.total)} บาท")


@background(*REFUSALS)
def take_back(run: Run) -> None:
    """Take the import of the file back: all of it and the end of the job, or nothing."""
    file = _file(run, Can.WITHDRAW_IMPORT)
    with transaction.atomic():
        withdrawn = withdraw_import(
            file=file, reason=run.job.options["reason"], by=run.job.asked_by, report=run.report_progress
        )
        run.finish(f"ยกเลิกการนำเข้าหนี้ {thai.count(withdrawn.debts)} รายการแล้ว")


def _file(run: Run, permission: Can) -> RegisterFile:
    """The file, if the officer who asked may still do it."""
    by = run.job.asked_by
    files = RegisterFile.objects.for_user(by).select_related("centre__village")
    file = files.filter(pk=run.job.options["file"]).first()
    if file is None or not by.can(permission):
        raise CannotImport(NOT_YOURS)
    return file


def _read(run: Run, permission: Can) -> tuple[RegisterFile, RegisterReview]:
    file = _file(run, permission)
    run.report_progress("อ่านไฟล์", 0, file.row_count)
    register = reread(file)
    file.as_of_on = getattr(register, "as_of_on", None) or file.as_of_on
    if not isinstance(register, ReadRegister):
        raise CannotImport(NO_LONG_FORM)
    run.report_progress("อ่านไฟล์", file.row_count, file.row_count)
    review = RegisterReview(file, register, run.job.asked_by)
    if review.must_ask:
        raise CannotImport(MATCH_FIRST)
    return file, review


def _keep_refused(file: RegisterFile, register: ReadRegister, reasons: Reasons) -> None:
    if reasons:
        rows = refused_sheet(open_workbook(content_of(file), name=file.name), register, reasons)
        file.refused.save(f"{uuid4().hex}.xlsx", ContentFile(rows), save=False)
    else:
        file.refused = ""


class LongReview:
    """A long register as an officer reviews it: what its last look found, and the answers given so far."""

    template_name = "debts/registerfile_long.html"
    must_ask = False  # the look that found the preview was sure of the columns

    def __init__(self, file: RegisterFile, officer: Officer, typed=None):
        self.file, self.preview = file, Preview(file.preview)
        self.form = register_answers(
            file,
            officer,
            typed,
            choices=self.preview.choices(file),
            sheets=self.preview.sheets,
            visible=self.preview.visible or self.preview.sheets,
            as_of_on=file.as_of_on,
        )

    def is_ready(self) -> bool:
        return self.form.is_valid()

    def answers(self, typed) -> dict:
        return kept_answers(self.form, typed)

    def carry_out(self, typed, by: Officer) -> str:
        """Ask a worker to import, and say so. Raises `CannotImport`."""
        seen = Seen.read(typed)
        answer(self.file, self.answers(typed))
        ask(bring_in, file=self.file, title="นำเข้า", by=by, debts=seen[0], total=str(seen[1]))
        return "รับงานแล้ว: ระบบกำลังนำเข้า ออกจากหน้านี้ได้"

    def context(self, asked) -> dict:
        return {"preview": self.preview, "errors": self.preview.errors}
