"""How rows look in lists."""

import django_tables2 as tables
from django.db.models import Sum
from django_tables2.utils import A

from accounts.tables import CountColumn, OfficerTable
from config import thai


def _people_in_all(table) -> str:
    return thai.count(table.data.data.order_by().aggregate(all=Sum("people_count"))["all"])


class HouseholdTable(OfficerTable):
    house = tables.Column(
        "บ้านเลขที่",
        linkify=("households:household", {"household_pk": A("pk")}),
        order_by=("house_sort", "pk"),
    )
    head = tables.Column("หัวหน้าครัวเรือน", order_by=("head__sort", "pk"), attrs={"td": {"class": "nowrap"}})
    village = tables.Column("หมู่บ้าน", order_by=("village__sort", "village__code"))
    people_count = CountColumn("สมาชิก (คน)", footer=_people_in_all)
