"""What a household lives on and what it owes outside the member funds."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config.money import MoneyField, total
from households.models.households import Household, Person

INCOME = ("income_main", "income_second", "income_other", "income_own_produce")
EXPENSE = ("expense_production", "expense_needed", "expense_other", "expense_debt")


class LivelihoodQuerySet(ScopedQuerySet):
    area_path = "household__village__code"


class Livelihood(models.Model):
    """Income and expenses of one year, in baht, as the household told them on a day. A later survey is another
    row, so that before and after can be compared. Items of the จปฐ. survey."""

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="livelihoods", verbose_name="ครัวเรือน", editable=False
    )
    surveyed_on = models.DateField("วันที่สำรวจ")
    income_main = MoneyField("รายได้จากอาชีพหลัก (บาทต่อปี)", blank=True, default=0)
    income_second = MoneyField("รายได้จากอาชีพรองหรืออาชีพเสริม (บาทต่อปี)", blank=True, default=0)
    income_other = MoneyField("รายได้อื่น เช่น เงินโอน เบี้ยยังชีพ (บาทต่อปี)", blank=True, default=0)
    income_own_produce = MoneyField("มูลค่าที่ปลูก เลี้ยง หากินเอง (บาทต่อปี)", blank=True, default=0)
    expense_production = MoneyField("ต้นทุนการผลิต (บาทต่อปี)", blank=True, default=0)
    expense_needed = MoneyField("ค่าใช้จ่ายที่จำเป็น (บาทต่อปี)", blank=True, default=0)
    expense_other = MoneyField("ค่าใช้จ่ายที่ไม่จำเป็น (บาทต่อปี)", blank=True, default=0)
    expense_debt = MoneyField("ชำระหนี้สิน เงินต้นและดอกเบี้ย (บาทต่อปี)", blank=True, default=0)
    savings = MoneyField("เงินออม (บาท)", blank=True, default=0)
    note = models.CharField("หมายเหตุ", max_length=300, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(editable=False)

    objects = LivelihoodQuerySet.as_manager()

    class Meta:
        ordering = ["-surveyed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "surveyed_on"],
                name="households_one_survey_a_day",
                violation_error_message="มีการสำรวจของวันนี้แล้ว แก้ไขรายการเดิม",
            ),
            models.CheckConstraint(
                name="households_livelihood_is_not_negative",
                condition=Q(**{f"{item}__gte": 0 for item in (*INCOME, *EXPENSE, "savings")}),
                violation_error_message="จำนวนเงินต้องไม่ติดลบ",
            ),
        ]

    def __str__(self):
        return "รายได้และรายจ่าย"

    @property
    def income(self) -> Decimal:
        """Baht a year."""
        return sum(getattr(self, item) for item in INCOME)

    @property
    def expense(self) -> Decimal:
        """Baht a year."""
        return sum(getattr(self, item) for item in EXPENSE)

    @property
    def left(self) -> Decimal:
        """Baht a year that remain; negative when more is spent than earned."""
        return self.income - self.expense


class OtherDebtQuerySet(ScopedQuerySet):
    area_path = "household__village__code"

    def open(self):
        return self.filter(outstanding__gt=0)

    def owed(self) -> Decimal:
        """Baht owed on all of these debts."""
        return self.aggregate(owed=total("outstanding"))["owed"]


class OtherDebt(models.Model):
    """A debt outside the member funds, as the household told it: it is looked at when a plan is made, and never
    merged. Amounts in baht; the rate in percent per `rate_per`."""

    class Source(models.TextChoices):
        BANK = "bank", "ธนาคาร"
        COOPERATIVE = "cooperative", "สหกรณ์"
        STATE_FUND = "state_fund", "กองทุนของรัฐ"
        COMPANY = "company", "บริษัทสินเชื่อหรือเช่าซื้อ"
        INFORMAL = "informal", "นอกระบบ"
        OTHER = "other", "อื่น ๆ"

    class RatePer(models.TextChoices):
        YEAR = "year", "ต่อปี"
        MONTH = "month", "ต่อเดือน"
        DAY = "day", "ต่อวัน"

    class Every(models.IntegerChoices):
        ONCE = 0, "ครั้งเดียว"
        MONTH = 1, "ทุกเดือน"
        QUARTER = 3, "ทุก 3 เดือน"
        HALF_YEAR = 6, "ทุก 6 เดือน"
        YEAR = 12, "ทุกปี"

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="other_debts", verbose_name="ครัวเรือน", editable=False
    )
    source = models.CharField("แหล่งเงินกู้", max_length=12, choices=Source)
    creditor = models.CharField("ชื่อเจ้าหนี้", max_length=120, blank=True)
    borrower = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="other_debts", verbose_name="ผู้กู้"
    )
    lent = MoneyField("จำนวนเงินที่กู้ (บาท)", null=True, blank=True)
    outstanding = MoneyField("ยอดคงเหลือ (บาท)")
    rate_percent = models.DecimalField(
        "อัตราดอกเบี้ย (ร้อยละ)", max_digits=7, decimal_places=4, null=True, blank=True
    )
    rate_per = models.CharField("คิดดอกเบี้ย", max_length=5, choices=RatePer, default=RatePer.YEAR)
    instalment = MoneyField("ชำระครั้งละ (บาท)", null=True, blank=True)
    every = models.PositiveSmallIntegerField("ชำระ", choices=Every, default=Every.YEAR)
    due_on = models.DateField("วันครบกำหนดครั้งถัดไป", null=True, blank=True)
    as_of_on = models.DateField("ข้อมูล ณ วันที่")
    note = models.CharField("หมายเหตุ", max_length=300, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(editable=False)

    objects = OtherDebtQuerySet.as_manager()

    class Meta:
        ordering = ["source", "pk"]
        constraints = [
            models.CheckConstraint(
                name="households_other_debt_is_not_negative",
                condition=Q(outstanding__gte=0)
                & (Q(lent=None) | Q(lent__gte=0))
                & (Q(instalment=None) | Q(instalment__gt=0)),
                violation_error_message="จำนวนเงินต้องไม่ติดลบ",
            ),
            models.CheckConstraint(
                name="households_other_debt_rate_is_a_percentage",
                condition=Q(rate_percent=None) | Q(rate_percent__range=(0, 100)),
                violation_error_message="ระบุอัตราดอกเบี้ยระหว่าง 0 ถึง 100",
            ),
            models.CheckConstraint(
                name="households_instalment_within_the_debt",
                condition=Q(instalment=None) | Q(outstanding=0) | Q(instalment__lte=F("outstanding")),
                violation_error_message="ยอดชำระต่อครั้งต้องไม่เกินยอดคงเหลือ",
            ),
        ]

    def __str__(self):
        return self.creditor or self.get_source_display()

    @property
    def is_informal(self) -> bool:
        return self.source == self.Source.INFORMAL
