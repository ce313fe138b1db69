"""How visits and recommendations look in lists."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from accounts.tables import (
    AreaColumn,
    CountColumn,
    DayColumn,
    MomentColumn,
    OfficerTable,
    TagColumn,
    ThaiColumn,
    tag,
)
from monitoring.models import Recommendation, Visit

DISTRICT = "centre__village__parent__parent__sort"
RECOMMENDATION_TAGS = {
    "open": "neutral", "under_way": "info", "claimed": "wait", "returned": "warn", "done": "ok",
}  # fmt: skip
TAGS = {"planned": "info", "draft": "neutral", "sent": "wait", "returned": "warn", "certified": "ok"}


class VisitTable(OfficerTable):
    as_cards = True
    planned_on = DayColumn("วันที่", linkify=lambda record: reverse("monitoring:visit", args=[record.pk]))
    centre = tables.Column("ศูนย์ฯ", accessor="centre__short_name", order_by="centre__village__sort")
    district = AreaColumn("อำเภอ", accessor="centre__village__parent__parent", order_by=DISTRICT)
    lead = ThaiColumn("คณะติดตาม", sorted_by=["lead"])
    open_recommendations = CountColumn("ข้อที่ต้องดำเนินการค้าง")
    status = TagColumn("สถานะ", tags=TAGS)
    paper = tables.TemplateColumn(
        template_name="monitoring/paper_link.html",
        verbose_name="รายงาน",
        orderable=False,
        exclude_from_export=True,
    )

    class Meta:
        model = Visit
        fields = ["planned_on", "centre", "district", "lead", "open_recommendations", "status", "paper"]


class RecommendationTable(OfficerTable):
    what = ThaiColumn(
        "เรื่อง",
        sorted_by=["what"],
        linkify=lambda record: reverse("monitoring:recommendation", args=[record.pk]),
    )
    centre = tables.Column("ศูนย์ฯ", accessor="visit__centre__short_name", orderable=False)
    district = AreaColumn("อำเภอ", accessor="visit__centre__village__parent__parent")
    who = ThaiColumn("ผู้รับผิดชอบ", sorted_by=["who"])
    due_on = DayColumn("กำหนดแล้วเสร็จ")
    changed_at = MomentColumn("อัปเดตล่าสุด")
    status = tables.Column("สถานะ")

    class Meta:
        model = Recommendation
        fields = ["what", "centre", "district", "who", "due_on", "changed_at", "status"]

    def render_status(self, value, record):
        if record.is_late:
            return format_html('<span class="tag tag-error">เกินกำหนด</span> {}', value)
        return tag(RECOMMENDATION_TAGS[record.status], value)

    def value_status(self, record):
        return record.get_status_display()
