"""Papers of a household, kept as pictures or PDF."""

from django.db import models

from accounts.models import Officer
from areas.models import ScopedQuerySet
from households.models.households import Household


class DocumentQuerySet(ScopedQuerySet):
    area_path = "household__village__code"


class Document(models.Model):
    """One paper of a household: a scan or a photo, known by its content (`sha256`)."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", "สัญญาเดิมหรือสมุดกู้"
        SIGNED = "signed", "สัญญาที่ลงนามแล้ว"
        CONSENT = "consent", "หนังสือยินยอม"
        IDENTITY = "identity", "เอกสารแสดงตน"
        PLAN = "plan", "แผนการชำระหนี้หรือบัญชีครัวเรือน"
        OTHER = "other", "อื่น ๆ"

    household = models.ForeignKey(Household, models.PROTECT, related_name="documents", verbose_name="ครัวเรือน")
    kind = models.CharField("ชนิดเอกสาร", max_length=10, choices=Kind)
    name = models.CharField("ชื่อเอกสาร", max_length=120, blank=True)
    content = models.FileField(upload_to="documents/%Y")
    is_pdf = models.BooleanField(default=False)
    size = models.PositiveIntegerField("ขนาด (ไบต์)")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("เพิ่มเมื่อ", auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "sha256"],
                name="households_a_document_is_kept_once",
                violation_error_message="แนบเอกสารนี้แล้ว",
            )
        ]

    def __str__(self):
        return self.name or self.get_kind_display()
