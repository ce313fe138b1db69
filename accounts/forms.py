"""The base of our forms: laid out the same everywhere, choices limited to what the officer may see."""

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.choices import name_empty_choices, scope_choices
from accounts.models import Officer
from accounts.roles import MAY_APPOINT, Role
from areas.models import Area, Level
from config.forms import TidyText


class OfficerForm(forms.Form):
    """A form filled in by an officer; every drop-down of rows is scoped to the officer's area."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = form_helper()
        scope_choices(self, user)
        name_empty_choices(self)
        say_what_is_missing(self)


class OfficerModelForm(OfficerForm, forms.ModelForm):
    """The same, for one row of a model. `kept` says of boxes that do not show what is kept: the value that tells
    a change of it, and the words for it."""

    kept: dict[str, tuple[str, str]] = {}


class AloneForm(OfficerModelForm):
    """A row below another one. The named unique constraint, which spans the row above and what is typed,
    is said beside the box `alone_in`."""

    alone: str
    alone_in: str

    def _post_clean(self):
        super()._post_clean()
        model = self._meta.model
        constraint = next(each for each in model._meta.constraints if each.name == self.alone)
        if not self.errors:
            try:
                constraint.validate(model, self.instance)
            except ValidationError as taken:
                self.add_error(self.alone_in, taken)


def say_what_is_missing(form) -> None:
    """Words of ours for a box left empty, unless the box has its own."""
    unsaid = forms.Field.default_error_messages["required"]
    for field in form.fields.values():
        if field.error_messages.get("required") == unsaid:
            field.error_messages["required"] = _missing(field)


def _missing(field: forms.Field) -> str:
    if isinstance(field, forms.FileField):
        return "ยังไม่ได้เลือกไฟล์"
    if isinstance(field, forms.BooleanField):
        return "ทำเครื่องหมายข้อนี้ก่อน"
    return "ยังไม่ได้เลือก" if getattr(field, "choices", None) else "ยังไม่ได้กรอก"


def form_helper() -> FormHelper:
    """How crispy-forms lays out our forms; templates/bootstrap5/field.html draws one field."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.marks_optional = True  # "(ถ้ามี)" after labels, which search forms leave out
    return helper


class AreaChoice(forms.ModelChoiceField):
    """A place that an office is responsible for, by its full name."""

    def __init__(self, **options):
        offices = Area.objects.filter(level__in=[Level.COUNTRY, Level.PROVINCE, Level.DISTRICT])
        super().__init__(queryset=offices.in_structure().with_parents(), **options)

    def label_from_instance(self, area):
        return area.full_name


class PostForm(OfficerForm):
    """A role and its area, of those the officer may fill."""

    role = forms.ChoiceField(label="บทบาท")
    area = AreaChoice(label="พื้นที่รับผิดชอบ")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        may = [role for role in Role if role in MAY_APPOINT.get(user.role, ())]
        self.fields["role"].choices = [("", "เลือก"), *((role.value, role.label) for role in may)]


class NewOfficerForm(PostForm):
    """Who the new officer is, and the post."""

    username = forms.RegexField(
        r"^[A-Za-z][A-Za-z0-9._-]{3,}$",
        label="ชื่อผู้ใช้",
        max_length=60,
        help_text="ตัวอักษรอังกฤษนำหน้า อย่างน้อย 4 ตัว เช่น somjai.r",
        error_messages={"invalid": "ใช้ตัวอักษรอังกฤษ ตัวเลข จุด หรือขีด อย่างน้อย 4 ตัว และขึ้นต้นด้วยตัวอักษร"},
    )
    title = TidyText(label="คำนำหน้า", max_length=40, required=False)
    first_name = TidyText(label="ชื่อ", max_length=80)
    last_name = TidyText(label="นามสกุล", max_length=80, required=False)
    position = TidyText(label="ตำแหน่ง", max_length=120, required=False)
    email = forms.EmailField(label="อีเมล", required=False)
    field_order = ["title", "first_name", "last_name", "position", "username", "email", "role", "area"]

    def clean_username(self):
        username = self.cleaned_data["username"].lower()
        if Officer.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("มีชื่อผู้ใช้นี้แล้ว ใช้ชื่ออื่น")
        return username


class ProfileForm(OfficerModelForm):
    """What an officer may change of the own account."""

    class Meta:
        model = Officer
        fields = ["email", "wants_digest"]
        help_texts = {
            "email": "สำหรับอีเมลสรุปงาน เว้นว่างได้",
            "wants_digest": "ส่งเช้าวันทำการที่มีงานรอท่าน บอกเฉพาะจำนวน ไม่มีชื่อบุคคล",
        }


class ReasonForm(OfficerForm):
    reason = TidyText(label="เหตุผล", max_length=200, help_text="เช่น ย้ายหน่วยงาน เกษียณอายุ")


class FirstPasswordForm(OfficerForm):
    forget_second_step = forms.BooleanField(
        label="ลบการยืนยันสองขั้นตอนด้วย",
        required=False,
        help_text="เลือกเมื่อโทรศัพท์หายและไม่มีรหัสสำรอง ตรวจสอบตัวบุคคลก่อน",
    )


class SavedViewForm(OfficerForm):
    """A name for the list as it is shown."""

    name = TidyText(label="ชื่อมุมมอง", max_length=60, help_text="เช่น เกินกำหนด บ้านหนองฮะ")
    is_default = forms.BooleanField(label="เปิดรายการนี้ด้วยมุมมองนี้เสมอ", required=False)


class ColumnsForm(OfficerForm):
    """The columns of a list, in the order they were sent; `up` and `down` move one by one place."""

    columns = forms.MultipleChoiceField(error_messages={"required": "เลือกอย่างน้อย 1 คอลัมน์"})

    def __init__(self, *args, labels: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["columns"].choices = labels.items()
