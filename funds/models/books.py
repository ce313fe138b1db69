"""The books: monthly balance sheets (บัญชีงบดุล) of a centre and of its member funds, and what a fund is in a fiscal year."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config.money import MoneyField
from funds.books.months import Month
from funds.models.centres import Centre, Fund


class BalanceSheetQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def closed(self):
        return self.filter(status=BalanceSheet.Status.CLOSED)

    def of(self, centre: Centre, fund: Fund | None):
        """Those of the centre itself, or of one of its funds."""
        return self.filter(centre=centre, fund=fund)

    def with_names(self):
        return self.select_related("centre__village__parent__parent__parent", "fund", "changed_by")

    def before(self, month: Month):
        """Those of earlier months."""
        return self.filter(Q(fiscal_year__lt=month.year) | Q(fiscal_year=month.year, month__lt=month.number))


class BalanceSheet(models.Model):
    """What a centre (`fund` is None) or one of its funds had, owed and was worth at the end of a month.

    `month` counts from October. The three sums are those of the lines, in baht. A draft may be out of balance; the
    database refuses to close one that is. `members` are counted on the last day of the month.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "ร่าง"
        CLOSED = "closed", "ปิดงบแล้ว"

    TAGS = {"draft": "warn", "closed": "ok"}

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="balance_sheets", verbose_name="ศูนย์ฯ")
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, related_name="balance_sheets", verbose_name="กองทุน"
    )
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ")
    month = models.PositiveSmallIntegerField("เดือนที่ (1 คือตุลาคม)")
    status = models.CharField("สถานะ", max_length=8, choices=Status, default=Status.DRAFT)
    assets = MoneyField("สินทรัพย์ (บาท)", default=0)
    liabilities = MoneyField("หนี้สิน (บาท)", default=0)
    equity = MoneyField("ทุน (บาท)", default=0)
    members = models.PositiveIntegerField("สมาชิกสิ้นเดือน (คน)", null=True, blank=True)
    note = models.CharField("หมายเหตุ", max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="ผู้บันทึก")
    changed_at = models.DateTimeField("บันทึกเมื่อ", auto_now=True)

    objects = BalanceSheetQuerySet.as_manager()

    class Meta:
        ordering = ["centre", "fund", "-fiscal_year", "-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "fiscal_year", "month"],
                condition=Q(fund=None),
                name="funds_a_centre_has_one_sheet_a_month",
                violation_error_message="ศูนย์ฯ มีงบดุลของเดือนนี้แล้ว",
            ),
            models.UniqueConstraint(
                fields=["fund", "fiscal_year", "month"],
                name="funds_a_fund_has_one_sheet_a_month",
                violation_error_message="กองทุนมีงบดุลของเดือนนี้แล้ว",
            ),
            models.CheckConstraint(
                name="funds_a_sheet_is_of_a_month",
                condition=Q(month__range=(1, 12), fiscal_year__range=(2500, 2700)),
                violation_error_message="ปีงบประมาณมี 12 เดือน",
            ),
            models.CheckConstraint(
                name="funds_a_closed_sheet_balances",
                condition=Q(status="draft") | Q(assets=F("liabilities") + F("equity")),
                violation_error_message="สินทรัพย์ต้องเท่ากับหนี้สินรวมกับทุน",
            ),
        ]

    def __str__(self):
        return f"งบดุล {self.name} {self.of_month.label}"

    @property
    def name(self) -> str:
        """Of whom it is."""
        return self.fund.name if self.fund else self.centre.short_name

    @property
    def of_month(self) -> Month:
        return Month(self.fiscal_year, self.month)

    @property
    def against(self):
        """Baht that stand against the assets."""
        return self.liabilities + self.equity

    @property
    def difference(self):
        """Baht by which the assets exceed what stands against them; zero when it balances."""
        return self.assets - self.against

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED


