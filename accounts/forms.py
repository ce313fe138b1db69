"""The base of our forms: laid out the same everywhere, choices limited to what the officer may see."""

from crispy_forms.helper import FormHelper
from django import forms


class OfficerForm(forms.Form):
    """A form filled in by an officer; every drop-down of rows is scoped to the officer's area."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.use_custom_control = False
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.for_user(user)
            if not (field.required or isinstance(field, forms.BooleanField) or "(ถ้า" in str(field.label)):
                field.label = f"{field.label} (ถ้ามี)"


class OfficerModelForm(OfficerForm, forms.ModelForm):
    """The same, for one row of a model."""
