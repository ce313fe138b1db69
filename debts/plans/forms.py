"""What officers type about changes of plan."""

from django import forms
from django.db.models import Q
from django.utils import timezone

from accounts.forms import OfficerForm
from config import thai
from config.forms import CountBox, DayBox, MoneyBox, PercentBox, TidyText
from debts.forms import MONTHS
from debts.models import Contract, PlanChange
from debts.plans.outcome import Kind
from debts.repayment import owed_on
from debts.schedule import MOST_PERIODS
from households.models import Person

SCHEDULE = ("periods", "months_per_period", "first_due_on")
WAIVED = ("waived_principal", "waived_interest", "waived_apart", "waived_penalty")
ASKED = {
    Kind.RESCHEDULE: SCHEDULE,
    Kind.RATE: ("rate_percent",),
    Kind.GRACE: ("principal_grace", "full_grace"),
    Kind.WAIVE: (*WAIVED, *SCHEDULE),
    Kind.WRITE_OFF: (),
    Kind.TAKEOVER: ("died_on", "heir", "heir_is", "consent"),
    Kind.DEFAULT: (),
}
REQUIRED = {
    Kind.RESCHEDULE: SCHEDULE,
    Kind.RATE: ("rate_percent",),
    Kind.TAKEOVER: ("died_on", "heir", "heir_is", "consent"),
}
WORDS = ("reason", "resolution")


class PlanForm(OfficerForm):
    """The boxes that a kind of change asks for, its reason and the committee's resolution."""

    periods = CountBox(label="จำนวนงวดของแผนใหม่", min_value=1, max_value=MOST_PERIODS)
    months_per_period = forms.TypedChoiceField(label="ระยะงวด", choices=MONTHS, coerce=int, empty_value=None)
    first_due_on = DayBox(label="วันชำระงวดแรกของแผนใหม่")
    rate_percent = PercentBox(label="ดอกเบี้ยใหม่ (ร้อยละต่อปี)")
    principal_grace = CountBox(label="พักชำระเงินต้น (งวด)", help_text="ชำระเฉพาะดอกเบี้ย")
    full_grace = CountBox(label="พักชำระหนี้ทั้งหมด (งวด)", help_text="ดอกเบี้ยของงวดที่พักแยกไว้ ไม่คิดดอกเบี้ย")
    waived_principal = MoneyBox(label="ลดเงินต้น (บาท)")
    waived_interest = MoneyBox(label="ยกเว้นดอกเบี้ยถึงวันนี้ (บาท)")
    waived_apart = MoneyBox(label="ยกเว้นดอกเบี้ยที่แยกไว้ (บาท)")
    waived_penalty = MoneyBox(label="ยกเว้นค่าปรับ (บาท)")
    died_on = DayBox(label="วันที่ลูกหนี้ถึงแก่กรรม")
    heir = forms.ModelChoiceField(Person.objects.none(), label="ผู้รับผิดชอบหนี้แทน", empty_label="เลือกบุคคล")
    heir_is = forms.ChoiceField(label="รับผิดชอบในฐานะ", choices=PlanChange.HeirIs.choices)
    consent = TidyText(label="หลักฐานความยินยอม", max_length=200, help_text="เช่น หนังสือยินยอมลงวันที่ 5 ม.ค. 2561")
    reason = TidyText(label="เหตุผล", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    resolution = TidyText(label="มติคณะกรรมการ", max_length=200, help_text="เช่น ครั้งที่ 2/2567 วันที่ 15 ม.ค. 2567")

    def __init__(self, *args, contract: Contract, kind: str, **options):
        super().__init__(*args, **options)
        self.contract, self.kind = contract, kind
        for name in set(self.fields) - {*ASKED[kind], *WORDS}:
            del self.fields[name]
        for name in ASKED[kind]:
            self.fields[name].required = name in REQUIRED.get(kind, ())
        self.order_fields([*ASKED[kind], *WORDS])
        if kind == Kind.WAIVE:
            self._tell_what_is_owed()
            self._may_begin_anew()
        if "heir" in self.fields:
            self.fields["heir"].queryset = _who_may_take_over(contract, self.user)

    def _tell_what_is_owed(self) -> None:
        owed = owed_on(self.contract.debt, on=timezone.localdate())
        for name in WAIVED:
            part = getattr(owed, name.removeprefix("waived_"))
            self.fields[name].help_text = f"ค้างอยู่ {thai.money(part)} บาท ณ วันนี้"

    def _may_begin_anew(self) -> None:
        self.fields["periods"].help_text = "เว้นว่างไว้ หากใช้ตารางเดิม ยอดที่ยกเว้นจะตัดงวดที่ถึงกำหนดก่อน"
        self.fields["months_per_period"].choices = [("", "ตามเดิม"), *MONTHS]

    def clean(self):
        cleaned = super().clean()
        if self.kind == Kind.GRACE and not (cleaned.get("principal_grace") or cleaned.get("full_grace")):
            raise forms.ValidationError("ระบุจำนวนงวดที่พักชำระ")
        return cleaned

    def change(self) -> PlanChange:
        """The change that a valid form asks for, not saved."""
        typed = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return PlanChange(contract=self.contract, kind=self.kind, **typed)


def _who_may_take_over(contract: Contract, user):
    """The people of the household and the guarantors of its debts, without the debtor."""
    debts = [contract.debt_id, *contract.merged_debts.values_list("debt", flat=True)]
    people = Q(household=contract.household_id) | Q(guarantees__debt__in=debts)
    found = Person.objects.for_user(user).filter(people).exclude(pk=contract.debt.borrower_id)
    return found.distinct().order_by("sort", "pk")


class ApproveForm(OfficerForm):
    """What the officer saw: the version of the change, and what was owed."""

    sequence = forms.IntegerField(widget=forms.HiddenInput)
    seen = MoneyBox(widget=forms.HiddenInput)


class RefuseForm(OfficerForm):
    sequence = forms.IntegerField(widget=forms.HiddenInput)
    reason = TidyText(label="เหตุผลที่ไม่อนุมัติ", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ApproversForm(OfficerForm):
    two_approve_above = MoneyBox(
        label="ยกเว้นหรือตัดหนี้สูญเกินจำนวนนี้ ต้องอนุมัติ 2 คน (บาท)", help_text="ระบุ 0 หากทุกจำนวนต้องอนุมัติ 2 คน"
    )
