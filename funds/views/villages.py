"""The villages of subdistricts."""

from django.urls import reverse

from accounts.pages import CreatePage, ListPage
from accounts.roles import Can
from areas.models import Area, Level
from funds import forms
from funds.filters import VillageFilter
from funds.tables import VillageTable
from funds.views.centres import CENTRES


class VillageList(ListPage):
    permission = Can.VIEW_AREAS
    section = CENTRES
    title = "หมู่บ้าน"
    queryset = Area.objects.at(Level.VILLAGE).with_parents().select_related("centre__village")
    filter_class = VillageFilter
    table_class = VillageTable
    action = ("เพิ่มหมู่บ้าน", "funds:village-new", Can.EDIT_AREAS)
    unit = "หมู่บ้าน"
    empty = "ยังไม่มีหมู่บ้านในพื้นที่นี้ เพิ่มหมู่บ้านก่อนเพิ่มศูนย์ฯ หรือครัวเรือน"

    def get_crumbs(self):
        return [("ศูนย์จัดการกองทุนชุมชน", reverse(CENTRES))]


class VillageNew(CreatePage):
    permission = Can.EDIT_AREAS
    section = CENTRES
    title = "เพิ่มหมู่บ้าน"
    submit_label = "เพิ่มหมู่บ้าน"
    model = Area
    form_class = forms.VillageForm

    def get_crumbs(self):
        return [("ศูนย์จัดการกองทุนชุมชน", reverse(CENTRES)), ("หมู่บ้าน", reverse("funds:villages"))]
