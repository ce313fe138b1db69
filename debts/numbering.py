"""Running numbers without gaps or repeats, also with two officers at once; and as they are typed to find one."""

import re

from debts.models import RunningNumber

NUMBER = re.compile(r"(\d{1,9})/(\d{4})")


def read_number(typed: str) -> dict[str, str] | None:
    """The `sequence` and `year` of a contract or receipt of ours, typed 12/2560; None for anything else."""
    found = NUMBER.fullmatch(typed)
    return {"sequence": found[1], "year": found[2]} if found else None


def next_number(series: str) -> int:
    """The next number of `series`. Call it inside the transaction that uses it: the row stays locked
    until then, and a rolled back transaction gives its number back."""
    RunningNumber.objects.get_or_create(series=series)
    row = RunningNumber.objects.select_for_update().get(series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
