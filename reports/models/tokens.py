"""Keys of other systems: what a program of an office shows to read figures."""

from django.db import models
from django.db.models import Q

from accounts.models import Officer
from areas.models import Area, ScopedQuerySet


class ApiTokenQuerySet(ScopedQuerySet):
    area_path = "area__code"

    def valid(self, *, on):
        return self.filter(revoked_at=None, expires_on__gte=on)

    def with_names(self):
        return self.select_related("area", "made_by", "revoked_by")


class ApiToken(models.Model):
    """One program of one office: it reads the named collections (reports/api/collections.py) of `area` and below, and
    nothing else. The secret is shown once and kept as a hash; `hint` is its beginning, to tell it from others. A row
    with an area is all that `for_user` asks of a reader."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="พื้นที่")
    name = models.CharField("ระบบที่ใช้", max_length=120)
    collections = models.JSONField("ข้อมูลที่อ่านได้", default=list)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField("ขึ้นต้นด้วย", max_length=12, editable=False)
    expires_on = models.DateField("ใช้ได้ถึงวันที่")
    made_at = models.DateTimeField("ออกเมื่อ", auto_now_add=True)
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="ออกโดย")
    used_at = models.DateTimeField("ใช้ล่าสุดเมื่อ", null=True)
    revoked_at = models.DateTimeField("ยกเลิกเมื่อ", null=True)
    revoked_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_a_revoked_token_says_by_whom",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message="ระบุผู้ยกเลิก",
            )
        ]

    def __str__(self):
        return f"กุญแจของ{self.name}"

    def status_on(self, day) -> str:
        if self.revoked_at:
            return "ยกเลิกแล้ว"
        return "ใช้ได้" if self.expires_on >= day else "หมดอายุ"
