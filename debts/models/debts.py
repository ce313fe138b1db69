"""Debts, their append-only ledger, and the contracts that replace a household's debts by one."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Officer
from areas.models import ScopedQuerySet
from config.money import MoneyField, baht, total
from debts.models.cases import Case
from debts.seasons import rhythm_of
from funds.models import LAWFUL_RATE, Centre, Fund, LendingRule
from households.models import Household, Person, Standing

PARTS = ("principal", "interest", "apart", "penalty")
FREE_AT_A_RATE = "ปลอดดอกเบี้ยใช้กับดอกเบี้ยร้อยละ 0 เท่านั้น เลือกวิธีคิดดอกเบี้ยอื่น"


class RegisterFileQuerySet(ScopedQuerySet):
    area_path = "centre__village__code"

    def imported(self):
        return self.exclude(imported_at=None)

    def standing(self):
        """Files whose import was not taken back."""
        return self.filter(withdrawn_at=None)


class RegisterFile(models.Model):
    """A workbook brought in from the field: first looked at, then imported once or put aside.

    A long one (`row_count` filled rows) is looked at by a worker, which leaves what it found in `preview` and the
    rows that will not be imported in `refused`. `batch` marks the households and people that it brought. An
    import that was taken back says when, by whom and why.
    """

    class Kind(models.TextChoices):
        REGISTER = "register", "ทะเบียนลูกหนี้"
        FORM = "form", "ตาราง 1 ครัวเรือน 1 สัญญา"
        EDITED = "edited", "ทะเบียนที่ส่งออกไปแก้ไข"

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="register_files", verbose_name="ศูนย์ฯ")
    kind = models.CharField("ชนิด", max_length=10, choices=Kind)
    name = models.CharField("ชื่อไฟล์", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="registers/%Y")
    as_of_on = models.DateField("ข้อมูล ณ วันที่", null=True)
    decisions = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField("เมื่อ", auto_now_add=True)
    uploaded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField("นำเข้าเมื่อ", null=True)
    imported_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    row_count = models.PositiveIntegerField("แถว", null=True)
    preview = models.JSONField(null=True)
    refused = models.FileField(upload_to="registers/%Y", blank=True)
    batch = models.UUIDField(default=uuid.uuid4, editable=False)
    withdrawn_at = models.DateTimeField("ยกเลิกการนำเข้าเมื่อ", null=True)
    withdrawn_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField("เหตุผลที่ยกเลิก", max_length=300, blank=True)

    objects = RegisterFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "sha256"],
                condition=Q(imported_at__isnull=False, withdrawn_at=None),
                name="debts_a_file_is_imported_once",
                violation_error_message="ไฟล์นี้เคยนำเข้าแล้ว",
            ),
            models.CheckConstraint(
                name="debts_an_import_taken_back_says_why",
                condition=Q(withdrawn_at=None)
                | (Q(imported_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                violation_error_message="ระบุเหตุผล",
            ),
        ]

    def __str__(self):
        return self.name


class DebtQuerySet(ScopedQuerySet):
    area_path = "household__village__code"

    def open(self):
        """Debts on which something is still owed."""
        return self.filter(closed_on=None)

    def original(self):
        return self.filter(kind=Debt.Kind.ORIGINAL)

    def to_merge(self):
        """What a contract may take over: old papers, and what is left of a contract that was ended for default."""
        defaulted = Contract.objects.filter(ending=Contract.Ending.DEFAULTED).values("debt")
        return self.open().filter(Q(kind=Debt.Kind.ORIGINAL) | Q(pk__in=defaulted))

    def with_names(self):
        return self.select_related("borrower", "household__village", "fund")

    def overdue(self, *, on):
        """Open debts that were due before day `on`."""
        return self.open().filter(due_on__lt=on)

    def with_merges(self):
        """Adds `is_merged`: a contract that was not cancelled has taken the debt over; and `is_cancelled`:
        the debt is that of a contract which was cancelled."""
        merges = MergedDebt.objects.filter(debt=models.OuterRef("pk"), is_cancelled=False)
        contracts = Contract.objects.filter(debt=models.OuterRef("pk"), ending=Contract.Ending.CANCELLED)
        return self.annotate(is_merged=models.Exists(merges), is_cancelled=models.Exists(contracts))

    def with_balance(self, *, on):
        """Adds `principal_on`, `interest_on`, `apart_on`, `penalty_on`, their sum `outstanding_on` and
        `besides_principal_on`: the ledger replayed up to and including day `on`."""
        until = Q(entries__on__lte=on)
        parts = {f"{part}_on": total(f"entries__{part}", filter=until) for part in PARTS}
        whole = F("principal_on") + F("interest_on") + F("apart_on") + F("penalty_on")
        besides = F("interest_on") + F("apart_on") + F("penalty_on")
        return self.annotate(**parts).annotate(outstanding_on=whole, besides_principal_on=besides)


class DebtManager(Standing, models.Manager.from_queryset(DebtQuerySet)):
    pass


class Debt(models.Model):
    """What one borrower owes one fund under one paper. The balance columns repeat the ledger
    (`check_ledger` proves it): principal, overdue interest, interest kept apart (bears none), penalty."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", "สัญญาเดิม"
        MERGED = "merged", "สัญญา 1 ครัวเรือน 1 สัญญา"

    household = models.ForeignKey(Household, models.PROTECT, related_name="debts", verbose_name="ครัวเรือน")
    borrower = models.ForeignKey(Person, models.PROTECT, related_name="debts", verbose_name="ผู้กู้")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="debts", verbose_name="กลุ่ม/กองทุน")
    kind = models.CharField("ชนิด", max_length=10, choices=Kind, default=Kind.ORIGINAL)
    number = models.CharField("เลขที่สัญญา", max_length=40, blank=True)
    lent_on = models.DateField("วันที่ทำสัญญา", null=True, blank=True)
    due_on = models.DateField("วันครบกำหนด", null=True, blank=True)
    lent = MoneyField("วงเงินกู้ (บาท)", null=True, blank=True)
    rate_percent = models.DecimalField("ดอกเบี้ย (ร้อยละต่อปี)", max_digits=7, decimal_places=4, default=0)
    method = models.CharField("วิธีคิดดอกเบี้ย", max_length=20, choices=LendingRule.Method)
    note = models.CharField("หมายเหตุ", max_length=300, blank=True)

    principal = MoneyField("เงินต้นคงเหลือ (บาท)", default=0)
    interest = MoneyField("ดอกเบี้ยค้างชำระ (บาท)", default=0)
    apart = MoneyField("ดอกเบี้ยที่แยกไว้ (บาท)", default=0)
    penalty = MoneyField("ค่าปรับค้างชำระ (บาท)", default=0)
    outstanding = MoneyField("คงเหลือรวม (บาท)", default=0)
    written_off = MoneyField("ตัดหนี้สูญและยังไม่ได้รับคืน (บาท)", default=0, editable=False)
    opened_on = models.DateField("ข้อมูล ณ วันที่")
    accrued_to = models.DateField("คิดดอกเบี้ยถึงวันที่")
    closed_on = models.DateField("ปิดบัญชีเมื่อ", null=True, blank=True)

    source = models.ForeignKey(
        RegisterFile, models.PROTECT, null=True, related_name="debts", verbose_name="จากไฟล์"
    )
    source_sheet = models.CharField("แผ่นงาน", max_length=100, blank=True)
    source_row = models.PositiveIntegerField("แถว", null=True)
    created_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField("ยกเลิกการนำเข้าเมื่อ", null=True)

    objects = DebtManager()
    everything = DebtQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on", "id"], name="debts_by_due_day"),
            models.Index(fields=["number"], opclasses=["varchar_pattern_ops"], name="debts_by_number"),
            models.Index(fields=["fund", "due_on", "id"], name="debts_by_fund_and_due_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "number", "borrower"],
                condition=Q(kind="original", withdrawn_at=None) & ~Q(number=""),
                name="debts_one_debt_per_paper",
                violation_error_message="ผู้กู้รายนี้มีสัญญาเลขที่นี้ในกองทุนนี้แล้ว",
            ),
            *(
                models.CheckConstraint(
                    name=f"debts_{part}_is_not_negative",
                    condition=Q(**{f"{part}__gte": 0}),
                    violation_error_message="จำนวนเงินต้องไม่ติดลบ",
                )
                for part in PARTS
            ),
            models.CheckConstraint(
                name="debts_no_more_comes_back_than_was_written_off",
                condition=Q(written_off__gte=0),
                violation_error_message="รับคืนได้ไม่เกินยอดที่ตัดหนี้สูญไว้",
            ),
            models.CheckConstraint(
                name="debts_outstanding_is_the_sum_of_its_parts",
                condition=Q(outstanding=F("principal") + F("interest") + F("apart") + F("penalty")),
                violation_error_message="ยอดคงเหลือรวมไม่เท่ากับผลรวมของส่วนย่อย",
            ),
            models.CheckConstraint(
                name="debts_closed_only_when_nothing_is_owed",
                condition=Q(closed_on=None) | Q(outstanding=0),
                violation_error_message="หนี้ที่ปิดบัญชีแล้วต้องมียอดคงเหลือเป็นศูนย์",
            ),
            models.CheckConstraint(
                name="debts_nothing_is_owed_on_what_was_taken_back",
                condition=Q(withdrawn_at=None) | Q(outstanding=0, closed_on=F("opened_on")),
                violation_error_message="หนี้ที่ยกเลิกการนำเข้าแล้วต้องไม่มียอดคงเหลือ",
            ),
            models.CheckConstraint(
                name="debts_due_after_lent",
                condition=Q(lent_on=None) | Q(due_on=None) | Q(due_on__gte=F("lent_on")),
                violation_error_message="วันครบกำหนดต้องไม่ก่อนวันที่ทำสัญญา",
            ),
            models.CheckConstraint(
                name="debts_rate_is_a_percentage",
                condition=Q(rate_percent__range=(0, 100)),
                violation_error_message="ระบุอัตราดอกเบี้ยระหว่าง 0 ถึง 100",
            ),
            models.CheckConstraint(
                name="debts_method_is_known_and_fits_the_rate",
                condition=Q(method__in=LendingRule.Method.values)
                & (Q(rate_percent=0) | ~Q(method=LendingRule.Method.NO_INTEREST)),
                violation_error_message=FREE_AT_A_RATE,
            ),
        ]

    def __str__(self):
        return f"{self.fund} {self.number}".strip()

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class ContractQuerySet(ScopedQuerySet):
    area_path = "household__village__code"

    def standing(self):
        """Contracts in force."""
        return self.filter(ended_on=None)

    def counted(self):
        """Contracts that were signed and not cancelled: in force or paid in full."""
        return self.exclude(ending=Contract.Ending.CANCELLED)

    def with_names(self):
        return self.select_related("household__head", "household__village", "lender", "debt__borrower")

    def with_places(self):
        """With the areas above the centre and the household, for papers."""
        return self.select_related(
            "centre__village__parent__parent__parent", "household__village__parent__parent__parent"
        )


