"""What an area is asked to reach in a fiscal year."""

from django.db import models

from accounts.models import Officer
from areas.models import Area, ScopedQuerySet


class TargetQuerySet(ScopedQuerySet):
    area_path = "area__code"


class Target(models.Model):
    """Households that should join in a fiscal year (พ.ศ.), as typed for one area. An area's target is the one
    typed for it, not the sum of those below: where they differ both are shown and nothing is mended."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="targets", verbose_name="พื้นที่")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ")
    households = models.PositiveIntegerField("เป้าหมาย (ครัวเรือน)")
    set_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    set_at = models.DateTimeField("เมื่อ", auto_now=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "fiscal_year"], name="reports_one_target_per_area_and_year"
            )
        ]
