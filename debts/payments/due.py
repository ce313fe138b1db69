"""ครบกำหนดชำระ and เกินกำหนด in SQL: what each open debt is asked for up to a day, for lists of any length.

An old debt is asked for all it owes on its due day. A contract is asked for its instalments, and the money
received covers the oldest first (arrears.lines_of in SQL). Interest that runs on by the day is not in these sums:
they are what the paper asks for; what a debtor owes at the counter is in `repayment`.
"""

from datetime import date, timedelta

from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce, Greatest

from config.money import MoneyField, baht
from debts.classification import with_class
from debts.models import Debt, Instalment, Promise
from debts.plans.versions import received_now

COMING_DAYS = 30
OF_A_CONTRACT = Q(kind=Debt.Kind.MERGED)


def coming(debts, *, on: date, until: date):
    """Open debts with something that falls due from day `on` to `until`: adds `next_due_on`, `due_amount` (what
    falls due in these days and is not paid in advance) and `overdue_amount` (what was due before)."""
    rows = _asked(debts.open(), on=on).annotate(asked_until=_money(_scheduled(until)))
    left_until = Greatest(F("asked_until") - F("received"), baht(0), output_field=MoneyField())
    in_time = Q(due_on__gte=on, due_on__lte=until)
    amount = Case(
        When(OF_A_CONTRACT, then=left_until - F("left_before")),
        When(in_time, then=F("outstanding")),
        default=baht(0),
        output_field=MoneyField(),
    )
    next_due_on = Case(
        When(OF_A_CONTRACT, then=_first_unpaid(on)), default=F("due_on"), output_field=DateField()
    )
    rows = rows.annotate(due_amount=amount, next_due_on=next_due_on, overdue_amount=_overdue(on))
    return rows.filter(due_amount__gt=baht(0))


def overdue(debts, *, on: date):
    """Open debts with something that was due before day `on` and is not paid: adds `overdue_amount`, `late_from`,
    `days_late`, the class, and the newest promise (`promised_on`, `promised`, `promise_received`)."""
    rows = _asked(debts.open(), on=on).annotate(overdue_amount=_overdue(on))
    rows = with_class(rows.filter(overdue_amount__gt=baht(0)), on=on)
    promises = Promise.objects.standing().filter(debt=OuterRef("pk"), made_on__lte=on)
    newest = promises.with_received(on=on).order_by("-made_on", "-pk")
    return rows.annotate(
        promised_on=Subquery(newest.values("due_on")[:1]),
        promised=Subquery(newest.values("amount")[:1], output_field=MoneyField()),
        promise_received=Subquery(newest.values("received")[:1], output_field=MoneyField()),
    )


def _asked(debts, *, on: date):
    """Adds `received`, what was received or waived of the plan of a contract in force now, and `left_before`, what was
    due before `on` and is not covered."""
    rows = debts.annotate(
        received=received_now(on),
        asked_before=_money(_scheduled(on - timedelta(days=1))),
    )
    left = Greatest(F("asked_before") - F("received"), baht(0), output_field=MoneyField())
    return rows.annotate(left_before=left)


def _overdue(on: date) -> Case:
    return Case(
        When(OF_A_CONTRACT, then=F("left_before")),
        When(due_on__lt=on, then=F("outstanding")),
        default=baht(0),
        output_field=MoneyField(),
    )


def _scheduled(until: date):
    """The sum of a contract's instalments up to and including a day."""
    parts = F("principal") + F("interest") + F("apart")
    lines = Instalment.objects.filter(contract__debt=OuterRef("pk"), due_on__lte=until)
    return lines.order_by().values("contract").annotate(sum=Sum(parts)).values("sum")


def _money(sums) -> Coalesce:
    return Coalesce(Subquery(sums), baht(0), output_field=MoneyField())


def _first_unpaid(on: date) -> Subquery:
    """The first instalment from day `on` that money received in advance does not cover."""
    parts = F("principal") + F("interest") + F("apart")
    so_far = Instalment.objects.filter(contract=OuterRef("contract"), number__lte=OuterRef("number"))
    lines = Instalment.objects.filter(contract__debt=OuterRef("pk"), due_on__gte=on).annotate(
        asked=Subquery(so_far.order_by().values("contract").annotate(sum=Sum(parts)).values("sum"))
    )
    return Subquery(lines.filter(asked__gt=OuterRef("received")).order_by("number").values("due_on")[:1])