class Contract(models.Model):
    """1 ครัวเรือน 1 สัญญา: one lender takes over a household's debts. Its balance is that of `debt`.

    Amounts in baht, rates in percent a year. `bears_interest` + `kept_apart` = `amount`. `relief` holds
    the values of `Relief`; `seasons` the (month, day) of every year on which it is paid, if agreed so.
    """

    class Relief(models.TextChoices):
        EXTEND = "extend", "ยืดระยะเวลา"
        LOWER_INTEREST = "lower_interest", "ลดดอกเบี้ย"
        LOWER_PRINCIPAL = "lower_principal", "ลดเงินต้น"
        WAIVE = "waive", "ยกเว้นดอกเบี้ยหรือค่าปรับ"

    class Ending(models.TextChoices):
        PAID = "paid", "ชำระครบ"
        WAIVED = "waived", "ยกเว้นหนี้ที่เหลือ"
        WRITTEN_OFF = "writtenoff", "ตัดหนี้สูญ"
        DEFAULTED = "defaulted", "เลิกสัญญาเพราะผิดนัด"
        CANCELLED = "cancelled", "ยกเลิกสัญญา"

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="contracts", verbose_name="ศูนย์ฯ")
    household = models.ForeignKey(Household, models.PROTECT, related_name="contracts", verbose_name="ครัวเรือน")
    case = models.ForeignKey(Case, models.PROTECT, related_name="contracts")
    lender = models.ForeignKey(Fund, models.PROTECT, related_name="contracts", verbose_name="แหล่งกู้ยืมใหม่")
    debt = models.OneToOneField(Debt, models.PROTECT, related_name="contract")
    year = models.PositiveSmallIntegerField("ปี พ.ศ.")
    sequence = models.PositiveIntegerField("ลำดับ")
    signed_on = models.DateField("วันที่ทำสัญญา")
    interest_to = models.DateField("คิดดอกเบี้ยถึงวันที่")

    bears_interest = MoneyField("เงินต้นที่คิดดอกเบี้ย (บาท)")
    kept_apart = MoneyField("ดอกเบี้ยที่แยกไว้ ไม่คิดดอกเบี้ย (บาท)")
    waived = MoneyField("ยกเว้นให้ (บาท)", default=0)
    new_money = MoneyField("เงินกู้เพิ่ม (บาท)", default=0)
    amount = MoneyField("จำนวนเงินตามสัญญา (บาท)")
    agreed_in_writing = models.BooleanField("ตกลงเป็นหนังสือให้รวมดอกเบี้ยเป็นเงินต้น", default=False)

    rate_percent = models.DecimalField("ดอกเบี้ย (ร้อยละต่อปี)", max_digits=6, decimal_places=4)
    method = models.CharField("วิธีคิดดอกเบี้ย", max_length=20, choices=LendingRule.Method)
    day_count = models.CharField("การนับเวลา", max_length=20, choices=LendingRule.DayCount)
    periods = models.PositiveSmallIntegerField("จำนวนงวด")
    months_per_period = models.PositiveSmallIntegerField("เดือนต่องวด", default=1)
    first_due_on = models.DateField("วันชำระงวดแรก")
    principal_grace = models.PositiveSmallIntegerField("พักชำระเงินต้น (งวด)", default=0)
    full_grace = models.PositiveSmallIntegerField("พักชำระหนี้ (งวด)", default=0)
    round_up_to = models.PositiveSmallIntegerField("ปัดค่างวดขึ้นเป็นหลัก (บาท)", null=True, blank=True)
    seasons = models.JSONField("วันชำระที่กำหนดทุกปี", default=list)
    relief = models.JSONField("ความช่วยเหลือ", default=list)
    resolution = models.CharField("มติคณะกรรมการ", max_length=200, blank=True)
    reason = models.CharField("เหตุผลประกอบ", max_length=500, blank=True)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    signed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField("สิ้นสุดเมื่อ", null=True, blank=True)
    ending = models.CharField("สิ้นสุดโดย", max_length=10, choices=Ending, blank=True)
    ended_reason = models.CharField("เหตุผลที่สิ้นสุด", max_length=300, blank=True)
    ended_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-sequence", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(ended_on=None),
                name="debts_one_contract_per_household",
                violation_error_message="ครัวเรือนนี้มีสัญญา 1 ครัวเรือน 1 สัญญา ที่มีผลใช้บังคับแล้ว",
            ),
            models.UniqueConstraint(
                fields=["centre", "year", "sequence"],
                name="debts_contract_numbers_do_not_repeat",
                violation_error_message="เลขที่สัญญานี้ใช้แล้ว",
            ),
            models.CheckConstraint(
                name="debts_contract_rate_within_the_law",
                condition=Q(rate_percent__range=(0, LAWFUL_RATE)),
                violation_error_message="อัตราดอกเบี้ยต้องไม่เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)",
            ),
            models.CheckConstraint(
                name="debts_contract_amount_is_the_sum_of_its_parts",
                condition=Q(amount=F("bears_interest") + F("kept_apart")) & Q(amount__gt=0),
                violation_error_message="จำนวนเงินตามสัญญาไม่เท่ากับผลรวมของส่วนย่อย",
            ),
            models.CheckConstraint(
                name="debts_contract_parts_are_not_negative",
                condition=Q(bears_interest__gte=0, kept_apart__gte=0, waived__gte=0, new_money__gte=0),
                violation_error_message="จำนวนเงินต้องไม่ติดลบ",
            ),
            models.CheckConstraint(
                name="debts_contract_has_1_to_120_periods",
                condition=Q(periods__range=(1, 120)),
                violation_error_message="ระบุจำนวนงวดระหว่าง 1 ถึง 120",
            ),
            models.CheckConstraint(
                name="debts_first_due_after_signing",
                condition=Q(first_due_on__gte=F("signed_on")),
                violation_error_message="วันชำระงวดแรกต้องไม่ก่อนวันทำสัญญา",
            ),
            models.CheckConstraint(
                name="debts_an_ended_contract_says_why",
                condition=Q(ended_on=None, ending="")
                | (Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(ending="") & ~Q(ended_reason="")),
                violation_error_message="ระบุเหตุผล",
            ),
        ]

    def __str__(self):
        return f"สัญญาเลขที่ {self.number}"

    @property
    def number(self) -> str:
        return f"{self.sequence}/{self.year}"

    @property
    def rhythm(self) -> str:
        """How often it is paid: ทุกเดือน, or ทุกปี 20 มี.ค. และ สิ้นเดือน พ.ย."""
        return rhythm_of(self.months_per_period, self.seasons)

    @property
    def starts_on(self):
        """The day from which the terms as signed hold, in the word of `ScheduleVersion`."""
        return self.signed_on

    first_days = None  # the first period of the plan as signed is a whole one

    @property
    def relief_labels(self) -> list[str]:
        """The relief given, in Thai."""
        return [label for value, label in self.Relief.choices if value in self.relief]

    def end(self, ending: str, *, reason: str, on, by: Officer | None) -> None:
        self.ending, self.ended_reason, self.ended_on, self.ended_by = ending, reason, on, by
        self.save(update_fields=["ending", "ended_reason", "ended_on", "ended_by"])

    def reopen(self) -> None:
        """In force again: the payment that had cleared it was taken back."""
        self.end("", reason="", on=None, by=None)


