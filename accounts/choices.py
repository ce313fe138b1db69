"""Drop-downs are rows too: only those the officer may see."""

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH

NOT_CHOSEN = "เลือก"


def scope_choices(form, user) -> None:
    """Limit every drop-down of rows in `form` to the officer's area."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = field.queryset.for_user(user)


def name_empty_choices(form) -> None:
    """`เลือก` instead of a row of dashes."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and field.empty_label:
            field.empty_label = NOT_CHOSEN
        elif getattr(field, "choices", None) and list(field.choices)[0] == BLANK_CHOICE_DASH[0]:
            field.choices = [("", NOT_CHOSEN), *list(field.choices)[1:]]
