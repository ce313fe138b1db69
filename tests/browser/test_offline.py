"""A visit recorded on a phone without network: nothing is lost, everything arrives once, nothing is left behind."""

import io
import json

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from accounts.roles import Role
from monitoring import visits
from monitoring.models import Message, Photo, Visit
from tests.factories import (
    VISITED,
    make_centre,
    make_debt,
    make_fund,
    make_household,
    make_officer,
    make_visit,
)

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
SENT = "บันทึกร่างแล้ว"
DEBTOR = "มะลิวัลย์"
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"
# Everything a page of ours could have left on the device, as text.
KEPT_ON_THE_DEVICE = """async () => {
  const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  for (const name of await caches.keys()) {
    const kept = await caches.open(name);
    for (const request of await kept.keys()) found.push(request.url, await (await kept.match(request)).text());
  }
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => { const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result); });
    for (const store of base.objectStoreNames) {
      const rows = await new Promise((done) => { const asked = base.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => done(asked.result); });
      found.push(name, JSON.stringify(rows));
    }
    base.close();
  }
  return found.join("\\n");
}"""


@pytest.fixture
def visit():
    centre = make_centre()
    make_debt(make_household(centre.village, head=f"นาง{DEBTOR} ทองสุข"), fund=make_fund(centre))
    return make_visit(centre, by=make_officer(Role.DISTRICT_OFFICER, area=centre.village))


@pytest.fixture
def phone(browser, visit):
    """The visit form on a phone, opened before leaving: ready to work without network."""
    browser.sign_in(visit.planned_by)
    browser.open(edit_page(visit), **PHONE)
    expect(browser.page.locator("#offline-ready")).to_be_visible(timeout=20_000)
    yield browser
    browser.faults[:] = [each for each in browser.faults if NO_NETWORK not in each]


def edit_page(visit) -> str:
    return reverse("monitoring:visit-edit", args=[visit.pk])


