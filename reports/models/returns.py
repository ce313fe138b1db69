"""Returns up the chain (รายงานผล): district → province → department, for a period of a fiscal year.

What was sent is a `ReturnVersion`: its text, with the figures and the list behind them, is never changed again,
and its hash proves that. Moves, remarks and ticks are only added to, too.
"""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Officer
from areas.models import Area, Level, ScopedQuerySet
from config import thai

MONTHS_OF = {"month": 1, "quarter": 3}


class Period(models.Model):
    """A month (1 is October) or a quarter of a fiscal year (พ.ศ.), and by when districts and provinces send."""

    class Kind(models.TextChoices):
        MONTH = "month", "รายเดือน"
        QUARTER = "quarter", "รายไตรมาส"

    fiscal_year = models.PositiveSmallIntegerField(
        "ปีงบประมาณ", validators=[MinValueValidator(2500), MaxValueValidator(2700)]
    )
    kind = models.CharField("รอบ", max_length=7, choices=Kind)
    number = models.PositiveSmallIntegerField("ลำดับ")
    district_due_on = models.DateField("อำเภอส่งภายใน")
    province_due_on = models.DateField("จังหวัดส่งภายใน")
    set_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("เมื่อ", auto_now=True)

    class Meta:
        ordering = ["fiscal_year", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "kind", "number"],
                name="reports_a_period_is_set_once",
                violation_error_message="กำหนดรอบนี้ไว้แล้ว",
            ),
            models.CheckConstraint(
                name="reports_a_period_lies_in_its_year",
                condition=Q(kind="month", number__range=(1, 12)) | Q(kind="quarter", number__range=(1, 4)),
                violation_error_message="ปีงบประมาณมี 12 เดือน และ 4 ไตรมาส",
            ),
            models.CheckConstraint(
                name="reports_districts_send_before_provinces",
                condition=Q(province_due_on__gte=F("district_due_on")),
                violation_error_message="กำหนดส่งของจังหวัดต้องไม่ก่อนของอำเภอ",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def starts_on(self) -> date:
        return _month_later(
            thai.fiscal_year_start(self.fiscal_year), (self.number - 1) * MONTHS_OF[self.kind]
        )

    @property
    def ends_on(self) -> date:
        return _month_later(self.starts_on, MONTHS_OF[self.kind]) - timedelta(days=1)

    @property
    def label(self) -> str:
        """เดือนตุลาคม 2565, or ไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2566."""
        if self.kind == self.Kind.MONTH:
            return f"เดือน{thai.long_month(self.starts_on)}"
        return f"ไตรมาสที่ {self.number} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    def due_on(self, level: str) -> date | None:
        """By when an area of that level sends; the department sends to nobody."""
        return {Level.DISTRICT: self.district_due_on, Level.PROVINCE: self.province_due_on}.get(level)


def _month_later(day: date, months: int) -> date:
    """The first of the month so many months after the month of `day`."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


class AreaReturnQuerySet(ScopedQuerySet):
    area_path = "area__code"

    def with_names(self):
        return self.select_related("area__parent__parent__parent", "period")

    def waiting(self):
        """Sent, and neither accepted nor given back."""
        return self.filter(status=AreaReturn.Status.SENT)


class AreaReturn(models.Model):
    """The return of one district, province or the country for one period. What it says is in its versions."""

    class Status(models.TextChoices):
        DRAFT = "draft", "ร่าง"
        SENT = "sent", "ส่งแล้ว"
        RETURNED = "returned", "ส่งคืนแก้ไข"
        ACCEPTED = "accepted", "รับรองแล้ว"

    area = models.ForeignKey(Area, models.PROTECT, related_name="returns", verbose_name="พื้นที่")
    period = models.ForeignKey(Period, models.PROTECT, related_name="returns", verbose_name="รอบ")
    status = models.CharField("สถานะ", max_length=8, choices=Status, default=Status.DRAFT)
    newest = models.OneToOneField("ReturnVersion", models.PROTECT, null=True, related_name="+")

    objects = AreaReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "period"],
                name="reports_one_return_per_area_and_period",
                violation_error_message="มีรายงานของรอบนี้แล้ว",
            ),
            models.CheckConstraint(
                name="reports_only_a_draft_was_never_sent",
                condition=Q(status="draft", newest=None) | (~Q(status="draft") & Q(newest__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"รายงานผล {self.area.label} {self.period.label}"

    @property
    def is_editable(self) -> bool:
        """Whether its makers have it in hand."""
        return self.status in (self.Status.DRAFT, self.Status.RETURNED)

    @property
    def is_compiled(self) -> bool:
        """Whether it is the sum of the returns of the areas below."""
        return self.area.level != Level.DISTRICT


class ReturnVersionQuerySet(ScopedQuerySet):
    area_path = "sheet__area__code"


class ReturnVersion(models.Model):
    """A return as it was sent once: `text` as reports/returns/content.py writes it, `sha256` of its UTF-8 bytes,
    the day `on` of its figures, and the deadline of that moment. Append-only."""

    sheet = models.ForeignKey(AreaReturn, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("ฉบับที่")
    on = models.DateField("ข้อมูล ณ วันที่")
    due_on = models.DateField("กำหนดส่ง", null=True)
    note = models.CharField("คำชี้แจง", max_length=1000, blank=True)
    text = models.TextField()
    sha256 = models.CharField("รหัสตรวจสอบ", max_length=64)
    sent_at = models.DateTimeField("ส่งเมื่อ", auto_now_add=True)
    sent_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    objects = ReturnVersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="reports_versions_are_counted_once")
        ]

    @property
    def is_late(self) -> bool:
        """Whether the return was first sent after the deadline of that moment. What is corrected and sent anew is
        as late or as timely as the first version: the deadline asks for a report, not for its last correction."""
        first = self if self.number == 1 else self.sheet.versions.defer("text").get(number=1)
        return first.due_on is not None and timezone.localdate(first.sent_at) > first.due_on


class ReturnMove(models.Model):
    """Who moved a return from one status to the next, when and why. Append-only."""

    sheet = models.ForeignKey(AreaReturn, models.PROTECT, related_name="moves")
    version = models.ForeignKey(ReturnVersion, models.PROTECT, null=True, related_name="moves")
    old = models.CharField("จาก", max_length=8, choices=AreaReturn.Status, blank=True)
    new = models.CharField("เป็น", max_length=8, choices=AreaReturn.Status)
    reason = models.CharField("เหตุผล", max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_a_return_given_back_says_why",
                condition=~Q(new="returned") | ~Q(reason=""),
                violation_error_message="ระบุเหตุผลที่ส่งคืน",
            )
        ]


class ReturnRemark(models.Model):
    """Why one line of a return (the place of that code) has to be corrected. Append-only."""

    move = models.ForeignKey(ReturnMove, models.PROTECT, related_name="remarks")
    place = models.CharField("พื้นที่", max_length=8)
    text = models.CharField("เหตุผล", max_length=500)


class ReturnTick(models.Model):
    """That a version was brought into another system, on which day and by whom; `is_done` false takes it back.
    The newest counts. Append-only."""

    class System(models.TextChoices):
        BPM = "bpm", "คีย์ BPM แล้ว"
        BIG_DATA = "big_data", "ปรับปรุง Big DATA แล้ว"

    version = models.ForeignKey(ReturnVersion, models.PROTECT, related_name="ticks")
    system = models.CharField("ระบบ", max_length=8, choices=System)
    is_done = models.BooleanField()
    on = models.DateField("วันที่")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
