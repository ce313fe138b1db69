"""Fund to fund: what the new lender owes the others is paid in one or several transfers, never too much."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from debts.consolidation import CannotCancel, Waiver, cancel
from debts.ledger_proofs import PROOFS
from debts.models import Contract, Settlement, Transfer, TransferPart
from debts.payments.settlement import CannotTransfer, fund_statement, reverse_transfer, transfer
from funds.models import Fund
from tests.factories import (
    SIGNED,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_settled_contract,
    make_transfer,
    make_village,
)

pytestmark = pytest.mark.django_db


def assert_books_agree():
    assert {proof.promise: proof.failures() for proof in PROOFS} == {proof.promise: [] for proof in PROOFS}


def make_example_of_domain_3_5(code="33100503") -> Contract:
    """20,000 and 12,000 and 6,000 baht of three funds; half of the savings group's interest is waived."""
    centre = make_centre(make_village(code))
    lender = make_fund(centre)
    savings = make_fund(centre, kind=Fund.Kind.SAVINGS_GROUP, rate="12")
    poverty = make_fund(centre, kind=Fund.Kind.POVERTY_PROJECT, rate="0")
    household, on = make_household(centre.village), SIGNED - timedelta(400)
    own = make_debt(household, lender, on=on)
    twelve = make_debt(
        household, savings, principal="12000", rate_percent=Decimal(12), on=SIGNED - timedelta(200)
    )
    six = make_debt(household, poverty, principal="6000", rate_percent=Decimal(0), on=on)
    waivers = {twelve.pk: Waiver(interest=Decimal("394.52"))}
    return make_contract([own, twelve, six], lender=lender, waivers=waivers)


def test_the_village_fund_owes_the_others_what_they_did_not_waive():
    contract = make_example_of_domain_3_5()

    owed = contract.settlements.order_by("payee").values_list("payee__kind", "amount")

    assert list(owed) == [("savings_group", Decimal("12394.52")), ("poverty_project", Decimal(6000))]
    assert_books_agree()


def test_a_settlement_is_paid_in_several_transfers():
    contract = make_settled_contract()

    for amount in ("5000", "6999.99", "0.01"):
        make_transfer(contract, amount)

    assert contract.settlements.get().owed == 0
    assert_books_agree()


def test_one_transfer_pays_the_oldest_contracts_first():
    first = make_settled_contract()
    other = first.settlements.get().payee
    debt = make_debt(fund=other, principal="7000", rate_percent=Decimal(0))
    second = make_contract([debt], lender=first.lender, signed_on=date(2017, 6, 20), interest_to=SIGNED)

    make_transfer(first, "15000", on=date(2017, 6, 20))

    assert [first.settlements.get().owed, second.settlements.get().owed] == [0, 4000]
    assert_books_agree()


def test_a_transfer_may_be_for_one_contract():
    first = make_settled_contract()
    debt = make_debt(fund=first.settlements.get().payee, principal="7000", rate_percent=Decimal(0))
    second = make_contract([debt], lender=first.lender)

    make_transfer(first, "7000", contract=second)

    assert [first.settlements.get().owed, second.settlements.get().owed] == [12000, 0]


def test_more_than_is_owed_is_refused_with_the_exact_amount():
    contract = make_settled_contract()
    make_transfer(contract, "5000")

    with pytest.raises(CannotTransfer, match=r"ไม่เกิน 7,000\.00 บาท"):
        make_transfer(contract, "7000.01")

    assert Transfer.objects.count() == 1


@pytest.mark.parametrize("amount", ["0", "-1", "0.001"])
def test_nothing_or_less_than_a_satang_is_not_transferred(amount):
    with pytest.raises(CannotTransfer, match="มากกว่า 0 บาท"):
        make_transfer(make_settled_contract(), amount)


def test_nothing_is_paid_before_it_is_owed():
    with pytest.raises(CannotTransfer, match=r"ไม่เกิน 0\.00 บาท"):
        make_transfer(make_settled_contract(), on=SIGNED - timedelta(1))


