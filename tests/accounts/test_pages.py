"""The frame: filters that cannot be read, chips, page sizes, forms, headers, health, the audit record."""

import re

import pytest
from django.db import connection
from django.test import Client

from accounts import audit, health
from accounts.models import AuditEvent
from accounts.roles import Role
from config.append_only import release
from reports.home_views import Home
from tests.factories import make_household, make_officer, make_village

pytestmark = pytest.mark.django_db
OFFICERS = "/manage/officers/"


@pytest.fixture
def manager(sign_in):
    make_officer(Role.DISTRICT_OFFICER, first_name="สมใจ", last_name="รักดี", username="somjai.r")
    return sign_in(make_officer(Role.PROVINCIAL_STAFF, first_name="ประเสริฐ"))


@pytest.mark.parametrize(
    "query", ["rolle=x", "role=emperor", "area=99", "q=ก&unknown=1", "per_page=100000", "is_active=2"]
)
def test_a_filter_that_cannot_be_read_shows_nothing_and_says_so(query, manager):
    response = manager.get(f"{OFFICERS}?{query}")

    page = response.content.decode()
    assert "อ่านตัวกรองไม่ได้ จึงยังไม่แสดงรายการ" in page
    assert "<title>ผิดพลาด: " in page
    assert "somjai.r" not in page


@pytest.mark.parametrize("query", ["rolle=x", "role=emperor", "area=99"])
def test_an_export_with_a_filter_that_cannot_be_read_holds_no_row(query, manager):
    assert "somjai.r" not in manager.get(f"{OFFICERS}?{query}&export=csv").getvalue().decode()


def test_chosen_filters_are_shown_as_chips_with_the_address_without_them(manager):
    response = manager.get(f"{OFFICERS}?q=สมใจ&role=district_officer&page=1")

    texts = {chip.label: (chip.text, chip.without) for chip in response.context["chips"]}
    assert texts["บทบาท"] == ("พัฒนากร", "q=%E0%B8%AA%E0%B8%A1%E0%B9%83%E0%B8%88")
    assert texts["ค้นหาชื่อหรือชื่อผู้ใช้"] == ("สมใจ", "role=district_officer")


@pytest.mark.parametrize(("typed", "found"), [("สมใจ", 1), ("รัก สมใจ", 1), ("SOMJAI", 1), ("ไม่มี", 0)])
def test_every_word_typed_is_searched_for(typed, found, manager):
    assert manager.get(OFFICERS, {"q": typed}).context["count"] == found


def test_a_search_without_a_result_says_how_to_go_on(manager):
    page = manager.get(OFFICERS, {"q": "ไม่มี"}).content.decode()

    assert "ไม่พบข้อมูลตามเงื่อนไข" in page
    assert "ล้างตัวกรอง" in page


def test_only_the_sorted_column_says_its_order(manager):
    page = manager.get(f"{OFFICERS}?sort=-username").content.decode()

    assert page.count("aria-sort=") == 1
    assert 'aria-sort="descending"' in page


@pytest.mark.parametrize("query", ["page=999", "page=x", "sort=nonsense", "sort=-", "page=-1"])
def test_a_page_or_order_that_does_not_exist_is_no_error(query, manager):
    assert manager.get(f"{OFFICERS}?{query}").status_code == 200


def test_an_export_is_recorded_without_what_was_searched_for(manager):
    b"".join(manager.get(OFFICERS, {"q": "สมใจ", "export": "xlsx"}))

    event = AuditEvent.objects.get(action="export")
    assert event.detail == {"kind": "xlsx", "filters": ["q"]}


def test_optional_fields_say_so_and_errors_stand_between_hint_and_box(manager):
    page = manager.post(f"{OFFICERS}new/", {"username": "?"}).content.decode()

    field = page[page.index('id="div_id_username"') :]
    assert field.index("form-text") < field.index("field-error") < field.index("<input")
    assert 'aria-describedby="id_username_helptext id_username_error"' in field
    assert "(ถ้ามี)" in page[page.index('id="div_id_last_name"') :][:200]
    assert "(ถ้ามี)" not in page[page.index('id="div_id_first_name"') :][:200]
    assert 'href="#id_username"' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/accounts/login/", 302),
        ("/debts/999999/", 404),
        ("/manage/audit/", 403),
        ("/healthz", 200),
    ],
)
def test_every_answer_carries_the_security_headers(path, status, sign_in):
    response = sign_in(make_officer(Role.DISTRICT_OFFICER)).get(path)

    assert response.status_code == status
    check_headers(response)


