"""What an area is asked to reach in a fiscal year, measure by measure."""

from django.db import models

from accounts.models import Officer
from areas.models import Area, ScopedQuerySet

HOUSEHOLDS = "households"  # the measure that the overview, the returns and the selection of households use


class MeasureQuerySet(models.QuerySet):
    def of_year(self, year: int):
        """Those that are asked in a fiscal year (พ.ศ.), each whole before its parts."""
        asked = models.Q(last_year=None) | models.Q(last_year__gte=year)
        return self.filter(asked, first_year__lte=year).order_by("order")


class Measure(models.Model):
    """Something that is counted and has targets, in the words of the plan that asks for it (`source`). A measure may be
    a part of a `whole`: households of centres with a budget, and of those without."""

    code = models.SlugField("รหัส", max_length=40, primary_key=True)
    name = models.CharField("ตัวชี้วัด", max_length=160)
    unit = models.CharField("หน่วยนับ", max_length=20)
    whole = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    definition = models.CharField("คำอธิบาย", max_length=400, blank=True)
    source = models.CharField("ที่มา", max_length=200)
    first_year = models.PositiveSmallIntegerField("ตั้งแต่ปีงบประมาณ")
    last_year = models.PositiveSmallIntegerField("ถึงปีงบประมาณ", null=True)
    order = models.PositiveSmallIntegerField("ลำดับ")

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["order"]

    def __str__(self):
        return self.name


class TargetQuerySet(ScopedQuerySet):
    area_path = "area__code"

    def of_households(self):
        return self.filter(measure=HOUSEHOLDS)


class Target(models.Model):
    """A number of a measure for one area and fiscal year (พ.ศ.), as typed. An area's target is the one typed for
    it, not the sum of those below, and a whole is not the sum of its parts: where they differ both are shown and
    nothing is mended. `set_by` is empty for what the plan of the department states."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="targets", verbose_name="พื้นที่")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ")
    measure = models.ForeignKey(
        Measure, models.PROTECT, related_name="targets", default=HOUSEHOLDS, verbose_name="ตัวชี้วัด"
    )
    number = models.PositiveIntegerField("เป้าหมาย")
    set_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField("เมื่อ", auto_now=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "fiscal_year", "measure"], name="reports_one_target_per_area_year_and_measure"
            )
        ]
