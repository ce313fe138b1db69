"""The page of all versions, and the pages that make a new one."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.pages import ActPage, ScreenPage, ShowPage
from accounts.roles import Can
from monitoring.models import IssueTemplate, Scorecard
from monitoring.versions import life
from monitoring.versions.forms import BeginForm, RevisionForm, VersionSheet

FORMS = ("แบบประเด็นและแบบประเมิน", "monitoring:forms")


class FormVersions(ScreenPage):
    """Every version with its items, for all to read."""

    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "แบบประเด็นและแบบประเมิน"
    template_name = "monitoring/versions/versions.html"

    def get_context_data(self, **context):
        officer = self.request.user
        may_write = officer.can(Can.WRITE_FORMS)
        return super().get_context_data(
            groups=[
                ("แบบประเด็นการติดตาม", "issues", self._versions(IssueTemplate, may_write)),
                ("แบบประเมินระดับการพัฒนา", "card", self._versions(Scorecard, may_write)),
            ],
            may_write=may_write,
            **context,
        )

    def _versions(self, model, may_write: bool):
        rows = (
            model.objects.for_user(self.request.user).prefetch_related("items").select_related("written_by")
        )
        return rows if may_write else rows.approved()


class OfIssues:
    queryset = IssueTemplate.objects.all()
    kind = "issues"


class OfCards:
    queryset = Scorecard.objects.all()
    kind = "card"


class VersionScreen:
    """What the pages of one version share; `kind` begins the names of their addresses."""

    permission = Can.WRITE_FORMS
    section = "monitoring:visits"

    def get_crumbs(self):
        return [(FORMS[0], reverse(FORMS[1]))]

    def edit_url(self, draft) -> str:
        return reverse(f"monitoring:{self.kind}-edit", args=[draft.pk])

    def get_initial(self):
        return {"revision": self.object.revision}


class _VersionAct(VersionScreen, ActPage):
    refusals = (life.CannotWrite,)
    form_class = RevisionForm

    def get_context_data(self, **context):
        return super().get_context_data(lead=f"{self.object} {self.said}", **context)


class VersionNew(_VersionAct):
    title = "ทำฉบับใหม่"
    said = "จะถูกคัดลอกเป็นร่าง ฉบับเดิมและรายงานที่ใช้ฉบับเดิมไม่เปลี่ยน"
    form_class = BeginForm
    submit_label = "ทำร่างฉบับใหม่"

    def act(self, form):
        draft = life.begin(old=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: ร่าง{draft}")
        return HttpResponseRedirect(self.edit_url(draft))


class VersionApprove(_VersionAct):
    title = "ประกาศใช้"
    said = "จะใช้กับการติดตามและการประเมินที่เริ่มหลังจากนี้ และแก้ไขไม่ได้อีก"
    submit_label = "ประกาศใช้ฉบับนี้"

    def act(self, form):
        life.approve(draft=self.object, on=timezone.localdate(), by=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"ดำเนินการแล้ว: ประกาศใช้ {self.object}")


class VersionDiscard(_VersionAct):
    title = "ลบร่าง"
    said = "จะถูกลบ เรียกคืนไม่ได้"
    submit_label = "ลบร่างนี้"

    def act(self, form):
        life.discard(draft=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "ดำเนินการแล้ว: ลบร่าง")


class VersionEdit(VersionScreen, ShowPage):
    """Head and items of a draft on one page."""

    template_name = "monitoring/versions/edit.html"

    def get_title(self):
        return f"ร่าง{self.object}"

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return self.show(VersionSheet(self.object, user=request.user))

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        sheet = VersionSheet(self.object, user=request.user, typed=request.POST)
        if not sheet.is_valid():
            return self.show(sheet, problem="มีข้อมูลที่ต้องแก้ไข", status=400)
        try:
            life.rewrite(
                draft=self.object,
                revision=sheet.head.cleaned_data["revision"],
                head=sheet.head_typed,
                items=sheet.items,
                by=request.user,
            )
        except life.CannotWrite as refusal:
            return self.show(sheet, problem=str(refusal), status=409)
        messages.success(request, "ดำเนินการแล้ว: บันทึกร่าง")
        return HttpResponseRedirect(self.edit_url(self.object))

    def show(self, sheet, *, problem="", status=200):
        context = self.get_context_data(sheet=sheet, problem=problem, kind=self.kind)
        return self.render_to_response(context, status=status)


class IssuesNew(OfIssues, VersionNew):
    pass


class IssuesEdit(OfIssues, VersionEdit):
    pass


class IssuesApprove(OfIssues, VersionApprove):
    pass


class IssuesDiscard(OfIssues, VersionDiscard):
    pass


class CardNew(OfCards, VersionNew):
    pass


class CardEdit(OfCards, VersionEdit):
    pass


class CardApprove(OfCards, VersionApprove):
    pass


class CardDiscard(OfCards, VersionDiscard):
    pass
