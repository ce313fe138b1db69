"""The main job in a browser: from the register of บ้านหนองฮะ to fifteen contracts, a visit and the overview."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from debts.models import Contract, Debt
from monitoring import issue_lists
from monitoring.models import Visit
from tests.browser.conftest import Browser
from tests.debts.nong_ha import FORM, REGISTER, SAMPLES, make_nong_ha
from tests.factories import PASSWORD, make_officer, make_picture, make_village
from tests.reading import one_line, text_of
from tests.reports.nong_ha import HOUSEHOLDS

VILLAGE = "33120603"
FINDING = "ประชุมทุกเดือน"
SUGGESTION = "ขยายผลไปยังบ้านใกล้เคียง"
LENDERS = {
    "กองทุนหมู่บ้าน": (11, "556,000.00"),
    "กลุ่มออมทรัพย์เพื่อการผลิต": (3, "40,200.00"),
    "กองทุน กข.คจ.": (1, "11,000.00"),
}
LISTS = [
    "funds:centres",
    "households",
    "debts:debts",
    "debts:contracts",
    "debts:register-files",
    "monitoring:visits",
    "monitoring:recommendations",
]


@pytest.fixture
def another_window(chromium, live_server):
    """Opens a window for another officer; none of them may see a fault."""
    opened = []

    def window(officer) -> Browser:
        opened.append(Browser(chromium, live_server))
        opened[-1].sign_in(officer)
        return opened[-1]

    yield window
    for each in opened:
        each.window.close()
    assert [fault for each in opened for fault in each.faults] == []


@pytest.mark.django_db(transaction=True)
def test_a_paper_register_becomes_fifteen_contracts_a_visit_report_and_the_overview(browser, another_window):
    village = make_village(VILLAGE, "บ้านหนองฮะ", subdistrict="ปราสาท", district="ห้วยทับทัน", province="ศรีสะเกษ")
    centre = make_nong_ha(code=VILLAGE)
    issue_lists.load()
    officer = make_officer(Role.DISTRICT_OFFICER, area=village, first_name="อรพิน")
    head = make_officer(Role.DISTRICT_HEAD, area=village, first_name="วิศาล")
    province = make_officer(Role.PROVINCIAL_STAFF, area=village, first_name="กัลยา")
    stranger = make_officer(
        Role.DISTRICT_OFFICER, area=make_village("33030101", "บ้านดูน", district="กันทรารมย์")
    )

    sign_in_by_the_form(browser, officer)
    bring_in_the_register(browser.page, centre)
    merge_one_household(browser.page, "นางดอกรัก ใจงาม")
    merge_the_others_from_the_form(browser.page, centre)
    read_the_list_of_contracts(browser.page)
    read_the_papers(browser, centre)
    send_a_visit(browser.page)
    certify_it(another_window(head))
    see_fifteen_in_the_overview(another_window(province))
    see_nothing(another_window(stranger), centre)


# --- The district officer --------------------------------------------------------------------------


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page, name: str) -> None:
    """Follow the first link of that name below the menu."""
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def choose_from_menu(page, name: str) -> None:
    page.get_by_role("navigation", name="เมนูหลัก").get_by_role("link", name=name, exact=True).click()


def main_text(page) -> str:
    return one_line(page.get_by_role("main").inner_text())


def sign_in_by_the_form(browser, officer) -> None:
    browser.open("/")
    browser.page.get_by_label("ชื่อผู้ใช้").fill(officer.username)
    browser.page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    press(browser.page, "เข้าสู่ระบบ")

    expect(browser.page.get_by_role("navigation", name="เมนูหลัก")).to_be_visible()


def choose_file(page, centre, name: str) -> None:
    """From the register to the preview of a file of `centre`."""
    choose_from_menu(page, "ทะเบียนลูกหนี้")
    follow(page, "นำเข้าจากไฟล์ Excel")
    page.get_by_label("ศูนย์จัดการกองทุนชุมชน").select_option(str(centre.pk))
    page.get_by_label("ไฟล์ทะเบียนลูกหนี้ หรือตาราง 1 ครัวเรือน 1 สัญญา").set_input_files(SAMPLES / name)
    press(page, "ตรวจข้อมูลก่อนนำเข้า")


def bring_in_the_register(page, centre) -> None:
    choose_file(page, centre, REGISTER)

    expect(page.get_by_text("15 ครัวเรือน").first).to_be_visible()
    expect(page.get_by_text("607,200.00 บาท").first).to_be_visible()
    assert not Debt.objects.exists()

    press(page, "นำเข้า 36 รายการ")

    expect(page.get_by_text("15 ครัวเรือน").first).to_be_visible()
    expect(page.get_by_text("607,200.00 บาท").first).to_be_visible()
    assert Debt.objects.count() == 36


def merge_one_household(page, name: str) -> None:
    choose_from_menu(page, "ครัวเรือน")
    page.get_by_role("row", name=name).get_by_role("link").first.click()
    follow(page, "เปิดหนี้ของครัวเรือน")
    follow(page, "คัดเลือกเป็นครัวเรือนเป้าหมาย")
    press(page, "คัดเลือกเป็นครัวเรือนเป้าหมาย")
    follow(page, "ปรับโครงสร้างหนี้")
    expect(page.get_by_text("35,000.00 บาท").first).to_be_visible()
    press(page, "ถัดไป: กำหนดเงื่อนไข")
    expect(page.get_by_text("• 24 งวด •")).to_be_visible()
    page.get_by_label("จำนวนงวด").clear()
    page.get_by_label("จำนวนงวด").press_sequentially("36")
    expect(page.get_by_text("• 36 งวด •")).to_be_visible()
    press(page, "ถัดไป: ตรวจสอบ")
    page.get_by_label("ลูกหนี้และเจ้าหนี้ตกลงตามเงื่อนไขนี้แล้ว").check()
    page.get_by_label("คณะกรรมการมีมติแล้ว").check()
    page.get_by_label("วันที่คณะกรรมการมีมติ").fill("15 มิ.ย. 2560")
    page.get_by_label("ตรวจสอบยอดกับสมุดบัญชีแล้ว").check()
    page.get_by_label("เหตุที่ไม่มีผู้ให้ความยินยอม").fill("โสด ไม่มีทายาท")
    press(page, "ยืนยันและสร้างสัญญา")

    expect(page.get_by_role("heading", level=1)).to_contain_text("สัญญา 1 ครัวเรือน 1 สัญญา เลขที่ 1/")


def merge_the_others_from_the_form(page, centre) -> None:
    choose_file(page, centre, FORM)

    expect(page.get_by_role("row", name="นางดอกรัก ใจงาม")).to_contain_text("มีสัญญาแล้ว")
    expect(page.get_by_role("checkbox", name="ทำสัญญา นา")).to_have_count(14)

    page.get_by_label("เหตุผลประกอบ").fill("มติที่ประชุมศูนย์ฯ")
    press(page, "ยืนยันและสร้างสัญญา 14 สัญญา")

    expect(page.get_by_role("status").filter(has_text="สร้างสัญญา 14 สัญญา 572,200.00 บาท")).to_be_visible()
    assert Contract.objects.standing().count() == 15


def read_the_list_of_contracts(page) -> None:
    choose_from_menu(page, "ปรับโครงสร้างหนี้")
    follow(page, "สัญญา 1 ครัวเรือน 1 สัญญา")
    assert "607,200.00" in total_row(page)

    for lender, (count, amount) in LENDERS.items():
        page.get_by_label("แหล่งกู้ยืมใหม่", exact=True).select_option(label=lender)
        press(page, "ใช้ตัวกรอง")
        expect(page.locator("#list-count")).to_contain_text(f"พบ {count} สัญญา")
        assert amount in total_row(page)


def total_row(page) -> str:
    return one_line(page.locator("tfoot").inner_text())


def paper(browser, page, link: str) -> str:
    """The text of the PDF that a link of the page leads to."""
    response = browser.window.request.get(address_of(browser, page, link))

    assert response.status == 200
    assert response.headers["content-type"] == "application/pdf"
    return one_line(text_of(response.body(), "-layout"))


def address_of(browser, page, link: str) -> str:
    return browser.address + page.get_by_role("link", name=link, exact=True).first.get_attribute("href")


def read_the_papers(browser, centre) -> None:
    page = browser.page
    choose_from_menu(page, "ศูนย์จัดการกองทุนชุมชน")
    page.get_by_role("table").get_by_role("link", name="หนองฮะ").first.click()
    table = paper(browser, page, "ตาราง 1 ครัวเรือน 1 สัญญา PDF")

    assert [name for name, *_ in HOUSEHOLDS if name not in table] == []
    assert "607,200.00" in table
    for count, amount in LENDERS.values():
        assert re.search(rf"\b{count} .{{0,40}}{re.escape(amount)}", table), (count, amount, table)

    browser.open(reverse("debts:contract", args=[Contract.objects.get(sequence=1).pk]))
    contract = paper(browser, page, "พิมพ์สัญญา PDF")
    assert "นางดอกรัก ใจงาม" in contract
    assert "35,000.00" in contract
    assert "สามหมื่นห้าพันบาทถ้วน" in contract


def send_a_visit(page) -> None:
    choose_from_menu(page, "การติดตาม")
    follow(page, "นัดหมายการติดตาม")
    page.get_by_label("ศูนย์ฯ", exact=True).select_option(index=1)
    page.get_by_label("วันที่ติดตาม").fill("27 มี.ค. 2562")
    page.get_by_label("หัวหน้าคณะติดตาม").fill("นางสาวดาว ส่องแสง")
    press(page, "บันทึกการนัดหมาย")
    follow(page, "บันทึกการติดตาม")
    record_the_issues(page)
    press(page, "บันทึกร่างและจัดการภาพ")
    attach_two_photos(page)
    follow(page, "กลับไปบันทึกการติดตาม")
    with page.expect_navigation():  # the form is saved first, then shown again with the text
        press(page, "บันทึกร่างและใช้ข้อความนี้")
    press(page, "บันทึกร่างและตรวจก่อนส่ง")
    press(page, "ส่งรายงาน")

    expect(page.get_by_text("ส่งรายงานการติดตามให้รับรอง")).to_be_visible()


def record_the_issues(page) -> None:
    for choice in page.get_by_role("radio", name="เป็นไปตามแนวทาง", exact=True).all():
        choice.check()
    findings = page.get_by_label("ข้อค้นพบ")
    for box in findings.all():
        box.fill("ตรวจแล้วตามเอกสารของศูนย์ฯ")
    findings.first.fill(FINDING)
    page.locator("[name$=suggestions]").fill(SUGGESTION)


def attach_two_photos(page) -> None:
    pictures = [make_picture(colour=colour, size=(400, 300)) for colour in ("navy", "olive")]
    page.get_by_label("เลือกภาพ", exact=True).set_input_files(
        [
            {"name": f"ภาพ{number}.jpg", "mimeType": "image/jpeg", "buffer": picture.read()}
            for number, picture in enumerate(pictures)
        ]
    )
    page.get_by_label("คำบรรยายภาพ").fill("ประชุมคณะกรรมการ")
    page.get_by_label("ผู้ที่เห็นใบหน้าในภาพยินยอมแล้ว หรือไม่มีใบหน้าในภาพ").check()
    press(page, "แนบภาพ")

    expect(page.get_by_text("แนบภาพแล้ว 2 ภาพ")).to_be_visible()


# --- The others ------------------------------------------------------------------------------------


def certify_it(browser) -> None:
    page = browser.page
    browser.open("/")
    choose_from_menu(page, "การติดตาม")
    page.locator("tbody a").first.click()
    follow(page, "รับรองรายงาน")
    press(page, "รับรองรายงาน")

    expect(page.get_by_text("รับรองแล้ว").first).to_be_visible()
    report = paper(browser, page, "พิมพ์รายงาน PDF")
    report = "".join(report.split())  # lines break in the middle of a sentence
    assert FINDING.replace(" ", "") in report
    assert SUGGESTION.replace(" ", "") in report


def see_fifteen_in_the_overview(browser) -> None:
    page = browser.page
    browser.open("/")
    choose_from_menu(page, "รายงาน")
    follow(page, "อำเภอห้วยทับทัน")
    merged = page.get_by_role("table").get_by_role("link", name="15 ครัวเรือน ดูรายชื่อ")
    merged.nth(1).click()  # the first is of the joined ones

    expect(page.get_by_role("heading", level=1)).to_contain_text("ทำ 1 ครัวเรือน 1 สัญญา")
    expect(page.locator("tbody tr")).to_have_count(15)
    assert "607,200.00" in total_row(page)


def see_nothing(browser, centre) -> None:
    contract, visit, debt = Contract.objects.first(), Visit.objects.get(), Debt.objects.first()
    for path in (
        reverse("households:household", args=[contract.household_id]),
        reverse("debts:household", args=[contract.household_id]),
        reverse("debts:debt", args=[debt.pk]),
        reverse("debts:contract", args=[contract.pk]),
        reverse("debts:registerfile", args=[debt.source_id]),
        reverse("funds:centre", args=[centre.pk]),
        reverse("monitoring:visit", args=[visit.pk]),
        reverse("reports:contract-paper", args=[contract.pk]),
        reverse("reports:contracts-paper", args=[centre.pk]),
        reverse("reports:register-paper", args=[centre.pk]),
        reverse("reports:visit-paper", args=[visit.pk]),
        reverse("reports:area", args=[VILLAGE[:4]]),
    ):
        assert browser.window.request.get(browser.address + path).status == 404, path
    for name in LISTS:
        response = browser.open(reverse(name))
        assert response.status == 200
        assert "หนองฮะ" not in browser.page.content(), name
        assert browser.page.locator("tbody tr").count() == 0, name
