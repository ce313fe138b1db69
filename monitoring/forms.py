"""What officers type about visits."""

import uuid
from functools import cached_property

from django import forms
from django.db.models import TextField, TimeField

from accounts.forms import OfficerForm, OfficerModelForm
from config.forms import ClockBox, DayBox, Paragraphs, TidyText, thai_field
from funds.models import Centre
from monitoring.models import FollowUp, IssueAnswer, IssueTemplate, Visit
from monitoring.visits import Draft


def visit_field(column, **options):
    """`formfield_callback`: the box that fits a column of a visit."""
    if isinstance(column, TimeField):
        return ClockBox(label=column.verbose_name, required=not column.blank)
    if isinstance(column, TextField):
        return Paragraphs(label=column.verbose_name, required=not column.blank)
    if column.get_internal_type() == "CharField":
        return TidyText(label=column.verbose_name, required=not column.blank, max_length=column.max_length)
    return thai_field(column, **options)


PLAN = ["planned_on", "starts_at", "ends_at", "place", "round_name"]


def _hinted(form) -> None:
    form.fields["planned_on"].help_text = "เช่น 27 มี.ค. 2562 หรือ 27/3/2562"
    form.fields["starts_at"].help_text = "เช่น 13.00"
    form.fields["ends_at"].help_text = "เช่น 16.00"


class CentreChoice(forms.ModelChoiceField):
    def label_from_instance(self, centre):
        return f"{centre.short_name} {' '.join(area.label for area in centre.village.lineage[1:])}"


