"""How cases and meetings look in their lists."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from accounts.tables import CountColumn, DayColumn, MoneyColumn, OfficerTable, TagColumn, tag
from debts.models import Case, Meeting
from debts.tables import BY_HOUSE, NOWRAP, NumberedTable

STAGE_TAGS = {
    "selected": "wait", "negotiating": "info", "resolved": "brand", "contracted": "ok", "review": "warn",
    "finished": "ok",
}  # fmt: skip


class CaseTable(NumberedTable):
    house = tables.Column("บ้านเลขที่", accessor="household__house_number", empty_values=(), order_by=BY_HOUSE)
    head = tables.Column(
        "หัวหน้าครัวเรือน", accessor="household__head", order_by=("household__head__sort", "pk"), attrs=NOWRAP
    )
    centre = tables.Column("ศูนย์ฯ", accessor="centre__short_name", order_by=("centre__village__sort", "pk"))
    fiscal_year = tables.Column("ปีงบประมาณ")
    stage = TagColumn("ขั้นตอน", tags=STAGE_TAGS)
    moved_on = DayColumn("ถึงขั้นนี้เมื่อ")
    baseline = MoneyColumn("หนี้ ณ วันคัดเลือก (บาท)", summed=True)
    owed = MoneyColumn("คงเหลือวันนี้ (บาท)", summed=True)
    outcome = tables.Column("ผล", empty_values=(), orderable=False)
    opened_on = DayColumn()

    class Meta:
        model = Case
        fields = ["opened_on"]
        sequence = ["place", "house", "head", "centre", "fiscal_year", "opened_on", "..."]
        order_by = "house"
        attrs = {"class": "register"}

    def render_house(self, record):
        house = f"{record.household.house_number or '–'} ม.{record.household.village.moo}"
        return format_html(
            '<a class="nowrap" href="{}">{}</a>', reverse("debts:case", args=[record.pk]), house
        )

    def render_outcome(self, record):
        words = self.value_outcome(record)
        return tag("ok", words) if words else ""

    def value_outcome(self, record):
        if record.owed == 0:
            return "ปลดหนี้ได้"
        return "ลดหนี้ได้" if record.owed < record.baseline else ""


class MeetingTable(OfficerTable):
    number = tables.Column("ครั้งที่", order_by=("year", "sequence", "pk"))
    centre = tables.Column("ศูนย์ฯ", accessor="centre__short_name", order_by=("centre__village__sort", "pk"))
    held_on = DayColumn(linkify=lambda record: reverse("debts:meeting", args=[record.pk]))
    items = CountColumn("ครัวเรือนในวาระ", accessor="item_count")
    approved = CountColumn("เห็นชอบ", accessor="approved_count")
    state = tables.Column("สถานะ", empty_values=(), orderable=False)

    class Meta:
        model = Meeting
        fields = []
        sequence = ["held_on", "number", "..."]
        order_by = "-held_on"

    def render_state(self, record):
        return tag("info", "เปิดการประชุม") if record.is_open else tag("ok", "ปิดการประชุมแล้ว")

    def value_state(self, record):
        return "เปิดการประชุม" if record.is_open else "ปิดการประชุมแล้ว"
