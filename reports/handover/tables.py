"""How hand-overs look in a list."""

import django_tables2 as tables
from django.urls import reverse

from accounts.tables import AreaColumn, DayColumn, OfficerTable, ThaiColumn
from reports.models import Handover


class HandoverTable(OfficerTable):
    giver = ThaiColumn(
        "ผู้ส่งมอบ",
        accessor="giver__full_name",
        sorted_by=["giver__first_name"],
        linkify=lambda record: reverse("reports:handover", args=[record.pk]),
    )
    receiver = ThaiColumn("ผู้รับมอบ", accessor="receiver__full_name", sorted_by=["receiver__first_name"])
    area = AreaColumn("พื้นที่", accessor="area")
    on = DayColumn("วันที่ส่งมอบ")
    taken = tables.Column("รับมอบแล้ว", orderable=False, empty_values=())
    status = tables.Column("สถานะ")

    class Meta:
        model = Handover
        fields = ["giver", "receiver", "area", "on", "taken", "status"]

    def render_taken(self, record):
        return f"{record.accepted_count} จาก {record.item_count} รายการ"

    value_taken = render_taken