def test_a_resent_transfer_is_recorded_once():
    contract, key = make_settled_contract(), uuid4()

    first, again = make_transfer(contract, key=key), make_transfer(contract, key=key)

    assert (again, Transfer.objects.count(), contract.settlements.get().paid) == (first, 1, 5000)


def test_the_key_of_a_transfer_between_other_funds_is_refused():
    contract = make_settled_contract()
    key = make_transfer(contract).key

    with pytest.raises(CannotTransfer, match="การโอนอื่น"):
        make_transfer(make_settled_contract(make_fund(contract.centre)), key=key)


def test_a_transfer_is_taken_back_once_by_a_second_row_with_a_reason():
    contract, officer = make_settled_contract(), make_officer()
    made = make_transfer(contract)

    with pytest.raises(CannotTransfer, match="ระบุเหตุผล"):
        reverse_transfer(made=made, reason=" ", on=SIGNED, by=officer)
    back = reverse_transfer(made=made, reason="โอนผิดกองทุน", on=SIGNED, by=officer)
    with pytest.raises(CannotTransfer, match="แล้ว"):
        reverse_transfer(made=made, reason="โอนผิดกองทุน", on=SIGNED, by=officer)
    with pytest.raises(CannotTransfer, match="การกลับรายการ"):
        reverse_transfer(made=back, reason="โอนผิดกองทุน", on=SIGNED, by=officer)

    assert (back.amount, contract.settlements.get().owed) == (-5000, 12000)
    assert_books_agree()


def test_what_was_taken_back_is_not_paid_again_for_a_day_before():
    contract, later = make_settled_contract(), SIGNED + timedelta(60)
    reverse_transfer(made=make_transfer(contract, "12000"), reason="ผิด", on=later, by=make_officer())

    with pytest.raises(CannotTransfer, match="14 ส.ค. 2560"):
        make_transfer(contract, "12000", on=SIGNED + timedelta(30))

    make_transfer(contract, "12000", on=later)
    assert_books_agree()


def test_a_contract_that_was_settled_in_part_is_cancelled_after_the_transfer_is_taken_back():
    contract, officer = make_settled_contract(), make_officer()
    made = make_transfer(contract)

    with pytest.raises(CannotCancel, match=r"5,000\.00 บาท กลับรายการโอนก่อนยกเลิกสัญญา"):
        cancel(contract=contract, reason="ผิด", on=SIGNED, by=officer)

    reverse_transfer(made=made, reason="ยกเลิกสัญญา", on=SIGNED + timedelta(3), by=officer)
    with pytest.raises(CannotCancel, match="ตั้งแต่วันนั้น"):
        cancel(contract=contract, reason="ผิด", on=SIGNED + timedelta(2), by=officer)
    cancel(contract=contract, reason="ผิด", on=SIGNED + timedelta(3), by=officer)
    assert not Settlement.objects.unpaid().exists()
    assert_books_agree()


def test_nothing_is_transferred_for_a_cancelled_contract():
    contract = make_settled_contract()
    cancel(contract=contract, reason="ผิด", on=SIGNED, by=make_officer())

    with pytest.raises(CannotTransfer, match=r"ไม่เกิน 0\.00 บาท"):
        make_transfer(contract)


def test_the_statement_of_a_past_day_is_replayed_from_the_transfers():
    contract = make_settled_contract()
    made = make_transfer(contract, on=SIGNED + timedelta(10))
    reverse_transfer(made=made, reason="ผิด", on=SIGNED + timedelta(20), by=make_officer())
    payer, payee = contract.lender, contract.settlements.get().payee

    days = [SIGNED + timedelta(days) for days in (-1, 0, 10, 20)]
    to_pay = [fund_statement(payer, on=day).to_pay for day in days]
    to_receive = [fund_statement(payee, on=day).to_receive for day in days]

    assert to_pay == to_receive == [0, 12000, 7000, 12000]
    assert fund_statement(payee, on=days[2]).balances[0].net == 7000


def test_a_cancelled_contract_stays_in_the_statement_of_the_days_before():
    contract = make_settled_contract()
    cancel(contract=contract, reason="ผิด", on=SIGNED + timedelta(5), by=make_officer())

    before, after = (fund_statement(contract.lender, on=SIGNED + timedelta(days)).to_pay for days in (4, 5))

    assert (before, after) == (12000, 0)


