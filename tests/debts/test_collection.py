"""The sheet of a village meeting: everything received is recorded in one go, or nothing is."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from debts.models import Collection, Debt, Payment
from debts.payments.collection import CannotCollect, collect, sheet_of
from tests.factories import (
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
FREE = {"rate_percent": Decimal(0)}


def collected(debts, amounts, key=None, fund=None, on=SIGNED):
    centre = debts[0].fund.centre
    amounts = {debt.pk: Decimal(amount) for debt, amount in zip(debts, amounts, strict=True)}
    return collect(centre=centre, fund=fund, amounts=amounts, on=on, by=make_officer(), key=key or uuid4())


@pytest.fixture
def debts():
    first = make_debt(**FREE)
    return [first, make_debt(fund=first.fund, **FREE), make_debt(fund=make_fund(first.fund.centre), **FREE)]


def test_everything_received_is_recorded_with_consecutive_receipts(debts):
    made = collected(debts, ["100", "200", "300"])

    numbers = made.payments.order_by("fund", "sequence").values_list("sequence", "amount")
    assert list(numbers) == [(1, 100), (2, 200), (1, 300)]


def test_one_wrong_amount_records_nothing_and_is_named(debts):
    with pytest.raises(CannotCollect) as refusal:
        collected(debts, ["100", "20000.01", "300"])

    assert list(refusal.value.errors) == [debts[1].pk]
    assert "ไม่เกิน 20,000.00 บาท" in refusal.value.errors[debts[1].pk]
    assert not Payment.objects.exists()
    assert collected(debts, ["1", "1", "1"]).payments.order_by("pk").first().number == "1/2560"


def test_a_resent_sheet_is_recorded_once(debts):
    key = uuid4()

    first, again = (collected(debts, ["100", "200", "300"], key=key) for _ in range(2))

    assert (again, Payment.objects.count()) == (first, 3)


def test_an_empty_sheet_and_a_debt_from_elsewhere_are_refused(debts):
    elsewhere = make_debt(fund=make_fund(make_centre(make_village("33100504"))))

    with pytest.raises(CannotCollect, match="อย่างน้อย 1 รายการ"):
        collect(centre=debts[0].fund.centre, fund=None, amounts={}, on=SIGNED, by=make_officer(), key=uuid4())
    with pytest.raises(CannotCollect, match="ไม่อยู่ในใบรับชำระ"):
        collected([debts[0], elsewhere], ["1", "1"])


def test_the_sheet_says_what_is_due_overdue_and_pays_off():
    contract = make_contract()
    old = make_debt(fund=contract.lender, due_on=date(2018, 1, 1), **FREE)

    rows = {row.debt.pk: row for row in sheet_of(Debt.objects.all(), on=date(2017, 8, 15)).rows}

    agreed, waits = rows[contract.debt_id], rows[old.pk]
    assert (agreed.due, agreed.overdue) == (Decimal("3266.66"), Decimal("1633.33"))
    assert agreed.pay_off == Decimal(35350)
    assert (waits.due, waits.overdue, waits.pay_off) == (0, 0, 20000)


def test_a_longer_sheet_takes_no_more_queries():
    contract = make_contract()

    def queries():
        with CaptureQueriesContext(connection) as seen:
            sheet_of(Debt.objects.all(), on=SIGNED)
        return len(seen)

    few = queries()
    for _ in range(3):
        make_contract([make_debt(fund=contract.lender, **FREE)])
        make_debt(fund=contract.lender, **FREE)

    assert queries() == few


def form_of(debts, *amounts, **fields):
    typed = {f"amount-{debt.pk}": amount for debt, amount in zip(debts, amounts, strict=True)}
    return {"key": str(uuid4()), **typed, **fields}


def test_an_officer_types_thai_digits_and_commas_and_gets_the_receipts(debts, sign_in):
    address = reverse("debts:collect", args=[debts[0].fund.centre_id]) + "?on=15/6/2560"
    client = sign_in(make_officer())

    form = form_of(debts, "๑,๐๐๐", "200.50 บาท", "")
    page = client.post(address, form, follow=True)
    again = client.post(address, form, follow=True)

    assert list(Payment.objects.order_by("amount").values_list("amount", flat=True)) == [
        Decimal("200.50"),
        1000,
    ]
    for response in (page, again):
        assert "1,200.50" in response.content.decode()
    assert Collection.objects.count() == 1


def test_what_was_typed_stays_with_the_reason_beside_it(debts, sign_in):
    address = reverse("debts:collect", args=[debts[0].fund.centre_id]) + "?on=15/6/2560"

    page = sign_in(make_officer()).post(address, form_of(debts, "1,25", "99999", "300")).content.decode()
    refused = sign_in(make_officer()).post(address, form_of(debts, "25", "99999", "300")).content.decode()

    assert all(f'value="{typed}"' in page for typed in ("1,25", "99999", "300"))
    assert "ตรวจสอบตำแหน่งเครื่องหมายจุลภาค" in page
    assert "ระบุไม่เกิน 20,000.00 บาท" in refused
    assert 'value="99999"' in refused
    assert not Payment.objects.exists()


def test_an_amount_for_a_debt_that_was_paid_meanwhile_is_not_lost_in_silence(debts, sign_in):
    address = reverse("debts:collect", args=[debts[0].fund.centre_id])
    make_payment(debts[0], "20000")

    page = sign_in(make_officer()).post(address, form_of(debts, "100", "200", "300")).content.decode()

    assert "ปิดบัญชีแล้วหลังจากเปิดใบนี้" in page
    assert Payment.objects.count() == 1


def test_the_sheet_of_one_fund_holds_only_its_debts(debts, sign_in):
    fund = debts[2].fund
    client = sign_in(make_officer())

    page = client.get(reverse("debts:collect", args=[fund.centre_id]), {"fund": fund.pk})
    strange = client.get(
        reverse("debts:collect", args=[fund.centre_id]),
        {"fund": make_fund(make_centre(make_village("33100504"))).pk},
    )

    assert [row.debt for row in page.context["sheet"].rows] == [debts[2]]
    assert strange.status_code == 404


def test_the_division_is_shown_before_anything_is_saved(sign_in):
    contract = make_contract()
    form = {"amount": "2,000", "on": "15/7/2560", "key": uuid4(), "preview": "1"}

    address = reverse("debts:payment-new", args=[contract.debt_id])
    page = sign_in(make_officer()).post(address, form).content.decode()

    assert "ชำระก่อนกำหนด" in page
    assert "ส่วนเกิน 366.67 บาทจะตัดเงินต้น" in page
    assert not Payment.objects.exists()
