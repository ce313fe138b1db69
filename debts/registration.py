"""A debt written down by hand, for what no register brought in; and what was written down wrongly corrected."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.audit import record
from accounts.models import Officer
from config.thai import Name
from debts.guarantors import name_guarantors, replace_guarantors
from debts.ledger import lock_debts, lock_household, open_debt
from debts.models import Debt
from households.models import Household

TWIN = ("borrower", "fund", "number", "lent_on", "lent", "opened_on")


ONE_PAPER = "ผู้กู้รายนี้มีสัญญาเลขที่นี้ในกองทุนนี้แล้ว"


class CannotRegister(ValueError):
    """The debt is already in the register, or may not be as it was typed; `str()` is the Thai reason."""


@transaction.atomic
def register(
    *, household: Household, opened_on, by: Officer, guarantors: Iterable[Name] = (), **columns
) -> Debt:
    """Open the debt as it stood on `opened_on`. Raises `CannotRegister` when the same paper is there
    already, also when a form is sent twice (the household is locked)."""
    lock_household(household.pk, CannotRegister)
    twin = {name: value for name, value in {**columns, "opened_on": opened_on}.items() if name in TWIN}
    if household.debts.filter(**twin).exists():
        raise CannotRegister("มีหนี้รายการนี้ในทะเบียนแล้ว")
    if has_other_debt_on_paper(Debt(**{name: columns[name] for name in ("borrower", "fund", "number")})):
        raise CannotRegister(ONE_PAPER)
    debt = open_debt(household=household, on=opened_on, by=by, **columns)
    name_guarantors({debt: guarantors}, village=household.village)
    return debt


@transaction.atomic
def correct(*, debt: Debt, by: Officer, guarantors: Iterable[Name] | None = None, **columns) -> Debt:
    """Write down the descriptive columns of a debt anew, and its guarantors unless they are None; money changes
    only through the ledger.

    Locks the household, then the debt. Raises `CannotRegister` when the paper is another debt's, or the days can
    not be.
    """
    lock_household(debt.household_id)
    [debt] = lock_debts(Debt.objects.filter(pk=debt.pk))
    changed = {name: [getattr(debt, name), value] for name, value in columns.items()}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    for name, (_, value) in changed.items():
        setattr(debt, name, value)
    _refuse(debt)
    debt.save(update_fields=[*changed])
    if guarantors is not None:
        changed["guarantors"] = [_in_words(debt.guarantors.all()), _in_words(guarantors)]
        replace_guarantors(debt, guarantors)
    if changed:
        detail = {name: [str(before), str(after)] for name, (before, after) in changed.items()}
        record(by=by, action="debt-edit", target=f"debt {debt.pk}", detail=detail)
    return debt


def _in_words(names) -> str:
    return ", ".join(map(str, names))


def _refuse(debt: Debt) -> None:
    if has_other_debt_on_paper(debt):
        raise CannotRegister(ONE_PAPER)
    try:
        debt.validate_constraints()
    except ValidationError as refusal:
        raise CannotRegister(" ".join(refusal.messages)) from refusal


def has_other_debt_on_paper(debt: Debt) -> bool:
    """Whether another debt has the number of this one, for the same borrower and fund."""
    papers = Debt.objects.original().filter(fund=debt.fund, borrower=debt.borrower, number=debt.number)
    return debt.number != "" and papers.exclude(pk=debt.pk).exists()
