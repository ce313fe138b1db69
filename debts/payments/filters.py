"""What can be searched among payments, dues and what funds owe each other."""

import django_filters
from django.db.models import Q

from accounts.filters import AreaFilter, DayFilter
from debts.filters import PaperFilter, centres_of
from debts.models import Debt, Payment, Settlement
from debts.payments.due import COMING_DAYS
from funds.models import Fund

DAYS = [(str(days), f"{days} วันข้างหน้า") for days in (7, COMING_DAYS, 60, 90)]


def _kind(path: str, label: str = "กลุ่ม/กองทุน"):
    return django_filters.ChoiceFilter(
        label=label, field_name=path, choices=Fund.Kind.choices, empty_label="ทุกกองทุน"
    )


def _centre(path: str):
    return django_filters.ModelChoiceFilter(
        label="ศูนย์ฯ", field_name=path, queryset=centres_of, empty_label="ทุกศูนย์ฯ"
    )


class OverdueFilter(PaperFilter):
    kind = _kind("fund__kind")
    centre = _centre("fund__centre")

    class Meta:
        model = Debt
        fields = []

    def numbered(self, typed) -> Q:
        return Q(number__startswith=typed)


class DueFilter(OverdueFilter):
    days = django_filters.ChoiceFilter(
        label="ช่วงเวลา", choices=DAYS, method="as_found", empty_label=f"{COMING_DAYS} วันข้างหน้า"
    )

    def as_found(self, rows, name, days):
        """The page has looked for the dues of these days already."""
        return rows


class ReceiptFilter(AreaFilter):
    STATES = [("standing", "รับชำระ"), ("reversed", "กลับรายการแล้ว")]

    centre = _centre("fund__centre")
    kind = _kind("fund__kind")
    since = DayFilter(label="ตั้งแต่วันที่", field_name="on", lookup_expr="gte")
    until = DayFilter(label="ถึงวันที่", field_name="on", lookup_expr="lte")
    state = django_filters.ChoiceFilter(
        label="สถานะ", choices=STATES, method="in_state", empty_label="ทุกสถานะ"
    )

    class Meta:
        model = Payment
        fields = []

    def in_state(self, payments, name, state):
        return payments.standing() if state == "standing" else payments.exclude(reversal=None)


class SettlementFilter(AreaFilter):
    STATES = [("unpaid", "ค้างจ่าย"), ("paid", "จ่ายครบแล้ว"), ("cancelled", "ยกเลิกสัญญา")]

    centre = _centre("payer__centre")
    payer = _kind("payer__kind", "กองทุนที่ต้องจ่าย")
    payee = _kind("payee__kind", "กองทุนที่จะได้รับ")
    state = django_filters.ChoiceFilter(
        label="สถานะ", choices=STATES, method="in_state", empty_label="ทุกสถานะ"
    )

    class Meta:
        model = Settlement
        fields = []

    def in_state(self, rows, name, state):
        if state == "cancelled":
            return rows.exclude(cancelled_on=None)
        unpaid = rows.unpaid()
        return unpaid if state == "unpaid" else rows.standing().exclude(pk__in=unpaid.values("pk"))
