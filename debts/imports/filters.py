"""What can be searched among the files brought in."""

import django_filters

from accounts.filters import SearchBox
from debts.models import RegisterFile


class RegisterFileFilter(django_filters.FilterSet):
    q = SearchBox("name", "centre__village__name", label="ค้นหา", help_text="ชื่อไฟล์ หรือชื่อหมู่บ้าน")
    kind = django_filters.ChoiceFilter(label="ชนิด", choices=RegisterFile.Kind, empty_label="ทุกชนิด")
    imported = django_filters.ChoiceFilter(
        label="สถานะ",
        choices=[("yes", "นำเข้าแล้ว"), ("no", "ยังไม่นำเข้า")],
        empty_label="ทุกสถานะ",
        method="filter_imported",
    )

    class Meta:
        model = RegisterFile
        fields = ["q", "kind", "imported"]

    def filter_imported(self, files, name, value):
        return files.filter(imported_at__isnull=value == "no")
