"""Hand-overs (ส่งมอบงาน): what a leaving officer has in hand, taken over by a successor item by item."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Officer
from areas.models import Area, ScopedQuerySet


class HandoverQuerySet(ScopedQuerySet):
    area_path = "area__code"

    def with_names(self):
        return self.select_related("area__parent__parent", "giver", "receiver", "begun_by")

    def open(self):
        return self.filter(status=Handover.Status.OPEN)


class Handover(models.Model):
    """All that `giver` has in hand in `area` on day `on`. What it lists stays as it was that day."""

    class Status(models.TextChoices):
        OPEN = "open", "รอรับมอบ"
        DONE = "done", "รับมอบครบแล้ว"
        WITHDRAWN = "withdrawn", "ยกเลิกแล้ว"

    area = models.ForeignKey(Area, models.PROTECT, related_name="handovers", verbose_name="พื้นที่")
    giver = models.ForeignKey(Officer, models.PROTECT, related_name="given_handovers", verbose_name="ผู้ส่งมอบ")
    receiver = models.ForeignKey(
        Officer, models.PROTECT, related_name="received_handovers", verbose_name="ผู้รับมอบ"
    )
    on = models.DateField("วันที่ส่งมอบ")
    reason = models.CharField("เหตุที่ส่งมอบ", max_length=200)
    status = models.CharField("สถานะ", max_length=9, choices=Status, default=Status.OPEN)
    begun_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="จัดทำโดย")
    begun_at = models.DateTimeField("จัดทำเมื่อ", auto_now_add=True)
    ended_at = models.DateTimeField("เสร็จสิ้นเมื่อ", null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reports_nobody_hands_over_to_himself",
                condition=~Q(giver=F("receiver")),
                violation_error_message="ผู้รับมอบต้องเป็นคนละคนกับผู้ส่งมอบ",
            ),
            models.UniqueConstraint(
                fields=["giver"],
                condition=Q(status="open"),
                name="reports_one_open_handover_per_giver",
                violation_error_message="เจ้าหน้าที่คนนี้มีการส่งมอบที่ยังไม่เสร็จ",
            ),
            models.CheckConstraint(
                name="reports_only_an_open_handover_has_no_end",
                condition=Q(status="open", ended_at=None) | (~Q(status="open") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"ส่งมอบงานของ{self.giver.full_name}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class HandoverItem(models.Model):
    """One thing handed over: an area with its state, or an unfinished piece of work of the giver (`key` is its
    primary key or code). It is taken over when it is `accepted`; a refusal says what is missing."""

    class Kind(models.TextChoices):
        PLACE = "place", "พื้นที่และศูนย์ฯ"
        REGISTER = "register", "ทะเบียนลูกหนี้ที่ยังไม่เสร็จ"
        VISIT = "visit", "การติดตามที่ยังไม่เสร็จ"
        GRADING = "grading", "การจัดระดับที่ยังไม่เสร็จ"
        ACTION_PLAN = "action_plan", "แผนและกิจกรรมที่ยังไม่เสร็จ"
        PLAN = "plan", "คำขอเปลี่ยนแผนที่รออนุมัติ"
        RECOMMENDATION = "recommendation", "ข้อที่ต้องดำเนินการ"

    class Answer(models.TextChoices):
        OPEN = "", "ยังไม่ตรวจรับ"
        ACCEPTED = "accepted", "รับมอบ"
        REFUSED = "refused", "ยังไม่รับมอบ"

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField("ลำดับ")
    kind = models.CharField("ประเภท", max_length=14, choices=Kind)
    key = models.CharField(max_length=20)
    about = models.CharField("รายการ", max_length=300)
    told = models.CharField("สภาพ ณ วันส่งมอบ", max_length=500)
    answer = models.CharField("ผลการตรวจรับ", max_length=8, choices=Answer, blank=True)
    remark = models.CharField("หมายเหตุ", max_length=300, blank=True)
    answered_at = models.DateTimeField("ตรวจรับเมื่อ", null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["handover", "number"], name="reports_handed_over_items_are_counted_once"
            ),
            models.CheckConstraint(
                name="reports_a_refused_item_says_why",
                condition=~Q(answer="refused") | ~Q(remark=""),
                violation_error_message="ระบุสิ่งที่ยังขาด",
            ),
        ]

    @property
    def is_accepted(self) -> bool:
        return self.answer == self.Answer.ACCEPTED
