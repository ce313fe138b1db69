"""The three papers as an officer opens them."""

import io
from datetime import date

import pypdf
import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from debts.consolidation import cancel
from debts.models import Contract
from tests.factories import (
    AS_OF,
    make_centre,
    make_contract,
    make_debt,
    make_fund,
    make_guarantor,
    make_household,
    make_officer,
    make_photo,
    make_recorded_visit,
    make_village,
)
from tests.reading import fonts_of, one_line, page_count, text_of
from tests.reports.nong_ha import HOUSEHOLDS, make_nong_ha

pytestmark = pytest.mark.django_db
ID = "1101700230708"
FULL, MASKED = "1-1017-00230-70-8", "x-xxxx-xxxxx-70-8"


@pytest.fixture
def officer(client):
    officer = make_officer(area=make_village())
    client.force_login(officer)
    return officer


def open_paper(client, name, row, **query):
    response = client.get(reverse(f"reports:{name}", args=[row.pk]), query)
    assert response.status_code == 200
    return response.content


def make_identified_contract() -> Contract:
    contract = make_contract()
    contract.debt.borrower.set_national_id(ID)
    contract.debt.borrower.save()
    return contract


def test_the_table_is_the_nong_ha_form(client, officer):
    content = open_paper(client, "contracts-paper", make_nong_ha())

    text = text_of(content, "-layout")
    assert page_count(content) == 1
    for name, house, *_ in HOUSEHOLDS:
        assert name in text
        assert house in text
    assert "รวม 15 ครัวเรือน" in text
    assert text.count("607,200.00") == 2
    assert "กองทุนหมู่บ้าน 11 สัญญา 556,000.00 บาท" in text
    assert "กลุ่มออมทรัพย์เพื่อการผลิต 3 สัญญา 40,200.00 บาท" in text
    assert "กองทุน กข.คจ. 1 สัญญา 11,000.00 บาท" in text


def test_the_table_of_many_contracts_has_one_total_and_a_head_on_each_page(client, officer):
    centre = make_nong_ha()
    lender = centre.funds.first()
    for number in range(30):
        make_contract([make_debt(make_household(centre.village, house_number=f"{100 + number}"), lender)])

    content = open_paper(client, "contracts-paper", centre)

    text = text_of(content, "-layout")
    with_rows = [page for page in text.split("\f") if "นางแก้ว ทองสุข" in page]
    assert len(with_rows) > 1
    assert all(page.count("แหล่งกู้ยืมใหม่") == 1 for page in with_rows)
    assert text.count("รวม 45 ครัวเรือน") == 1


def test_more_than_three_old_lenders_are_named_in_one_column(client, officer):
    centre = make_centre()
    household = make_household(centre.village)
    funds = [make_fund(centre, "occupation_group", name=f"กลุ่มอาชีพที่ {number}") for number in range(4)]
    make_contract([make_debt(household, fund) for fund in funds], funds[0])

    text = text_of(open_paper(client, "contracts-paper", centre))

    assert "กลุ่มอาชีพที่ 0/กลุ่มอาชีพที่ 1" in one_line(text)


def test_a_cancelled_contract_leaves_the_table_on_the_day_it_ended(client, officer):
    contract = make_contract()
    cancel(contract=contract, reason="ลงยอดผิด", on=date(2017, 8, 1), by=officer)

    before, after = (
        text_of(open_paper(client, "contracts-paper", contract.centre, on=day, year="2560"))
        for day in ("31/7/2560", "1/8/2560")
    )

    assert "รวม 1 ครัวเรือน" in before
    assert "ไม่มีสัญญา" in after


@pytest.mark.parametrize("query", [{"on": "31/2/2560"}, {"on": "<script>"}, {"year": "๑๒"}, {"year": "x"}])
def test_a_day_or_year_that_is_none_is_refused(client, officer, query):
    response = client.get(reverse("reports:contracts-paper", args=[make_centre().pk]), query)

    assert response.status_code == 400


def test_the_register_lists_every_debt_of_the_day(client, officer):
    content = open_paper(client, "register-paper", make_nong_ha(), on="30/4/2560")

    text = text_of(content, "-layout")
    assert page_count(content) == 2
    assert all(name in text for name, *_ in HOUSEHOLDS)
    assert text.count("ยอดยกไป") == text.count("ยอดยกมา") == 1
    assert "รวมทั้งสิ้น 15 ครัวเรือน 36 สัญญา" in text
    assert "607,200.00" in text


def test_the_register_after_the_merge_lists_the_new_contracts(client, officer):
    text = text_of(open_paper(client, "register-paper", make_nong_ha(), on="15/6/2560"), "-layout")

    assert "รวมทั้งสิ้น 15 ครัวเรือน 15 สัญญา" in text
    assert "607,200.00" in text


def test_a_register_of_300_debts_carries_its_sums_from_page_to_page(client, officer):
    centre = make_centre()
    funds = [make_fund(centre, kind) for kind in ("village_fund", "savings_group", "poverty_project")]
    for number in range(100):
        household = make_household(centre.village, house_number=f"{number}/1")
        for fund in funds:
            make_debt(household, fund, principal="1000.10", interest="0.05", by=officer)

    content = open_paper(client, "register-paper", centre, on="30/4/2560")

    text = text_of(content, "-layout")
    assert page_count(content) == 13
    assert text.count("ยอดยกไป") == text.count("ยอดยกมา") == 12
    assert "24,002.40" in text
    assert "300,030.00" in text
    assert "300,045.00" in text


