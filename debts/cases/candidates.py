"""Which households of a centre might be selected: what each owes its member funds, and how bad its worst debt is."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from debts.classes import DebtorClass, worst
from debts.classification import with_class
from debts.ledger import ZERO
from debts.models import Case, Debt, Register
from funds.models import Centre
from households.models import Household


@dataclass
class Candidate:
    """A household that owes member funds. `owed` in baht by the ledger's balance; `case` when it has one this
    fiscal year or an open one; `is_certified` when the certified register names a debt of it."""

    household: Household
    debts: list[Debt] = field(default_factory=list)
    case: Case | None = None
    is_certified: bool = False

    @property
    def owed(self) -> Decimal:
        return sum((debt.outstanding for debt in self.debts), ZERO)

    @property
    def satang(self) -> int:
        return int(self.owed * 100)

    @property
    def funds(self) -> int:
        return len({debt.fund_id for debt in self.debts})

    @property
    def debtor_class(self) -> DebtorClass | None:
        return worst(debt.debtor_class for debt in self.debts)


def certified_register(centre: Centre) -> Register | None:
    """The register the selection stands on."""
    return centre.registers.filter(status=Register.Status.CERTIFIED).first()


def candidates_of(centre: Centre, *, year: int, on: date) -> list[Candidate]:
    """The households that owe the centre's member funds on day `on`, those that owe most first."""
    debts = (
        Debt.objects.open()
        .original()
        .filter(fund__centre=centre, fund__closed_on=None, household__village=centre.village_id)
    )
    rows = with_class(debts, on=on).select_related("household__head", "household__village", "fund")
    found: dict[int, Candidate] = {}
    for debt in rows.order_by("pk"):
        found.setdefault(debt.household_id, Candidate(debt.household)).debts.append(debt)
    cases = Case.objects.filter(household__in=found)
    for case in (cases.open() | cases.filter(fiscal_year=year)).order_by("pk"):
        found[case.household_id].case = case
    register = certified_register(centre)
    named = register.lines.kept().values_list("debt__household", flat=True) if register else []
    for key in set(named) & set(found):
        found[key].is_certified = True
    return sorted(found.values(), key=lambda each: (-each.owed, each.household.pk))
