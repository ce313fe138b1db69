"""How many rows a list has and what they sum to: at once where that is quick, else when it is asked for."""

from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

COUNTED_AT_ONCE = 5_000


class Totals(NamedTuple):
    """Of all rows a filter found. Where they are not `whole` there are more than were counted, and neither
    the count nor the sums may be shown."""

    count: int
    sums: dict
    whole: bool = True


def totals_of(rows, sums: dict, *, at_most: int | None = None) -> Totals:
    """Count and sum `rows` in one query, which looks at no more than one row above `at_most`."""
    rows = rows.order_by()
    counted = rows if at_most is None else rows[: at_most + 1]
    found = counted.aggregate(
        rows_in_all=Count("*"), **{f"{name}_total": each for name, each in sums.items()}
    )
    count = found["rows_in_all"]
    return Totals(count, {name: found[f"{name}_total"] for name in sums}, at_most is None or count <= at_most)


class CountedPaginator(Paginator):
    """Pages of rows that were counted before."""

    def __init__(self, rows, per_page, *, count: int):
        super().__init__(rows, per_page)
        self.count = count


class LongPaginator(Paginator):
    """Pages of more rows than were counted: all that is known is whether another page follows."""

    count = None
    num_pages = 100_000

    def page(self, number):
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        rows = list(_only(self.object_list, slice(start, start + self.per_page + 1)))
        if not rows and number > 1:
            return self.page(1)
        return LongPage(rows, number, self)


def _only(rows, part: slice):
    """That part of the rows of a table. Their keys alone are put in order; a page of keys is then read whole, for
    carrying all columns of a million rows through a sort takes longer than the sort."""
    found = getattr(rows.data, "data", None)
    if not isinstance(found, QuerySet):
        return rows[part]
    keys = found.values("pk")[part]
    return type(rows)(data=found.filter(pk__in=keys), table=rows.table)


class LongPage(Page):
    """One of those pages; made of its rows and the first one of the next."""

    def __init__(self, rows, number, paginator):
        super().__init__(rows[: paginator.per_page], number, paginator)
        self.is_followed = len(rows) > paginator.per_page

    def has_next(self):
        return self.is_followed

    def end_index(self):
        return self.start_index() + len(self.object_list) - 1
