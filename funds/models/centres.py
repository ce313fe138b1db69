"""Community fund management centres, their committees, member funds and the funds' lending rules."""

from itertools import permutations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from areas.models import Area, Level, ScopedQuerySet
from config.money import MoneyField, total

LAWFUL_RATE = 15  # percent a year, Civil and Commercial Code s.654
# What a payment pays first, unless the fund says otherwise (money.md, Payments).
PAID_PARTS = {"penalty": "ค่าปรับ", "apart": "ดอกเบี้ยที่แยกไว้", "interest": "ดอกเบี้ย", "principal": "เงินต้น"}
PAYMENT_ORDERS = [
    (",".join(order), " → ".join(PAID_PARTS[part] for part in order)) for order in permutations(PAID_PARTS)
]
USUAL_PAYMENT_ORDER = ",".join(PAID_PARTS)


class CentreQuerySet(ScopedQuerySet):
    area_path = "village__code"

    def with_place(self):
        return self.select_related("village__parent__parent__parent")

    def with_funds(self):
        """Adds `fund_count`, the member funds of today, and `capital`, the baht of those that count."""
        members = models.Q(funds__closed_on=None)
        return self.annotate(
            fund_count=models.Count("funds", filter=members),
            capital=total("funds__capital", filter=members & models.Q(funds__counts_in_capital=True)),
        )


class Centre(models.Model):
    """ศูนย์จัดการกองทุนชุมชน: links the money groups of one village. Years are Buddhist."""

    class Kind(models.TextChoices):
        NEW = "new", "จัดตั้งใหม่"
        EXISTING = "existing", "ขยายผล"
        MODEL = "model", "ต้นแบบ"

    class Reading(models.TextChoices):
        """How s.655 is read when overdue interest is merged (money.md)."""

        STRICT = "strict", "เฉพาะดอกเบี้ยส่วนที่ค้างเกิน 1 ปี"
        LENIENT = "lenient", "ดอกเบี้ยทั้งหมดของหนี้ที่ค้างเกิน 1 ปี"

    village = models.OneToOneField(
        Area,
        models.PROTECT,
        related_name="centre",
        verbose_name="หมู่บ้าน",
        limit_choices_to={"level": Level.VILLAGE},
        error_messages={"unique": "หมู่บ้านนี้มีศูนย์ฯ แล้ว เปิดศูนย์ฯ เดิมหรือเลือกหมู่บ้านอื่น"},
    )
    founded_year = models.PositiveSmallIntegerField("ปีที่จัดตั้ง (พ.ศ.)", null=True, blank=True)
    budget_year = models.PositiveSmallIntegerField("ปีงบประมาณที่ได้รับงบ", null=True, blank=True)
    kind = models.CharField("ประเภทศูนย์ฯ", max_length=10, choices=Kind, default=Kind.NEW)
    opened_on = models.DateField("วันที่เปิดศูนย์ฯ", null=True, blank=True)
    interest_reading = models.CharField(
        "ดอกเบี้ยที่รวมเป็นเงินต้นได้ (มาตรา 655)", max_length=8, choices=Reading, default=Reading.STRICT
    )
    two_approve_above = MoneyField("ยกเว้นหรือตัดหนี้สูญเกินจำนวนนี้ ต้องอนุมัติ 2 คน (บาท)", default=100000)

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ["village__sort", "pk"]
        constraints = [
            models.CheckConstraint(
                name="funds_centre_years_are_buddhist",
                condition=(models.Q(founded_year=None) | models.Q(founded_year__range=(2500, 2700)))
                & (models.Q(budget_year=None) | models.Q(budget_year__range=(2500, 2700))),
                violation_error_message="ระบุปี พ.ศ. 4 หลัก",
            )
        ]

    def __str__(self):
        return f"ศูนย์จัดการกองทุนชุมชน{self.village.name}"

    @property
    def short_name(self) -> str:
        return f"ศูนย์ฯ {self.village.name}"


class FundQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def active(self):
        return self.filter(closed_on=None)


