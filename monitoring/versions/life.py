"""The life of a version: drafted from an old one, written, approved, or discarded while it is a draft."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.audit import record
from accounts.models import Officer
from monitoring.models import Version


class CannotWrite(ValueError):
    """What was asked of the version is refused; `str()` is the Thai reason."""


@transaction.atomic
def begin(*, old: Version, year: int, by: Officer) -> Version:
    """A draft of the next version for a fiscal year (พ.ศ.), with all that `old` says. Raises `CannotWrite`."""
    model = type(old)
    family = model.objects.filter(**old.series)
    list(family.select_for_update().values_list("pk"))
    if family.filter(approved_on=None).exists():
        raise CannotWrite("มีร่างฉบับใหม่อยู่แล้ว แก้ไขร่างนั้น หรือลบร่างก่อน")
    newest = family.filter(**{model.YEAR: year}).aggregate(newest=Max("version"))["newest"] or 0
    draft = model.objects.create(
        **{column: getattr(old, column) for column in model.COPIED},
        **{model.YEAR: year},
        version=newest + 1,
        source=f"ปรับปรุงจากฉบับที่ {old.version} ปี {old.year}",
        written_by=by,
    )
    _write_items(draft, old.items.values(*model.ITEM_COLUMNS))
    _record("form-draft", draft, by)
    return draft


@transaction.atomic
def rewrite(
    *, draft: Version, revision: int, head: Mapping, items: Sequence[Mapping], by: Officer
) -> Version:
    """Write a draft anew, its items in the order given. Raises `CannotWrite`."""
    draft = _draft(draft, revision)
    for column, value in head.items():
        setattr(draft, column, value)
    draft.revision += 1
    draft.written_by = by
    draft.save()
    draft.items.all().delete()
    _write_items(draft, [{**item, "order": order} for order, item in enumerate(items, start=1)])
    return draft


@transaction.atomic
def approve(*, draft: Version, revision: int, on: date, by: Officer) -> Version:
    """Put a draft in force from day `on`; it is never changed after. Raises `CannotWrite`."""
    draft = _draft(draft, revision)
    if not draft.items.exists():
        raise CannotWrite("ยังไม่มีข้อใดในร่างนี้")
    _record("form-approve", draft, by)
    draft.approved_on = on
    draft.save()
    return draft


@transaction.atomic
def discard(*, draft: Version, revision: int, by: Officer) -> None:
    """Delete a draft. Raises `CannotWrite`."""
    draft = _draft(draft, revision)
    _record("form-discard", draft, by)
    draft.delete()


def _draft(version: Version, revision: int) -> Version:
    version = type(version).objects.select_for_update().get(pk=version.pk)
    if version.approved_on:
        raise CannotWrite("ฉบับนี้ประกาศใช้แล้ว แก้ไขไม่ได้ ทำฉบับใหม่แทน")
    if version.revision != revision:
        raise CannotWrite("มีผู้แก้ไขร่างนี้หลังจากท่านเปิดอ่าน เปิดดูร่างล่าสุดอีกครั้ง")
    return version


def _write_items(draft: Version, rows) -> None:
    items = draft.items
    items.model.objects.bulk_create(items.model(**{items.field.name: draft}, **row) for row in rows)


def _record(action: str, version: Version, by: Officer) -> None:
    detail = {"version": version.version, "year": version.year}
    record(by=by, action=action, target=f"{version._meta.model_name} {version.pk}", detail=detail)
