"""An import is taken back as a whole: as if it had never come, and everything of it can be proved."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from debts.cases.selection import select
from debts.imports.files import CannotImport
from debts.imports.withdrawal import withdraw_import
from debts.ledger_proofs import PROOFS
from debts.models import Debt, Entry, RegisterFile
from debts.progress import standing_of
from debts.repayment import reverse_payment
from households.models import Household, Person
from monitoring.centre_figures import figures_of
from tests.debts.nong_ha import bring_in, keep_sample, make_nong_ha
from tests.factories import (
    SIGNED,
    make_contract,
    make_debt,
    make_household,
    make_officer,
    make_payment,
    make_person,
)

pytestmark = pytest.mark.django_db
REASON = "เลือกไฟล์ผิดศูนย์ฯ"


@pytest.fixture
def nong_ha():
    return make_nong_ha()


@pytest.fixture
def file(nong_ha):
    file = keep_sample(nong_ha)
    bring_in(file)
    return file


def take_back(file, **options):
    options = {"reason": REASON, "by": file.uploaded_by, **options}
    return withdraw_import(file=file, **options)


def assert_ledger_is_proved():
    assert {proof.promise: proof.failures() for proof in PROOFS} == {proof.promise: [] for proof in PROOFS}


def text_of(response) -> str:
    return response.content.decode()


def test_everything_that_came_with_the_file_is_gone_and_the_ledger_still_proves_it(file):
    done = take_back(file)

    assert (done.debts, done.households, done.people) == (36, 15, 15)
    assert not Debt.objects.exists()
    assert not Household.objects.exists()
    assert not Person.objects.exists()
    assert Debt.everything.filter(outstanding=0).count() == 36
    assert Entry.objects.filter(kind=Entry.Kind.REVERSAL).count() == 36
    assert_ledger_is_proved()


def test_nothing_was_owed_on_any_day(file, nong_ha):
    household = Household.objects.first()

    take_back(file)

    for day in (file.as_of_on, date(2020, 1, 1)):
        assert figures_of(nong_ha, on=day).outstanding == 0
        assert figures_of(nong_ha, on=day).debtors == 0
        assert standing_of(household, on=day).debts == []


def test_the_same_file_can_be_imported_again(file, nong_ha):
    take_back(file)

    again = keep_sample(nong_ha)
    imported = bring_in(again)

    assert again != file
    assert (imported.debts, imported.households, imported.total) == (36, 15, Decimal("607200.00"))
    assert Debt.objects.count() == 36
    assert_ledger_is_proved()


def test_it_is_taken_back_once(file):
    take_back(file)

    with pytest.raises(CannotImport, match="ถูกยกเลิกแล้วเมื่อ"):
        take_back(file)


def test_what_was_not_imported_can_not_be_taken_back(nong_ha):
    file = keep_sample(nong_ha)

    with pytest.raises(CannotImport, match="ยังไม่ได้นำเข้า"):
        take_back(file)


def test_a_reason_is_needed(file):
    with pytest.raises(CannotImport, match="ระบุเหตุผล"):
        take_back(file, reason=" ")


def test_a_payment_hinders_and_is_named(file):
    debt = Debt.objects.get(number="02/2557", fund__kind="savings_group")
    payment = make_payment(debt, on=SIGNED)

    with pytest.raises(CannotImport, match=f"หนี้ 1 รายการ.*02/2557 .{payment}"):
        take_back(file)

    assert Debt.objects.count() == 36


def test_a_payment_that_was_taken_back_is_history_and_still_hinders(file):
    payment = make_payment(Debt.objects.first(), on=SIGNED)
    reverse_payment(payment=payment, reason="ผิด", on=SIGNED, by=payment.by)

    with pytest.raises(CannotImport, match="หนี้ 1 รายการ"):
        take_back(file)


def test_a_contract_hinders_and_is_named(file):
    household = Household.objects.filter(debts__isnull=False).first()
    contract = make_contract(list(household.debts.all()), by=file.uploaded_by)

    with pytest.raises(CannotImport, match=str(contract)):
        take_back(file)


def test_a_case_hinders_and_its_household_is_named(file):
    household = Household.objects.exclude(house_number="").first()
    select(household=household, on=SIGNED, by=file.uploaded_by)

    with pytest.raises(CannotImport, match=f"1 ครัวเรือนเข้ากระบวนการ.*{household.house}"):
        take_back(file)


def test_a_household_that_was_there_before_stays(nong_ha):
    known = make_household(nong_ha.village, head="นางดอกรัก ใจงาม", house_number="")
    file = keep_sample(nong_ha)
    bring_in(file)

    done = take_back(file)

    assert (done.households, done.people) == (14, 14)
    assert list(Household.objects.all()) == [known]


def test_a_household_with_something_else_stays_with_its_head(file):
    household = Household.objects.first()
    kept = household.head
    make_debt(household, file.centre.funds.first(), borrower=make_person(household))

    done = take_back(file)

    assert done.households == 14
    assert list(Household.objects.all()) == [household]
    assert kept in Person.objects.all()


def test_who_took_it_back_and_why_is_recorded(file):
    take_back(file)

    event = AuditEvent.objects.get(action="register-withdraw")
    assert event.officer == file.uploaded_by
    assert (event.detail["debts"], event.detail["total"], event.detail["reason"]) == (36, "607200.00", REASON)


def test_the_page_takes_it_back_with_a_reason(sign_in, file, nong_ha):
    office = sign_in(make_officer(Role.DISTRICT_HEAD, area=nong_ha.village))
    page = reverse("debts:registerfile-withdraw", args=[file.pk])

    without = office.post(page, {"reason": ""})
    done = office.post(page, {"reason": REASON}, follow=True)

    assert "ระบุเหตุผลที่ยกเลิกการนำเข้า" in text_of(without)
    assert "ยกเลิกการนำเข้าหนี้ 36 รายการ" in text_of(done)
    assert REASON in text_of(done)
    assert "36" in text_of(done)


def test_only_the_head_of_the_district_may(sign_in, file, nong_ha):
    office = sign_in(make_officer(Role.DISTRICT_OFFICER, area=nong_ha.village))

    response = office.post(reverse("debts:registerfile-withdraw", args=[file.pk]), {"reason": REASON})

    assert response.status_code == 403
    assert "ยกเลิกการนำเข้าทั้งชุด" not in text_of(office.get(reverse("debts:registerfile", args=[file.pk])))


def test_a_refusal_is_shown_above_the_reason(sign_in, file, nong_ha):
    make_payment(Debt.objects.first(), on=SIGNED)
    office = sign_in(make_officer(Role.DISTRICT_HEAD, area=nong_ha.village))

    response = office.post(reverse("debts:registerfile-withdraw", args=[file.pk]), {"reason": REASON})

    assert "หนี้ 1 รายการมีการรับชำระหรือทำสัญญาแล้ว" in text_of(response)
    assert REASON in text_of(response)


def test_the_debt_is_shown_on_its_own_page_only(sign_in, file, nong_ha):
    debt = Debt.objects.first()
    take_back(file)
    office = sign_in(make_officer(Role.DISTRICT_HEAD, area=nong_ha.village))

    own = text_of(office.get(reverse("debts:debt", args=[debt.pk])))
    others = [
        office.get(reverse(name, args=[pk]))
        for name, pk in (
            ("debts:debt-edit", debt.pk),
            ("debts:payment-new", debt.pk),
            ("debts:household", debt.household_id),
            ("households:household", debt.household_id),
        )
    ]

    assert "ยกเลิกการนำเข้า" in own
    assert REASON in own
    assert "บันทึกการชำระ" not in own
    assert [response.status_code for response in others] == [404] * 4
    for name in ("debts:debts", "households"):
        assert "พบ 0" in text_of(office.get(reverse(name)))


def test_a_paper_taken_back_may_be_written_down_again(file):
    old = Debt.objects.exclude(number="").first()
    take_back(file)

    again = make_debt(
        make_household(old.household.village), old.fund, number=old.number, borrower=old.borrower
    )

    assert again.number == old.number


def test_a_file_taken_back_stays_in_the_list_of_files(sign_in, file, nong_ha):
    take_back(file)
    office = sign_in(make_officer(area=nong_ha.village))

    assert file.name in text_of(office.get(reverse("debts:register-files")))
    assert RegisterFile.objects.standing().count() == 0
