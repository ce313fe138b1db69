"""The class of a household through time: the worst that its open debts had, as it was written down."""

from datetime import date

from debts.classes import DebtorClass, worst
from debts.models import DebtClass
from households.models import Household


def written_classes(household: Household):
    """What was written down or decided about the household's debts, the oldest first."""
    found = DebtClass.objects.filter(debt__household=household, debt__withdrawn_at=None)
    return found.select_related("debt__fund", "by").order_by("on", "pk")


def household_classes(household: Household, *, until: date) -> list[tuple[date, DebtorClass | None]]:
    """The days up to `until` on which the household's class became another, the newest first; None when its last
    debt closed."""
    of_debts: dict[int, str] = {}
    changes: dict[date, DebtorClass | None] = {}
    for each in written_classes(household).filter(on__lte=until).exclude(value=""):
        of_debts[each.debt_id] = each.value
        changes[each.on] = worst(of_debts.values())
    days = sorted(changes)
    moved = [
        day for before, day in zip([None, *days], days, strict=False) if changes[day] != changes.get(before)
    ]
    return [(day, changes[day]) for day in reversed(moved)]
