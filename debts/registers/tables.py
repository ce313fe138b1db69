"""How registers look in their list."""

import django_tables2 as tables
from django.urls import reverse

from accounts.tables import CountColumn, DayColumn, MoneyColumn, OfficerTable, TagColumn
from debts.models import Register

TAGS = {
    "draft": "neutral", "sent": "wait", "returned": "warn", "corrected": "wait", "certified": "ok",
    "superseded": "neutral", "discarded": "neutral",
}  # fmt: skip


class RegisterTable(OfficerTable):
    centre = tables.Column(
        "ศูนย์ฯ", accessor="centre__short_name", order_by=("centre__village__sort", "-as_of_on")
    )
    as_of_on = DayColumn(linkify=lambda record: reverse("debts:register", args=[record.pk]))
    line_count = CountColumn("สัญญา")
    household_count = CountColumn("ครัวเรือน")
    outstanding = MoneyColumn("คงเหลือ (บาท)")
    status = TagColumn("สถานะ", tags=TAGS)
    created_by = tables.Column("ผู้บันทึก", order_by="created_by__first_name")
    certified_by = tables.Column("ผู้รับรอง", order_by="certified_by__first_name")

    class Meta:
        model = Register
        fields = [
            "centre", "as_of_on", "line_count", "household_count", "outstanding", "status", "created_by",
            "certified_by",
        ]  # fmt: skip
        order_by = "-as_of_on"
