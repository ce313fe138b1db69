"""Money received: divided in order, to the satang, never more than is owed, and taken back when wrong."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from debts.consolidation import CannotCancel, cancel
from debts.models import Contract, Debt, Entry, Payment
from debts.repayment import CannotPay, division_of, due_on, owed_on, reverse_payment
from funds.models import LendingRule
from tests.factories import (
    AS_OF,
    SIGNED,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_officer,
    make_payment,
    make_village,
)

pytestmark = pytest.mark.django_db
YEAR_LATER = AS_OF + timedelta(365)
FIRST_DUE = date(2017, 7, 15)
TERMS = [
    {"method": "equal_principal"},
    {"method": "equal_principal", "day_count": "actual_365"},
    {"method": "annuity"},
    {"method": "annuity", "day_count": "actual_365", "months_per_period": 3, "periods": 8},
    {"method": "annuity", "round_up_to": 100, "rate_percent": Decimal(8), "periods": 12},
    {"method": "flat"},
    {"method": "flat", "day_count": "actual_365"},
    {"method": "no_interest", "rate_percent": Decimal(0), "periods": 36},
    {"method": "bullet", "periods": 12, "first_due_on": date(2017, 7, 31)},
    {"method": "bullet", "day_count": "actual_365", "periods": 1, "first_due_on": date(2018, 1, 31)},
    {"method": "equal_principal", "principal_grace": 3, "full_grace": 2},
    {"method": "annuity", "principal_grace": 1, "full_grace": 3},
    {"method": "flat", "full_grace": 3},
    {"method": "equal_principal", "periods": 2, "due_dates": (date(2018, 1, 31), date(2019, 2, 15))},
]


def fresh(debt):
    return Debt.objects.get(pk=debt.pk)


def parts(entry):
    return entry.penalty, entry.apart, entry.interest, entry.principal


def columns(debt):
    names = ("principal", "interest", "apart", "penalty", "outstanding", "accrued_to", "closed_on")
    return Debt.objects.values_list(*names).get(pk=debt.pk)


def make_mixed_contract(**terms) -> Contract:
    """A contract with interest kept apart: 35,000 baht and 1,234.56 baht of old interest."""
    debt = make_debt(principal="35000", interest="1234.56", rate_percent=Decimal(0))
    return make_contract([debt], **terms)


@pytest.mark.parametrize("terms", TERMS, ids=str)
@pytest.mark.parametrize("make", [make_contract, make_mixed_contract])
def test_who_pays_the_schedule_on_its_days_pays_exactly_its_parts(make, terms):
    contract = make(**terms)

    for line in contract.instalments.all():
        if line.total:
            payment = make_payment(contract.debt, line.total, on=line.due_on)
            paid = payment.entries.get(kind=Entry.Kind.PAYMENT)
            assert parts(paid) == (0, -line.apart, -line.interest, -line.principal)

    assert fresh(contract.debt).outstanding == 0
    assert Contract.objects.get(pk=contract.pk).ending == "paid"


def test_a_schedule_of_35000_baht_charges_its_printed_interest():
    contract = make_contract()

    for line in contract.instalments.all():
        make_payment(contract.debt, line.total, on=line.due_on)

    interest = sum(entry.interest for entry in Entry.objects.filter(kind=Entry.Kind.ACCRUAL))
    assert interest == Decimal("2187.52")


def test_an_old_debt_owes_simple_interest_to_the_day():
    debt = make_debt(principal="20000", on=SIGNED - timedelta(400))

    owed = owed_on(debt, on=SIGNED)

    assert (owed.principal, owed.interest, owed.total) == (20000, Decimal("1315.07"), Decimal("21315.07"))


def test_a_payment_pays_penalty_then_interest_then_principal():
    debt = make_debt(principal="10000", interest="300", penalty=Decimal(50), rate_percent=Decimal(6))

    payment = make_payment(debt, "1000", on=YEAR_LATER)

    paid = payment.entries.get(kind=Entry.Kind.PAYMENT)
    assert parts(paid) == (-50, 0, -900, -50)
    assert columns(debt) == (9950, 0, 0, 0, 9950, YEAR_LATER, None)


def test_a_small_payment_leaves_the_rest_of_the_interest():
    debt = make_debt(principal="10000", rate_percent=Decimal(6))

    make_payment(debt, "100", on=YEAR_LATER)

    assert columns(debt)[:2] == (10000, 500)


def test_interest_is_charged_once_for_each_day():
    debt = make_debt(principal="10000", rate_percent=Decimal(6))
    make_payment(debt, "100", on=AS_OF + timedelta(100))

    owed = owed_on(fresh(debt), on=YEAR_LATER)

    assert owed.interest == Decimal("64.38") + Decimal("435.62")


def test_more_than_is_owed_is_refused_with_the_exact_amount():
    debt = make_debt(principal="10000", rate_percent=Decimal(6))

    with pytest.raises(CannotPay, match=r"ไม่เกิน 10,600\.00 บาท"):
        make_payment(debt, "10600.01", on=YEAR_LATER)

    make_payment(debt, "10600", on=YEAR_LATER)
    assert columns(debt)[-3:] == (0, YEAR_LATER, YEAR_LATER)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001"])
def test_nothing_or_less_than_a_satang_is_refused(amount):
    with pytest.raises(CannotPay, match="มากกว่า 0 บาท"):
        make_payment(amount=amount)


def test_a_paid_debt_takes_no_more():
    debt = make_debt(principal="100", rate_percent=Decimal(0))
    make_payment(debt, "100")

    with pytest.raises(CannotPay, match="ปิดบัญชีแล้ว"):
        make_payment(debt, "1")


def test_a_payment_before_the_newest_entry_is_refused():
    debt = make_debt()
    make_payment(debt, on=SIGNED)

    with pytest.raises(CannotPay, match="15 มิ.ย. 2560"):
        make_payment(debt, on=SIGNED - timedelta(1))


def test_receipts_are_numbered_by_fund_and_buddhist_year():
    debt = make_debt()
    elsewhere = make_debt(fund=make_fund(make_centre(make_village("33100504"))))

    days = (SIGNED, SIGNED, date(2018, 1, 1))
    numbers = [make_payment(debt, on=on).number for on in days] + [make_payment(elsewhere).number]

    assert numbers == ["1/2560", "2/2560", "1/2561", "1/2560"]


def test_a_resent_form_records_one_payment():
    debt, key = make_debt(), uuid4()
    first = make_payment(debt, key=key)

    again = make_payment(debt, key=key)

    assert (again, Payment.objects.count()) == (first, 1)


def test_the_key_of_another_debts_payment_is_refused():
    debt = make_debt()
    key = make_payment(debt).key

    with pytest.raises(CannotPay, match="หนี้อื่น"):
        make_payment(make_debt(fund=debt.fund), key=key)


def test_a_partial_payment_within_a_period_is_not_charged_interest():
    contract = make_contract()

    payment = make_payment(contract.debt, "5000", on=date(2017, 7, 1))

    assert [entry.kind for entry in payment.entries.all()] == ["payment"]
    assert owed_on(fresh(contract.debt), on=FIRST_DUE).interest == Decimal("150.00")


def test_a_full_pay_off_within_a_period_is_charged_interest_to_the_day():
    contract = make_contract()
    owed = owed_on(contract.debt, on=date(2017, 7, 1))

    make_payment(contract.debt, owed.total, on=date(2017, 7, 1))

    assert (owed.interest, owed.principal) == (Decimal("92.05"), 35000)
    assert fresh(contract.debt).closed_on == date(2017, 7, 1)


def test_who_pays_the_principal_alone_still_owes_the_running_interest():
    contract = make_contract()
    make_payment(contract.debt, "35000", on=date(2017, 7, 1))

    owed = owed_on(fresh(contract.debt), on=FIRST_DUE)

    assert (owed.principal, owed.interest) == (Decimal("92.05"), Decimal("0.21"))


def test_paying_off_before_the_due_date_never_costs_more_than_on_it():
    contract = make_contract(months_per_period=6, periods=4, first_due_on=date(2017, 12, 31))

    early, due = (owed_on(contract.debt, on=day) for day in (date(2017, 12, 30), date(2017, 12, 31)))

    assert early.interest == due.interest == Decimal("1050.00")


def test_a_missed_instalment_is_due_with_the_next_and_interest_kept_apart_first():
    contract = make_mixed_contract()

    due = due_on(contract.debt, on=date(2017, 8, 15))

    assert (due.apart, due.interest, due.principal) == (Decimal("102.88"), Decimal(350), Decimal("2916.66"))


def test_an_advance_pays_what_is_kept_apart_before_the_principal():
    contract = make_mixed_contract()

    make_payment(contract.debt, "2000", on=date(2017, 6, 20))

    assert columns(contract.debt)[:3] == (Decimal("34234.56"), 0, 0)


def test_after_the_last_due_date_interest_runs_by_the_day():
    contract = make_contract(method="bullet", periods=1, first_due_on=FIRST_DUE)

    owed = owed_on(contract.debt, on=FIRST_DUE + timedelta(365))

    assert owed.interest == Decimal("175.00") + Decimal("2100.00")


def test_a_reversed_payment_leaves_the_debt_as_it_was():
    debt = make_debt(principal="10000", interest="300")
    before = columns(debt)
    payment = make_payment(debt, "5000", on=YEAR_LATER)

    reverse_payment(payment=payment, reason="บันทึกผิดราย", on=YEAR_LATER, by=make_officer())

    assert columns(debt) == before
    assert not Payment.objects.standing().exists()


def test_a_reversed_payment_can_be_recorded_again_on_its_own_day():
    contract = make_contract()
    wrong = make_payment(contract.debt, "5000", on=date(2017, 7, 20))
    reverse_payment(payment=wrong, reason="จำนวนเงินผิด", on=date(2017, 7, 20), by=make_officer())

    right = make_payment(contract.debt, "500", on=date(2017, 7, 20))

    assert (right.number, columns(contract.debt)[:2]) == ("2/2560", (34675, 0))


def test_the_newest_payment_is_reversed_first():
    debt, officer = make_debt(), make_officer()
    first, second = make_payment(debt), make_payment(debt)

    with pytest.raises(CannotPay, match="ล่าสุดก่อน"):
        reverse_payment(payment=first, reason="ผิด", on=SIGNED, by=officer)

    reverse_payment(payment=second, reason="ผิด", on=SIGNED, by=officer)
    reverse_payment(payment=first, reason="ผิด", on=SIGNED, by=officer)
    assert columns(debt)[-2] == AS_OF


def test_a_payment_is_reversed_once_with_a_reason_and_not_before_it_was_made():
    payment, officer = make_payment(), make_officer()

    with pytest.raises(CannotPay, match="ระบุเหตุผล"):
        reverse_payment(payment=payment, reason="", on=SIGNED, by=officer)
    with pytest.raises(CannotPay, match="ระบุวันนั้นหรือหลังจากนั้น"):
        reverse_payment(payment=payment, reason="ผิด", on=AS_OF, by=officer)
    reverse_payment(payment=payment, reason="ผิด", on=SIGNED, by=officer)
    with pytest.raises(CannotPay, match="แล้ว"):
        reverse_payment(payment=payment, reason="ผิด", on=SIGNED, by=officer)


def test_reversing_the_last_payment_puts_the_contract_in_force_again():
    contract = make_contract()
    payment = make_payment(contract.debt, owed_on(contract.debt, on=FIRST_DUE).total, on=FIRST_DUE)

    reverse_payment(payment=payment, reason="เช็คคืน", on=FIRST_DUE, by=make_officer())

    assert Contract.objects.standing().get() == contract
    assert columns(contract.debt)[4:] == (35000, SIGNED, None)


def test_a_household_that_paid_everything_may_sign_again_but_not_take_the_payment_back():
    contract = make_contract()
    payment = make_payment(contract.debt, "35000", on=SIGNED)
    make_contract([make_debt(contract.household, contract.lender)])

    with pytest.raises(CannotPay, match="ทำสัญญาใหม่แล้ว"):
        reverse_payment(payment=payment, reason="เช็คคืน", on=SIGNED, by=make_officer())


def test_a_payment_on_a_debt_since_merged_is_not_reversed():
    debt = make_debt()
    payment = make_payment(debt)
    make_contract([fresh(debt)])

    with pytest.raises(CannotPay, match="รวมเข้าสัญญา"):
        reverse_payment(payment=payment, reason="ผิด", on=SIGNED, by=make_officer())


def test_a_contract_with_money_received_is_cancelled_only_after_the_money_is_taken_back():
    contract, officer = make_contract(), make_officer()
    payment = make_payment(contract.debt, on=FIRST_DUE)

    with pytest.raises(CannotCancel, match="รับชำระแล้ว"):
        cancel(contract=contract, reason="ผิด", on=FIRST_DUE, by=officer)

    reverse_payment(payment=payment, reason="ผิด", on=FIRST_DUE, by=officer)
    cancel(contract=contract, reason="ผิด", on=FIRST_DUE, by=officer)
    assert columns(contract.debt)[4] == 0
    assert contract.merged_debts.get().debt.outstanding == 35000


def order_from(fund, effective_on, *order):
    LendingRule.objects.create(
        fund=fund, effective_on=effective_on, rate_percent=6, payment_order=",".join(order)
    )


PRINCIPAL_FIRST = ("principal", "interest", "apart", "penalty")


@pytest.mark.parametrize(
    ("order", "paid"),
    [
        (("penalty", "apart", "interest", "principal"), (-50, 0, -900, -50)),
        (("interest", "penalty", "apart", "principal"), (-50, 0, -900, -50)),
        (("principal", "interest", "apart", "penalty"), (0, 0, 0, -1000)),
        (("penalty", "principal", "interest", "apart"), (-50, 0, 0, -950)),
    ],
)
def test_the_fund_may_set_another_order_of_payment(order, paid):
    debt = make_debt(principal="10000", interest="300", penalty=Decimal(50), rate_percent=Decimal(6))
    order_from(debt.fund, SIGNED, *order)

    payment = make_payment(debt, "1000", on=YEAR_LATER)

    assert parts(payment.entries.get(kind=Entry.Kind.PAYMENT)) == paid


def test_the_order_is_that_of_the_day_of_the_payment():
    debt = make_debt(principal="10000", interest="300", rate_percent=Decimal(0))
    order_from(debt.fund, YEAR_LATER, *PRINCIPAL_FIRST)

    before, after = (make_payment(debt, "100", on=day) for day in (YEAR_LATER - timedelta(1), YEAR_LATER))

    assert [parts(each.entries.get())[2:] for each in (before, after)] == [(-100, 0), (0, -100)]


def test_another_order_still_pays_what_is_due_before_what_is_not():
    contract = make_mixed_contract()
    order_from(contract.lender, SIGNED, *PRINCIPAL_FIRST)

    payment = make_payment(contract.debt, "2000", on=FIRST_DUE)

    paid = parts(payment.entries.get(kind=Entry.Kind.PAYMENT))
    assert paid == (0, Decimal("-51.44"), -175, Decimal("-1773.56"))


def test_what_is_shown_before_saving_is_what_is_posted():
    debt = make_debt(principal="10000", interest="300", penalty=Decimal(50), rate_percent=Decimal(6))

    shown = division_of(debt=debt, amount=Decimal(1000), on=YEAR_LATER)
    payment = make_payment(debt, "1000", on=YEAR_LATER)

    assert parts(payment.entries.get(kind=Entry.Kind.PAYMENT)) == tuple(
        -getattr(shown.paid, part) for part in ("penalty", "apart", "interest", "principal")
    )
    assert (shown.left, shown.pays_off, fresh(debt).outstanding) == (9950, False, 9950)


def test_a_division_says_what_is_paid_in_advance_and_what_stays_due():
    contract = make_contract()

    early = division_of(debt=contract.debt, amount=Decimal(2000), on=FIRST_DUE)
    partly = division_of(debt=contract.debt, amount=Decimal(1000), on=FIRST_DUE)
    all_of_it = division_of(debt=contract.debt, amount=Decimal(35175), on=FIRST_DUE)

    assert (early.in_advance, early.missing) == (Decimal("366.67"), 0)
    assert (partly.in_advance, partly.missing) == (0, Decimal("633.33"))
    assert all_of_it.pays_off
    assert Payment.objects.count() == 0


def test_a_division_is_refused_as_the_payment_would_be():
    debt = make_debt(principal="10000", rate_percent=Decimal(6))

    with pytest.raises(CannotPay, match=r"ไม่เกิน 10,600\.00 บาท"):
        division_of(debt=debt, amount=Decimal("10600.01"), on=YEAR_LATER)
