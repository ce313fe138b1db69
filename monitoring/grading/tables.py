"""How gradings look in a list."""

import django_tables2 as tables
from django.urls import reverse

from accounts.tables import RIGHT, AreaColumn, OfficerTable, TagColumn
from monitoring.models import Grading

TAGS = {"draft": "neutral", "sent": "wait", "returned": "warn", "certified": "ok"}


class GradingTable(OfficerTable):
    name = tables.Column(
        "ศูนย์ฯ/กองทุน",
        order_by=("centre__village__sort", "fund__name", "pk"),
        linkify=lambda record: reverse("monitoring:grading", args=[record.pk]),
    )
    district = AreaColumn("อำเภอ", accessor="centre__village__parent__parent")
    subject = tables.Column("ประเภท")
    fiscal_year = tables.Column("ปีงบประมาณ", attrs=RIGHT)
    percent = tables.Column("คะแนน (ร้อยละ)", order_by=("score", "pk"), attrs=RIGHT, empty_values=("",))
    level = tables.Column("ระดับ")
    last_level = tables.Column("ระดับปีก่อน", attrs=RIGHT)
    status = TagColumn("สถานะ", tags=TAGS)

    class Meta:
        model = Grading
        fields = []
