"""What visits ask for, and how it is going."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from monitoring.models.visits import REPORTED, Visit


class RecommendationQuerySet(ScopedQuerySet):
    area_path = "visit__centre__village__code"

    def open(self):
        return self.exclude(status=Recommendation.Status.DONE)

    def issued(self):
        """Those of visits whose report was sent."""
        return self.filter(visit__status__in=REPORTED)

    def late_first(self, *, on):
        """Adds `is_late`; the late come first, then the open, then the done, each by day."""
        late = Q(due_on__lt=on) & ~Q(status=Recommendation.Status.DONE)
        return self.annotate(
            is_late=models.Case(models.When(late, then=True), default=False),
            is_done=models.Case(models.When(status=Recommendation.Status.DONE, then=True), default=False),
        ).order_by("is_done", "-is_late", "due_on", "pk")


class Recommendation(models.Model):
    """Something a visit asks for: what, of whom, by when. `key` names the row of a form sent twice."""

    class Status(models.TextChoices):
        OPEN = "open", "ยังไม่เริ่ม"
        UNDER_WAY = "under_way", "กำลังดำเนินการ"
        DONE = "done", "แล้วเสร็จ"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="recommendations")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    what = models.CharField("เรื่อง", max_length=500)
    who = models.CharField("ผู้รับผิดชอบ", max_length=160, blank=True)
    due_on = models.DateField("กำหนดแล้วเสร็จ", null=True, blank=True)
    status = models.CharField("สถานะ", max_length=10, choices=Status, default=Status.OPEN)
    changed_at = models.DateTimeField("ปรับปรุงล่าสุด", auto_now=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "key"], name="monitoring_a_recommendation_is_made_once")
        ]

    def __str__(self):
        return self.what

    def status_on(self, day) -> str:
        """The status in words; เกินกำหนด when it should have been done by `day`."""
        is_late = self.status != self.Status.DONE and self.due_on and self.due_on < day
        return "เกินกำหนด" if is_late else self.get_status_display()


class FollowUp(models.Model):
    """One report on how a recommendation is going. Append-only."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="follow_ups")
    status = models.CharField("สถานะ", max_length=10, choices=Recommendation.Status)
    note = models.CharField("ความก้าวหน้า", max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
