"""Typing targets: all cells of a grid at once, or none."""

from collections.abc import Mapping

from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from reports.models import Target

Cell = tuple[str, str]  # the code of an area and of a measure


@transaction.atomic
def set_targets(*, year: int, numbers: Mapping[Cell, int | None], by: Officer) -> int:
    """Write down the typed targets of a fiscal year (พ.ศ.); None removes one. Returns how many cells changed; what
    they were before is in the record of edits."""
    known = _locked(year, numbers)
    before = {cell: target.number for cell, target in known.items()}
    changed = {cell: number for cell, number in numbers.items() if number != before.get(cell)}
    for cell, number in changed.items():
        _set(known.get(cell), cell, year, number, by)
    if changed:
        told = [[*cell, before.get(cell), number] for cell, number in sorted(changed.items())]
        record(by=by, action="targets-set", target=f"targets:{year}", detail={"changed": told})
    return len(changed)


def _locked(year: int, numbers: Mapping[Cell, int | None]) -> dict[Cell, Target]:
    areas, measures = ({cell[place] for cell in numbers} for place in (0, 1))
    rows = Target.objects.filter(fiscal_year=year, area__in=areas, measure__in=measures)
    return {(row.area_id, row.measure_id): row for row in rows.select_for_update().order_by("pk")}


def _set(known: Target | None, cell: Cell, year: int, number: int | None, by: Officer) -> None:
    if number is None:
        known.delete()
        return
    area, measure = cell
    Target.objects.update_or_create(
        area_id=area, fiscal_year=year, measure_id=measure, defaults={"number": number, "set_by": by}
    )
