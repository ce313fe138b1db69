"""Registers of debtors as they are kept: typed line by line, sent, checked, certified, replaced by the next one."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config import thai
from config.money import MoneyField, baht
from debts.models.debts import Debt, RegisterFile
from funds.models import Centre


class RegisterQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def with_names(self):
        return self.select_related("centre__village__parent__parent__parent", "created_by")

    def with_totals(self):
        """Adds `line_count`, `household_count` and `outstanding` (baht) of the lines that say anything."""
        lines = RegisterLine.objects.filled().filter(register=models.OuterRef("pk")).order_by()
        lines = lines.values("register")
        owed = models.Sum(F("principal") + F("interest") + F("penalty"), output_field=MoneyField())
        households = models.Count("house_key", filter=Q(house_key__gt=""), distinct=True)
        return self.annotate(
            line_count=Coalesce(models.Subquery(lines.values(found=models.Count("pk"))), 0),
            household_count=Coalesce(models.Subquery(lines.values(found=households)), 0),
            outstanding=Coalesce(models.Subquery(lines.values(found=owed)), baht(0)),
        )

    def standing(self):
        """Registers that take the place of their day: neither replaced nor put aside."""
        return self.exclude(status__in=Register.GONE)


class Register(models.Model):
    """What the member funds of a centre are owed on one day, in baht, as the paper says it.

    `sequence` grows with every change of the register or of its lines. `control_total` (baht) and
    `control_rows` are what the paper itself adds up to. `makers` are all who typed it, sent it or took it back.
    `check_begun_at` is when the first remark was written since it was sent.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "ร่าง"
        SENT = "sent", "รออำเภอตรวจ"
        RETURNED = "returned", "ส่งคืนแก้ไข"
        CORRECTED = "corrected", "แก้ไขแล้ว รอตรวจ"
        CERTIFIED = "certified", "รับรองแล้ว"
        SUPERSEDED = "superseded", "ใช้ทะเบียนใหม่แทนแล้ว"
        DISCARDED = "discarded", "ยกเลิกร่างแล้ว"

    class Start(models.TextChoices):
        EMPTY = "empty", "ว่าง"
        COPIED = "copied", "คัดลอกจากยอดในระบบ"
        FILE = "file", "ไฟล์ Excel"

    EDITABLE = (Status.DRAFT, Status.RETURNED)
    WAITING = (Status.SENT, Status.CORRECTED)
    GONE = (Status.SUPERSEDED, Status.DISCARDED)

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="registers", verbose_name="ศูนย์ฯ")
    as_of_on = models.DateField("ข้อมูล ณ วันที่")
    status = models.CharField("สถานะ", max_length=10, choices=Status, default=Status.DRAFT)
    start = models.CharField("เริ่มจาก", max_length=6, choices=Start, default=Start.EMPTY)
    source = models.ForeignKey(
        RegisterFile, models.PROTECT, null=True, related_name="registers", verbose_name="จากไฟล์"
    )
    control_total = MoneyField("ยอดรวมในเอกสาร (บาท)", null=True, blank=True)
    control_rows = models.PositiveIntegerField("จำนวนแถวในเอกสาร", null=True, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    makers = models.ManyToManyField(Officer, related_name="+")
    created_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="ผู้บันทึก")
    created_at = models.DateTimeField("สร้างเมื่อ", auto_now_add=True)
    sent_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name="ผู้ส่ง")
    sent_at = models.DateTimeField("ส่งเมื่อ", null=True)
    check_begun_at = models.DateTimeField("เริ่มตรวจเมื่อ", null=True)
    certified_by = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="+", verbose_name="ผู้รับรอง"
    )
    certified_at = models.DateTimeField("รับรองเมื่อ", null=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "as_of_on"],
                condition=~Q(status__in=("superseded", "discarded")),
                name="debts_one_register_a_day",
                violation_error_message="มีทะเบียน ณ วันที่นี้ของศูนย์ฯ นี้แล้ว เปิดทะเบียนเดิมหรือเลือกวันที่อื่น",
            ),
            models.UniqueConstraint(
                fields=["centre"],
                condition=Q(status="certified"),
                name="debts_one_certified_register_a_centre",
                violation_error_message="ศูนย์ฯ นี้มีทะเบียนที่รับรองแล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_certified_register_says_by_whom",
                condition=~Q(status__in=("certified", "superseded"))
                | Q(certified_by__isnull=False, certified_at__isnull=False),
                violation_error_message="ทะเบียนที่รับรองแล้วต้องมีผู้รับรอง",
            ),
            models.CheckConstraint(
                name="debts_a_register_is_not_certified_by_its_sender",
                condition=Q(certified_by=None) | ~Q(certified_by=F("sent_by")),
                violation_error_message="ท่านเป็นผู้จัดทำรายการนี้ ต้องให้ผู้อื่นรับรอง",
            ),
        ]

    def __str__(self):
        return f"ทะเบียนลูกหนี้ {self.centre.short_name}"

    @property
    def of_day(self) -> str:
        """ณ วันที่ 15 มี.ค. 2562 (รับรองแล้ว)."""
        return f"ณ วันที่ {thai.short_date(self.as_of_on)} ({self.get_status_display()})"

    @property
    def status_line(self) -> str:
        """สถานะ: รับรองแล้ว โดยนางสาวดาว ส่องแสง เมื่อ 15 มี.ค. 2562."""
        status = f"สถานะ: {self.get_status_display()}"
        if not self.certified_by:
            return status
        by = "โดย" if self.status == self.Status.CERTIFIED else "รับรองโดย"
        day = thai.short_date(timezone.localdate(self.certified_at))
        return f"{status} {by}{self.certified_by.full_name} เมื่อ {day}"

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    @property
    def is_waiting(self) -> bool:
        """Sent, and not decided yet."""
        return self.status in self.WAITING


