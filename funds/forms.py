"""What officers type about villages, centres, member funds, lending rules and committees."""

import re

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import AloneForm, OfficerForm, OfficerModelForm
from areas.models import Area, Level
from config import thai
from config.forms import CountBox, DayBox, PlaceBox, TidyText, YearBox, thai_field
from funds.models import Centre, CommitteeMember, CommitteeOrder, Fund, LendingRule

YEAR_HINT = "เช่น 2560"


class VillageForm(OfficerModelForm):
    """A new village of a subdistrict. Its code is the subdistrict's and two digits, the หมู่ที่ by default."""

    subdistrict = PlaceBox(label="ตำบล", queryset=Area.objects.at(Level.SUBDISTRICT))
    moo = CountBox(label="หมู่ที่", min_value=1, max_value=99)
    name = TidyText(label="ชื่อหมู่บ้าน", max_length=120, help_text="เช่น หนองฮะ หรือ บ้านหนองฮะ")
    code = forms.CharField(
        label="รหัสหมู่บ้าน",
        required=False,
        help_text="8 หลัก ขึ้นต้นด้วยรหัสตำบล เว้นว่างไว้ ระบบจะใช้รหัสตำบลตามด้วยหมู่ที่ 2 หลัก",
    )
    field_order = ["subdistrict", "moo", "name", "code"]

    class Meta:
        model = Area
        fields = ["moo", "name", "code"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        return name if name.startswith("บ้าน") else f"บ้าน{name}"

    def clean(self):
        cleaned = super().clean()
        if {"subdistrict", "moo", "code"} <= cleaned.keys():
            self._settle_code(cleaned)
        return cleaned

    def _settle_code(self, cleaned):
        subdistrict, moo = cleaned["subdistrict"], cleaned["moo"]
        code = thai.arabic_digits(cleaned.pop("code").strip()) or f"{subdistrict.code}{moo:02}"
        if not re.fullmatch(f"{subdistrict.code}[0-9]{{2}}", code):
            self.add_error("code", f"ระบุรหัส 8 หลัก ขึ้นต้นด้วย {subdistrict.code}")
        elif same_moo := subdistrict.children.filter(moo=moo).first():
            self.add_error("moo", f"{subdistrict.label}มีหมู่ที่ {moo} แล้ว คือ {same_moo.name}")
        elif same_code := Area.objects.filter(code=code).first():
            self.add_error("code", f"รหัส {code} เป็นของ {same_code.label} แล้ว")
        else:
            cleaned["code"] = code

    def save(self, commit=True):
        self.instance.level, self.instance.parent = Level.VILLAGE, self.cleaned_data["subdistrict"]
        # Django would change the row that already has this code.
        self.instance.save(force_insert=True)
        return self.instance


class CentreForm(OfficerModelForm):
    """A centre of a village that has none."""

    village = PlaceBox(
        label="หมู่บ้าน",
        queryset=Area.objects.at(Level.VILLAGE),
        offered=lambda villages: villages.filter(centre=None),
        help_text="แสดงเฉพาะหมู่บ้านในพื้นที่ที่ยังไม่มีศูนย์ฯ",
    )
    founded_year = YearBox(label="ปีที่จัดตั้ง (พ.ศ.)", required=False, help_text=YEAR_HINT)
    budget_year = YearBox(label="ปีงบประมาณที่ได้รับงบ", required=False, help_text=YEAR_HINT)

    class Meta:
        model = Centre
        fields = ["village", "kind", "founded_year", "budget_year", "opened_on", "interest_reading"]
        formfield_callback = thai_field

    def clean_village(self):
        village = self.cleaned_data["village"]
        if Centre.objects.filter(village=village).exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"{village.label} มีศูนย์ฯ แล้ว ตรวจสอบก่อนเพิ่ม")
        return village


class CentreEditForm(CentreForm):
    """The village of a centre does not change: debts and contracts belong to it."""

    village = None

    class Meta(CentreForm.Meta):
        fields = ["kind", "founded_year", "budget_year", "opened_on", "interest_reading"]


class FundForm(AloneForm):
    """A member fund; without a name it is called after its kind."""

    alone, alone_in = "funds_one_name_per_centre", "name"
    name = TidyText(
        label="ชื่อกลุ่ม/กองทุน",
        max_length=120,
        required=False,
        help_text="เว้นว่างได้ถ้าใช้ชื่อเดียวกับประเภท",
    )

    class Meta:
        model = Fund
        fields = ["kind", "name", "capital", "members", "counts_in_capital"]
        formfield_callback = thai_field

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == Fund.Kind.OTHER and not cleaned.get("name"):
            self.add_error("name", "ระบุชื่อกลุ่ม/กองทุน")
        elif kind and not cleaned.get("name"):
            cleaned["name"] = Fund.Kind(kind).label
        return cleaned


class FundEditForm(FundForm):
    class Meta(FundForm.Meta):
        fields = [*FundForm.Meta.fields, "closed_on"]


class LendingRuleForm(AloneForm):
    """One version of the rules; earlier versions stay as they are."""

    alone, alone_in = "funds_one_rule_per_day", "effective_on"

    class Meta:
        model = LendingRule
        fields = [
            "effective_on",
            "rate_percent",
            "method",
            "day_count",
            "largest_loan",
            "longest_months",
            "guarantors",
            "may_be_single_lender",
            "payment_order",
            "resolution",
        ]
        formfield_callback = thai_field

    def clean(self):
        cleaned = super().clean()
        free = cleaned.get("method") == LendingRule.Method.NO_INTEREST
        if free and cleaned.get("rate_percent"):
            self.add_error("rate_percent", "ปลอดดอกเบี้ยต้องระบุร้อยละ 0 หรือเลือกวิธีคิดดอกเบี้ยอื่น")
        return cleaned


class CommitteeOrderForm(AloneForm):
    alone, alone_in = "funds_one_order_per_number", "number"
    number = TidyText(label="คำสั่งเลขที่", max_length=60, help_text="เช่น 12/2560")

    class Meta:
        model = CommitteeOrder
        fields = ["number", "signed_on", "signer", "signer_position", "expires_on"]
        formfield_callback = thai_field

    def clean_expires_on(self):
        expires_on, signed_on = self.cleaned_data["expires_on"], self.cleaned_data.get("signed_on")
        if expires_on and signed_on and expires_on <= signed_on:
            raise ValidationError("วันหมดวาระต้องอยู่หลังวันที่ลงนาม")
        return expires_on


class CommitteeMemberForm(AloneForm):
    """Someone of the committee; speaks for a fund of this centre, or for none as a qualified person."""

    alone, alone_in = "funds_one_place_per_member", "first_name"
    title = TidyText(label="คำนำหน้า", max_length=40, required=False)
    first_name = TidyText(label="ชื่อ", max_length=80)
    last_name = TidyText(label="นามสกุล", max_length=80, required=False)

    class Meta:
        model = CommitteeMember
        fields = ["title", "first_name", "last_name", "position", "fund"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        fund = self.fields["fund"]
        fund.queryset = fund.queryset.filter(centre=self.instance.order.centre)
        fund.label, fund.empty_label = "ตัวแทนกองทุน", "ไม่มี (ผู้ทรงคุณวุฒิของหมู่บ้าน)"


class LeaveForm(OfficerForm):
    left_on = DayBox(label="พ้นจากตำแหน่งวันที่")
