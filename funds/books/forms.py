"""What officers type about the books."""

from django import forms

from accounts.forms import OfficerForm
from config.forms import CountBox, MoneyBox, Paragraphs, TidyText
from funds.books.sheets import TypedLine
from funds.models import BalanceSheet, Fund, FundYear, SheetLine

SPARE_LINES = 3
MOST_LINES = 60
Side = SheetLine.Side


class LineForm(forms.Form):
    """The amount of one line; a line of one's own can be called otherwise, and goes when it has no name."""

    amount = MoneyBox(label="จำนวนเงิน", required=False)

    def __init__(self, *args, number: int, line: SheetLine | None, **options):
        initial = {"amount": line.amount, "label": line.label, "side": line.side} if line else {}
        super().__init__(*args, prefix=f"line{number}", initial=initial, **options)
        self.line = line
        self.is_own = line is None or not line.code
        if self.is_own:
            self.fields["side"] = forms.ChoiceField(label="ด้าน", choices=Side, required=False)
            self.fields["side"].widget.attrs.update(
                {"class": "form-select", "aria-label": "ด้านของรายการเพิ่มเติม"}
            )
            self.fields["label"] = TidyText(label="ชื่อรายการ", max_length=120, required=False)
            self.order_fields(["side", "label", "amount"])

    def clean(self):
        typed = super().clean()
        if self.is_own and typed.get("amount") is not None and not typed.get("label"):
            self.add_error("label", "ระบุชื่อรายการของจำนวนเงินนี้")
        return typed

    @property
    def name(self) -> str:
        return self.line.label if self.line else "รายการเพิ่มเติม"

    @property
    def stands_on(self) -> str:
        """Where the page shows it; spare lines stand below the others."""
        return self.line.side if self.line else ""

    @property
    def side_box(self) -> forms.BoundField:
        """The box of the side, of a line of one's own."""
        return self["side"]

    @property
    def typed(self) -> TypedLine | None:
        data = self.cleaned_data
        if not self.is_own:
            line = self.line
            return TypedLine(line.side, line.code, line.label, line.is_deducted, data["amount"])
        if not data["label"]:
            return None
        return TypedLine(data["side"] or Side.ASSET, "", data["label"], False, data["amount"])


class SheetForm(OfficerForm):
    """A whole balance sheet: its lines, the members and a note."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    members = CountBox(label="สมาชิกสิ้นเดือน (คน)", required=False, max_value=1_000_000)
    note = TidyText(label="หมายเหตุ", required=False, max_length=400)

    def __init__(self, *args, sheet: BalanceSheet, **options):
        super().__init__(*args, **options)
        lines = [*sheet.lines.all()]
        spare = [None] * min(SPARE_LINES, MOST_LINES - len(lines))
        data = self.data if self.is_bound else None
        self.lines = [LineForm(data, number=n, line=line) for n, line in enumerate([*lines, *spare], 1)]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(line.is_valid() for line in self.lines)]) and self._differ()

    def _differ(self) -> bool:
        """Two lines of a side must not be called the same."""
        seen = set()
        for line in self.lines:
            named = line.typed and (line.typed.side, line.typed.label)
            if named and named in seen:
                line.add_error("label" if line.is_own else "amount", "มีรายการชื่อนี้ในด้านเดียวกันแล้ว")
            seen.add(named)
        return all(not line.errors for line in self.lines)

    @property
    def typed(self) -> list[TypedLine]:
        """The lines, those of one side together."""
        lines = [line.typed for line in self.lines if line.typed]
        return sorted(lines, key=lambda line: list(Side).index(line.side))

    @property
    def sides(self):
        """(side, its lines) as the page shows them."""
        return [(side, [line for line in self.lines if line.stands_on == side]) for side in Side]

    @property
    def spare(self) -> list[LineForm]:
        return [line for line in self.lines if line.line is None]

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """(id of the box, its label, message) of everything to mend."""
        boxes = [(box, "") for box in self if box.errors]
        boxes += [(box, line.name) for line in self.lines for box in line if box.errors]
        return [
            (box.id_for_label, f"{name} {box.label}".strip(), message)
            for box, name in boxes
            for message in box.errors
        ]


class VersionForm(OfficerForm):
    """A decision on the sheet as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReopenForm(VersionForm):
    reason = Paragraphs(
        label="เหตุผลที่เปิดงบดุลแก้ไข",
        max_length=400,
        help_text="เช่น ยอดเงินฝากตามสมุดบัญชีไม่ตรง",
        error_messages={"required": "ระบุเหตุผลที่เปิดงบดุลแก้ไข"},
    )


KNOWN_OR_NOT = [("", "ไม่ทราบ"), ("True", "มี"), ("False", "ไม่มี")]


class FundYearForm(OfficerForm):
    """The level and the five components of a fund in a year."""

    level = forms.ChoiceField(label="ระดับของกองทุน", required=False)
    level_source = TidyText(label="ผู้จัดระดับ/เอกสาร", required=False, max_length=200)

    def __init__(self, *args, fund: Fund, row: FundYear | None, signs: dict[str, str], **options):
        super().__init__(*args, **options)
        levels = FundYear.LETTERS if fund.kind == Fund.Kind.VILLAGE_FUND else FundYear.NUMBERS
        self.fields["level"].choices = [("", "ยังไม่จัดระดับ"), *((each.value, each.label) for each in levels)]
        self.fields["level"].help_text = "กองทุนหมู่บ้านใช้ A ถึง D กลุ่มอื่นใช้ 1 ถึง 3"
        for name in FundYear.COMPONENTS:
            self.fields[name] = forms.TypedChoiceField(
                label=FundYear._meta.get_field(name).verbose_name,
                choices=KNOWN_OR_NOT,
                required=False,
                coerce=lambda typed: typed == "True",
                empty_value=None,
                widget=forms.RadioSelect,
                help_text=f"ข้อมูลในระบบ: {signs[name]}",
            )
        self.fields["note"] = TidyText(label="หมายเหตุ", required=False, max_length=400)
        for name in self.fields:
            value = getattr(row, name) if row else None
            self.initial.setdefault(name, "" if value is None else str(value))
