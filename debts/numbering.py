"""Running numbers without gaps or repeats, also with two officers at once."""

from debts.models import RunningNumber


def next_number(series: str) -> int:
    """The next number of `series`. Call it inside the transaction that uses it: the row stays locked
    until then, and a rolled back transaction gives its number back."""
    RunningNumber.objects.get_or_create(series=series)
    row = RunningNumber.objects.select_for_update().get(series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
