"""Papers of a household: attached, downloaded within the officer's area, deleted."""

from django.contrib import messages

from accounts.forms import OfficerForm
from accounts.pages import ActPage, FilePage
from accounts.roles import Can
from config.pictures import CannotAttach
from households.documents import attach, remove
from households.forms import DocumentForm
from households.models import Document, Household
from households.views.households import ToHousehold


class DocumentNew(ToHousehold, ActPage):
    permission = Can.EDIT_HOUSEHOLDS
    title = "แนบเอกสาร"
    submit_label = "แนบเอกสาร"
    queryset = Household.objects.standing().with_place()
    form_class = DocumentForm
    refusals = (CannotAttach,)

    def act(self, form):
        typed = form.cleaned_data
        document = attach(
            household=self.object,
            upload=typed["content"],
            kind=typed["kind"],
            name=typed["name"],
            by=self.request.user,
        )
        messages.success(self.request, f"ดำเนินการแล้ว: แนบเอกสาร {document}")


class DocumentFile(FilePage):
    """The paper itself, always as a download, so that nothing in it is run."""

    permission = Can.VIEW_HOUSEHOLDS
    model = Document
    as_attachment = True

    def get_file(self):
        return self.object.content

    def get_content_type(self):
        return "application/pdf" if self.object.is_pdf else "image/jpeg"

    def get_file_name(self):
        return f"document-{self.object.pk}.{'pdf' if self.object.is_pdf else 'jpg'}"


class DocumentDelete(ToHousehold, ActPage):
    permission = Can.EDIT_HOUSEHOLDS
    title = "ลบเอกสาร"
    submit_label = "ลบเอกสารนี้"
    queryset = Document.objects.select_related("household__village", "household__head")
    form_class = OfficerForm
    refusals = (CannotAttach,)

    def get_context_data(self, **context):
        return super().get_context_data(lead=f"ลบ {self.object} ออกจากระบบ เรียกคืนไม่ได้", **context)

    def act(self, form):
        remove(document=self.object, by=self.request.user)
        messages.success(self.request, f"ดำเนินการแล้ว: ลบเอกสาร {self.object}")
