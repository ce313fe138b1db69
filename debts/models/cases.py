"""Cases: a household's way from selection to the end of its debts, and every step it took."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config.money import MoneyField, baht, total
from funds.models import Centre
from households.models import Household


class CaseQuerySet(ScopedQuerySet):
    area_path = "household__village__code"

    def open(self):
        return self.filter(closed_on=None)

    def counted(self):
        """Cases that count: not those of a household that was merged into another."""
        return self.filter(household__merged_into=None)

    def with_names(self):
        return self.select_related("household__head", "household__village", "centre__village")

    def with_owed(self):
        """Adds `owed`, the baht the household owes the member funds of its centre today (what was written off is
        owed still), and `moved_on`, the day the case came to its stage."""
        mine = Q(debts__fund__centre=OuterRef("centre"), debts__fund__closed_on=None)
        houses = Household._base_manager.filter(pk=OuterRef("household")).order_by().values("pk")
        owed = total("debts__outstanding", filter=mine) + total("debts__written_off", filter=mine)
        sums = houses.annotate(sum=owed).values("sum")
        moves = CaseMove.objects.filter(case=OuterRef("pk")).order_by("-pk").values("on")
        return self.annotate(
            owed=Coalesce(Subquery(sums), baht(0), output_field=MoneyField()), moved_on=Subquery(moves[:1])
        )

    def reduced(self):
        """Of cases `with_owed`: the household owes less than on the day of selection, but something."""
        return self.filter(owed__gt=0, owed__lt=F("baseline"))

    def cleared(self):
        """Of cases `with_owed`: the household owes nothing."""
        return self.filter(owed=0)


class Case(models.Model):
    """A household selected for restructuring in a fiscal year (พ.ศ.). The baseline, in baht, is what it owed
    the member funds on the day of selection; it changes only when two households turn out to be one.

    `stage` repeats the newest move (domain.md §1.4). What the ledger tells (old debts closed, repaying, reduced,
    cleared) is no stage: it is derived.
    """

    class Stage(models.TextChoices):
        SELECTED = "selected", "ครัวเรือนเป้าหมาย"
        NEGOTIATING = "negotiating", "อยู่ระหว่างเจรจา"
        RESOLVED = "resolved", "คณะกรรมการมีมติแล้ว"
        CONTRACTED = "contracted", "ทำสัญญาแล้ว"
        REVIEW = "review", "ทบทวนแผน"
        FINISHED = "finished", "เสร็จสิ้น"
        INELIGIBLE = "ineligible", "ไม่เข้าเกณฑ์"
        WITHDRAWN = "withdrawn", "ถอนตัว"
        FAILED = "failed", "เจรจาไม่สำเร็จ"

    EXITS = (Stage.INELIGIBLE, Stage.WITHDRAWN, Stage.FAILED)
    ENDS = (Stage.FINISHED, *EXITS)

    household = models.ForeignKey(Household, models.PROTECT, related_name="cases", verbose_name="ครัวเรือน")
    centre = models.ForeignKey(Centre, models.PROTECT, related_name="cases", verbose_name="ศูนย์ฯ")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ")
    stage = models.CharField("ขั้นตอน", max_length=12, choices=Stage, default=Stage.SELECTED)
    opened_on = models.DateField("วันที่คัดเลือก")
    opened_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    baseline = MoneyField("หนี้ ณ วันคัดเลือก (บาท)")
    closed_on = models.DateField("ออกจากกระบวนการเมื่อ", null=True, blank=True)
    closed_reason = models.CharField("เหตุผล", max_length=300, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "fiscal_year"],
                name="debts_a_household_counts_once_a_year",
                violation_error_message="ครัวเรือนนี้เข้ากระบวนการในปีงบประมาณนี้แล้ว",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(closed_on=None),
                name="debts_one_open_case_per_household",
                violation_error_message="ครัวเรือนนี้อยู่ในกระบวนการแล้ว",
            ),
            models.CheckConstraint(
                name="debts_baseline_is_positive",
                condition=Q(baseline__gt=0),
                violation_error_message="ครัวเรือนที่คัดเลือกต้องมีหนี้",
            ),
            models.CheckConstraint(
                name="debts_a_case_that_ended_is_closed",
                condition=~Q(stage__in=("finished", "ineligible", "withdrawn", "failed"))
                | Q(closed_on__isnull=False),
                violation_error_message="รายการที่ออกจากกระบวนการต้องระบุวันที่",
            ),
        ]

    def __str__(self):
        return f"{self.household} ปีงบประมาณ {self.fiscal_year}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class CaseMove(models.Model):
    """Who moved a case from one stage to the next, on which day, and why. Append-only."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="moves")
    old = models.CharField("จาก", max_length=12, choices=Case.Stage, blank=True)
    new = models.CharField("เป็น", max_length=12, choices=Case.Stage)
    on = models.DateField("วันที่")
    reason = models.CharField("เหตุผล", max_length=300, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="debts_leaving_the_process_says_why",
                condition=~Q(new__in=("ineligible", "withdrawn", "failed", "review")) | ~Q(reason=""),
                violation_error_message="ระบุเหตุผล",
            )
        ]
