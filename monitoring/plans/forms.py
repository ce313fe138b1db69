"""What officers type about plans and how their activities went."""

from django import forms

from accounts.forms import OfficerForm
from config.forms import CountBox, DayBox, MoneyBox, Paragraphs, TidyText, YearBox
from funds.models import Centre
from monitoring.forms import CentreChoice, DecisionForm
from monitoring.models import ActionPlan, PlannedActivity
from monitoring.plans.life import MOST_AT_ONCE

SPARE_ROWS = 3
MOST_ROWS = 40


class NewPlanForm(OfficerForm):
    """Whose plan, and of which fiscal year."""

    centre = CentreChoice(
        Centre.objects.with_place(),
        label="ศูนย์ฯ",
        required=False,
        empty_label="แผนปฏิบัติการประจำปีของอำเภอ",
        help_text="เลือกศูนย์ฯ เพื่อจัดทำแผนการบริหารจัดการหนี้ เว้นไว้เมื่อจัดทำแผนปฏิบัติการประจำปีของอำเภอ",
    )
    year = YearBox(label="ปีงบประมาณ (พ.ศ.)")


class ActivityRow(forms.Form):
    """One activity; a row without a name is left out. A draft may be incomplete."""

    what = TidyText(label="กิจกรรม", max_length=300, required=False)
    kind = forms.ChoiceField(label="ประเภท", choices=PlannedActivity.Kind, initial=PlannedActivity.Kind.OTHER)
    households = CountBox(label="ครัวเรือน", required=False, max_value=100_000)
    budget = MoneyBox(label="งบประมาณ (บาท)", required=False)
    starts_on = DayBox(label="เริ่ม", required=False)
    ends_on = DayBox(label="สิ้นสุด", required=False)
    who = TidyText(label="ผู้รับผิดชอบ", max_length=160, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["budget"].suffix = ""  # its label says it
        self.fields["starts_on"].help_text = self.fields["ends_on"].help_text = ""

    def clean(self):
        typed = super().clean()
        if any(
            typed.get(name) is not None for name in ("households", "budget", "starts_on", "ends_on")
        ) and not typed.get("what"):
            self.add_error("what", "ระบุกิจกรรม")
        start, end = typed.get("starts_on"), typed.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", "วันสิ้นสุดต้องไม่ก่อนวันเริ่ม")
        return typed


ActivityRows = forms.formset_factory(ActivityRow, extra=SPARE_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class PlanForm(DecisionForm):
    """A whole plan: its own columns and its activities."""

    objective = Paragraphs(label="วัตถุประสงค์", required=False, max_length=2000)
    households = CountBox(label="ครัวเรือนเป้าหมาย", required=False, max_value=100_000)
    resolution = TidyText(
        label="มติที่ประชุม",
        required=False,
        max_length=200,
        help_text="เช่น มติคณะกรรมการศูนย์ฯ ครั้งที่ 2/2565 วันที่ 5 ม.ค. 2565",
    )

    def __init__(self, *args, plan: ActionPlan, **options):
        super().__init__(*args, **options)
        kept = plan.activities.values("what", "kind", "households", "budget", "starts_on", "ends_on", "who")
        self.rows = ActivityRows(self.data if self.is_bound else None, initial=list(kept), prefix="activity")

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.rows.is_valid()])

    @property
    def activities(self) -> list[dict]:
        return [row for row in self.rows.cleaned_data if row.get("what")]

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """(id of the box, its label, message) of everything to mend."""
        boxes = [("", box) for box in self]
        boxes += [(f"กิจกรรมที่ {n}", box) for n, row in enumerate(self.rows, 1) for box in row]
        return [
            (box.id_for_label, f"{of} {box.label}".strip(), text) for of, box in boxes for text in box.errors
        ]


class UndoForm(OfficerForm):
    reason = TidyText(label="เหตุผลที่เลิกการอนุมัติ", max_length=1000)


class ResultForm(OfficerForm):
    """How an activity went."""

    status = forms.ChoiceField(label="ผล", choices=PlannedActivity.Status, widget=forms.RadioSelect)
    done_on = DayBox(label="แล้วเสร็จวันที่", required=False)
    reached = CountBox(label="ครัวเรือนที่เข้าร่วม", required=False, max_value=100_000)
    spent = MoneyBox(label="ใช้ไป", required=False)
    note = Paragraphs(label="สิ่งที่เกิดขึ้น", required=False, max_length=1000)


class ChosenPlans(forms.Form):
    """The plans ticked in the inbox: `plan` is key-version, as often as there are ticks."""

    plan = forms.MultipleChoiceField(required=False)

    def __init__(self, data, *, offered: dict[str, ActionPlan]):
        super().__init__(data)
        self.offered = offered
        self.fields["plan"].choices = [(key, key) for key in offered]
        self.fields["plan"].error_messages["invalid_choice"] = "แผนที่เลือกเปลี่ยนไปแล้ว เปิดหน้าพิจารณาใหม่"

    def clean_plan(self):
        keys = self.cleaned_data["plan"]
        if not keys:
            raise forms.ValidationError("เลือกแผนที่จะอนุมัติอย่างน้อย 1 แผน")
        if len(keys) > MOST_AT_ONCE:
            raise forms.ValidationError(f"เลือกได้ครั้งละไม่เกิน {MOST_AT_ONCE} แผน")
        return [self.offered[key] for key in keys]
