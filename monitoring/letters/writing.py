"""Writing a letter and issuing it."""

from datetime import date
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from areas.models import Area, Level
from config import thai
from config.pictures import as_jpeg, redrawn
from debts.numbering import next_number
from debts.papers.clauses import Paragraph
from debts.papers.texts import in_force, owner
from debts.papers.words import Words
from monitoring.models import Emblem, Letter, Visit

DEPARTMENT = "กรมการพัฒนาชุมชน"
OF_THE_OFFICE = ("book", "agency", "address", "signer", "signer_position", "acting_for", "contact", "slogan")


class CannotIssue(ValueError):
    """The letter stays as it is; `str()` is the Thai reason."""


def usual(*, kind: str, by: Officer) -> dict[str, str]:
    """What the office wrote last on a letter of this kind, where it does not change from one to the next."""
    last = Letter.objects.filter(office=by.area, kind=kind).order_by("-pk").first()
    if last:
        return {column: getattr(last, column) for column in OF_THE_OFFICE}
    of_department = by.area is None or by.area.level == Level.COUNTRY
    return {"agency": DEPARTMENT if of_department else f"สำนักงานพัฒนาชุมชน{by.area.label}"}


def addressee(*, kind: str, visit: Visit, by: Officer) -> str:
    """Whom an office writes to: its own head by memo, by letter whoever stands one step nearer to the centre."""
    level = by.area.level if by.area else Level.COUNTRY
    if kind == Letter.Kind.MEMO:
        return f"พัฒนาการ{by.area.label}" if level in (Level.PROVINCE, Level.DISTRICT) else f"อธิบดี{DEPARTMENT}"
    village = visit.centre.village
    if level == Level.COUNTRY:
        return f"ผู้ว่าราชการ{village.above(Level.PROVINCE).label}"
    if level == Level.PROVINCE:
        return f"นาย{village.above(Level.DISTRICT).label}"
    return f"ประธาน{visit.centre}"


@transaction.atomic
def write(*, letter: Letter, visit: Visit, kind: str, by: Officer) -> Letter:
    """Keep a new draft in the words in force of the office's province."""
    letter.visit, letter.kind, letter.office, letter.written_by = visit, kind, by.area, by
    letter.text = in_force(kind, owner(by.area))
    letter.save()
    return letter


@transaction.atomic
def rewrite(*, letter: Letter) -> Letter:
    """Keep what was changed of a draft, in the words now in force. Raises `CannotIssue` once it was issued."""
    if not Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk).is_draft:
        raise CannotIssue("หนังสือนี้ออกเลขแล้ว แก้ไขไม่ได้ เขียนฉบับใหม่แทน")
    letter.text = in_force(letter.kind, owner(letter.office))
    letter.save()
    return letter


@transaction.atomic
def issue(*, letter: Letter, on: date, by: Officer) -> Letter:
    """Date the letter `on` and give it the next number of its office in that year. Raises `CannotIssue` for one
    that has a number, or whose wording nobody approved."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("text", "office").get(pk=letter.pk)
    if not letter.is_draft:
        raise CannotIssue(f"หนังสือนี้ออกเลขที่ {letter.number} แล้ว")
    letter.text = in_force(letter.kind, owner(letter.office))
    if letter.text.is_draft:
        raise CannotIssue("ข้อความยังเป็นฉบับร่าง ให้ผู้มีอำนาจอนุมัติข้อความก่อนออกเลข")
    words = words_of(letter)
    letter.values, letter.holding = dict(words.values), sorted(words.holding)
    letter.written_on, letter.year = on, thai.buddhist_year(on)
    letter.sequence = next_number(f"letter {letter.office_id} {letter.year}")
    letter.issued_by, letter.issued_at = by, timezone.now()
    letter.save()
    return letter


@transaction.atomic
def keep_emblem(*, office: Area, upload, by: Officer) -> Emblem:
    """Put a picture at the head of the office's letters. Raises `CannotAttach` for what is no picture."""
    content = ContentFile(as_jpeg(redrawn(upload)), name=f"{uuid4().hex}.jpg")
    emblem = Emblem.objects.select_for_update().filter(office=office).first() or Emblem(office=office)
    emblem.picture, emblem.by = content, by
    emblem.save()
    return emblem


def paragraphs(letter: Letter) -> list[Paragraph]:
    """The text of the letter: as it was issued, or as it would read now."""
    return words_of(letter).of(letter.text)


def words_of(letter: Letter) -> Words:
    if letter.values is not None:
        return Words(letter.values, frozenset(letter.holding))
    values = {name: thai.thai_digits(value) for name, value in _values(letter).items()}
    holds = {"ถ้ามีรอบ": letter.visit.round, "ถ้ามีเวลา": letter.visit.starts_at}
    return Words(values, frozenset(name for name, holds_true in holds.items() if holds_true))


def _values(letter: Letter) -> dict[str, str]:
    visit, round = letter.visit, letter.visit.round
    team = [f"{each.name}{' หัวหน้าคณะ' if each.is_lead else ''}" for each in visit.team.all()]
    return {
        "หน่วยงาน": letter.agency,
        "ปีงบประมาณ": str(thai.fiscal_year(visit.planned_on)),
        "ชื่อรอบ": round.name if round else "",
        "ช่วงของรอบ": thai.long_range(round.starts_on, round.ends_on) if round else "",
        "ศูนย์ฯ": f"{visit.centre} {place_of(visit)}",
        "วันที่ติดตาม": thai.long_date(visit.planned_on),
        "เวลา": visit.hours,
        "สถานที่": visit.place or "ที่ทำการศูนย์ฯ",
        "คณะติดตาม": ", ".join(team),
        "จำนวนคณะกรรมการ": thai.count(visit.asked_committee),
        "จำนวนครัวเรือนต้นแบบ": thai.count(visit.asked_households),
        "จำนวนรวม": thai.count(visit.asked),
    }


def place_of(visit: Visit) -> str:
    """หมู่ที่ 5 ตำบลสองห้อง อำเภอเมืองบุรีรัมย์."""
    village = visit.centre.village
    return f"หมู่ที่ {village.moo} {village.parent.label} {village.parent.parent.label}"
