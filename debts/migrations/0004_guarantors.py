import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

METHODS = [
    ("equal_principal", "ต้นคงที่"),
    ("annuity", "ผ่อนเท่ากันทุกงวด"),
    ("flat", "ดอกเบี้ยคงที่"),
    ("no_interest", "ปลอดดอกเบี้ย"),
    ("bullet", "ชำระงวดเดียว"),
]


def follow_the_rules(apps, schema_editor):
    """Old debts count interest as their fund's rule of the day of lending says, contracts as they were signed."""
    debts, rules = apps.get_model("debts", "Debt").objects, apps.get_model("funds", "LendingRule").objects
    contracts = apps.get_model("debts", "Contract").objects.filter(debt=OuterRef("pk"))
    of_the_fund = rules.filter(fund=OuterRef("fund"))
    in_force = of_the_fund.filter(effective_on__lte=Coalesce(OuterRef("lent_on"), OuterRef("opened_on")))
    told = Coalesce(
        Subquery(contracts.values("method")[:1]),
        Subquery(in_force.order_by("-effective_on").values("method")[:1]),
        Subquery(of_the_fund.order_by("effective_on").values("method")[:1]),
        Value("no_interest"),
    )
    at_a_rate = When(rate_percent__gt=0, told="no_interest", then=Value("equal_principal"))
    debts.annotate(told=told).update(method=Case(at_a_rate, default=F("told")))


class Migration(migrations.Migration):
    dependencies = [
        ("debts", "0003_merge_draft"),
        ("funds", "0001_initial"),
        ("households", "0001_initial"),
    ]
    operations = [
        migrations.AddField(
            "debt",
            "method",
            models.CharField("วิธีคิดดอกเบี้ย", max_length=20, choices=METHODS, default=""),
            False,
        ),
        migrations.RunPython(follow_the_rules, migrations.RunPython.noop),
        migrations.AddConstraint(
            "debt",
            models.CheckConstraint(
                name="debts_method_is_known_and_fits_the_rate",
                condition=Q(method__in=[method for method, _ in METHODS])
                & (Q(rate_percent=0) | ~Q(method="no_interest")),
                violation_error_message="ปลอดดอกเบี้ยใช้กับดอกเบี้ยร้อยละ 0 เท่านั้น เลือกวิธีคิดดอกเบี้ยอื่น",
            ),
        ),
        migrations.CreateModel(
            "Guarantor",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField("คำนำหน้า", max_length=40, blank=True)),
                ("first_name", models.CharField("ชื่อ", max_length=80)),
                ("last_name", models.CharField("นามสกุล", max_length=80, blank=True)),
                (
                    "debt",
                    models.ForeignKey(
                        "debts.debt", django.db.models.deletion.CASCADE, related_name="guarantors"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        "households.person",
                        django.db.models.deletion.SET_NULL,
                        null=True,
                        related_name="guarantees",
                        verbose_name="ผู้ค้ำประกัน",
                    ),
                ),
            ],
            {
                "ordering": ["debt", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["debt", "first_name", "last_name"],
                        name="debts_a_guarantor_is_named_once",
                        violation_error_message="หนี้นี้มีผู้ค้ำประกันชื่อนี้แล้ว",
                    )
                ],
            },
        ),
    ]
