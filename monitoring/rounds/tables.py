"""How rounds and the year plan look in lists."""

import django_tables2 as tables
from django.urls import reverse

from accounts.tables import AreaColumn, CountColumn, DayColumn, OfficerTable, ThaiColumn
from funds.models import Centre
from monitoring.models import Round
from monitoring.tables import DISTRICT


class RoundTable(OfficerTable):
    as_cards = True
    name = ThaiColumn(
        "รอบการติดตาม",
        sorted_by=["name"],
        linkify=lambda record: reverse("monitoring:round", args=[record.pk]),
    )
    area = AreaColumn("หน่วยงาน", accessor="area")
    fiscal_year = tables.Column("ปีงบประมาณ")
    starts_on = DayColumn("ตั้งแต่วันที่")
    ends_on = DayColumn("ถึงวันที่")
    visit_count = CountColumn("การติดตาม (ครั้ง)")

    class Meta:
        model = Round
        fields = ["name", "area", "fiscal_year", "starts_on", "ends_on", "visit_count"]


class YearPlanTable(OfficerTable):
    as_cards = True
    centre = tables.Column(
        "ศูนย์ฯ",
        accessor="short_name",
        order_by="village__sort",
        linkify=lambda record: reverse("funds:centre", args=[record.pk]),
    )
    subdistrict = AreaColumn("ตำบล", accessor="village__parent")
    district = AreaColumn(
        "อำเภอ", accessor="village__parent__parent", order_by=DISTRICT.removeprefix("centre__")
    )
    kind = tables.Column("ประเภท")
    visited_on = DayColumn("ติดตามล่าสุดในปีนี้")
    appointed_on = DayColumn("นัดหมายต่อไป")

    class Meta:
        model = Centre
        fields = ["centre", "subdistrict", "district", "kind", "visited_on", "appointed_on"]
