"""Visits without network: the page of what waits on a device, its worker, and the pictures it sends."""

from django.conf import settings
from django.http import FileResponse, JsonResponse
from django.views import generic

from accounts.pages import FoundFirst, Page, ScreenPage
from accounts.roles import Can
from config.pictures import CannotAttach
from monitoring import messages
from monitoring.forms import DevicePhotoForm
from monitoring.photos import draw, keep
from monitoring.views.visits import VisitScreen
from monitoring.visits import CannotRecord

WORKER = settings.BASE / "static" / "js" / "visits" / "worker.js"


class OfflinePage(ScreenPage):
    """What waits on this device; the rows are the device's own, the page itself has none."""

    permission = Can.EDIT_VISITS
    section = "monitoring:visits"
    title = "ใช้งานขณะไม่มีอินเทอร์เน็ต"
    template_name = "monitoring/offline.html"


class Worker(Page, generic.View):
    """The service worker. Its address is its scope: it reaches the pages below /monitoring/visits/ and no others."""

    permission = Can.EDIT_VISITS
    http_method_names = ["get", "head"]

    def get(self, request):
        return FileResponse(WORKER.open("rb"), content_type="text/javascript")


class DevicePhoto(VisitScreen, FoundFirst, Page, generic.View):
    """One picture from a device, kept once however often it is sent. Answered in JSON."""

    permission = Can.EDIT_VISITS
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = DevicePhotoForm(request.POST, request.FILES, user=request.user, visit=self.object)
        if not form.is_valid():
            return _refused(" • ".join(message for errors in form.errors.values() for message in errors), 400)
        try:
            return JsonResponse(self.receive(**form.cleaned_data))
        except (CannotAttach, CannotRecord) as refusal:
            return _refused(str(refusal), 409)

    def receive(self, *, key, picture, has_consent, **known) -> dict:
        message = {"key": key, "visit": self.object, "by": self.request.user}
        if answer := messages.answered(**message):
            return answer
        drawn = draw(picture)

        def attach():
            photo = keep(visit=self.object, drawn=drawn, by=self.request.user, **known)
            return {"version": photo.visit.version, "state": "ส่งแล้ว"}

        return messages.once(**message, do=attach)


def _refused(state: str, status: int) -> JsonResponse:
    return JsonResponse({"state": state}, status=status)