def test_a_failure_carries_them_too_and_tells_nothing(sign_in, monkeypatch):
    client = sign_in(make_officer())
    client.raise_request_exception = False
    monkeypatch.setattr(Home, "get_title", lambda page: 1 / 0)

    response = client.get("/")

    assert response.status_code == 500
    check_headers(response)
    assert "division" not in response.content.decode()
    assert "ข้อมูลที่บันทึกแล้วไม่สูญหาย" in response.content.decode()


def check_headers(response):
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_what_an_officer_saw_stays_in_no_cache(sign_in):
    assert "no-store" in sign_in(make_officer()).get("/")["Cache-Control"]


def test_a_form_without_its_token_changes_nothing():
    client = Client(enforce_csrf_checks=True)
    officer = make_officer(Role.PROVINCIAL_STAFF)
    client.force_login(officer)

    response = client.post(f"{OFFICERS}{officer.pk}/sign-out/")

    assert response.status_code == 403
    assert "แบบฟอร์มนี้หมดอายุ" in response.content.decode()


def test_the_start_page_names_what_the_role_may_open(sign_in):
    client = sign_in(make_officer(Role.ADMINISTRATOR))

    page = client.get("/").content.decode()

    assert "บันทึกการใช้งาน" in page
    assert "ครัวเรือน ดูหนี้" not in page


def test_health_is_open_and_says_nothing(client, monkeypatch):
    assert client.get("/healthz").content == client.get("/readyz").content == b"ok"
    monkeypatch.setattr(health, "_database_is_up_to_date", lambda: False)

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"no")


def test_files_that_cannot_be_kept_make_it_not_ready(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(health.os, "access", lambda folder, mode: False)

    assert not health.is_ready()


def test_the_administrator_reads_the_record_without_a_case(sign_in):
    person = make_household(head="นางแก้ว ทองสุข").head
    audit.record(
        by=None, action="reveal_national_id", target=f"person {person.pk}", detail={"reason": "นางแก้ว"}
    )
    client = sign_in(make_officer(Role.ADMINISTRATOR))

    for query in ("", "?export=csv"):
        page = client.get(f"/manage/audit/{query}").getvalue().decode()
        assert "เปิดดูเลขประจำตัวประชาชน" in page
        assert "แก้ว" not in page


@pytest.mark.parametrize(("query", "found"), [("action=move", 1), ("day=1/1/2560", 0), ("officer=ไม่มี", 0)])
def test_the_record_is_filtered_by_act_day_and_officer(query, found, sign_in):
    for action in ("move", "dismiss"):
        audit.record(by=None, action=action, target="officer:1")
    client = sign_in(make_officer(Role.ADMINISTRATOR))

    assert client.get(f"/manage/audit/?{query}").context["count"] == found


def test_the_chain_shows_a_changed_event(sign_in):
    client = sign_in(make_officer(Role.ADMINISTRATOR))
    for number in range(3):
        audit.record(by=None, action="move", target=f"officer:{number}")
    assert "บันทึกครบถ้วน 3 รายการ" in client.get("/manage/audit/check/").content.decode()

    release(connection, "accounts_auditevent")
    AuditEvent.objects.filter(target="officer:1").update(target="officer:9")

    assert "ลำดับบันทึกขาด" in client.get("/manage/audit/check/").content.decode()


def test_the_chain_shows_a_removed_event():
    for number in range(3):
        audit.record(by=None, action="move", target=f"officer:{number}")
    release(connection, "accounts_auditevent")
    AuditEvent.objects.filter(target="officer:1").delete()

    assert audit.broken_at().target == "officer:2"


def test_areas_sort_by_the_thai_alphabet(sign_in):
    village = make_village("33100503", district="ถวิล")
    for code, name in (("33110101", "เกษม"), ("33120101", "เฉลย")):
        make_officer(area=make_village(code, district=name))
    make_officer(area=village)
    client = sign_in(make_officer(Role.PROVINCIAL_STAFF, area=village))

    table = client.get(f"{OFFICERS}?sort=area&role=district_head").context["table"]

    assert [row.record.area.name for row in table.rows] == ["เกษม", "เฉลย", "ถวิล"]


def test_the_lists_of_a_menu_item_stand_beside_each_other(sign_in):
    page = sign_in(make_officer()).get("/debts/plans/").content.decode()

    beside = page.partition('<nav class="subnav')[2].partition("</nav>")[0]
    assert re.findall(r'href="(.*?)"', beside) == [
        "/debts/cases/",
        "/debts/meetings/",
        "/debts/contracts/",
        "/debts/plans/",
    ]
    assert 'href="/debts/plans/" aria-current="page"' in beside