def test_opening_a_contract_shows_a_copy_with_the_id_masked_and_writes_nothing(client, officer):
    content = open_paper(client, "contract-paper", make_identified_contract())

    text = text_of(content)
    assert MASKED in text
    assert FULL not in text
    assert "สำเนา" in text
    assert not AuditEvent.objects.filter(action="print_contract").exists()


def test_the_contract_to_sign_names_the_id_and_is_recorded(client, officer):
    contract = make_identified_contract()

    response = client.post(reverse("reports:contract-paper", args=[contract.pk]))

    text = text_of(response.content)
    assert FULL in text
    assert "สำเนา" not in text
    event = AuditEvent.objects.get(action="print_contract")
    assert (event.officer, event.target) == (officer, str(contract))
    assert ID not in str(event.detail)


def test_whoever_may_not_reveal_an_id_prints_no_contract_to_sign(client):
    contract = make_identified_contract()
    client.force_login(make_officer(Role.PROVINCIAL_HEAD, area=contract.household.village))

    assert client.post(reverse("reports:contract-paper", args=[contract.pk])).status_code == 403
    assert client.get(reverse("reports:contract-paper", args=[contract.pk])).status_code == 200


def test_the_contract_says_everything_that_was_agreed(client, officer):
    text = one_line(text_of(open_paper(client, "contract-paper", make_identified_contract())))

    for words in (
        "ร่างข้อความ ต้องตรวจโดยผู้มีอำนาจ",
        "สัญญาเลขที่ ๑/๒๕๖๐",
        "วันที่ ๑๕ เดือน มิถุนายน พ.ศ. ๒๕๖๐",
        "นางแก้ว ทองสุข",
        "๓๕,๐๐๐.๐๐ บาท",
        "สามหมื่นห้าพันบาทถ้วน",
        "อัตราร้อยละ ๖ ต่อปี",
        "๑,๖๓๓.๓๓ บาท",
        "๑,๔๖๕.๗๐ บาท",
        "อากรแสตมป์ ๑๘.๐๐ บาท",
        "มาตรา ๖๕๔",
        "ลายพิมพ์นิ้วมือ",
        "สองฉบับ",
        "2,187.52",
        "ค้ำประกัน",
    ):
        assert words in text, words


def test_a_cancelled_contract_says_so(client, officer):
    contract = make_contract()
    cancel(contract=contract, reason="ลงยอดผิด", on=date(2017, 8, 1), by=officer)

    text = text_of(open_paper(client, "contract-paper", contract))

    assert "ยกเลิกแล้ว" in text
    assert "ลงยอดผิด" in text


def test_what_villagers_are_called_is_text_on_paper(client, officer):
    contract = make_contract()
    borrower = contract.debt.borrower
    borrower.first_name, borrower.last_name = "<script>1</script>", "{{7*7}}"
    borrower.save()

    text = text_of(open_paper(client, "contract-paper", contract))

    assert "<script>1</script> {{7*7}}" in one_line(text)


@pytest.mark.parametrize("name", ["contracts-paper", "register-paper", "contract-paper"])
def test_every_paper_is_private_tagged_and_the_same_each_time(client, officer, name):
    centre = make_nong_ha()
    row = Contract.objects.first() if name == "contract-paper" else centre
    url = reverse(f"reports:{name}", args=[row.pk])

    response, again = client.get(url), client.get(url)

    assert response.content == again.content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    assert reader.root_object["/Lang"] == "th"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.metadata.title
    assert set(fonts_of(response.content)) == {"Sarabun", "Sarabun-Bold"}


def test_a_paper_costs_the_same_queries_however_many_rows(client, officer, django_assert_max_num_queries):
    centre = make_nong_ha()

    with django_assert_max_num_queries(14):
        open_paper(client, "register-paper", centre, on=str(AS_OF))
    with django_assert_max_num_queries(14):
        open_paper(client, "contracts-paper", centre)


def test_the_visit_report_shows_its_photos_and_says_that_it_is_a_draft(client, officer):
    visit = make_recorded_visit(text="กรรมการประชุมทุกเดือน", by=officer)
    for colour in ("navy", "teal"):
        make_photo(visit, colour=colour, caption=f"ภาพ {colour}", by=officer)

    content = open_paper(client, "visit-paper", visit)

    text = text_of(content)
    assert "ฉบับร่าง" in text
    assert "กรรมการประชุมทุกเดือน" in text
    assert {"ภาพ navy", "ภาพ teal"} <= set(text.split("\n"))
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages[0].images) == 2  # pages share their pictures
    assert content == open_paper(client, "visit-paper", visit)


def test_the_contract_names_the_old_guarantors_to_sign_and_how_interest_was_counted(client, officer):
    debt = make_guarantor(make_debt(principal="35000"), "นายบุญมา ใจดี").debt
    make_guarantor(debt, "นางสี ใจงาม")

    text = one_line(text_of(open_paper(client, "contract-paper", make_contract([debt]))))

    assert "ผู้ค้ำประกันของสัญญาเดิม" in text
    assert text.count("นายบุญมา ใจดี") == text.count("นางสี ใจงาม") == 2
    assert "(ต้นคงที่)" in text
