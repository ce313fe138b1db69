"""A debt written down by hand, for what no register brought in."""

from django.db import transaction

from accounts.models import Officer
from debts.ledger import lock_household, open_debt
from debts.models import Debt
from households.models import Household

TWIN = ("borrower", "fund", "number", "lent_on", "lent", "opened_on")


ONE_PAPER = "ผู้กู้รายนี้มีสัญญาเลขที่นี้ในกองทุนนี้แล้ว"


class CannotRegister(ValueError):
    """The debt is already in the register; `str()` is the Thai reason."""


@transaction.atomic
def register(*, household: Household, opened_on, by: Officer, **columns) -> Debt:
    """Open the debt as it stood on `opened_on`. Raises `CannotRegister` when the same paper is there
    already, also when a form is sent twice (the household is locked)."""
    lock_household(household.pk, CannotRegister)
    twin = {name: value for name, value in {**columns, "opened_on": opened_on}.items() if name in TWIN}
    if household.debts.filter(**twin).exists():
        raise CannotRegister("มีหนี้รายการนี้ในทะเบียนแล้ว")
    if has_other_debt_on_paper(Debt(**{name: columns[name] for name in ("borrower", "fund", "number")})):
        raise CannotRegister(ONE_PAPER)
    return open_debt(household=household, on=opened_on, by=by, **columns)


def has_other_debt_on_paper(debt: Debt) -> bool:
    """Whether another debt has the number of this one, for the same borrower and fund."""
    papers = Debt.objects.original().filter(fund=debt.fund, borrower=debt.borrower, number=debt.number)
    return debt.number != "" and papers.exclude(pk=debt.pk).exists()
