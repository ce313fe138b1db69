"""What is typed about new versions of lists of issues and scorecards."""

from django import forms
from django.utils import timezone

from accounts.forms import OfficerForm
from config import thai
from config.forms import CountBox, NamesBox, Paragraphs, TidyText, YearBox
from monitoring.models import IssueTemplate, Scorecard, Version

MOST_ITEMS = 80
EVIDENCE = {
    "": "ไม่มี",
    "committee": "คำสั่งแต่งตั้งและผู้แทนกองทุน",
    "register": "ทะเบียนและการจัดประเภทลูกหนี้",
    "talks": "การเจรจาและมติคณะกรรมการ",
    "contracts": "สัญญา 1 ครัวเรือน 1 สัญญา",
    "funds": "กลุ่ม/กองทุนสมาชิก",
    "reduced": "ครัวเรือนที่ลดหนี้ได้",
    "kind": "ประเภทศูนย์ฯ",
    "seat": "ผู้แทนในคณะกรรมการศูนย์ฯ",
    "rules": "ระเบียบการให้กู้",
    "members": "สมาชิกและเงินทุน",
    "lending": "ลูกหนี้และหนี้พ้นกำหนด",
    "plan": "แผนและกิจกรรมที่ทำแล้ว",
    "books": "งบดุลรายเดือน ทุน และสมาชิก",
}


class BeginForm(OfficerForm):
    year = YearBox(label="ใช้ตั้งแต่ปีงบประมาณ (พ.ศ.)")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["year"].initial = thai.fiscal_year(timezone.localdate())


class RevisionForm(OfficerForm):
    """The draft that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class ItemForm(forms.Form):
    """One row; a row whose `named_by` is empty is left out. `place` orders the rows."""

    named_by: str

    place = CountBox(label="ลำดับ", max_value=999, required=False)


class IssueRow(ItemForm):
    named_by = "question"

    section = TidyText(label="ประเด็นที่ (ตามที่พิมพ์)", max_length=40, required=False)
    section_title = TidyText(label="ชื่อประเด็น", max_length=300, required=False)
    number = TidyText(label="ข้อ (ตามที่พิมพ์)", max_length=10, required=False)
    question = Paragraphs(label="ประเด็นย่อย", required=False)
    criterion = Paragraphs(label="แนวทาง", required=False)
    lines = CountBox(label="บรรทัดว่างในแบบพิมพ์", max_value=40, initial=4)
    is_rated = forms.BooleanField(label="ให้ผลการประเมิน", required=False, initial=True)
    for_models_only = forms.BooleanField(label="เฉพาะศูนย์ฯ ต้นแบบ", required=False)

    def clean(self):
        typed = super().clean()
        if typed.get("question") and not (typed.get("section") and typed.get("section_title")):
            self.add_error("section", "ระบุประเด็นที่และชื่อประเด็น")
        return typed


class CardRow(ItemForm):
    named_by = "title"

    title = TidyText(label="รายการ", max_length=300, required=False)
    criterion = Paragraphs(label="แนวทาง", required=False)
    weight = CountBox(label="น้ำหนัก", min_value=1, max_value=100, initial=1)
    evidence = forms.ChoiceField(label="ข้อมูลที่ระบบแสดง", required=False, choices=EVIDENCE.items())
    for_models_only = forms.BooleanField(label="เฉพาะศูนย์ฯ ต้นแบบ", required=False)


class IssueHead(RevisionForm):
    source = TidyText(label="ที่มา", max_length=300, required=False)


class CardHead(RevisionForm):
    name = TidyText(label="ชื่อแบบประเมิน", max_length=200)
    scale = NamesBox(label="ความหมายของคะแนน", help_text="1 บรรทัดต่อ 1 คะแนน เริ่มจากคะแนน 0 อย่างน้อย 2 บรรทัด")
    level2_from = CountBox(label="ระดับ 2 ตั้งแต่ร้อยละ", min_value=1, max_value=99)
    level3_from = CountBox(label="ระดับ 3 ตั้งแต่ร้อยละ", min_value=2, max_value=100)
    source = TidyText(label="ที่มา", max_length=300, required=False)

    def clean(self):
        typed = super().clean()
        if len(typed.get("scale") or ("", "")) < 2:
            self.add_error("scale", "ระบุอย่างน้อย 2 บรรทัด")
        levels = typed.get("level2_from"), typed.get("level3_from")
        if None not in levels and levels[0] >= levels[1]:
            self.add_error("level3_from", "ระดับ 3 ต้องเริ่มสูงกว่าระดับ 2")
        return typed


FORMS = {IssueTemplate: (IssueHead, IssueRow), Scorecard: (CardHead, CardRow)}


class VersionSheet:
    """Head and items of a draft on one page."""

    def __init__(self, draft: Version, *, user, typed=None):
        head, row = FORMS[type(draft)]
        columns = list(head.base_fields)
        self.head = head(typed, initial={name: getattr(draft, name) for name in columns}, user=user)
        rows = forms.formset_factory(row, extra=3, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS)
        self.rows = rows(typed, initial=self._items(draft), prefix="item")

    def _items(self, draft: Version) -> list[dict]:
        items = draft.items.values(*draft.ITEM_COLUMNS)
        return [{**item, "place": item["order"] * 10} for item in items]

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.rows.is_valid()])

    @property
    def head_typed(self) -> dict[str, object]:
        return {name: value for name, value in self.head.cleaned_data.items() if name != "revision"}

    @property
    def items(self) -> list[dict]:
        """The rows that were filled, in their order; one without a place stands where it was typed."""
        named = self.rows.form.named_by
        rows = [(place, row) for place, row in enumerate(self.rows.cleaned_data, start=1) if row.get(named)]
        rows.sort(key=lambda each: each[1].get("place") or each[0] * 10)
        return [{name: value for name, value in row.items() if name != "place"} for _, row in rows]

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """(id of the box, its label, message) of everything to mend."""
        return [
            (box.id_for_label, str(box.label), message)
            for form in [self.head, *self.rows.forms]
            for box in form
            for message in box.errors
        ]
