"""Three districts send, one late, one given back and corrected; the province adds up and sends; the department reads."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.roles import Role
from reports.models import AreaReturn, ReturnVersion
from reports.returns import content
from tests.browser.conftest import Browser
from tests.factories import (
    make_case,
    make_centre,
    make_debt,
    make_fund,
    make_officer,
    make_period,
    make_village,
)

WIDTHS = (1366, 768, 360)
SELECTED = date(2017, 5, 2)


@pytest.fixture
def windows(chromium, live_server):
    """One window for each officer."""
    opened = {}

    def window_of(officer) -> Browser:
        if officer.pk not in opened:
            opened[officer.pk] = Browser(chromium, live_server, bypass_csp=True)
            opened[officer.pk].sign_in(officer)
        return opened[officer.pk]

    yield window_of
    for window in opened.values():
        window.window.close()
        assert window.faults == []


def district(code: str):
    """An officer of a district with one household that was selected."""
    village = make_village(f"{code}0503", f"บ้าน{code}")
    officer = make_officer(area=village)
    debt = make_debt(fund=make_fund(make_centre(village)), by=officer)
    make_case(debt.household, on=SELECTED, by=officer)
    return officer, debt


def send(window, period, *, is_begun=False):
    page = window.page
    window.open(f"{reverse('reports:returns')}?period={period.pk}")
    button = (
        page.get_by_role("link", name="เปิดรายงาน")
        if is_begun
        else page.get_by_role("button", name="เริ่มจัดทำรายงาน")
    )
    button.click()
    page.get_by_role("link", name="ส่งรายงาน").click()
    page.get_by_role("button", name="ส่งรายงาน").click()
    expect(page.get_by_text("ดำเนินการแล้ว: ส่งรายงานฉบับที่")).to_be_visible()


def faults_of(window, *addresses) -> list[str]:
    found = []
    for address in addresses:
        for width in WIDTHS:
            window.open(address, width=width)
            found += [f"{address} {width}: {each}" for each in window.axe()]
            if window.wider_than_the_screen():
                found.append(f"{address} {width}: wider than the screen")
    return found


@pytest.mark.django_db(transaction=True)
def test_three_districts_send_the_province_adds_up_and_the_department_reads(windows):
    today = timezone.localdate()
    (one, _), (two, debt), (three, _) = (district(code) for code in ("3310", "3311", "3312"))
    province = make_officer(Role.PROVINCIAL_HEAD, area=one.area)
    department = make_officer(Role.DEPARTMENT)
    period = make_period(by=department, due=(today, today))

    send(windows(one), period)
    send(windows(two), period)
    period.district_due_on = today - timedelta(days=1)
    period.save()
    send(windows(three), period)

    check, page = windows(province), windows(province).page
    board = f"{reverse('reports:returns')}?period={period.pk}"
    check.open(board)
    expect(page.get_by_role("row", name="3312")).to_contain_text("ล่าช้า")
    expect(page.get_by_role("row", name="3310")).not_to_contain_text("ล่าช้า")
    page.get_by_role("link", name="อำเภอ3311").click()
    page.get_by_role("link", name="ส่งคืนแก้ไข").click()
    given = faults_of(check, page.url.removeprefix(check.address))
    page.get_by_label("บ้าน3311 หมู่ที่ 3").fill("ครัวเรือนนี้ยังขาดสัญญา")
    page.get_by_role("button", name="ส่งคืนแก้ไข").click()
    expect(page.get_by_text("ดำเนินการแล้ว: ส่งคืนแก้ไข")).to_be_visible()

    maker = windows(two)
    maker.open(f"{reverse('reports:returns')}?period={period.pk}")
    maker.page.get_by_role("link", name="เปิดรายงาน").click()
    expect(maker.page.get_by_text("ครัวเรือนนี้ยังขาดสัญญา")).to_be_visible()
    send(maker, period, is_begun=True)
    for code in ("3310", "3311", "3312"):
        check.open(board)
        page.get_by_role("link", name=f"อำเภอ{code}").click()
        page.get_by_role("link", name="รับรอง", exact=True).click()
        page.get_by_role("button", name="รับรองรายงาน").click()
    send(check, period)

    read = windows(department)
    read.open(board)
    read.page.get_by_role("link", name="จังหวัด33", exact=True).click()
    expect(read.page.get_by_role("row", name="รวม 3 แห่ง")).to_contain_text("3")
    assert read.page.get_by_role("link", name="ดูรายชื่อ").count() == 0
    compiled = AreaReturn.objects.get(area=province.area)
    assert content.of_version(compiled.newest).total.joined == 3
    assert ReturnVersion.objects.filter(sheet__area=two.area).count() == 2

    check.open(reverse("reports:return", args=[compiled.pk]))
    page.get_by_role("link", name="อำเภอ3311").click()
    page.get_by_role("link", name="บ้าน3311 หมู่ที่ 3 1 ครัวเรือน ดูรายชื่อ").first.click()
    page.get_by_role("link", name=debt.household.head.full_name).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(debt.household.head.full_name)

    sheet = AreaReturn.objects.get(area=two.area)
    pages = [
        reverse(f"reports:return{name}", args=[sheet.pk]) for name in ("", "-households", "-changes", "-tick")
    ]
    given += faults_of(check, board, reverse("reports:return", args=[compiled.pk]), *pages)
    given += faults_of(
        read, board, reverse("reports:return-deadlines"), reverse("reports:return", args=[compiled.pk])
    )
    assert given == []
