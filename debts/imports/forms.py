"""What an officer answers when a file is brought in."""

from datetime import date

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from accounts.forms import OfficerForm
from accounts.roles import Can
from config import thai
from config.forms import DAY_HINT, CountBox, DayBox, MoneyBox, PercentBox, TidyText
from config.thai import search_key
from debts.imports.form import Terms
from debts.imports.proposal import Decisions, FundChoice, NewFund
from debts.sheets.head import Head, cell_at
from debts.sheets.layout import Chosen, Layout, Rows, head_rows, place_name
from debts.sheets.limits import MAX_BYTES, TOO_BIG
from debts.sheets.register import LABELS, READ, REQUIRED, FoundTable
from debts.sheets.rows import total_in
from funds.models import LAWFUL_RATE, Centre, Fund

FILE_HINT = 'ใช้ไฟล์ที่มีอยู่ได้เลย ชื่อหัวตารางไม่ต้องตรงกับแบบ หรือ <a href="{}">ดาวน์โหลดแบบฟอร์ม Excel</a>'
NEW = "new"
MONTHS = [(1, "ทุกเดือน"), (3, "ทุก 3 เดือน"), (6, "ทุก 6 เดือน"), (12, "ทุกปี")]


class CentreChoice(forms.ModelChoiceField):
    """A centre of the officer's area."""

    def __init__(self):
        super().__init__(
            Centre.objects.with_place(),
            label="ศูนย์จัดการกองทุนชุมชน",
            empty_label="เลือกศูนย์ฯ",
            error_messages={"required": "เลือกศูนย์ฯ", "invalid_choice": "เลือกศูนย์ฯ ในพื้นที่ของท่าน"},
        )

    def label_from_instance(self, centre):
        return f"{centre.short_name} ({centre.village.full_name})"


