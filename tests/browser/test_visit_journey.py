"""Monitoring from the plan to the printed report: the round of 27–28 March 2562 in บุรีรัมย์, and the two visits of
22 March 2564 in ตาก (domain: S4 and S0). Each visit is recorded on a phone whose network goes and comes back."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from areas.models import Area
from debts.models import ClauseText
from debts.papers.texts import approve, begin, owner
from monitoring import issue_lists
from monitoring.models import Letter, Photo, Round, Visit
from tests.browser.test_offline import (
    NO_NETWORK,
    PHONE,
    SENT,
    press,
    reload,
    take_picture,
    wait_for,
    wait_until_stored,
)
from tests.factories import make_centre, make_officer, make_village
from tests.reading import text_of

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = ("success_factors", "problems", "suggestions", "satisfaction", "summary")
OF_THE_BROWSER = re.compile(f"{NO_NETWORK}|other host: chrome")
"""What it tells of the cut network, and what its viewer of papers fetches from itself."""
MENDED = "ขาดเงินทุนหมุนเวียน"


def approved_words(office):
    """The wording of letters, written by one officer of the office and approved by another."""
    role = Role.DEPARTMENT if office.parent_id is None else Role.PROVINCIAL_HEAD
    writer, head = (make_officer(role, area=office) for _ in range(2))
    text = begin(kind=ClauseText.Kind.VISIT_LETTER, province=owner(office), by=writer)
    approve(text=text, version=text.version, by=head)


@pytest.fixture
def desk(browser):
    issue_lists.load()
    yield browser
    browser.faults[:] = [each for each in browser.faults if not OF_THE_BROWSER.search(each)]


def test_the_round_of_buri_ram_from_the_plan_to_the_printed_report(desk):
    sawang = make_centre(make_village("31010805", "บ้านสว่าง", district="เมืองบุรีรัมย์", province="บุรีรัมย์"))
    arang = make_centre(make_village("31210102", "บ้านอารัง", district="บ้านด่าน", province="บุรีรัมย์"))
    province = sawang.village.above("province")
    staff = make_officer(Role.PROVINCIAL_STAFF, area=province)
    head = make_officer(Role.PROVINCIAL_HEAD, area=province)
    approved_words(province)

    desk.sign_in(staff)
    plan_a_round(desk, "ติดตามสนับสนุนการบริหารจัดการหนี้", "๒๕๖๒", "๔ มี.ค. ๒๕๖๒", "25/5/2562")
    write_the_programme(
        desk,
        team=["นางสาวดาว ส่องแสง", "นายเดือน มีสุข", "นายตะวัน ใจดี"],
        agenda=[("๒๗ มี.ค. ๒๕๖๒", "09.00", "๑๒.๐๐", "ประชุมที่ สพจ."), ("28/3/2562", "12.00", "13.00", "พัก")],
    )
    appoint(desk, sawang, "๒๗ มี.ค. ๒๕๖๒", "13.00", "16.00")
    appoint(desk, arang, "28/3/2562", "๐๙.๐๐", "๑๒.๐๐")
    first, second = Visit.objects.order_by("planned_on")
    letter = invite(desk, first, book="บร ๐๐๑๘", on="๑๖ มี.ค. ๒๕๖๒")

    for part in ("ที่ บร ๐๐๑๘/๑", "๑๖ มีนาคม ๒๕๖๒", "๑๐ คน", "๕ คน", "๑๕ คน", "๑๓.๐๐–๑๖.๐๐ น."):
        assert part in letter
    record_without_network(desk, first, before_sending=lose_the_next_answer)
    record_without_network(desk, second)
    for visit in (first, second):
        see_through(desk, visit, maker=staff, head=head, returned=visit == first)
        assert_nothing_was_lost_or_doubled(visit, returned=visit == first)
    assert "เลขที่ ๑/" in printed_from_the_list(desk, first)
    assert first.team.count() == 3
    agenda = text_of(desk.page.request.get(desk.address + paper("agenda-paper", Round.objects.get())).body())
    assert agenda.index("ประชุมที่ สพจ.") < agenda.index("บ้านสว่าง") < agenda.index("บ้านอารัง")


def test_two_visits_of_one_day_in_tak_from_the_plan_to_the_printed_report(desk):
    new = make_centre(make_village("63010304", "บ้านดงปู", district="เมืองตาก", province="ตาก"))
    model = make_centre(make_village("63011303", "บ้านสะแกเครือ", district="เมืองตาก", province="ตาก"))
    country = new.village.above("province").parent or Area.objects.get(parent=None)
    officer = make_officer(Role.DEPARTMENT, area=country)
    checker = make_officer(Role.PROVINCIAL_STAFF, area=new.village.above("province"))
    approved_words(country)

    desk.sign_in(officer)
    plan_a_round(desk, "ติดตามสนับสนุนและจัดการองค์ความรู้", "2564", "22/3/2564", "๒๒ มี.ค. ๒๕๖๔")
    write_the_programme(
        desk,
        team=["นางสาวฟ้า ใสสว่าง", "นายเมฆ ลอยลม", "นางฝน ชุ่มฉ่ำ"],
        agenda=[("22/3/2564", "08.30", "", "เข้าพบพัฒนาการจังหวัดตาก")],
    )
    appoint(desk, new, "22/3/2564", "09.30", "12.00")
    appoint(desk, model, "22/3/2564", "13.30", "")
    expect(desk.page.locator(".banner-warning")).to_have_count(0)
    first, second = Visit.objects.order_by("starts_at")
    letter = invite(desk, first, book="มท ๐๔๐๒", on="15/3/2564")

    for part in ("ที่ มท ๐๔๐๒/๑", "ผู้ว่าราชการจังหวัดตาก", "๒๒ มีนาคม ๒๕๖๔", "๐๙.๓๐–๑๒.๐๐ น."):
        assert part in letter
    record_without_network(desk, first)
    record_without_network(desk, second, before_sending=lose_the_next_answer)
    for visit in (first, second):
        see_through(desk, visit, maker=officer, head=checker, returned=visit == second)
        assert_nothing_was_lost_or_doubled(visit, returned=visit == second)
    assert "วันจันทร์ที่ ๒๒ มีนาคม ๒๕๖๔" in printed_from_the_list(desk, second)


# --- What an officer does -------------------------------------------------------------------------


def plan_a_round(desk, name, year, starts_on, ends_on):
    desk.open(reverse("monitoring:rounds"))
    desk.page.locator("main").get_by_role("link", name="วางแผนรอบการติดตาม").first.click()
    typed = {"name": name, "fiscal_year": year, "starts_on": starts_on, "ends_on": "31/2/2562"}
    for box, text in {**typed, "objectives": "เพื่อศึกษาปัญหาและผลของโครงการ"}.items():
        desk.page.locator(f"#id_{box}").fill(text)
    press(desk, "บันทึกรอบ")
    expect(desk.page.locator("#error_1_id_ends_on, #id_ends_on_error").first).to_contain_text("ไม่มีวันที่ 31")
    expect(desk.page.locator("#id_name")).to_have_value(name)
    desk.page.locator("#id_ends_on").fill(ends_on)
    press(desk, "บันทึกรอบ")


def write_the_programme(desk, *, team, agenda):
    desk.page.locator("main").get_by_role("link", name="คณะติดตามและกำหนดการ").click()
    desk.page.get_by_role("button", name="เพิ่มคณะติดตาม").click()
    for number, name in enumerate(team):
        desk.page.locator(f"#id_team-{number}-name").fill(name)
    desk.page.locator("#id_team-0-is_lead").check()
    for number, row in enumerate(agenda):
        for box, text in zip(("on", "starts_at", "ends_at", "what"), row, strict=True):
            desk.page.locator(f"#id_agenda-{number}-{box}").fill(text)
    press(desk, "บันทึกคณะและกำหนดการ")


def appoint(desk, centre, on, starts_at, ends_at):
    desk.page.locator("main").get_by_role("link", name="นัดหมายศูนย์ฯ ในรอบ", exact=True).first.click()
    desk.page.locator("#id_centre").select_option(str(centre.pk))
    for box, text in {"planned_on": on, "starts_at": starts_at, "ends_at": ends_at}.items():
        desk.page.locator(f"#id_{box}").fill(text)
    press(desk, "บันทึกการนัดหมาย")


def invite(desk, visit, *, book, on) -> str:
    """Write the letter, issue it, and read its paper."""
    desk.open(reverse("monitoring:visit-letters", args=[visit.pk]))
    desk.page.get_by_role("link", name="เขียนหนังสือภายนอก").click()
    desk.page.locator("#id_book").fill(book)
    press(desk, "บันทึกร่าง")
    desk.page.get_by_role("link", name="ออกเลข").click()
    desk.page.locator("#id_on").fill(on)
    press(desk, "ออกเลขที่")
    letter = Letter.objects.get(visit=visit)
    assert not letter.is_draft
    return text_of(desk.page.request.get(desk.address + paper("letter-paper", letter)).body())


def record_without_network(desk, visit, before_sending=lambda desk: None):
    """Opened before leaving, filled in on the way with a reload in the middle, sent on return."""
    desk.open(reverse("monitoring:visit-edit", args=[visit.pk]), **PHONE)
    expect(desk.page.locator("#offline-ready")).to_be_visible(timeout=20_000)
    desk.window.set_offline(True)
    for number, issue in enumerate(desk.page.locator(".issue").all()):
        if issue.locator("[type=radio]").count():
            issue.get_by_label("เป็นบางส่วน", exact=True).check()
        issue.locator("textarea").fill(f"พบข้อ {number} ของ{visit.centre.village.name}")
    take_picture(desk, "#section1", "navy", "ก่อนเปิดหน้าใหม่")
    wait_until_stored(desk, visit, "พบข้อ 13")

    reload(desk)
    assert not desk.wider_than_the_screen()
    for box in TEXTS:
        desk.page.locator(f"#id_{box}").fill(f"{box} หลังเปิดหน้าใหม่")
    for box, text in {"committee": "๑๐", "model_households": "5"}.items():
        desk.page.locator(f"#id_{box}").fill(text)
    desk.page.get_by_role("button", name="เพิ่มสิ่งที่ต้องดำเนินการ").click()
    desk.page.locator(".row-todo").last.get_by_label("เรื่อง").fill("จัดทำบัญชีงบดุลรายเดือน")
    take_picture(desk, "#photos-part", "green", "หลังเปิดหน้าใหม่")
    wait_until_stored(desk, visit, "summary หลังเปิดหน้าใหม่")
    before_sending(desk)
    desk.window.set_offline(False)
    wait_for(desk, SENT)
    expect(desk.page.locator("#photos-part .shot").get_by_role("status")).to_have_text(
        "ส่งแล้ว", timeout=20_000
    )
    desk.faults[:] = [
        each for each in desk.faults if "ERR_FAILED" not in each
    ]  # the browser tells of the lost answer


def lose_the_next_answer(desk):
    """What is sent next arrives, and the device never hears so."""

    def lose(route):
        route.fetch()
        route.abort()

    desk.window.route("**/edit/", lose, times=1)


def see_through(desk, visit, *, maker, head, returned):
    """Sent and certified by somebody else, who may have it mended first."""
    send(desk, visit)
    desk.sign_in(head)
    if returned:
        desk.open(reverse("monitoring:visit-return", args=[visit.pk]), **PHONE)
        desk.page.get_by_label("เหตุผลที่ส่งคืน").fill("ระบุปัญหาให้ชัด")
        press(desk, "ส่งคืนแก้ไข")
        desk.sign_in(maker)
        send(desk, visit, problems=MENDED)
        desk.sign_in(head)
    desk.open(reverse("monitoring:visit-certify", args=[visit.pk]), **PHONE)
    press(desk, "รับรองรายงาน")
    desk.sign_in(maker)


def send(desk, visit, **mended):
    desk.open(reverse("monitoring:visit-edit", args=[visit.pk]), **PHONE)
    for box, text in mended.items():
        desk.page.locator(f"#id_{box}").fill(text)
    press(desk, "บันทึกร่างและตรวจก่อนส่ง")
    press(desk, "ส่งรายงาน")


def printed_from_the_list(desk, visit) -> str:
    """One click from the list of visits."""
    desk.open(reverse("monitoring:visits"))
    with desk.page.expect_response(f"**{paper('visit-paper', visit)}") as answer:
        desk.page.locator(f"a[href='{paper('visit-paper', visit)}']").click()
    assert answer.value.headers["content-type"] == "application/pdf"
    desk.open(reverse("monitoring:visits"))  # away from the viewer of the browser
    return text_of(desk.page.request.get(answer.value.url).body())


def paper(name, row) -> str:
    return reverse(f"reports:{name}", args=[row.pk])


def assert_nothing_was_lost_or_doubled(visit, *, returned):
    visit.refresh_from_db()
    kept = {box: getattr(visit, box) for box in TEXTS}
    name = visit.centre.village.name
    mended = {"problems": MENDED} if returned else {}
    assert kept == {box: f"{box} หลังเปิดหน้าใหม่" for box in TEXTS} | mended
    assert [each.finding for each in visit.answers.all()] == [f"พบข้อ {n} ของ{name}" for n in range(14)]
    assert {each.result for each in visit.answers.all() if each.is_rated} == {"partly"}
    assert (visit.committee, visit.model_households) == (10, 5)
    assert [each.what for each in visit.recommendations.all()] == ["จัดทำบัญชีงบดุลรายเดือน"]
    captions = Photo.objects.filter(visit=visit).order_by("pk").values_list("caption", flat=True)
    assert sorted(captions) == ["ก่อนเปิดหน้าใหม่", "หลังเปิดหน้าใหม่"]
    sent = ["sent", "returned", "sent"] if returned else ["sent"]
    assert [move.new for move in visit.moves.all()] == ["planned", "draft", *sent, "certified"]
