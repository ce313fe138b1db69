"""What the new lender of a contract owes the funds whose debts it took over, and the money that settles it."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config.money import MoneyField, baht, total
from debts.models.debts import Contract
from funds.models import Fund


class SettlementQuerySet(ScopedQuerySet):
    area_path = "contract__household__village__code"

    def with_names(self):
        return self.select_related(
            "contract__household__village", "contract__debt__borrower", "payer__centre__village", "payee"
        )

    def standing(self):
        """Of contracts that were not cancelled."""
        return self.filter(cancelled_on=None)

    def unpaid(self):
        return self.standing().filter(paid__lt=F("amount"))

    def with_left(self):
        """Adds `left`, the baht still to be paid."""
        return self.annotate(left=F("amount") - F("paid"))

    def known_on(self, on):
        """Those that were owed, or had been paid, on day `on`."""
        return self.filter(since_on__lte=on).filter(Q(cancelled_on=None) | Q(cancelled_on__gt=on))

    def with_balance(self, *, on):
        """Adds `paid_on` and `left_on`: the transfers replayed up to and including day `on`."""
        rows = self.annotate(paid_on=total("parts__amount", filter=Q(parts__transfer__on__lte=on)))
        return rows.annotate(left_on=F("amount") - F("paid_on"))


class Settlement(models.Model):
    """What `payer` owes `payee` for the debts that `contract` took over, in baht. `paid` repeats the transfers
    (`check_ledger` proves it)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="settlements")
    payer = models.ForeignKey(Fund, models.PROTECT, related_name="payable", verbose_name="กองทุนที่ต้องจ่าย")
    payee = models.ForeignKey(Fund, models.PROTECT, related_name="receivable", verbose_name="กองทุนที่จะได้รับ")
    amount = MoneyField("ต้องจ่าย (บาท)")
    paid = MoneyField("จ่ายแล้ว (บาท)", default=0)
    since_on = models.DateField("ตั้งแต่วันที่")
    cancelled_on = models.DateField("ยกเลิกสัญญาเมื่อ", null=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ["since_on", "pk"]
        indexes = [
            models.Index(fields=["payer", "payee", "since_on"], name="debts_settlements_by_funds"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "payee"],
                name="debts_one_settlement_per_contract_and_fund",
                violation_error_message="สัญญานี้มียอดค้างจ่ายกองทุนนี้แล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_fund_does_not_settle_with_itself",
                condition=~Q(payer=F("payee")),
                violation_error_message="กองทุนที่จ่ายและกองทุนที่ได้รับต้องเป็นคนละกองทุน",
            ),
            models.CheckConstraint(
                name="debts_settled_at_most_what_is_owed",
                condition=Q(amount__gt=0, paid__range=(baht(0), F("amount"))),
                violation_error_message="โอนได้ไม่เกินยอดค้างจ่าย",
            ),
            models.CheckConstraint(
                name="debts_nothing_is_settled_of_a_cancelled_contract",
                condition=Q(cancelled_on=None) | Q(paid=0, cancelled_on__gte=F("since_on")),
                violation_error_message="กลับรายการโอนก่อนยกเลิกสัญญา",
            ),
        ]

    @property
    def owed(self):
        """Baht still to be paid."""
        return self.amount - self.paid


class TransferQuerySet(ScopedQuerySet):
    area_path = "payer__centre__village__code"

    def with_names(self):
        return self.select_related("payer__centre__village", "payee", "by", "reverses", "reversed_by")


class Transfer(models.Model):
    """Money one fund paid another, in baht; a reversal is a second row of the opposite amount. Append-only. A
    resent form carries the same `key` and is recorded once."""

    payer = models.ForeignKey(Fund, models.PROTECT, related_name="transfers_out", verbose_name="จ่ายจากกองทุน")
    payee = models.ForeignKey(Fund, models.PROTECT, related_name="transfers_in", verbose_name="จ่ายให้กองทุน")
    amount = MoneyField("จำนวนเงิน (บาท)")
    on = models.DateField("วันที่โอน")
    reference = models.CharField("เลขที่อ้างอิง", max_length=100, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    reason = models.CharField("เหตุผลที่กลับรายการ", max_length=300, blank=True)
    key = models.UUIDField(unique=True, editable=False)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="บันทึกโดย")
    at = models.DateTimeField(auto_now_add=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="debts_a_transfer_is_between_two_funds",
                condition=~Q(payer=F("payee")),
                violation_error_message="กองทุนที่จ่ายและกองทุนที่ได้รับต้องเป็นคนละกองทุน",
            ),
            models.CheckConstraint(
                name="debts_a_transfer_is_positive_and_its_reversal_says_why",
                condition=Q(reverses=None, amount__gt=0, reason="")
                | (Q(reverses__isnull=False, amount__lt=0) & ~Q(reason="")),
                violation_error_message="ระบุจำนวนเงินมากกว่าศูนย์ และเหตุผลเมื่อกลับรายการ",
            ),
        ]

    def __str__(self):
        return f"การโอนเงินที่ {self.pk}"


class TransferPart(models.Model):
    """What a transfer paid of one settlement, in baht; below zero in a reversal. Append-only."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="parts")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="parts")
    amount = MoneyField("จำนวนเงิน (บาท)")

    class Meta:
        ordering = ["transfer", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "settlement"],
                name="debts_a_transfer_pays_a_settlement_once",
                violation_error_message="การโอนนี้แบ่งให้สัญญานี้แล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_part_of_a_transfer_is_not_nothing",
                condition=~Q(amount=0),
                violation_error_message="ระบุจำนวนเงินมากกว่าศูนย์",
            ),
        ]
