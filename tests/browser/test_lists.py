"""Finding and listing by keyboard alone: the search box, order, pages, columns, totals that come later."""

import pytest

from accounts import pages
from tests.browser.conftest import WIDTHS
from tests.factories import make_debt, make_fund, make_household, make_officer, make_village

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(browser):
    """The window of the district head, who has thirty debts."""
    officer = make_officer(area=make_village())
    fund = make_fund()
    for number in range(29):
        make_debt(make_household(head=f"นายบุญมี {'กขคงจ'[number % 5]}ดี"), fund, by=officer)
    make_debt(make_household(head="นางแก้ว ทองสุข", house_number="18"), fund, by=officer)
    browser.sign_in(officer)
    return browser


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_ctrl_k_four_letters_and_enter_open_the_household(office):
    page = office.page
    office.open("/")

    page.keyboard.press("Control+k")
    assert focused(page) == "search-box"
    page.keyboard.type("ทองส")
    page.wait_for_selector("#found a")
    assert page.text_content("#found-status") == "พบ 1 รายการ"
    page.keyboard.press("Enter")

    page.wait_for_url("**/debts/households/*/")
    assert "นางแก้ว ทองสุข" in page.text_content("h1")


def test_arrows_walk_through_what_was_found_and_escape_closes_it(office):
    page = office.page
    office.open("/debts/")

    page.keyboard.press("Control+k")
    page.keyboard.type("บุญมี")
    page.wait_for_selector("#found a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert "บุญมี กดี" in focused(page)
    page.keyboard.press("Escape")

    assert focused(page) == "search-box"
    assert page.is_hidden("#found")


def test_a_whole_national_id_is_never_sent_while_it_is_typed(office):
    page, sent = office.page, []
    office.open("/")
    page.on("request", lambda request: sent.append(request.url))

    page.keyboard.press("Control+k")
    page.keyboard.insert_text("1101700207030")
    page.wait_for_timeout(500)

    assert not [url for url in sent if "1101700207030" in url]


def test_sorting_by_keyboard_keeps_the_focus_and_says_the_count_and_back_goes_back(office):
    page = office.page
    office.open("/debts/?per_page=25")
    page.evaluate("window.notReloaded = true")

    page.focus("#sort-borrower")
    page.keyboard.press("Enter")
    page.wait_for_selector("th[aria-sort] #sort-borrower")

    assert focused(page) == "sort-borrower"
    assert page.evaluate("window.notReloaded")
    assert "sort=borrower" in page.url
    assert page.text_content("#list-status").strip() == "พบ 30 สัญญา"
    page.focus("#page-next")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=หน้า 2 จาก 2 (26–30)")
    page.wait_for_function("document.activeElement.className === 'sheet'")
    page.go_back()
    page.wait_for_selector("text=หน้า 1 จาก 2 (1–25)")
    assert "sort=borrower" in page.url


def test_a_filter_swaps_the_list_and_its_chip_takes_it_back(office):
    page = office.page
    office.open("/debts/")

    page.fill("#id_q", "แก้ว")
    page.focus("#use-filters")
    page.keyboard.press("Enter")
    page.wait_for_selector(".chip")

    assert focused(page) == "use-filters"
    assert page.text_content("#list-status").strip() == "พบ 1 สัญญา"
    assert "q=%E0" in page.get_attribute("#list-actions a", "href")
    page.click(".chip a")
    page.wait_for_selector(".chip", state="detached")
    assert page.text_content("#list-status").strip() == "พบ 30 สัญญา"


def test_the_totals_of_a_long_list_come_by_themselves(office, monkeypatch):
    monkeypatch.setattr(pages, "COUNTED_AT_ONCE", 5)
    page = office.page

    office.open("/debts/?per_page=25")
    page.wait_for_selector("text=หน้า 1 จาก 2 (1–25)")

    assert "รวม 30 สัญญา" in page.text_content("#list-totals")
    assert "600,000.00" in page.text_content("#list-totals")
    assert "totals" not in page.url


def test_columns_are_chosen_and_moved_by_keyboard(office):
    page = office.page
    office.open("/debts/")

    page.click("text=เลือกคอลัมน์")
    page.uncheck("[name=columns][value=number]")
    page.focus("[name=up][value=borrower]")
    page.keyboard.press("Enter")
    assert focused(page) == "▲"
    assert page.text_content("#moved") == "ชื่อ–สกุล ผู้กู้ ลำดับที่ 2"
    page.click("text=ใช้คอลัมน์ที่เลือก")

    heads = [head.split(" ▲")[0] for head in page.locator("thead th").all_inner_texts()]
    assert heads[:4] == ["ที่", "ชื่อ–สกุล ผู้กู้", "บ้านเลขที่", "กลุ่ม/กองทุน"]
    assert "เลขที่สัญญา" not in heads


def test_search_columns_and_views_are_accessible_and_fit_the_screen(axe_browser):
    officer = make_officer(area=make_village())
    make_debt(make_household(head="นางแก้ว ทองสุข"), by=officer)
    officer.saved_views.create(list="debts:debts", name="เกินกำหนด", query="state=overdue")
    axe_browser.sign_in(officer)

    found = []
    for path in (
        "/search/?q=แก้ว",
        "/search/?q=ไม่มี",
        "/debts/?columns=house,borrower,outstanding",
        "/accounts/lists/views/?list=/debts/?state=open",
        "/accounts/lists/columns/?list=/debts/",
    ):
        for width in WIDTHS:
            axe_browser.open(path, width=width)
            found += [f"{path} {width}: {each}" for each in axe_browser.axe()]
            if axe_browser.wider_than_the_screen():
                found.append(f"{path} {width}: wider than the screen")
    axe_browser.page.keyboard.press("Control+k")
    axe_browser.page.keyboard.type("แก้ว")
    axe_browser.page.wait_for_selector("#found a")

    assert found + axe_browser.axe() == []
