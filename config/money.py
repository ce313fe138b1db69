"""Money in the database: whole satang as integers, because SQLite would keep decimals as floats."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable, register_combinable_fields
from django.db.models.functions import Coalesce

from config.rounding import to_satang

LARGEST = Decimal("9999999999999.99")


class MoneyField(models.Field):
    """An amount in baht (`Decimal`, two places), stored as whole satang in a 64-bit integer column.

    Sums and comparisons in SQL are exact on both databases. Refuses floats.
    """

    description = "Baht, kept as whole satang"

    def get_internal_type(self):
        return "BigIntegerField"

    def from_db_value(self, value, expression, connection):
        return None if value is None else Decimal(int(value)).scaleb(-2)

    def to_python(self, value):
        if value is None:
            return None
        if isinstance(value, float):
            raise ValidationError("จำนวนเงินต้องไม่เป็นทศนิยมลอยตัว")
        amount = to_satang(Decimal(value))
        if abs(amount) > LARGEST:
            raise ValidationError("จำนวนเงินมากเกินไป")
        return amount

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return None if value is None else int(self.to_python(value).scaleb(2))


for sign in (Combinable.ADD, Combinable.SUB):
    register_combinable_fields(MoneyField, sign, MoneyField, MoneyField)


def baht(value: int | str | Decimal) -> models.Value:
    """An amount as an SQL value of the money type."""
    return models.Value(Decimal(value), output_field=MoneyField())


def total(path: str, **options) -> Coalesce:
    """The SQL sum of a money column, in baht; zero when there are no rows."""
    return Coalesce(models.Sum(path, **options), baht(0), output_field=MoneyField())
