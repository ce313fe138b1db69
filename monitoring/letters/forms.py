"""What is typed about letters."""

from django import forms

from accounts.forms import OfficerForm, OfficerModelForm
from config import thai
from config.forms import DayBox
from monitoring.forms import visit_field
from monitoring.models import Letter

PICTURES = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})


class LetterForm(OfficerModelForm):
    """A draft; number and date come when it is issued."""

    class Meta:
        model = Letter
        fields = [
            *("urgency", "book", "agency", "address", "subject", "to", "reference", "enclosures"),
            *("signer", "signer_position", "acting_for", "contact", "copies", "slogan"),
        ]
        formfield_callback = visit_field

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["urgency"] = forms.ChoiceField(
            label="ชั้นความเร็ว", choices=Letter.Urgency, required=False, initial=""
        )
        self.fields["book"].help_text = "เช่น บร 0018 เลขต่อท้ายออกให้เมื่อออกหนังสือ"
        self.fields["address"].help_text = "เช่น ศาลากลางจังหวัดบุรีรัมย์ 1159 เขากระโดง จังหวัดบุรีรัมย์ 31000"
        self.fields["enclosures"].help_text = "1 บรรทัดต่อ 1 รายการ พร้อมจำนวน เช่น กำหนดการ จำนวน 1 ฉบับ"
        self.fields["copies"].help_text = "1 บรรทัดต่อ 1 หน่วยงาน พิมพ์ต่อจากหน่วยเจ้าของเรื่อง"
        self.fields["contact"].help_text = "เช่น กลุ่มงานส่งเสริมการพัฒนาชุมชน โทร. 0 4566 6512"

    def clean_book(self):
        """Numbers are kept with Arabic digits; papers print them with Thai ones."""
        return thai.arabic_digits(self.cleaned_data["book"])


class IssueForm(OfficerForm):
    on = DayBox(label="ลงวันที่")


class EmblemForm(OfficerForm):
    picture = forms.FileField(label="ภาพตราหรือครุฑ", widget=PICTURES, help_text="ภาพ JPG PNG หรือ WebP")
