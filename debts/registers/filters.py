"""What can be searched among registers."""

import django_filters

from accounts.filters import SearchBox
from debts.models import Register


class RegisterFilter(django_filters.FilterSet):
    q = SearchBox("centre__village__name", label="ค้นหา", help_text="ชื่อหมู่บ้าน")
    status = django_filters.ChoiceFilter(label="สถานะ", choices=Register.Status, empty_label="ทุกสถานะ")

    class Meta:
        model = Register
        fields = ["q", "status"]
