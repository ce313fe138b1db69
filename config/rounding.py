"""The one rounding of money: half-up to the satang."""

from decimal import ROUND_HALF_UP, Decimal

SATANG = Decimal("0.01")


def to_satang(value: Decimal) -> Decimal:
    """Baht rounded half-up to whole satang."""
    return value.quantize(SATANG, ROUND_HALF_UP)
