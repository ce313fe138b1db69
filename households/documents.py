"""Papers of a household are kept: pictures drawn anew, PDF as it is, nothing else."""

from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError

from accounts.audit import record
from accounts.models import Officer
from config.pictures import CannotAttach, picture_or_pdf
from households.models import Document, Household

MOST_DOCUMENTS = 50


@transaction.atomic
def attach(*, household: Household, upload, kind: str, name: str, by: Officer) -> Document:
    """Keep a paper of the household. The same content again is the same paper.

    Raises `CannotAttach` for what is neither a picture nor a PDF, is larger than 10 MB or is one too many.
    """
    is_pdf, content = picture_or_pdf(upload)
    seal = sha256(content).hexdigest()
    household = Household.objects.select_for_update().get(pk=household.pk)
    if kept := household.documents.filter(sha256=seal).first():
        return kept
    if household.documents.count() >= MOST_DOCUMENTS:
        raise CannotAttach(f"แนบได้ไม่เกิน {MOST_DOCUMENTS} ฉบับ ลบบางฉบับก่อนเพิ่ม")
    document = Document.objects.create(
        household=household,
        kind=kind,
        name=name,
        content=ContentFile(content, name=f"{uuid4().hex}.{'pdf' if is_pdf else 'jpg'}"),
        is_pdf=is_pdf,
        size=len(content),
        sha256=seal,
        added_by=by,
    )
    _record(document, "document-add", by)
    return document


@transaction.atomic
def remove(*, document: Document, by: Officer) -> None:
    """Delete a paper; the record keeps that it was there. Raises `CannotAttach` for a signed contract's."""
    content = document.content
    _record(document, "document-delete", by)
    try:
        document.delete()
    except ProtectedError as refusal:
        raise CannotAttach("เอกสารนี้เป็นสัญญาที่ลงนามแล้วของครัวเรือน ลบไม่ได้") from refusal
    transaction.on_commit(lambda: content.storage.delete(content.name))


def _record(document: Document, action: str, by: Officer) -> None:
    detail = {"kind": document.kind, "sha256": document.sha256}
    record(by=by, action=action, target=f"household {document.household_id}", detail=detail)
