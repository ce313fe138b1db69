"""Households written down twice and merged into one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("debts", "0009_list_at_scale"),
        ("households", "0004_twins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseholdMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="วันที่รวม")),
                ("reason", models.CharField(max_length=300, verbose_name="เหตุผล")),
                ("changes", models.JSONField(default=list)),
                ("exchanged", models.JSONField(default=list)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_on", models.DateField(null=True, verbose_name="วันที่เลิกรวม")),
                ("undone_reason", models.CharField(blank=True, max_length=300, verbose_name="เหตุผลที่เลิกรวม")),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "emptied",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_away",
                        to="households.household",
                        verbose_name="ครัวเรือนที่รวมเข้ามา",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="households.household",
                        verbose_name="ครัวเรือนที่เก็บไว้",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_on", None)),
                        fields=("emptied",),
                        name="debts_a_household_is_merged_once",
                        violation_error_message="ครัวเรือนนี้รวมเข้ากับครัวเรือนอื่นแล้ว",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("emptied")), _negated=True),
                        name="debts_two_households_are_merged",
                        violation_error_message="เลือกสองครัวเรือน",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_by", None), ("undone_on", None), ("undone_reason", "")),
                            models.Q(
                                ("undone_by__isnull", False),
                                ("undone_on__isnull", False),
                                models.Q(("undone_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="debts_an_undone_merge_says_why",
                        violation_error_message="ระบุเหตุผล",
                    ),
                ],
            },
        ),
    ]
