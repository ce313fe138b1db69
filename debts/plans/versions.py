"""Which plan of a contract holds: its terms, its schedule, and what its debt said of itself, now and on any day.

The plan as signed is the contract itself; every later one is a `ScheduleVersion` in the same words.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from config.money import baht, total
from debts.interest import ZERO
from debts.models import Contract, Debt, Entry, Instalment, PlanChange, ScheduleVersion
from households.models import Person

Terms = Contract | ScheduleVersion
COVERING = (Entry.Kind.PAYMENT, Entry.Kind.WAIVER)


def terms_now(contract: Contract) -> Terms:
    """The terms in force now."""
    standing = [each for each in contract.versions.all() if each.undone_on is None]
    return max(standing, key=lambda each: each.number, default=contract)


def terms_on(contract: Contract, *, on: date) -> Terms:
    """The terms that were in force on day `on`."""
    known = [each for each in contract.versions.all() if _holds(each.starts_on, each.undone_on, on)]
    return max(known, key=lambda each: each.number, default=contract)


def terms_at(contract: Contract, entry: Entry) -> Terms:
    """The terms that were in force when the entry was posted, whatever became of them later."""
    known = contract.versions.filter(Q(undone_on=None) | Q(undone_on__gt=entry.on), starts_on__lte=entry.on)
    before = known.filter(Q(change__newest_entry=None) | Q(change__newest_entry__lt=entry.pk))
    return before.order_by("number").last() or contract


def schedule_of(terms: Terms) -> list[Instalment]:
    """The instalments of one plan, whether it is in force or not."""
    version = None if isinstance(terms, Contract) else terms
    contract = terms if version is None else terms.contract
    return list(Instalment.everything.filter(contract=contract, version=version).order_by("number"))


def covered(debt: Debt, *, on: date) -> Decimal:
    """Baht of the debt's instalments that were paid or waived by day `on`, of all its plans."""
    return debt.entries.filter(on__lte=on).aggregate(sum=_covered_sum())["sum"]


def covered_until(entry: Entry, terms: Terms) -> Decimal:
    """Baht of the instalments of one plan that were covered when the entry was about to be posted."""
    sums = Entry.objects.filter(debt=entry.debt_id, pk__lt=entry.pk).aggregate(sum=_covered_sum())
    return max(sums["sum"] - _before(terms), ZERO)


def covered_of_plan(contract: Contract, terms: Terms, *, on: date) -> Decimal:
    """The same, of the instalments of one plan."""
    return max(covered(contract.debt, on=on) - _before(terms), ZERO)


def _before(terms: Terms) -> Decimal:
    return ZERO if isinstance(terms, Contract) else terms.covered_before


def _covered_sum(path: str = ""):
    """Penalties are no part of an instalment. What was reversed has its opposite in the sum."""
    kinds = Q(**{f"{path}kind__in": COVERING}) | Q(**{f"{path}reverses__kind__in": COVERING})
    parts = (total(f"{path}{part}", filter=kinds) for part in ("principal", "interest", "apart"))
    return baht(0) - sum(parts, baht(0))


def oldest_unpaid(on: date) -> Subquery:
    """In a query of debts: the due day of the first instalment, of the plan in force on day `on`, that is not covered
    (`arrears.lines_of` in SQL)."""
    parts = F("principal") + F("interest") + F("apart")
    asked = Instalment.everything.filter(
        contract=OuterRef("contract"), version__isnull=True, number__lte=OuterRef("number")
    )
    asked_of_version = Instalment.everything.filter(
        version=OuterRef("version"), number__lte=OuterRef("number")
    )
    entries = Entry.objects.filter(debt=OuterRef("contract__debt"), on__lte=on).order_by().values("debt")
    unpaid = (
        Instalment.everything.filter(contract__debt=OuterRef("pk"))
        .annotate(plan=Coalesce(F("version"), Value(0)), plan_on=Coalesce(_version_on(on), Value(0)))
        .filter(plan=F("plan_on"))
        .annotate(
            asked=Coalesce(_sum(asked_of_version, "version", parts), _sum(asked, "contract", parts)),
            received=Coalesce(Subquery(entries.annotate(sum=_covered_sum()).values("sum")), baht(0))
            - Coalesce(F("version__covered_before"), baht(0)),
        )
    )
    return Subquery(unpaid.filter(asked__gt=F("received")).order_by("number").values("due_on")[:1])


def received_now(on: date):
    """In a query of debts: baht that cover the instalments of the plan in force now, by day `on`."""
    entries = Entry.objects.filter(debt=OuterRef("pk"), on__lte=on).order_by().values("debt")
    current = ScheduleVersion.objects.filter(contract__debt=OuterRef("pk"), undone_on=None).order_by(
        "-number"
    )
    received = Coalesce(Subquery(entries.annotate(sum=_covered_sum()).values("sum")), baht(0))
    return received - Coalesce(Subquery(current.values("covered_before")[:1]), baht(0))


def _sum(instalments, group: str, parts) -> Subquery:
    sums = instalments.order_by().annotate(part=parts).values(group).annotate(sum=total("part")).values("sum")
    return Subquery(sums)


def _version_on(on: date) -> Subquery:
    undone = Q(undone_on=None) | Q(undone_on__gt=on)
    standing = ScheduleVersion.objects.filter(undone, contract=OuterRef("contract"), starts_on__lte=on)
    return Subquery(standing.order_by("-number").values("pk")[:1])


def as_they_were(debts: Iterable[Debt], *, on: date) -> list[Debt]:
    """The debts with the borrower, the rate and the due day that they had on day `on`; two queries at most."""
    debts = list(debts)
    merged = [debt.pk for debt in debts if debt.kind == Debt.Kind.MERGED]
    changes = PlanChange.objects.filter(contract__debt__in=merged).exclude(applied_on=None).order_by("pk")
    said = _said(changes.select_related("contract"), on) if merged else {}
    people = Person.objects.in_bulk({facts["borrower"] for facts in said.values()})
    for debt in debts:
        if facts := said.get(debt.pk):
            debt.borrower = people.get(facts["borrower"], debt.borrower)
            debt.rate_percent = Decimal(facts["rate_percent"])
            debt.due_on = date.fromisoformat(facts["due_on"]) if facts["due_on"] else None
    return debts


def _said(changes, on: date) -> dict[int, dict]:
    """What each debt said of itself on day `on`: after the last change in force then, or before the first."""
    said: dict[int, dict] = {}
    for change in changes:
        key = change.contract.debt_id
        said.setdefault(key, change.before)
        if _holds(change.applied_on, change.undone_on, on):
            said[key] = change.after
    return said


def facts_of(debt: Debt) -> dict[str, object]:
    """What a change of plan may change of a debt besides its balance, as JSON keeps it."""
    due_on = debt.due_on.isoformat() if debt.due_on else None
    return {"borrower": debt.borrower_id, "rate_percent": str(debt.rate_percent), "due_on": due_on}


def put_facts(debt: Debt, facts: dict[str, object]) -> None:
    """The opposite of `facts_of`."""
    debt.borrower_id = facts["borrower"]
    debt.rate_percent = Decimal(facts["rate_percent"])
    debt.due_on = date.fromisoformat(facts["due_on"]) if facts["due_on"] else None
    debt.save(update_fields=["borrower", "rate_percent", "due_on"])


def _holds(since: date, until: date | None, on: date) -> bool:
    return since <= on and (until is None or on < until)
