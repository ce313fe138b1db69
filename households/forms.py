"""What officers type about households and people."""

from decimal import Decimal
from uuid import uuid4

from django import forms

from accounts.forms import AloneForm, OfficerForm, OfficerModelForm
from areas.models import Area, Level
from config import thai
from config.forms import HouseNumberBox, PlaceBox, TidyText, YearBox, thai_field
from households.models import EXPENSE, INCOME, Document, Household, Livelihood, OtherDebt, Person
from households.registration import key_of_content
from households.twins import Twin, candidates, twins_of, twins_of_person


class _OnceForm(OfficerForm):
    """A form that is sent once, however often its button is pressed."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class _NamedForm(OfficerForm):
    """Title, first and last name. A whole name typed into one box is taken apart."""

    title = TidyText(label="คำนำหน้า", max_length=40, required=False)
    first_name = TidyText(label="ชื่อ", max_length=80)
    last_name = TidyText(label="นามสกุล", max_length=80, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("first_name"):
            self._take_apart(cleaned)
        return cleaned

    def _take_apart(self, cleaned):
        typed = (cleaned.get("title", ""), cleaned["first_name"], cleaned.get("last_name", ""))
        try:
            name = thai.read_name(" ".join(typed).strip())
        except thai.CannotRead as refusal:
            self.add_error("first_name", str(refusal))
            return
        if not typed[0] and not typed[2]:
            cleaned.update(title=name.title, first_name=name.first, last_name=name.last)

    @property
    def name(self) -> thai.Name | None:
        """The name that was typed, if it can be read."""
        typed = self.cleaned_data
        if not typed.get("first_name"):
            return None
        return thai.Name(typed.get("title", ""), typed["first_name"], typed.get("last_name", ""))


class HouseholdForm(_OnceForm, _NamedForm):
    """A new household and its head."""

    village = PlaceBox(label="หมู่บ้าน", queryset=Area.objects.at(Level.VILLAGE))
    house_number = HouseNumberBox(
        label="บ้านเลขที่", required=False, help_text="เช่น 18 หรือ 32/1 ถ้าไม่มี ในสัญญาจะเว้นว่างไว้ให้เขียน"
    )
    note = TidyText(label="หมายเหตุ", max_length=300, required=False)
    field_order = ["village", "house_number", "title", "first_name", "last_name", "note", "key"]

    def twins(self) -> list[Twin]:
        typed = self.cleaned_data
        if not typed.get("village"):
            return []
        return candidates(
            village=typed["village"], house_number=typed.get("house_number", ""), name=self.name
        )


class HouseholdEditForm(OfficerModelForm):
    """The village does not change: the household's debts are owed to the funds of its centre."""

    house_number = HouseholdForm.base_fields["house_number"]
    note = HouseholdForm.base_fields["note"]

    class Meta:
        model = Household
        fields = ["house_number", "head", "note"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["head"].queryset = self.instance.people.all()
        self.fields["head"].empty_label = "ยังไม่ระบุ"

    def twins(self) -> list[Twin]:
        return twins_of(self.instance) if "house_number" in self.changed_data else []


class PersonForm(_NamedForm, OfficerModelForm):
    """Someone of a household. The number typed is sealed; a number kept is never shown here."""

    born_year = YearBox(label="ปีเกิด (พ.ศ.)", required=False, help_text="เช่น 2510")
    phone = TidyText(label="โทรศัพท์", max_length=40, required=False)
    national_id = forms.CharField(
        label="เลขประจำตัวประชาชน",
        required=False,
        max_length=40,
        help_text="เก็บเท่าที่จำเป็นต่อการทำสัญญา และแสดงเฉพาะผู้มีสิทธิ์",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 20}),
    )

    class Meta:
        model = Person
        fields = ["title", "first_name", "last_name", "born_year", "phone"]

    def clean_national_id(self):
        typed = self.cleaned_data["national_id"]
        if typed:
            self.instance.set_national_id(typed)
        return typed

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("national_id") and (owner := self._other_owner()):
            place = owner.household.house
            self.add_error("national_id", f"เลขนี้เป็นของ {owner} {place} แล้ว ตรวจสอบก่อนบันทึก")
        return cleaned

    def twins(self) -> list[Twin]:
        tells_who = {"first_name", "last_name", "national_id"} & set(self.changed_data)
        return twins_of_person(self.instance) if tells_who and self.name else []

    def _other_owner(self) -> Person | None:
        owners = Person.objects.for_user(self.user).standing().filter(id_hash=self.instance.id_hash)
        return owners.exclude(pk=self.instance.pk).select_related("household").first()


