import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from config.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("debts", "0006_column_mappings"),
        ("funds", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClassRuleSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="มีผลตั้งแต่วันที่")),
                ("resolution", models.CharField(max_length=200, verbose_name="มติคณะกรรมการ")),
                (
                    "watched_to",
                    models.PositiveSmallIntegerField(default=30, verbose_name="เฝ้าระวัง เกินกำหนดไม่เกิน (วัน)"),
                ),
                (
                    "overdue_to",
                    models.PositiveSmallIntegerField(default=90, verbose_name="ค้างชำระ เกินกำหนดไม่เกิน (วัน)"),
                ),
                (
                    "defaulted_to",
                    models.PositiveSmallIntegerField(default=365, verbose_name="ผิดนัด เกินกำหนดไม่เกิน (วัน)"),
                ),
                (
                    "due_soon",
                    models.PositiveSmallIntegerField(default=15, verbose_name="แจ้งว่าใกล้ครบกำหนดล่วงหน้า (วัน)"),
                ),
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
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="class_rules",
                        to="funds.centre",
                        verbose_name="ศูนย์ฯ",
                    ),
                ),
            ],
            options={
                "ordering": ["centre", "-effective_on"],
            },
        ),
        migrations.CreateModel(
            name="DebtClass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("N", "ปกติ"),
                            ("U", "ไม่ทราบวันครบกำหนด"),
                            ("W", "เฝ้าระวัง"),
                            ("F", "อยู่ในเกณฑ์ผ่อนผัน"),
                            ("O", "ค้างชำระ"),
                            ("D", "ผิดนัด"),
                            ("B", "หนี้เสีย/ติดตามพิเศษ"),
                            ("R", "ปรับโครงสร้างแล้ว"),
                            ("C", "ปิดบัญชีแล้ว"),
                        ],
                        max_length=1,
                        verbose_name="ประเภทลูกหนี้",
                    ),
                ),
                ("on", models.DateField(verbose_name="ตั้งแต่วันที่")),
                ("days_late", models.PositiveIntegerField(null=True, verbose_name="เกินกำหนด (วัน)")),
                ("is_manual", models.BooleanField(default=False)),
                ("until_on", models.DateField(blank=True, null=True, verbose_name="ถึงวันที่")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="เหตุผล")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "debt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="classes", to="debts.debt"
                    ),
                ),
                (
                    "rules",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="debts.classruleset",
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Forbearance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="ผ่อนผันตั้งแต่วันที่")),
                ("until_on", models.DateField(verbose_name="ถึงวันที่")),
                ("resolution", models.CharField(max_length=200, verbose_name="มติคณะกรรมการ")),
                ("reason", models.CharField(max_length=300, verbose_name="เหตุผล")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="เลิกก่อนกำหนดเมื่อ")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "debt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forbearances",
                        to="debts.debt",
                    ),
                ),
            ],
            options={
                "ordering": ["-from_on", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="classruleset",
            constraint=models.UniqueConstraint(
                fields=("centre", "effective_on"),
                name="debts_one_class_rule_set_per_day",
                violation_error_message="ศูนย์ฯ นี้มีหลักเกณฑ์ที่มีผลในวันนี้แล้ว",
            ),
        ),
        migrations.AddConstraint(
            model_name="classruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("defaulted_to__gt", models.F("overdue_to")),
                    ("overdue_to__gt", models.F("watched_to")),
                    ("watched_to__gt", 0),
                ),
                name="debts_class_limits_grow",
                violation_error_message="จำนวนวันต้องมากขึ้นตามลำดับ เฝ้าระวัง ค้างชำระ ผิดนัด",
            ),
        ),
        migrations.AddConstraint(
            model_name="classruleset",
            constraint=models.CheckConstraint(
                condition=models.Q(("resolution", ""), _negated=True),
                name="debts_class_rules_name_their_resolution",
                violation_error_message="ระบุมติคณะกรรมการ",
            ),
        ),
        migrations.AddIndex(
            model_name="debtclass",
            index=models.Index(fields=["debt", "-on", "-id"], name="debts_classes_by_debt_and_day"),
        ),
        migrations.AddConstraint(
            model_name="debtclass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_manual", False),
                    models.Q(("by__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="debts_a_manual_class_says_who_and_why",
                violation_error_message="ระบุเหตุผล",
            ),
        ),
        migrations.AddConstraint(
            model_name="debtclass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("value", ""), _negated=True), ("is_manual", True), _connector="OR"
                ),
                name="debts_only_a_decision_returns_to_the_rules",
                violation_error_message="กลับไปใช้หลักเกณฑ์ได้ด้วยการกำหนดเท่านั้น",
            ),
        ),
        migrations.AddConstraint(
            model_name="debtclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on", None), ("until_on__gte", models.F("on")), _connector="OR"),
                name="debts_a_manual_class_ends_after_it_begins",
                violation_error_message="วันสิ้นสุดต้องไม่ก่อนวันเริ่ม",
            ),
        ),
        migrations.AddConstraint(
            model_name="forbearance",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__gte", models.F("from_on"))),
                name="debts_forbearance_ends_after_it_begins",
                violation_error_message="วันสิ้นสุดต้องไม่ก่อนวันเริ่ม",
            ),
        ),
        migrations.AddConstraint(
            model_name="forbearance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolution", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                ),
                name="debts_forbearance_is_resolved_and_explained",
                violation_error_message="ระบุมติและเหตุผล",
            ),
        ),
        append_only("debts_debtclass"),
    ]
