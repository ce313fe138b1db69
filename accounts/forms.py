"""The base of our forms: laid out the same everywhere, choices limited to what the officer may see."""

from crispy_forms.helper import FormHelper
from django import forms

from accounts.choices import name_empty_choices, scope_choices


class OfficerForm(forms.Form):
    """A form filled in by an officer; every drop-down of rows is scoped to the officer's area."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = form_helper()
        scope_choices(self, user)
        name_empty_choices(self)


class OfficerModelForm(OfficerForm, forms.ModelForm):
    """The same, for one row of a model."""


def form_helper() -> FormHelper:
    """How crispy-forms lays out our forms; templates/bootstrap5/field.html draws one field."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.marks_optional = True  # "(ถ้ามี)" after labels, which search forms leave out
    return helper
