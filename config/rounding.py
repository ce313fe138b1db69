"""The one rounding: half-up; money to the satang."""

from decimal import ROUND_HALF_UP, Decimal

SATANG = Decimal("0.01")


def to_satang(value: Decimal) -> Decimal:
    """Baht rounded half-up to whole satang."""
    return value.quantize(SATANG, ROUND_HALF_UP)


def percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` in percent of `whole`, half-up to one decimal; None when the whole is zero."""
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


def to_percent(value: Decimal) -> Decimal:
    """A percentage rounded half-up to two decimals."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
