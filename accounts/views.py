"""Start page, one's own profile, officers and their areas."""

import django_filters
import django_tables2 as tables

from accounts.models import Officer
from accounts.pages import ListPage, ScreenPage
from accounts.roles import Can
from accounts.tables import OfficerTable


class Home(ScreenPage):
    permission = Can.SIGN_IN
    section = "accounts:home"
    title = "หน้าหลัก"
    template_name = "accounts/home.html"


class Profile(ScreenPage):
    permission = Can.SIGN_IN
    title = "ข้อมูลผู้ใช้"
    template_name = "accounts/profile.html"


class _OfficerFilter(django_filters.FilterSet):
    class Meta:
        model = Officer
        fields = ["role"]


class _OfficerTable(OfficerTable):
    full_name = tables.Column("ชื่อ–สกุล", order_by="first_name")

    class Meta:
        model = Officer
        fields = ["full_name", "username", "role", "area"]


class OfficerList(ListPage):
    permission = Can.MANAGE_OFFICERS
    section = "accounts:officers"
    title = "เจ้าหน้าที่"
    queryset = Officer.objects.select_related("area")
    filter_class = _OfficerFilter
    table_class = _OfficerTable
