"""How rows look in lists."""

import django_tables2 as tables
from django_tables2.utils import A

from accounts.tables import CountColumn, OfficerTable

NOWRAP = {"td": {"class": "nowrap"}}


class HouseholdTable(OfficerTable):
    house = tables.Column(
        "บ้านเลขที่",
        linkify=("households:household", {"household_pk": A("pk")}),
        order_by=("house_sort", "pk"),
        attrs=NOWRAP,
    )
    head = tables.Column("หัวหน้าครัวเรือน", order_by=("head__sort", "pk"), attrs=NOWRAP)
    village = tables.Column("หมู่บ้าน", order_by=("village__sort", "village__code"), attrs=NOWRAP)
    people_count = CountColumn("สมาชิก (คน)", summed=True)

    def render_house(self, record):
        return record.house_number or "ไม่ทราบ"

    value_house = render_house
