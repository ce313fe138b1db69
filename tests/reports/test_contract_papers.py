"""The papers of a contract as an officer opens them: contract, schedule, acknowledgement, release letter."""

import io
import subprocess
from datetime import date
from decimal import Decimal

import pypdf
import pytest
import segno
from django.conf import settings
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEvent
from accounts.roles import Role
from debts.consolidation import Consents, Family
from debts.models import ClauseText, Contract, PaperSeal
from debts.papers.content import content_of, paper_of
from debts.papers.seals import path_of, replace_schedule
from debts.papers.texts import approve
from reports.qr import QUIET_ZONE
from tests.factories import (
    SIGNED,
    make_clause,
    make_contract,
    make_debt,
    make_fund,
    make_guarantor,
    make_household,
    make_officer,
    make_return,
    make_village,
)
from tests.reading import fonts_of, one_line, text_of

pytestmark = pytest.mark.django_db
PAPERS = ["contract-paper", "schedule-paper", "acknowledgement-paper", "release-paper"]
KINDS = dict(zip(PAPERS, ["contract", "schedule", "acknowledgement", "release"], strict=True))
ID, FULL, MASKED = "1101700230708", "1-1017-00230-70-8", "x-xxxx-xxxxx-70-8"
MILLIMETRE = 300 / 25.4  # dots, as the papers are scanned below


@pytest.fixture
def officer(client):
    officer = make_officer(area=make_village())
    client.force_login(officer)
    return officer


@pytest.fixture
def contract():
    """A guaranteed old debt of 20,000 baht and one of 12,000, with the consent of the husband."""
    village_fund = make_fund(name="กองทุนหมู่บ้านหนองฮะ")
    savings = make_fund(village_fund.centre, "savings_group", name="กลุ่มออมทรัพย์บ้านหนองฮะ")
    household = make_household(village_fund.centre.village, house_number="18")
    free = {"rate_percent": Decimal(0)}
    debts = [
        make_debt(household, village_fund, "20000", number="5/2558", **free),
        make_debt(household, savings, "12000", number="9/2558", **free),
    ]
    going, leaving = make_guarantor(debts[0], "นายบุญมา ใจดี"), make_guarantor(debts[1], "นางสี ใจงาม")
    consents = Consents({going.pk: "consents", leaving.pk: "released"}, Family("นายคำ ทองสุข", "spouse"))
    return make_contract(debts, village_fund, consents=consents)


def row_of(name, contract):
    if name != "release-paper":
        return contract
    merged = contract.merged_debts.get(debt__number="9/2558")
    return merged.paper_returns.filter(is_replaced=False).first() or make_return(merged)


def open_paper(client, name, contract) -> bytes:
    response = client.get(reverse(f"reports:{name}", args=[row_of(name, contract).pk]))
    assert response.status_code == 200
    return response.content


def seal_of(name, contract) -> PaperSeal:
    return PaperSeal.objects.get(contract=contract, kind=KINDS[name], replaced_on=None)


def scan(content: bytes) -> Image.Image:
    """The first page as a scanner sees it, at 300 dots an inch."""
    page = subprocess.run(
        ["pdftoppm", "-r", "300", "-gray", "-f", "1", "-l", "1", "-"],
        input=content,
        capture_output=True,
        check=True,
    ).stdout
    return Image.open(io.BytesIO(page)).point(lambda grey: 255 * (grey > 127))


