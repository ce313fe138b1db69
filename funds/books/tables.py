"""How the books of many centres look in a list."""

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone

from accounts.tables import NOTHING, RIGHT, OfficerTable, tag
from funds.books.months import due_months
from funds.books.year import in_words
from funds.tables import NOWRAP, PlaceColumn


class BooksTable(OfficerTable):
    """Rows carry `closed_of_year` and `funds_now` (filters.with_books); the page sets `year` on the table."""

    short_name = tables.Column(
        "ศูนย์ฯ",
        order_by=("village__sort", "pk"),
        attrs=NOWRAP,
        linkify=lambda record, table: table.place(record),
    )
    place_name = PlaceColumn("ตำบล/อำเภอ", accessor="village__parent", order_by=("village__code",))
    own = tables.Column("งบของศูนย์ฯ ที่ขาด", empty_values=(), orderable=False, attrs={"td": {"class": "words"}})
    of_funds = tables.Column(
        "งบของกองทุนที่ขาด", empty_values=(), orderable=False, attrs={"td": {"class": "words"}}
    )
    missing = tables.Column("ขาดรวม (ฉบับ)", empty_values=(), orderable=False, attrs=RIGHT)

    year = 0

    def place(self, record) -> str:
        return f"{reverse('funds:books', args=[record.pk])}?year={self.year}"

    def render_own(self, record):
        months = self._lacking(record, None)
        return in_words(months) if months else tag("ok", "ครบ")

    def value_own(self, record):
        return in_words(self._lacking(record, None))

    def render_of_funds(self, record):
        if not record.funds_now:
            return NOTHING
        return self.value_of_funds(record) or tag("ok", "ครบ")

    def value_of_funds(self, record):
        found = [(fund, self._lacking(record, fund.pk)) for fund in record.funds_now]
        return " • ".join(f"{fund.name}: {in_words(months)}" for fund, months in found if months)

    def render_missing(self, record):
        keys = [None, *(fund.pk for fund in record.funds_now)]
        return sum(len(self._lacking(record, key)) for key in keys)

    value_missing = render_missing

    def _lacking(self, record, fund_pk):
        closed = {sheet.month for sheet in record.closed_of_year if sheet.fund_id == fund_pk}
        due = due_months(self.year, on=timezone.localdate(), since=record.opened_on)
        return [month for month in due if month.number not in closed]
