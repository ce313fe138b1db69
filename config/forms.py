"""Form fields that read what Thai officers type: amounts, days in พ.ศ., times, percentages, counts, texts."""

import re
from datetime import time
from itertools import groupby

from django import forms
from django.utils import timezone

from config import thai
from config.money import MoneyField as MoneyColumn

LONGEST_TEXT = 4000
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:\s*น\.?)?")


def number_in(typed: str) -> int | None:
    """The key or version that an address or a hidden box names; None for what no column could hold."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


class _ThaiField(forms.CharField):
    """A text box whose content is read by `read`; a refusal is shown beside the field in its own words."""

    inputmode = "text"
    size = 20
    suffix = ""  # the unit, shown behind the box

    def __init__(self, **options):
        options.setdefault("max_length", None)
        super().__init__(**options)
        self.widget.attrs.update(inputmode=self.inputmode, size=self.size, autocomplete="off")

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return self.read(value)
        except thai.CannotRead as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def run_validators(self, value):
        for validator in [v for v in self.validators if not isinstance(v, _TEXT_VALIDATORS)]:
            validator(value)


_TEXT_VALIDATORS = (forms.fields.validators.ProhibitNullCharactersValidator,)


class MoneyBox(_ThaiField):
    """Baht: 35000, 35,000.50, ๓๕,๐๐๐ บาท."""

    inputmode = "decimal"
    suffix = "บาท"

    def read(self, typed):
        return typed if not isinstance(typed, str) else thai.read_money(typed)

    def prepare_value(self, value):
        return thai.money(value) if value is not None and not isinstance(value, str) else value


class PercentBox(_ThaiField):
    """Percent a year, from 0 to 100."""

    inputmode = "decimal"
    size = 8

    def read(self, typed):
        return typed if not isinstance(typed, str) else thai.read_percent(typed)

    def prepare_value(self, value):
        return thai.percent(value) if value is not None and not isinstance(value, str) else value


DAY_HINT = "เช่น 27 มี.ค. 2565 หรือ 27/3/2565"


class DayBox(_ThaiField):
    """A day: 27/3/2565, ๒๗ มี.ค. ๒๕๖๕."""

    size = 16

    def __init__(self, **options):
        super().__init__(**{**options, "help_text": options.get("help_text") or DAY_HINT})

    def read(self, typed):
        return (
            typed if not isinstance(typed, str) else thai.read_date(typed, today=timezone.localdate()).value
        )

    def prepare_value(self, value):
        return thai.short_date(value) if value is not None and not isinstance(value, str) else value


class CountBox(_ThaiField):
    """A whole number, Thai digits too."""

    inputmode = "numeric"
    size = 8

    def __init__(self, *, min_value=None, max_value=None, **options):
        super().__init__(**options)
        self.min_value, self.max_value = min_value, max_value

    def read(self, typed):
        number = typed if not isinstance(typed, str) else thai.read_count(typed)
        low = self.min_value if self.min_value is not None else 0
        if number is None or low <= number <= (self.max_value or number):
            return number
        wanted = f"ระหว่าง {low} ถึง {self.max_value}" if self.max_value else f"ตั้งแต่ {low}"
        raise thai.CannotRead(f"ระบุจำนวน{wanted}")


class SeasonsBox(_ThaiField):
    """Days that come back every year: 20 มี.ค. และ พ.ย."""

    size = 24

    def read(self, typed):
        return typed if not isinstance(typed, str) else thai.read_seasons(typed)

    def to_python(self, value):
        return super().to_python(value) or ()

    def prepare_value(self, value):
        return value if isinstance(value, str) else thai.seasons_text(value or ())


class YearBox(CountBox):
    """A Buddhist year of four digits."""

    def read(self, typed):
        year = typed if not isinstance(typed, str) else thai.read_count(typed)
        if year is None or 2400 <= year <= 2700:
            return year
        raise thai.CannotRead("ระบุปี พ.ศ. 4 หลัก")


class HouseNumberBox(_ThaiField):
    """32/1, ๓๒/๑; empty when unknown."""

    def read(self, typed):
        return thai.read_house_number(typed)

    def to_python(self, value):
        return super().to_python(value) or ""


class NamesBox(_ThaiField):
    """People, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def read(self, typed):
        return thai.read_names(typed)

    def to_python(self, value):
        return super().to_python(value) or []

    def prepare_value(self, value):
        return value if isinstance(value, str) else "\n".join(map(str, value or []))


class TidyText(forms.CharField):
    """Text without invisible marks and doubled spaces."""

    def to_python(self, value):
        return thai.tidy(super().to_python(value))


class ClockBox(forms.CharField):
    """A time of day: 13.00, 13:00 น., ๑๓.๐๐."""

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.attrs.update(inputmode="decimal", size=8, autocomplete="off")

    def to_python(self, value):
        typed = thai.arabic_digits(thai.tidy(super().to_python(value)))
        if not typed:
            return None
        found = _CLOCK.fullmatch(typed)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise forms.ValidationError("ระบุเวลาเป็นชั่วโมง.นาที เช่น 13.00")
        return time(int(found[1]), int(found[2]))

    def prepare_value(self, value):
        return thai.clock(value) if isinstance(value, time) else value


class Paragraphs(forms.CharField):
    """Text of several lines, each of them tidy."""

    def __init__(self, *, rows=3, **options):
        options.setdefault("max_length", LONGEST_TEXT)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value):
        lines = [thai.tidy(line) for line in super().to_python(value).splitlines()]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _UnderTheirParents(forms.models.ModelChoiceIterator):
    def __iter__(self):
        yield "", self.field.empty_label
        places = self.field.offered(self.queryset).select_related("parent").order_by("parent__sort", "code")
        for parent, below in groupby(places, key=lambda place: place.parent):
            yield parent.label, [self.choice(place) for place in below]


class PlaceBox(forms.ModelChoiceField):
    """An area, chosen from a list grouped by the area above it. `offered` narrows the list only: a place
    that is no longer offered can be read, so that the form can say why it is refused."""

    iterator = _UnderTheirParents

    def __init__(self, *args, offered=lambda places: places, **options):
        self.offered = offered
        super().__init__(*args, **options)


_BOXES = {
    "DateField": DayBox,
    "DecimalField": PercentBox,
    "PositiveIntegerField": CountBox,
    "PositiveSmallIntegerField": CountBox,
}


def thai_field(column, **options):
    """`formfield_callback` of our model forms: the Thai box that fits the model's column."""
    box = MoneyBox if isinstance(column, MoneyColumn) else _BOXES.get(column.get_internal_type())
    if column.choices:
        box = None
    if box is None:
        return column.formfield(**options)
    initial = column.get_default() if column.has_default() else None
    return box(
        label=column.verbose_name, required=not column.blank, help_text=column.help_text, initial=initial
    )
