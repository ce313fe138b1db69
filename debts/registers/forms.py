"""What officers type about a register as a whole."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from accounts.forms import OfficerForm
from config.forms import CountBox, DayBox, MoneyBox
from debts.imports.forms import FILE_HINT, CentreChoice, not_after_today
from debts.models import Register
from debts.sheets.limits import MAX_BYTES, TOO_BIG

Start = Register.Start


class RegisterStartForm(OfficerForm):
    """For which centre, as of which day, and what the register begins with."""

    centre = CentreChoice()
    as_of_on = DayBox(label="ข้อมูล ณ วันที่", error_messages={"required": "ระบุวันที่ของข้อมูล"})
    start = forms.ChoiceField(
        label="เริ่มจาก",
        choices=[
            (Start.EMPTY, "ว่าง"),
            (Start.COPIED, "คัดลอกหนี้ทุกรายการที่ค้างในระบบ พร้อมยอด ณ วันนั้น"),
            (Start.FILE, "ไฟล์ Excel"),
        ],
        initial=Start.EMPTY,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label="ไฟล์ทะเบียนลูกหนี้ เมื่อเริ่มจากไฟล์ Excel",
        required=False,
        allow_empty_file=True,
        max_length=500,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.xlsm,.txt"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["file"].help_text = format_html(FILE_HINT, reverse("debts:register-blank"))

    def clean_as_of_on(self):
        return not_after_today(self.cleaned_data["as_of_on"])

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file

    def clean(self):
        answers = super().clean()
        if answers.get("start") == Start.FILE and not answers.get("file") and "file" not in self.errors:
            self.add_error("file", "เลือกไฟล์")
        return answers


class SendForm(OfficerForm):
    """What the paper adds up to, and that a difference from it is known."""

    control_total = MoneyBox(
        label="ยอดรวมในเอกสาร", required=False, help_text="ระบุยอดรวมจากเอกสารต้นฉบับ ระบบจะช่วยตรวจว่าตรงกันหรือไม่"
    )
    control_rows = CountBox(label="จำนวนแถวในเอกสาร", required=False)
    difference_is_known = forms.BooleanField(label="ตรวจสอบแล้ว ยอดต่างจากเอกสารตามที่แสดง", required=False)


class DecisionForm(OfficerForm):
    """A decision on the register as it was read."""

    sequence = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(DecisionForm):
    """Why the register goes back."""

    reason = forms.CharField(
        label="เหตุผลที่ส่งคืน",
        max_length=1000,
        help_text="เขียนให้ผู้แก้ไขทราบว่าต้องแก้แถวใด อย่างไร",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "ระบุเหตุผลที่ส่งคืน"},
    )


class OtherRegister(forms.Form):
    """Which other register of the centre this one is compared with."""

    def __init__(self, *args, register: Register, **options):
        super().__init__(*args, **options)
        others = register.centre.registers.exclude(pk=register.pk)
        others = others.exclude(status=Register.Status.DISCARDED)
        self.fields["with"] = OtherChoice(others, label="เปรียบเทียบกับ", empty_label=None)


class OtherChoice(forms.ModelChoiceField):
    def label_from_instance(self, register):
        return register.of_day
