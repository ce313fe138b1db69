"""What is typed upon hand-overs: to whom and why, and what the receiver says of each item."""

from django import forms

from accounts.forms import OfficerForm
from accounts.models import Officer
from config.forms import DayBox, TidyText
from reports.handover.life import Given, successors
from reports.models import HandoverItem

Answer = HandoverItem.Answer
CHOICES = [(Answer.ACCEPTED, "รับมอบ"), (Answer.REFUSED, "ยังไม่รับ"), (Answer.OPEN, "ยังไม่ตรวจ")]


class _Successor(forms.ModelChoiceField):
    def label_from_instance(self, officer):
        return f"{officer.full_name} ({officer.position_or_role})"


class BeginForm(OfficerForm):
    receiver = _Successor(
        label="ผู้รับมอบ", queryset=Officer.objects.none(), help_text="เจ้าหน้าที่ที่รับผิดชอบพื้นที่เดียวกันและใช้งานระบบได้"
    )
    on = DayBox(label="วันที่ส่งมอบ")
    reason = TidyText(label="เหตุที่ส่งมอบ", max_length=200, help_text="เช่น ย้ายไปปฏิบัติราชการที่อื่น เกษียณอายุ")

    def __init__(self, *args, giver: Officer, **options):
        super().__init__(*args, **options)
        self.fields["receiver"].queryset = successors(giver)


class AnswerForm(OfficerForm):
    """An answer and a remark for each item that is not taken over yet."""

    def __init__(self, *args, items: list[HandoverItem], **options):
        super().__init__(*args, **options)
        self.items = items
        for item in self._open_items:
            answer, remark = _boxes(item)
            self.fields[answer] = forms.ChoiceField(
                label=f"ผลการตรวจรับ รายการที่ {item.number}",
                choices=CHOICES,
                required=False,
                initial=item.answer,
                widget=forms.RadioSelect,
            )
            self.fields[remark] = TidyText(
                label=f"หมายเหตุ รายการที่ {item.number}", max_length=300, required=False, initial=item.remark
            )

    @property
    def _open_items(self) -> list[HandoverItem]:
        return [item for item in self.items if not item.is_accepted]

    @property
    def rows(self) -> list[tuple]:
        """(item, answer box, remark box); no boxes for what is taken over."""
        return [
            (item, None, None) if item.is_accepted else (item, *(self[box] for box in _boxes(item)))
            for item in self.items
        ]

    def clean(self):
        answers = super().clean()
        for item in self._open_items:
            answer, remark = _boxes(item)
            if (
                answers.get(answer) == Answer.REFUSED
                and not answers.get(remark)
                and remark not in self.errors
            ):
                self.add_error(remark, "ระบุสิ่งที่ยังขาด")
        return answers

    @property
    def given(self) -> dict[int, Given]:
        """What was said, by the key of the item."""
        typed = self.cleaned_data
        return {item.pk: Given(*(typed[box] for box in _boxes(item))) for item in self._open_items}


def _boxes(item: HandoverItem) -> tuple[str, str]:
    return f"answer{item.pk}", f"remark{item.pk}"
