"""The pictures of a visit."""

from django.contrib import messages
from django.urls import reverse

from accounts.forms import OfficerForm
from accounts.pages import ActPage, FilePage
from accounts.roles import Can
from config.pictures import CannotAttach
from monitoring import visits
from monitoring.forms import PhotosForm
from monitoring.models import Photo
from monitoring.photos import MOST_PHOTOS, attach, remove
from monitoring.views.visits import LIST, VisitScreen


class VisitPhotos(VisitScreen, ActPage):
    """Adding pictures: each file is kept or refused by itself, and the page says which."""

    permission = Can.EDIT_VISITS
    title = "ภาพประกอบ"
    template_name = "monitoring/photos.html"
    form_class = PhotosForm
    submit_label = "แนบภาพ"
    refusals = (CannotAttach, visits.CannotRecord)

    def act(self, form):
        files = self.request.FILES.getlist("pictures")[:MOST_PHOTOS]
        if not files:
            raise CannotAttach("เลือกภาพอย่างน้อย 1 ภาพ")
        refused = [refusal for file in files if (refusal := self.attach_one(file, form))]
        if len(files) > len(refused):
            messages.success(self.request, f"แนบภาพแล้ว {len(files) - len(refused)} ภาพ")
        if refused:
            raise CannotAttach(" • ".join(refused))

    def attach_one(self, file, form) -> str:
        """The refusal in words; empty when the picture was kept."""
        try:
            attach(visit=self.object, upload=file, caption=form.cleaned_data["caption"], by=self.request.user)
        except CannotAttach as refusal:
            return str(refusal)
        return ""

    def get_success_url(self):
        return reverse("monitoring:visit-photos", args=[self.object.pk])

    def get_cancel_url(self):
        return reverse("monitoring:visit-edit", args=[self.object.pk])

    def get_context_data(self, **context):
        return super().get_context_data(photos=self.object.photos.with_issue(), most=MOST_PHOTOS, **context)


class PhotoFile(FilePage):
    """The picture itself."""

    permission = Can.VIEW_VISITS
    model = Photo

    def get_file(self):
        return self.object.picture

    def get_file_name(self):
        return f"visit-photo-{self.object.pk}.jpg"


class PhotoDelete(ActPage):
    permission = Can.EDIT_VISITS
    section = "monitoring:visits"
    title = "ลบภาพ"
    model = Photo
    queryset = Photo.objects.select_related("visit__centre__village")
    template_name = "monitoring/photo_delete.html"
    form_class = OfficerForm
    submit_label = "ลบภาพนี้"
    refusals = (visits.CannotRecord,)

    def get_crumbs(self):
        return [
            (LIST[0], reverse(LIST[1])),
            (str(self.object.visit), reverse("monitoring:visit", args=[self.object.visit_id])),
            ("ภาพประกอบ", self.get_success_url()),
        ]

    def act(self, form):
        remove(photo=self.object, by=self.request.user)

    def get_success_url(self):
        return reverse("monitoring:visit-photos", args=[self.object.visit_id])
