from django.db import migrations

from config.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("debts", "0001_initial")]
    operations = [append_only("debts_entry")]
