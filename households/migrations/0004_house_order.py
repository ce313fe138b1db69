from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("households", "0003_livelihood")]
    operations = [
        migrations.AddIndex(
            "household",
            models.Index(fields=["village", "house_sort"], name="households_in_house_order"),
        ),
    ]
