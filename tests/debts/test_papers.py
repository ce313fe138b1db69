"""What the law asks of a contract: consents, old papers given back, stamp duty, the signed scan."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from config.pictures import CannotAttach
from debts.consolidation import CannotConsolidate, cancel
from debts.models import Contract, PaperReturn, PaperSeal, StampDuty
from debts.papers.consents import Consents, Family
from debts.papers.duty import CannotPayDuty, duty_of, pay_duty
from debts.papers.law import law_of
from debts.papers.returns import CannotRecord, old_papers, progress_of
from debts.papers.scans import attach_signed
from households.documents import remove
from households.models import Document
from tests.factories import (
    SIGNED,
    make_consents,
    make_contract,
    make_debt,
    make_fund,
    make_guarantor,
    make_household,
    make_officer,
    make_picture,
    make_return,
)
from tests.reports.nong_ha import make_nong_ha

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def contract():
    """Three old debts of one household in one contract."""
    fund = make_fund()
    household = make_household(fund.centre.village)
    return make_contract(
        [make_debt(household, fund, principal="10000", rate_percent=Decimal(0)) for _ in range(3)], fund
    )


def paid(contract, amount="18", on=SIGNED, note=""):
    return pay_duty(contract=contract, amount=Decimal(amount), on=on, note=note, by=contract.signed_by)


def text_of(response):
    return response.content.decode()


# --- Consents --------------------------------------------------------------------------------------


def test_a_guarantor_who_was_not_asked_stops_the_contract_by_name():
    debt = make_guarantor(make_debt(), "นายบุญมา ใจดี").debt

    with pytest.raises(CannotConsolidate, match="ระบุการดำเนินการกับผู้ค้ำประกันของหนี้เดิม: นายบุญมา ใจดี"):
        make_contract([debt], consents=Consents(family=Family(reason="โสด")))

    assert not Contract.objects.exists()


def test_many_guarantors_are_counted_not_all_named():
    debt = make_debt()
    for number in range(5):
        make_guarantor(debt, f"นายคนที่{number} ใจดี")

    with pytest.raises(CannotConsolidate, match="และอีก 2 คน"):
        make_contract([debt], consents=Consents(family=Family(reason="โสด")))


@pytest.mark.parametrize("answer", ["", "maybe", None])
def test_an_answer_that_is_none_stops_the_contract(answer):
    debt = make_guarantor().debt

    with pytest.raises(CannotConsolidate, match="ผู้ค้ำประกัน"):
        make_contract([debt], consents=make_consents([debt], answer=answer))


@pytest.mark.parametrize(
    "family", [Family(), Family(name="นายมี ใจดี"), Family("นายมี", "spouse", "มีด้วย"), Family(relation="spouse")]
)
def test_the_family_agrees_or_there_is_a_reason(family):
    with pytest.raises(CannotConsolidate, match="คู่สมรสหรือทายาท"):
        make_contract(consents=Consents(family=family))


def test_answers_keep_the_name_that_was_on_the_paper():
    guarantor = make_guarantor()
    contract = make_contract([guarantor.debt])
    guarantor.delete()

    answer = contract.guarantor_answers.get()
    assert (answer.name, answer.debt, answer.signs) == ("นายบุญมา ใจดี", guarantor.debt, True)


# --- Old papers ------------------------------------------------------------------------------------


def test_progress_counts_what_was_returned_and_what_is_known(contract):
    first, second, _ = contract.merged_debts.all()
    make_return(first)
    make_return(second, fate="lost", received_by="")

    progress = progress_of(old_papers(contract))

    assert (progress.returned, progress.told, progress.papers, progress.is_done) == (1, 2, 3, False)


def test_a_correction_stands_beside_what_was_written_before(contract):
    merged = contract.merged_debts.first()
    make_return(merged, fate="lost", received_by="")
    make_return(merged, on=SIGNED + DAY, received_by="นายมี ใจดี")

    standing = PaperReturn.objects.standing().get()
    assert (standing.fate, standing.received_by) == ("returned", "นายมี ใจดี")
    assert PaperReturn.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"received_by": ""}, "ระบุผู้รับสัญญาเดิม"),
        ({"on": SIGNED - DAY}, "ระบุวันที่ตั้งแต่วันทำสัญญา 15 มิ.ย. 2560"),
    ],
)
def test_a_return_says_to_whom_and_lies_after_the_signing(contract, fields, message):
    with pytest.raises(CannotRecord, match=message):
        make_return(contract.merged_debts.first(), **fields)


def test_a_cancelled_contract_gives_no_paper_back_and_says_what_was_given(contract):
    first, second, _ = contract.merged_debts.all()
    make_return(first)
    cancel(contract=contract, reason="ผิด", on=SIGNED, by=contract.signed_by)

    with pytest.raises(CannotRecord, match="สัญญานี้ยกเลิกแล้ว"):
        make_return(second)

    contract.refresh_from_db()
    assert law_of(contract, on=SIGNED).must_write_anew


# --- Stamp duty ------------------------------------------------------------------------------------


def test_the_fifteen_contracts_of_nong_ha_carry_307_baht():
    make_nong_ha()

    assert sum(duty_of(contract) for contract in Contract.objects.all()) == Decimal("307.00")


def test_duty_is_recorded_and_a_correction_is_on_the_record():
    contract = make_contract()
    paid(contract)
    paid(contract, on=SIGNED + DAY)

    assert StampDuty.objects.get().on == SIGNED + DAY
    details = AuditEvent.objects.filter(action="stamp-duty").order_by("pk").values_list("detail", flat=True)
    assert [detail["before"] for detail in details] == [None, {"amount": "18.00", "on": str(SIGNED)}]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"amount": "17.99"}, "อากรแสตมป์ของสัญญานี้ 18.00 บาท"),
        ({"amount": "36"}, "ระบุหมายเหตุ"),
        ({"on": SIGNED - DAY}, "ตั้งแต่วันทำสัญญา"),
    ],
)
def test_duty_is_never_too_little_and_more_is_explained(fields, message):
    with pytest.raises(CannotPayDuty, match=message):
        paid(make_contract(), **fields)


def test_a_late_stamp_costs_more_and_says_why():
    assert paid(make_contract(), "36", note="เงินเพิ่มเสียอากรล่าช้า").amount == 36


# --- The signed paper ------------------------------------------------------------------------------


def test_a_signed_scan_is_a_document_of_the_household_and_is_kept_once(contract):
    for _ in range(2):
        attach_signed(contract=contract, upload=make_picture(), by=contract.signed_by)

    document = Document.objects.get()
    assert (document.kind, document.household) == ("signed", contract.household)
    assert contract.scans.get().document == document


def test_a_signed_scan_is_not_deleted(contract):
    scan = attach_signed(contract=contract, upload=make_picture(), by=contract.signed_by)

    with pytest.raises(CannotAttach, match="เป็นสัญญาที่ลงนามแล้วของครัวเรือน ลบไม่ได้"):
        remove(document=scan.document, by=contract.signed_by)


@pytest.mark.parametrize(("days", "is_late"), [(30, False), (31, True)])
def test_a_contract_without_a_signed_paper_is_pointed_out_after_thirty_days(contract, days, is_late):
    assert law_of(contract, on=SIGNED + timedelta(days)).has_no_scan is is_late

    attach_signed(contract=contract, upload=make_picture(), by=contract.signed_by)

    assert not law_of(contract, on=SIGNED + timedelta(days)).has_no_scan


# --- Pages -----------------------------------------------------------------------------------------


def test_the_contracts_page_leads_through_papers_duty_and_scan(contract, client):
    client.force_login(make_officer(area=contract.household.village))
    page = reverse("debts:contract", args=[contract.pk])
    merged = contract.merged_debts.first()

    before = text_of(client.get(page))
    client.post(
        reverse("debts:paper-return", args=[merged.pk]),
        {"fate": "returned", "on": "20/6/2560", "received_by": "นางแก้ว ทองสุข"},
    )
    client.post(reverse("debts:contract-duty", args=[contract.pk]), {"amount": "15", "on": "15/6/2560"})
    client.post(reverse("debts:contract-signed", args=[contract.pk]), {"content": make_picture()})
    after = text_of(client.get(page))

    assert "ทำสัญญาเกิน 30 วันแล้ว ยังไม่มีสัญญาที่ลงนาม" in before
    assert "คืนสัญญาเดิมแล้ว 0 จาก 3" in before
    assert "คืนสัญญาเดิมแล้ว 1 จาก 3" in after
    assert "หนังสือปลดภาระ PDF" in after
    assert "ปิดแล้ว" in after
    assert "ยังไม่มีสัญญาที่ลงนาม" not in after


def test_a_return_of_no_sense_is_said_above_the_form(contract, client):
    client.force_login(make_officer(area=contract.household.village))

    page = client.post(
        reverse("debts:paper-return", args=[contract.merged_debts.first().pk]),
        {"fate": "returned", "on": "20/6/2560", "received_by": ""},
    )

    assert "ระบุผู้รับสัญญาเดิม" in text_of(page)
    assert not PaperSeal.objects.filter(kind="release").exists()


def test_a_signed_contract_has_its_papers_sealed_on_the_day_of_signing(contract):
    seals = contract.seals.values_list("kind", "made_on", "replaced_on")

    assert set(seals) == {(kind, SIGNED, None) for kind in ("contract", "schedule", "acknowledgement")}
    assert date(2017, 6, 15) == SIGNED
