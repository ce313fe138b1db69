"""Versions of the clause texts: drafted by one officer of a province, approved by another, then never changed."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from areas.models import Area, Level
from debts.models import ClauseText
from debts.papers.letters import SHIPPED_LETTERS
from debts.papers.shipped import SHIPPED
from debts.papers.words import problems_of


class CannotChange(ValueError):
    """The text stays as it is; `str()` is the Thai reason."""


def load() -> None:
    """Write the shipped texts that are not there yet."""
    there = set(ClauseText.objects.filter(province=None).values_list("kind", "number"))
    ClauseText.objects.bulk_create(
        ClauseText(kind=kind, number=number, body=body)
        for kind, bodies in SHIPPED.items()
        for number, body in enumerate(bodies, start=1)
        if (kind, number) not in there
    )


def owner(office: Area) -> Area:
    """Whose texts an office uses: its province's, and the department its own."""
    return office.above(Level.PROVINCE) or office


def in_force(kind: str, province: Area | None) -> ClauseText:
    """What a paper made now says: the province's newest approved text, or else the newest shipped one."""
    texts = ClauseText.objects.filter(kind=kind).order_by("-number")
    own = texts.filter(province=province).approved().first() if province else None
    if own:
        return own
    if not texts.filter(province=None).exists():
        load()
    return texts.filter(province=None)[0]


def shipped(kind: str) -> ClauseText:
    """The newest shipped text, for papers signed before texts were kept with the contract. Writes nothing."""
    return ClauseText(kind=kind, number=len(SHIPPED[kind]), body=SHIPPED[kind][-1])


@transaction.atomic
def begin(*, kind: str, province: Area, by: Officer) -> ClauseText:
    """A draft of the province (or the department), from the text in force; the draft it has, if it has one.
    Raises `CannotChange` for a contract's text of the department, which signs none."""
    if province.level == Level.COUNTRY and kind not in SHIPPED_LETTERS:
        raise CannotChange("ส่วนกลางร่างได้เฉพาะหนังสือและบันทึกข้อความแจ้งการติดตาม ข้อความสัญญาเป็นของจังหวัด")
    Area.objects.select_for_update().get(pk=province.pk)
    mine = ClauseText.objects.filter(kind=kind, province=province)
    if draft := mine.drafts().first():
        return draft
    number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
    body = in_force(kind, province).body
    text = ClauseText.objects.create(kind=kind, province=province, number=number, body=body, written_by=by)
    _record(text, "clause-draft", by)
    return text


@transaction.atomic
def rewrite(*, text: ClauseText, body: str, version: int, by: Officer) -> ClauseText:
    """Change a draft. `version` is the one the officer saw. Raises `CannotChange`."""
    text = _locked_draft(text)
    if text.version != version:
        raise CannotChange(f"{text.written_by} แก้ไขร่างนี้หลังจากท่านเปิดหน้านี้ ตรวจสอบข้อความล่าสุดอีกครั้ง")
    if faults := problems_of(text.kind, body):
        raise CannotChange(" ".join(faults))
    text.body, text.version, text.written_by = body, text.version + 1, by
    text.save()
    _record(text, "clause-draft", by)
    return text


@transaction.atomic
def approve(*, text: ClauseText, version: int, by: Officer) -> ClauseText:
    """From now on contracts of the province are signed with this text. Raises `CannotChange` when whoever
    wrote it last approves, or it is not the version that was read."""
    text = _locked_draft(text)
    if text.written_by_id == by.pk:
        raise CannotChange("ผู้ร่างข้อความอนุมัติเองไม่ได้ ให้ผู้มีอำนาจอีกคนตรวจและอนุมัติ")
    if text.version != version:
        raise CannotChange("ร่างถูกแก้ไขหลังจากท่านเปิดหน้านี้ อ่านข้อความล่าสุดก่อนอนุมัติ")
    if faults := problems_of(text.kind, text.body):
        raise CannotChange(" ".join(faults))
    text.approved_by, text.approved_at = by, timezone.now()
    text.save()
    _record(text, "clause-approve", by)
    return text


def _locked_draft(text: ClauseText) -> ClauseText:
    text = ClauseText.objects.select_for_update(of=("self",)).select_related("written_by").get(pk=text.pk)
    if not text.is_draft or text.province_id is None:
        raise CannotChange("ข้อความฉบับนี้แก้ไขไม่ได้ เริ่มร่างฉบับใหม่")
    return text


def _record(text: ClauseText, action: str, by: Officer) -> None:
    record(
        by=by, action=action, target=f"clause {text.pk}", detail={"kind": text.kind, "version": text.version}
    )
