"""The register, the household, its debts, contracts and payments on screen."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from debts.consolidation import Waiver
from debts.models import Case, Contract, Debt, Entry, Payment
from funds.models import Fund
from tests.factories import (
    AS_OF,
    make_contract,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_payment,
    make_person,
    make_village,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(sign_in):
    """A client of the district head of บ้านหนองฮะ."""
    return sign_in(make_officer(area=make_village()))


def url(name, *args):
    return reverse(f"debts:{name}", args=args)


def rows(response):
    """What the list shows, in its order."""
    return [row.record for row in response.context["table"].paginated_rows]


def text_of(response):
    return response.content.decode()


def days_ago(number):
    return timezone.localdate() - timedelta(days=number)


# The register


@pytest.mark.parametrize(
    "typed",
    ["แก้ว", "นางแก้ว", "นางแก้ว ทองสุข", "นางแก้ว  ทองสุข ", "ทองสุข", "18 ม.3", "18 หมู่ 3", "๑๘ ม.๓", "7/2558"],
)
def test_a_debt_is_found_by_name_without_title_by_house_and_by_contract_number(typed, office):
    fund = make_fund()
    found = make_debt(make_household(head="นางแก้ว ทองสุข", house_number="18"), fund, number="7/2558")
    make_debt(make_household(head="นายบุญมี ศรีสุข", house_number="19"), fund, number="8/2558")

    response = office.get(url("debts"), {"q": typed})

    assert rows(response) == [found]


def test_debts_are_filtered_by_fund_and_state(office):
    village_fund = make_fund()
    savings = make_fund(village_fund.centre, Fund.Kind.SAVINGS_GROUP)
    overdue = make_debt(fund=village_fund, due_on=days_ago(1))
    running = make_debt(fund=savings, due_on=timezone.localdate())
    closed = make_debt(fund=savings, principal="100", due_on=days_ago(1))
    make_payment(closed, amount="100", on=AS_OF)

    shown = {
        name: set(rows(office.get(url("debts"), query)))
        for name, query in {
            "savings": {"kind": "savings_group"},
            "open": {"state": "open"},
            "overdue": {"state": "overdue"},
            "closed": {"state": "closed"},
        }.items()
    }

    assert shown == {
        "savings": {running, closed},
        "open": {overdue, running},
        "overdue": {overdue},
        "closed": {closed},
    }


def test_names_are_sorted_as_in_a_thai_dictionary(office):
    fund = make_fund()
    for name in ("นายถวิล ก", "นายเฉลย ก", "นายเกษม ก"):
        make_debt(make_household(head=name), fund)

    response = office.get(url("debts"), {"sort": "borrower"})

    assert [debt.borrower.first_name for debt in rows(response)] == ["เกษม", "เฉลย", "ถวิล"]


@pytest.mark.parametrize("name", ["debts", "contracts"])
def test_houses_are_in_the_order_of_their_numbers(name, office):
    fund = make_fund()
    for number in ("10", "9", "9/2", "9/10"):
        debt = make_debt(make_household(fund.centre.village, house_number=number), fund)
        if name == "contracts":
            make_contract([debt])

    response = office.get(url(name), {"sort": "house"})

    assert [row.household.house_number for row in rows(response)] == ["9", "9/2", "9/10", "10"]


def test_the_totals_are_those_of_the_filtered_rows_and_not_of_the_page(office):
    fund = make_fund()
    for number in range(30):
        make_debt(fund=fund, principal="1000", interest="10.25", number=f"{number}/2558")
    make_debt(fund=make_fund(fund.centre, Fund.Kind.OTHER), principal="500")

    table = office.get(url("debts"), {"kind": "village_fund", "per_page": 25}).context["table"]

    assert len(table.page) == 25
    assert table.sums == {
        "lent": Decimal("30000.00"),
        "principal": Decimal("30000.00"),
        "owed_interest": Decimal("307.50"),
        "outstanding": Decimal("30307.50"),
    }


@pytest.mark.parametrize("name", ["debts", "contracts"])
def test_a_list_takes_as_many_queries_for_many_rows_as_for_few(name, office):
    fund = make_fund()
    make_contract([make_debt(fund=fund)])
    with CaptureQueriesContext(connection) as few:
        office.get(url(name))
    for _ in range(10):
        make_contract([make_debt(fund=fund)])

    with CaptureQueriesContext(connection) as many:
        office.get(url(name))

    assert len(many) == len(few)


def test_the_export_has_the_filtered_rows_with_their_amounts(office):
    fund = make_fund()
    make_debt(make_household(head="นางแก้ว ทองสุข", house_number="18"), fund, principal="16975", interest="525")
    make_debt(make_household(head="นายบุญมี ศรีสุข"), fund)

    exported = b"".join(office.get(url("debts"), {"q": "แก้ว", "export": "csv"})).decode("utf-8-sig")

    head, row, totals = exported.strip().splitlines()
    assert head.startswith("ที่,บ้านเลขที่,ชื่อ–สกุล ผู้กู้,กลุ่ม/กองทุน,เลขที่สัญญา,วันที่ทำสัญญา,วันที่ทำสัญญา (พ.ศ.),วงเงินกู้ (บาท)")
    assert row.startswith("1,18 ม.3,นางแก้ว ทองสุข,")
    assert "16975.00,525.00" in row
    assert totals.startswith("รวม 1 สัญญา (ทั้งหมดตามตัวกรอง),,,")


# The household


def test_the_household_shows_every_borrowers_debts_with_their_total_in_words(office):
    household, fund = make_household(), make_fund()
    make_debt(household, fund, principal="30000")
    make_debt(household, fund, principal="17500", borrower=make_person(household, "นายบุญช่วย ทองสุข"))

    shown = text_of(office.get(url("household", household.pk)))

    assert "47,500.00" in shown
    assert "สี่หมื่นเจ็ดพันห้าร้อยบาทถ้วน" in shown
    assert "นายบุญช่วย ทองสุข" in shown


def test_the_household_is_shown_as_it_was_on_a_past_day(office):
    debt = make_debt(principal="20000", rate_percent=Decimal(0))
    make_payment(debt, amount="5000", on=date(2017, 6, 1))

    shown = {
        typed: office.get(url("household", debt.household_id), {"on": typed}).context["standing"].outstanding
        for typed in ("29/4/2560", "31/5/2560", "1 มิ.ย. 2560", "")
    }

    assert shown == {"29/4/2560": 0, "31/5/2560": 20000, "1 มิ.ย. 2560": 15000, "": 15000}


def test_a_day_that_cannot_be_read_is_refused_in_words(office):
    debt = make_debt()

    response = office.get(url("household", debt.household_id), {"on": "31/2/2560"})

    assert "ไม่มีวันที่ 31 ก.พ. 2560 ในปฏิทิน" in text_of(response)


def test_the_next_step_follows_from_what_was_done(office):
    debt = make_debt(rate_percent=Decimal(0))
    page = url("household", debt.household_id)

    before = office.get(page)
    office.post(url("select", debt.household_id), {"on": "1/6/2560"})
    selected = office.get(page)
    make_contract([debt])
    signed = office.get(page)

    assert [str(response.context["standing"].state.label) for response in (before, selected, signed)] == [
        "ยังไม่เข้ากระบวนการ",
        "ครัวเรือนเป้าหมาย",
        "ทำสัญญาแล้ว",
    ]
    assert url("select", debt.household_id) in text_of(before)
    assert url("merge-debts", debt.household_id) in text_of(selected)
    assert url("payment-new", Contract.objects.get().debt_id) in text_of(signed)


def test_what_was_reduced_is_told_apart_into_paid_and_waived(office):
    debt = make_debt(principal="20000", rate_percent=Decimal(0))
    contract = make_contract(
        [debt], waivers={debt.pk: Waiver(principal=Decimal(2000))}, rate_percent=Decimal(0)
    )
    make_payment(contract.debt, amount="3000", on=contract.signed_on)

    standing = office.get(url("household", debt.household_id)).context["standing"]

    assert (standing.case.baseline, standing.reduced, standing.waived, standing.paid) == (
        20000,
        5000,
        2000,
        3000,
    )
    assert standing.state.label == "ลดหนี้ได้"


def test_the_timeline_tells_the_newest_first(office):
    debt = make_debt(rate_percent=Decimal(0))
    contract = make_contract([debt])
    make_payment(contract.debt, amount="1000", on=date(2017, 8, 1))

    days = office.get(url("household", debt.household_id)).context["days"]

    assert [(day, [event.text.split(" ")[0] for event in events]) for day, events in days] == [
        (date(2017, 8, 1), ["รับชำระ"]),
        (contract.signed_on, ["ทำสัญญา", "คัดเลือกเป็นครัวเรือนเป้าหมาย"]),
        (AS_OF, ["ยอดยกมาจากทะเบียน"]),
    ]


def test_a_household_without_debts_cannot_be_selected_and_the_page_says_why(office):
    household = make_household(make_fund().centre.village)

    response = office.post(url("select", household.pk), {"on": "1/6/2560"})

    assert "ไม่มีหนี้ในกองทุนสมาชิก" in text_of(response)
    assert not Case.objects.exists()


# One debt


def new_debt(household, fund, **typed):
    return {
        "borrower": household.head_id,
        "fund": fund.pk,
        "number": "",
        "lent_on": "8 มี.ค. 2558",
        "due_on": "8/3/2559",
        "lent": "๒๐,๐๐๐",
        "rate_percent": "6",
        "opened_on": "30/4/2560",
        "principal": "16,975",
        "interest": "525",
        "penalty": "",
        "note": "",
        **typed,
    }


def test_a_debt_is_written_down_by_hand_and_a_resent_form_writes_it_once(office):
    fund = make_fund()
    household = make_household(fund.centre.village)

    office.post(url("debt-new", household.pk), new_debt(household, fund))
    again = office.post(url("debt-new", household.pk), new_debt(household, fund))

    debt = Debt.objects.get()
    assert (debt.principal, debt.interest, debt.outstanding) == (16975, 525, 17500)
    assert debt.entries.get().kind == Entry.Kind.OPENING
    assert "มีหนี้รายการนี้ในทะเบียนแล้ว" in text_of(again)


def test_one_paper_is_one_debt(office):
    fund = make_fund()
    debt = make_debt(fund=fund, number="7/2558")

    response = office.post(
        url("debt-new", debt.household_id), new_debt(debt.household, fund, number="7/2558", lent="9")
    )

    assert "ผู้กู้รายนี้มีสัญญาเลขที่นี้ในกองทุนนี้แล้ว" in text_of(response)


def test_only_people_of_the_household_and_funds_of_its_centre_are_offered(office):
    fund = make_fund()
    household = make_household(fund.centre.village)
    stranger = make_household().head

    fields = office.get(url("debt-new", household.pk)).context["form"].fields

    assert list(fields["borrower"].queryset) == [household.head]
    assert list(fields["fund"].queryset) == [fund]
    assert stranger not in fields["borrower"].queryset


def test_editing_a_debt_changes_words_and_never_money(office):
    debt = make_debt(principal="20000")

    office.post(
        url("debt-edit", debt.pk),
        {"number": "9/2558", "note": "แก้เลขที่", "principal": "1", "lent_on": "", "due_on": ""},
    )

    debt.refresh_from_db()
    assert (debt.number, debt.note, debt.principal) == ("9/2558", "แก้เลขที่", 20000)
    assert AuditEvent.objects.get().detail["number"][1] == "9/2558"


def test_a_debt_cannot_be_given_the_number_of_another_one(office):
    debt = make_debt(number="7/2558")
    other = make_debt(debt.household, debt.fund, number="8/2558")

    response = office.post(url("debt-edit", other.pk), {"number": "7/2558"})

    assert "ผู้กู้รายนี้มีสัญญาเลขที่นี้ในกองทุนนี้แล้ว" in text_of(response)


def test_the_debt_shows_its_entries_with_the_balance_after_each(office):
    debt = make_debt(principal="20000", rate_percent=Decimal(0))
    make_payment(debt, amount="5000", on=date(2017, 6, 1))

    entries = office.get(url("debt", debt.pk)).context["entries"]

    assert [(entry.kind, balance) for entry, balance in entries] == [("opening", 20000), ("payment", 15000)]


# Contracts


def test_the_list_of_contracts_has_the_columns_of_the_form_and_its_totals(office):
    village_fund = make_fund()
    savings = make_fund(village_fund.centre, Fund.Kind.SAVINGS_GROUP)
    household = make_household(village_fund.centre.village)
    debts = [
        make_debt(household, fund, principal=amount, rate_percent=Decimal(0))
        for fund, amount in ((village_fund, "30000"), (savings, "5000"))
    ]
    make_contract(debts, lender=village_fund)

    exported = b"".join(office.get(url("contracts"), {"export": "csv"})).decode("utf-8-sig")
    table = office.get(url("contracts")).context["table"]

    assert "✓,✓,,," in exported.splitlines()[1]
    assert table.sums == {"owed": 35000, "amount": 35000, "outstanding": 35000}


def test_contracts_are_filtered_by_state_number_lender_and_year(office):
    fund = make_fund()
    standing, cancelled = (make_contract([make_debt(fund=fund)]) for _ in range(2))
    office.post(url("contract-cancel", cancelled.pk), {"reason": "ทำผิดราย"})

    found = {
        value: rows(office.get(url("contracts"), {name: value}))
        for name, value in (
            ("state", "standing"),
            ("state", "cancelled"),
            ("year", "2559"),
            ("q", standing.number),
        )
    }

    assert found["standing"] == [standing]
    assert found["cancelled"] == [cancelled]
    assert found.get("2559", []) == []


def test_cancelling_needs_a_reason_and_brings_the_old_debts_back(office):
    debt = make_debt(rate_percent=Decimal(0))
    contract = make_contract([debt])

    refused = office.post(url("contract-cancel", contract.pk), {"reason": " "})
    office.post(url("contract-cancel", contract.pk), {"reason": "ลูกหนี้ขอถอนตัว"})

    debt.refresh_from_db()
    assert refused.status_code == 200
    assert (debt.outstanding, debt.closed_on) == (20000, None)
    shown = office.get(url("household", debt.household_id))
    assert [state.label for _, state in shown.context["closed_states"]] == ["ยกเลิกสัญญาแล้ว"]


def test_a_district_officer_cannot_cancel_a_contract(sign_in):
    contract = make_contract()
    client = sign_in(make_officer(Role.DISTRICT_OFFICER, area=contract.household.village))

    response = client.post(url("contract-cancel", contract.pk), {"reason": "ลองดู"})

    assert response.status_code == 403
    assert url("contract-cancel", contract.pk) not in text_of(client.get(url("contract", contract.pk)))


def test_money_received_covers_the_oldest_instalments_first(office):
    contract = make_contract([make_debt(principal="24000", rate_percent=Decimal(0))], rate_percent=Decimal(0))
    make_payment(contract.debt, amount="2500", on=date(2017, 9, 20))

    lines = office.get(url("contract", contract.pk)).context["lines"]

    assert [(line.paid, line.is_paid, line.is_overdue) for line in lines[:4]] == [
        (1000, True, False),
        (1000, True, False),
        (500, False, True),
        (0, False, True),
    ]


# Payments


def paid_form(amount, key=None, on="1/6/2560"):
    return {"amount": amount, "on": on, "key": str(key or uuid4())}


def test_a_payment_sent_twice_is_recorded_once(office):
    debt, form = make_debt(rate_percent=Decimal(0)), paid_form("5,000")

    first = office.post(url("payment-new", debt.pk), form)
    second = office.post(url("payment-new", debt.pk), form)

    assert first["Location"] == second["Location"]
    assert Payment.objects.get().amount == 5000


def test_more_than_is_owed_is_refused_with_the_exact_amount(office):
    debt = make_debt(principal="20000", rate_percent=Decimal(0))

    response = office.post(url("payment-new", debt.pk), paid_form("20,000.01"))

    assert "ระบุไม่เกิน 20,000.00 บาท" in text_of(response)
    assert "20,000.01" in text_of(response)
    assert not Payment.objects.exists()


def test_the_receipt_says_which_parts_were_paid(office):
    debt = make_debt(principal="20000", interest="525", rate_percent=Decimal(0))
    payment = make_payment(debt, amount="1000", on=date(2017, 6, 1))

    shown = text_of(office.get(url("payment", payment.pk)))

    assert "525.00 บาท" in shown
    assert "475.00 บาท" in shown
    assert "หนึ่งพันบาทถ้วน" in shown


def test_a_payment_is_taken_back_with_a_reason_and_once(office):
    debt = make_debt(principal="20000", rate_percent=Decimal(0))
    payment = make_payment(debt, amount="1000", on=date(2017, 6, 1))

    office.post(url("payment-reverse", payment.pk), {"reason": "บันทึกผิดราย"})
    again = office.post(url("payment-reverse", payment.pk), {"reason": "บันทึกผิดราย"})

    debt.refresh_from_db()
    assert debt.outstanding == 20000
    assert "กลับรายการรับชำระนี้แล้ว" in text_of(again)
    assert "บันทึกผิดราย" in text_of(office.get(url("payment", payment.pk)))
