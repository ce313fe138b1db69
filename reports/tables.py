"""How the households behind a figure look in a list."""

import django_tables2 as tables

from accounts.tables import DayColumn, MoneyColumn, OfficerTable
from debts.models import Case
from reports.figures import NAMES


class CaseTable(OfficerTable):
    household = tables.Column("ครัวเรือน", order_by="household__head__sort")
    centre = tables.Column("ศูนย์ฯ", accessor="centre__short_name", order_by="centre__village__sort")
    opened_on = DayColumn("วันที่คัดเลือก")
    baseline = MoneyColumn("หนี้ ณ วันคัดเลือก (บาท)", summed=True)
    contracted = MoneyColumn("ทำสัญญา (บาท)", summed=True)
    owed = MoneyColumn("คงเหลือ (บาท)", summed=True)
    outcome = tables.Column("ผล")

    class Meta:
        model = Case
        fields = []

    def render_outcome(self, value):
        return NAMES.get(value, "อยู่ระหว่างดำเนินการ")

    value_outcome = render_outcome
