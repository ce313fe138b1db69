"""What is typed and not certified: debts on registers that are drafts, sent or returned. They are in no figure until the
register is certified, so they are shown beside the figures, never added to them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count
from django.db.models.functions import Substr

from areas.models import CODE_LENGTH, Area
from config.money import total
from debts.models import Register, RegisterLine
from reports.figures import level_below


@dataclass(frozen=True)
class Drafts:
    """Debts that wait for certification, and their principal and interest in baht."""

    debts: int = 0
    amount: Decimal = Decimal(0)

    def __add__(self, other: "Drafts") -> "Drafts":
        return Drafts(self.debts + other.debts, self.amount + other.amount)


def drafts_by_place(area: Area, *, on: date) -> dict[str, Drafts]:
    """By the code of the areas just below `area`: lines of registers as of a day up to `on` that nobody certified yet.
    One query."""
    digits = CODE_LENGTH[level_below(area)]
    open_ones = (*Register.EDITABLE, *Register.WAITING)
    lines = RegisterLine.objects.within(area).filled()
    lines = lines.filter(register__status__in=open_ones, register__as_of_on__lte=on, debt=None).order_by()
    found = (
        lines.annotate(place=Substr("register__centre__village", 1, digits))
        .values("place")
        .annotate(debts=Count("pk"), amount=total("principal") + total("interest"))
    )
    return {each["place"]: Drafts(each["debts"], each["amount"]) for each in found}
