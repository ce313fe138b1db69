"""What a case asks of each fund it owes, and what the fund answered."""

from django.db import models
from django.db.models import Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config import thai
from config.money import MoneyField
from debts.models.cases import Case
from debts.models.debts import Debt
from funds.models import LAWFUL_RATE, Fund

ASKED_ALREADY = "ขอเรื่องนี้กับกองทุนนี้ไว้แล้ว แก้ไขรายการเดิม"


class AskQuerySet(ScopedQuerySet):
    area_path = "case__household__village__code"

    def live(self):
        """What is on the table: neither replaced by a newer wording nor taken back."""
        return self.filter(is_live=True)

    def with_names(self):
        return self.select_related("fund", "debt__borrower", "by", "recorded_by")


class Ask(models.Model):
    """One thing asked of one fund, for one debt or (`debt` empty) for all that the household owes it.

    `amount` in baht for a waiver, `percent` a year for a lower rate, `months` for more time. The answer is written
    once. A change is a new row that `replaces` this one, so that an agreement holds only for what was agreed to.
    """

    class Kind(models.TextChoices):
        WAIVE_INTEREST = "waive_interest", "ยกเว้นดอกเบี้ยค้าง"
        WAIVE_PENALTY = "waive_penalty", "ยกเว้นค่าปรับ"
        WAIVE_PRINCIPAL = "waive_principal", "ลดเงินต้น"
        LOWER_RATE = "lower_rate", "ลดอัตราดอกเบี้ย"
        EXTEND = "extend", "ขยายเวลาชำระ"
        TRANSFER = "transfer", "โอนหนี้ไปแหล่งกู้ใหม่"

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "ยินยอม"
        REFUSED = "refused", "ไม่ยินยอม"
        CONDITIONS = "conditions", "ยินยอมโดยมีเงื่อนไข"

    WAIVERS = (Kind.WAIVE_INTEREST, Kind.WAIVE_PENALTY, Kind.WAIVE_PRINCIPAL)

    case = models.ForeignKey(Case, models.PROTECT, related_name="asks")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="asks", verbose_name="กลุ่ม/กองทุน")
    debt = models.ForeignKey(
        Debt, models.PROTECT, null=True, blank=True, related_name="asks", verbose_name="หนี้"
    )
    kind = models.CharField("เรื่องที่ขอ", max_length=16, choices=Kind)
    amount = MoneyField("จำนวนเงิน (บาท)", null=True, blank=True)
    percent = models.DecimalField("ร้อยละต่อปี", max_digits=6, decimal_places=4, null=True, blank=True)
    months = models.PositiveSmallIntegerField("เดือน", null=True, blank=True)
    note = models.CharField("รายละเอียด", max_length=300, blank=True)
    asked_on = models.DateField("วันที่ขอ")
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="ผู้บันทึก")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField("คำตอบ", max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField("วันที่ตอบ", null=True, blank=True)
    answered_by = models.CharField("ผู้แทนกองทุนที่ตอบ", max_length=160, blank=True)
    answer_note = models.CharField("เงื่อนไขหรือเหตุผล", max_length=300, blank=True)
    recorded_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    is_live = models.BooleanField(default=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["fund", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "debt", "kind"],
                condition=Q(is_live=True, debt__isnull=False),
                name="debts_one_thing_is_asked_once_for_a_debt",
                violation_error_message=ASKED_ALREADY,
            ),
            models.UniqueConstraint(
                fields=["case", "fund", "kind"],
                condition=Q(is_live=True, debt=None),
                name="debts_one_thing_is_asked_once_of_a_fund",
                violation_error_message=ASKED_ALREADY,
            ),
            models.CheckConstraint(
                name="debts_an_ask_says_how_much",
                condition=(
                    Q(
                        kind__in=("waive_interest", "waive_penalty", "waive_principal"),
                        amount__isnull=False,
                        amount__gt=0,
                    )
                    | Q(kind="lower_rate", percent__isnull=False, percent__range=(0, LAWFUL_RATE))
                    | Q(kind="extend", months__isnull=False, months__gt=0)
                    | Q(kind="transfer")
                ),
                violation_error_message="ระบุจำนวนที่ขอ",
            ),
            models.CheckConstraint(
                name="debts_an_answer_says_when_and_by_whom",
                condition=Q(answer="", answered_on=None, recorded_by=None)
                | (~Q(answer="") & Q(answered_on__isnull=False, recorded_by__isnull=False)),
                violation_error_message="ระบุวันที่ตอบและผู้แทนกองทุน",
            ),
            models.CheckConstraint(
                name="debts_a_condition_is_written_down",
                condition=~Q(answer="conditions") | ~Q(answer_note=""),
                violation_error_message="ระบุเงื่อนไข",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.measure}".strip()

    @property
    def measure(self) -> str:
        """How much is asked: 1,200.00 บาท, ร้อยละ 6 ต่อปี, 12 เดือน, or nothing for a transfer."""
        if self.kind in self.WAIVERS:
            return f"{thai.money(self.amount)} บาท"
        if self.kind == self.Kind.LOWER_RATE:
            return f"เหลือร้อยละ {thai.percent(self.percent)} ต่อปี"
        return f"{self.months} เดือน" if self.kind == self.Kind.EXTEND else ""
