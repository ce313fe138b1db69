"""What is typed upon returns: a note, reasons, decisions, ticks, and the deadlines of a year."""

from django import forms

from accounts.forms import OfficerForm
from config.forms import DayBox, Paragraphs, TidyText
from reports.models import Period, ReturnTick
from reports.returns.content import Line
from reports.returns.deadlines import Deadline


class SendForm(OfficerForm):
    note = Paragraphs(
        label="คำชี้แจงถึงผู้ตรวจ", required=False, max_length=1000, help_text="เช่น เหตุที่ล่าช้า หรือสิ่งที่แก้ไขจากฉบับก่อน"
    )


class DecisionForm(OfficerForm):
    """A decision on the version as it was read."""

    number = forms.IntegerField(widget=forms.HiddenInput)


class GiveBackForm(DecisionForm):
    """Why the return goes back, and what is wrong with which line."""

    reason = Paragraphs(
        label="เหตุผลที่ส่งคืน",
        required=False,
        max_length=1000,
        help_text="เขียนเหตุผลรวม หรือเขียนที่บรรทัดที่ต้องแก้ไขในช่องด้านล่าง",
    )

    def __init__(self, *args, lines: list[Line], **options):
        super().__init__(*args, **options)
        for line in lines:
            box = TidyText(label=line.name, required=False, max_length=500)
            box.widget.attrs["autocomplete"] = "off"
            self.fields[line.place] = box
        self.lines = lines

    @property
    def remarks(self) -> dict[str, str]:
        """What was typed at lines, by the code of the place."""
        return {
            line.place: self.cleaned_data[line.place] for line in self.lines if self.cleaned_data[line.place]
        }

    @property
    def rows(self) -> list[tuple[Line, forms.BoundField]]:
        return [(line, self[line.place]) for line in self.lines]


class TickForm(OfficerForm):
    system = forms.ChoiceField(label="ระบบ", choices=ReturnTick.System.choices)
    is_done = forms.TypedChoiceField(
        label="ผล",
        choices=[("1", "ดำเนินการแล้ว"), ("0", "ยกเลิกรายการที่บันทึกไว้")],
        coerce=lambda typed: typed == "1",
    )
    on = DayBox(label="วันที่ดำเนินการ")


class DeadlinesForm(OfficerForm):
    """Two days for each period of a year; both or neither."""

    def __init__(self, *args, periods: list[Period], **options):
        super().__init__(*args, **options)
        self.periods = periods
        for period in periods:
            for level, label in (("district", "อำเภอส่งภายใน"), ("province", "จังหวัดส่งภายใน")):
                box = DayBox(label=f"{period.label} {label}", required=False)
                box.initial = getattr(period, f"{level}_due_on")
                self.fields[_box(period, level)] = box

    @property
    def rows(self):
        return [
            (period, self[_box(period, "district")], self[_box(period, "province")])
            for period in self.periods
        ]

    def clean(self):
        answers = super().clean()
        for period in self.periods:
            self._check(period, answers)
        return answers

    def _check(self, period: Period, answers: dict) -> None:
        district, province = (_box(period, level) for level in ("district", "province"))
        if district in self.errors or province in self.errors:
            return
        first, last = answers.get(district), answers.get(province)
        if bool(first) != bool(last) or (period.pk and not first):
            self.add_error(district if not first else province, "ระบุกำหนดส่งให้ครบทั้งอำเภอและจังหวัด")
        elif first and last < first:
            self.add_error(province, "กำหนดส่งของจังหวัดต้องไม่ก่อนของอำเภอ")
        elif first and first < period.starts_on:
            self.add_error(district, "กำหนดส่งต้องไม่ก่อนวันเริ่มรอบ")

    @property
    def deadlines(self) -> list[Deadline]:
        typed = [
            (each, self.cleaned_data[_box(each, "district")], self.cleaned_data[_box(each, "province")])
            for each in self.periods
        ]
        return [Deadline(each.kind, each.number, first, last) for each, first, last in typed if first]


def _box(period: Period, level: str) -> str:
    return f"{period.kind}{period.number}_{level}"