class RegisterMove(models.Model):
    """Who moved a register from one status to the next, when and why. Append-only."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="moves")
    old = models.CharField("จาก", max_length=10, choices=Register.Status, blank=True)
    new = models.CharField("เป็น", max_length=10, choices=Register.Status)
    reason = models.CharField("เหตุผล", max_length=1000, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="debts_a_returned_register_says_why",
                condition=~Q(new="returned") | ~Q(reason=""),
                violation_error_message="ระบุเหตุผลที่ส่งคืน",
            )
        ]

    @property
    def is_taking_back(self) -> bool:
        return self.old in Register.WAITING and self.new == Register.Status.DRAFT

    @property
    def what(self) -> str:
        """What was done, in words."""
        return "ดึงกลับมาแก้ไข" if self.is_taking_back else self.get_new_display()


class RegisterLineQuerySet(ScopedQuerySet):
    area_path = "register__centre__village__code"

    def kept(self):
        """Lines that were not deleted."""
        return self.filter(deleted_at=None)

    def filled(self):
        """Those of them that say anything."""
        return self.kept().exclude(values={})


class RegisterLine(models.Model):
    """One debt of a register: `values` is the text of each column as typed, by the column's name.

    `key` is made by the browser, so that a line sent twice is kept once; `version` grows with every change and
    `page` is the open page it came from. What was read from the text is kept beside it: amounts in baht,
    `house_key` (the same for the same household), and how many errors and warnings there are.
    """

    register = models.ForeignKey(Register, models.CASCADE, related_name="lines")
    key = models.UUIDField()
    position = models.BigIntegerField("ลำดับ")
    version = models.PositiveIntegerField(default=1)
    values = models.JSONField(default=dict)
    debt = models.ForeignKey(Debt, models.PROTECT, null=True, related_name="register_lines")
    remark = models.CharField("ข้อสังเกตของผู้ตรวจ", max_length=500, blank=True)
    deleted_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    page = models.UUIDField(null=True)
    sequence = models.PositiveBigIntegerField()
    house_key = models.CharField(max_length=220, blank=True)
    principal = MoneyField("เงินต้นคงเหลือ (บาท)", default=0)
    interest = MoneyField("ดอกเบี้ยค้างชำระ (บาท)", default=0)
    penalty = MoneyField("ค่าปรับ (บาท)", default=0)
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)

    objects = RegisterLineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["register", "position"], name="debts_lines_in_order"),
            models.Index(fields=["register", "sequence"], name="debts_lines_by_change"),
            models.Index(fields=["register", "house_key"], name="debts_lines_by_house"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "key"],
                name="debts_a_line_is_kept_once",
                violation_error_message="แถวนี้บันทึกแล้ว",
            ),
            models.CheckConstraint(
                name="debts_line_amounts_are_not_negative",
                condition=Q(principal__gte=0, interest__gte=0, penalty__gte=0),
                violation_error_message="จำนวนเงินต้องไม่ติดลบ",
            ),
        ]

    @property
    def owed(self):
        return self.principal + self.interest + self.penalty


class RegisterEditor(models.Model):
    """The line an officer is typing in, and since when: others keep off it for a minute."""

    register = models.ForeignKey(Register, models.CASCADE, related_name="editors")
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="+")
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["register", "officer"],
                name="debts_an_officer_types_in_one_line",
                violation_error_message="ท่านกำลังแก้ไขแถวอื่นอยู่",
            )
        ]
