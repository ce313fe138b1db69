"""What is typed about rounds."""

from functools import cached_property

from django import forms

from accounts.forms import AloneForm, OfficerForm, OfficerModelForm
from areas.models import Area, Level
from config.forms import ClockBox, CountBox, DayBox, Paragraphs, TidyText
from funds.models import Centre
from monitoring.forms import CentreChoice, TeamRows, visit_field
from monitoring.models import ReadyMark, Round, Visit
from monitoring.rounds.planning import CENTRE_STEPS

BELOW = {Level.COUNTRY: Level.PROVINCE, Level.PROVINCE: Level.DISTRICT, Level.DISTRICT: Level.SUBDISTRICT}


class AreasBox(forms.ModelMultipleChoiceField):
    """Places directly below an office."""

    def label_from_instance(self, area):
        return area.label


class RoundForm(AloneForm):
    """A round, without its visits and its programme."""

    alone, alone_in = "monitoring_rounds_of_a_year_differ", "name"

    areas = AreasBox(
        Area.objects.all(),
        label="พื้นที่เป้าหมาย",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="ไม่เลือก หมายถึงทุกพื้นที่ของหน่วยงาน",
    )

    class Meta:
        model = Round
        fields = [
            *(
                "name",
                "fiscal_year",
                "starts_on",
                "ends_on",
                "objectives",
                "areas",
                "expected",
                "centre_steps",
            )
        ]
        formfield_callback = visit_field

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.area_id is None:
            self.instance.area = self.user.area
        level = self.user.area and BELOW.get(self.user.area.level)
        self.fields["areas"].queryset = self.fields["areas"].queryset.in_structure().at(level)
        self.fields["objectives"].help_text = "1 บรรทัดต่อ 1 ข้อ"
        self.fields["centre_steps"].help_text = "1 บรรทัดต่อ 1 กิจกรรม พิมพ์ใต้ทุกศูนย์ฯ ในกำหนดการ"
        if not self.instance.pk:
            self.initial.setdefault("centre_steps", CENTRE_STEPS)


class RoundVisitForm(OfficerModelForm):
    """An appointment of a round: which centre, when, where; the team is the round's."""

    centre = CentreChoice(Centre.objects.with_place(), label="ศูนย์ฯ", empty_label="เลือกศูนย์ฯ")

    class Meta:
        model = Visit
        fields = ["planned_on", "starts_at", "ends_at", "place"]
        formfield_callback = visit_field

    field_order = ["centre", *Meta.fields]


class AgendaForm(forms.Form):
    """A row of the programme; one without an activity is left out."""

    on = DayBox(label="วันที่", required=False)
    starts_at = ClockBox(label="เวลาเริ่ม", required=False)
    ends_at = ClockBox(label="เวลาสิ้นสุด", required=False)
    what = TidyText(label="กิจกรรม", max_length=400, required=False)
    place = TidyText(label="สถานที่", max_length=200, required=False)

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        self.round = round
        self.fields["on"].help_text = ""

    def clean(self):
        typed = super().clean()
        if not typed.get("what"):
            return typed
        for box, words in (("on", "ระบุวันที่"), ("starts_at", "ระบุเวลาเริ่ม")):
            if not typed.get(box) and box not in self.errors:
                self.add_error(box, words)
        if (on := typed.get("on")) and not self.round.starts_on <= on <= self.round.ends_on:
            self.add_error("on", f"ต้องอยู่ในช่วงของรอบ {self.round.period}")
        start, end = typed.get("starts_at"), typed.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", "เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม")
        return typed


AgendaRows = forms.formset_factory(AgendaForm, extra=3, max_num=60, absolute_max=60)


class Programme:
    """Team and agenda of a round on one page."""

    def __init__(self, round: Round, typed=None):
        team = round.team.values("name", "position", "agency", "is_lead")
        agenda = round.agenda.values("on", "starts_at", "ends_at", "what", "place")
        self.team = TeamRows(typed, initial=list(team), prefix="team")
        self.agenda = AgendaRows(typed, initial=list(agenda), prefix="agenda", form_kwargs={"round": round})
        self.problem = ""

    def is_valid(self) -> bool:
        rows = [self.team.is_valid(), self.agenda.is_valid()]
        if all(rows) and sum(bool(member["is_lead"]) for member in self.members) > 1:
            self.problem = "เลือกหัวหน้าคณะ 1 คน"
        return all(rows) and not self.problem

    @property
    def faults(self) -> list[tuple[str, str, str]]:
        """The box, its label and what is wrong in it, for each fault, from the top."""
        rows = [*self.team, *self.agenda]
        return [
            (row[name].id_for_label, row[name].label, reason)
            for row in rows
            for name, reasons in row.errors.items()
            for reason in reasons
        ]

    @cached_property
    def members(self) -> list[dict]:
        return [row for row in self.team.cleaned_data if row.get("name")]

    @property
    def rows(self) -> list[dict]:
        return [row for row in self.agenda.cleaned_data if row.get("what")]


class PrepareForm(OfficerForm):
    """Who is invited, who receives the team, and what the system cannot see."""

    asked_committee = CountBox(label="เชิญคณะกรรมการ/สมาชิก (คน)", max_value=500)
    asked_households = CountBox(label="เชิญครัวเรือนต้นแบบ (คน)", max_value=500)
    hosts = Paragraphs(
        label="ผู้ต้อนรับและประสานงาน",
        required=False,
        max_length=2000,
        help_text="1 บรรทัดต่อ 1 คน ชื่อ ตำแหน่ง หน่วยงาน",
    )

    def __init__(self, *args, visit, **kwargs):
        columns = ("asked_committee", "asked_households", "hosts")
        marks = {mark.item: mark for mark in visit.ready_marks.all()}
        kwargs["initial"] = {column: getattr(visit, column) for column in columns}
        super().__init__(*args, **kwargs)
        for item in ReadyMark.Item:
            mark = marks.get(item)
            self.fields[item.value] = forms.BooleanField(
                label=f"พร้อมแล้ว: {item.label}", required=False, initial=mark is not None
            )
            self.fields[f"{item.value}_note"] = TidyText(
                label=f"รายละเอียด{item.label}",
                max_length=200,
                required=False,
                initial=mark.note if mark else "",
            )

    @property
    def typed(self) -> dict[str, object]:
        """What was typed, as `readiness.prepare` takes it."""
        data = self.cleaned_data
        ready = {item.value: data[f"{item.value}_note"] for item in ReadyMark.Item if data[item.value]}
        return {
            **{name: data[name] for name in ("asked_committee", "asked_households", "hosts")},
            "ready": ready,
        }
