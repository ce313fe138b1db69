"""What officers type about debts, merges and payments."""

from typing import NamedTuple

from django import forms

from accounts.forms import OfficerForm, OfficerModelForm
from config import thai
from config.forms import (
    CountBox,
    DayBox,
    MoneyBox,
    NamesBox,
    PercentBox,
    SeasonsBox,
    TidyText,
    number_in,
    thai_field,
)
from debts.classes import LABELS, SHIPPED, DebtorClass, Limits
from debts.consolidation import Offer, Waiver
from debts.guarantors import fits
from debts.household_merge import PERSON_VALUES, Choices, Same
from debts.ledger import ZERO
from debts.models import FREE_AT_A_RATE, Contract, Debt
from debts.papers.forms import ConsentFields
from debts.registration import ONE_PAPER, has_other_debt_on_paper
from debts.schedule import MOST_PERIODS, ROUND_UP_STEPS
from funds.models import Fund, LendingRule
from households.likeness import Home, likeness
from households.models import Household, Person
from households.twins import someone


class ReasonForm(OfficerForm):
    reason = TidyText(label="เหตุผล", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ConfirmForm(OfficerForm):
    """Nothing to type: the button says it."""


class ClassRuleForm(OfficerForm):
    effective_on = DayBox(label="มีผลตั้งแต่วันที่")
    resolution = TidyText(label="มติคณะกรรมการ", max_length=200, help_text="เช่น ครั้งที่ 2/2567 วันที่ 15 ม.ค. 2567")
    watched_to = CountBox(label="เฝ้าระวัง เกินกำหนดไม่เกิน (วัน)", min_value=1, max_value=9000)
    overdue_to = CountBox(label="ค้างชำระ เกินกำหนดไม่เกิน (วัน)", min_value=1, max_value=9000)
    defaulted_to = CountBox(
        label="ผิดนัด เกินกำหนดไม่เกิน (วัน)",
        min_value=1,
        max_value=9000,
        help_text="เกินกว่านี้เป็นหนี้เสีย/ติดตามพิเศษ",
    )
    due_soon = CountBox(label="แจ้งว่าใกล้ครบกำหนดล่วงหน้า (วัน)", max_value=365)

    @property
    def limits(self) -> Limits:
        return Limits(**{name: self.cleaned_data[name] for name in vars(SHIPPED)})

    def clean(self):
        cleaned = super().clean()
        limits = [cleaned.get(name) for name in ("watched_to", "overdue_to", "defaulted_to")]
        if None not in limits and not limits[0] < limits[1] < limits[2]:
            raise forms.ValidationError("จำนวนวันต้องมากขึ้นตามลำดับ เฝ้าระวัง ค้างชำระ ผิดนัด")
        return cleaned


BY_HAND = (
    DebtorClass.NORMAL,
    DebtorClass.WATCHED,
    DebtorClass.OVERDUE,
    DebtorClass.DEFAULTED,
    DebtorClass.BAD,
)


class ClassDecisionForm(OfficerForm):
    value = forms.ChoiceField(
        label="ประเภทลูกหนี้",
        choices=[("", "ตามหลักเกณฑ์ของศูนย์ฯ"), *((each.value, LABELS[each]) for each in BY_HAND)],
        required=False,
    )
    reason = TidyText(label="เหตุผล", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    until_on = DayBox(label="ถึงวันที่", required=False, help_text="เว้นว่างได้ หากใช้จนกว่าจะกำหนดใหม่")


class ForbearanceForm(OfficerForm):
    until_on = DayBox(label="ผ่อนผันถึงวันที่", help_text="นับวันนี้ด้วย เช่น 31 มี.ค. 2568")
    resolution = TidyText(label="มติคณะกรรมการ", max_length=200, help_text="เช่น ครั้งที่ 2/2567 วันที่ 15 ม.ค. 2567")
    reason = TidyText(label="เหตุผล", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class DayForm(OfficerForm):
    on = DayBox(label="วันที่คัดเลือก")


class _PaperForm(OfficerModelForm):
    """What the paper of an old debt says besides money: how interest is counted and who stands surety."""

    method = forms.ChoiceField(
        label="วิธีคิดดอกเบี้ย",
        choices=[("", "ตามระเบียบของกองทุน"), *LendingRule.Method.choices],
        required=False,
    )
    guarantors = NamesBox(label="ผู้ค้ำประกัน", required=False, help_text="ชื่อ–สกุล 1 คนต่อบรรทัด")

    def clean_guarantors(self):
        names = self.cleaned_data["guarantors"]
        too_long = next((name for name in names if not fits(name)), None)
        if too_long:
            raise forms.ValidationError(
                f"ชื่อ {str(too_long)[:40]}… ยาวเกินไป ระบุชื่อและนามสกุลไม่เกินอย่างละ 80 ตัวอักษร"
            )
        return names


class DebtEditForm(_PaperForm):
    """The descriptive columns; money changes only through the ledger."""

    class Meta:
        model = Debt
        fields = ["number", "lent_on", "due_on", "method", "note"]
        formfield_callback = thai_field

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["guarantors"] = [guarantor.name for guarantor in self.instance.guarantors.all()]

    def clean_method(self):
        debt, method = self.instance, self.cleaned_data["method"]
        if debt.rate_percent and method == LendingRule.Method.NO_INTEREST:
            raise forms.ValidationError(FREE_AT_A_RATE)
        return method or debt.fund.method_on(debt.lent_on or debt.opened_on, rate_percent=debt.rate_percent)

    def clean_number(self):
        self.instance.number = self.cleaned_data["number"]
        if has_other_debt_on_paper(self.instance):
            raise forms.ValidationError(ONE_PAPER)
        return self.instance.number


class DebtForm(_PaperForm):
    """A debt written down by hand, as it stands on a day."""

    principal = MoneyBox(label="เงินต้นคงเหลือ (บาท)")
    interest = MoneyBox(label="ดอกเบี้ยค้างชำระ (บาท)", required=False)
    penalty = MoneyBox(label="ค่าปรับค้างชำระ (บาท)", required=False)

    class Meta:
        model = Debt
        fields = [
            "borrower",
            "fund",
            "number",
            "lent_on",
            "due_on",
            "lent",
            "rate_percent",
            "method",
            "opened_on",
            "principal",
            "interest",
            "penalty",
            "note",
        ]
        formfield_callback = thai_field

    def __init__(self, *args, household: Household, **options):
        super().__init__(*args, **options)
        self.instance.household = household
        people, funds = self.fields["borrower"], self.fields["fund"]
        people.queryset = Person.objects.for_user(self.user).filter(household=household)
        funds.queryset = (
            Fund.objects.for_user(self.user).active().filter(centre__village=household.village_id)
        )

    def clean_interest(self):
        return self.cleaned_data["interest"] or ZERO

    def clean_penalty(self):
        return self.cleaned_data["penalty"] or ZERO

    def clean_principal(self):
        if not self.cleaned_data["principal"]:
            raise forms.ValidationError("ระบุเงินต้นคงเหลือมากกว่า 0 บาท")
        return self.cleaned_data["principal"]


class PaymentForm(OfficerForm):
    amount = MoneyBox(label="จำนวนเงินที่รับ (บาท)")
    on = DayBox(label="วันที่รับเงิน")
    key = forms.UUIDField(widget=forms.HiddenInput)


class DebtChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, debt):
        return f"{debt.fund} {debt.borrower} {debt.number}".strip()


class MergeDebtsForm(OfficerForm):
    """Step 1: which debts, with interest up to which day."""

    interest_to = DayBox(label="คิดดอกเบี้ยถึงวันที่", help_text="เช่น 27 เม.ย. 2560 หรือ 27/4/2560")
    debts = DebtChoice(
        Debt.objects.none(),
        label="หนี้ที่จะรวม",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "เลือกหนี้อย่างน้อย 1 สัญญา",
            "invalid_choice": "หนี้ที่เลือกไว้บางสัญญาปิดบัญชีแล้ว เลือกหนี้อีกครั้ง",
        },
    )

    def __init__(self, *args, household: Household, **options):
        super().__init__(*args, **options)
        mine = Debt.objects.for_user(self.user).filter(household=household)
        self.fields["debts"].queryset = (
            mine.to_merge().with_names().prefetch_related("guarantors").order_by("opened_on", "pk")
        )


MONTHS = [(1, "รายเดือน"), (3, "ราย 3 เดือน"), (6, "ราย 6 เดือน"), (12, "รายปี")]
STEPS = [("", "ไม่ปัด"), *((step, f"ปัดขึ้นเป็นหลัก {step} บาท") for step in ROUND_UP_STEPS)]
WAIVED = {"principal": "เงินต้น", "interest": "ดอกเบี้ย", "penalty": "ค่าปรับ"}


class LenderChoice(forms.ModelChoiceField):
    """A member fund with its newest rule, so that the officer sees what it lends at."""

    def label_from_instance(self, fund):
        return " • ".join([str(fund), *(_rule(rule) for rule in fund.rules.all()[:1])])


def _rule(rule: LendingRule) -> str:
    parts = [f"ร้อยละ {thai.percent(rule.rate_percent)} ต่อปี {rule.get_method_display()}"]
    if rule.largest_loan is not None:
        parts.append(f"วงเงินไม่เกิน {thai.money(rule.largest_loan)} บาท")
    if rule.longest_months:
        parts.append(f"ไม่เกิน {rule.longest_months} เดือน")
    return " ".join(parts)


class MergeTermsForm(OfficerForm):
    """Step 2: who lends, and on which terms. One waiver box per part owed of each debt to be merged."""

    lender = LenderChoice(
        Fund.objects.none(),
        label="แหล่งกู้ยืมใหม่",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกแหล่งกู้ยืมใหม่"},
    )
    rate_percent = PercentBox(label="ดอกเบี้ย (ร้อยละต่อปี)")
    method = forms.ChoiceField(label="วิธีคิดดอกเบี้ย", choices=LendingRule.Method.choices)
    day_count = forms.ChoiceField(label="การนับเวลา", choices=LendingRule.DayCount.choices)
    periods = CountBox(label="จำนวนงวด", min_value=1, max_value=MOST_PERIODS, required=False)
    affordable = MoneyBox(
        label="หรือชำระได้งวดละไม่เกิน", required=False, help_text="ถ้าระบุ ระบบหาจำนวนงวดให้แทนจำนวนงวดข้างบน"
    )
    months_per_period = forms.TypedChoiceField(label="ระยะงวด", choices=MONTHS, coerce=int)
    signed_on = DayBox(label="วันที่ทำสัญญา")
    first_due_on = DayBox(label="วันชำระงวดแรก")
    seasons = SeasonsBox(
        label="วันชำระตามฤดูผลผลิต",
        required=False,
        help_text="เช่น 20 มี.ค. และ พ.ย. ชำระวันนั้นทุกปีตั้งแต่วันชำระงวดแรก แทนระยะงวด ดอกเบี้ยคิดตามวันจริง",
    )
    principal_grace = CountBox(label="พักชำระเงินต้น (งวด)", required=False)
    full_grace = CountBox(label="พักชำระหนี้ทั้งหมด (งวด)", required=False)
    round_up_to = forms.TypedChoiceField(
        label="ปัดค่างวด (วิธีผ่อนเท่ากัน)", choices=STEPS, coerce=int, empty_value=None, required=False
    )
    agreed_in_writing = forms.BooleanField(
        label="ตกลงเป็นหนังสือให้รวมดอกเบี้ยที่ค้างเกิน 1 ปีเป็นเงินต้น (ป.พ.พ. มาตรา 655)", required=False
    )
    relief = forms.MultipleChoiceField(
        label="ความช่วยเหลือ",
        choices=Contract.Relief.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="เลือกได้มากกว่าหนึ่งข้อ",
    )
    reason = TidyText(
        label="เหตุผลประกอบ",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="ต้องระบุเมื่อเกินระเบียบของแหล่งกู้ยืมใหม่",
    )

    def __init__(self, *args, household: Household, debts, interest_to, **options):
        super().__init__(*args, **options)
        self.fields["lender"].queryset = lenders_of(household, self.user)
        self.debts, self.interest_to = debts, interest_to
        for debt in debts:
            for part, label in WAIVED.items():
                self.fields[waiver_name(debt, part)] = MoneyBox(label=f"ยกเว้น{label} {debt}", required=False)

    def clean(self):
        cleaned = super().clean()
        is_known = any(cleaned.get(name) is not None for name in ("periods", "affordable"))
        if not is_known and not {"periods", "affordable"} & set(self.errors):
            self.add_error("periods", "ระบุจำนวนงวด หรือเงินที่ชำระได้ต่องวด")
        return cleaned

    def offer(self) -> Offer:
        """The offer of a valid form."""
        typed = {name: self.cleaned_data[name] for name in OFFERED}
        typed["principal_grace"] = typed["principal_grace"] or 0
        typed["full_grace"] = typed["full_grace"] or 0
        return Offer(**typed, interest_to=self.interest_to, waivers=self._waivers())

    def _waivers(self) -> dict[int, Waiver]:
        typed = {
            debt.pk: Waiver(**{part: self.cleaned_data[waiver_name(debt, part)] or ZERO for part in WAIVED})
            for debt in self.debts
        }
        return {pk: waiver for pk, waiver in typed.items() if waiver.total}


OFFERED = (
    "lender",
    "rate_percent",
    "method",
    "day_count",
    "periods",
    "affordable",
    "months_per_period",
    "seasons",
    "signed_on",
    "first_due_on",
    "principal_grace",
    "full_grace",
    "round_up_to",
    "agreed_in_writing",
)


def lenders_of(household: Household, user):
    """The member funds of the household's centre, with their rules."""
    funds = Fund.objects.for_user(user).active().filter(centre__village=household.village_id)
    return funds.prefetch_related("rules")


def waiver_name(debt: Debt, part: str) -> str:
    return f"waived_{part}_{debt.pk}"


class MergeCheckForm(ConsentFields, OfficerForm):
    """Step 3: who agreed, and three ticks, before the contract is made."""

    agreed = forms.BooleanField(
        label="ลูกหนี้และเจ้าหนี้ตกลงตามเงื่อนไขนี้แล้ว", error_messages={"required": "ตรวจสอบว่าลูกหนี้และเจ้าหนี้ตกลงแล้ว"}
    )
    resolved = forms.BooleanField(
        label="คณะกรรมการมีมติแล้ว", error_messages={"required": "ตรวจสอบว่าคณะกรรมการมีมติแล้ว"}
    )
    resolved_on = DayBox(label="วันที่คณะกรรมการมีมติ", error_messages={"required": "ระบุวันที่คณะกรรมการมีมติ"})
    checked = forms.BooleanField(
        label="ตรวจสอบยอดกับสมุดบัญชีแล้ว", error_messages={"required": "ตรวจสอบยอดกับสมุดบัญชี"}
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    expected_amount = MoneyBox(widget=forms.HiddenInput)

    def __init__(self, *args, debts=(), **options):
        super().__init__(*args, **options)
        self.add_consents(debts)


class ValueRow(NamedTuple):
    """One value of two households side by side. `name` is that of its field, "" when there is no choice;
    `takes` says that the second one is chosen."""

    label: str
    kept: str
    emptied: str
    name: str = ""
    takes: bool = False
    is_name: bool = False


class HouseholdMergeForm(OfficerForm):
    """Value by value, which of two households says it right; and who of the one is whom in the other.

    Whom somebody is decides which values there are to choose from; `shown` are the pairs whose values were
    on the page, so that no value is chosen unseen.
    """

    reason = TidyText(label="เหตุผล", max_length=300, help_text="เช่น ครัวเรือนเดียวกัน บันทึกซ้ำจากทะเบียนสองกองทุน")
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, kept: Household, emptied: Household, **options):
        super().__init__(*args, **options)
        self.kept, self.emptied = kept, emptied
        self.kept_people = {person.pk: person for person in kept.people.all()}
        self.emptied_people = list(emptied.people.all())
        for person in self.emptied_people:
            self.fields[f"same_{person.pk}"] = self._whom(person)
        self.same = dict(self._pairs())

    @property
    def pairs(self) -> str:
        """Who is whom, as `shown` repeats it."""
        return " ".join(f"{pk}:{other.pk}" for pk, other in self.same.items())

    def household_rows(self) -> list[ValueRow]:
        kept, emptied = self.kept, self.emptied
        emptied_head = self.same.get(emptied.head_id, emptied.head)
        return [
            self._row("บ้านเลขที่", "house_number", kept.house_number, emptied.house_number),
            self._row("หัวหน้าครัวเรือน", "head", kept.head, emptied.head, kept.head == emptied_head),
            self._row("หมายเหตุ", "note", kept.note, emptied.note),
        ]

    def people(self) -> list[tuple[Person, forms.BoundField, list[ValueRow]]]:
        """Everyone of the emptied household, the choice of who it is, and the values of the two."""
        return [
            (person, self[f"same_{person.pk}"], list(self._person_rows(person)))
            for person in self.emptied_people
        ]

    def choices(self) -> Choices:
        """What was chosen, or else what stands on the page at first."""
        takes = {row.name for row in self.household_rows() if row.takes}
        same = {
            person.pk: Same(self.same[person.pk].pk, frozenset(self._taken(person)))
            for person in self.emptied_people
            if person.pk in self.same
        }
        return Choices(frozenset(takes), same)

    def clean(self):
        cleaned = super().clean()
        people = [person.pk for person in self.same.values()]
        if len(set(people)) < len(people):
            raise forms.ValidationError("เลือกสมาชิกคนหนึ่งให้ตรงกับสองคนไม่ได้")
        if cleaned.get("shown") != self.pairs:
            raise forms.ValidationError("ตรวจข้อมูลของสมาชิกที่เลือกว่าเป็นคนเดียวกัน แล้วกดรวมอีกครั้ง")
        return cleaned

    def _whom(self, person: Person) -> forms.ChoiceField:
        others = [(str(pk), f"คนเดียวกับ {other}") for pk, other in self.kept_people.items()]
        choices = [("", "อีกคนหนึ่ง ย้ายมาเป็นสมาชิก"), *others]
        return forms.ChoiceField(
            label=str(person), choices=choices, required=False, initial=self._likely(person)
        )

    def _likely(self, person: Person) -> str:
        house = self.kept.house_number
        there = Home(house, tuple(map(someone, self.kept_people.values())))
        sign = likeness(Home(house, (someone(person),)), there)
        return str(sign.other.pk) if sign and sign.other else ""

    def _pairs(self):
        for person in self.emptied_people:
            name = f"same_{person.pk}"
            typed = self.data.get(name) if self.is_bound else self.fields[name].initial
            if other := self.kept_people.get(number_in(typed or "")):
                yield person.pk, other

    def _person_rows(self, person: Person):
        if kept := self.same.get(person.pk):
            yield self._row("ชื่อ–สกุล", f"name_{person.pk}", kept.full_name, person.full_name)
            yield self._row("เลขประจำตัวประชาชน", f"national_id_{person.pk}", *self._ids(kept, person))
            yield self._row("ปีเกิด (พ.ศ.)", f"born_year_{person.pk}", kept.born_year, person.born_year)
            yield self._row("โทรศัพท์", f"phone_{person.pk}", kept.phone, person.phone)

    def _ids(self, kept: Person, person: Person):
        """Two numbers that end alike are told apart by their hash, and shown without it."""
        other = f"{person.masked_id} (คนละเลข)" if person.id_tail == kept.id_tail else person.masked_id
        return kept.masked_id, kept.masked_id if kept.id_hash == person.id_hash else other

    def _taken(self, person: Person):
        rows = self._person_rows(person)
        return {row.name.removesuffix(f"_{person.pk}") for row in rows if row.takes} & set(PERSON_VALUES)

    def _row(self, label: str, name: str, kept, emptied, is_same: bool = False) -> ValueRow:
        texts, is_name = [str(value or "") for value in (kept, emptied)], name.startswith(("name", "head"))
        if is_same or texts[0] == texts[1]:
            return ValueRow(label, *texts, is_name=is_name)
        at_first = "kept" if texts[0] else "emptied"
        chosen = self.data.get(name, at_first) if self.is_bound else at_first
        return ValueRow(label, *texts, name, chosen == "emptied", is_name)
