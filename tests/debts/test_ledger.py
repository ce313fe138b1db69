"""The ledger: balances are the sum of entries, and entries are never changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from debts.ledger import CannotPost, post, reverse
from debts.models import Debt, Entry
from tests.factories import make_debt, make_officer

pytestmark = pytest.mark.django_db
LATER = date(2017, 6, 15)


def test_a_debt_opens_with_what_the_register_says():
    debt = make_debt(principal="16975", interest="525")

    debt.refresh_from_db()

    assert (debt.principal, debt.interest, debt.outstanding) == (16975, 525, 17500)


def test_a_balance_of_a_past_day_does_not_know_later_entries():
    debt, officer = make_debt(principal="20000"), make_officer()
    post(debt, kind=Entry.Kind.PAYMENT, on=LATER, by=officer, principal=Decimal(-5000))

    before, after = (Debt.objects.with_balance(on=day).get(pk=debt.pk) for day in (date(2017, 6, 14), LATER))

    assert (before.outstanding_on, after.outstanding_on) == (Decimal("20000.00"), Decimal("15000.00"))


def test_more_than_is_owed_cannot_be_taken():
    debt, officer = make_debt(principal="20000"), make_officer()

    with pytest.raises(CannotPost):
        post(debt, kind=Entry.Kind.PAYMENT, on=LATER, by=officer, principal=Decimal("-20000.01"))


def test_a_reversed_entry_leaves_the_balance_as_it_was():
    debt, officer = make_debt(principal="20000"), make_officer()
    entry = post(debt, kind=Entry.Kind.PAYMENT, on=LATER, by=officer, principal=Decimal(-20000))

    reverse(entry, on=LATER, by=officer, note="บันทึกผิดราย")

    debt.refresh_from_db()
    assert (debt.outstanding, debt.closed_on) == (20000, None)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(verb):
    entries = Entry.objects.filter(debt=make_debt())
    change = (lambda: entries.update(principal=1)) if verb == "update" else entries._raw_delete

    with pytest.raises(DatabaseError), transaction.atomic():
        change(*([] if verb == "update" else [entries.db]))
