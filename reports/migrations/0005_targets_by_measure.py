"""A target is of a measure; those typed so far are of households."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_measures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="target", name="reports_one_target_per_area_and_year"),
        migrations.RenameField(model_name="target", old_name="households", new_name="number"),
        migrations.AlterField(
            model_name="target", name="number", field=models.PositiveIntegerField(verbose_name="เป้าหมาย")
        ),
        migrations.AlterField(
            model_name="target",
            name="set_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="measure",
            field=models.ForeignKey(
                default="households",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="reports.measure",
                verbose_name="ตัวชี้วัด",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("area", "fiscal_year", "measure"),
                name="reports_one_target_per_area_year_and_measure",
            ),
        ),
    ]
