"""The one rounding: half-up, money to the satang and percentages to two decimals."""

from decimal import ROUND_HALF_UP, Decimal

SATANG = Decimal("0.01")


def to_satang(value: Decimal) -> Decimal:
    """Baht rounded half-up to whole satang."""
    return value.quantize(SATANG, ROUND_HALF_UP)


def to_percent(value: Decimal) -> Decimal:
    """A percentage rounded half-up to two decimals."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
