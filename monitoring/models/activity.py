"""Field activity besides visits: trainings, occupations and their revolving money, study visits, awards, model
households."""

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config import thai
from config.money import MoneyField, baht, total
from funds.models import Centre
from households.models import Household


class ActivityQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def standing(self):
        """Those that were not taken out."""
        return self.filter(withdrawn_at=None)

    def in_fiscal_year(self, year: int):
        return self.filter(held_on__range=(thai.fiscal_year_start(year), thai.fiscal_year_end(year)))

    def with_place(self):
        return self.select_related("centre__village__parent__parent__parent")

    def with_sums(self):
        """Adds `household_count`, and the baht `given`, `returned` and `outstanding` of its revolving money."""
        shares = TakingPart.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
        return self.annotate(
            household_count=Coalesce(Subquery(shares.annotate(number=Count("pk")).values("number")), 0),
            given=_money_of(GroupMoney.Kind.GIVEN),
            returned=_money_of(GroupMoney.Kind.RETURNED),
        ).annotate(outstanding=models.ExpressionWrapper(F("given") - F("returned"), MoneyField()))


def _money_of(kind: str) -> Coalesce:
    entries = GroupMoney.objects.filter(activity=OuterRef("pk"), kind=kind).order_by().values("activity")
    return Coalesce(
        Subquery(entries.annotate(sum=total("amount")).values("sum")), baht(0), output_field=MoneyField()
    )


class Activity(models.Model):
    """Something held at a centre on a day. `budget` is the revolving money an occupation began with, in baht.

    One that was typed by mistake is taken out with a reason, and counts nowhere.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", "การฝึกอบรม"
        OCCUPATION = "occupation", "กิจกรรมอาชีพและเงินทุนคืนกลุ่ม"
        STUDY_VISIT = "study_visit", "การศึกษาดูงาน"
        AWARD = "award", "รางวัล"

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="activities", verbose_name="ศูนย์ฯ")
    kind = models.CharField("ประเภท", max_length=12, choices=Kind)
    held_on = models.DateField("วันที่")
    title = models.CharField("เรื่อง", max_length=200)
    leader = models.CharField("วิทยากร", max_length=200, blank=True)
    place = models.CharField("สถานที่", max_length=200, blank=True)
    topics = models.TextField("หัวข้อ", blank=True)
    people = models.PositiveSmallIntegerField("ผู้เข้าร่วมทั้งหมด (คน)", null=True, blank=True)
    budget = MoneyField("เงินทุนตั้งต้น (บาท)", null=True, blank=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", editable=False)
    withdrawn_reason = models.CharField("เหตุผลที่นำออก", max_length=300, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "kind", "held_on", "title"],
                condition=Q(withdrawn_at=None),
                name="monitoring_an_activity_is_recorded_once",
                violation_error_message="บันทึกเรื่องนี้ของวันนี้แล้ว เปิดรายการเดิม",
            ),
            models.CheckConstraint(
                name="monitoring_only_an_occupation_has_a_budget",
                condition=Q(budget=None) | Q(kind="occupation", budget__gt=0),
                violation_error_message="เงินทุนตั้งต้นต้องมากกว่า 0 บาท",
            ),
            models.CheckConstraint(
                name="monitoring_an_activity_taken_out_says_why",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.title} {thai.short_date(self.held_on)}"

    @property
    def has_money(self) -> bool:
        return self.kind == self.Kind.OCCUPATION


class TakingPartQuerySet(ScopedQuerySet):
    area_path = "activity__centre__village__code"

    def standing(self):
        """Of activities that count, and households that were not taken back with their import."""
        return self.filter(activity__withdrawn_at=None, household__withdrawn_at=None)

    def of_household(self, household: Household):
        """Its own, and those of households that were merged into it."""
        return self.filter(Q(household=household) | Q(household__merged_into=household))


class TakingPart(models.Model):
    """A household was there."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="taking_part")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+", verbose_name="ครัวเรือน")
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    objects = TakingPartQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "household__house_sort", "household__pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "household"], name="monitoring_a_household_takes_part_once"
            )
        ]


class GroupMoneyQuerySet(ScopedQuerySet):
    area_path = "activity__centre__village__code"

    def with_names(self):
        return self.select_related("household__head", "by", "reverses", "reversal")


class GroupMoney(models.Model):
    """One movement of an occupation's revolving money, in baht. Append-only: a reversal repeats it below zero.

    `household` is None when the group as a whole had it. Goods carry the value they were bought for, and `note`
    says by which quotation or receipt (Civil and Commercial Code s.656).
    """

    class Kind(models.TextChoices):
        GIVEN = "given", "ให้ไปประกอบอาชีพ"
        RETURNED = "returned", "คืนกลุ่ม"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="money")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ครัวเรือน"
    )
    kind = models.CharField("รายการ", max_length=8, choices=Kind)
    amount = MoneyField("จำนวนเงิน (บาท)")
    on = models.DateField("วันที่")
    is_goods = models.BooleanField("เป็นวัสดุอุปกรณ์", default=False)
    note = models.CharField("หมายเหตุ", max_length=300, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    key = models.UUIDField(unique=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = GroupMoneyQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_only_a_reversal_is_below_zero",
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
            ),
            models.CheckConstraint(
                name="monitoring_goods_and_reversals_say_why",
                condition=Q(is_goods=False, reverses=None) | ~Q(note=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {thai.money(self.amount)} บาท {thai.short_date(self.on)}"

    @property
    def is_reversed(self) -> bool:
        return getattr(self, "reversal", None) is not None


class ModelHouseholdQuerySet(ScopedQuerySet):
    area_path = "household__village__code"

    def on(self, day):
        """Those that were model households on that day."""
        return self.filter(named_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def of_household(self, household: Household):
        return self.filter(Q(household=household) | Q(household__merged_into=household))

    def with_names(self):
        return self.select_related(
            "household__head", "household__village__parent__parent", "named_by", "ended_by"
        )


class ModelHousehold(models.Model):
    """A household that others learn from, since when and why, until it ends."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="+", verbose_name="ครัวเรือน")
    named_on = models.DateField("เป็นครัวเรือนต้นแบบตั้งแต่วันที่")
    why = models.CharField("เหตุผลที่เป็นต้นแบบ", max_length=500)
    named_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    ended_on = models.DateField("สิ้นสุดวันที่", null=True)
    ended_reason = models.CharField("เหตุผลที่สิ้นสุด", max_length=300, blank=True)
    ended_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = ModelHouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["-named_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(ended_on=None),
                name="monitoring_a_household_is_a_model_once",
                violation_error_message="ครัวเรือนนี้เป็นครัวเรือนต้นแบบอยู่แล้ว",
            ),
            models.CheckConstraint(
                name="monitoring_a_model_household_ends_with_a_reason",
                condition=Q(ended_on=None, ended_by=None, ended_reason="")
                | (Q(ended_on__gte=F("named_on"), ended_by__isnull=False) & ~Q(ended_reason="")),
            ),
        ]

    def __str__(self):
        return f"ครัวเรือนต้นแบบ {self.household}"
