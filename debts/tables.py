"""How rows look in lists."""

from itertools import count

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from accounts.tables import DayColumn, MoneyColumn, OfficerTable, ThaiColumn, tag
from debts.classes import DebtorClass
from debts.classification import severity
from debts.models import Contract, Debt
from debts.progress import contract_state, state_of
from funds.models import Fund

NOWRAP = {"td": {"class": "nowrap"}}
# As the houses of the villages follow each other; households have an index of it.
BY_HOUSE = ("household__village_id", "household__house_sort", "household_id", "pk")


def _house(household) -> str:
    """18 ม.3"""
    return f"{household.house_number or '–'} ม.{household.village.moo}"


class NumberedTable(OfficerTable):
    """A register: its rows are numbered over all pages, and lead to the household."""

    place = tables.Column("ที่", empty_values=(), orderable=False, attrs={"td": {"class": "num"}})

    def before_render(self, request):
        self.places = count(self.page.start_index() if self.page else 1)

    def render_place(self):
        return next(self.places)

    def value_place(self):
        self.places = getattr(self, "places", None) or count(1)
        return next(self.places)

    def render_house(self, record):
        address = reverse("debts:household", args=[record.household_id])
        return format_html('<a class="nowrap" href="{}">{}</a>', address, _house(record.household))

    def value_house(self, record):
        return _house(record.household)


def _tag(state):
    return tag(state.tag, state.label)


class ClassColumn(tables.Column):
    """The class of a debtor, ordered by severity; rows of one class as `then_by` says."""

    def __init__(self, *, then_by, **options):
        self.then_by = then_by
        super().__init__("ประเภทลูกหนี้", **options)

    def order(self, rows, is_descending):
        worst = severity().desc() if is_descending else severity().asc()
        return rows.order_by(worst, *self.then_by), True

    def render(self, value):
        return _tag(DebtorClass(value))

    def value(self, value):
        return DebtorClass(value).label


class DebtTable(NumberedTable):
    house = tables.Column(
        "บ้านเลขที่",
        accessor="household__house_number",
        empty_values=(),
        order_by=BY_HOUSE,
    )
    borrower = tables.Column("ชื่อ–สกุล ผู้กู้", order_by=("borrower__sort", "pk"), attrs=NOWRAP)
    fund = ThaiColumn("กลุ่ม/กองทุน", sorted_by=["fund__name"], attrs=NOWRAP)
    number = tables.Column("เลขที่สัญญา", empty_values=())
    lent_on = DayColumn("วันที่ทำสัญญา")
    lent = MoneyColumn("วงเงินกู้ (บาท)", summed=True)
    principal = MoneyColumn("เงินต้นคงเหลือ (บาท)", summed=True)
    owed_interest = MoneyColumn("ดอกเบี้ยค้างชำระ (บาท)", summed=True)
    due_on = DayColumn("วันครบกำหนด")
    outstanding = MoneyColumn("คงเหลือรวม (บาท)", summed=True)
    debtor_class = ClassColumn(then_by=BY_HOUSE)
    state = tables.Column("สถานะ", empty_values=(), orderable=False)

    class Meta:
        model = Debt
        fields = []
        sequence = ["place", "..."]
        order_by = "house"
        attrs = {"class": "register"}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.today = timezone.localdate()

    def render_number(self, record, value):
        address = reverse("debts:debt", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, value or "ไม่มีเลขที่")

    def value_number(self, value):
        return value

    def render_state(self, record):
        return _tag(state_of(record, on=self.today))

    def value_state(self, record):
        return state_of(record, on=self.today).label


TICK = mark_safe('<span aria-hidden="true">✓</span><span class="visually-hidden">มี</span>')


class KindColumn(tables.Column):
    """A tick where the household owed a fund of this kind."""

    attrs = {"td": {"class": "text-center"}, "th": {"class": "text-center"}}

    def __init__(self, kind, **options):
        self.kind = kind
        label = {Fund.Kind.SAVINGS_GROUP: "กลุ่มออมทรัพย์ฯ", Fund.Kind.POVERTY_PROJECT: "กข.คจ."}
        super().__init__(label.get(kind, kind.label), empty_values=(), orderable=False, **options)

    def render(self, record):
        return TICK if self.is_owed(record) else ""

    def value(self, record):
        return "✓" if self.is_owed(record) else ""

    def is_owed(self, contract) -> bool:
        return any(line.debt.fund.kind == self.kind for line in contract.merged_debts.all())


NAMED_KINDS = (Fund.Kind.VILLAGE_FUND, Fund.Kind.SAVINGS_GROUP, Fund.Kind.POVERTY_PROJECT)


class ContractTable(NumberedTable):
    """The columns of the official form (1 ครัวเรือน 1 สัญญา), in its order, and how the contract stands."""

    place = tables.Column("ลำดับที่", empty_values=(), orderable=False, attrs={"td": {"class": "num"}})
    house = tables.Column(
        "บ้านเลขที่",
        accessor="household__house_number",
        empty_values=(),
        order_by=BY_HOUSE,
    )
    borrower = tables.Column(
        "ชื่อ–สกุล ผู้เป็นหนี้ที่เข้าปรับโครงสร้างหนี้",
        accessor="debt__borrower",
        order_by=("debt__borrower__sort", "pk"),
        attrs=NOWRAP,
    )
    village_fund, savings_group, poverty_project = map(KindColumn, NAMED_KINDS)
    others = tables.Column("กองทุนอื่น", empty_values=(), orderable=False)
    owed = MoneyColumn("หนี้คงเหลือรวมทุกกลุ่ม (บาท)", summed=True)
    lender = ThaiColumn("แหล่งกู้ยืมใหม่", sorted_by=["lender__name"], attrs=NOWRAP)
    amount = MoneyColumn("จำนวนเงินที่กู้จากแหล่งใหม่ (บาท)", summed=True)
    number = tables.Column("เลขที่สัญญา", order_by=("year", "sequence", "pk"), empty_values=())
    signed_on = DayColumn("วันที่ทำสัญญา")
    outstanding = MoneyColumn("คงเหลือ (บาท)", accessor="debt__outstanding", summed=True)
    state = tables.Column("สถานะ", empty_values=(), orderable=False)

    class Meta:
        model = Contract
        fields = []
        sequence = ["place", "..."]
        attrs = {"class": "register"}

    def render_others(self, record):
        funds = {
            line.debt.fund.name
            for line in record.merged_debts.all()
            if line.debt.fund.kind not in NAMED_KINDS
        }
        return ", ".join(sorted(funds))

    def render_number(self, record):
        address = reverse("debts:contract", args=[record.pk])
        return format_html('<a class="nowrap" href="{}">{}</a>', address, record.number)

    def value_number(self, record):
        return record.number

    def render_state(self, record):
        return _tag(contract_state(record))

    def value_state(self, record):
        return contract_state(record).label
