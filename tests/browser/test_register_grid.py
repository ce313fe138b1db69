"""The register as officers type it: fifteen rows from paper, from Excel, from a web page, on a bad network."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from accounts.roles import Role
from tests.browser.conftest import Browser
from tests.debts.nong_ha import FORM, SAMPLES, make_nong_ha
from tests.factories import (
    PASSWORD,
    line_of,
    make_household,
    make_officer,
    make_register,
    make_village,
)

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"บันทึกร่างแล้ว \d\d\.\d\d น\.")
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
ROWS = "18\tนางแก้ว ทองสุข\n24\tนางพิกุล ศรีวงษ์\n"
FUND_KEYS = {"กองทุนหมู่บ้าน": "1", "ออมทรัพย์": "2", "กข.คจ": "3"}


class Desk:
    """An officer at the grid of a register. `keys` counts the keys pressed, a Thai letter being one."""

    def __init__(self, browser, register):
        self.browser, self.page, self.register = browser, browser.page, register
        self.keys = 0

    def open(self, **screen):
        self.browser.open(reverse("debts:register-edit", args=[self.register.pk]), **screen)
        expect(self.page.locator("body.has-grid tbody tr")).not_to_have_count(0)
        return self

    def go(self, number=1, column="house_number"):
        self.cell(number, column).focus()

    def cell(self, number, column):
        return self.page.locator("tbody tr").nth(number - 1).locator(f"[data-column={column}]")

    def press(self, *names):
        for name in names:
            self.page.keyboard.press(name)
        self.keys += len(names)

    def type(self, text):
        self.page.keyboard.type(text)
        self.keys += len(text)

    def paste(self, text):
        self.page.evaluate(PASTE, text)

    def values(self, number) -> dict[str, str]:
        cells = self.page.locator("tbody tr").nth(number - 1).locator("[data-column]")
        found = cells.evaluate_all("cells => cells.map(cell => [cell.dataset.column, cell.value])")
        return {column: text for column, text in found if text}

    def total(self, column="principal") -> str:
        return self.page.locator(f"[data-sum={column}]").inner_text()

    def wait_until_saved(self):
        expect(self.state).to_have_text(SAVED, timeout=25_000)

    @property
    def state(self):
        return self.page.locator("[data-state-of-saving]")

    def stored(self) -> list[dict]:
        return [line.values for line in self.register.lines.kept()]


@pytest.fixture
def centre():
    return make_nong_ha()


@pytest.fixture
def officer(centre):
    return make_officer(Role.DISTRICT_OFFICER, area=centre.village, first_name="อรพิน")


@pytest.fixture
def register(centre, officer):
    return make_register(centre, by=officer)


@pytest.fixture
def desk(browser, register, officer):
    browser.sign_in(officer)
    return Desk(browser, register).open()


def paper_rows() -> list[list[str]]:
    """The fifteen rows of the form: number, name, house, funds, debt, new lender, new loan."""
    sheet = load_workbook(SAMPLES / FORM).worksheets[0]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    return rows[5:20]


def as_excel(rows) -> str:
    return "".join("\t".join(row) + "\r\n" for row in rows)


# --- Fifteen rows ------------------------------------------------------------------------------------


def test_fifteen_rows_from_paper_take_at_most_520_keys(desk):
    fund = ""
    desk.go(1)
    for _, name, house, funds, owed, *_ in paper_rows():
        first = funds.strip("/").split("/")[0]
        desk.type(house)
        desk.press("Tab")
        desk.type(" ".join(name.split()))
        desk.press("Tab")
        if first != fund:
            desk.press(FUND_KEYS[first])
        fund = first
        desk.press(*["Tab"] * 5)
        desk.type(owed.replace(",", ""))
        desk.press("Enter")
    desk.wait_until_saved()

    assert desk.keys <= 520
    assert desk.total() == "607,200.00"
    assert desk.values(16) == {"fund": "กองทุนหมู่บ้านหนองฮะ"}  # offered, not taken
    assert len(desk.stored()) == 15
    assert desk.stored()[5] == {
        "house_number": "32/1",
        "name": "นางมะลิ ศรีวงษ์",
        "fund": "กองทุนหมู่บ้านหนองฮะ",
        "principal": "13,200.00",
    }


def test_fifteen_rows_from_excel_take_at_most_four_actions(desk):
    desk.go(1)
    desk.paste(as_excel(paper_rows()))
    expect(desk.page.get_by_text("ข้อมูลที่วางมี 7 คอลัมน์ ตรวจการจับคู่ก่อนวาง")).to_be_visible()
    desk.page.keyboard.press("Enter")
    desk.wait_until_saved()

    assert desk.total() == "607,200.00"
    assert desk.values(16) == {}
    assert len(desk.stored()) == 15
    assert desk.stored()[14]["name"] == "นางสาวรุ่งนภา นามดี"


def test_fifteen_rows_from_a_web_page_one_cell_a_line_are_all_recognised(desk):
    desk.go(1)
    desk.paste("\n".join(cell for row in paper_rows() for cell in row if cell) + "\n")
    expect(desk.page.get_by_text("ข้อมูลที่วางเป็นรายการแนวตั้ง จัดเป็นตาราง 6 คอลัมน์ × 15 แถวหรือไม่")).to_be_visible()
    desk.page.keyboard.press("Enter")
    desk.wait_until_saved()

    assert desk.total() == "607,200.00"
    assert [each.get("house_number", "") for each in desk.stored()][:3] == ["", "18", "24"]
    assert desk.values(16) == {}


def test_a_block_in_the_order_of_the_grid_is_put_down_without_a_question(desk):
    desk.go(1)
    desk.paste(
        '18\tนางแก้ว ทองสุข\tกองทุนหมู่บ้าน\t"บฉ.1\n2"\t15/3/2562\r\n24\tนางพิกุล ศรีวงษ์\tกข.คจ\t\t๑๕ มี.ค. ๒๕๖๒\r\n'
    )
    desk.wait_until_saved()

    assert desk.values(1) == {
        "house_number": "18",
        "name": "นางแก้ว ทองสุข",
        "fund": "กองทุนหมู่บ้านหนองฮะ",
        "number": "บฉ.1 2",
        "lent_on": "15 มี.ค. 2562",
    }
    assert desk.values(2)["fund"] == "โครงการ กข.คจ. บ้านหนองฮะ"
    assert desk.values(3) == {}


def test_one_step_back_takes_a_whole_paste_back_and_one_forward_brings_it_again(desk):
    desk.go(1)
    desk.paste("18\tนางแก้ว ทองสุข\n24\tนางพิกุล ศรีวงษ์\n")
    desk.wait_until_saved()
    desk.press("Control+z")
    desk.wait_until_saved()
    assert desk.stored() == []

    desk.press("Control+y")
    desk.wait_until_saved()

    assert [each["house_number"] for each in desk.stored()] == ["18", "24"]


def test_three_hundred_pasted_rows_make_three_pages(desk):
    desk.go(1)
    desk.paste("".join(f"{number}\tนายบุญมี ที่{'ก' * (number % 7 + 1)}\n" for number in range(1, 301)))
    desk.wait_until_saved()

    expect(desk.page.locator("[data-page]")).to_contain_text("หน้า 1 จาก 4 (แถว 1–100)")
    assert len(desk.stored()) == 300


def test_copied_rows_are_excel_text(desk):
    desk.go(1)
    desk.paste("18\tนางแก้ว ทองสุข\n24\tนางพิกุล ศรีวงษ์\n")
    desk.page.get_by_label("เลือกแถวนี้").nth(1).check()
    desk.go(1)
    copied = desk.page.evaluate(
        """() => { const clipboardData = new DataTransfer();
        document.activeElement.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true }));
        return clipboardData.getData("text/plain") }"""
    )

    assert copied.rstrip("\t") == "24\tนางพิกุล ศรีวงษ์"


# --- Nothing typed is lost ---------------------------------------------------------------------------


def type_rows(desk, numbers):
    """Rows of which only house number and name are known."""
    for number in numbers:
        desk.type(str(number))
        desk.press("Tab")
        desk.type(f"นายบุญมี ใจดี{'ก' * number}")
        desk.press("Enter")


def test_a_cut_network_and_a_reload_lose_nothing_and_send_each_row_once(desk):
    desk.go(1)
    type_rows(desk, [1])
    desk.wait_until_saved()
    desk.browser.window.set_offline(True)
    type_rows(desk, [2, 3])
    expect(desk.state).to_have_text(re.compile("ยังไม่ได้บันทึก . แถว ระบบจะลองใหม่เอง"), timeout=5000)
    expect(desk.page.get_by_text("ไม่มีการเชื่อมต่ออินเทอร์เน็ต")).to_be_visible()
    desk.page.wait_for_timeout(400)  # milliseconds until the browser's own drawer is written

    desk.page.on("dialog", lambda dialog: dialog.accept())
    with pytest.raises(PlaywrightError, match="DISCONNECTED"):
        desk.page.reload()
    desk.browser.window.set_offline(False)
    with desk.page.expect_response("**/rows/"):
        desk.open()
    desk.wait_until_saved()

    desk.browser.faults.clear()  # the browser reports the lost network itself
    assert [each["house_number"] for each in desk.stored()] == ["1", "2", "3"]
    assert desk.register.lines.count() == 3
    assert desk.page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('register:'))") == []


def test_the_first_paste_needs_no_network_and_leaves_the_hand_where_it_has_gone(desk):
    desk.page.wait_for_load_state("networkidle")
    desk.browser.window.set_offline(True)
    desk.go(1)
    desk.page.evaluate(
        f"text => {{ ({PASTE})(text); document.querySelector('[data-key] ~ [data-key] [data-column=name]').focus(); }}",
        ROWS,
    )
    expect(desk.page.get_by_text("วางข้อมูลแล้ว 2 แถว")).to_be_visible()

    desk.browser.faults.clear()  # the browser reports the lost network itself
    assert desk.values(2)["house_number"] == "24"
    assert active(desk) == "2 name"


def test_rows_are_kept_in_the_browser_without_national_ids(desk):
    desk.browser.window.set_offline(True)
    desk.go(1, "note")
    desk.type("บัตร 1-2345-67890-12-1 ของแม่")
    desk.press("Enter")
    desk.page.wait_for_timeout(400)

    kept = desk.page.evaluate("JSON.stringify(localStorage)")

    desk.browser.faults.clear()
    assert "ของแม่" in kept
    assert "67890" not in kept


def test_nothing_of_a_register_stays_behind_whoever_signs_out_on_another_page(desk):
    desk.browser.open("/")
    desk.page.evaluate("localStorage.setItem('register:1:1', 'นางแก้ว ทองสุข')")

    desk.page.locator("form[action*=logout] button").click()
    desk.page.wait_for_url("**/login/**")

    assert desk.page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('register:'))") == []


def test_a_server_that_fails_in_the_middle_of_a_batch_gets_the_rows_again(desk):
    answers = []

    def answer(route):
        answers.append(route.fetch() if answers else None)  # the first never reaches the server
        route.fulfill(status=500) if len(answers) < 3 else route.continue_()

    desk.page.route("**/rows/", answer)
    desk.go(1)
    type_rows(desk, [1, 2])
    expect(desk.page.get_by_text("รอส่ง").first).to_be_visible()
    desk.wait_until_saved()

    desk.browser.faults.clear()
    assert [each["house_number"] for each in desk.stored()] == ["1", "2"]
    assert desk.register.lines.count() == 2


def test_what_is_typed_while_rows_are_on_their_way_is_saved_too(desk):
    desk.page.route("**/rows/", lambda route: (desk.page.wait_for_timeout(700), route.continue_()))
    desk.go(1)
    type_rows(desk, [1])
    desk.page.wait_for_timeout(900)  # milliseconds: the row is on its way
    desk.go(1, "note")
    desk.type("เพิ่มระหว่างส่ง")
    desk.press("Enter")
    desk.page.wait_for_timeout(1500)
    desk.wait_until_saved()

    assert desk.stored()[0]["note"] == "เพิ่มระหว่างส่ง"


@pytest.fixture
def colleague(chromium, live_server, centre, register):
    """Another officer of the district at the same register."""
    window = Browser(chromium, live_server)
    window.sign_in(
        make_officer(Role.DISTRICT_OFFICER, area=centre.village, first_name="เอก", last_name="ใจดี")
    )
    yield Desk(window, register)
    window.window.close()
    assert window.faults == []


@pytest.mark.parametrize(("choice", "kept"), [("ใช้ข้อมูลของฉัน", "ของฉัน"), ("ใช้ข้อมูลของเอก ใจดี", "ของเอก")])
def test_two_officers_on_one_row_see_both_and_choose(desk, colleague, choice, kept):
    desk.go(1)
    type_rows(desk, [1])
    desk.wait_until_saved()
    colleague.open()
    colleague.go(1, "note")
    colleague.type("ของเอก")
    colleague.press("Enter")
    colleague.wait_until_saved()

    desk.go(1, "note")
    desk.type("ของฉัน")
    desk.press("Enter")

    expect(desk.page.get_by_text("แถว 1 ถูกแก้ไขโดยเอก ใจดี เมื่อ")).to_be_visible()
    expect(desk.page.get_by_text("ของฉัน ของฉัน · ของเอก ใจดี ของเอก")).to_be_visible()
    assert desk.stored()[0]["note"] == "ของเอก"

    desk.page.get_by_role("button", name=choice).click()
    desk.wait_until_saved()

    assert desk.stored()[0]["note"] == kept
    assert desk.values(1)["note"] == kept


def test_a_session_that_ended_asks_for_the_password_and_goes_on(desk, officer):
    desk.go(1)
    Session.objects.all().delete()
    type_rows(desk, [1])
    box = desk.page.get_by_label(f"รหัสผ่านของ{officer.full_name}".replace("ของ", "ของ "))
    box.fill("ผิด")
    box.press("Enter")
    expect(desk.page.get_by_text("เข้าสู่ระบบไม่สำเร็จ")).to_be_visible()

    box.fill(PASSWORD)
    box.press("Enter")
    desk.wait_until_saved()

    assert desk.stored()[0]["house_number"] == "1"
    assert desk.values(1)["house_number"] == "1"


def test_a_register_that_was_sent_meanwhile_is_no_longer_changed(desk, register):
    register.status = "sent"
    register.save()

    desk.go(1)
    type_rows(desk, [1])

    expect(desk.page.get_by_role("alert").get_by_text("แก้ไขไม่ได้")).to_be_visible()
    assert desk.stored() == []


# --- Typing less --------------------------------------------------------------------------------------


def test_a_guessed_year_is_shown_until_the_officer_agrees(desk):
    desk.go(1, "lent_on")
    desk.type("15/3/62")
    desk.press("Enter", "ArrowUp")
    expect(desk.page.get_by_text("ระบบอ่าน 15/3/62 เป็น 15 มี.ค. 2562")).to_be_visible()
    desk.page.get_by_role("button", name="ถูกต้อง").click()
    desk.press("Enter")
    desk.wait_until_saved()

    assert desk.stored()[0]["lent_on"] == "15 มี.ค. 2562"


def test_fund_and_days_are_carried_over_and_the_same_house_is_marked(desk):
    desk.go(1)
    desk.type("18")
    desk.press("Tab")
    desk.type("นางแก้ว ทองสุข")
    desk.press("Tab", "2", "Tab", "Tab")
    desk.type("15/3/2562")
    desk.press("Enter")
    desk.type("18")
    desk.press("Tab")
    desk.type("นายบุญช่วย ทองสุข")
    desk.press("Enter")
    desk.wait_until_saved()

    expect(desk.page.get_by_text("ครัวเรือนเดียวกับแถว 1")).to_be_attached()
    assert desk.values(2) == {
        "house_number": "18",
        "name": "นายบุญช่วย ทองสุข",
        "fund": "กลุ่มออมทรัพย์เพื่อการผลิตบ้านหนองฮะ",
        "lent_on": "15 มี.ค. 2562",
    }
    assert [each["lent_on"] for each in desk.stored()] == ["15 มี.ค. 2562"] * 2


def test_people_of_the_village_are_offered_after_two_letters(desk, centre):
    make_household(centre.village, "นางแก้ว ทองสุข", house_number="18")
    make_household(make_village("33120603"), "นางแก้วตา บ้านอื่น")
    desk.go(1, "name")
    desk.type("แก้")
    expect(desk.page.locator("#name-list li")).to_have_text("นางแก้ว ทองสุข · บ้านเลขที่ 18")
    desk.press("ArrowDown", "Enter")

    assert desk.values(1) == {"name": "นางแก้ว ทองสุข", "house_number": "18"}


def test_the_totals_of_the_paper_are_compared_and_kept(desk, register):
    desk.go(1)
    desk.paste("18\tนางแก้ว ทองสุข\tกองทุนหมู่บ้าน\t\t\t\t\t607200\n")
    desk.page.get_by_label("ยอดรวม (บาท)").fill("๖๐๖,๒๐๐")
    desk.page.get_by_label("จำนวนแถว").fill("1")

    expect(
        desk.page.get_by_text("ผลรวม 607,200.00 บาท ต่างจากยอดในเอกสาร 606,200.00 บาท อยู่ 1,000.00 บาท")
    ).to_be_visible()
    with desk.page.expect_response("**/rows/"):
        desk.page.get_by_label("จำนวนแถว").press("Tab")
    register.refresh_from_db()
    assert (register.control_total, register.control_rows) == (606200, 1)


def test_a_household_total_is_split_into_a_row_for_each_fund(desk):
    desk.go(1)
    desk.paste("18\tนางแก้ว ทองสุข\tกองทุนหมู่บ้าน/ออมทรัพย์\t\t\t\t\t50000\n")
    desk.press("Alt+ArrowDown")
    desk.page.get_by_role("button", name="แยกแถวตามกองทุน").click()
    desk.wait_until_saved()

    assert [each["fund"] for each in desk.stored()] == ["กองทุนหมู่บ้านหนองฮะ", "กลุ่มออมทรัพย์เพื่อการผลิตบ้านหนองฮะ"]
    assert desk.total() == "50,000.00"


# --- By keyboard alone, by anyone -------------------------------------------------------------------------


def active(desk) -> str:
    return desk.page.evaluate(
        "(cell => `${cell.closest('tr')?.rowIndex ?? ''} ${cell.dataset.column ?? cell.textContent.trim()}`)(document.activeElement)"
    )


def test_keys_do_what_they_do_in_excel(desk):
    desk.go(1)
    desk.paste(ROWS)
    expect(desk.page.get_by_text("วางข้อมูลแล้ว 2 แถว")).to_be_visible()
    moves = [
        ("ArrowDown", "2 house_number"),
        ("ArrowRight", "2 name"),
        ("Shift+Enter", "1 name"),
        ("End", "1 note"),
        ("Home", "1 house_number"),
        ("Control+End", "2 note"),
        ("Control+Home", "1 house_number"),
        ("Shift+Tab", "1 house_number"),
        ("F6", " บันทึกร่าง"),
    ]
    desk.go(1)
    for key, place in moves[:7]:
        desk.press(key)
        assert active(desk) == place, key

    desk.press("ArrowDown", "Control+d")
    assert desk.values(2)["house_number"] == "18"

    desk.type("99")
    desk.press("Escape")
    assert desk.values(2)["house_number"] == "18"
    desk.press("Escape")
    assert desk.values(2)["house_number"] == "24"

    desk.press("F6")
    assert active(desk) == " บันทึกร่าง"
    desk.press("F6")
    assert active(desk) == "2 house_number"

    desk.press("Control+Delete")
    expect(desk.page.get_by_text("ลบแถว 2 แล้ว")).to_be_visible()
    assert desk.page.locator("[data-count]").inner_text() == "รวม 1 สัญญา 1 ครัวเรือน"
    desk.press("Control+z")
    assert desk.values(2)["house_number"] == "24"

    desk.press("Alt+/")
    expect(desk.page.get_by_role("dialog", name="แป้นพิมพ์ลัด")).to_be_visible()


def test_keys_are_left_alone_while_a_word_is_being_composed(desk):
    desk.go(1)
    desk.page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', isComposing: true, bubbles: true }))"
    )

    assert active(desk) == "1 house_number"


def test_the_next_problem_is_one_key_away_and_only_they_can_be_shown(desk):
    desk.go(1)
    desk.paste("18\tนางแก้ว ทองสุข\tกองทุนหมู่บ้าน\t\t\t\t\t1,25\n24\tนางพิกุล ศรีวงษ์\tกองทุนหมู่บ้าน\t\t\t\t\t500\n")
    desk.wait_until_saved()
    expect(desk.page.locator("[data-problems]")).to_have_text("ต้องแก้ไข 1 · ควรตรวจ 0")
    desk.press("F8")
    assert active(desk) == "1 principal"
    expect(desk.page.get_by_text("ตรวจสอบตำแหน่งเครื่องหมายจุลภาคในจำนวนเงิน")).to_be_visible()

    desk.page.get_by_label("ดูเฉพาะแถวที่ต้องตรวจ").check()
    expect(desk.page.locator("tbody tr")).to_have_count(1)


@pytest.mark.parametrize("width", [1366, 768, 360, 320])
def test_the_grid_is_accessible_and_fits_the_screen(axe_browser, officer, centre, width):
    fund = centre.funds.first()
    register = make_register(
        centre, [line_of(fund=fund), line_of("นายบุญช่วย ทองสุข", "1,25", lent_on="15/3/62")], by=officer
    )
    axe_browser.sign_in(officer)
    desk = Desk(axe_browser, register).open(width=width)
    desk.go(2, "principal")

    assert axe_browser.axe() == []
    assert not axe_browser.wider_than_the_screen()

    desk.press("Alt+/")
    assert axe_browser.axe() == []


def test_on_a_phone_a_row_is_a_card_and_one_is_added_by_a_button(browser, officer, register):
    browser.sign_in(officer)
    desk = Desk(browser, register).open(width=360)
    expect(desk.page.locator("tbody tr:visible")).to_have_count(0)

    desk.page.get_by_role("button", name="เพิ่มลูกหนี้").click()
    desk.type("18")
    desk.press("Tab")
    desk.type("นางแก้ว ทองสุข")
    desk.press("Tab")
    desk.wait_until_saved()

    expect(desk.page.locator("tbody tr:visible")).to_have_count(1)
    assert desk.stored()[0]["name"] == "นางแก้ว ทองสุข"


# --- Without script ----------------------------------------------------------------------------------


def test_without_script_it_is_a_form_that_loses_nothing(chromium, live_server, officer, register):
    window = Browser(chromium, live_server, scripts=False)
    window.sign_in(officer)
    window.open(reverse("debts:register-edit", args=[register.pk]))
    page = window.page
    page.get_by_role("textbox", name="บ้านเลขที่ แถว 1", exact=True).fill("๓๒/๑")
    page.get_by_role("textbox", name="ชื่อ–สกุล ผู้กู้ แถว 1", exact=True).fill("นางมะลิ  ศรีวงษ์")
    page.get_by_role("textbox", name="เงินต้นคงเหลือ (บาท) แถว 1", exact=True).fill("1,25")
    page.get_by_role("button", name="บันทึกร่าง").last.click()

    expect(page.get_by_text("บันทึกร่างแล้ว")).to_be_visible()
    expect(page.get_by_role("textbox", name="บ้านเลขที่ แถว 1", exact=True)).to_have_value("32/1")
    expect(page.get_by_role("textbox", name="เงินต้นคงเหลือ (บาท) แถว 1", exact=True)).to_have_value("1,25")
    expect(page.get_by_text("ตรวจสอบตำแหน่งเครื่องหมายจุลภาคในจำนวนเงิน")).to_be_visible()
    assert page.locator("form#register [name]").count() < 1000
    window.window.close()