class Fund(models.Model):
    """A member fund of a centre. Capital in baht."""

    class Kind(models.TextChoices):
        VILLAGE_FUND = "village_fund", "กองทุนหมู่บ้าน"
        SAVINGS_GROUP = "savings_group", "กลุ่มออมทรัพย์เพื่อการผลิต"
        POVERTY_PROJECT = "poverty_project", "กองทุน กข.คจ."
        OCCUPATION_GROUP = "occupation_group", "กลุ่มอาชีพ"
        OTHER = "other", "กองทุนอื่น"

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="funds", verbose_name="ศูนย์ฯ")
    kind = models.CharField("ประเภท", max_length=20, choices=Kind)
    name = models.CharField("ชื่อกลุ่ม/กองทุน", max_length=120)
    capital = MoneyField("เงินทุน (บาท)", null=True, blank=True)
    members = models.PositiveIntegerField("สมาชิก (คน)", null=True, blank=True)
    counts_in_capital = models.BooleanField("นับรวมในเงินทุนของศูนย์ฯ", default=True)
    closed_on = models.DateField("วันที่ออกจากการเป็นสมาชิก", null=True, blank=True)

    objects = FundQuerySet.as_manager()

    class Meta:
        ordering = ["centre", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"],
                name="funds_one_name_per_centre",
                violation_error_message="ศูนย์ฯ นี้มีกลุ่ม/กองทุนชื่อนี้แล้ว",
            ),
            models.CheckConstraint(
                name="funds_capital_is_not_negative",
                condition=models.Q(capital=None) | models.Q(capital__gte=0),
                violation_error_message="จำนวนเงินต้องไม่ติดลบ",
            ),
        ]

    def __str__(self):
        return self.name

    def rule_on(self, day) -> "LendingRule | None":
        """The lending rule in force on `day`; the first one when `day` lies before all of them."""
        rules = sorted(self.rules.all(), key=lambda rule: rule.effective_on)
        return next(
            (rule for rule in reversed(rules) if rule.effective_on <= day), rules[0] if rules else None
        )

    def payment_order_on(self, day) -> tuple[str, ...]:
        """The parts of a debt in the order in which a payment of `day` pays them."""
        rule = self.rule_on(day)
        return tuple((rule.payment_order if rule else USUAL_PAYMENT_ORDER).split(","))

    def method_on(self, day, *, rate_percent) -> str:
        """How interest of a loan made on `day` is counted; a loan at a rate is never free of interest."""
        rule, free = self.rule_on(day), LendingRule.Method.NO_INTEREST
        if rule and not (rate_percent and rule.method == free):
            return rule.method
        return LendingRule.Method.EQUAL_PRINCIPAL if rate_percent else free

    def rule_to_begin_with(self, day) -> dict:
        """Columns of a new version of the rules: as in force on `day`, the rate left to be typed.

        กข.คจ. lends without interest for three years at most (Ministry of Interior regulation 2553).
        """
        free = {"rate_percent": 0, "method": LendingRule.Method.NO_INTEREST, "longest_months": 36}
        begun = free if self.kind == self.Kind.POVERTY_PROJECT else {}
        rule = self.rule_on(day)
        kept = {column: getattr(rule, column) for column in LendingRule.KEPT} if rule else {}
        return {**begun, **kept}


class LendingRuleQuerySet(ScopedQuerySet):
    area_path = "fund__centre__village__code"


class LendingRule(models.Model):
    """One version of a fund's lending rules. Rates in percent a year, caps in baht and months."""

    class Method(models.TextChoices):
        EQUAL_PRINCIPAL = "equal_principal", "ต้นคงที่"
        ANNUITY = "annuity", "ผ่อนเท่ากันทุกงวด"
        FLAT = "flat", "ดอกเบี้ยคงที่"
        NO_INTEREST = "no_interest", "ปลอดดอกเบี้ย"
        BULLET = "bullet", "ชำระงวดเดียว"

    class DayCount(models.TextChoices):
        EQUAL_MONTHS = "equal_months", "คิดเป็นรายเดือนเท่ากัน"
        ACTUAL_365 = "actual_365", "คิดตามจำนวนวันจริง ÷ 365"

    # What a new version begins with; the rate and the resolution are decided anew.
    KEPT = (
        "method",
        "day_count",
        "largest_loan",
        "longest_months",
        "guarantors",
        "may_be_single_lender",
        "payment_order",
    )

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="rules")
    effective_on = models.DateField("มีผลตั้งแต่วันที่")
    rate_percent = models.DecimalField(
        "ดอกเบี้ย (ร้อยละต่อปี)",
        max_digits=6,
        decimal_places=4,
        validators=[
            MinValueValidator(0),
            MaxValueValidator(LAWFUL_RATE, "อัตราดอกเบี้ยต้องไม่เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)"),
        ],
    )
    method = models.CharField("วิธีคิดดอกเบี้ย", max_length=20, choices=Method, default=Method.EQUAL_PRINCIPAL)
    day_count = models.CharField("การนับเวลา", max_length=20, choices=DayCount, default=DayCount.EQUAL_MONTHS)
    largest_loan = MoneyField("วงเงินกู้ต่อรายไม่เกิน (บาท)", null=True, blank=True)
    longest_months = models.PositiveSmallIntegerField("ระยะเวลาไม่เกิน (เดือน)", null=True, blank=True)
    guarantors = models.PositiveSmallIntegerField("ผู้ค้ำประกัน (คน)", default=0)
    may_be_single_lender = models.BooleanField("เป็นแหล่งกู้ยืมใหม่ได้", default=True)
    payment_order = models.CharField(
        "ลำดับการตัดชำระ", max_length=40, choices=PAYMENT_ORDERS, default=USUAL_PAYMENT_ORDER
    )
    resolution = models.CharField("มติ/ระเบียบที่อ้างถึง", max_length=200, blank=True)

    objects = LendingRuleQuerySet.as_manager()

    class Meta:
        ordering = ["fund", "-effective_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "effective_on"],
                name="funds_one_rule_per_day",
                violation_error_message="กองทุนนี้มีระเบียบที่มีผลในวันนี้แล้ว",
            ),
            models.CheckConstraint(
                name="funds_rate_within_the_law",
                condition=models.Q(rate_percent__range=(0, LAWFUL_RATE)),
                violation_error_message="อัตราดอกเบี้ยต้องไม่เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)",
            ),
            models.CheckConstraint(
                name="funds_a_payment_order_names_each_part_once",
                condition=models.Q(payment_order__in=[order for order, _ in PAYMENT_ORDERS]),
                violation_error_message="เลือกลำดับการตัดชำระ",
            ),
        ]

    def __str__(self):
        return f"{self.fund} ร้อยละ {self.rate_percent.normalize():f} ต่อปี"


class CommitteeOrderQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"


class CommitteeOrder(models.Model):
    """The order that appoints a centre's committee, signed by the district chief (นายอำเภอ)."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="committee_orders")
    number = models.CharField("คำสั่งเลขที่", max_length=60)
    signed_on = models.DateField("ลงวันที่")
    signer = models.CharField("ผู้ลงนาม", max_length=120, blank=True)
    signer_position = models.CharField("ตำแหน่งผู้ลงนาม", max_length=120, default="นายอำเภอ")
    expires_on = models.DateField("หมดวาระวันที่", null=True, blank=True)

    objects = CommitteeOrderQuerySet.as_manager()

    class Meta:
        ordering = ["centre", "-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "number"],
                name="funds_one_order_per_number",
                violation_error_message="ศูนย์ฯ นี้มีคำสั่งเลขที่นี้แล้ว",
            ),
            models.CheckConstraint(
                name="funds_order_expires_after_signing",
                condition=models.Q(expires_on=None) | models.Q(expires_on__gt=models.F("signed_on")),
                violation_error_message="วันหมดวาระต้องอยู่หลังวันที่ลงนาม",
            ),
        ]

    def __str__(self):
        return f"คำสั่งที่ {self.number}"

    def is_current(self, on) -> bool:
        return self.signed_on <= on and (self.expires_on is None or on <= self.expires_on)

    @property
    def serving(self) -> list["CommitteeMember"]:
        return [member for member in self.members.all() if member.left_on is None]

    @property
    def former(self) -> list["CommitteeMember"]:
        return [member for member in self.members.all() if member.left_on]


class CommitteeMemberQuerySet(ScopedQuerySet):
    area_path = "order__centre__village__code"

    def serving(self):
        return self.filter(left_on=None)


class CommitteeMember(models.Model):
    """A person on the committee, for a member fund or as a qualified person of the village, until `left_on`."""

    class Position(models.TextChoices):
        CHAIR = "chair", "ประธาน"
        DEPUTY = "deputy", "รองประธาน"
        SECRETARY = "secretary", "เลขานุการ"
        TREASURER = "treasurer", "เหรัญญิก"
        MEMBER = "member", "กรรมการ"
        ADVISER = "adviser", "ที่ปรึกษา"

    order = models.ForeignKey(CommitteeOrder, models.CASCADE, related_name="members")
    title = models.CharField("คำนำหน้า", max_length=40, blank=True)
    first_name = models.CharField("ชื่อ", max_length=80)
    last_name = models.CharField("นามสกุล", max_length=80, blank=True)
    position = models.CharField("ตำแหน่ง", max_length=12, choices=Position, default=Position.MEMBER)
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, verbose_name="ตัวแทนกองทุน (ว่าง = ผู้ทรงคุณวุฒิ)"
    )
    left_on = models.DateField("พ้นจากตำแหน่งวันที่", null=True, blank=True)

    objects = CommitteeMemberQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "first_name", "last_name"],
                condition=models.Q(left_on=None),
                name="funds_one_place_per_member",
                violation_error_message="คำสั่งนี้มีกรรมการชื่อนี้แล้ว",
            )
        ]

    def __str__(self):
        return f"{self.title}{self.first_name} {self.last_name}".strip()
