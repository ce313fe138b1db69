"""What officers type about the papers of a contract and the words on them."""

from django import forms

from accounts.forms import OfficerForm
from config import thai
from config.forms import DayBox, MoneyBox, TidyText
from debts.models import ClauseText, Debt, FamilyConsent, GuarantorAnswer, PaperReturn
from debts.papers.consents import Consents, Family
from debts.papers.words import CONDITIONS, SAMPLES, problems_of

LONGEST_TEXT = 20_000


class ConsentFields:
    """The boxes of a form that ask each guarantor of the old debts, and the family, before a contract is made."""

    def add_consents(self, debts: list[Debt]) -> None:
        self.guarantors = {
            f"guarantor_{guarantor.pk}": guarantor.pk for debt in debts for guarantor in debt.guarantors.all()
        }
        for debt in debts:
            for guarantor in debt.guarantors.all():
                self.fields[f"guarantor_{guarantor.pk}"] = _answer_box(f"{guarantor} ({debt})")
        self.fields["family_relation"] = forms.ChoiceField(
            label="ผู้ให้ความยินยอม",
            choices=[("", "ไม่มี"), *FamilyConsent.Relation.choices],
            required=False,
        )
        self.fields["family_name"] = TidyText(label="ชื่อ–สกุลผู้ให้ความยินยอม", max_length=160, required=False)
        self.fields["family_reason"] = TidyText(
            label="เหตุที่ไม่มีผู้ให้ความยินยอม", max_length=200, required=False, help_text="เช่น โสดและไม่มีทายาท"
        )

    @property
    def guarantor_boxes(self) -> list:
        return [self[name] for name in self.guarantors]

    @property
    def family_boxes(self) -> list:
        return [self[name] for name in ("family_relation", "family_name", "family_reason")]

    def consents(self) -> Consents:
        """The answers of a valid form."""
        typed = self.cleaned_data
        answers = {pk: typed[name] for name, pk in self.guarantors.items()}
        if typed["family_relation"]:
            return Consents(answers, Family(typed["family_name"], typed["family_relation"]))
        return Consents(answers, Family(reason=typed["family_reason"]))

    def clean(self):
        typed = super().clean()
        name = typed.get("family_name")
        if typed.get("family_relation") and not name:
            self.add_error("family_name", "ระบุชื่อ–สกุลผู้ให้ความยินยอม")
        elif name and not typed.get("family_relation"):
            self.add_error("family_relation", "เลือกความเกี่ยวข้องกับลูกหนี้")
        elif not name and not typed.get("family_reason"):
            self.add_error("family_reason", "ระบุคู่สมรสหรือทายาทที่ให้ความยินยอม หรือเหตุที่ไม่มี")
        return typed


def _answer_box(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "เลือก"), *GuarantorAnswer.Answer.choices],
        error_messages={"required": "ระบุการดำเนินการกับผู้ค้ำประกันคนนี้ก่อนทำสัญญา"},
    )


class ReturnForm(OfficerForm):
    fate = forms.ChoiceField(
        label="ผลการคืนเอกสาร", choices=PaperReturn.Fate.choices, widget=forms.RadioSelect
    )
    on = DayBox(label="วันที่")
    received_by = TidyText(label="ผู้รับเอกสาร", max_length=160, required=False, help_text="ต้องระบุเมื่อคืนให้ลูกหนี้")
    note = TidyText(label="หมายเหตุ", max_length=300, required=False)


class DutyForm(OfficerForm):
    amount = MoneyBox(label="อากรแสตมป์ที่ปิด (บาท)")
    on = DayBox(label="วันที่ปิดอากร")
    note = TidyText(label="หมายเหตุ", max_length=200, required=False)


class ScanForm(OfficerForm):
    content = forms.FileField(
        label="ไฟล์สัญญาที่ลงนามแล้ว",
        help_text="ภาพ JPG PNG หรือ PDF ไม่เกิน 10 MB แนบได้ทีละหน้า",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        error_messages={"empty": "ไฟล์ว่าง เลือกไฟล์อีกครั้ง"},
    )


class NewClauseForm(OfficerForm):
    kind = forms.ChoiceField(label="เอกสาร", choices=[("", "เลือก"), *ClauseText.Kind.choices])


class ApproveClauseForm(OfficerForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ClauseForm(ApproveClauseForm):
    """The words of a draft; a place or condition that the paper does not know is said beside the box."""

    body = forms.CharField(
        label="ข้อความ",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 28}),
        help_text="1 บรรทัดเป็น 1 ย่อหน้า ส่วนหน้าเครื่องหมาย | พิมพ์เป็นหัวข้อตัวหนา บรรทัดที่ขึ้นต้นด้วย ( เป็นข้อย่อย",
    )
    field_order = ("body", "version")

    def __init__(self, *args, kind: str, **options):
        super().__init__(*args, **options)
        self.kind = kind

    def clean_body(self):
        body = "\n".join(thai.tidy(line) for line in self.cleaned_data["body"].splitlines())
        if faults := problems_of(self.kind, body):
            raise forms.ValidationError(faults)
        return body

    @property
    def names(self) -> list[tuple[str, str]]:
        """Each place that may be named, with what stands there in the preview."""
        return [(f"{{{name}}}", sample or "เว้นว่างไว้เขียนด้วยมือ") for name, sample in SAMPLES[self.kind].items()]

    @property
    def conditions(self) -> list[str]:
        return [f"[{name}: ข้อความ]" for name in CONDITIONS[self.kind]]
