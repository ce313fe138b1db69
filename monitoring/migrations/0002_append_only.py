from django.db import migrations

from config.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = [append_only("monitoring_visitmove"), append_only("monitoring_followup")]
