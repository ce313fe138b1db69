"""The pages of letters and memos about a visit, and of the office's emblem."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.pages import ActPage, CreateBelowPage, EditPage, FormPage, ShowPage
from accounts.roles import Can
from config.pictures import CannotAttach
from monitoring.letters.forms import EmblemForm, IssueForm, LetterForm
from monitoring.letters.writing import (
    CannotIssue,
    addressee,
    issue,
    keep_emblem,
    rewrite,
    usual,
    write,
)
from monitoring.models import Letter, Visit

VISITS = Visit.objects.select_related("centre__village__parent__parent__parent", "round")


class VisitLetters(ShowPage):
    """All papers that go out before a visit."""

    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    queryset = VISITS
    template_name = "monitoring/letters/letters.html"

    def get_title(self):
        return "หนังสือและเอกสาร"

    def get_crumbs(self):
        return to_visit(self.object)

    def get_context_data(self, **context):
        officer = self.request.user
        return super().get_context_data(
            letters=self.object.letters.select_related("text", "written_by", "issued_by"),
            own=set(self.object.letters.of_office(officer).values_list("pk", flat=True)),
            may_edit=officer.can(Can.EDIT_VISITS),
            may_set_emblem=officer.can(Can.SET_EMBLEM),
            may_see_texts=officer.can(Can.VIEW_CLAUSES),
            **context,
        )


def to_visit(visit) -> list[tuple[str, str]]:
    above = reverse("monitoring:visit", args=[visit.pk])
    return [("การติดตาม", reverse("monitoring:visits")), (str(visit), above)]


class LetterNew(CreateBelowPage):
    permission = Can.EDIT_VISITS
    section = "monitoring:visits"
    model = Letter
    form_class = LetterForm
    submit_label = "บันทึกร่าง"
    column = "visit"
    kind = Letter.Kind.LETTER

    def get_title(self):
        return f"เขียน{self.kind.label}"

    @cached_property
    def parent(self):
        return get_object_or_404(VISITS.for_user(self.request.user), pk=self.kwargs["visit_pk"])

    def get_crumbs(self):
        own = ("หนังสือและเอกสาร", reverse("monitoring:visit-letters", args=[self.parent.pk]))
        return [*to_visit(self.parent), own]

    def get_initial(self):
        by = self.request.user
        return {
            "subject": "การติดตามสนับสนุนการบริหารจัดการหนี้ของศูนย์จัดการกองทุนชุมชน",
            "to": addressee(kind=self.kind, visit=self.parent, by=by),
            **usual(kind=self.kind, by=by),
        }

    def form_valid(self, form):
        letter = write(letter=form.instance, visit=self.parent, kind=self.kind, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: {letter}")
        return HttpResponseRedirect(self.get_cancel_url())


class MemoNew(LetterNew):
    kind = Letter.Kind.MEMO


class OwnLetter:
    """Letters that the officer may change."""

    section = "monitoring:visits"
    queryset = Letter.objects.select_related("visit__centre__village", "office__parent", "text")

    def get_queryset(self):
        return self.queryset.of_office(self.request.user)

    def get_crumbs(self):
        visit = self.object.visit
        return [*to_visit(visit), ("หนังสือและเอกสาร", reverse("monitoring:visit-letters", args=[visit.pk]))]


class LetterEdit(OwnLetter, EditPage):
    permission = Can.EDIT_VISITS
    title = "แก้ไขหนังสือ"
    form_class = LetterForm

    def form_valid(self, form):
        try:
            rewrite(letter=form.instance)
        except CannotIssue as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return super().form_valid(form)


class LetterIssue(OwnLetter, ActPage):
    permission = Can.EDIT_VISITS
    title = "ออกเลขหนังสือ"
    lead = "เมื่อออกเลขแล้ว ข้อความและวันที่จะแก้ไขไม่ได้"
    form_class = IssueForm
    submit_label = "ออกเลขที่"
    refusals = (CannotIssue,)

    def get_initial(self):
        return {"on": timezone.localdate()}

    def act(self, form):
        letter = issue(letter=self.object, on=form.cleaned_data["on"], by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: ออก{letter}")


class EmblemPage(FormPage):
    permission = Can.SET_EMBLEM
    section = "monitoring:visits"
    title = "ตราบนหนังสือของหน่วยงาน"
    lead = "พิมพ์บนหนังสือของหน่วยงานของท่าน ถ้าไม่มีภาพ ระบบเว้นที่ว่างไว้ตามขนาด"
    form_class = EmblemForm
    submit_label = "บันทึกภาพ"
    refusals = (CannotAttach,)

    def get_crumbs(self):
        return [("การติดตาม", reverse("monitoring:visits"))]

    def act(self, form):
        if not self.request.user.area_id:
            raise CannotAttach("ยังไม่ได้รับมอบหมายพื้นที่ จึงบันทึกภาพไม่ได้")
        keep_emblem(office=self.request.user.area, upload=form.cleaned_data["picture"], by=self.request.user)
        messages.success(self.request, "ดำเนินการแล้ว: บันทึกภาพตราของหน่วยงาน")
