"""What is typed on the report pages: which year, and as of which day."""

from django import forms
from django.utils import timezone

from accounts.forms import OfficerForm
from config import thai
from config.forms import DayBox
from reports.figures import years


class PeriodForm(OfficerForm):
    """A fiscal year and the day whose ledger is looked at; today, or the year's last day when it is over."""

    year = forms.TypedChoiceField(label="ปีงบประมาณ", choices=years, coerce=int, required=False)
    on = DayBox(label="ข้อมูล ณ วันที่", required=False, help_text="เช่น 27 มี.ค. 2565 ว่างไว้ = วันนี้")
    drafts = forms.BooleanField(label="แสดงข้อมูลร่างที่ยังไม่รับรอง", required=False)

    def clean(self):
        cleaned = super().clean()
        cleaned["year"] = cleaned.get("year") or thai.fiscal_year(timezone.localdate())
        cleaned["on"] = cleaned.get("on") or min(timezone.localdate(), thai.fiscal_year_end(cleaned["year"]))
        return cleaned
