"""What visits ask for, how it is going, and the proof that it was done."""

import uuid

from django.db import models
from django.db.models import F, Q

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

    def late(self, *, on):
        return self.open().filter(due_on__lt=on)

    def late_first(self, *, on):
        """Adds `is_late`; the late come first, then the open, then the done, each by day."""
        late = Q(due_on__lt=on) & ~Q(status=Recommendation.Status.DONE)
        return self.annotate(
            is_late=models.Case(models.When(late, then=True), default=False),
            is_done=models.Case(models.When(status=Recommendation.Status.DONE, then=True), default=False),
        ).order_by("is_done", "-is_late", "due_on", "pk")

    def to_verify(self, *, by: Officer):
        """Those whose proof waits, and on which this officer did not work himself."""
        own = FollowUp.objects.filter(by=by, status__in=FollowUp.WORK)
        return self.issued().filter(status=Recommendation.Status.CLAIMED).exclude(follow_ups__in=own)


class Recommendation(models.Model):
    """Something a visit asks for: what, of whom, by when. `key` names the row of a form sent twice.

    Who says that it is done shows proof (`claimed_by`), and somebody else verifies it (`verified_by`).
    """

    class Status(models.TextChoices):
        OPEN = "open", "ยังไม่เริ่ม"
        UNDER_WAY = "under_way", "กำลังดำเนินการ"
        CLAIMED = "claimed", "แจ้งว่าเสร็จ รอตรวจหลักฐาน"
        RETURNED = "returned", "ส่งคืน หลักฐานยังไม่พอ"
        DONE = "done", "แล้วเสร็จ"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="recommendations")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    what = models.CharField("เรื่อง", max_length=500)
    who = models.CharField("ผู้รับผิดชอบ", max_length=160, blank=True)
    due_on = models.DateField("กำหนดแล้วเสร็จ", null=True, blank=True)
    status = models.CharField("สถานะ", max_length=10, choices=Status, default=Status.OPEN)
    claimed_by = models.ForeignKey(Officer, models.PROTECT, null=True, editable=False, related_name="+")
    verified_by = models.ForeignKey(Officer, models.PROTECT, null=True, editable=False, related_name="+")
    changed_at = models.DateTimeField("ปรับปรุงล่าสุด", auto_now=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "key"], name="monitoring_a_recommendation_is_made_once"),
            models.CheckConstraint(
                name="monitoring_what_is_done_was_verified_by_another",
                condition=(~Q(status="done") & Q(verified_by=None))
                | (
                    Q(status="done", claimed_by__isnull=False, verified_by__isnull=False)
                    & ~Q(verified_by=F("claimed_by"))
                ),
                violation_error_message="ต้องให้ผู้อื่นตรวจหลักฐาน",
            ),
            models.CheckConstraint(
                name="monitoring_a_claim_has_its_officer",
                condition=~Q(status="claimed") | Q(claimed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.what

    def status_on(self, day) -> str:
        """The status in words; เกินกำหนด when it should have been done by `day`."""
        is_late = self.status != self.Status.DONE and self.due_on and self.due_on < day
        return "เกินกำหนด" if is_late else self.get_status_display()


class FollowUpQuerySet(ScopedQuerySet):
    area_path = "recommendation__visit__centre__village__code"


class FollowUp(models.Model):
    """One report on how a recommendation is going, with its proof, or the answer to one. Append-only."""

    WORK = (Recommendation.Status.OPEN, Recommendation.Status.UNDER_WAY, Recommendation.Status.CLAIMED)

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="follow_ups")
    status = models.CharField("สถานะ", max_length=10, choices=Recommendation.Status)
    note = models.CharField("ความก้าวหน้า", max_length=500, blank=True)
    proof = models.FileField("หลักฐาน", upload_to="proofs/%Y", blank=True)
    is_pdf = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="monitoring_a_claim_shows_proof",
                condition=~Q(status="claimed") | ~Q(note="") | ~Q(proof=""),
                violation_error_message="แนบหลักฐานหรือเขียนผลที่ทำ",
            ),
            models.CheckConstraint(
                name="monitoring_a_returned_proof_says_why",
                condition=~Q(status="returned") | ~Q(note=""),
                violation_error_message="ระบุเหตุผลที่ส่งคืน",
            ),
        ]
