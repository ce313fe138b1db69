"""What lists of issues and scorecards share: versions that are drafts until they are approved, and fixed from then."""

from django.db import models
from django.db.models import TextChoices

from accounts.models import Officer
from funds.models import Fund


class Subject(TextChoices):
    CENTRE = "centre", "ศูนย์จัดการกองทุนชุมชน"
    SAVINGS_GROUP = Fund.Kind.SAVINGS_GROUP.value, Fund.Kind.SAVINGS_GROUP.label
    POVERTY_PROJECT = Fund.Kind.POVERTY_PROJECT.value, Fund.Kind.POVERTY_PROJECT.label


class VersionQuerySet(models.QuerySet):
    def approved(self):
        return self.exclude(approved_on=None)

    def for_user(self, user):
        """They belong to no area: every officer of one may read them."""
        return self.all() if user.area_id else self.none()


class Version(models.Model):
    """One version. `revision` counts changes of a draft, so that none is overwritten; the database itself refuses to
    change an approved one or its items (versions/frozen.py).

    `SERIES` are the columns that all versions of one thing share, `YEAR` the column of its first fiscal year, `COPIED`
    what a new version takes over of the head, `ITEM_COLUMNS` what it takes over of each item.
    """

    SERIES: tuple[str, ...]
    YEAR: str
    COPIED: tuple[str, ...]
    ITEM_COLUMNS: tuple[str, ...]

    version = models.PositiveSmallIntegerField("ฉบับที่", default=1)
    approved_on = models.DateField("ใช้ได้ตั้งแต่วันที่", null=True, blank=True)
    is_starter = models.BooleanField("แบบเริ่มต้นของระบบ", default=False)
    source = models.CharField("ที่มา", max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(Officer, models.PROTECT, null=True, editable=False, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def year(self) -> int:
        return getattr(self, self.YEAR)

    @property
    def series(self) -> dict[str, object]:
        return {column: getattr(self, column) for column in self.SERIES}
