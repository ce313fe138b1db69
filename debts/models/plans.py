"""Changes of plan on a signed contract: what was asked, who decided, and the versions of the schedule."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config.money import MoneyField
from debts.models.debts import Contract, Entry
from funds.models import LAWFUL_RATE, LendingRule
from households.models import Person

NOTHING = Decimal("0.00")


class PlanChangeQuerySet(ScopedQuerySet):
    area_path = "contract__household__village__code"

    def waiting(self):
        return self.filter(status=PlanChange.Status.PROPOSED)

    def applied(self):
        """Changes that are in force: applied and not undone."""
        return self.filter(status=PlanChange.Status.APPLIED)

    def with_names(self):
        return self.select_related(
            "contract__household__village",
            "contract__lender",
            "contract__debt__borrower",
            "proposed_by",
            "heir",
        )


class PlanChange(models.Model):
    """One change asked for on a contract. Amounts in baht, the rate in percent a year.

    The columns that the kind does not ask for are empty. `before` and `after` are what the contract's debt said of
    itself around the change (borrower, rate, due day); `newest_entry` is the last entry of the ledger before it, and
    `accrued_from` the day up to which interest was posted, for taking the change back.
    """

    class Kind(models.TextChoices):
        RESCHEDULE = "reschedule", "ยืดหรือจัดงวดชำระใหม่"
        RATE = "rate", "เปลี่ยนอัตราดอกเบี้ย"
        GRACE = "grace", "พักชำระ"
        WAIVE = "waive", "ยกเว้นหนี้บางส่วน"
        WRITE_OFF = "write_off", "ตัดหนี้สูญ"
        TAKEOVER = "takeover", "ลูกหนี้ถึงแก่กรรม เปลี่ยนผู้รับผิดชอบหนี้"
        DEFAULT = "default", "ผิดนัด เลิกสัญญา"

    class Status(models.TextChoices):
        PROPOSED = "proposed", "รอพิจารณา"
        APPLIED = "applied", "อนุมัติแล้ว"
        REFUSED = "refused", "ไม่อนุมัติ"
        WITHDRAWN = "withdrawn", "ถอนข้อเสนอ"
        UNDONE = "undone", "เลิกทำแล้ว"

    class HeirIs(models.TextChoices):
        HEIR = "heir", "ทายาท"
        GUARANTOR = "guarantor", "ผู้ค้ำประกัน"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="plan_changes", verbose_name="สัญญา")
    kind = models.CharField("เรื่อง", max_length=10, choices=Kind)
    status = models.CharField("สถานะ", max_length=10, choices=Status, default=Status.PROPOSED)
    sequence = models.PositiveIntegerField(default=0)

    periods = models.PositiveSmallIntegerField("จำนวนงวดใหม่", null=True, blank=True)
    months_per_period = models.PositiveSmallIntegerField("ระยะงวด (เดือน)", null=True, blank=True)
    first_due_on = models.DateField("วันชำระงวดแรกของแผนใหม่", null=True, blank=True)
    rate_percent = models.DecimalField(
        "ดอกเบี้ยใหม่ (ร้อยละต่อปี)", max_digits=6, decimal_places=4, null=True, blank=True
    )
    principal_grace = models.PositiveSmallIntegerField("พักชำระเงินต้น (งวด)", default=0)
    full_grace = models.PositiveSmallIntegerField("พักชำระหนี้ทั้งหมด (งวด)", default=0)
    waived_principal = MoneyField("ลดเงินต้น (บาท)", default=NOTHING)
    waived_interest = MoneyField("ยกเว้นดอกเบี้ย (บาท)", default=NOTHING)
    waived_apart = MoneyField("ยกเว้นดอกเบี้ยที่แยกไว้ (บาท)", default=NOTHING)
    waived_penalty = MoneyField("ยกเว้นค่าปรับ (บาท)", default=NOTHING)
    heir = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="takeovers", verbose_name="ผู้รับผิดชอบหนี้แทน"
    )
    heir_is = models.CharField("รับผิดชอบในฐานะ", max_length=10, choices=HeirIs, blank=True)
    died_on = models.DateField("วันที่ลูกหนี้ถึงแก่กรรม", null=True, blank=True)
    consent = models.CharField("หลักฐานความยินยอม", max_length=200, blank=True)

    reason = models.CharField("เหตุผล", max_length=500)
    resolution = models.CharField("มติคณะกรรมการ", max_length=200)
    relieved = MoneyField("ยกเว้นหรือตัดหนี้สูญ (บาท)", default=NOTHING)
    needed = models.PositiveSmallIntegerField("จำนวนผู้อนุมัติ", default=1)
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    proposed_on = models.DateField("วันที่เสนอ")
    proposed_at = models.DateTimeField(auto_now_add=True)

    applied_on = models.DateField("มีผลเมื่อ", null=True)
    undone_on = models.DateField("เลิกทำเมื่อ", null=True)
    accrued_from = models.DateField(null=True)
    newest_entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = PlanChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(status="proposed"),
                name="debts_one_waiting_plan_change_per_contract",
                violation_error_message="สัญญานี้มีข้อเสนอที่รอพิจารณาอยู่แล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_plan_change_says_why",
                condition=~Q(reason="") & ~Q(resolution=""),
                violation_error_message="ระบุเหตุผลและมติคณะกรรมการ",
            ),
            models.CheckConstraint(
                name="debts_a_new_rate_within_the_law",
                condition=Q(rate_percent=None) | Q(rate_percent__range=(0, LAWFUL_RATE)),
                violation_error_message="อัตราดอกเบี้ยต้องไม่เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)",
            ),
            models.CheckConstraint(
                name="debts_nothing_negative_is_waived",
                condition=Q(
                    waived_principal__gte=0,
                    waived_interest__gte=0,
                    waived_apart__gte=0,
                    waived_penalty__gte=0,
                ),
                violation_error_message="จำนวนเงินต้องไม่ติดลบ",
            ),
            models.CheckConstraint(
                name="debts_whoever_takes_a_debt_over_agreed",
                condition=(Q(kind="takeover", heir__isnull=False, died_on__isnull=False))
                & ~Q(consent="")
                & ~Q(heir_is="")
                | ~Q(kind="takeover") & Q(heir=None),
                violation_error_message="ระบุผู้รับผิดชอบหนี้แทน วันที่ถึงแก่กรรม และหลักฐานความยินยอม",
            ),
            models.CheckConstraint(
                name="debts_a_plan_change_has_its_days",
                condition=Q(status="applied", applied_on__isnull=False, undone_on=None)
                | Q(status="undone", applied_on__isnull=False, undone_on__gte=F("applied_on"))
                | Q(status__in=("proposed", "refused", "withdrawn"), applied_on=None, undone_on=None),
                violation_error_message="ระบุวันที่",
            ),
            models.CheckConstraint(
                name="debts_a_plan_change_needs_an_approval",
                condition=Q(needed__range=(1, 5)),
                violation_error_message="ระบุจำนวนผู้อนุมัติ 1 ถึง 5 คน",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.contract}"

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.PROPOSED

    @property
    def waived(self) -> dict[str, object]:
        """Baht to be waived, by part of the debt."""
        return {
            "principal": self.waived_principal,
            "interest": self.waived_interest,
            "apart": self.waived_apart,
            "penalty": self.waived_penalty,
        }


class PlanApproval(models.Model):
    """One officer's consent to a change. The maker's key is repeated, so that the database can refuse it."""

    change = models.ForeignKey(PlanChange, models.PROTECT, related_name="approvals")
    maker = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    on = models.DateField("วันที่")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "by"],
                name="debts_nobody_approves_twice",
                violation_error_message="ท่านอนุมัติรายการนี้แล้ว",
            ),
            models.CheckConstraint(
                name="debts_the_maker_does_not_approve",
                condition=~Q(by=F("maker")),
                violation_error_message="ท่านเป็นผู้เสนอรายการนี้ ต้องให้ผู้อื่นอนุมัติ",
            ),
        ]


class PlanMove(models.Model):
    """Who moved a change from one status to the next, on which day, and why. Append-only."""

    change = models.ForeignKey(PlanChange, models.PROTECT, related_name="moves")
    old = models.CharField("จาก", max_length=10, choices=PlanChange.Status, blank=True)
    new = models.CharField("เป็น", max_length=10, choices=PlanChange.Status)
    on = models.DateField("วันที่")
    reason = models.CharField("เหตุผล", max_length=500, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="debts_a_plan_refused_or_undone_says_why",
                condition=~Q(new__in=("refused", "undone")) | ~Q(reason=""),
                violation_error_message="ระบุเหตุผล",
            )
        ]


class ScheduleVersion(models.Model):
    """The terms of a contract from day `starts_on` on, in the words of `Contract`: what is owed on that day bears
    interest or is kept apart. `covered_before` is what payments and waivers had covered of the plan before, in baht.

    `first_days` is the length of a first period that is not a whole one; `agreed_day` the day of the month that
    shorter months do not have. In force until the next version, or until it is undone.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="versions")
    change = models.OneToOneField(PlanChange, models.PROTECT, related_name="version")
    number = models.PositiveSmallIntegerField("แผนที่")
    starts_on = models.DateField("ใช้ตั้งแต่วันที่")
    undone_on = models.DateField("เลิกใช้เมื่อ", null=True)
    covered_before = MoneyField(default=0)
    bears_interest = MoneyField("เงินต้นที่คิดดอกเบี้ย (บาท)")
    kept_apart = MoneyField("ดอกเบี้ยที่แยกไว้ ไม่คิดดอกเบี้ย (บาท)")
    rate_percent = models.DecimalField("ดอกเบี้ย (ร้อยละต่อปี)", max_digits=6, decimal_places=4)
    method = models.CharField("วิธีคิดดอกเบี้ย", max_length=20, choices=LendingRule.Method)
    day_count = models.CharField("การนับเวลา", max_length=20, choices=LendingRule.DayCount)
    periods = models.PositiveSmallIntegerField("จำนวนงวด")
    months_per_period = models.PositiveSmallIntegerField("เดือนต่องวด")
    first_due_on = models.DateField("วันชำระงวดแรก")
    first_days = models.PositiveSmallIntegerField(null=True)
    agreed_day = models.PositiveSmallIntegerField(null=True)
    principal_grace = models.PositiveSmallIntegerField("พักชำระเงินต้น (งวด)", default=0)
    full_grace = models.PositiveSmallIntegerField("พักชำระหนี้ (งวด)", default=0)
    round_up_to = models.PositiveSmallIntegerField("ปัดค่างวดขึ้นเป็นหลัก (บาท)", null=True)

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="debts_versions_of_a_schedule_are_numbered_once",
                violation_error_message="แผนที่นี้มีในสัญญาแล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_version_rates_within_the_law",
                condition=Q(rate_percent__range=(0, LAWFUL_RATE)),
                violation_error_message="อัตราดอกเบี้ยต้องไม่เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)",
            ),
            models.CheckConstraint(
                name="debts_a_version_has_something_to_pay",
                condition=Q(bears_interest__gte=0, kept_apart__gte=0, covered_before__gte=0)
                & (Q(bears_interest__gt=0) | Q(kept_apart__gt=0)),
                violation_error_message="แผนใหม่ต้องมียอดที่ต้องชำระ",
            ),
            models.CheckConstraint(
                name="debts_a_version_has_1_to_120_periods",
                condition=Q(periods__range=(1, 120)),
                violation_error_message="ระบุจำนวนงวดระหว่าง 1 ถึง 120",
            ),
            models.CheckConstraint(
                name="debts_a_version_begins_before_it_is_due",
                condition=Q(first_due_on__gte=F("starts_on"))
                & (Q(undone_on=None) | Q(undone_on__gte=F("starts_on"))),
                violation_error_message="วันชำระงวดแรกต้องไม่ก่อนวันที่แผนใหม่มีผล",
            ),
        ]

    def __str__(self):
        return f"แผนที่ {self.number}"
