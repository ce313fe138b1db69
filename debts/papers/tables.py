"""How a clause text looks in the list."""

import django_tables2 as tables
from django.utils.html import format_html
from django_tables2.utils import A

from accounts.tables import OfficerTable


class ClauseTable(OfficerTable):
    kind = tables.Column("เอกสาร", linkify=("debts:clause", {"clausetext_pk": A("pk")}))
    owner = tables.Column("ของ", order_by=("province__sort", "pk"))
    number = tables.Column("ฉบับที่", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    state = tables.Column("สถานะ", accessor="is_draft", order_by=("approved_at", "pk"))
    written_by = tables.Column("ร่างโดย")
    approved_by = tables.Column("อนุมัติโดย")

    def render_state(self, value):
        tag, label = ("wait", "ฉบับร่าง") if value else ("ok", "อนุมัติแล้ว")
        return format_html('<span class="tag tag-{}">{}</span>', tag, label)

    def value_state(self, value):
        return "ฉบับร่าง" if value else "อนุมัติแล้ว"