class PersonNewForm(_OnceForm, PersonForm):
    """A new member of a household; the form sent twice adds one person."""

    @property
    def form_key(self):
        typed = self.cleaned_data
        name = [typed.get(part) for part in ("title", "first_name", "last_name")]
        return key_of_content(typed.get("key") or uuid4(), self.instance.household_id, *name)

    def _other_owner(self):
        owner = super()._other_owner()
        return None if owner and owner.form_key == self.form_key else owner

    def twins(self):
        return [twin for twin in super().twins() if twin.person.form_key != self.form_key]


class PersonEditForm(PersonForm):
    """An empty number leaves the kept one as it is; the tick removes it."""

    remove_id = forms.BooleanField(label="ลบเลขประจำตัวประชาชนที่เก็บไว้", required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.kept = {"national_id": (self.instance.id_hash, self.instance.masked_id or "ไม่มี")}
        if self.instance.masked_id:
            self.fields["national_id"].help_text = f"เก็บไว้แล้ว {self.instance.masked_id} เว้นว่างไว้ถ้าไม่เปลี่ยน"
        else:
            del self.fields["remove_id"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("remove_id") and cleaned.get("national_id"):
            self.add_error("remove_id", "เลือกลบ หรือระบุเลขใหม่ อย่างใดอย่างหนึ่ง")
        elif cleaned.get("remove_id"):
            self.instance.remove_national_id()
        return cleaned


class RevealForm(OfficerForm):
    reason = TidyText(label="เหตุผล", max_length=200, help_text="เช่น ตรวจกับบัตรประชาชนก่อนลงนามสัญญา")


class LivelihoodForm(AloneForm):
    """Income and expenses of a year; an empty box is zero baht."""

    alone, alone_in = "households_one_survey_a_day", "surveyed_on"

    class Meta:
        model = Livelihood
        fields = ["surveyed_on", *INCOME, *EXPENSE, "savings", "note"]
        formfield_callback = thai_field

    def clean(self):
        typed = super().clean()
        nothing = {name: Decimal(0) for name in (*INCOME, *EXPENSE, "savings") if typed.get(name, "") is None}
        return {**typed, **nothing}


class OtherDebtForm(OfficerModelForm):
    """A debt outside the member funds."""

    hints = {
        "source": "ร้านค้า พ่อค้า หรือนายทุน เป็นหนี้นอกระบบ",
        "outstanding": "ชำระครบแล้วให้ระบุ 0",
        "instalment": "เว้นว่างได้ถ้าชำระทั้งหมดครั้งเดียว",
        "due_on": "เช่น 27 มี.ค. 2565 หรือ 27/3/2565",
    }

    class Meta:
        model = OtherDebt
        fields = [
            "source",
            "creditor",
            "borrower",
            "lent",
            "outstanding",
            "rate_percent",
            "rate_per",
            "instalment",
            "every",
            "due_on",
            "as_of_on",
            "note",
        ]
        formfield_callback = thai_field

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["borrower"].queryset = self.instance.household.people.all()
        for name, hint in self.hints.items():
            self.fields[name].help_text = hint


class DocumentForm(OfficerForm):
    kind = forms.ChoiceField(label="ชนิดเอกสาร", choices=[("", "เลือก"), *Document.Kind.choices])
    name = TidyText(label="ชื่อเอกสาร", max_length=120, required=False, help_text="เช่น สัญญากองทุนหมู่บ้าน ปี 2560")
    content = forms.FileField(
        label="ไฟล์",
        help_text="ภาพ JPG PNG หรือ PDF ไม่เกิน 10 MB ระบบย่อภาพและลบข้อมูลตำแหน่งให้",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
        error_messages={"empty": "ไฟล์ว่าง เลือกไฟล์อีกครั้ง"},
    )
