"""What officers type when they grade."""

from django import forms

from accounts.forms import OfficerForm
from config.forms import Paragraphs, YearBox
from funds.models import Centre, Fund
from monitoring.forms import CentreChoice
from monitoring.grading.life import Given
from monitoring.models import Scorecard

LEFT_OUT = "left-out"
GRADED_FUNDS = [each.value for each in Scorecard.Subject if each != Scorecard.Subject.CENTRE]


class FundOfCentre(forms.ModelChoiceField):
    def label_from_instance(self, fund):
        return f"{fund.name} ({fund.centre.short_name})"


class GradingNewForm(OfficerForm):
    """Which centre or fund, and which fiscal year."""

    centre = CentreChoice(Centre.objects.with_place(), label="ศูนย์ฯ", empty_label="เลือกศูนย์ฯ")
    fund = FundOfCentre(
        Fund.objects.active().filter(kind__in=GRADED_FUNDS).select_related("centre__village"),
        label="กองทุนที่ประเมิน",
        required=False,
        empty_label="ตัวศูนย์ฯ เอง",
        help_text="เว้นไว้เมื่อประเมินตัวศูนย์ฯ เลือกเมื่อประเมินกลุ่มออมทรัพย์ฯ หรือ กข.คจ. ของศูนย์ฯ",
    )
    year = YearBox(label="ปีงบประมาณ (พ.ศ.)")


class GivenForm(forms.Form):
    """What one item is given."""

    points = forms.ChoiceField(label="คะแนน", required=False, widget=forms.RadioSelect)
    remark = Paragraphs(label="หลักฐาน/เหตุผล", required=False, max_length=2000)

    def __init__(self, *args, row, scale, **options):
        points = LEFT_OUT if row.is_left_out else row.points
        options["initial"] = {"points": "" if points is None else str(points), "remark": row.remark}
        super().__init__(*args, prefix=f"item{row.item.order}", **options)
        self.row = row
        words = [(str(points), f"{points} {word}") for points, word in enumerate(scale)]
        self.fields["points"].choices = [*words, (LEFT_OUT, "ไม่เกี่ยวข้อง")]
        self.fields["remark"].widget.attrs["rows"] = 2

    @property
    def given(self) -> Given:
        points = self.cleaned_data["points"]
        number = int(points) if points.isdecimal() else None
        return Given(number, points == LEFT_OUT, self.cleaned_data["remark"])


class GradingForm(OfficerForm):
    """The whole page: the note and a `GivenForm` for each item."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = Paragraphs(label="หมายเหตุ", required=False, max_length=2000)

    def __init__(self, *args, grading, **options):
        super().__init__(*args, **options)
        rows = grading.items.select_related("item")
        scale = grading.scorecard.scale
        self.items = [GivenForm(self.data if self.is_bound else None, row=row, scale=scale) for row in rows]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(item.is_valid() for item in self.items)])
