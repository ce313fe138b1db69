"""What a receipt says stays what it said on its day."""

from datetime import date

import pytest

from debts.repayment import reverse_payment
from reports.receipt_paper import receipt_of
from tests.factories import REPLANNED, apply_plan_change, make_contract, make_officer, make_payment

pytestmark = pytest.mark.django_db


def test_a_receipt_names_the_instalments_of_the_plan_of_its_day():
    contract = make_contract()
    before = make_payment(contract.debt, "5000", on=date(2017, 9, 15))
    assert receipt_of(before).instalments == "1–4"

    apply_plan_change(contract, on=REPLANNED)
    after = make_payment(contract.debt, "1000", on=date(2018, 1, 15))

    assert receipt_of(before).instalments == "1–4"
    assert receipt_of(after).instalments == "1–2"  # 991.80 baht are the first


def test_a_receipt_after_one_that_was_taken_back_begins_where_that_one_began():
    contract = make_contract()
    wrong = make_payment(contract.debt, "5000", on=date(2017, 9, 15))
    said = receipt_of(wrong).instalments
    reverse_payment(payment=wrong, reason="ลงผิดคน", on=date(2017, 9, 16), by=make_officer())

    right = make_payment(contract.debt, "5000", on=date(2017, 9, 16))

    assert receipt_of(right).instalments == said
    assert receipt_of(wrong).instalments == said
