"""Which centres miss which month, and how the list is narrowed."""

import django_filters
from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from accounts.filters import AreaFilter
from funds.books.months import due_months
from funds.filters import CentreFilter
from funds.models import BalanceSheet, Centre, Fund


class BooksFilter(AreaFilter):
    """The list is of one fiscal year (`year`), which its page settles."""

    q = django_filters.CharFilter(label="ค้นหาชื่อศูนย์ฯ หมู่บ้าน หรือตำบล", method="search")
    year = django_filters.ChoiceFilter(label="ปีงบประมาณ", method="settled", empty_label="ปีปัจจุบัน")
    month = django_filters.ChoiceFilter(label="ขาดเดือน", method="lacking", empty_label="ทุกเดือน")

    class Meta:
        model = Centre
        fields = []

    def __init__(self, *args, year: int, years: list[int], **options):
        super().__init__(*args, **options)
        self.year = year
        self.filters["year"].extra["choices"] = [(each, f"พ.ศ. {each}") for each in years]
        self.filters["month"].extra["choices"] = [
            (each.number, each.label) for each in due_months(year, on=timezone.localdate())
        ]

    search = CentreFilter.search

    def settled(self, rows, name, year):
        return rows

    def lacking(self, rows, name, number):
        """Those that have not closed this month: of their own, or of a member fund."""
        closed = BalanceSheet.objects.closed().filter(fiscal_year=self.year, month=int(number))
        own = closed.filter(centre=OuterRef("pk"), fund=None)
        without = Fund.objects.active().filter(centre=OuterRef("pk"))
        without = without.exclude(Exists(closed.filter(fund=OuterRef("pk"))))
        return rows.exclude(Exists(own)) | rows.filter(Exists(without))


def with_books(centres, year: int):
    """Adds `closed_of_year` and `funds_now` to each centre, two queries for all of them."""
    closed = BalanceSheet.objects.closed().filter(fiscal_year=year)
    return centres.prefetch_related(
        Prefetch("balance_sheets", queryset=closed, to_attr="closed_of_year"),
        Prefetch("funds", queryset=Fund.objects.active(), to_attr="funds_now"),
    )
