"""Columns of our lists: amounts right-aligned and summed over the whole filtered set, days in พ.ศ."""

from functools import cached_property

import django_tables2 as tables
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from accounts.audit import ACTIONS, SHOWN_IN_FULL
from accounts.models import AuditEvent, Job, Officer
from accounts.totals import Totals, totals_of
from config import thai
from config.money import total
from config.thai_sql import dictionary_order

# What a reader hears where the eye sees a dash.
NOTHING = mark_safe('<span aria-hidden="true">–</span><span class="visually-hidden">ไม่มีข้อมูล</span>')
RIGHT = {"th": {"class": "num"}, "td": {"class": "num"}}


class SummedColumn(tables.Column):
    """A number. `summed` adds the total of all filtered rows to the foot."""

    attrs = RIGHT

    def __init__(self, *args, summed=False, **options):
        self.summed = summed
        super().__init__(*args, footer=self._total if summed else None, **options)

    def value(self, value):
        return value

    def _total(self, bound_column, table):
        return self.render(table.sums[bound_column.name]) if table.totals.whole else "…"


class MoneyColumn(SummedColumn):
    """Baht with two decimals."""

    def render(self, value):
        return thai.money(value)

    def sum(self, path):
        return total(path)


class CountColumn(SummedColumn):
    """A whole number."""

    def render(self, value):
        return thai.count(value)

    def sum(self, path):
        return Coalesce(Sum(path), 0)


class ThaiColumn(tables.Column):
    """Names of people, places and funds: ordered as in the Thai dictionary by the texts at `sorted_by`."""

    def __init__(self, *args, sorted_by, **options):
        self.sorted_by = sorted_by
        super().__init__(*args, **options)

    def order(self, rows, is_descending):
        names = [dictionary_order(path) for path in self.sorted_by]
        if is_descending:
            return rows.order_by(*(name.desc() for name in names), "-pk"), True
        return rows.order_by(*names, "pk"), True


class DayColumn(tables.Column):
    """A day, written 15 มี.ค. 2562; a real date in spreadsheets, beside it as it is written."""

    attrs = {"td": {"class": "nowrap"}}
    written = staticmethod(thai.short_date)

    def render(self, value):
        return thai.short_date(value)

    def value(self, value):
        return value


class MomentColumn(tables.Column):
    """An instant in Bangkok: 15 มี.ค. 2562 เวลา 14.05 น.; a real date in spreadsheets, beside it as written."""

    attrs = {"td": {"class": "nowrap"}}
    written = staticmethod(thai.moment)

    def render(self, value):
        return thai.moment(timezone.localtime(value))

    def value(self, value):
        return timezone.localtime(value).replace(tzinfo=None)


def tag(colour: str, words: str):
    """A status tag: ok, warn, error, wait, info, brand or neutral."""
    return format_html('<span class="tag tag-{}">{}</span>', colour, words)


class AreaColumn(tables.Column):
    """A place with its kind, in the order of the Thai alphabet. Select the parents of it beforehand."""

    def __init__(self, *args, **options):
        if options.get("accessor"):
            options.setdefault("order_by", f"{options['accessor']}__sort")
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
        return tag(self.tags.get(stored, "neutral"), value)

    def value(self, value):
        return value


class OfficerTable(tables.Table):
    """A list of the house: a dash where nothing is known, and totals from one query, which gives up above
    `counted_at_most` rows."""

    counted_at_most: int | None = None
    as_cards = False
    """Whether its rows are cards on a phone, however many columns it has; those of at most five always are."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"default": NOTHING, **options})

    @cached_property
    def totals(self) -> Totals:
        return totals_of(self.data.data, self._sums(), at_most=self.counted_at_most)

    @property
    def sums(self) -> dict:
        """Totals (baht, counts) of the summed columns over all rows the filter found."""
        return self.totals.sums

    @property
    def columns_before_sums(self) -> int:
        """How many columns the words at the foot may take up."""
        return next(place for place, column in enumerate(self.columns) if _is_summed(column))

    def _sums(self) -> dict:
        summed = [column for column in self.columns.iterall() if _is_summed(column)]
        return {each.name: each.column.sum(each.accessor.replace(".", "__")) for each in summed}


def _is_summed(column) -> bool:
    return getattr(column.column, "summed", False)


class OfficersTable(OfficerTable):
    full_name = ThaiColumn(
        "ชื่อ–สกุล",
        sorted_by=("first_name", "last_name"),
        linkify=("accounts:officer", {"officer_pk": tables.A("pk")}),
    )
    area = AreaColumn(accessor="area", verbose_name="พื้นที่รับผิดชอบ")
    is_active = tables.Column("สถานะ")

    class Meta:
        model = Officer
        fields = ["full_name", "username", "role", "area", "is_active"]

    def render_is_active(self, value):
        return tag("ok", "ใช้งานได้") if value else tag("neutral", "ยกเลิกสิทธิ์แล้ว")

    def value_is_active(self, value):
        return "ใช้งานได้" if value else "ยกเลิกสิทธิ์แล้ว"


class AuditTable(OfficerTable):
    at = MomentColumn("เมื่อ")
    officer = ThaiColumn(
        "โดย",
        accessor="officer__full_name",
        sorted_by=("officer__first_name", "officer__last_name"),
        default="ยังไม่ได้เข้าสู่ระบบ",
    )
    action = tables.Column("การกระทำ")
    target = tables.Column("กับ")
    detail = tables.Column("รายละเอียด", orderable=False)
    address = tables.Column("จากเครื่อง")

    class Meta:
        model = AuditEvent
        fields = ["at", "officer", "action", "target", "detail", "address"]

    def render_action(self, value):
        return ACTIONS.get(value, value)

    def render_detail(self, value, record):
        """Administrators see no case: what was done to one stays in the record."""
        if record.action not in SHOWN_IN_FULL:
            return "เก็บไว้เพื่อการตรวจสอบ"
        return ", ".join(f"{name}: {what}" for name, what in value.items())

    value_action, value_detail = render_action, render_detail


class JobTable(OfficerTable):
    title = tables.Column(linkify=("accounts:job", {"job_pk": tables.A("pk")}))
    state = TagColumn(tags=Job.TAGS)
    progress = tables.Column("ความก้าวหน้า", empty_values=(), orderable=False)
    message = tables.Column(orderable=False)
    asked_by = tables.Column(order_by="asked_by__first_name")
    created_at = MomentColumn()
    finished_at = MomentColumn()

    class Meta:
        model = Job
        fields = ["title", "state", "progress", "message", "asked_by", "created_at", "finished_at"]
        order_by = "-created_at"

    def render_progress(self, record):
        return f"{thai.count(record.done)} จาก {thai.count(record.total)}" if record.total else NOTHING

    def value_progress(self, record):
        return f"{record.done}/{record.total}" if record.total else ""
