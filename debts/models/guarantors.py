"""Who answers for a debt besides its borrower."""

from django.db import models

from areas.models import ScopedQuerySet
from config.thai import Name
from debts.models.debts import Debt
from households.models import Person


class GuarantorQuerySet(ScopedQuerySet):
    area_path = "debt__household__village__code"


class Guarantor(models.Model):
    """A guarantor as the paper names them; `person` where the village has one person of that name."""

    debt = models.ForeignKey(Debt, models.CASCADE, related_name="guarantors")
    title = models.CharField("คำนำหน้า", max_length=40, blank=True)
    first_name = models.CharField("ชื่อ", max_length=80)
    last_name = models.CharField("นามสกุล", max_length=80, blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="guarantees", verbose_name="ผู้ค้ำประกัน"
    )

    objects = GuarantorQuerySet.as_manager()

    class Meta:
        ordering = ["debt", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["debt", "first_name", "last_name"],
                name="debts_a_guarantor_is_named_once",
                violation_error_message="หนี้นี้มีผู้ค้ำประกันชื่อนี้แล้ว",
            )
        ]

    def __str__(self):
        return str(self.name)

    @property
    def name(self) -> Name:
        return Name(self.title, self.first_name, self.last_name)