class MergedDebtQuerySet(ScopedQuerySet):
    area_path = "contract__household__village__code"


class MergedDebt(models.Model):
    """How one old debt went into a contract, in baht: what was owed on `interest_to`, what was waived,
    what bears interest from now on (principal and capitalised interest) and what is kept apart.
    `accrued_from` is the day up to which the debt's interest was posted before, for taking the merge back."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="merged_debts")
    debt = models.ForeignKey(Debt, models.PROTECT, related_name="merges")
    principal = MoneyField("เงินต้น (บาท)")
    interest = MoneyField("ดอกเบี้ย (บาท)")
    penalty = MoneyField("ค่าปรับ (บาท)", default=0)
    waived_principal = MoneyField("ลดเงินต้น (บาท)", default=0)
    waived_interest = MoneyField("ยกเว้นดอกเบี้ย (บาท)", default=0)
    waived_penalty = MoneyField("ยกเว้นค่าปรับ (บาท)", default=0)
    capitalised = MoneyField("ดอกเบี้ยที่รวมเป็นเงินต้น (บาท)", default=0)
    kept_apart = MoneyField("ดอกเบี้ยที่แยกไว้ (บาท)", default=0)
    accrued_from = models.DateField("คิดดอกเบี้ยก่อนรวมถึงวันที่")
    is_cancelled = models.BooleanField(default=False)

    objects = MergedDebtQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["debt"],
                condition=Q(is_cancelled=False),
                name="debts_a_debt_is_closed_by_one_contract",
                violation_error_message="หนี้นี้รวมอยู่ในสัญญาอื่นแล้ว",
            ),
            models.CheckConstraint(
                name="debts_merge_keeps_every_satang",
                condition=Q(
                    capitalised=F("interest")
                    + F("penalty")
                    - F("waived_interest")
                    - F("waived_penalty")
                    - F("kept_apart")
                ),
                violation_error_message="ยอดที่รวมไม่เท่ากับยอดหนี้เดิม",
            ),
            models.CheckConstraint(
                name="debts_waived_at_most_what_was_owed",
                condition=Q(
                    waived_principal__range=(baht(0), F("principal")),
                    waived_interest__range=(baht(0), F("interest")),
                    waived_penalty__range=(baht(0), F("penalty")),
                    capitalised__range=(baht(0), F("interest")),
                    kept_apart__gte=0,
                ),
                violation_error_message="ยกเว้นได้ไม่เกินยอดที่ค้าง",
            ),
        ]

    @property
    def owed(self):
        return self.principal + self.interest + self.penalty

    @property
    def waived(self):
        return self.waived_principal + self.waived_interest + self.waived_penalty

    @property
    def principal_carried(self):
        return self.principal - self.waived_principal

    @property
    def carried(self):
        """What the new lender pays the old fund: owed less waived."""
        return self.owed - self.waived


class InstalmentQuerySet(models.QuerySet):
    pass


class CurrentInstalments(models.Manager.from_queryset(InstalmentQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(is_current=True)


class Instalment(models.Model):
    """One line of a contract's schedule, in baht. Interest kept apart is repaid but bears none.

    `version` is empty for the schedule as signed. The default manager, and so `contract.instalments`, gives the
    schedule in force now (`is_current`, proved by `check_ledger`); those of the past are in `everything`.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="instalments")
    version = models.ForeignKey(
        "debts.ScheduleVersion", models.PROTECT, null=True, related_name="instalments"
    )
    is_current = models.BooleanField(default=True)
    number = models.PositiveSmallIntegerField("งวดที่")
    due_on = models.DateField("วันครบกำหนด")
    principal = MoneyField("เงินต้น")
    interest = MoneyField("ดอกเบี้ย")
    apart = MoneyField("ดอกเบี้ยที่แยกไว้", default=0)
    balance = MoneyField("คงเหลือ")

    objects = CurrentInstalments()
    everything = InstalmentQuerySet.as_manager()

    class Meta:
        ordering = ["contract", "number"]
        base_manager_name = "everything"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                condition=Q(version=None),
                name="debts_instalments_are_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["version", "number"],
                name="debts_instalments_of_a_version_are_numbered_once",
                violation_error_message="งวดที่นี้มีในแผนแล้ว",
            ),
            models.UniqueConstraint(
                fields=["contract", "number"],
                condition=Q(is_current=True),
                name="debts_one_schedule_is_current",
                violation_error_message="สัญญามีตารางผ่อนชำระที่ใช้อยู่ได้ตารางเดียว",
            ),
            models.CheckConstraint(
                name="debts_instalment_parts_are_not_negative",
                condition=Q(principal__gte=0, interest__gte=0, apart__gte=0, balance__gte=0),
            ),
        ]

    @property
    def total(self):
        return self.principal + self.interest + self.apart


