"""What officers said of the columns of sheets, so that the next file with the same head is not asked about."""

from django.db import models

from accounts.models import Officer
from areas.models import ScopedQuerySet
from funds.models import Centre


class ColumnMappingQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"


class ColumnMapping(models.Model):
    """Which column is what in a centre's sheets with one head, told by its `signature`.

    `columns` are our keys in the order of the sheet, "" where a column is not read; none at all when the sheet is
    no register. The head ends `head_shift` rows below the one the system finds, and is `head_lines` high.
    """

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="column_mappings")
    signature = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    head_shift = models.SmallIntegerField(default=0)
    head_lines = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "signature"],
                name="debts_one_mapping_per_head",
                violation_error_message="มีการจับคู่คอลัมน์ของหัวตารางนี้แล้ว",
            )
        ]
