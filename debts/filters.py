"""What can be searched."""

import re

import django_filters
from django.db.models import Q
from django.utils import timezone

from accounts.filters import AreaFilter, sees_districts
from config import thai
from debts.classes import CHOICES
from debts.classification import in_class
from debts.models import Contract, Debt
from debts.numbering import read_number
from funds.models import Centre, Fund
from households import search
from households.models import Household

HINT = "ชื่อ นามสกุล บ้านเลขที่ (เช่น 18 ม.3) หรือเลขที่สัญญา"
DISTRICT_FIRST = "เลือกอำเภอก่อน"


def centres_of(request):
    """Those to choose from: of the chosen district where the officer sees more than one, for a country has
    more than a thousand."""
    centres = Centre.objects.for_user(request.user).select_related("village")
    if not sees_districts(request.user):
        return centres
    if district := request.GET.get("district"):
        return centres.filter(village__code__startswith=district)
    asked = request.GET.get("centre", "")
    return centres.filter(pk=asked if re.fullmatch("[0-9]{1,18}", asked) else None)


class PaperFilter(AreaFilter):
    """What debts and contracts are both searched by."""

    borrower = "borrower"  # the path to the person

    q = django_filters.CharFilter(label="ค้นหา", method="search", help_text=HINT)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if "district" in self.filters and not self.data.get("district"):
            self.filters["centre"].extra["help_text"] = DISTRICT_FIRST

    def search(self, rows, name, typed):
        houses = Household.objects.filter(search.by_house(typed)).values("pk")
        people = search.people(typed).order_by().values("pk")
        found = Q(household__in=houses) | Q(**{f"{self.borrower}__in": people})
        return rows.filter(found | self.numbered(thai.arabic_digits(thai.tidy(typed))))


class DebtFilter(PaperFilter):
    class State:
        OPEN, OVERDUE, CLOSED = "open", "overdue", "closed"
        CHOICES = [(OPEN, "ยังมียอดค้าง"), (OVERDUE, "เกินกำหนดชำระ"), (CLOSED, "ปิดบัญชีแล้ว")]

    kind = django_filters.ChoiceFilter(
        label="กลุ่ม/กองทุน", field_name="fund__kind", choices=Fund.Kind.choices, empty_label="ทุกกองทุน"
    )
    centre = django_filters.ModelChoiceFilter(
        label="ศูนย์ฯ", field_name="fund__centre", queryset=centres_of, empty_label="ทุกศูนย์ฯ"
    )
    state = django_filters.ChoiceFilter(
        label="สถานะ", choices=State.CHOICES, method="in_state", empty_label="ทุกสถานะ"
    )

    debtor_class = django_filters.ChoiceFilter(
        label="ประเภทลูกหนี้", choices=CHOICES, method="in_class", empty_label="ทุกประเภท"
    )

    class Meta:
        model = Debt
        fields = []

    def numbered(self, typed) -> Q:
        return Q(number__startswith=typed)

    def in_class(self, debts, name, value):
        return in_class(debts, value, on=timezone.localdate())

    def in_state(self, debts, name, state):
        if state == self.State.OVERDUE:
            return debts.overdue(on=timezone.localdate())
        return debts.open() if state == self.State.OPEN else debts.exclude(closed_on=None)


class ContractFilter(PaperFilter):
    STANDING = "standing"
    borrower = "debt__borrower"

    centre = django_filters.ModelChoiceFilter(label="ศูนย์ฯ", queryset=centres_of, empty_label="ทุกศูนย์ฯ")
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

    def numbered(self, typed) -> Q:
        number = read_number(typed)
        return Q(**number) if number else Q(pk=None)

    def in_state(self, contracts, name, state):
        return contracts.standing() if state == self.STANDING else contracts.filter(ending=state)
