"""นำเข้าจากไฟล์ Excel: choose a file, look at what becomes of it, import."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views import generic

from accounts.audit import record
from accounts.pages import ActPage, FoundFirst, ListPage, OfficerFormMixin, Page, ShowPage, follow
from accounts.roles import Can
from accounts.sheets import XLSX, attachment
from config import thai
from config.money import total
from debts.imports.differences import register_to_edit
from debts.imports.files import (
    CannotImport,
    answer,
    content_of,
    discard,
    imported_before,
    is_long,
    keep,
    reread,
)
from debts.imports.filters import RegisterFileFilter
from debts.imports.forms import UploadForm, WithdrawForm
from debts.imports.long import REFUSALS, LongEditedReview, LongReview, ask, ask_to_look, job_of, take_back
from debts.imports.refused import reasons_of, refused_sheet
from debts.imports.review import RegisterReview, review_of
from debts.imports.tables import RegisterFileTable
from debts.imports.withdrawal import withdraw_import
from debts.models import Debt, Entry, RegisterFile
from debts.sheets.blank import blank_register
from debts.sheets.form import NothingToImport
from debts.sheets.limits import CannotOpen
from debts.sheets.workbook import open_workbook
from funds.models import Centre

REGISTERS = ("ทะเบียนลูกหนี้", "debts:debts")
FILES = ("ไฟล์ที่นำเข้า", "debts:register-files")
STEPS = ("ไฟล์", "จับคู่คอลัมน์", "ตรวจข้อมูล", "ผลการนำเข้า")


class RegisterFileList(ListPage):
    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "ไฟล์ที่นำเข้า"
    queryset = RegisterFile.objects.select_related("centre__village", "uploaded_by", "imported_by")
    filter_class = RegisterFileFilter
    table_class = RegisterFileTable
    empty = "ยังไม่มีไฟล์ที่นำเข้า เลือกไฟล์ทะเบียนลูกหนี้ที่มีอยู่แล้วของศูนย์ฯ เพื่อเริ่ม"
    action = ("นำเข้าจากไฟล์ Excel", "debts:register-import", Can.EDIT_DEBTS)

    def get_crumbs(self):
        return [(REGISTERS[0], reverse(REGISTERS[1]))]


class RegisterImport(OfficerFormMixin, Page, generic.FormView):
    """Step 1: a centre and a file. Sent by script (X-Upload), the answer is an address to go to."""

    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    title = "นำเข้าจากไฟล์ Excel"
    template_name = "debts/import.html"
    form_class = UploadForm
    submit_label = "ตรวจข้อมูลก่อนนำเข้า"

    def get_crumbs(self):
        return [(REGISTERS[0], reverse(REGISTERS[1]))]

    def get_initial(self):
        if "centre_pk" not in self.kwargs:
            return {}
        return {
            "centre": get_object_or_404(
                Centre.objects.for_user(self.request.user), pk=self.kwargs["centre_pk"]
            )
        }

    def form_valid(self, form):
        answers = form.cleaned_data
        try:
            file = keep(
                centre=answers["centre"],
                name=answers["file"].name,
                content=answers["file"].read(),
                as_of=answers["as_of_on"],
                on=timezone.localdate(),
                by=self.request.user,
            )
        except (CannotOpen, NothingToImport) as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        if is_long(file) and file.preview is None:
            ask_to_look(file, self.request.user)
        return self._go_to(file)

    def _go_to(self, file: RegisterFile) -> HttpResponse:
        if file.imported_at:
            messages.warning(self.request, imported_before(file))
        address = reverse("debts:registerfile", args=[file.pk])
        if "X-Upload" in self.request.headers:
            return HttpResponse(status=201, headers={"Location": address})
        return HttpResponseRedirect(address)


class RegisterBlank(Page, generic.View):
    """The empty form, to download."""

    permission = Can.EDIT_DEBTS

    def get(self, request):
        headers = {"Content-Disposition": attachment("register.xlsx")}
        return HttpResponse(blank_register(), content_type=XLSX, headers=headers)


class RegisterToEdit(ShowPage):
    """The open debts of a centre as a workbook to be edited and brought in again."""

    permission = Can.EDIT_DEBTS
    queryset = Centre.objects.select_related("village")

    def get(self, request, *args, **kwargs):
        centre, at = self.get_object(), timezone.now()
        content = register_to_edit(centre=centre, at=at, by=request.user)
        name = f"{centre} {timezone.localdate(at):%Y-%m-%d}.xlsx"
        return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": attachment(name)})


class RegisterFilePage(FoundFirst, ShowPage):
    """What the pages about one stored file share."""

    permission = Can.EDIT_DEBTS
    section = "debts:debts"
    queryset = RegisterFile.objects.select_related("centre__village", "uploaded_by", "imported_by")

    def get_crumbs(self):
        return [(label, reverse(name)) for label, name in (REGISTERS, FILES)]

    def get_context_data(self, **context):
        current = "ผลการนำเข้า" if self.object.imported_at else "ตรวจข้อมูล"
        context.setdefault("steps", self.steps(current))
        return super().get_context_data(**context)

    def steps(self, current: str) -> list[tuple[str, str, bool]]:
        """Label, address and whether it is now, of each step."""
        addresses = {"ไฟล์": reverse("debts:register-import", args=[self.object.centre_id])}
        if not self.object.imported_at and self.object.kind == RegisterFile.Kind.REGISTER:
            columns = reverse("debts:registerfile-columns", args=[self.object.pk])
            addresses["จับคู่คอลัมน์"] = f"{columns}?all=1"
        is_edited = self.object.kind == RegisterFile.Kind.EDITED
        labels = [label for label in STEPS if label != "จับคู่คอลัมน์" or not is_edited]
        return [(label, addresses.get(label, ""), label == current) for label in labels]

    def get_title(self):
        if self.object.kind == RegisterFile.Kind.FORM:
            return "ทำสัญญาตามตาราง 1 ครัวเรือน 1 สัญญา"
        if self.object.kind == RegisterFile.Kind.EDITED and not self.object.imported_at:
            return "ตรวจสิ่งที่แก้ไขในไฟล์"
        return "ผลการนำเข้า" if self.object.imported_at else "ตรวจข้อมูลก่อนนำเข้า"

    def back(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("debts:registerfile", args=[self.kwargs["registerfile_pk"]]))

    def ask_for_columns(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("debts:registerfile-columns", args=[self.object.pk]))

    def review(self, typed=None):
        """The file's review, with what was just `typed`. Raises `CannotOpen`, `NothingToImport`, `CannotImport`."""
        if not is_long(self.object):
            return review_of(self.object, self.request.user, typed)
        if self.object.preview is None:
            raise CannotImport("ระบบยังตรวจไฟล์นี้ไม่เสร็จ เลือกไฟล์เดิมอีกครั้งเพื่อตรวจใหม่")
        is_edited = self.object.kind == RegisterFile.Kind.EDITED
        return (LongEditedReview if is_edited else LongReview)(self.object, self.request.user, typed)

    def show(self, review, **more) -> HttpResponse:
        self.template_name = review.template_name
        context = self.get_context_data(form=review.form, **review.context(self.request.GET), **more)
        return self.render_to_response(context)

    def show_broken(self, refusal) -> HttpResponse:
        self.template_name = "debts/registerfile_broken.html"
        return self.render_to_response(self.get_context_data(refusal=str(refusal)))


