"""How rows look in lists."""

import django_tables2 as tables
from django_tables2.utils import A

from accounts.tables import CountColumn, MoneyColumn, OfficerTable

NOWRAP = {"td": {"class": "nowrap"}}


class PlaceColumn(tables.Column):
    """Subdistrict and district of a village."""

    def render(self, value):
        return f"{value.label} {value.parent.label}"

    value = render


class CentreTable(OfficerTable):
    short_name = tables.Column(
        "ศูนย์ฯ",
        linkify=("funds:centre", {"centre_pk": A("pk")}),
        order_by=("village__sort", "pk"),
        attrs=NOWRAP,
    )
    place = PlaceColumn("ตำบล/อำเภอ", accessor="village__parent", order_by=("village__code",))
    founded_year = tables.Column("ปีที่จัดตั้ง", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    fund_count = CountColumn("กองทุนสมาชิก", summed=True)
    money = MoneyColumn("เงินทุน (บาท)", accessor="capital", summed=True)
    kind = tables.Column("ประเภท")


class VillageTable(OfficerTable):
    label = tables.Column("หมู่บ้าน", order_by=("sort", "code"), attrs=NOWRAP)
    code = tables.Column("รหัส")
    place = PlaceColumn("ตำบล/อำเภอ", accessor="parent", order_by=("code",))
    centre = tables.Column(
        "ศูนย์ฯ",
        accessor="centre__short_name",
        linkify=("funds:centre", {"centre_pk": A("centre__pk")}),
        order_by=("centre__village__sort", "code"),
    )