class UploadForm(OfficerForm):
    """A workbook for a centre: its register or its form."""

    centre = CentreChoice()
    file = forms.FileField(
        label="ไฟล์ทะเบียนลูกหนี้ หรือตาราง 1 ครัวเรือน 1 สัญญา",
        allow_empty_file=True,
        max_length=500,
        error_messages={"required": "เลือกไฟล์"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.xlsm,.txt"}),
    )
    as_of_on = DayBox(label="ข้อมูล ณ วันที่ (ถ้าไฟล์ไม่ได้ระบุ)", required=False, help_text=f"{DAY_HINT} ระบุภายหลังก็ได้")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["file"].help_text = format_html(FILE_HINT, reverse("debts:register-blank"))

    def clean_file(self):
        if self.cleaned_data["file"].size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return self.cleaned_data["file"]

    def clean_as_of_on(self):
        return not_after_today(self.cleaned_data["as_of_on"])


def not_after_today(day):
    if day and day > timezone.localdate():
        raise forms.ValidationError("วันที่ของข้อมูลต้องไม่หลังวันนี้")
    return day


class RegisterAnswers(OfficerForm):
    """What must be decided before a register is imported: its day, its sheets, the funds it means."""

    as_of_on = DayBox(label="ข้อมูล ณ วันที่", error_messages={"required": "ระบุวันที่ของข้อมูล"})
    sheets = forms.MultipleChoiceField(
        label="แผ่นงานที่จะนำเข้า",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "เลือกอย่างน้อย 1 แผ่นงาน"},
    )
    control_total = MoneyBox(
        label="ยอดรวมจากเอกสารต้นฉบับ (ถ้ามี)",
        required=False,
        help_text="ระบุยอดรวมจากเอกสารต้นฉบับ ระบบจะช่วยตรวจว่าตรงกันหรือไม่",
    )
    skip_errors = forms.BooleanField(label="ข้ามแถวที่มีปัญหา", required=False)

    def __init__(self, *args, centre: Centre, choices: list[FundChoice], sheets: list[str], **options):
        super().__init__(*args, **options)
        self.helper.marks_optional = False  # a fund left open is asked for again
        self.centre, self.choices = centre, choices
        self.fields["sheets"].choices = [(name, name) for name in sheets]
        self.members = {str(fund.pk): fund for fund in centre.funds.active().prefetch_related("rules")}
        for number, choice in enumerate(choices):
            self._ask_for_fund(f"fund{number}", choice)

    def _ask_for_fund(self, name: str, choice: FundChoice) -> None:
        options = [("", "เลือกกลุ่ม/กองทุน"), *((pk, fund.name) for pk, fund in self.members.items())]
        may_make = self.user.can(Can.EDIT_CENTRES)
        if may_make:
            options.append((NEW, "สร้างกลุ่ม/กองทุนใหม่"))
        usual = "" if self.members or not may_make else NEW
        self.fields[name] = forms.ChoiceField(
            label=f"“{choice.words}” คือ",
            choices=options,
            required=False,
            initial=getattr(choice.fund, "pk", usual),
        )
        self.fields[f"{name}_name"] = TidyText(
            label="ชื่อกลุ่ม/กองทุนใหม่", max_length=120, required=False, initial=choice.words[:120]
        )
        self.fields[f"{name}_kind"] = forms.ChoiceField(
            label="ประเภท", choices=Fund.Kind, required=False, initial=choice.kind
        )
        self.fields[f"{name}_rate"] = PercentBox(
            label="ดอกเบี้ย (ร้อยละต่อปี)", required=False, initial=choice.rate_percent
        )

    def fund_fields(self):
        """For the template: what the file calls the fund, the choice, and the three boxes of a new fund."""
        for number, choice in enumerate(self.choices):
            name = f"fund{number}"
            new = [self[f"{name}_{part}"] for part in ("name", "kind", "rate")]
            wants_new = self[name].value() in ("", NEW) or any(field.errors for field in new)
            yield {"choice": choice, "field": self[name], "new": new, "open": wants_new}

    def clean_as_of_on(self):
        return not_after_today(self.cleaned_data["as_of_on"])

    def clean(self):
        for number, _ in enumerate(self.choices):
            if self.cleaned_data.get(f"fund{number}") == NEW:
                self._refuse_new_fund(f"fund{number}")
        return self.cleaned_data

    def _refuse_new_fund(self, name: str) -> None:
        typed, rate = self.cleaned_data.get(f"{name}_name"), self.cleaned_data.get(f"{name}_rate")
        if not typed:
            self.add_error(f"{name}_name", "ระบุชื่อกลุ่ม/กองทุน")
        elif search_key(typed) in {search_key(fund.name) for fund in self.centre.funds.all()}:
            self.add_error(f"{name}_name", "ศูนย์ฯ นี้มีกลุ่ม/กองทุนชื่อนี้แล้ว")
        if rate is None or rate > LAWFUL_RATE:
            self.add_error(f"{name}_rate", "ระบุดอกเบี้ยไม่เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)")

    def decisions(self) -> Decisions:
        """The answers of a valid form."""
        answers = self.cleaned_data
        decided = {choice.words: self._fund(f"fund{number}") for number, choice in enumerate(self.choices)}
        return Decisions(
            funds={words: fund for words, fund in decided.items() if fund},
            left_out=frozenset(dict(self.fields["sheets"].choices)) - set(answers["sheets"]),
            skip_errors=answers["skip_errors"],
            control_total=answers["control_total"],
        )

    def _fund(self, name: str) -> Fund | NewFund | None:
        answers = self.cleaned_data
        if answers[name] == NEW:
            return NewFund(answers[f"{name}_name"], answers[f"{name}_kind"], answers[f"{name}_rate"])
        return self.members.get(answers[name])


