"""Many visit reports at once: made by a worker, the good ones kept when one fails."""

import io
import zipfile
from datetime import date

import pypdf
import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts import jobs
from accounts.models import Job, Officer
from accounts.roles import Role
from monitoring import visit_report
from reports import visit_bundle
from reports.visit_bundle import CannotBundle, ask, write_bundle
from tests.factories import (
    make_centre,
    make_officer,
    make_photo,
    make_recorded_visit,
    make_round,
    make_sent_visit,
    make_village,
)

pytestmark = pytest.mark.django_db
NAMES = ("บ้านหนึ่ง", "บ้านสอง", "บ้านสาม")


@pytest.fixture
def visits():
    return [
        make_sent_visit(make_centre(make_village(f"3310050{number}", name)), text=f"พบที่{name}")
        for number, name in enumerate(NAMES, 1)
    ]


@pytest.fixture
def officer(visits):
    return make_officer(area=visits[0].centre.village)


def work(job: Job) -> Job:
    """The job when it is over: tests do at once what is asked for."""
    job.refresh_from_db()
    return job


def asked(visits, officer, kind="pdf", paper="full") -> Job:
    return ask([visit.pk for visit in visits], kind=kind, paper=paper, by=officer)


def content(job) -> bytes:
    with job.result.open() as file:
        return file.read()


def texts(job) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content(job))).pages]


def broken(monkeypatch, visit):
    """The photos of this visit cannot be read."""
    whole = visit_report.pictures

    def pictures(each):
        if each.pk == visit.pk:
            raise FileNotFoundError("the photo is gone")
        return whole(each)

    monkeypatch.setattr(visit_report, "pictures", pictures)


def test_all_reports_stand_in_one_pdf_in_the_order_asked(visits, officer):
    job = work(asked(visits, officer))

    pages = texts(job)
    places = [next(i for i, text in enumerate(pages) if f"พบที่{name}" in text) for name in NAMES]
    assert job.state == Job.State.DONE
    assert places == sorted(places)
    assert sum("หน้า 1 จาก" in text for text in pages) == 3


def test_a_zip_holds_one_paper_for_each_visit(visits, officer):
    job = work(asked(visits, officer, kind="zip", paper="short"))

    with zipfile.ZipFile(io.BytesIO(content(job))) as archive:
        names = archive.namelist()
        assert [name[5:].split(" ")[0] for name in names] == list(NAMES)
        assert all(archive.read(name).startswith(b"%PDF") for name in names)


@pytest.mark.parametrize("kind", ["pdf", "zip"])
def test_one_report_that_fails_is_named_and_the_others_are_kept(kind, visits, officer, monkeypatch):
    broken(monkeypatch, visits[1])

    job = work(asked(visits, officer, kind=kind))

    assert job.state == Job.State.DONE
    assert job.message.startswith("จัดทำ 2 ฉบับ")
    assert f"ไม่สำเร็จ 1 ฉบับ: {visits[1]}" in job.message


def test_when_none_can_be_made_there_is_no_file(visits, officer, monkeypatch):
    broken(monkeypatch, visits[0])

    job = work(asked(visits[:1], officer))

    assert (job.state, job.result.name) == (Job.State.FAILED, "")


def test_progress_is_the_number_of_reports_made(visits, officer, monkeypatch):
    told = []
    report = jobs.Run.report_progress
    monkeypatch.setattr(
        jobs.Run,
        "report_progress",
        lambda run, doing, done=0, total=0: (told.append((done, total)), report(run, doing, done, total)),
    )

    work(asked(visits, officer))

    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_a_cancelled_job_stops_before_the_next_report(visits, officer, monkeypatch):
    made = []
    lay_out = visit_bundle.lay_out

    def one_then_cancelled(*args):
        made.append(args)
        jobs.cancel(job=Job.objects.get(), by=officer)
        return lay_out(*args)

    monkeypatch.setattr(visit_bundle, "lay_out", one_then_cancelled)

    job = work(asked(visits, officer))

    assert (job.state, len(made), job.result.name) == (Job.State.CANCELLED, 1, "")


def test_visits_outside_the_area_are_not_printed_for_who_was_moved(visits, officer):
    other = make_sent_visit(make_centre(make_village("63010503", "บ้านอื่น")), text="ลับ")

    job = work(asked([visits[0], other], officer))

    assert "ลับ" not in "".join(texts(job))
    assert "ไม่สำเร็จ 1 ฉบับ" in job.message


def test_who_lost_the_area_meanwhile_gets_nothing(visits, officer, monkeypatch):
    monkeypatch.setattr(jobs, "_enqueue", lambda job: None)
    job = asked(visits, officer)
    Officer.objects.filter(pk=officer.pk).update(area=make_village("63010503").above("district"))

    write_bundle.call(job.pk, job.attempt)

    assert (work(job).state, job.result.name) == (Job.State.FAILED, "")


def test_photos_are_printed_in_the_full_report_only(visits, officer):
    visit = make_recorded_visit(
        visits[0].centre, visits[0].planned_by, planned_on=date(2019, 3, 29), on=date(2019, 3, 29)
    )
    make_photo(visit)

    full, short = (work(asked([visit], officer, paper=paper)) for paper in ("full", "short"))

    assert b"/Subtype /Image" in content(full)
    assert b"/Subtype /Image" not in content(short)


def test_nothing_found_or_too_much_is_refused(officer):
    for kind, most in visit_bundle.MOST.items():
        for keys in ([], range(most + 1)):
            with pytest.raises(CannotBundle):
                ask(keys, kind=kind, paper="full", by=officer)


def test_the_reports_of_a_round_are_asked_for_from_its_page(visits, sign_in):
    staff = make_officer(Role.PROVINCIAL_STAFF)
    round = make_round(staff)
    for visit in visits[:2]:
        visit.round = round
        visit.save()
    address = f"{reverse('reports:visit-bundle')}?round={round.pk}"
    client = sign_in(staff)

    assert "รายงาน 2 ฉบับ" in client.get(address).content.decode()
    response = client.post(address, {"paper": "short", "kind": "pdf"})

    job = Job.objects.get()
    assert response["Location"] == reverse("accounts:job", args=[job.pk])
    assert sorted(job.options["visits"]) == sorted(visit.pk for visit in visits[:2])


def test_a_filter_that_cannot_be_read_prints_nothing(visits, officer, sign_in):
    address = f"{reverse('reports:visit-bundle')}?unheard=1"

    response = sign_in(officer).post(address, {"paper": "short", "kind": "pdf"})

    assert "อ่านตัวกรองไม่ได้" in response.content.decode()
    assert not Job.objects.exists()


def test_a_retried_job_leaves_one_file(visits, officer):
    job = work(asked(visits[:1], officer))

    folder = job.result.name.rpartition("/")[0]
    assert default_storage.listdir(folder)[1].count(job.result.name.rpartition("/")[2]) == 1
