"""Columns of our lists: amounts right-aligned and summed over the whole filtered set, days in พ.ศ."""

from functools import cached_property

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from config import thai
from config.money import total

# What a reader hears where the eye sees a dash.
NOTHING = mark_safe('<span aria-hidden="true">–</span><span class="visually-hidden">ไม่มีข้อมูล</span>')
RIGHT = {"th": {"class": "num"}, "td": {"class": "num"}}


class MoneyColumn(tables.Column):
    """Baht with two decimals. `summed` adds the total of all filtered rows to the foot."""

    attrs = RIGHT

    def __init__(self, *args, summed=False, **options):
        self.summed = summed
        super().__init__(*args, footer=self._total if summed else None, **options)

    def render(self, value):
        return thai.money(value)

    def value(self, value):
        return value

    def _total(self, bound_column, table):
        return thai.money(table.sums[bound_column.name])


class DayColumn(tables.Column):
    """A day, written 15 มี.ค. 2562; a real date in spreadsheets."""

    attrs = {"td": {"class": "nowrap"}}

    def render(self, value):
        return thai.short_date(value)

    def value(self, value):
        return value


class CountColumn(tables.Column):
    """A whole number."""

    attrs = RIGHT

    def render(self, value):
        return thai.count(value)

    def value(self, value):
        return value


class AreaColumn(tables.Column):
    """A place with its kind, in the order of the Thai alphabet. Select the parents of it beforehand."""

    def __init__(self, *args, **options):
        options.setdefault("order_by", f"{options['accessor']}.sort")
        super().__init__(*args, **options)

    def render(self, value):
        return value.label

    def value(self, value):
        return value.label


class TagColumn(tables.Column):
    """A status in words on its colour: `tags` maps the stored value to ok, warn, error, wait, info or brand."""

    def __init__(self, *args, tags, **options):
        self.tags = tags
        super().__init__(*args, **options)

    def render(self, value, record, bound_column):
        stored = getattr(record, bound_column.accessor, value)
        return format_html('<span class="tag tag-{}">{}</span>', self.tags.get(stored, "neutral"), value)

    def value(self, value):
        return value


class OfficerTable(tables.Table):
    """A list of the house: a dash where nothing is known, totals from one query."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"default": NOTHING, **options})

    @cached_property
    def sums(self) -> dict:
        """Totals, in baht, of the summed columns over all rows the filter found."""
        summed = {
            column.name: total(column.accessor.replace(".", "__"))
            for column in self.columns.iterall()
            if getattr(column.column, "summed", False)
        }
        return self.data.data.order_by().aggregate(**summed)

    @property
    def total_count(self) -> int:
        return len(self.data)
