"""What officers type about cases, talks and meetings."""

from django import forms

from accounts.forms import OfficerForm
from config import thai
from config.forms import ClockBox, CountBox, DayBox, MoneyBox, Paragraphs, PercentBox, TidyText
from debts.cases.negotiation import Wording
from debts.cases.selection import exits_of
from debts.models import AgendaItem, Ask, Case
from funds.models import CommitteeMember

MEASURE = dict.fromkeys(Ask.WAIVERS, "amount") | {Ask.Kind.LOWER_RATE: "percent", Ask.Kind.EXTEND: "months"}


class LeaveForm(OfficerForm):
    to = forms.ChoiceField(label="ผล", widget=forms.RadioSelect)
    on = DayBox(label="วันที่")
    reason = TidyText(label="เหตุผล", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, case: Case, **options):
        super().__init__(*args, **options)
        self.fields["to"].choices = exits_of(case)


class AskForm(OfficerForm):
    """One thing asked of one fund. `target` names a debt, or all that is owed to a fund."""

    target = forms.ChoiceField(label="ขอกับ")
    kind = forms.ChoiceField(label="เรื่องที่ขอ", choices=Ask.Kind)
    amount = MoneyBox(label="จำนวนที่ขอยกเว้นหรือลด (บาท)", required=False)
    percent = PercentBox(label="ลดดอกเบี้ยเหลือร้อยละต่อปี", required=False)
    months = CountBox(label="ขยายเวลา (เดือน)", required=False, min_value=1, max_value=360)
    note = TidyText(label="รายละเอียด", max_length=300, required=False)
    on = DayBox(label="วันที่ขอ")

    def __init__(self, *args, board, **options):
        super().__init__(*args, **options)
        self.board = board
        self.fields["target"].choices = [("", "เลือก"), *self._targets()]

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in Ask.WAIVERS and cleaned.get("target", "").startswith("fund"):
            self.add_error("target", "การยกเว้นหรือลดหนี้ ให้เลือกเป็นรายสัญญา")
        needed = MEASURE.get(kind)
        if needed and needed not in self.errors and cleaned.get(needed) is None:
            self.add_error(needed, "ระบุจำนวนที่ขอ")
        if kind in Ask.WAIVERS and cleaned.get("amount") == 0:
            self.add_error("amount", "ระบุจำนวนมากกว่า 0 บาท")
        return cleaned

    def wording(self) -> Wording:
        """What a valid form asks."""
        typed = self.cleaned_data
        fund, debt = self._chosen[typed["target"]]
        name = MEASURE.get(typed["kind"])
        measure = {name: typed[name]} if name else {}
        return Wording(fund=fund, debt=debt, kind=typed["kind"], note=typed["note"], **measure)

    def _targets(self):
        self._chosen = {}
        for line in self.board.lines:
            yield self._target(f"fund-{line.fund.pk}", line.fund, None, f"{line.fund} ทุกสัญญา")
            for debt in line.debts:
                owed = f"{debt} คงเหลือ {thai.money(debt.outstanding)} บาท ({debt.borrower})"
                yield self._target(f"debt-{debt.pk}", line.fund, debt, owed)

    def _target(self, key, fund, debt, label):
        self._chosen[key] = (fund, debt)
        return key, label


class AnswerForm(OfficerForm):
    answer = forms.ChoiceField(label="คำตอบ", choices=Ask.Answer, widget=forms.RadioSelect)
    on = DayBox(label="วันที่ตอบ")
    answered_by = TidyText(label="ผู้แทนกองทุนที่ตอบ", max_length=160, help_text="ชื่อและตำแหน่งในกองทุน")
    note = TidyText(label="เงื่อนไขหรือเหตุผล", max_length=300, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == Ask.Answer.CONDITIONS and not cleaned.get("note"):
            self.add_error("note", "ระบุเงื่อนไข")
        return cleaned


class MeetingForm(OfficerForm):
    held_on = DayBox(label="วันที่ประชุม")
    starts_at = ClockBox(label="เวลา", required=False, help_text="เช่น 13.00")
    place = TidyText(label="สถานที่", max_length=160, required=False)
    quorum = CountBox(
        label="องค์ประชุม (คน)",
        required=False,
        min_value=1,
        max_value=200,
        help_text="เว้นว่าง = ไม่น้อยกว่ากึ่งหนึ่งของกรรมการที่ดำรงตำแหน่ง",
    )


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, member):
        return _with_position(member)


class MembersChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, member):
        return _with_position(member)


def _with_position(member: CommitteeMember) -> str:
    parts = [str(member), member.get_position_display(), member.fund and f"ผู้แทน{member.fund}"]
    return " • ".join(filter(None, parts))


class AttendanceForm(OfficerForm):
    present = MembersChoice(
        CommitteeMember.objects.none(),
        label="ผู้มาประชุม",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "เลือกผู้มาประชุม"},
    )
    chair = MemberChoice(CommitteeMember.objects.none(), label="ประธานในที่ประชุม")
    secretary = MemberChoice(CommitteeMember.objects.none(), label="ผู้จดรายงานการประชุม")
    guests = Paragraphs(
        label="ผู้เข้าร่วมประชุม", max_length=2000, required=False, help_text="ชื่อและตำแหน่ง คนละบรรทัด"
    )

    def __init__(self, *args, members, **options):
        super().__init__(*args, **options)
        for name in ("present", "chair", "secretary"):
            self.fields[name].queryset = members


class DecisionForm(OfficerForm):
    decision = forms.ChoiceField(
        label="มติ",
        choices=AgendaItem.Decision,
        widget=forms.RadioSelect,
        error_messages={"required": "เลือกมติ"},
    )
    votes_for = CountBox(label="เห็นชอบ (เสียง)", required=False)
    votes_against = CountBox(label="ไม่เห็นชอบ (เสียง)", required=False)
    abstained = CountBox(label="งดออกเสียง (เสียง)", required=False)
    remark = TidyText(
        label="ความเห็นของที่ประชุม", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def votes(self):
        return tuple(self.cleaned_data[name] for name in ("votes_for", "votes_against", "abstained"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("decision") not in (None, AgendaItem.Decision.APPROVED) and not cleaned.get("remark"):
            self.add_error("remark", "ระบุเหตุผลที่ไม่เห็นชอบหรือเลื่อนการพิจารณา")
        return cleaned


class MinutesForm(OfficerForm):
    opening = Paragraphs(label="เรื่องที่ประธานแจ้งให้ทราบ", required=False, rows=5)
    other = Paragraphs(label="เรื่องอื่น ๆ", required=False, rows=4)
