from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debts", "0016_settlements")]

    operations = [
        migrations.AddField("register", "check_begun_at", models.DateTimeField("เริ่มตรวจเมื่อ", null=True)),
    ]