def camera_file(name: str, colour: str) -> dict:
    """What a camera writes: large, turned, and with the place."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (15.0, 7.0, 30.0)  # latitude
    buffer = io.BytesIO()
    Image.new("RGB", (2400, 1800), colour).save(buffer, "JPEG", exif=exif)
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def take_picture(phone, place: str, colour: str, caption: str):
    shots = phone.page.locator(f"{place} .shots").first
    shots.locator("input[type=file]").set_input_files(camera_file(f"{colour}.jpg", colour))
    taken = shots.locator(".shot").last
    taken.locator("input.form-control").fill(caption)
    taken.locator("input[type=checkbox]").check()
    expect(taken.get_by_role("status")).not_to_contain_text("ยินยอม")


def wait_for(phone, text):
    expect(phone.page.locator("#save-state")).to_contain_text(text, timeout=25_000)


def wait_until_stored(phone, visit, text):
    script = """async ([officer, visit, text]) => {
      const base = await new Promise((done) => { const asked = indexedDB.open(`visits-${officer}`); asked.onsuccess = () => done(asked.result); });
      const draft = await new Promise((done) => { const asked = base.transaction("drafts").objectStore("drafts").get(visit); asked.onsuccess = () => done(asked.result); });
      base.close();
      return JSON.stringify(draft.fields).includes(text);
    }"""
    phone.page.wait_for_function(script, arg=[visit.planned_by_id, visit.pk, text])


def reload(phone):
    phone.page.reload()
    phone.page.wait_for_selector("#recording[data-ready]")


def test_a_day_without_network(phone, visit):
    phone.window.set_offline(True)
    phone.page.locator("#id_summary").fill("พิมพ์ก่อนเปิดหน้าใหม่")
    take_picture(phone, "#section1", "navy", "คณะกรรมการประชุม")
    wait_until_stored(phone, visit, "พิมพ์ก่อนเปิดหน้าใหม่")

    reload(phone)
    expect(phone.page.locator("#offline-bar")).to_be_visible()
    expect(phone.page.locator("#id_summary")).to_have_value("พิมพ์ก่อนเปิดหน้าใหม่")
    phone.page.locator("#id_problems").fill("พิมพ์หลังเปิดหน้าใหม่")
    phone.page.locator("#section1 .issue").first.get_by_label("เป็นไปตามแนวทาง", exact=True).check()
    take_picture(phone, "#photos-part", "green", "ครัวเรือนต้นแบบ")
    assert not Photo.objects.exists()

    phone.window.set_offline(False)
    wait_for(phone, SENT)
    expect(phone.page.locator("#section1 .shot").get_by_role("status")).to_have_text("ส่งแล้ว")
    expect(phone.page.locator("#photos-part .shot").get_by_role("status")).to_have_text("ส่งแล้ว")

    visit.refresh_from_db()
    assert (visit.summary, visit.problems) == ("พิมพ์ก่อนเปิดหน้าใหม่", "พิมพ์หลังเปิดหน้าใหม่")
    assert visit.answers.first().result == "follows"
    of_an_issue, general = Photo.objects.order_by("caption")
    assert (of_an_issue.answer, general.answer) == (visit.answers.first(), None)
    assert all(each.taken_at and len(each.original_sha256) == 64 for each in (of_an_issue, general))
    assert of_an_issue.width == 1600


def test_what_was_recorded_offline_is_sent_returned_and_certified(phone, visit):
    fill_everything(phone, visit)
    phone.window.set_offline(False)

    press(phone, "บันทึกร่างและตรวจก่อนส่ง")
    press(phone, "ส่งรายงาน")
    head = make_officer(Role.DISTRICT_HEAD, area=visit.centre.village)
    phone.sign_in(head)
    phone.open(reverse("monitoring:visit-return", args=[visit.pk]), **PHONE)
    phone.page.get_by_label("เหตุผลที่ส่งคืน").fill("ระบุปัญหาให้ชัด")
    press(phone, "ส่งคืนแก้ไข")
    phone.sign_in(visit.planned_by)
    phone.open(edit_page(visit), **PHONE)
    phone.page.locator("#id_problems").fill("ขาดเงินทุนหมุนเวียน")
    press(phone, "บันทึกร่างและตรวจก่อนส่ง")
    press(phone, "ส่งรายงาน")
    phone.sign_in(head)
    phone.open(reverse("monitoring:visit-certify", args=[visit.pk]), **PHONE)
    press(phone, "รับรองรายงาน")

    visit.refresh_from_db()
    assert visit.status == Visit.Status.CERTIFIED
    assert (visit.summary, visit.problems) == ("ทุกข้อบันทึกแล้ว", "ขาดเงินทุนหมุนเวียน")


def fill_everything(phone, visit):
    phone.window.set_offline(True)
    for issue in phone.page.locator(".issue").all():
        if issue.locator("[type=radio]").count():
            issue.get_by_label("เป็นไปตามแนวทาง", exact=True).check()
        else:
            issue.locator("textarea").fill("ตามแผน")
    phone.page.locator("#id_summary").fill("ทุกข้อบันทึกแล้ว")
    wait_until_stored(phone, visit, "ทุกข้อบันทึกแล้ว")
    reload(phone)


def press(phone, name):
    with phone.page.expect_navigation(wait_until="load"):
        phone.page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_a_message_whose_answer_was_lost_is_done_once(phone, visit):
    answers = phone.page.context
    lost = []

    def lose_the_first_answer(route):
        response = route.fetch()
        lost.append(response)
        route.abort() if len(lost) == 1 else route.fulfill(response=response)

    answers.route("**/edit/", lose_the_first_answer, times=1)
    phone.page.locator("#id_summary").fill("ส่งครั้งเดียว")
    wait_for(phone, "ระบบจะลองใหม่เอง")
    version = Visit.objects.get(pk=visit.pk).version
    phone.faults.clear()  # the browser reports the lost answer itself
    wait_for(phone, SENT)

    visit.refresh_from_db()
    assert (visit.summary, visit.version) == ("ส่งครั้งเดียว", version)
    assert Message.objects.count() == 1


def test_two_officers_who_wrote_see_both_and_choose(phone, visit):
    phone.window.set_offline(True)
    phone.page.locator("#id_summary").fill("ของฉัน")
    phone.page.locator("#id_problems").fill("ปัญหาของฉัน")
    wait_until_stored(phone, visit, "ปัญหาของฉัน")
    somebody_else_writes(visit, summary="ของเขา", problems="ปัญหาของเขา")

    phone.window.set_offline(False)
    panel = phone.page.locator("#conflict")
    expect(panel).to_be_visible(timeout=20_000)
    wait_for(phone, "ขัดแย้ง")
    assert Visit.objects.get(pk=visit.pk).summary == "ของเขา"
    for text in ("ของฉัน", "ของเขา", "ปัญหาของฉัน", "ปัญหาของเขา"):
        expect(panel.get_by_text(text, exact=True)).to_be_visible()
    assert not phone.wider_than_the_screen()

    panel.get_by_role("group", name="สรุปผลการติดตาม").get_by_label("ในเครื่องนี้").check()
    panel.get_by_role("group", name="ปัญหา/อุปสรรค").get_by_label("ในระบบ").check()
    panel.get_by_role("button", name="บันทึกตามที่เลือก").click()
    wait_for(phone, SENT)

    visit.refresh_from_db()
    assert (visit.summary, visit.problems) == ("ของฉัน", "ปัญหาของเขา")


def somebody_else_writes(visit, **fields):
    team = visit.team.values("name", "position", "agency", "is_lead")
    draft = visits.Draft(fields=fields, team=list(team), answers={}, recommendations={})
    other = make_officer(Role.DISTRICT_OFFICER, area=visit.centre.village, first_name="เอก")
    newest = Visit.objects.get(pk=visit.pk)
    visits.record(visit=newest, version=newest.version, draft=draft, on=VISITED, by=other)


def test_no_debtor_is_named_on_the_device_and_only_the_form_is_kept(phone, visit):
    phone.open(reverse("households"), **PHONE)
    assert DEBTOR in phone.page.content()
    phone.open(edit_page(visit), **PHONE)
    phone.page.locator("#id_summary").fill("ไม่มีชื่อผู้กู้")
    wait_until_stored(phone, visit, "ไม่มีชื่อผู้กู้")

    kept = phone.page.evaluate(KEPT_ON_THE_DEVICE)

    assert "ไม่มีชื่อผู้กู้" in kept
    assert DEBTOR not in kept
    addresses = {line for line in kept.split("\n") if line.startswith(phone.address)}
    pages = {each.removeprefix(phone.address) for each in addresses if "/static/" not in each}
    assert pages == {edit_page(visit), reverse("monitoring:visits-offline")}


def test_signing_out_leaves_nothing_on_the_device(phone, visit):
    phone.window.set_offline(True)
    phone.page.locator("#id_summary").fill("ยังไม่ได้ส่ง")
    wait_until_stored(phone, visit, "ยังไม่ได้ส่ง")
    questions = []
    phone.page.on("dialog", lambda dialog: (questions.append(dialog.message), dialog.accept()))
    phone.page.route(
        "**/monitoring/visits/*/edit/", lambda route: route.abort()
    )  # nothing can be sent before
    phone.window.set_offline(False)
    with phone.page.expect_navigation():
        phone.page.get_by_role("button", name="ออกจากระบบ").click()
    phone.page.wait_for_load_state("load")

    left = phone.page.evaluate(
        "async () => [(await caches.keys()).length, (await indexedDB.databases()).length, localStorage.length,"
        " (await navigator.serviceWorker.getRegistrations()).length]"
    )
    phone.faults.clear()  # the browser reports itself what was held back
    assert left == [0, 0, 0, 0]
    assert len(questions) == 1
    assert "ข้อมูลการติดตามที่ยังไม่ได้ส่ง" in questions[0]


def test_a_draft_goes_through_a_file_to_another_device(phone, visit, chromium, live_server):
    phone.window.set_offline(True)
    phone.page.locator("#id_summary").fill("ไปกับไฟล์")
    take_picture(phone, "#section1", "navy", "ภาพไปกับไฟล์")
    with phone.page.expect_download() as loading:
        phone.page.get_by_role("button", name="ดาวน์โหลดไฟล์ร่าง").click()
    path = loading.value.path()
    assert json.loads(path.read_text())["photos"][0]["caption"] == "ภาพไปกับไฟล์"

    other = type(phone)(chromium, live_server)
    other.sign_in(visit.planned_by)
    other.open(edit_page(visit), **PHONE)
    other.page.wait_for_selector("#recording[data-ready]")
    other.page.locator("#draft-read").set_input_files(path)
    wait_for(other, SENT)
    expect(other.page.locator("#section1 .shot").get_by_role("status")).to_have_text("ส่งแล้ว")
    other.window.close()

    assert other.faults == []
    assert Visit.objects.get(pk=visit.pk).summary == "ไปกับไฟล์"
    assert Photo.objects.get().caption == "ภาพไปกับไฟล์"


def test_the_list_of_the_device_opens_without_network_and_sends(phone, visit):
    phone.window.set_offline(True)
    phone.page.locator("#id_summary").fill("จากหน้ารายการ")
    wait_until_stored(phone, visit, "จากหน้ารายการ")

    phone.open(reverse("monitoring:visits-offline"), **PHONE)
    expect(phone.page.locator("#kept-visits .tag")).to_have_text("รอส่ง")
    assert not phone.wider_than_the_screen()
    phone.window.set_offline(False)
    expect(phone.page.locator("#kept-visits .tag")).to_have_text("ส่งแล้ว", timeout=20_000)

    assert Visit.objects.get(pk=visit.pk).summary == "จากหน้ารายการ"
