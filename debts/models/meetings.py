"""Meetings of a centre's committee, and what it resolved for each household."""

from django.db import models
from django.db.models import Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from debts.models.cases import Case
from funds.models import Centre, CommitteeMember


class MeetingQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def with_names(self):
        return self.select_related(
            "centre__village__parent__parent__parent", "chair", "secretary", "closed_by"
        )

    def with_counts(self):
        """Adds `item_count` and `approved_count`."""
        approved = Q(items__decision=AgendaItem.Decision.APPROVED)
        return self.annotate(
            item_count=models.Count("items"), approved_count=models.Count("items", filter=approved)
        )


class Meeting(models.Model):
    """One meeting: ครั้งที่ `sequence`/`year` (พ.ศ.) of the centre. `quorum` is how many members have to be present.

    Resolutions are made while it is open; a closed one is read-only.
    """

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="meetings", verbose_name="ศูนย์ฯ")
    year = models.PositiveSmallIntegerField("ปี พ.ศ.")
    sequence = models.PositiveIntegerField("ครั้งที่")
    held_on = models.DateField("วันที่ประชุม")
    starts_at = models.TimeField("เวลา", null=True, blank=True)
    place = models.CharField("สถานที่", max_length=160, blank=True)
    quorum = models.PositiveSmallIntegerField("องค์ประชุม (คน)")
    present = models.ManyToManyField(
        CommitteeMember, blank=True, related_name="meetings", verbose_name="ผู้มาประชุม"
    )
    guests = models.TextField("ผู้เข้าร่วมประชุม", max_length=2000, blank=True)
    chair = models.ForeignKey(
        CommitteeMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ประธานในที่ประชุม",
    )
    secretary = models.ForeignKey(
        CommitteeMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ผู้จดรายงานการประชุม",
    )
    opening = models.TextField("เรื่องที่ประธานแจ้งให้ทราบ", max_length=4000, blank=True)
    other = models.TextField("เรื่องอื่น ๆ", max_length=4000, blank=True)
    created_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField("ปิดการประชุมเมื่อ", null=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "year", "sequence"],
                name="debts_meeting_numbers_do_not_repeat",
                violation_error_message="การประชุมครั้งที่นี้มีแล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_quorum_is_at_least_one",
                condition=Q(quorum__gt=0),
                violation_error_message="องค์ประชุมต้องมีอย่างน้อย 1 คน",
            ),
            models.CheckConstraint(
                name="debts_a_closed_meeting_says_by_whom",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                violation_error_message="ระบุผู้ปิดการประชุม",
            ),
        ]

    def __str__(self):
        return f"การประชุมครั้งที่ {self.number}"

    @property
    def number(self) -> str:
        return f"{self.sequence}/{self.year}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class AgendaItemQuerySet(ScopedQuerySet):
    area_path = "meeting__centre__village__code"

    def with_names(self):
        return self.select_related("case__household__head", "case__household__village", "decided_by")


class AgendaItem(models.Model):
    """A household on the agenda and what was resolved. `terms` is the offer that was approved, as
    `debts.cases.resolution` writes it; `summary` is what the minutes say of it. Both are frozen by the decision."""

    class Decision(models.TextChoices):
        APPROVED = "approved", "เห็นชอบ"
        REFUSED = "refused", "ไม่เห็นชอบ"
        POSTPONED = "postponed", "เลื่อนการพิจารณา"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField("ลำดับ")
    decision = models.CharField("มติ", max_length=10, choices=Decision, blank=True)
    votes_for = models.PositiveSmallIntegerField("เห็นชอบ (เสียง)", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("ไม่เห็นชอบ (เสียง)", null=True, blank=True)
    abstained = models.PositiveSmallIntegerField("งดออกเสียง (เสียง)", null=True, blank=True)
    remark = models.CharField("ความเห็นของที่ประชุม", max_length=1000, blank=True)
    terms = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case"],
                name="debts_a_case_is_on_an_agenda_once",
                violation_error_message="ครัวเรือนนี้อยู่ในวาระแล้ว",
            ),
            models.CheckConstraint(
                name="debts_an_approval_says_of_what",
                condition=~Q(decision="approved") | ~Q(terms={}),
                violation_error_message="มติเห็นชอบต้องมีเงื่อนไขที่เห็นชอบ",
            ),
            models.CheckConstraint(
                name="debts_a_decision_says_by_whom",
                condition=Q(decision="", decided_by=None) | (~Q(decision="") & Q(decided_by__isnull=False)),
                violation_error_message="ระบุผู้บันทึกมติ",
            ),
        ]

    def __str__(self):
        return f"มติที่ประชุมครั้งที่ {self.meeting.number} วาระที่ 3.{self.position}"
