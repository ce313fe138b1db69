"""Level grading: scorecards in versions, what was given on each item, and who moved a grading on."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from accounts.models import Officer
from areas.models import ScopedQuerySet
from funds.models import Centre, Fund
from monitoring.models.versions import Subject, Version, VersionQuerySet


class ScorecardQuerySet(VersionQuerySet):
    def in_force(self, *, subject: str, year: int) -> "Scorecard | None":
        """The newest approved scorecard for this kind of subject and fiscal year."""
        cards = self.approved().filter(subject=subject, from_year__lte=year)
        return cards.order_by("-from_year", "-version", "-pk").first()


class Scorecard(Version):
    """One version of what is asked of a centre or fund.

    `scale` are the words for 0, 1, 2 … points. A level begins at a percentage of the points that can be had.
    `is_starter`: ours, to begin with, and no office's official criteria.
    """

    Subject = Subject
    SERIES, YEAR = ("subject",), "from_year"
    COPIED = ("name", "subject", "scale", "level2_from", "level3_from")
    ITEM_COLUMNS = ("order", "title", "criterion", "weight", "evidence", "for_models_only")

    name = models.CharField("ชื่อแบบประเมิน", max_length=200)
    subject = models.CharField("ใช้กับ", max_length=20, choices=Subject)
    from_year = models.PositiveSmallIntegerField("ใช้ตั้งแต่ปีงบประมาณ")
    scale = models.JSONField("ความหมายของคะแนน")
    level2_from = models.PositiveSmallIntegerField("ระดับ 2 ตั้งแต่ร้อยละ")
    level3_from = models.PositiveSmallIntegerField("ระดับ 3 ตั้งแต่ร้อยละ")

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "-from_year", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "from_year", "version"], name="monitoring_versions_of_a_scorecard_differ"
            ),
            models.CheckConstraint(
                name="monitoring_levels_begin_one_above_the_other",
                condition=Q(level2_from__gt=0, level2_from__lt=models.F("level3_from"), level3_from__lte=100),
            ),
        ]

    def __str__(self):
        return f"{self.name} ฉบับที่ {self.version}"

    @property
    def most(self) -> int:
        """The points that one item can be given."""
        return len(self.scale) - 1


class ScorecardItem(models.Model):
    """One item. `evidence` names what the system can tell about it (grading/evidence.py)."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField("ข้อ")
    title = models.CharField("รายการ", max_length=300)
    criterion = models.TextField("แนวทาง")
    weight = models.PositiveSmallIntegerField("น้ำหนัก", default=1)
    evidence = models.CharField("หลักฐานจากระบบ", max_length=20, blank=True)
    for_models_only = models.BooleanField("เฉพาะศูนย์ฯ ต้นแบบ", default=False)

    class Meta:
        ordering = ["scorecard", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "order"], name="monitoring_items_of_a_scorecard_differ"
            ),
            models.CheckConstraint(name="monitoring_an_item_has_weight", condition=Q(weight__gt=0)),
        ]

    def __str__(self):
        return f"{self.order}. {self.title}"


class GradingQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def with_names(self):
        return self.select_related("centre__village__parent__parent__parent", "fund", "scorecard")

    def with_last_year(self):
        """Adds `last_level`, the certified level of the year before."""
        before = Grading.objects.filter(
            centre=OuterRef("centre"), fiscal_year=OuterRef("fiscal_year") - 1, status="certified"
        ).filter(Q(fund=OuterRef("fund")) | Q(fund=None, subject=OuterRef("subject")))
        return self.annotate(last_level=Subquery(before.values("level")[:1]))


