"""The second text of the contract, which names the order of payment of the lender."""

from django.db import migrations

from debts.papers.shipped import SHIPPED


def load(apps, editor):
    texts = apps.get_model("debts", "ClauseText").objects.using(editor.connection.alias)
    if not texts.filter(kind="contract", province=None, number=2).exists():
        texts.create(kind="contract", number=2, body=SHIPPED["contract"][1])


class Migration(migrations.Migration):
    dependencies = [("debts", "0022_written_off")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
