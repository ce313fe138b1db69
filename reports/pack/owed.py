"""Debts as they stood on the day asked, for sums over many of them."""

from datetime import date

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from config.money import MoneyField, baht, total
from debts.models import PARTS, Debt, Entry
from reports.pack.report import Asked


def owing(asked: Asked, **only) -> QuerySet[Debt]:
    """The debts on which something was owed on the day, with `owed_on`: what is outstanding now, without what was
    posted after the day. The stored balance is proved by `check_ledger`, so only later entries are read."""
    return not_closed(asked, **only).filter(owed_on__gt=baht(0))


def not_closed(asked: Asked, **only) -> QuerySet[Debt]:
    """Those of `known` that had not been closed by the day; what was closed owed nothing."""
    return known(asked, **only).exclude(closed_on__lte=asked.on)


def known(asked: Asked, **only) -> QuerySet[Debt]:
    """The debts that had been written down by the day, paid or not, with `owed_on`."""
    found = asked.rows(Debt).filter(opened_on__lte=asked.on, **only)
    return found.annotate(owed_on=F("outstanding") - since(asked.on, debt=OuterRef("pk")))


def count_debts(asked: Asked) -> int:
    """How many debts a report about all of them goes through."""
    return asked.rows(Debt).count()


def since(on: date, *, debt: OuterRef) -> Coalesce:
    """What was posted to a debt after the day, in baht."""
    later = Entry.objects.filter(debt=debt, on__gt=on).order_by().values("debt")
    posted = later.annotate(sum=sum((total(part) for part in PARTS[1:]), total(PARTS[0]))).values("sum")
    return Coalesce(Subquery(posted), baht(0), output_field=MoneyField())
