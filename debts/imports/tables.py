"""How the files brought in look in their list."""

import django_tables2 as tables

from accounts.tables import DayColumn, MomentColumn, OfficerTable, ThaiColumn
from debts.models import RegisterFile


class RegisterFileTable(OfficerTable):
    name = ThaiColumn(sorted_by=["name"], linkify=("debts:registerfile", {"registerfile_pk": tables.A("pk")}))
    centre = tables.Column(order_by="centre__village__sort")
    as_of_on = DayColumn()
    uploaded_at = MomentColumn(verbose_name="เลือกไฟล์เมื่อ")
    uploaded_by = ThaiColumn(verbose_name="เลือกไฟล์โดย", sorted_by=["uploaded_by__first_name"])
    imported_at = MomentColumn()
    imported_by = ThaiColumn(verbose_name="นำเข้าโดย", sorted_by=["imported_by__first_name"])
    withdrawn_at = MomentColumn()

    class Meta:
        model = RegisterFile
        fields = [
            "name", "centre", "kind", "as_of_on", "uploaded_at", "uploaded_by", "imported_at", "imported_by",
            "withdrawn_at",
        ]  # fmt: skip
        order_by = "-uploaded_at"