class ShowRegisterFile(RegisterFilePage):
    """Step 3: what would become of the file. POST remembers the answers and shows it again.

    What a worker does with a long file is shown while it is done.
    """

    def get(self, request, *args, **kwargs):
        job = job_of(self.object) if is_long(self.object) else None
        is_imported = self.object.imported_at and self.object.kind != RegisterFile.Kind.FORM
        if job and (job.is_open or not (is_imported or self.object.preview)):
            return self._show_job(job)
        if is_imported:
            return self._show_imported(job)
        try:
            review = self.review()
        except REFUSALS as refusal:
            return self.show_broken(refusal)
        return self.ask_for_columns() if review.must_ask else self.show(review, job=job)

    def post(self, request, *args, **kwargs):
        try:
            review = self.review(request.POST)
            if not review.form.is_valid():
                return self.show(review)
            answer(self.object, review.answers(request.POST))
            if is_long(self.object):
                ask_to_look(self.object, request.user)
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
        return self.back()

    def _show_job(self, job) -> HttpResponse:
        self.template_name = "debts/registerfile_job.html"
        title = "กำลังจัดทำ" if job.is_open else self.get_title()
        return self.render_to_response(self.get_context_data(title=title, **follow(job, self.request.user)))

    def _show_imported(self, job) -> HttpResponse:
        """Step 4: what the import wrote."""
        is_edited = self.object.kind == RegisterFile.Kind.EDITED
        self.template_name = f"debts/registerfile_{'edited' if is_edited else 'done'}.html"
        opened = Entry.objects.filter(debt__source=self.object, kind=Entry.Kind.OPENING)
        amounts = {
            "principal": total("principal"),
            "interest": total("interest"),
            "penalty": total("penalty"),
        }
        counts = Debt.everything.filter(source=self.object).aggregate(
            debts=Count("pk"),
            households=Count("household", distinct=True),
            funds=Count("fund", distinct=True),
        )
        wrote = counts | opened.aggregate(**amounts)
        wrote["total"] = wrote["principal"] + wrote["interest"] + wrote["penalty"]
        return self.render_to_response(
            self.get_context_data(
                wrote=wrote,
                balance=Decimal(self.object.decisions.get("balance", 0)),
                job=job,
                may_withdraw=self._may_withdraw(),
                refused=self._refused(),
            )
        )

    def _may_withdraw(self) -> bool:
        """What an edited register changed of known debts cannot be taken back as a whole."""
        file = self.object
        is_register = file.kind == RegisterFile.Kind.REGISTER
        return is_register and self.request.user.can(Can.WITHDRAW_IMPORT) and not file.withdrawn_at

    def _refused(self) -> bool:
        """Whether rows stayed out: those of a short file are only counted when asked for."""
        if self.object.withdrawn_at:
            return False
        return (
            bool(self.object.refused)
            if is_long(self.object)
            else bool(self.object.decisions.get("skip_errors"))
        )


