"""The rules a committee classifies debtors by, what was decided about one debt, and the history of classes."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from debts.classes import CHOICES, DebtorClass, Limits
from debts.models.debts import Debt
from funds.models import Centre


class ClassRuleSetQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def in_force(self, *, on):
        """Sets that had taken effect by day `on`, the newest first."""
        return self.filter(effective_on__lte=on).order_by("-effective_on")


class ClassRuleSet(models.Model):
    """One version of a centre's rules, in days late; in force until the next one takes effect."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="class_rules", verbose_name="ศูนย์ฯ")
    effective_on = models.DateField("มีผลตั้งแต่วันที่")
    resolution = models.CharField("มติคณะกรรมการ", max_length=200)
    watched_to = models.PositiveSmallIntegerField("เฝ้าระวัง เกินกำหนดไม่เกิน (วัน)", default=30)
    overdue_to = models.PositiveSmallIntegerField("ค้างชำระ เกินกำหนดไม่เกิน (วัน)", default=90)
    defaulted_to = models.PositiveSmallIntegerField("ผิดนัด เกินกำหนดไม่เกิน (วัน)", default=365)
    due_soon = models.PositiveSmallIntegerField("แจ้งว่าใกล้ครบกำหนดล่วงหน้า (วัน)", default=15)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = ClassRuleSetQuerySet.as_manager()

    class Meta:
        ordering = ["centre", "-effective_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "effective_on"],
                name="debts_one_class_rule_set_per_day",
                violation_error_message="ศูนย์ฯ นี้มีหลักเกณฑ์ที่มีผลในวันนี้แล้ว",
            ),
            models.CheckConstraint(
                name="debts_class_limits_grow",
                condition=Q(
                    watched_to__gt=0, overdue_to__gt=F("watched_to"), defaulted_to__gt=F("overdue_to")
                ),
                violation_error_message="จำนวนวันต้องมากขึ้นตามลำดับ เฝ้าระวัง ค้างชำระ ผิดนัด",
            ),
            models.CheckConstraint(
                name="debts_class_rules_name_their_resolution",
                condition=~Q(resolution=""),
                violation_error_message="ระบุมติคณะกรรมการ",
            ),
        ]

    @property
    def limits(self) -> Limits:
        return Limits(self.watched_to, self.overdue_to, self.defaulted_to, self.due_soon)


class DebtClassQuerySet(ScopedQuerySet):
    area_path = "debt__household__village__code"

    def manual(self):
        return self.filter(is_manual=True)


class DebtClass(models.Model):
    """A debt's class from day `on`, written once and only when it changed. Append-only.

    A manual one holds until `until_on`, or until another is decided; an empty value returns to the rules.
    """

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="classes")
    value = models.CharField("ประเภทลูกหนี้", max_length=1, choices=CHOICES, blank=True)
    on = models.DateField("ตั้งแต่วันที่")
    days_late = models.PositiveIntegerField("เกินกำหนด (วัน)", null=True)
    rules = models.ForeignKey(ClassRuleSet, models.PROTECT, null=True, related_name="+")
    is_manual = models.BooleanField(default=False)
    until_on = models.DateField("ถึงวันที่", null=True, blank=True)
    reason = models.CharField("เหตุผล", max_length=300, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = DebtClassQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["debt", "-on", "-id"], name="debts_classes_by_debt_and_day")]
        constraints = [
            models.CheckConstraint(
                name="debts_a_manual_class_says_who_and_why",
                condition=Q(is_manual=False) | (Q(by__isnull=False) & ~Q(reason="")),
                violation_error_message="ระบุเหตุผล",
            ),
            models.CheckConstraint(
                name="debts_only_a_decision_returns_to_the_rules",
                condition=~Q(value="") | Q(is_manual=True),
                violation_error_message="กลับไปใช้หลักเกณฑ์ได้ด้วยการกำหนดเท่านั้น",
            ),
            models.CheckConstraint(
                name="debts_a_manual_class_ends_after_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=F("on")),
                violation_error_message="วันสิ้นสุดต้องไม่ก่อนวันเริ่ม",
            ),
        ]

    @property
    def label(self) -> str:
        return DebtorClass(self.value).label if self.value else "กลับไปใช้หลักเกณฑ์"


class ForbearanceQuerySet(ScopedQuerySet):
    area_path = "debt__household__village__code"

    def valid(self, *, on):
        ended = Q(ended_on=None) | Q(ended_on__gt=on)
        return self.filter(ended, from_on__lte=on, until_on__gte=on)


class Forbearance(models.Model):
    """ผ่อนผัน: the committee waits with a late debt until a day. The last day counts; `ended_on` does not."""

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="forbearances")
    from_on = models.DateField("ผ่อนผันตั้งแต่วันที่")
    until_on = models.DateField("ถึงวันที่")
    resolution = models.CharField("มติคณะกรรมการ", max_length=200)
    reason = models.CharField("เหตุผล", max_length=300)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField("เลิกก่อนกำหนดเมื่อ", null=True, blank=True)

    objects = ForbearanceQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="debts_forbearance_ends_after_it_begins",
                condition=Q(until_on__gte=F("from_on")),
                violation_error_message="วันสิ้นสุดต้องไม่ก่อนวันเริ่ม",
            ),
            models.CheckConstraint(
                name="debts_forbearance_is_resolved_and_explained",
                condition=~Q(resolution="") & ~Q(reason=""),
                violation_error_message="ระบุมติและเหตุผล",
            ),
        ]
