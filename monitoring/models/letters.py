"""Letters that announce a visit, and the emblem an office puts on its papers."""

from django.db import models
from django.db.models import Q

from accounts.models import Officer
from areas.models import Area, ScopedQuerySet
from debts.models import ClauseText
from monitoring.models.visits import Visit


class LetterQuerySet(ScopedQuerySet):
    area_path = "visit__centre__village__code"

    def of_office(self, user):
        """Letters of the officer's office and of those below it, which that officer may change."""
        return (
            self.for_user(user).filter(office__code__startswith=user.area.prefix)
            if user.area_id
            else self.none()
        )


class Letter(models.Model):
    """A letter or memo about one visit: a draft until it is issued, which gives it the next number of its office
    in that Buddhist year and freezes what stands in the places of its text (`values`, `holding`)."""

    class Kind(models.TextChoices):
        LETTER = ClauseText.Kind.VISIT_LETTER.value, "หนังสือภายนอก"
        MEMO = ClauseText.Kind.VISIT_MEMO.value, "บันทึกข้อความ"

    class Urgency(models.TextChoices):
        USUAL = "", "ปกติ"
        URGENT = "ด่วน", "ด่วน"
        MORE = "ด่วนมาก", "ด่วนมาก"
        MOST = "ด่วนที่สุด", "ด่วนที่สุด"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="letters")
    office = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="หน่วยงาน")
    kind = models.CharField("ชนิด", max_length=16, choices=Kind)
    text = models.ForeignKey(ClauseText, models.PROTECT, related_name="+", verbose_name="ข้อความ")
    urgency = models.CharField("ชั้นความเร็ว", max_length=12, choices=Urgency, blank=True)
    book = models.CharField("รหัสหนังสือ", max_length=40)
    agency = models.CharField("ส่วนราชการ", max_length=160)
    address = models.CharField("ที่อยู่", max_length=300, blank=True)
    written_on = models.DateField("ลงวันที่", null=True, blank=True)
    subject = models.CharField("เรื่อง", max_length=300)
    to = models.CharField("เรียน", max_length=200)
    reference = models.CharField("อ้างถึง", max_length=300, blank=True)
    enclosures = models.TextField("สิ่งที่ส่งมาด้วย", max_length=1000, blank=True)
    signer = models.CharField("ผู้ลงนาม", max_length=160, blank=True)
    signer_position = models.CharField("ตำแหน่งผู้ลงนาม", max_length=160, blank=True)
    acting_for = models.CharField("ปฏิบัติราชการแทน", max_length=160, blank=True)
    contact = models.TextField("หน่วยเจ้าของเรื่อง", max_length=500, blank=True)
    copies = models.TextField("สำเนาส่ง", max_length=1000, blank=True)
    slogan = models.CharField("คำขวัญท้ายกระดาษ", max_length=200, blank=True)
    sequence = models.PositiveIntegerField("ลำดับที่", null=True, editable=False)
    year = models.PositiveSmallIntegerField("ปี พ.ศ.", null=True, editable=False)
    values = models.JSONField(null=True, editable=False)
    holding = models.JSONField(null=True, editable=False)
    written_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", editable=False)
    issued_at = models.DateTimeField(null=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["visit", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "sequence"],
                name="monitoring_letters_of_an_office_are_numbered",
                violation_error_message="เลขที่หนังสือนี้ใช้แล้ว",
            ),
            models.CheckConstraint(
                name="monitoring_an_issued_letter_is_whole",
                condition=Q(sequence=None, year=None, issued_by=None, issued_at=None)
                | Q(
                    sequence__isnull=False,
                    year__isnull=False,
                    issued_by__isnull=False,
                    issued_at__isnull=False,
                    written_on__isnull=False,
                    values__isnull=False,
                ),
                violation_error_message="หนังสือที่ออกแล้วต้องมีเลขที่ วันที่ และข้อความ",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number or 'ฉบับร่าง'}"

    @property
    def is_draft(self) -> bool:
        return self.sequence is None

    @property
    def number(self) -> str:
        """บร 0018/12; empty for a draft."""
        return f"{self.book}/{self.sequence}" if self.sequence else ""


class EmblemQuerySet(ScopedQuerySet):
    area_path = "office__code"


class Emblem(models.Model):
    """The picture an office puts at the head of its letters; the system brings none along."""

    office = models.OneToOneField(Area, models.CASCADE, related_name="emblem")
    picture = models.FileField(upload_to="emblems/%Y")
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = EmblemQuerySet.as_manager()
