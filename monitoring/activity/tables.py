"""How activities and model households look in lists."""

import django_tables2 as tables
from django.urls import reverse

from accounts.tables import (
    AreaColumn,
    CountColumn,
    DayColumn,
    MoneyColumn,
    OfficerTable,
    TagColumn,
    ThaiColumn,
)
from monitoring.models import Activity, ModelHousehold
from monitoring.tables import DISTRICT

TAGS = {"training": "info", "occupation": "brand", "study_visit": "neutral", "award": "ok"}


class ActivityTable(OfficerTable):
    held_on = DayColumn("วันที่")
    title = ThaiColumn(
        "เรื่อง", sorted_by=["title"], linkify=lambda record: reverse("monitoring:activity", args=[record.pk])
    )
    kind = TagColumn("ประเภท", tags=TAGS)
    centre = tables.Column("ศูนย์ฯ", accessor="centre__short_name", order_by="centre__village__sort")
    district = AreaColumn("อำเภอ", accessor="centre__village__parent__parent", order_by=DISTRICT)
    household_count = CountColumn("ครัวเรือน", summed=True)
    people = CountColumn("ผู้เข้าร่วม (คน)", summed=True)
    given = MoneyColumn("ให้ไป (บาท)", summed=True)
    returned = MoneyColumn("คืนกลุ่ม (บาท)", summed=True)
    outstanding = MoneyColumn("ยังไม่คืน (บาท)", summed=True)

    class Meta:
        model = Activity
        fields = ["held_on", "title", "kind"]


class ModelHouseholdTable(OfficerTable):
    household = ThaiColumn(
        "ครัวเรือน",
        sorted_by=["household__head__first_name", "household__head__last_name"],
        linkify=lambda record: reverse("monitoring:household-activities", args=[record.household_id]),
    )
    village = AreaColumn("หมู่บ้าน", accessor="household__village")
    named_on = DayColumn("ตั้งแต่วันที่")
    why = tables.Column("เหตุผล", orderable=False)
    ended_on = DayColumn("สิ้นสุดวันที่")
    ended_reason = tables.Column("เหตุผลที่สิ้นสุด", orderable=False)

    class Meta:
        model = ModelHousehold
        fields = ["household", "village", "named_on", "why", "ended_on", "ended_reason"]
