"""A list too long to wait for is written by a worker, for the officer who asked alone, as that officer sees it."""

import csv
import io
from urllib.parse import unquote

import openpyxl
import pytest
from django.urls import reverse

from accounts import exports, jobs, sheets
from accounts.checks import every_url
from accounts.models import AuditEvent, Job, Officer
from accounts.pages import ListPage
from accounts.roles import Can, Role, allows
from tests.factories import make_debt, make_fund, make_household, make_officer, make_village
from tests.world import CODES, OURS, THEIRS, make_world

pytestmark = pytest.mark.django_db
DEBTS = "/debts/"
SHOWN = "columns=borrower%2Cprincipal&state=open"
LISTS = [
    url for url in every_url() if issubclass(getattr(url.pattern.callback, "view_class", object), ListPage)
]


@pytest.fixture(autouse=True)
def _long_from_two_rows(monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 1)


@pytest.fixture
def village():
    return make_village(district="ห้วยทับทัน")


@pytest.fixture
def officer(village):
    return make_officer(area=village.parent.parent)


@pytest.fixture
def office(officer, sign_in):
    return sign_in(officer)


@pytest.fixture
def debts(village):
    """Three open debts of 1,000 baht."""
    fund = make_fund()
    homes = [make_household(village, house_number=str(number)) for number in range(1, 4)]
    return [make_debt(home, fund, principal="1000") for home in homes]


def export(office, query=SHOWN, kind="csv"):
    return office.post(f"{DEBTS}?{query}&export={kind}", follow=True)


def newest_job() -> Job:
    return Job.objects.first()


def download(client, job=None):
    return client.get(reverse("accounts:job-result", args=[(job or newest_job()).pk]))


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def text_of(response) -> str:
    return response.content.decode()


def test_a_long_list_is_asked_for_and_downloaded_from_its_job(debts, office):
    page = export(office)
    rows = lines(download(office))

    assert "ส่งออก 3 สัญญา ดาวน์โหลดได้ถึง" in text_of(page)
    assert "ดาวน์โหลด</a>" in text_of(page)
    assert rows[0] == ["ชื่อ–สกุล ผู้กู้", "เงินต้นคงเหลือ (บาท)"]
    assert rows[-1] == ["รวม 3 สัญญา (ทั้งหมดตามตัวกรอง)", "3000.00"]
    assert len(rows) == 5


def test_the_workbook_holds_the_columns_and_the_filter_shown(debts, office):
    export(office, kind="xlsx")

    response = download(office)
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(response))).active.values)

    assert rows[2][0] == "สถานะ: ยังมียอดค้าง"
    assert rows[3] == ("ชื่อ–สกุล ผู้กู้", "เงินต้นคงเหลือ (บาท)")
    assert [row[1] for row in rows[4:]] == [1000, 1000, 1000, 3000]
    assert "ทะเบียนลูกหนี้_อำเภอห้วยทับทัน_" in unquote(response["Content-Disposition"])
    assert response["Content-Type"] == sheets.XLSX
    assert response["Cache-Control"] == "private, no-store"


def test_the_buttons_of_a_long_list_ask_and_an_old_link_says_so(debts, office):
    page = office.get(f"{DEBTS}?{SHOWN}")
    old_link = office.get(f"{DEBTS}?{SHOWN}&export=csv", follow=True)

    assert 'id="export-csv"' in text_of(page)
    assert "export=csv" in text_of(page)
    assert "กดส่งออกที่หน้านี้เพื่อสั่ง" in text_of(old_link)
    assert not Job.objects.exists()


def test_a_short_list_is_a_file_at_once(debts, office, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 3)

    page, file = office.get(f"{DEBTS}?{SHOWN}"), office.get(f"{DEBTS}?{SHOWN}&export=csv")

    assert 'id="export-csv"' not in text_of(page)
    assert len(lines(file)) == 5
    assert not Job.objects.exists()


@pytest.mark.parametrize("url", LISTS, ids=[url.name for url in LISTS])
def test_every_list_is_written_by_a_worker_as_it_is_shown(url, sign_in, monkeypatch):
    world = make_world(OURS)
    make_world(THEIRS)
    role = next(role for role in Role if allows(role, url.permission))
    client = sign_in(make_officer(role, area=make_village(CODES[OURS]), first_name="ผู้ใช้"))
    address = reverse(url.name, kwargs={name: world[name] for name in url.keywords})

    client.post(f"{address}?export=csv")
    job = newest_job()
    if url.name == "accounts:audit":  # it tells of the export itself
        assert job.state == "done"
        return
    made = lines(download(client, job))
    monkeypatch.setattr(exports, "AT_ONCE", 1_000_000)
    if url.name == "accounts:jobs":
        assert made[0] == lines(client.get(f"{address}?export=csv"))[0]
        return

    assert job.task == "accounts.exports.write_list"
    assert made == lines(client.get(f"{address}?export=csv"))
    assert not any(THEIRS in cell for row in made for cell in row)


