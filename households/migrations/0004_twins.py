"""What a name sounds like, for finding households written down twice; and what became of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from config import thai

BATCH = 2000


def write_sound_keys(apps, editor):
    people = apps.get_model("households", "Person").objects.using(editor.connection.alias)
    last = 0
    while batch := list(people.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for person in batch:
            person.sound_key = thai.sound_key(person.first_name, person.last_name)
        people.bulk_update(batch, ["sound_key"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0003_id_tail"),
        ("areas", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NotTwins",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="เหตุผล")),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="household",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_from",
                to="households.household",
                verbose_name="รวมเข้ากับ",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="sound_key",
            field=models.CharField(db_index=True, default="", editable=False, max_length=300),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="households_none_is_merged_into_itself",
                violation_error_message="รวมครัวเรือนเข้ากับตัวเองไม่ได้",
            ),
        ),
        migrations.AddField(
            model_name="nottwins",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="nottwins",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.household"
            ),
        ),
        migrations.AddField(
            model_name="nottwins",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="households.household"
            ),
        ),
        migrations.AddConstraint(
            model_name="nottwins",
            constraint=models.UniqueConstraint(
                fields=("first", "second"),
                name="households_two_are_told_apart_once",
                violation_error_message="ระบุไว้แล้วว่าไม่ใช่ครัวเรือนเดียวกัน",
            ),
        ),
        migrations.AddConstraint(
            model_name="nottwins",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))),
                name="households_told_apart_in_the_order_of_keys",
                violation_error_message="ต้องเป็นสองครัวเรือน",
            ),
        ),
        migrations.RunPython(write_sound_keys, migrations.RunPython.noop),
    ]
