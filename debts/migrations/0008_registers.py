import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import config.money
from config.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("debts", "0007_classification"),
        ("funds", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("as_of_on", models.DateField(verbose_name="ข้อมูล ณ วันที่")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "ร่าง"),
                            ("sent", "รออำเภอตรวจ"),
                            ("returned", "ส่งคืนแก้ไข"),
                            ("corrected", "แก้ไขแล้ว รอตรวจ"),
                            ("certified", "รับรองแล้ว"),
                            ("superseded", "ใช้ทะเบียนใหม่แทนแล้ว"),
                            ("discarded", "ยกเลิกร่างแล้ว"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="สถานะ",
                    ),
                ),
                (
                    "start",
                    models.CharField(
                        choices=[("empty", "ว่าง"), ("copied", "คัดลอกจากยอดในระบบ"), ("file", "ไฟล์ Excel")],
                        default="empty",
                        max_length=6,
                        verbose_name="เริ่มจาก",
                    ),
                ),
                (
                    "control_total",
                    config.money.MoneyField(blank=True, null=True, verbose_name="ยอดรวมในเอกสาร (บาท)"),
                ),
                (
                    "control_rows",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="จำนวนแถวในเอกสาร"),
                ),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="สร้างเมื่อ")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="ส่งเมื่อ")),
                ("certified_at", models.DateTimeField(null=True, verbose_name="รับรองเมื่อ")),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registers",
                        to="funds.centre",
                        verbose_name="ศูนย์ฯ",
                    ),
                ),
                (
                    "certified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ผู้รับรอง",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ผู้บันทึก",
                    ),
                ),
                ("makers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ผู้ส่ง",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registers",
                        to="debts.registerfile",
                        verbose_name="จากไฟล์",
                    ),
                ),
            ],
            options={
                "ordering": ["-as_of_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterEditor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editors",
                        to="debts.register",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RegisterLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("position", models.BigIntegerField(verbose_name="ลำดับ")),
                ("version", models.PositiveIntegerField(default=1)),
                ("values", models.JSONField(default=dict)),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="ข้อสังเกตของผู้ตรวจ")),
                ("deleted_at", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField()),
                ("page", models.UUIDField(null=True)),
                ("sequence", models.PositiveBigIntegerField()),
                ("house_key", models.CharField(blank=True, max_length=220)),
                ("principal", config.money.MoneyField(default=0, verbose_name="เงินต้นคงเหลือ (บาท)")),
                ("interest", config.money.MoneyField(default=0, verbose_name="ดอกเบี้ยค้างชำระ (บาท)")),
                ("penalty", config.money.MoneyField(default=0, verbose_name="ค่าปรับ (บาท)")),
                ("errors", models.PositiveSmallIntegerField(default=0)),
                ("warnings", models.PositiveSmallIntegerField(default=0)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "debt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_lines",
                        to="debts.debt",
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="debts.register"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RegisterMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "ร่าง"),
                            ("sent", "รออำเภอตรวจ"),
                            ("returned", "ส่งคืนแก้ไข"),
                            ("corrected", "แก้ไขแล้ว รอตรวจ"),
                            ("certified", "รับรองแล้ว"),
                            ("superseded", "ใช้ทะเบียนใหม่แทนแล้ว"),
                            ("discarded", "ยกเลิกร่างแล้ว"),
                        ],
                        max_length=10,
                        verbose_name="จาก",
                    ),
                ),
                (
                    "new",
                    models.CharField(
                        choices=[
                            ("draft", "ร่าง"),
                            ("sent", "รออำเภอตรวจ"),
                            ("returned", "ส่งคืนแก้ไข"),
                            ("corrected", "แก้ไขแล้ว รอตรวจ"),
                            ("certified", "รับรองแล้ว"),
                            ("superseded", "ใช้ทะเบียนใหม่แทนแล้ว"),
                            ("discarded", "ยกเลิกร่างแล้ว"),
                        ],
                        max_length=10,
                        verbose_name="เป็น",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="เหตุผล")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="debts.register"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("superseded", "discarded")), _negated=True),
                fields=("centre", "as_of_on"),
                name="debts_one_register_a_day",
                violation_error_message="มีทะเบียน ณ วันที่นี้ของศูนย์ฯ นี้แล้ว เปิดทะเบียนเดิมหรือเลือกวันที่อื่น",
            ),
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "certified")),
                fields=("centre",),
                name="debts_one_certified_register_a_centre",
                violation_error_message="ศูนย์ฯ นี้มีทะเบียนที่รับรองแล้ว",
            ),
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("certified", "superseded")), _negated=True),
                    models.Q(("certified_at__isnull", False), ("certified_by__isnull", False)),
                    _connector="OR",
                ),
                name="debts_a_certified_register_says_by_whom",
                violation_error_message="ทะเบียนที่รับรองแล้วต้องมีผู้รับรอง",
            ),
        ),
        migrations.AddConstraint(
            model_name="register",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("certified_by", None),
                    models.Q(("certified_by", models.F("sent_by")), _negated=True),
                    _connector="OR",
                ),
                name="debts_a_register_is_not_certified_by_its_sender",
                violation_error_message="ท่านเป็นผู้จัดทำรายการนี้ ต้องให้ผู้อื่นรับรอง",
            ),
        ),
        migrations.AddConstraint(
            model_name="registereditor",
            constraint=models.UniqueConstraint(
                fields=("register", "officer"),
                name="debts_an_officer_types_in_one_line",
                violation_error_message="ท่านกำลังแก้ไขแถวอื่นอยู่",
            ),
        ),
        migrations.AddIndex(
            model_name="registerline",
            index=models.Index(fields=["register", "position"], name="debts_lines_in_order"),
        ),
        migrations.AddIndex(
            model_name="registerline",
            index=models.Index(fields=["register", "sequence"], name="debts_lines_by_change"),
        ),
        migrations.AddIndex(
            model_name="registerline",
            index=models.Index(fields=["register", "house_key"], name="debts_lines_by_house"),
        ),
        migrations.AddConstraint(
            model_name="registerline",
            constraint=models.UniqueConstraint(
                fields=("register", "key"),
                name="debts_a_line_is_kept_once",
                violation_error_message="แถวนี้บันทึกแล้ว",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerline",
            constraint=models.CheckConstraint(
                condition=models.Q(("interest__gte", 0), ("penalty__gte", 0), ("principal__gte", 0)),
                name="debts_line_amounts_are_not_negative",
                violation_error_message="จำนวนเงินต้องไม่ติดลบ",
            ),
        ),
        migrations.AddConstraint(
            model_name="registermove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new", "returned"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="debts_a_returned_register_says_why",
                violation_error_message="ระบุเหตุผลที่ส่งคืน",
            ),
        ),
        append_only("debts_registermove"),
    ]
