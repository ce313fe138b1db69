"""How plans look in a list."""

import django_tables2 as tables
from django.urls import reverse

from accounts.tables import NOTHING, RIGHT, CountColumn, MoneyColumn, OfficerTable, TagColumn
from config import thai
from monitoring.models import ActionPlan
from monitoring.plans.progress import Progress

TAGS = {"draft": "neutral", "sent": "wait", "returned": "warn", "approved": "ok"}


class ActionPlanTable(OfficerTable):
    name = tables.Column(
        "ศูนย์ฯ/อำเภอ",
        order_by=("area__sort", "pk"),
        linkify=lambda record: reverse("monitoring:action-plan", args=[record.pk]),
    )
    kind = tables.Column("ประเภท")
    fiscal_year = tables.Column("ปีงบประมาณ", attrs=RIGHT)
    households = CountColumn("ครัวเรือนเป้าหมาย")
    activity_count = CountColumn("กิจกรรม")
    budget = MoneyColumn("งบประมาณ (บาท)")
    spent = MoneyColumn("ใช้ไป (บาท)")
    done = tables.Column("ทำแล้ว (ร้อยละ)", empty_values=(), orderable=False, attrs=RIGHT)
    status = TagColumn("สถานะ", tags=TAGS)

    class Meta:
        model = ActionPlan
        fields = []

    def render_done(self, record):
        percent = Progress(record.done_count, record.activity_count).percent
        return NOTHING if percent is None else thai.percent(percent)

    def value_done(self, record):
        return Progress(record.done_count, record.activity_count).percent
