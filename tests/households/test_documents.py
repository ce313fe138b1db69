"""Papers of a household: pictures and PDF, each once, downloaded within the area."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from config.pictures import CannotAttach
from households import documents
from households.models import Document
from tests.factories import make_document, make_household, make_officer, make_picture, make_village

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 one page"


def pdf(name="สัญญา.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def kept(document) -> bytes:
    with document.content.open() as file:
        return file.read()


def test_a_picture_is_drawn_anew():
    document = make_document(upload=make_picture(kind="PNG"))

    assert not document.is_pdf
    assert kept(document).startswith(b"\xff\xd8")


def test_a_pdf_is_kept_as_it_is():
    document = make_document(upload=pdf())

    assert document.is_pdf
    assert kept(document) == PDF


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("ภาพ.jpg", b"<svg onload='alert(1)'></svg>"),
        SimpleUploadedFile("แผน.pdf", b"MZ\x90\x00"),
        SimpleUploadedFile("../../etc/passwd", b"root"),
        SimpleUploadedFile("ว่าง.pdf", b""),
    ],
)
def test_what_is_neither_picture_nor_pdf_is_refused(upload):
    with pytest.raises(CannotAttach, match="ใช้ JPG PNG หรือ PDF"):
        make_document(upload=upload)

    assert not Document.objects.exists()


def test_a_file_above_ten_megabytes_is_refused():
    with pytest.raises(CannotAttach, match="ใหญ่กว่า 10 MB"):
        make_document(upload=pdf(content=PDF + b"0" * 10 * 1024 * 1024))


def test_the_same_paper_is_kept_once():
    household = make_household()

    assert make_document(household, upload=pdf()) == make_document(household, upload=pdf(name="อีกครั้ง.pdf"))


def test_a_household_has_at_most_so_many_papers(monkeypatch):
    monkeypatch.setattr(documents, "MOST_DOCUMENTS", 1)
    household = make_document(upload=pdf()).household

    with pytest.raises(CannotAttach, match="แนบได้ไม่เกิน 1 ฉบับ"):
        make_document(household)


def test_an_officer_attaches_and_downloads_a_paper(sign_in):
    household = make_household()
    officer = sign_in(make_officer())

    officer.post(
        reverse("households:document-new", args=[household.pk]),
        {"kind": "consent", "name": "หนังสือยินยอม", "content": pdf()},
    )
    response = officer.get(reverse("households:document", args=[household.documents.get().pk]))

    assert b"".join(response) == PDF
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_refused_file_is_said_above_the_form(sign_in):
    household = make_household()

    response = sign_in(make_officer()).post(
        reverse("households:document-new", args=[household.pk]),
        {"kind": "other", "name": "ก", "content": SimpleUploadedFile("แผน.exe", b"MZ")},
    )

    assert "เป็นชนิดที่ไม่รองรับ" in response.content.decode()


def test_a_paper_that_is_lost_is_not_found(sign_in):
    document = make_document()
    document.content.storage.delete(document.content.name)

    response = sign_in(make_officer()).get(reverse("households:document", args=[document.pk]))

    assert response.status_code == 404


def test_a_deleted_paper_leaves_its_record(sign_in, django_capture_on_commit_callbacks):
    document = make_document()
    officer = sign_in(make_officer(area=make_village()))

    with django_capture_on_commit_callbacks(execute=True):
        officer.post(reverse("households:document-delete", args=[document.pk]))

    assert not Document.objects.exists()
    assert not document.content.storage.exists(document.content.name)
    assert AuditEvent.objects.filter(action="document-delete").get().detail["sha256"] == document.sha256
