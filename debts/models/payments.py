"""A village meeting at which many pay at once, and what debtors promised to pay."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config.money import MoneyField, baht
from debts.models.debts import Debt, Payment
from funds.models import Centre, Fund


class CollectionQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def with_names(self):
        return self.select_related("centre__village", "fund", "by")


class Collection(models.Model):
    """Payments received at one meeting of a centre, or of one of its funds, written down in one go. A resent
    form carries the same `key` and is recorded once."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="collections", verbose_name="ศูนย์ฯ")
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, related_name="collections", verbose_name="กลุ่ม/กองทุน"
    )
    on = models.DateField("วันที่รับเงิน")
    key = models.UUIDField(unique=True, editable=False)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="บันทึกโดย")
    at = models.DateTimeField(auto_now_add=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"การรับชำระ {self.fund or self.centre.short_name}"


class PromiseQuerySet(ScopedQuerySet):
    area_path = "debt__household__village__code"

    def standing(self):
        """Promises that were not taken back as written down by mistake."""
        return self.filter(withdrawn_on=None)

    def with_received(self, *, on):
        """Adds `received`: baht paid after the day of the promise, up to the promised day and day `on`."""
        paid = Payment.objects.standing().filter(
            debt=OuterRef("debt"), on__gt=OuterRef("made_on"), on__lte=OuterRef("due_on")
        )
        sums = paid.filter(on__lte=on).order_by().values("debt").annotate(sum=Sum("amount")).values("sum")
        return self.annotate(received=Coalesce(Subquery(sums), baht(0), output_field=MoneyField()))


class Promise(models.Model):
    """A debtor said on `made_on` to pay `amount` baht by `due_on`. Whether it was kept is never typed: it follows
    from the payments (debts/payments/promises.py)."""

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="promises")
    made_on = models.DateField("วันที่รับปาก")
    due_on = models.DateField("จะชำระภายในวันที่")
    amount = MoneyField("จำนวนเงิน (บาท)")
    note = models.CharField("หมายเหตุ", max_length=300, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField("ถอนรายการเมื่อ", null=True)
    withdrawn_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField("เหตุผลที่ถอนรายการ", max_length=300, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        indexes = [models.Index(fields=["debt", "made_on"], name="debts_promises_by_debt")]
        constraints = [
            models.CheckConstraint(
                name="debts_a_promise_is_of_a_later_day_and_a_sum",
                condition=Q(amount__gt=0, due_on__gt=F("made_on")),
                violation_error_message="ระบุจำนวนเงินมากกว่าศูนย์ และวันที่จะชำระหลังวันที่รับปาก",
            ),
            models.CheckConstraint(
                name="debts_a_promise_taken_back_says_why",
                condition=Q(withdrawn_on=None, withdrawn_by=None, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="ระบุเหตุผล",
            ),
        ]

    def __str__(self):
        return f"รับปากชำระ {self.debt}"