class MergeAnswers(OfficerForm):
    """The terms that all contracts of a form have in common."""

    signed_on = DayBox(label="วันที่ทำสัญญา")
    interest_to = DayBox(label="คิดดอกเบี้ยหนี้เดิมถึงวันที่", help_text="ปกติคือวันที่ของทะเบียนลูกหนี้")
    periods = CountBox(label="จำนวนงวด", min_value=1, max_value=120)
    months_per_period = forms.TypedChoiceField(label="ชำระ", choices=MONTHS, coerce=int)
    first_due_on = DayBox(label="วันชำระงวดแรก", required=False, help_text="ว่างไว้ = หนึ่งงวดหลังวันทำสัญญา")
    agreed_in_writing = forms.BooleanField(
        label="ตกลงเป็นหนังสือให้รวมดอกเบี้ยที่ค้างตั้งแต่ 1 ปี เป็นเงินต้น", required=False
    )
    resolution = TidyText(label="มติคณะกรรมการ", max_length=200, required=False)
    reason = TidyText(
        label="เหตุผลประกอบ",
        max_length=500,
        required=False,
        help_text="ใช้กับสัญญาที่เกินเงื่อนไขของกองทุน",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        answers = self.cleaned_data
        signed, counted, first = (answers.get(day) for day in ("signed_on", "interest_to", "first_due_on"))
        if signed and counted and counted > signed:
            self.add_error("interest_to", "วันที่คิดดอกเบี้ยถึงต้องไม่หลังวันทำสัญญา")
        if signed and first and first < signed:
            self.add_error("first_due_on", f"วันชำระงวดแรกต้องไม่ก่อนวันทำสัญญา {thai.short_date(signed)}")
        return answers

    def terms(self) -> Terms:
        """The answers of a valid form."""
        return Terms(**self.cleaned_data)


class WithdrawForm(OfficerForm):
    reason = TidyText(
        label="เหตุผลที่ยกเลิก",
        max_length=300,
        help_text="เช่น เลือกไฟล์ผิดศูนย์ฯ หรือไฟล์เป็นยอดของปีก่อน",
        error_messages={"required": "ระบุเหตุผลที่ยกเลิกการนำเข้า"},
    )


class EditedAnswers(OfficerForm):
    """What is decided of a register that was edited in Excel."""

    skip_errors = forms.BooleanField(label="ข้ามแถวที่มีปัญหา", required=False)


NOT_READ = "ไม่นำเข้า"
SHOWN_ROWS = 5


class ColumnsForm(OfficerForm):
    """Which column of a sheet is what, and in which row its head stands; it speaks for all sheets in `names`."""

    is_register = forms.BooleanField(label="นำเข้าแผ่นงานนี้", required=False)
    head_row = forms.TypedChoiceField(label="แถวหัวตาราง", coerce=int)
    shown_row = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, table: FoundTable, layout: Layout, names: list[str], **options):
        super().__init__(*args, **options)
        self.helper.marks_optional = False
        self.table, self.layout, self.names = table, layout, names
        shown = layout.head.row if layout.head.lines else 0
        is_register = "name" in layout.head.places and not layout.is_no_register
        usual = {"head_row": shown, "shown_row": shown, "is_register": is_register}
        self.initial = usual | self.initial
        self.fields["head_row"].choices = head_choices(table.sheet.rows)
        self.below = list(_first_rows(table.sheet.rows, layout.head))
        self.places = range(max(map(len, (layout.head.labels, *self.below)), default=0))
        for place in self.places:
            self._ask_for_column(place)

    def _ask_for_column(self, place: int) -> None:
        guess = self.layout.guesses.get(place)
        self.fields[f"column{place}"] = forms.ChoiceField(
            label=f"คอลัมน์ {place_name(place)}",
            choices=[("", NOT_READ), *((key, label) for key, label in LABELS.items() if key in READ)],
            required=False,
            initial=guess.key if guess and guess.key in READ else "",
            widget=forms.Select(attrs={"class": "form-select"}),
        )

    def columns(self):
        """For the template: each column's letter, head, choice, our reason, and its first cells."""
        for place in self.places:
            guess = self.layout.guesses.get(place)
            labels = self.layout.head.labels
            yield {
                "letter": place_name(place),
                "words": labels[place] if place < len(labels) else "",
                "field": self[f"column{place}"],
                "guess": guess if guess and guess.key in READ else None,
                "is_doubtful": guess is not None and not guess.sure,
            }

    def sample(self):
        """For the template: the first rows under the head, days as we write them."""
        for row in self.below:
            cells = (cell_at(row, place) for place in self.places)
            yield [
                thai.short_date(cell) if isinstance(cell, date) and cell.year < 2400 else cell
                for cell in cells
            ]

    @property
    def has_another_head(self) -> bool:
        """Whether a valid form names another row as the head than the one its columns were shown for."""
        return self.cleaned_data.get("head_row") != self.cleaned_data.get("shown_row")

    def clean(self):
        if self.cleaned_data.get("is_register") and not self.has_another_head:
            self._refuse_columns([key for key in self._keys() if key])
        return self.cleaned_data

    def _refuse_columns(self, keys: list[str]) -> None:
        for key, label in LABELS.items():
            if key in REQUIRED and key not in keys:
                self.add_error(None, f"ยังไม่ได้จับคู่คอลัมน์ {label}")
            elif keys.count(key) > 1:
                self.add_error(None, f"{label} เลือกไว้ {keys.count(key)} คอลัมน์ เลือกเพียงคอลัมน์เดียว")

    def _keys(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data.get(f"column{place}", "") for place in self.places)

    def chosen(self) -> Chosen:
        """The answers of a valid form."""
        columns = self._keys() if self.cleaned_data["is_register"] else ()
        head = self.layout.head
        return Chosen(columns, head.row - self.layout.found_row, len(head.lines))


def head_choices(rows: Rows) -> list[tuple[str, str]]:
    """The rows of a sheet that may be its head, and that it has none."""
    return [("0", "ไม่มีแถวหัวตาราง"), *((str(row), f"แถว {row}: {text}") for row, text in head_rows(rows))]


def _first_rows(rows: Rows, head: Head):
    below = rows[head.row :]
    filled = (row for row in below if len(row) - row.count(None) >= 2 and not total_in(row, head))
    return (row for row, _ in zip(filled, range(SHOWN_ROWS), strict=False))
