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
from debts.imports import edited_preview
from debts.imports.differences import COMPARING, apply, compare
from debts.imports.files import CannotImport, answer, content_of, reread, subject_of
from debts.imports.forms import EditedAnswers
from debts.imports.preview import Preview, preview_of
from debts.imports.refused import Reasons, reasons_of, refused_sheet
from debts.imports.register import import_register
from debts.imports.review import (
    RegisterReview,
    Seen,
    certain_seen,
    kept_answers,
    page_of,
    register_answers,
    rows_chosen,
)
from debts.imports.withdrawal import withdraw_import
from debts.models import RegisterFile
from debts.sheets.edited import EditedRegister
from debts.sheets.form import ContractForm, NothingToImport
from debts.sheets.limits import CannotOpen
from debts.sheets.register import ReadRegister
from debts.sheets.workbook import open_workbook

REFUSALS = (CannotOpen, NothingToImport, CannotImport)
NO_LONG_FORM = "ตาราง 1 ครัวเรือน 1 สัญญา นำเข้าได้ครั้งละไม่เกิน 2,000 แถว แบ่งเป็นหลายไฟล์"
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
    file, register = _read(run, Can.EDIT_DEBTS)
    if isinstance(register, EditedRegister):
        _look_at_edited(run, file, register)
    else:
        _look_at_register(run, file, register)


def _look_at_edited(run: Run, file: RegisterFile, edited: EditedRegister) -> None:
    run.report_progress(COMPARING, 0, file.row_count)
    found = edited_preview.preview_of(
        compare(edited=edited, centre=file.centre), at_most=edited_preview.SHOWN
    )
    run.report_progress(COMPARING, file.row_count, file.row_count)
    with transaction.atomic():
        file.kind, file.as_of_on = RegisterFile.Kind.EDITED, found.as_of
        file.preview = edited_preview.to_keep(found)
        file.save(update_fields=["kind", "as_of_on", "preview"])
        run.finish(f"เทียบแล้ว ต่างจากข้อมูลในระบบ {thai.count(found.looks)} แถว")


def _look_at_register(run: Run, file: RegisterFile, register: ReadRegister) -> None:
    review = _review(run, file, register)
    run.report_progress("จับคู่กับข้อมูลในระบบ", 0, file.row_count)
    proposal = review.proposal
    del review
    run.report_progress("จัดทำผลการตรวจ", file.row_count, file.row_count)
    preview, reasons = preview_of(register, proposal), reasons_of(proposal)
    del proposal  # a hundred thousand rows, before the file is opened again
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
    file, register = _read(run, Can.EDIT_DEBTS)
    review = _review(run, file, register)
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
def change(run: Run) -> None:
    """Carry out what an edited register changes, as the officer decided and saw it: all of it or nothing."""
    file, edited = _read(run, Can.EDIT_DEBTS)
    if not isinstance(edited, EditedRegister):
        raise CannotImport(NO_LONG_FORM)
    options = run.job.options
    with transaction.atomic():
        done = apply(
            file=file,
            edited=edited,
            on=timezone.localdate(),
            by=run.job.asked_by,
            accepted=options["accepted"],
            skip_errors=options["skip_errors"],
            expected=options["certain"],
            report=run.report_progress,
        )
        run.finish(str(done))


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


def _read(run: Run, permission: Can) -> tuple[RegisterFile, ReadRegister | EditedRegister]:
    file = _file(run, permission)
    run.report_progress("อ่านไฟล์", 0, file.row_count)
    found = reread(file)
    file.as_of_on = getattr(found, "as_of_on", None) or file.as_of_on
    if isinstance(found, ContractForm):
        raise CannotImport(NO_LONG_FORM)
    run.report_progress("อ่านไฟล์", file.row_count, file.row_count)
    return file, found


def _review(run: Run, file: RegisterFile, register: ReadRegister) -> RegisterReview:
    review = RegisterReview(file, register, run.job.asked_by)
    if review.must_ask:
        raise CannotImport(MATCH_FIRST)
    return review


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


class LongEditedReview:
    """A long edited register as an officer reviews it: the differences that its last look found."""

    template_name = "debts/registerfile_differences.html"
    must_ask = False

    def __init__(self, file: RegisterFile, officer: Officer, typed=None):
        self.file, self.preview = file, edited_preview.kept(file.preview)
        self.form = EditedAnswers(typed, user=officer)
        self.accepted = rows_chosen(typed)

    def is_ready(self) -> bool:
        return self.form.is_valid()

    def answers(self, typed) -> dict:
        return {}

    def carry_out(self, typed, by: Officer) -> str:
        """Ask a worker to write the differences down, and say so. Raises `CannotImport`."""
        answers = {"certain": certain_seen(typed), "skip_errors": self.form.cleaned_data["skip_errors"]}
        accepted = sorted(self.accepted)
        ask(change, file=self.file, title="บันทึกการเปลี่ยนแปลงของ", by=by, accepted=accepted, **answers)
        return "รับงานแล้ว: ระบบกำลังบันทึกการเปลี่ยนแปลง ออกจากหน้านี้ได้"

    def context(self, asked) -> dict:
        return {"found": self.preview, "page": page_of(self.preview.rows, asked), "accepted": self.accepted}