class SheetLine(models.Model):
    """One line of a balance sheet. `code` tells the usual lines, which keep their meaning whatever they are called;
    lines of one's own have none. `is_deducted`: its amount makes the side smaller. None: nothing was typed."""

    class Side(models.TextChoices):
        ASSET = "asset", "สินทรัพย์"
        LIABILITY = "liability", "หนี้สิน"
        EQUITY = "equity", "ทุน"

    sheet = models.ForeignKey(BalanceSheet, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField()
    side = models.CharField("ด้าน", max_length=10, choices=Side)
    code = models.CharField(max_length=20, blank=True)
    label = models.CharField("รายการ", max_length=120)
    is_deducted = models.BooleanField("รายการหัก", default=False)
    amount = MoneyField("จำนวนเงิน (บาท)", null=True, blank=True)

    class Meta:
        ordering = ["sheet", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "side", "label"],
                name="funds_lines_of_a_side_differ",
                violation_error_message="มีรายการชื่อนี้แล้ว",
            ),
            models.CheckConstraint(
                name="funds_a_line_is_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message="จำนวนเงินต้องไม่ติดลบ",
            ),
        ]

    def __str__(self):
        return self.label


class SheetMove(models.Model):
    """Who closed a sheet or opened it again, when and why. Append-only."""

    sheet = models.ForeignKey(BalanceSheet, models.PROTECT, related_name="moves")
    old = models.CharField("จาก", max_length=8, choices=BalanceSheet.Status, blank=True)
    new = models.CharField("เป็น", max_length=8, choices=BalanceSheet.Status)
    reason = models.CharField("เหตุผล", max_length=400, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="funds_a_sheet_opened_again_says_why",
                condition=~Q(old="closed") | ~Q(reason=""),
                violation_error_message="ระบุเหตุผลที่เปิดงบดุลแก้ไข",
            )
        ]


class FundYearQuerySet(ScopedQuerySet):
    area_path = "fund__centre__village__code"


class FundYear(models.Model):
    """A fund in a fiscal year: its level, and which of the five components (5 องค์ประกอบ) it has; None is not known.

    The components are those that the department asks of mother funds; they fit any fund.
    """

    class Level(models.TextChoices):
        ONE = "1", "ระดับ 1"
        TWO = "2", "ระดับ 2"
        THREE = "3", "ระดับ 3"
        A = "A", "ระดับ A"
        B = "B", "ระดับ B"
        C = "C", "ระดับ C"
        D = "D", "ระดับ D"

    COMPONENTS = ("has_members", "has_committee", "has_rules", "has_activity", "has_fund")
    LETTERS, NUMBERS = (Level.A, Level.B, Level.C, Level.D), (Level.ONE, Level.TWO, Level.THREE)

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="years", verbose_name="กองทุน")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ")
    level = models.CharField("ระดับ", max_length=1, choices=Level, blank=True)
    level_source = models.CharField("ผู้จัดระดับ/เอกสาร", max_length=200, blank=True)
    has_members = models.BooleanField("กลุ่มสมาชิก", null=True)
    has_committee = models.BooleanField("คณะกรรมการ", null=True)
    has_rules = models.BooleanField("กฎระเบียบ/กติกา", null=True)
    has_activity = models.BooleanField("กิจกรรม", null=True)
    has_fund = models.BooleanField("กองทุน", null=True)
    note = models.CharField("หมายเหตุ", max_length=400, blank=True)
    told_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(auto_now=True)

    objects = FundYearQuerySet.as_manager()

    class Meta:
        ordering = ["fund", "-fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "fiscal_year"], name="funds_a_year_is_told_once"),
            models.CheckConstraint(
                name="funds_years_are_buddhist", condition=Q(fiscal_year__range=(2500, 2700))
            ),
        ]

    def __str__(self):
        return f"{self.fund} ปีงบประมาณ พ.ศ. {self.fiscal_year}"

    @property
    def component_count(self) -> int:
        """How many of the five there are."""
        return sum(bool(getattr(self, name)) for name in self.COMPONENTS)

    @property
    def lacking(self) -> list[str]:
        """The components that are missing or not known."""
        return [
            self._meta.get_field(name).verbose_name for name in self.COMPONENTS if not getattr(self, name)
        ]
