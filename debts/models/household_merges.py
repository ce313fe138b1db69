"""Households written down twice and merged into one, with what is needed to take it back."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from households.models import Household


class HouseholdMergeQuerySet(ScopedQuerySet):
    area_path = "kept__village__code"

    def standing(self):
        """Merges that were not taken back."""
        return self.filter(undone_on=None)

    def with_names(self):
        return self.select_related("kept__head", "kept__village", "emptied__head", "by", "undone_by")


class HouseholdMerge(models.Model):
    """`emptied` was found to be `kept`, and all it had went there. `changes` lists each value that changed,
    before and after; `exchanged` the pairs of people whose sealed national IDs changed places."""

    kept = models.ForeignKey(Household, models.PROTECT, related_name="merges", verbose_name="ครัวเรือนที่เก็บไว้")
    emptied = models.ForeignKey(
        Household, models.PROTECT, related_name="merges_away", verbose_name="ครัวเรือนที่รวมเข้ามา"
    )
    on = models.DateField("วันที่รวม")
    reason = models.CharField("เหตุผล", max_length=300)
    changes = models.JSONField(default=list)
    exchanged = models.JSONField(default=list)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_on = models.DateField("วันที่เลิกรวม", null=True)
    undone_reason = models.CharField("เหตุผลที่เลิกรวม", max_length=300, blank=True)
    undone_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = HouseholdMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["emptied"],
                condition=Q(undone_on=None),
                name="debts_a_household_is_merged_once",
                violation_error_message="ครัวเรือนนี้รวมเข้ากับครัวเรือนอื่นแล้ว",
            ),
            models.CheckConstraint(
                name="debts_two_households_are_merged",
                condition=~Q(kept=F("emptied")),
                violation_error_message="เลือกสองครัวเรือน",
            ),
            models.CheckConstraint(
                name="debts_an_undone_merge_says_why",
                condition=Q(undone_on=None, undone_by=None, undone_reason="")
                | (Q(undone_on__isnull=False, undone_by__isnull=False) & ~Q(undone_reason="")),
                violation_error_message="ระบุเหตุผล",
            ),
        ]

    def __str__(self):
        return f"{self.emptied} รวมเข้ากับ {self.kept}"

    def moved(self, kind: str, field: str) -> list[int]:
        """Keys of the rows of that kind whose `field` the merge changed."""
        return [change["pk"] for change in self.changes if (change["kind"], change["field"]) == (kind, field)]