class ImportRegisterFile(RegisterFilePage):
    """Step 4: POST imports the register, or signs the chosen contracts of the form."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if self.object.kind == RegisterFile.Kind.FORM and not request.user.can(Can.MERGE_DEBTS):
            raise PermissionDenied
        try:
            review = self.review(request.POST)
        except REFUSALS as refusal:
            return self.show_broken(refusal)
        if review.must_ask:
            return self.ask_for_columns()
        return self._carry_out(review) if review.is_ready() else self.show(review)

    def _carry_out(self, review) -> HttpResponse:
        try:
            messages.success(self.request, review.carry_out(self.request.POST, self.request.user))
        except CannotImport as refusal:
            return self._refused(review, refusal)
        return self.back()

    def _refused(self, review, refusal: CannotImport) -> HttpResponse:
        """The page again with the reason; when another officer was first, what that officer did."""
        now = self.get_queryset().filter(pk=self.object.pk, imported_at=self.object.imported_at)
        if not now.exists():
            messages.warning(self.request, str(refusal))
            return self.back()
        review.form.add_error(None, str(refusal))
        return self.show(review)


class DiscardRegisterFile(RegisterFilePage):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            discard(file=self.object, by=request.user)
        except CannotImport as refusal:
            messages.warning(request, str(refusal))
            return self.back()
        messages.success(request, f"ดำเนินการแล้ว: ยกเลิกไฟล์ {self.object.name} ไม่มีข้อมูลใดถูกนำเข้า")
        return HttpResponseRedirect(reverse("debts:register-import", args=[self.object.centre_id]))


class RefusedRows(RegisterFilePage):
    """The rows that are not imported, with their reasons, to be mended and brought in again."""

    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        try:
            rows = self._kept() if is_long(self.object) else self._found()
        except (CannotOpen, NothingToImport) as refusal:
            messages.warning(request, str(refusal))
            return self.back()
        record(by=request.user, action="export", target="แถวที่มีปัญหาของไฟล์ที่นำเข้า", request=request)
        name = f"แถวที่มีปัญหา_{self.object.name.rpartition('.')[0]}.xlsx"
        return HttpResponse(rows, content_type=XLSX, headers={"Content-Disposition": attachment(name)})

    def _kept(self) -> bytes:
        """A long file's, as its last look found them."""
        if not self.object.refused:
            raise Http404
        with self.object.refused.open() as kept:
            return kept.read()

    def _found(self) -> bytes:
        file = self.object
        if file.kind != RegisterFile.Kind.REGISTER:
            raise Http404
        register = reread(file)
        reasons = reasons_of(RegisterReview(file, register, self.request.user).proposal)
        if not reasons:
            raise Http404
        return refused_sheet(open_workbook(content_of(file), name=file.name), register, reasons)


class WithdrawRegisterFile(ActPage):
    """ยกเลิกการนำเข้าทั้งชุด: at once, or by a worker when the file is long."""

    permission = Can.WITHDRAW_IMPORT
    section = "debts:debts"
    title = "ยกเลิกการนำเข้าทั้งชุด"
    submit_label = "ยกเลิกการนำเข้าทั้งชุด"
    template_name = "debts/registerfile_withdraw.html"
    queryset = RegisterFile.objects.select_related("centre__village", "uploaded_by", "imported_by")
    form_class = WithdrawForm
    refusals = (CannotImport,)

    def get_crumbs(self):
        above = [(label, reverse(name)) for label, name in (REGISTERS, FILES)]
        return [*above, (self.object.name, self.get_success_url())]

    def get_context_data(self, **context):
        return super().get_context_data(registerfile=self.object, debts=self.object.debts.count(), **context)

    def get_success_url(self):
        return reverse("debts:registerfile", args=[self.object.pk])

    def act(self, form):
        file, by, reason = self.object, self.request.user, form.cleaned_data["reason"]
        if is_long(file):
            ask(take_back, file=file, title="ยกเลิกการนำเข้า", by=by, reason=reason)
            messages.success(self.request, "รับงานแล้ว: ระบบกำลังยกเลิกการนำเข้า")
            return
        done = withdraw_import(file=file, reason=reason, by=by)
        messages.success(self.request, f"ดำเนินการแล้ว: ยกเลิกการนำเข้าหนี้ {thai.count(done.debts)} รายการ")
