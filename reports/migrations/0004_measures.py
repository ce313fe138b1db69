"""What is counted and has targets, as data: the measures of the department's plan of FY2565."""

import django.db.models.deletion
from django.db import migrations, models

from reports.targets.measures import load_measures


def load(apps, editor):
    load_measures(apps=apps, using=editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_handovers")]

    operations = [
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "code",
                    models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="รหัส"),
                ),
                ("name", models.CharField(max_length=160, verbose_name="ตัวชี้วัด")),
                ("unit", models.CharField(max_length=20, verbose_name="หน่วยนับ")),
                ("definition", models.CharField(blank=True, max_length=400, verbose_name="คำอธิบาย")),
                ("source", models.CharField(max_length=200, verbose_name="ที่มา")),
                ("first_year", models.PositiveSmallIntegerField(verbose_name="ตั้งแต่ปีงบประมาณ")),
                ("last_year", models.PositiveSmallIntegerField(null=True, verbose_name="ถึงปีงบประมาณ")),
                ("order", models.PositiveSmallIntegerField(verbose_name="ลำดับ")),
                (
                    "whole",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="reports.measure",
                    ),
                ),
            ],
            options={"ordering": ["order"]},
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
