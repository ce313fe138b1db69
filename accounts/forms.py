"""The base of our forms: laid out the same everywhere, choices limited to what the officer may see."""

from crispy_forms.helper import FormHelper
from django import forms

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


class OfficerModelForm(OfficerForm, forms.ModelForm):
    """The same, for one row of a model. Constraints are checked with the columns that are not on the form,
    so that the database's refusal is a sentence and not an error page."""

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except forms.ValidationError as refusal:
            self.add_error(None, refusal)
