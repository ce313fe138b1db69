"""What can be searched among the clause texts."""

import django_filters

from debts.models import ClauseText


class ClauseFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="เอกสาร", choices=ClauseText.Kind, empty_label="ทุกเอกสาร")

    class Meta:
        model = ClauseText
        fields = ["kind"]