class VisitPlanForm(OfficerModelForm):
    """An appointment: which centre, when, where, who leads."""

    centre = CentreChoice(Centre.objects.with_place(), label="ศูนย์ฯ", empty_label="เลือกศูนย์ฯ")
    template = forms.ModelChoiceField(
        IssueTemplate.objects.approved(),
        label="แบบประเด็น",
        required=False,
        help_text="เว้นไว้เมื่อใช้แบบประเด็นของศูนย์ฯ ฉบับที่ใช้อยู่ เลือกเมื่อติดตามกลุ่มออมทรัพย์ฯ หรือ กข.คจ. ของศูนย์ฯ",
    )
    lead_name = TidyText(label="หัวหน้าคณะติดตาม", max_length=160)
    lead_position = TidyText(label="ตำแหน่ง", max_length=160, required=False)
    lead_agency = TidyText(label="สังกัด", max_length=160, required=False)

    class Meta:
        model = Visit
        fields = PLAN
        formfield_callback = visit_field

    field_order = ["centre", "template", *PLAN, "lead_name", "lead_position", "lead_agency"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _hinted(self)

    @property
    def lead(self) -> dict[str, object]:
        """The leader as a row of the team."""
        typed = {column: self.cleaned_data[f"lead_{column}"] for column in ("name", "position", "agency")}
        return {**typed, "is_lead": True}


class VisitForm(OfficerModelForm):
    """The visit's own columns on the recording page."""

    class Meta:
        model = Visit
        fields = [
            *PLAN,
            *("committee", "model_households", "officers"),
            *("success_factors", "problems", "suggestions", "satisfaction", "summary"),
        ]
        formfield_callback = visit_field

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _hinted(self)
        self.fields["summary"].widget.attrs["rows"] = 6
        self.helper.marks_optional = False  # a draft may be incomplete, a report may not


class TeamRow(forms.Form):
    """A member of the team; a row without a name is left out."""

    name = TidyText(label="ชื่อ–สกุล", max_length=160, required=False)
    position = TidyText(label="ตำแหน่ง", max_length=160, required=False)
    agency = TidyText(label="สังกัด", max_length=160, required=False)
    is_lead = forms.BooleanField(label="หัวหน้าคณะ", required=False)


class RecommendationRow(forms.Form):
    """Something to be done; a row without a subject is left out."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    what = TidyText(label="เรื่อง", max_length=500, required=False)
    who = TidyText(label="ผู้รับผิดชอบ", max_length=160, required=False)
    due_on = DayBox(label="กำหนดแล้วเสร็จ", required=False)

    def clean(self):
        typed = super().clean()
        if (typed.get("who") or typed.get("due_on")) and not typed.get("what"):
            self.add_error("what", "ระบุเรื่องที่ต้องดำเนินการ")
        return typed


class AnswerForm(forms.Form):
    """What was found on one issue."""

    result = forms.ChoiceField(
        label="ผล", choices=IssueAnswer.Result, required=False, widget=forms.RadioSelect
    )
    finding = Paragraphs(label="ข้อค้นพบ", required=False)

    def __init__(self, *args, answer, **kwargs):
        initial = {"result": answer.result, "finding": answer.finding}
        super().__init__(*args, prefix=f"issue{answer.order}", initial=initial, **kwargs)
        self.answer = answer
        if not answer.is_rated:
            del self.fields["result"]

    @property
    def typed(self) -> dict[str, str]:
        return {"result": "", **self.cleaned_data}


TeamRows = forms.formset_factory(TeamRow, extra=2, max_num=20, absolute_max=20)
RecommendationRows = forms.formset_factory(RecommendationRow, extra=0, max_num=40, absolute_max=40)


class Sheet:
    """The whole recording page: the visit, its team, its issues and what must be done."""

    def __init__(self, visit, *, user, typed=None):
        self.visit = visit
        # The form writes into its row; the page still needs the visit as it is stored.
        row = Visit.objects.get(pk=visit.pk)
        self.main = VisitForm(typed, instance=row, user=user)
        team = visit.team.values("name", "position", "agency", "is_lead")
        self.team = TeamRows(typed, initial=list(team), prefix="team")
        self.answers = [AnswerForm(typed, answer=answer) for answer in visit.answers.all()]
        self.recommendations = RecommendationRows(typed, initial=self._rows(), prefix="todo")

    def _rows(self):
        asked = list(self.visit.recommendations.values("key", "what", "who", "due_on"))
        return asked + [{"key": uuid.uuid4()} for _ in range(2)]

    @cached_property
    def parts(self):
        """Every single form, in the order of the page."""
        return [self.main, *self.team.forms, *self.answers, *self.recommendations.forms]

    def is_valid(self) -> bool:
        rows = [self.team.is_valid(), self.recommendations.is_valid()]
        return all([*(part.is_valid() for part in [self.main, *self.answers]), *rows]) and self._one_lead()

    def _one_lead(self) -> bool:
        leads = sum(member["is_lead"] for member in self._members())
        if leads > 1:
            self.main.add_error(None, "เลือกหัวหน้าคณะ 1 คน")
        return leads <= 1

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """(id of the box, its label, message) of everything to mend, for the list above the form."""
        return [
            (field.id_for_label, f"{getattr(part, 'answer', '')} {field.label}".strip(), message)
            for part in self.parts
            for field in part
            for message in field.errors
        ] + [("main", "", message) for message in self.main.non_field_errors()]

    def _members(self):
        return [row for row in self.team.cleaned_data if row.get("name")]

    def draft(self) -> Draft:
        """What was typed, as `visits.record` takes it."""
        asked = [row for row in self.recommendations.cleaned_data if row.get("what")]
        return Draft(
            fields={name: self.main.cleaned_data[name] for name in self.main.fields},
            team=self._members(),
            answers={part.answer.pk: part.typed for part in self.answers},
            recommendations={row["key"]: {k: row[k] for k in ("what", "who", "due_on")} for row in asked},
        )


def key_in(posted) -> uuid.UUID | None:
    """The key a device gave its message; None for what a page without script posts."""
    try:
        return uuid.UUID(posted.get("key", ""))
    except ValueError:
        return None


class PhotosForm(OfficerForm):
    """The caption and the promise about faces; the files themselves are read by the page, one by one."""

    caption = TidyText(label="คำบรรยายภาพ", max_length=200, required=False)
    has_consent = forms.BooleanField(
        label="ผู้ที่เห็นใบหน้าในภาพยินยอมแล้ว หรือไม่มีใบหน้าในภาพ",
        error_messages={"required": "ยืนยันเรื่องความยินยอมของผู้ที่เห็นใบหน้าในภาพ"},
    )


class DevicePhotoForm(PhotosForm):
    """What a device sends with a picture: the issue it shows, and what it knew of the camera's own file."""

    picture = forms.FileField(label="ภาพ", allow_empty_file=True)
    key = forms.UUIDField()
    answer = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    original_sha256 = forms.RegexField(r"^[0-9a-f]{64}$", required=False)
    taken_at = forms.DateTimeField(required=False)

    def __init__(self, *args, visit, **kwargs):
        super().__init__(*args, **kwargs)
        self.visit = visit

    def clean_answer(self) -> IssueAnswer | None:
        key = self.cleaned_data["answer"]
        answer = self.visit.answers.filter(pk=key).first() if key else None
        if key and answer is None:
            raise forms.ValidationError("ไม่พบประเด็นนี้ในการติดตาม")
        return answer


class DecisionForm(OfficerForm):
    """Certify the report that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(DecisionForm):
    """Why the report goes back."""

    reason = Paragraphs(
        label="เหตุผลที่ส่งคืน",
        max_length=1000,
        help_text="เขียนให้ผู้แก้ไขทราบว่าต้องแก้ข้อใด อย่างไร",
        error_messages={"required": "ระบุเหตุผลที่ส่งคืน"},
    )


class FollowUpForm(OfficerForm):
    """How a recommendation is going, and what proves it."""

    status = forms.ChoiceField(label="สถานะ", widget=forms.RadioSelect)
    note = TidyText(
        label="ความก้าวหน้าหรือผลที่ทำ",
        max_length=500,
        required=False,
        help_text="เมื่อแจ้งว่าเสร็จ ต้องเขียนผลที่ทำหรือแนบหลักฐาน",
    )
    proof = forms.FileField(
        label="หลักฐาน", required=False, allow_empty_file=True, help_text="ภาพ JPG PNG หรือ PDF ไม่เกิน 10 MB"
    )

    def __init__(self, *args, onward, **options):
        super().__init__(*args, **options)
        work = [each for each in FollowUp.WORK if each in onward]
        self.fields["status"].choices = [(each.value, each.label) for each in work]


class VerifyForm(DecisionForm):
    note = TidyText(label="หมายเหตุ", max_length=500, required=False)


class ReturnProofForm(ReturnForm):
    """The same, of a proof."""

    reason = Paragraphs(
        label="เหตุผลที่ส่งคืน", max_length=500, help_text="เขียนให้ทราบว่าขาดหลักฐานใด หรือต้องทำอะไรเพิ่ม"
    )
