"""The terms of one plan of several, typed in a column beside the others."""

from django import forms

from debts.forms import MergeTermsForm
from funds.models import Fund

# The rows of the table: what is always seen, and what is opened when needed.
SHOWN = (
    "lender",
    "rate_percent",
    "method",
    "periods",
    "affordable",
    "months_per_period",
    "seasons",
    "first_due_on",
)
MORE = (
    "signed_on",
    "day_count",
    "principal_grace",
    "full_grace",
    "round_up_to",
    "agreed_in_writing",
)


class PlanForm(MergeTermsForm):
    """The same terms as in step 2, in boxes narrow enough for four columns. Each box says which plan it is of."""

    lender = forms.ModelChoiceField(Fund.objects.none(), label="แหล่งกู้ยืมใหม่", empty_label=None)

    def __init__(self, *args, number: int, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs.update(
                {"class": _look(field), "aria-label": f"{field.label} ทางเลือกที่ {number}"}
            )


def _look(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return "form-check-input"
    return "form-select" if isinstance(field.widget, forms.Select) else "form-control"
