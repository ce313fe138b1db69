"""What can be searched."""

import re

import django_filters
from django.db.models import Q
from django.utils import timezone

from config import thai
from debts.classes import CHOICES
from debts.models import Contract, Debt
from funds.filters import centres
from funds.models import Fund

HOUSE_IN_VILLAGE = re.compile(r"(\d[\d/ก-ฮ-]*)\s*(?:ม\.?|หมู่ที่|หมู่)\s*(\d{1,2})")
HINT = "ชื่อ นามสกุล บ้านเลขที่ (เช่น 18 ม.3) หรือเลขที่สัญญา"


def name_key(typed: str) -> str:
    """What a name is searched by: without its title, spacing and points."""
    try:
        name = thai.read_name(typed)
    except thai.CannotRead:
        return thai.search_key(typed)
    return thai.name_key(name.first, name.last).strip()


class DebtFilter(django_filters.FilterSet):
    class State:
        OPEN, OVERDUE, CLOSED = "open", "overdue", "closed"
        CHOICES = [(OPEN, "ยังมียอดค้าง"), (OVERDUE, "เกินกำหนดชำระ"), (CLOSED, "ปิดบัญชีแล้ว")]

    q = django_filters.CharFilter(label="ค้นหา", method="search", help_text=HINT)
    kind = django_filters.ChoiceFilter(
        label="กลุ่ม/กองทุน", field_name="fund__kind", choices=Fund.Kind.choices, empty_label="ทุกกองทุน"
    )
    centre = django_filters.ModelChoiceFilter(
        label="ศูนย์ฯ", field_name="fund__centre", queryset=centres, empty_label="ทุกศูนย์ฯ"
    )
    state = django_filters.ChoiceFilter(
        label="สถานะ", choices=State.CHOICES, method="in_state", empty_label="ทุกสถานะ"
    )

    debtor_class = django_filters.ChoiceFilter(label="ประเภทลูกหนี้", choices=CHOICES, empty_label="ทุกประเภท")

    class Meta:
        model = Debt
        fields = []

    def search(self, debts, name, typed):
        typed = thai.arabic_digits(thai.tidy(typed))
        if house := HOUSE_IN_VILLAGE.fullmatch(typed):
            return debts.filter(household__house_number=house[1], household__village__moo=house[2])
        found = Q(borrower__match_key__contains=name_key(typed)) | Q(number__icontains=typed)
        return debts.filter(found | Q(household__house_number=typed))

    def in_state(self, debts, name, state):
        if state == self.State.OVERDUE:
            return debts.overdue(on=timezone.localdate())
        return debts.open() if state == self.State.OPEN else debts.exclude(closed_on=None)


class ContractFilter(django_filters.FilterSet):
    STANDING = "standing"

    q = django_filters.CharFilter(label="ค้นหา", method="search", help_text=HINT)
    centre = django_filters.ModelChoiceFilter(label="ศูนย์ฯ", queryset=centres, empty_label="ทุกศูนย์ฯ")
    lender = django_filters.ChoiceFilter(
        label="แหล่งกู้ยืมใหม่", field_name="lender__kind", choices=Fund.Kind.choices, empty_label="ทุกกองทุน"
    )
    year = django_filters.ChoiceFilter(label="ปี พ.ศ.", choices=[], empty_label="ทุกปี")
    state = django_filters.ChoiceFilter(
        label="สถานะ",
        choices=[(STANDING, "มีผลใช้บังคับ"), *Contract.Ending.choices],
        method="in_state",
        empty_label="ทุกสถานะ",
    )

    class Meta:
        model = Contract
        fields = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        years = Contract.objects.for_user(self.request.user).order_by("-year").values_list("year", flat=True)
        self.filters["year"].extra["choices"] = [(year, year) for year in years.distinct()]

    def search(self, contracts, name, typed):
        typed = thai.arabic_digits(thai.tidy(typed))
        if house := HOUSE_IN_VILLAGE.fullmatch(typed):
            return contracts.filter(household__house_number=house[1], household__village__moo=house[2])
        if number := re.fullmatch(r"(\d+)/(\d{4})", typed):
            numbered = Q(sequence=number[1], year=number[2])
        else:
            numbered = Q(debt__borrower__match_key__contains=name_key(typed))
        return contracts.filter(numbered | Q(household__house_number=typed))

    def in_state(self, contracts, name, state):
        return contracts.standing() if state == self.STANDING else contracts.filter(ending=state)
