"""How payments, dues and what funds owe each other look in lists."""

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.tables import NOTHING, CountColumn, DayColumn, MoneyColumn, OfficerTable, ThaiColumn, tag
from config import thai
from debts.classes import DebtorClass
from debts.models import Debt, Payment, Settlement
from debts.payments.promises import outcome
from debts.tables import BY_HOUSE, NOWRAP, NumberedTable


class _OwedTable(NumberedTable):
    house = tables.Column("บ้านเลขที่", accessor="household__house_number", empty_values=(), order_by=BY_HOUSE)
    borrower = tables.Column("ชื่อ–สกุล ผู้กู้", order_by=("borrower__sort", "pk"), attrs=NOWRAP)
    fund = ThaiColumn("กลุ่ม/กองทุน", sorted_by=["fund__name"], attrs=NOWRAP)
    number = tables.Column("เลขที่สัญญา", empty_values=())

    class Meta:
        model = Debt
        fields = []
        attrs = {"class": "register"}

    def render_number(self, record, value):
        address = reverse("debts:debt", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, value or "ไม่มีเลขที่")

    def value_number(self, value):
        return value


class DueTable(_OwedTable):
    next_due_on = DayColumn("วันครบกำหนด")
    due_amount = MoneyColumn("ครบกำหนดในช่วงนี้ (บาท)", summed=True)
    overdue_amount = MoneyColumn("เกินกำหนดอยู่แล้ว (บาท)", summed=True)
    outstanding = MoneyColumn("คงเหลือรวม (บาท)", summed=True)

    class Meta(_OwedTable.Meta):
        sequence = ["place", "..."]
        order_by = "next_due_on"


class OverdueTable(_OwedTable):
    late_from = DayColumn("เกินกำหนดตั้งแต่")
    days_late = CountColumn("เกินกำหนด (วัน)")
    overdue_amount = MoneyColumn("เกินกำหนด (บาท)", summed=True)
    outstanding = MoneyColumn("คงเหลือรวม (บาท)", summed=True)
    debtor_class = tables.Column("ประเภทลูกหนี้", orderable=False)
    promised_on = DayColumn("รับปากชำระภายในวันที่")
    promised = MoneyColumn("รับปากชำระ (บาท)")
    outcome = tables.Column("ผลการรับปาก", empty_values=(), orderable=False, attrs=NOWRAP)

    class Meta(_OwedTable.Meta):
        sequence = ["place", "..."]
        order_by = "-days_late"

    def _outcome(self, record):
        if record.promised is None:
            return None
        today = timezone.localdate()
        return outcome(record.promised, record.promise_received, record.promised_on, on=today)

    def render_outcome(self, record):
        found = self._outcome(record)
        return tag(found.tag, found.label) if found else NOTHING

    def value_outcome(self, record):
        found = self._outcome(record)
        return found.label if found else ""

    def render_debtor_class(self, value):
        found = DebtorClass(value)
        return tag(found.tag, found.label)

    def value_debtor_class(self, value):
        return DebtorClass(value).label


class ReceiptTable(OfficerTable):
    number = tables.Column(
        "ใบเสร็จเลขที่",
        order_by=("year", "sequence", "pk"),
        linkify=("debts:payment", {"payment_pk": tables.A("pk")}),
        attrs=NOWRAP,
    )
    on = DayColumn("วันที่รับเงิน")
    borrower = tables.Column(
        "รับจาก", accessor="debt__borrower", order_by="debt__borrower__sort", attrs=NOWRAP
    )
    fund = ThaiColumn("กลุ่ม/กองทุน", sorted_by=["fund__name"], attrs=NOWRAP)
    amount = MoneyColumn("จำนวนเงิน (บาท)", summed=True)
    kept = MoneyColumn("หลังหักที่กลับรายการ (บาท)", summed=True)
    state = tables.Column("สถานะ", empty_values=(), orderable=False)

    class Meta:
        model = Payment
        fields = []
        sequence = ["number", "on", "borrower", "fund", "amount", "kept", "state"]
        order_by = ("-on", "-pk")

    def render_state(self, record):
        return tag("warn", "กลับรายการแล้ว") if hasattr(record, "reversal") else tag("ok", "รับชำระ")

    def value_state(self, record):
        return "กลับรายการแล้ว" if hasattr(record, "reversal") else "รับชำระ"


class SettlementTable(OfficerTable):
    since_on = DayColumn("ตั้งแต่วันที่")
    contract = tables.Column(
        "สัญญาเลขที่",
        accessor="contract__number",
        order_by=("contract__year", "contract__sequence", "pk"),
        linkify=("debts:contract", {"contract_pk": tables.A("contract_id")}),
        attrs=NOWRAP,
    )
    borrower = tables.Column(
        "ลูกหนี้", accessor="contract__debt__borrower", order_by="contract__debt__borrower__sort", attrs=NOWRAP
    )
    payer = ThaiColumn(
        "กองทุนที่ต้องจ่าย",
        sorted_by=["payer__name"],
        linkify=("debts:fund-settlements", {"fund_pk": tables.A("payer_id")}),
        attrs=NOWRAP,
    )
    payee = ThaiColumn(
        "กองทุนที่จะได้รับ",
        sorted_by=["payee__name"],
        linkify=("debts:fund-settlements", {"fund_pk": tables.A("payee_id")}),
        attrs=NOWRAP,
    )
    amount = MoneyColumn("ต้องจ่าย (บาท)", summed=True)
    paid = MoneyColumn("จ่ายแล้ว (บาท)", summed=True)
    left = MoneyColumn("ค้างจ่าย (บาท)", summed=True)
    days = CountColumn("ค้างมาแล้ว (วัน)", accessor="since_on", orderable=False)
    state = tables.Column("สถานะ", empty_values=(), orderable=False)

    class Meta:
        model = Settlement
        fields = []
        sequence = [
            "since_on", "contract", "borrower", "payer", "payee", "amount", "paid", "left", "days", "state",
        ]  # fmt: skip
        order_by = "since_on"

    def _state(self, record) -> tuple[str, str]:
        if record.cancelled_on:
            return "neutral", "ยกเลิกสัญญา"
        if not record.left:
            return "ok", "จ่ายครบแล้ว"
        return ("warn", "จ่ายบางส่วน") if record.paid else ("error", "ค้างจ่าย")

    def render_state(self, record):
        return tag(*self._state(record))

    def value_state(self, record):
        return self._state(record)[1]

    def value_days(self, record):
        return (timezone.localdate() - record.since_on).days if record.left else None

    def render_days(self, record):
        days = self.value_days(record)
        return NOTHING if days is None else thai.count(days)