@pytest.mark.parametrize("model", [Transfer, TransferPart])
def test_the_database_changes_and_deletes_no_transfer(model):
    make_transfer(make_settled_contract())

    for change in (
        lambda: model.objects.update(amount=1),
        lambda: model.objects.all()._raw_delete(connection.alias),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE debts_settlement SET amount = amount + 1",
        "UPDATE debts_settlement SET paid = paid - 1 WHERE paid > 0",
        "UPDATE debts_settlement SET since_on = '2018-01-01'",
        "UPDATE debts_settlement SET payee_id = (SELECT MAX(id) FROM funds_fund)",
        "DELETE FROM debts_settlement WHERE paid = 0",
        "INSERT INTO debts_transferpart (transfer_id, settlement_id, amount)"
        " SELECT p.transfer_id, s.id, 1 FROM debts_transferpart p, debts_settlement s WHERE s.paid = 0",
    ],
)
def test_a_settlement_changed_by_hand_fails_its_proof(wrong):
    contract = make_settled_contract()
    make_transfer(contract)
    make_contract(
        [make_debt(fund=contract.settlements.get().payee, rate_percent=Decimal(0))], lender=contract.lender
    )
    make_fund(contract.centre)
    assert_books_agree()

    with connection.cursor() as cursor:
        cursor.execute(wrong)

    assert any(proof.failures() for proof in PROOFS)


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["pay", "reverse", "cancel", "sign"]),
        st.integers(1, 2_000_000),
        st.integers(0, 40),
    ),
    max_size=12,
)


@given(moves=MOVES)
def test_whatever_is_transferred_reversed_and_cancelled_the_books_agree_on_every_day(moves):
    with transaction.atomic():
        _play(moves)
        assert_books_agree()
        transaction.set_rollback(True)


def _play(moves):
    """Carry the moves out against a replay in plain Python."""
    officer, first = make_officer(), make_settled_contract()
    payer, payee = first.lender, first.settlements.get().payee
    events = [(SIGNED, Decimal(12000))]  # (day, change of what is owed)
    for move, number, days in moves:
        day, baht = SIGNED + timedelta(days), Decimal(number).scaleb(-2)
        owed = Settlement.objects.with_balance(on=date(2100, 1, 1))
        try:
            if move == "pay":
                made = transfer(
                    payer=payer, payee=payee, amount=baht, on=day, reference="", by=officer, key=uuid4()
                )
                events.append((day, -made.amount))
            elif move == "reverse" and (
                made := Transfer.objects.filter(reverses=None).order_by("-pk").first()
            ):
                reverse_transfer(made=made, reason="ผิด", on=day, by=officer)
                events.append((day, made.amount))
            elif move == "cancel" and (standing := owed.standing().order_by("pk").first()):
                cancel(contract=standing.contract, reason="ผิด", on=day, by=officer)
                events.append((day, -standing.amount))
            elif move == "sign":
                debt = make_debt(fund=payee, principal=str(baht), rate_percent=Decimal(0))
                make_contract([debt], lender=payer)
                events.append((SIGNED, baht))
        except (CannotTransfer, CannotCancel):
            continue
    for day in {day for day, _ in events}:
        expected = sum(change for on, change in events if on <= day)
        assert fund_statement(payer, on=day).to_pay == fund_statement(payee, on=day).to_receive == expected


def test_what_contracts_of_before_settlements_owe_is_what_they_would_owe_today():
    make_example_of_domain_3_5()
    cancelled = make_example_of_domain_3_5("33100504")
    cancel(contract=cancelled, reason="ทำผิดราย", on=SIGNED, by=cancelled.signed_by)
    columns = ("contract", "payer", "payee", "amount", "since_on", "cancelled_on")
    today = sorted(Settlement.objects.values_list(*columns))
    Settlement.objects.all().delete()

    import_module("debts.migrations.0016_settlements").owe(apps, None)

    assert len(today) == 4
    assert sorted(Settlement.objects.values_list(*columns)) == today
