from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial")]
    operations = [
        migrations.AddField(
            "committeemember",
            "left_on",
            models.DateField("พ้นจากตำแหน่งวันที่", null=True, blank=True),
        ),
        migrations.RemoveConstraint("committeemember", "funds_one_place_per_member"),
        migrations.AddConstraint(
            "committeemember",
            models.UniqueConstraint(
                fields=["order", "first_name", "last_name"],
                condition=models.Q(left_on=None),
                name="funds_one_place_per_member",
                violation_error_message="คำสั่งนี้มีกรรมการชื่อนี้แล้ว",
            ),
        ),
    ]
