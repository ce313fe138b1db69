"""A newer register says what is owed: one entry brings the ledger to its figures, or nothing is written."""

from datetime import date
from decimal import Decimal

import pytest

from debts.adjustment import CannotAdjust, adjust
from debts.consolidation import cancel
from debts.models import Debt, Entry
from debts.repayment import CannotPay, owed_on, reverse_payment
from debts.timeline import days
from tests.factories import AS_OF, SIGNED, make_contract, make_debt, make_officer, make_payment

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2018, 4, 30)
COLUMNS = ("principal", "interest", "apart", "penalty", "outstanding", "accrued_to", "closed_on")


def columns(debt):
    return Debt.objects.values_list(*COLUMNS).get(pk=debt.pk)


def make_adjustment(debt, principal="20000", interest="0", penalty="0", on=NEXT_YEAR, note="ทะเบียนปี 2561"):
    amounts = {"principal": Decimal(principal), "interest": Decimal(interest), "penalty": Decimal(penalty)}
    return adjust(debt=debt, on=on, by=make_officer(), note=note, **amounts)


def test_the_ledger_is_brought_to_the_figures_of_the_register():
    debt = make_debt(principal="20000", interest="300")

    entry = make_adjustment(debt, "18500", "410.25", "50")

    assert columns(debt) == (18500, Decimal("410.25"), 0, 50, Decimal("18960.25"), NEXT_YEAR, None)
    assert (entry.kind, entry.note) == ("adjustment", "ทะเบียนปี 2561")
    assert (entry.principal, entry.interest, entry.penalty) == (-1500, Decimal("110.25"), 50)


def test_interest_runs_on_from_the_day_of_the_register():
    debt = make_debt(principal="20000")
    make_adjustment(debt, "10000", "0")

    debt.refresh_from_db()

    assert owed_on(debt, on=date(2019, 4, 30)).interest == 600


def test_what_is_owed_anyway_writes_nothing():
    debt = make_debt(principal="20000")
    before = columns(debt)

    entry = make_adjustment(debt, "20000", "1200")

    assert entry is None
    assert columns(debt) == before


def test_the_same_register_twice_writes_one_entry():
    debt = make_debt(principal="20000")
    make_adjustment(debt, "18500")

    again = make_adjustment(debt, "18500")

    assert again is None
    assert Entry.objects.filter(debt=debt, kind=Entry.Kind.ADJUSTMENT).count() == 1


def test_interest_that_the_fund_did_not_charge_is_not_charged_by_us():
    debt = make_debt(principal="20000")

    make_adjustment(debt, "20000", "0")

    assert owed_on(Debt.objects.get(pk=debt.pk), on=NEXT_YEAR).total == 20000


def test_a_debt_brought_to_nothing_is_closed_that_day():
    debt = make_debt()

    make_adjustment(debt, "0")

    assert columns(debt)[-1] == NEXT_YEAR


@pytest.mark.parametrize(
    "amounts", [("-0.01",), ("1", "-1"), ("1", "0", "-1"), ("1.005",)], ids=lambda amounts: " ".join(amounts)
)
def test_no_figure_is_below_zero_or_finer_than_a_satang(amounts):
    debt = make_debt()
    before = columns(debt)

    with pytest.raises(CannotAdjust):
        make_adjustment(debt, *amounts)

    assert columns(debt) == before


def test_a_register_older_than_the_last_entry_is_refused_with_its_day():
    debt = make_debt(principal="20000")
    make_payment(debt, "1000", on=SIGNED)

    with pytest.raises(CannotAdjust, match=r"15 มิ\.ย\. 2560"):
        make_adjustment(debt, "15000", on=date(2017, 6, 14))


def test_a_closed_debt_stays_closed():
    debt = make_debt()
    make_adjustment(debt, "0")

    with pytest.raises(CannotAdjust, match="ปิดบัญชีแล้ว"):
        make_adjustment(debt, "100")


def test_a_debt_merged_into_a_contract_is_refused_and_so_is_the_contracts_own():
    debt = make_debt(rate_percent=Decimal(0))
    contract = make_contract([debt])

    with pytest.raises(CannotAdjust, match="รวมเข้าสัญญา"):
        make_adjustment(debt, "100")
    with pytest.raises(CannotAdjust, match="หนี้ตามสัญญา"):
        make_adjustment(contract.debt, "100")


def test_a_debt_whose_contract_was_cancelled_is_adjusted_again_but_not_the_contracts_own():
    debt = make_debt(rate_percent=Decimal(0))
    contract = make_contract([debt])
    cancel(contract=contract, reason="ผิด", on=SIGNED, by=make_officer())

    make_adjustment(debt, "100")

    assert columns(debt)[0] == 100
    with pytest.raises(CannotAdjust):
        make_adjustment(contract.debt, "100")


def test_a_payment_before_the_register_is_not_taken_back():
    debt = make_debt(principal="20000")
    payment = make_payment(debt, "1000", on=SIGNED)
    make_adjustment(debt, "15000")

    with pytest.raises(CannotPay, match="ปรับยอดตามทะเบียน"):
        reverse_payment(payment=payment, reason="ผิด", on=NEXT_YEAR, by=make_officer())


def test_the_timeline_says_which_way_the_balance_went():
    debt = make_debt(principal="20000")
    make_adjustment(debt, "18500")

    [(day, [event]), *_] = days(debt.household, until=NEXT_YEAR)

    assert day == NEXT_YEAR
    assert event.text == "ปรับตามทะเบียน ลดลง 1,500.00 บาท"
    assert event.detail.endswith("ทะเบียนปี 2561")


def test_a_day_before_the_register_still_knows_the_old_balance():
    debt = make_debt(principal="20000")
    make_adjustment(debt, "18500")

    past = Debt.objects.with_balance(on=AS_OF).get(pk=debt.pk)

    assert past.principal_on == 20000
