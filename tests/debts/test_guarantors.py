"""ผู้ค้ำประกัน and the way of counting interest: typed, read from a register, warned of, printed."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.models import AuditEvent
from config.thai import Name
from debts.consolidation import plan_merge
from debts.models import Debt, Guarantor
from debts.sheets.register import read_register
from funds.models import Fund, LendingRule
from tests.debts.nong_ha import TODAY, bring_in, keep
from tests.debts.sheet_files import HEAD, ROW, make_row, make_workbook, make_xlsx
from tests.factories import (
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_guarantor,
    make_household,
    make_offer,
    make_officer,
    make_person,
    make_village,
)

pytestmark = pytest.mark.django_db
TITLE = ("ทะเบียนลูกหนี้ กองทุนหมู่บ้านหนองฮะ", "ข้อมูล ณ วันที่ 30 เมษายน 2560")


@pytest.fixture
def office(sign_in):
    """A client of the district head of บ้านหนองฮะ."""
    return sign_in(make_officer(area=make_village()))


def edit(debt, **typed):
    kept = {"number": debt.number, "lent_on": "8/3/2558", "due_on": "8/3/2559", "method": debt.method}
    return reverse("debts:debt-edit", args=[debt.pk]), {**kept, **typed}


def names_of(debt):
    return [str(guarantor) for guarantor in debt.guarantors.all()]


def read_with(*more: tuple[str, object]):
    """A register of one row with more columns (head, cell) than the usual ones."""
    heads, cells = zip(*more, strict=True)
    [row] = read_register(make_workbook((*HEAD, *heads), (*ROW, *cells)), today=TODAY).sheets[0].rows
    return row


def make_register(*more: tuple[str, object]) -> bytes:
    heads, cells = zip(*more, strict=True)
    return make_xlsx((TITLE[0],), (TITLE[1],), (*HEAD, *heads), (*make_row(), *cells))


# Typed


def test_several_guarantors_are_typed_one_a_line_and_shown_with_the_debt(office):
    debt = make_debt()

    office.post(*edit(debt, guarantors="๑. นายบุญมา  ใจดี\r\nน.ส. มะลิ งามสม\n\n"))

    assert names_of(debt) == ["นายบุญมา ใจดี", "นางสาวมะลิ งามสม"]
    page = office.get(reverse("debts:debt", args=[debt.pk])).content.decode()
    assert "นางสาวมะลิ งามสม" in page
    assert AuditEvent.objects.get().detail["guarantors"] == ["", "นายบุญมา ใจดี, นางสาวมะลิ งามสม"]


def test_a_form_sent_unchanged_changes_no_guarantor(office):
    debt = make_guarantor(name="นายบุญมา ใจดี").debt
    make_guarantor(debt, "นางสี ใจงาม")
    form = office.get(edit(debt)[0]).context["form"]

    office.post(*edit(debt, guarantors=form["guarantors"].value().replace("\n", "\r\n")))

    assert names_of(debt) == ["นายบุญมา ใจดี", "นางสี ใจงาม"]
    assert [event.detail for event in AuditEvent.objects.all()] == []


def test_a_guarantor_whose_line_was_removed_is_one_no_longer(office):
    debt = make_guarantor(name="นายบุญมา ใจดี").debt

    office.post(*edit(debt, guarantors=""))

    assert names_of(debt) == []


@pytest.mark.parametrize("typed", ["นายบุญมา 0812345678 ใจดี", "<script>", "นาย" + "ก" * 90])
def test_what_is_no_name_is_refused_beside_its_box(office, typed):
    debt = make_debt()

    response = office.post(*edit(debt, guarantors=typed))

    assert response.context["form"].errors["guarantors"]
    assert names_of(debt) == []


def test_a_guarantor_of_the_village_leads_to_their_household(office):
    debt = make_debt()
    neighbour = make_person(make_household(debt.household.village), "นายบุญมา ใจดี")
    make_person(make_household(make_village("33100504")), "นางสี ใจงาม")

    office.post(*edit(debt, guarantors="นาย บุญมา ใจดี\nนางสี ใจงาม"))

    assert [guarantor.person for guarantor in debt.guarantors.all()] == [neighbour, None]


def test_of_two_people_of_one_name_neither_is_taken_for_the_guarantor(office):
    debt = make_debt()
    for _ in range(2):
        make_person(make_household(debt.household.village), "นายบุญมา ใจดี")

    office.post(*edit(debt, guarantors="นายบุญมา ใจดี"))

    assert debt.guarantors.get().person is None


def test_a_debt_written_down_by_hand_has_its_guarantors_and_its_method(office):
    fund = make_fund()
    household = make_household(fund.centre.village)
    typed = {
        "borrower": household.head.pk,
        "fund": fund.pk,
        "rate_percent": "6",
        "opened_on": "30/4/2560",
        "principal": "5,000",
        "method": "flat",
        "guarantors": "นายบุญมา ใจดี",
    }

    office.post(reverse("debts:debt-new", args=[household.pk]), typed)

    debt = Debt.objects.get()
    assert (debt.method, names_of(debt)) == ("flat", ["นายบุญมา ใจดี"])


# The way of counting interest


def test_a_debt_without_a_method_follows_the_rule_of_the_day_it_was_lent():
    fund = make_fund()
    LendingRule.objects.create(
        fund=fund, effective_on=date(2015, 6, 1), rate_percent=Decimal(6), method="annuity"
    )

    before, after = (
        make_debt(fund=fund, lent_on=date(2015, 5, 31)),
        make_debt(fund=fund, lent_on=date(2015, 6, 1)),
    )

    assert (before.method, after.method) == ("equal_principal", "annuity")


def test_a_loan_at_a_rate_is_never_called_free_of_interest(office):
    free = make_fund(kind=Fund.Kind.POVERTY_PROJECT, rate="0")
    free.rules.update(method="no_interest")
    debt = make_debt(fund=Fund.objects.get())

    response = office.post(*edit(debt, method="no_interest"))

    assert debt.method == "equal_principal"
    assert "ปลอดดอกเบี้ยใช้กับดอกเบี้ยร้อยละ 0 เท่านั้น" in response.content.decode()


def test_a_contracts_own_debt_counts_interest_as_it_was_signed():
    contract = make_contract(method="annuity")

    assert contract.debt.method == "annuity"


def test_the_migration_gives_every_debt_the_method_of_its_rule():
    fund = make_fund(rate="0")
    debt = make_debt(fund=fund, rate_percent=Decimal(0))
    contract = make_contract([make_debt(fund=fund)], method="flat")
    at_a_rate = make_debt(fund=fund)
    fund.rules.update(method="no_interest")

    import_module("debts.migrations.0004_guarantors").follow_the_rules(apps, None)

    methods = dict(Debt.objects.values_list("pk", "method"))
    assert [methods[pk] for pk in (debt.pk, contract.debt_id, at_a_rate.pk)] == [
        "no_interest",
        "flat",
        "equal_principal",
    ]


# Read from a register


def test_guarantors_are_read_from_one_cell_or_from_columns_for_each():
    row = read_with(("ผู้ค้ำประกัน", "1.นายบุญมา ใจดี 2.นางสี ใจงาม"), ("ผู้ค้ำ คนที่ ๒", "นางสี ใจงาม"))

    assert row.guarantors == (Name("นาย", "บุญมา", "ใจดี"), Name("นาง", "สี", "ใจงาม"))


def test_guarantors_that_are_no_names_are_told_and_do_not_hold_the_row_back():
    row = read_with(("ผู้ค้ำประกัน", "สมาชิก 5 คน"))

    assert (row.guarantors, row.errors) == ((), ())
    assert any("ผู้ค้ำประกัน" in warning and "สมาชิก 5 คน" in warning for warning in row.warnings)


@pytest.mark.parametrize("head", ["ที่อยู่ผู้ค้ำประกัน", "เลขประจำตัวผู้ค้ำ", "จำนวนผู้ค้ำ (คน)"])
def test_facts_about_guarantors_are_not_read_as_names(head):
    row = read_with((head, "หมู่ 3"))

    assert row.guarantors == ()


@pytest.mark.parametrize(
    ("words", "method"),
    [
        ("ลดต้นลดดอก", "equal_principal"),
        ("ต้นคงที่", "equal_principal"),
        ("ผ่อนเท่ากันทุกงวด", "annuity"),
        ("ดอกเบี้ยคงที่", "flat"),
        ("ชำระงวดเดียว", "bullet"),
        ("แล้วแต่ตกลง", ""),
        (None, ""),
    ],
)
def test_the_method_is_known_by_its_usual_words(words, method):
    row = read_with(("วิธีคิดดอกเบี้ย", words))

    assert row.method == method
    assert any("วิธีคิดดอกเบี้ย" in warning for warning in row.warnings) is (words == "แล้วแต่ตกลง")


def test_an_import_writes_guarantors_and_joins_those_it_brings_in_itself():
    centre = make_centre()
    make_fund(centre, name="กองทุนหมู่บ้านหนองฮะ")
    register = make_register(("ผู้ค้ำประกัน", "นางแก้ว ทองสุข, นายบุญมา ใจดี"), ("วิธีคิดดอกเบี้ย", "ดอกเบี้ยคงที่"))

    bring_in(keep(centre, register))

    debt = Debt.objects.get()
    assert debt.method == "flat"
    assert [guarantor.person for guarantor in debt.guarantors.all()] == [debt.borrower, None]


def test_the_file_without_a_method_leaves_it_to_the_funds_rule():
    centre = make_centre()
    make_fund(centre, name="กองทุนหมู่บ้านหนองฮะ").rules.update(method="annuity")

    bring_in(keep(centre, make_register(("ผู้ค้ำประกัน", None))))

    assert Debt.objects.get().method == "annuity"


def test_interest_free_and_without_a_rate_is_a_rate_of_nothing():
    centre = make_centre()
    make_fund(centre, name="กองทุนหมู่บ้านหนองฮะ")
    register = make_xlsx(
        (TITLE[0],), (TITLE[1],), (*HEAD, "วิธีคิดดอกเบี้ย"), (*make_row({"ร้อยละ": None}), "ปลอดดอกเบี้ย")
    )

    bring_in(keep(centre, register))

    debt = Debt.objects.get()
    assert (debt.method, debt.rate_percent) == ("no_interest", 0)


# Warned of


def test_more_time_for_the_debtor_warns_of_the_guarantors_by_name():
    debt = make_guarantor(name="นายบุญมา ใจดี").debt
    make_guarantor(debt, "นางสี ใจงาม")

    plan = plan_merge(household=debt.household, debts=[debt], offer=make_offer(debt.fund))

    [warning] = [warning for warning in plan.warnings if "มาตรา 700" in warning]
    assert "นายบุญมา ใจดี, นางสี ใจงาม" in warning
    assert warning not in plan.to_justify


def test_a_debt_without_guarantors_warns_of_none():
    debt = make_debt()

    plan = plan_merge(household=debt.household, debts=[debt], offer=make_offer(debt.fund))

    assert not any("มาตรา 700" in warning for warning in plan.warnings)


def test_guarantors_of_another_area_are_not_found():
    guarantor = make_guarantor()
    stranger = make_officer(area=make_village("63100101"))

    assert not Guarantor.objects.for_user(stranger).exists()
    assert Guarantor.objects.for_user(make_officer(area=guarantor.debt.household.village)).get() == guarantor
