"""A debt written down by hand, for what no register brought in."""

from django.db import transaction

from accounts.models import Officer
from debts.ledger import open_debt
from debts.models import Debt
from households.models import Household

TWIN = ("borrower", "fund", "number", "lent_on", "lent", "opened_on")
PAPER = ("borrower", "fund", "number")


class CannotRegister(ValueError):
    """The debt is already in the register; `str()` is the Thai reason."""


@transaction.atomic
def register(*, household: Household, opened_on, by: Officer, **columns) -> Debt:
    """Open the debt as it stood on `opened_on`. Raises `CannotRegister` when the same paper is there
    already, also when a form is sent twice (the household is locked)."""
    Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    _refuse_twin(household, {**columns, "opened_on": opened_on})
    return open_debt(household=household, on=opened_on, by=by, **columns)


def _refuse_twin(household: Household, columns: dict) -> None:
    if household.debts.filter(**{name: columns.get(name) for name in TWIN}).exists():
        raise CannotRegister("มีหนี้รายการนี้ในทะเบียนแล้ว")
    paper = {name: columns.get(name) for name in PAPER}
    if paper["number"] and Debt.objects.original().filter(**paper).exists():
        raise CannotRegister("ผู้กู้รายนี้มีสัญญาเลขที่นี้ในกองทุนนี้แล้ว")