class PaymentQuerySet(ScopedQuerySet):
    area_path = "debt__household__village__code"

    def standing(self):
        """Payments that were not reversed."""
        return self.filter(reversal=None)


class Payment(models.Model):
    """Money received for a debt, in baht, with the fund's running receipt number of the Buddhist year.
    A resent form carries the same `key` and is recorded once. `accrued_from` is the day up to which the
    debt's interest was posted before, for taking the payment back."""

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="payments")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="payments")
    year = models.PositiveSmallIntegerField("ปี พ.ศ.")
    sequence = models.PositiveIntegerField("ลำดับ")
    on = models.DateField("วันที่รับเงิน")
    amount = MoneyField("จำนวนเงิน (บาท)")
    accrued_from = models.DateField("คิดดอกเบี้ยก่อนรับชำระถึงวันที่")
    collection = models.ForeignKey("debts.Collection", models.PROTECT, null=True, related_name="payments")
    key = models.UUIDField(unique=True, editable=False)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "year", "sequence"], name="debts_receipt_numbers_do_not_repeat"
            ),
            models.CheckConstraint(
                name="debts_a_payment_is_positive",
                condition=Q(amount__gt=0),
                violation_error_message="ระบุจำนวนเงินมากกว่าศูนย์",
            ),
        ]

    def __str__(self):
        return f"ใบเสร็จเลขที่ {self.number}"

    @property
    def number(self) -> str:
        return f"{self.sequence}/{self.year}"


