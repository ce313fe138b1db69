"""Pictures of visits."""

from django.db import models
from django.db.models import Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from monitoring.models.visits import IssueAnswer, Visit


class PhotoQuerySet(ScopedQuerySet):
    area_path = "visit__centre__village__code"

    def with_issue(self):
        return self.select_related("answer")


class Photo(models.Model):
    """A picture of a visit: re-encoded by us, without what the camera wrote into it.

    What the device knew of the camera's own file is kept beside it: when it was taken, and its SHA-256, by which
    the file left in the camera can be recognised.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos")
    answer = models.ForeignKey(
        IssueAnswer,
        models.SET_NULL,
        related_name="photos",
        verbose_name="ประกอบประเด็น",
        null=True,
        blank=True,
    )
    picture = models.FileField(upload_to="visits/%Y")
    sha256 = models.CharField(max_length=64)
    original_sha256 = models.CharField(max_length=64, blank=True)
    taken_at = models.DateTimeField("ถ่ายเมื่อ", null=True, blank=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    caption = models.CharField("คำบรรยาย", max_length=200, blank=True)
    has_consent = models.BooleanField("ผู้ที่เห็นใบหน้าในภาพยินยอมแล้ว หรือไม่มีใบหน้าในภาพ", default=False)
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "sha256"],
                name="monitoring_a_picture_is_attached_once",
                violation_error_message="แนบภาพนี้แล้ว",
            ),
            models.CheckConstraint(
                name="monitoring_faces_need_consent",
                condition=Q(has_consent=True),
                violation_error_message="ยืนยันเรื่องความยินยอมของผู้ที่เห็นใบหน้าในภาพ",
            ),
        ]

    def __str__(self):
        return self.caption or f"ภาพที่ {self.pk}"