def qr_on(page: Image.Image, modules: int) -> tuple[list[list[int]], float]:
    """The QR code at the left of the head, sampled in the middle of each module, and its width in mm."""
    strip = page.crop((int(27 * MILLIMETRE), 0, int(54 * MILLIMETRE), page.height // 3))
    top = next(y for y in range(strip.height) if _is_edge(strip, y))
    dark = _dark(strip, top)
    left, width = dark[0], dark[-1] + 1 - dark[0]
    middle = [(number + 0.5) * width / modules for number in range(modules)]
    matrix = [[int(not strip.getpixel((int(left + x), int(top + y)))) for x in middle] for y in middle]
    return matrix, width / MILLIMETRE


def _dark(strip, y) -> list[int]:
    return [x for x in range(strip.width) if not strip.getpixel((x, y))]


def _is_edge(strip, y) -> bool:
    """Whether the row shows the upper edge of the code: much ink, though no line across."""
    dark = _dark(strip, y)
    return len(dark) > strip.width // 4 and dark[-1] < strip.width - 1


@pytest.mark.parametrize("name", PAPERS)
def test_the_qr_code_on_paper_is_large_and_reads_as_the_public_address_of_the_paper(
    client, officer, contract, name
):
    content = open_paper(client, name, contract)
    address = settings.PUBLIC_URL + path_of(seal_of(name, contract))
    wanted = segno.make_qr(address, error="q", boost_error=False)

    matrix, width = qr_on(scan(content), len(wanted.matrix))

    assert matrix == [list(row) for row in wanted.matrix]
    assert wanted.error in "MQ"
    assert width >= 20
    assert QUIET_ZONE == 4


@pytest.mark.parametrize("name", PAPERS)
def test_the_code_on_each_paper_is_that_of_its_seal(client, officer, contract, name):
    text = text_of(open_paper(client, name, contract))

    code = seal_of(name, contract).code
    pages = [page for page in text.split("\f") if page.strip()]
    assert f"รหัสต้องตรงกับ\n{code}" in text
    assert all(f"รหัสเอกสาร {code}" in page for page in pages)
    assert "ข้อมูลเปลี่ยนหลังออกเอกสาร" not in text


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_whose_words_changed_since_says_so_and_shows_another_code(client, officer, contract, name):
    open_paper(client, name, contract)
    contract.debt.borrower.__class__.objects.filter(pk=contract.debt.borrower_id).update(last_name="ทองใหม่")

    text = text_of(open_paper(client, name, contract))

    assert "ข้อมูลเปลี่ยนหลังออกเอกสาร" in text
    assert seal_of(name, contract).code not in text


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_tagged_and_the_same_each_time(client, officer, contract, name):
    first, again = open_paper(client, name, contract), open_paper(client, name, contract)

    reader = pypdf.PdfReader(io.BytesIO(first))
    assert first == again
    assert reader.root_object["/Lang"] == "th"
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()
    assert "/StructTreeRoot" in reader.root_object
    assert set(fonts_of(first)) == {"Sarabun", "Sarabun-Bold"}
    assert "คิวอาร์โค้ดสำหรับตรวจสอบเอกสารนี้".encode("utf-16-be") in _alternatives(reader)


def _alternatives(reader) -> bytes:
    """The words that stand for pictures, of the whole tree."""
    found, waiting = b"", [reader.root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found += str(node.get("/Alt", "")).encode("utf-16-be")
            waiting += [node["/K"]] if "/K" in node else []
    return found


def joined(text: str) -> str:
    """Without spaces and line ends: cells of a table are narrow."""
    return "".join(text.split())


WORDS = {
    "contract-paper": (
        "ข้อ ๒ การรวมหนี้เป็นสัญญาเดียว",
        "๓๒,๐๐๐.๐๐ บาท",
        "สามหมื่นสองพันบาทถ้วน",
        "นายบุญมา ใจดี (ยินยอมและค้ำประกันต่อ)",
        "นางสี ใจงาม (หลุดพ้นจากการค้ำประกัน)",
        "คู่สมรสหรือทายาทผู้ให้ความยินยอม นายคำ ทองสุข (คู่สมรส)",
        "อากรแสตมป์ ๑๖.๐๐ บาท",
    ),
    "schedule-paper": ("ตารางผ่อนชำระ", "รวม 24 งวด", "32,000.00", "นางแก้ว ทองสุข"),
    "acknowledgement-paper": (
        "หนังสือรับสภาพหนี้",
        "มาตรา ๑๙๓/๑๔",
        "รวม ๓๒,๐๐๐.๐๐ บาท (สามหมื่นสองพันบาทถ้วน)",
        "9/2558",
        "สัญญาปรับโครงสร้างหนี้ เลขที่ ๑/๒๕๖๐",
    ),
    "release-paper": (
        "หนังสือปลดภาระสัญญาเดิม",
        "กลุ่มออมทรัพย์บ้านหนองฮะ",
        "สัญญาเดิมเลขที่ ๙/๒๕๕๘",
        "ลงวันที่ ๘ มีนาคม ๒๕๕๘",
        "๑๒,๐๐๐.๐๐ บาท (หนึ่งหมื่นสองพันบาทถ้วน)",
        "ผู้ค้ำประกันของสัญญาเดิม นางสี ใจงาม",
        "คืนสัญญาเดิมให้ลูกหนี้แล้ว เมื่อวันที่ ๑๕ มิถุนายน ๒๕๖๐ ผู้รับ นางแก้ว ทองสุข",
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_words_of_each_paper_copy_out_as_they_were_written(client, officer, contract, name):
    text = joined(text_of(open_paper(client, name, contract)))

    assert [words for words in WORDS[name] if joined(words) not in text] == []


def test_only_the_guarantors_who_go_on_sign_the_contract(client, officer, contract):
    text = one_line(text_of(open_paper(client, "contract-paper", contract)))

    assert "(นายบุญมา ใจดี)" in text
    assert "(นางสี ใจงาม)" not in text
    assert "(นายคำ ทองสุข (คู่สมรส))" in text


def test_a_text_is_a_draft_on_paper_until_the_province_approves_it(client, officer):
    fund = make_fund()
    before = make_contract([make_debt(fund=fund)])
    text = make_clause(word="ข้อ ๑๑ เรื่องอื่น | ตามมติของหมู่บ้าน", by=make_officer(Role.PROVINCIAL_STAFF))
    approve(text=text, version=text.version, by=make_officer(Role.PROVINCIAL_HEAD))
    after = make_contract([make_debt(fund=fund)])

    old, new = (one_line(text_of(open_paper(client, "contract-paper", each))) for each in (before, after))

    assert "ฉบับร่าง • ร่างข้อความ ต้องตรวจโดยผู้มีอำนาจ (ข้อความฉบับที่ ๒)" in old
    assert "ตามมติของหมู่บ้าน" not in old
    assert "ร่าง" not in new.replace("โครงสร้าง", "")
    assert "ข้อ ๑๑ เรื่องอื่น ตามมติของหมู่บ้าน" in new


def test_the_preview_fills_every_part_with_invented_values_and_is_marked(client):
    text = make_clause()
    client.force_login(make_officer(Role.PROVINCIAL_HEAD))

    shown = one_line(text_of(client.get(reverse("reports:clause-preview", args=[text.pk])).content))

    assert "ตัวอย่างด้วยข้อมูลสมมติ" in shown
    assert "ฉบับร่าง • ร่างข้อความ ต้องตรวจโดยผู้มีอำนาจ" in shown
    assert "มาตรา ๖๕๕" in shown
    assert "เจ้าหนี้ไม่คิดดอกเบี้ย" in shown
    assert "นางตัวอย่าง ใจดี" in shown


def test_the_acknowledgement_to_sign_names_the_id_and_is_recorded(client, officer, contract):
    contract.debt.borrower.set_national_id(ID)
    contract.debt.borrower.save()
    url = reverse("reports:acknowledgement-paper", args=[contract.pk])

    copy, signed = text_of(client.get(url).content), text_of(client.post(url).content)

    assert (MASKED in copy, FULL in copy, "สำเนา" in copy) == (True, False, True)
    assert (FULL in signed, "สำเนา" in signed) == (True, False)
    assert seal_of("acknowledgement-paper", contract).code in copy
    assert seal_of("acknowledgement-paper", contract).code in signed
    assert AuditEvent.objects.filter(action="print_acknowledgement").count() == 1


def test_a_replaced_schedule_prints_with_its_new_code(client, officer, contract):
    contract.instalments.filter(number=24).update(due_on=date(2019, 8, 15))
    replace_schedule(contract=contract, on=SIGNED)

    text = text_of(open_paper(client, "schedule-paper", contract))

    assert "15 ส.ค. 2562" in text
    assert seal_of("schedule-paper", contract).code in text
    assert "ข้อมูลเปลี่ยนหลังออกเอกสาร" not in text


def test_a_contract_of_before_there_were_seals_prints_without_a_qr_code(client, officer):
    contract = make_contract()
    contract.seals.all().delete()

    text = text_of(open_paper(client, "contract-paper", contract))

    assert "สแกนเพื่อตรวจสอบเอกสาร" not in text
    assert "ฉบับร่าง" in text
    assert Contract.objects.get().seals.count() == 0


CODES = {
    "contract-paper": "4A1D-013B-F8DE-4501",
    "schedule-paper": "6561-8B1E-A4ED-FA02",
    "acknowledgement-paper": "23FC-A2BE-21FE-151F",
    "release-paper": "B454-8119-0331-7E0B",
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_new_version_of_the_system_prints_the_same_codes_on_papers_of_before(contract, name):
    """Whoever changes how a paper's values are written changes the codes of papers that were signed."""
    row_of(name, contract)

    assert seal_of(name, contract).code == CODES[name]


def test_a_contract_that_was_signed_with_the_first_text_keeps_its_code(contract):
    first = ClauseText.objects.get(kind="contract", number=1, province=None)

    assert content_of("contract", paper_of("contract", contract), first).code == "043B-3642-09E4-897A"


def test_the_contract_names_the_order_of_payment_of_its_lender(client, officer):
    fund = make_fund()
    fund.rules.update(payment_order="principal,interest,apart,penalty")

    text = one_line(text_of(open_paper(client, "contract-paper", make_contract([make_debt(fund=fund)]))))

    assert "ให้ตัดเงินต้น ดอกเบี้ย ดอกเบี้ยที่แยกไว้ และค่าปรับ" in text