class PaymentReversal(models.Model):
    """Why a payment was taken back. The payment and its entries stay."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="reversal")
    on = models.DateField("วันที่")
    reason = models.CharField("เหตุผล", max_length=300)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)


class EntryQuerySet(ScopedQuerySet):
    area_path = "debt__household__village__code"

    def standing(self):
        """Entries that were not reversed and reverse nothing."""
        return self.filter(reversed_by=None, reverses=None)

    def of_kinds(self, kinds):
        """Entries of these kinds and those that take them back, so that their sum is what is left of them."""
        return self.filter(Q(kind__in=kinds) | Q(reverses__kind__in=kinds))


class Entry(models.Model):
    """One change of a debt's balance, in signed baht. Append-only: the database refuses updates and deletes;
    a wrong entry is reversed by another."""

    class Kind(models.TextChoices):
        OPENING = "opening", "ยอดยกมาจากทะเบียน"
        ACCRUAL = "accrual", "คิดดอกเบี้ย"
        PAYMENT = "payment", "รับชำระ"
        WAIVER = "waiver", "ยกเว้น"
        CAPITALISED = "capitalised", "แบ่งดอกเบี้ยก่อนโอนเข้าสัญญาใหม่"
        TRANSFER_OUT = "transfer_out", "โอนเข้าสัญญาใหม่"
        TRANSFER_IN = "transfer_in", "รับโอนจากสัญญาเดิม"
        ADJUSTMENT = "adjustment", "ปรับตามทะเบียน"
        SET_APART = "set_apart", "แยกดอกเบี้ยค้างไว้ในแผนใหม่"
        WRITE_OFF = "write_off", "ตัดหนี้สูญ"
        RECOVERY = "recovery", "ตั้งหนี้สูญที่ได้รับคืน"
        REVERSAL = "reversal", "กลับรายการ"

    debt = models.ForeignKey(Debt, models.PROTECT, related_name="entries")
    on = models.DateField("วันที่")
    kind = models.CharField("รายการ", max_length=14, choices=Kind)
    principal = MoneyField("เงินต้น", default=0)
    interest = MoneyField("ดอกเบี้ย", default=0)
    apart = MoneyField("ดอกเบี้ยที่แยกไว้", default=0)
    penalty = MoneyField("ค่าปรับ", default=0)
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="entries")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="entries")
    change = models.ForeignKey("debts.PlanChange", models.PROTECT, null=True, related_name="entries")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    note = models.CharField("หมายเหตุ", max_length=500, blank=True)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    # Take a debt out of the books or back into them; the household owes as much as before.
    OF_A_WRITE_OFF = (Kind.WRITE_OFF, Kind.RECOVERY)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        indexes = [
            models.Index(fields=["debt", "on"], name="debts_entries_by_debt_and_day"),
            models.Index(fields=["on"], name="debts_entries_by_day"),  # what was posted since a day: little
            models.Index(fields=["debt"], condition=Q(kind="waiver"), name="debts_entries_that_waive"),
        ]
        constraints = [
            models.CheckConstraint(
                name="debts_a_reversal_names_what_it_reverses",
                condition=Q(kind="reversal", reverses__isnull=False)
                | (~Q(kind="reversal") & Q(reverses=None)),
            ),
            models.CheckConstraint(
                name="debts_what_is_written_off_was_decided",
                condition=~Q(kind__in=("set_apart", "write_off")) | Q(change__isnull=False),
                violation_error_message="การตัดหนี้สูญต้องมีข้อเสนอที่อนุมัติแล้ว",
            ),
            models.CheckConstraint(
                name="debts_a_recovery_is_received",
                condition=~Q(kind="recovery") | Q(payment__isnull=False),
                violation_error_message="หนี้สูญที่ได้รับคืนต้องมีใบเสร็จ",
            ),
        ]

    @property
    def total(self):
        return self.principal + self.interest + self.apart + self.penalty


class RunningNumber(models.Model):
    """The last number given out in a series without gaps: contracts of a centre, receipts of a fund."""

    series = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)


class MergeDraftQuerySet(ScopedQuerySet):
    area_path = "household__village__code"


class MergeDraft(models.Model):
    """A merge being prepared: what the officers typed so far, step by step, until the contract is made.
    `version` grows with every save, so that two officers notice each other."""

    household = models.OneToOneField(Household, models.CASCADE, related_name="merge_draft")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = MergeDraftQuerySet.as_manager()
