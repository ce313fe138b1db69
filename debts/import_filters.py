"""What can be searched among the files brought in."""

import django_filters

from debts.models import RegisterFile


class RegisterFileFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="ชื่อไฟล์", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="ชนิด", choices=RegisterFile.Kind, empty_label="ทุกชนิด")
    imported = django_filters.ChoiceFilter(
        label="สถานะ",
        choices=[("yes", "นำเข้าแล้ว"), ("no", "ยังไม่นำเข้า")],
        empty_label="ทุกสถานะ",
        method="filter_imported",
    )

    class Meta:
        model = RegisterFile
        fields = ["name", "kind"]

    def filter_imported(self, files, name, value):
        return files.filter(imported_at__isnull=value == "no")