def test_somebody_elses_file_is_not_found(debts, officer, office, sign_in):
    export(office)
    job = newest_job()

    colleague = sign_in(make_officer(Role.DISTRICT_HEAD, area=officer.area))
    page = colleague.get(reverse("accounts:job", args=[job.pk]))

    assert page.status_code == 200
    assert "ดาวน์โหลด</a>" not in text_of(page)
    assert download(colleague, job).status_code == 404


def test_the_file_is_not_found_before_it_is_whole(debts, officer, office):
    export(office)
    Job.objects.update(state="running", finished_at=None)

    assert download(office).status_code == 404


def test_a_lost_file_is_not_found(debts, office):
    export(office)
    job = newest_job()
    job.result.storage.delete(job.result.name)

    assert download(office).status_code == 404


@pytest.mark.parametrize("change", [{"area": None}, {"role": Role.DEPARTMENT}, {"is_active": False}])
def test_an_officer_who_lost_the_area_or_the_right_meanwhile_gets_nothing(change, debts, officer, office):
    export(office)
    Officer.objects.filter(pk=officer.pk).update(**change)

    assert download(office).status_code in (302, 403, 404)


@pytest.mark.parametrize("change", [{"area": None}, {"role": Role.DEPARTMENT}, {"is_active": False}])
def test_nothing_is_written_for_an_officer_who_lost_the_area_or_the_right_before(
    change, debts, officer, office
):
    export(office)
    job = newest_job()
    Officer.objects.filter(pk=officer.pk).update(**change)
    Job.objects.update(state="failed", result="")

    again = jobs.try_again(job=job, by=officer)

    again.refresh_from_db()
    assert (again.state, again.message) == ("failed", exports.NOT_YOURS)
    assert not again.result


def test_nothing_of_the_new_area_is_written_for_an_officer_who_moved_meanwhile(debts, officer):
    job = ask_for(officer)
    elsewhere = make_village(CODES[THEIRS], district=THEIRS)
    Officer.objects.filter(pk=officer.pk).update(area=elsewhere.parent.parent)

    again = jobs.try_again(job=job, by=officer)

    again.refresh_from_db()
    assert again.message == exports.NOT_YOURS


def ask_for(officer) -> Job:
    """An export that was asked for and failed."""
    job = jobs.start(
        exports.write_list,
        subject="export",
        title="ส่งออก",
        by=officer,
        permission=Can.VIEW_DEBTS,
        options={"address": f"{DEBTS}?{SHOWN}", "kind": "csv", "file_name": "ก.csv"},
    )
    Job.objects.update(state="failed")
    job.refresh_from_db()
    return job


def test_an_export_cancelled_between_rows_leaves_no_file(debts, office, monkeypatch):
    monkeypatch.setattr(sheets, "ROWS_TOLD", 1)
    report = jobs.Run.report_progress

    def cancel_after_two(run, doing, done=0, total=0):
        Job.objects.filter(pk=run.job.pk).update(is_to_stop=done >= 2)
        report(run, doing, done, total)

    monkeypatch.setattr(jobs.Run, "report_progress", cancel_after_two)
    page = export(office)

    job = newest_job()
    assert (job.state, job.done, job.total, bool(job.result)) == ("cancelled", 2, 3, False)
    assert "ลองใหม่" in text_of(page)
    assert download(office).status_code == 404


def test_what_a_killed_worker_left_is_overwritten_and_removed_with_the_job(debts, office, monkeypatch):
    def killed(run, message, **columns):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(jobs.Run, "finish", killed)
        export(office)
    left = newest_job()
    name = left.result.name
    Job.objects.update(state="running", finished_at=None, ticket="", heartbeat_at="2026-01-01T00:00Z")

    not_yet = download(office)
    jobs.recover()
    job = newest_job()
    made = lines(download(office))

    assert not_yet.status_code == 404
    assert (job.state, job.attempt, job.result.name) == ("done", 2, name)
    assert len(made) == 5
    Job.objects.update(finished_at="2026-01-01T00:00Z")
    jobs.forget_old()
    assert not job.result.storage.exists(name)


def test_more_rows_than_a_worksheet_has_are_refused_in_words(debts, office, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)

    assert "แฟ้ม Excel มีได้ไม่เกิน 1,000,000 แถว" in text_of(export(office, kind="xlsx"))


def test_asking_is_recorded_without_what_was_searched_for(debts, office):
    export(office, "columns=borrower&q=18")

    event = AuditEvent.objects.get(action="export")
    assert event.detail == {"kind": "csv", "filters": ["columns", "q"]}


def test_an_officer_without_an_area_cannot_ask(officer, office):
    Officer.objects.filter(pk=officer.pk).update(area=None)

    page = office.post(f"{DEBTS}?export=csv", follow=True)

    assert "ยังไม่ได้รับมอบหมายพื้นที่" in text_of(page)
    assert not Job.objects.exists()


def test_posting_without_a_kind_of_file_is_refused(office):
    for query in ("", "?export=pdf"):
        assert office.post(f"{DEBTS}{query}").status_code == 405
