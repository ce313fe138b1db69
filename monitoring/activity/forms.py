"""What officers type about field activity."""

from django import forms

from accounts.forms import AloneForm, OfficerForm
from config.forms import MoneyBox, Paragraphs, TidyText, number_in
from debts.payments.forms import PastDayBox
from funds.models import Centre
from households.models import Household
from monitoring.activity.attendance import households_of
from monitoring.forms import CentreChoice, visit_field
from monitoring.models import Activity, GroupMoney

Kind = Activity.Kind
# The words for the boxes of each kind; a box without words is not asked.
WORDS = {
    Kind.TRAINING: {
        "title": "ชื่อหลักสูตรหรือการอบรม",
        "held_on": "วันที่อบรม",
        "leader": "วิทยากร",
        "place": "สถานที่",
        "topics": "หัวข้อที่อบรม",
        "people": "ผู้เข้าร่วมทั้งหมด (คน)",
    },
    Kind.OCCUPATION: {
        "title": "กลุ่มหรือกิจกรรมอาชีพ",
        "held_on": "วันที่เริ่ม",
        "budget": "เงินทุนตั้งต้น (บาท)",
        "leader": "ผู้ดูแลเงินทุนหรือประธานกลุ่ม",
        "place": "สถานที่",
        "topics": "รายละเอียด หลักเกณฑ์การให้และการคืน",
    },
    Kind.STUDY_VISIT: {
        "title": "เรื่องที่ศึกษาดูงาน",
        "held_on": "วันที่ไป",
        "place": "สถานที่ศึกษาดูงาน",
        "leader": "ผู้ให้ความรู้",
        "topics": "สิ่งที่ได้เรียนรู้",
        "people": "ผู้เข้าร่วมทั้งหมด (คน)",
    },
    Kind.AWARD: {
        "title": "ชื่อรางวัล",
        "held_on": "วันที่ได้รับ",
        "leader": "หน่วยงานที่มอบ",
        "topics": "ผลงานที่ได้รับรางวัล",
    },
}
HINTS = {
    "topics": "1 บรรทัดต่อ 1 หัวข้อ",
    "budget": "เช่น 40,000 เงินหรือมูลค่าวัสดุที่กลุ่มได้รับไว้หมุนเวียน",
    "people": "รวมผู้ที่ไม่ได้อยู่ในครัวเรือนของศูนย์ฯ",
}


class ActivityForm(AloneForm):
    """One activity, in the words of its kind."""

    alone, alone_in = "monitoring_an_activity_is_recorded_once", "title"

    centre = CentreChoice(Centre.objects.with_place(), label="ศูนย์ฯ", empty_label="เลือกศูนย์ฯ")

    class Meta:
        model = Activity
        fields = ["centre", "title", "held_on", "budget", "leader", "place", "topics", "people"]
        formfield_callback = visit_field

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        words = WORDS[self.instance.kind]
        for name in [name for name in self.fields if name != "centre" and name not in words]:
            del self.fields[name]
        for name, label in words.items():
            self.fields[name].label = label
            self.fields[name].help_text = HINTS.get(name) or self.fields[name].help_text
        if "budget" in self.fields:
            self.fields["budget"].required = True
        self.order_fields(["centre", *words])


class ActivityEditForm(ActivityForm):
    """The same; the centre stays."""

    class Meta(ActivityForm.Meta):
        fields = ActivityForm.Meta.fields[1:]

    centre = None


class HouseholdsBox(forms.ModelMultipleChoiceField):
    """Households by house number and head."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, household):
        return str(household)


class HouseholdsForm(OfficerForm):
    """Who took part: one tick each. `opened` are the ticks that the page was opened with."""

    households = HouseholdsBox(Household.objects.none(), label="ครัวเรือนที่เข้าร่วม", required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, activity: Activity, **options):
        super().__init__(*args, **options)
        self.fields["households"].queryset = households_of(activity).for_user(self.user)

    def clean_opened(self) -> set[int]:
        keys = (number_in(each) for each in self.cleaned_data["opened"].split(","))
        return {key for key in keys if key is not None}


class HouseholdBox(forms.ModelChoiceField):
    """One of them, or none."""

    def label_from_instance(self, household):
        return str(household)


class MoneyForm(OfficerForm):
    """Money or goods that went out or came back."""

    kind = forms.ChoiceField(label="รายการ", choices=GroupMoney.Kind, widget=forms.RadioSelect)
    household = HouseholdBox(
        Household.objects.none(), label="ครัวเรือน", required=False, help_text="เว้นไว้เมื่อเป็นของกลุ่มโดยรวม"
    )
    amount = MoneyBox(label="จำนวนเงิน (บาท)")
    on = PastDayBox(label="วันที่")
    is_goods = forms.BooleanField(label="เป็นวัสดุอุปกรณ์ ใช้มูลค่าตามราคาซื้อ", required=False)
    note = TidyText(
        label="หมายเหตุ",
        max_length=300,
        required=False,
        help_text="ถ้าเป็นวัสดุอุปกรณ์ ระบุรายการและเลขที่ใบเสร็จหรือใบเสนอราคา",
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, activity: Activity, **options):
        super().__init__(*args, **options)
        self.fields["household"].queryset = households_of(activity).for_user(self.user)

    def clean(self):
        typed = super().clean()
        if typed.get("is_goods") and not typed.get("note"):
            self.add_error("note", "ระบุรายการวัสดุและเลขที่ใบเสร็จหรือใบเสนอราคา")
        return typed


class ReasonForm(OfficerForm):
    reason = TidyText(label="เหตุผล", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class NameModelForm(OfficerForm):
    """Since when a household is a model, and why."""

    named_on = PastDayBox(label="เป็นครัวเรือนต้นแบบตั้งแต่วันที่")
    why = Paragraphs(label="เหตุผลที่เป็นต้นแบบ", max_length=500, help_text="เช่น ปลดหนี้ได้ ทำบัญชีครัวเรือนต่อเนื่อง")


class EndModelForm(OfficerForm):
    ended_on = PastDayBox(label="สิ้นสุดวันที่")
    reason = TidyText(label="เหตุผล", max_length=300)
