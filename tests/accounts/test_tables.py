"""Totals under a list are those of all rows the filter found."""

from decimal import Decimal

import pytest
from django.db.models import F

from accounts.tables import MoneyColumn, OfficerTable
from debts.models import Debt
from tests.factories import make_debt, make_fund

pytestmark = pytest.mark.django_db


class _Table(OfficerTable):
    principal = MoneyColumn("เงินต้น", summed=True)
    overdue = MoneyColumn("ค้าง", summed=True)


def test_a_computed_column_is_summed_like_a_stored_one():
    fund = make_fund()
    make_debt(fund=fund, principal="100.25", interest="10.50")
    make_debt(fund=fund, principal="200", interest="0.25")

    table = _Table(Debt.objects.annotate(overdue=F("outstanding") - F("principal")))

    assert table.sums == {"principal": Decimal("300.25"), "overdue": Decimal("10.75")}
