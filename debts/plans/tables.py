"""How changes of plan look in a list."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from accounts.tables import DayColumn, MoneyColumn, OfficerTable, tag
from debts.models import PlanChange

TAGS = {"proposed": "wait", "applied": "ok", "refused": "neutral", "withdrawn": "neutral", "undone": "warn"}


class PlanChangeTable(OfficerTable):
    kind = tables.Column("เรื่อง")
    contract = tables.Column("สัญญา", order_by=("contract__year", "contract__sequence", "pk"))
    house = tables.Column("บ้านเลขที่", accessor="contract__household", orderable=False)
    borrower = tables.Column("ลูกหนี้", accessor="contract__debt__borrower", orderable=False)
    relieved = MoneyColumn("ยกเว้นหรือตัดหนี้สูญ (บาท)")
    proposed_on = DayColumn("วันที่เสนอ")
    proposed_by = tables.Column("ผู้เสนอ", orderable=False)
    status = tables.Column("สถานะ")

    class Meta:
        model = PlanChange
        fields = []
        order_by = "-proposed_on"

    def render_kind(self, record, value):
        return format_html('<a href="{}">{}</a>', reverse("debts:plan", args=[record.pk]), value)

    def value_kind(self, value):
        return value

    def render_contract(self, record):
        return record.contract.number

    def value_contract(self, record):
        return record.contract.number

    def render_house(self, record):
        return record.contract.household.house

    def value_house(self, record):
        return record.contract.household.house

    def render_status(self, record):
        return tag(TAGS[record.status], record.get_status_display())

    def value_status(self, record):
        return record.get_status_display()
