"""Asking for many visit reports at once."""

from django import forms
from django.http import HttpResponseRedirect
from django.urls import reverse

from accounts.choices import scope_choices
from accounts.filters import chips, unknown_words
from accounts.forms import OfficerForm
from accounts.pages import FormPage
from accounts.roles import Can
from monitoring.filters import VisitFilter
from monitoring.views import VisitList
from reports.visit_bundle import CannotBundle, ask


class BundleForm(OfficerForm):
    paper = forms.ChoiceField(
        label="รายงาน",
        choices=[("full", "แบบเต็ม พร้อมภาพ"), ("short", "แบบย่อ 1 หน้า")],
        widget=forms.RadioSelect,
        initial="full",
    )
    kind = forms.ChoiceField(
        label="เป็นไฟล์",
        choices=[("pdf", "PDF ไฟล์เดียว"), ("zip", "ZIP แยกไฟล์ตามรายงาน")],
        widget=forms.RadioSelect,
        initial="pdf",
    )


class VisitBundle(FormPage):
    """The reports of the visits that the filters of the list find."""

    permission = Can.VIEW_VISITS
    section = "monitoring:visits"
    title = "พิมพ์รายงานหลายฉบับ"
    form_class = BundleForm
    submit_label = "สั่งจัดทำ"
    refusals = (CannotBundle,)

    def get_crumbs(self):
        return [("การติดตาม", reverse("monitoring:visits"))]

    def get_visits(self):
        """The visits found, the oldest first. Raises `CannotBundle` for filters that cannot be read."""
        own = VisitList.queryset.for_user(self.request.user)
        found = VisitFilter(self.request.GET, queryset=own, request=self.request)
        scope_choices(found.form, self.request.user)
        if not found.is_valid() or unknown_words(found, self.request.GET):
            raise CannotBundle("อ่านตัวกรองไม่ได้ กลับไปเลือกใหม่ที่รายการการติดตาม")
        self.chips = chips(found, self.request.GET)
        return found.qs.order_by("planned_on", "pk")

    def get_context_data(self, **context):
        try:
            count = self.get_visits().count()
            chosen = " • ".join(f"{chip.label} “{chip.text}”" for chip in self.chips)
            lead = f"รายงาน {count:,} ฉบับ {chosen} ระบบจัดทำเบื้องหลัง ฉบับที่จัดทำไม่ได้จะบอกชื่อไว้ ฉบับอื่นยังได้ครบ"
        except CannotBundle as refusal:
            lead = str(refusal)
        return super().get_context_data(lead=lead, **context)

    def act(self, form):
        job = ask(self.get_visits().values_list("pk", flat=True), by=self.request.user, **form.cleaned_data)
        return HttpResponseRedirect(reverse("accounts:job", args=[job.pk]))
