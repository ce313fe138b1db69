"""Recording a payment in a province of many debts, beside the same in one of 1,000: it should not grow."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from uuid import uuid4

from django.db import transaction

from bench import seed
from bench.measure import ratio, statements
from bench.run import Row
from debts.models import Debt, Payment
from debts.repayment import pay
from tests.factories import SIGNED


def rows() -> Iterator[Row]:
    for size in (1_000, 100_000):
        seed.grow(size)
        there = _a_debt_of(seed.neighbour().code[:2])
        here = _a_debt_of(seed.PROVINCE)
        found = ratio(partial(_pay, here), partial(_pay, there), alike=_same_work)
        yield Row("payment in a large register / in a small one", f"{size:,} debts", found)


def _a_debt_of(province: str) -> Debt:
    debts = Debt.objects.open().original().filter(household__village__code__startswith=province)
    return debts.select_related("household").latest("pk")


def _pay(debt: Debt) -> tuple[Debt, Payment]:
    """Record 100 baht and roll it back."""
    with transaction.atomic():
        payment = pay(debt=debt, amount=Decimal(100), on=SIGNED, by=debt.created_by, key=uuid4())
        transaction.set_rollback(True)
    return debt, payment


def _same_work(*paid: tuple[Debt, Payment]) -> bool:
    """As many statements each."""
    return len({len(statements(partial(_pay, debt))) for debt, _ in paid}) == 1
