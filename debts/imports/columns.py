"""What an officer says of a sheet's columns is remembered for the centre."""

from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from debts.imports.files import lock_centre
from debts.models import ColumnMapping
from debts.sheets.layout import Chosen
from funds.models import Centre


@transaction.atomic
def remember(*, centre: Centre, chosen: dict[str, Chosen], by: Officer) -> None:
    """Read sheets with these heads, told by their signatures, as `chosen` from now on."""
    lock_centre(centre.pk)
    for signature, said in chosen.items():
        ColumnMapping.objects.update_or_create(
            centre=centre,
            signature=signature,
            defaults={
                "columns": list(said.columns),
                "head_shift": said.shift,
                "head_lines": said.lines,
                "by": by,
            },
        )
    detail = {signature: list(said.columns) for signature, said in chosen.items()}
    record(by=by, action="columns-match", target=str(centre), detail=detail)
