"""The list of households has another name among the addresses; saved views of it stay."""

from django.db import migrations

OLD, NEW = "households:households", "households"


def rename(apps, editor):
    apps.get_model("accounts", "SavedView").objects.filter(list=OLD).update(list=NEW)


def rename_back(apps, editor):
    apps.get_model("accounts", "SavedView").objects.filter(list=NEW).update(list=OLD)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_saved_views")]
    operations = [migrations.RunPython(rename, rename_back)]
