"""What is typed to make a token."""

from django import forms

from accounts.forms import OfficerForm
from areas.models import Area
from config.forms import DayBox, TidyText
from reports import figures
from reports.api.collections import COLLECTIONS


class TokenForm(OfficerForm):
    name = TidyText(label="ระบบที่ใช้", max_length=120, help_text="เช่น ศูนย์ข้อมูลจังหวัด เพื่อให้รู้ว่ากุญแจนี้อยู่ที่ใด")
    area = forms.ModelChoiceField(label="พื้นที่", queryset=Area.objects.none())
    collections = forms.MultipleChoiceField(label="ข้อมูลที่อ่านได้", widget=forms.CheckboxSelectMultiple)
    expires_on = DayBox(label="ใช้ได้ถึงวันที่", help_text="ไม่เกิน 1 ปี เช่น 30 ก.ย. 2570")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        own = Area.objects.for_user(user)
        below = own.at(figures.level_below(user.area)) if user.area else own
        self.fields["area"].queryset = own.filter(pk=user.area_id) | below
        self.fields["collections"].choices = [
            (each.name, f"{each.title}: {each.description}")
            for each in COLLECTIONS.values()
            if user.can(each.permission)
        ]