class Grading(models.Model):
    """A centre's or fund's level of a fiscal year (พ.ศ.).

    `score` is in hundredths of a percent, `level` 1 to 3; both are None until every item is given. `evidence` is
    what the system told on the day of certifying, by item; `version` counts changes, so that none is overwritten.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "ร่าง"
        SENT = "sent", "รอจังหวัดรับรอง"
        RETURNED = "returned", "ส่งคืนแก้ไข"
        CERTIFIED = "certified", "รับรองแล้ว"

    class Level(models.IntegerChoices):
        ONE = 1, "ระดับ 1"
        TWO = 2, "ระดับ 2"
        THREE = 3, "ระดับ 3"

    EDITABLE = (Status.DRAFT, Status.RETURNED)

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="gradings", verbose_name="ศูนย์ฯ")
    fund = models.ForeignKey(Fund, models.PROTECT, null=True, related_name="gradings", verbose_name="กองทุน")
    subject = models.CharField("ประเภท", max_length=20, choices=Scorecard.Subject)
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ")
    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="gradings")
    status = models.CharField("สถานะ", max_length=10, choices=Status, default=Status.DRAFT)
    score = models.PositiveSmallIntegerField("คะแนน (ร้อยละ)", null=True)
    level = models.PositiveSmallIntegerField("ระดับ", choices=Level, null=True)
    note = models.TextField("หมายเหตุ", blank=True)
    evidence = models.JSONField("หลักฐาน ณ วันรับรอง", null=True)
    version = models.PositiveIntegerField(default=1)
    makers = models.ManyToManyField(Officer, related_name="+", verbose_name="ผู้ประเมิน")
    begun_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="ผู้เริ่มประเมิน")

    objects = GradingQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "centre__village__sort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "fiscal_year"],
                condition=Q(fund=None),
                name="monitoring_a_centre_is_graded_once_a_year",
                violation_error_message="ศูนย์ฯ นี้มีการประเมินของปีนี้แล้ว",
            ),
            models.UniqueConstraint(
                fields=["fund", "fiscal_year"],
                name="monitoring_a_fund_is_graded_once_a_year",
                violation_error_message="กองทุนนี้มีการประเมินของปีนี้แล้ว",
            ),
            models.CheckConstraint(
                name="monitoring_only_centres_are_graded_without_a_fund",
                condition=Q(subject="centre", fund=None) | (~Q(subject="centre") & Q(fund__isnull=False)),
            ),
            models.CheckConstraint(
                name="monitoring_a_level_has_its_score",
                condition=Q(score=None, level=None) | Q(score__lte=10000, level__gte=1, level__lte=3),
            ),
            models.CheckConstraint(
                name="monitoring_a_certified_grading_is_whole",
                condition=~Q(status="certified") | Q(level__isnull=False, evidence__isnull=False),
            ),
        ]

    def __str__(self):
        return f"การจัดระดับ {self.name} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def name(self) -> str:
        """Of what is graded."""
        return self.fund.name if self.fund else self.centre.short_name

    @property
    def percent(self) -> str:
        """87.50, or nothing while items are open."""
        return "" if self.score is None else f"{self.score // 100}.{self.score % 100:02}"

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE


class GradedItem(models.Model):
    """What one item was given: points of the scale, or that it does not apply; None and False while open."""

    grading = models.ForeignKey(Grading, models.CASCADE, related_name="items")
    item = models.ForeignKey(ScorecardItem, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField("คะแนน", null=True)
    is_left_out = models.BooleanField("ไม่เกี่ยวข้อง", default=False)
    remark = models.TextField("หลักฐาน/เหตุผล", blank=True)

    class Meta:
        ordering = ["grading", "item__order"]
        constraints = [
            models.UniqueConstraint(fields=["grading", "item"], name="monitoring_an_item_is_given_once"),
            models.CheckConstraint(
                name="monitoring_what_is_left_out_has_no_points",
                condition=Q(is_left_out=False) | Q(points=None),
            ),
        ]

    @property
    def is_done(self) -> bool:
        return self.is_left_out or self.points is not None

    @property
    def in_words(self) -> str:
        if self.is_left_out:
            return "ไม่เกี่ยวข้อง"
        return (
            "ยังไม่ได้ประเมิน"
            if self.points is None
            else f"{self.points} {self.item.scorecard.scale[self.points]}"
        )


class GradingMove(models.Model):
    """Who moved a grading from one status to the next, when and why. Append-only."""

    grading = models.ForeignKey(Grading, models.PROTECT, related_name="moves")
    old = models.CharField("จาก", max_length=10, choices=Grading.Status, blank=True)
    new = models.CharField("เป็น", max_length=10, choices=Grading.Status)
    reason = models.CharField("เหตุผล", max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_a_returned_grading_says_why",
                condition=~Q(new="returned") | ~Q(reason=""),
                violation_error_message="ระบุเหตุผลที่ส่งคืน",
            )
        ]
