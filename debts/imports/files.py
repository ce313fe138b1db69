"""A workbook from the field is kept, looked at, and imported once or put aside."""

from datetime import date
from hashlib import sha256
from pathlib import PurePath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts.imports.codes import NOT_OURS, made_at
from debts.models import RegisterFile
from debts.sheets.edited import EditedRegister
from debts.sheets.form import ContractForm, read_any
from debts.sheets.layout import Chosen
from debts.sheets.limits import MAX_BYTES, TOO_BIG, CannotOpen
from debts.sheets.register import ReadRegister
from debts.sheets.workbook import open_workbook
from funds.models import Centre

KINDS = {
    ReadRegister: RegisterFile.Kind.REGISTER,
    ContractForm: RegisterFile.Kind.FORM,
    EditedRegister: RegisterFile.Kind.EDITED,
}
LOST = "ไม่พบไฟล์ที่เก็บไว้ ยกเลิกไฟล์นี้แล้วเลือกไฟล์อีกครั้ง"


class CannotImport(ValueError):
    """Nothing was written; `str()` is the Thai reason."""


@transaction.atomic
def keep(
    *, centre: Centre, name: str, content: bytes, as_of: date | None, on: date, by: Officer
) -> RegisterFile:
    """Store a workbook that has something to import; the same content again is the same file.

    `as_of` is the day of its figures where the file itself does not say. Raises `CannotOpen` and
    `NothingToImport`.
    """
    found = read(content, name=name, on=on, chosen=chosen_for(centre))
    if isinstance(found, EditedRegister) and made_at(found.file_code, centre) is None:
        raise CannotOpen(NOT_OURS)
    centre = lock_centre(centre.pk)
    digest = sha256(content).hexdigest()
    known = centre.register_files.filter(sha256=digest).first()
    return known or RegisterFile.objects.create(
        centre=centre,
        kind=KINDS[type(found)],
        name=_short(name),
        sha256=digest,
        content=ContentFile(content, name=f"{uuid4().hex}{PurePath(name).suffix.lower()[:5]}"),
        as_of_on=getattr(found, "as_of_on", None) or as_of,
        uploaded_by=by,
    )


def chosen_for(centre: Centre) -> dict[str, Chosen]:
    """What officers said of the centre's sheets, by the signature of their heads."""
    return {
        said.signature: Chosen(tuple(said.columns), said.head_shift, said.head_lines, said.at)
        for said in centre.column_mappings.all()
    }


def read(
    content: bytes, *, name: str, on: date, chosen: dict[str, Chosen] | None = None
) -> ReadRegister | ContractForm | EditedRegister:
    """What the workbook holds, as read on day `on` with its columns as `chosen`.

    Raises `CannotOpen` and `NothingToImport`.
    """
    if len(content) > MAX_BYTES:
        raise CannotOpen(TOO_BIG)
    return read_any(open_workbook(content, name=name), today=on, chosen=chosen)


def reread(file: RegisterFile) -> ReadRegister | ContractForm | EditedRegister:
    """The stored workbook, read as on the day it was kept. Raises `CannotOpen` and `NothingToImport`."""
    try:
        with file.content.storage.open(file.content.name) as stored:
            content = stored.read()
    except FileNotFoundError as lost:
        raise CannotOpen(LOST) from lost
    on = timezone.localdate(file.uploaded_at)
    return read(content, name=file.name, on=on, chosen=chosen_for(file.centre))


@transaction.atomic
def answer(file: RegisterFile, answers: dict) -> None:
    """Remember what the officer decided so far. Nothing else is written.

    Raises `CannotImport` when the register was imported: its answers are history.
    """
    locked = lock_file(file)
    if locked.kind == RegisterFile.Kind.REGISTER:
        refuse_imported(locked)
    RegisterFile.objects.filter(pk=file.pk).update(decisions=answers)


@transaction.atomic
def discard(*, file: RegisterFile, by: Officer) -> None:
    """Put a file aside that was not imported. Raises `CannotImport`."""
    file = lock_file(file)
    refuse_imported(file)
    content = file.content
    file.delete()
    record(by=by, action="register-discard", target=str(file.centre), detail={"file": file.name})
    transaction.on_commit(lambda: content.storage.delete(content.name))


def lock_centre(centre_pk: int) -> Centre:
    """The centre and its village, locked: whoever brings rows in for a village takes these first."""
    return (
        Centre.objects.select_for_update(of=("self", "village")).select_related("village").get(pk=centre_pk)
    )


def lock_file(file: RegisterFile) -> RegisterFile:
    """The file as it is behind its centre's lock. Raises `CannotImport` when it was put aside."""
    centre = lock_centre(file.centre_id)
    locked = centre.register_files.select_related("imported_by").filter(pk=file.pk).first()
    if locked is None:
        raise CannotImport("ไฟล์นี้ถูกยกเลิกแล้ว เลือกไฟล์อีกครั้ง")
    return locked


def refuse_imported(file: RegisterFile) -> None:
    if file.imported_at:
        raise CannotImport(imported_before(file))


def imported_before(file: RegisterFile) -> str:
    """That the file was imported, when and by whom (M27)."""
    at = thai.moment(timezone.localtime(file.imported_at))
    return f"ไฟล์นี้เคยนำเข้าแล้วเมื่อ {at} โดย {file.imported_by} ไม่มีการเปลี่ยนแปลง"


def mark_imported(file: RegisterFile, *, by: Officer) -> None:
    """Say when and by whom, once; a form that is confirmed in parts keeps its first day."""
    if file.imported_at is None:
        file.imported_at, file.imported_by = timezone.now(), by
        file.save(update_fields=["imported_at", "imported_by", "as_of_on", "decisions"])


def _short(name: str) -> str:
    """The name of the file without folders, short enough to keep."""
    path = PurePath(thai.tidy(name).replace("\\", "/"))
    return f"{path.stem[:180]}{path.suffix[:10]}" or "ไฟล์"
