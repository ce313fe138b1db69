"""The words that contracts were printed with so far become version 1, a draft of the system."""

from django.db import migrations

from debts.papers.shipped import SHIPPED


def load(apps, editor):
    texts = apps.get_model("debts", "ClauseText").objects.using(editor.connection.alias)
    texts.bulk_create(texts.model(kind=kind, number=1, body=bodies[0]) for kind, bodies in SHIPPED.items())


class Migration(migrations.Migration):
    dependencies = [("debts", "0019_papers")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
