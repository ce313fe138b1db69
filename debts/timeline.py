"""What has happened to a household, told by its cases, contracts and ledger entries. Newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Q, TextChoices
from django.utils.timezone import localdate

from config import thai
from debts.class_history import written_classes
from debts.classes import OPEN, DebtorClass
from debts.models import Case, CaseMove, Contract, Entry, Forbearance, Promise
from debts.payments.promises import outcome_of
from households.models import Household

TOLD_BY_THE_CONTRACT = {
    Entry.Kind.WAIVER,
    Entry.Kind.CAPITALISED,
    Entry.Kind.TRANSFER_OUT,
    Entry.Kind.TRANSFER_IN,
}


class Kind(TextChoices):
    """What an event is about; the officer may look at one kind alone."""

    DECISION = "decision", "การตัดสินใจ"
    FACT = "fact", "ข้อมูล"
    PAPER = "paper", "เอกสาร"


@dataclass(frozen=True)
class Event:
    """`on` is the day it holds for; `at` when it was written down, unknown for some. `link`: URL name, key."""

    on: date
    text: str
    detail: str
    by: object
    at: datetime | None = None
    link: tuple[str, int] | None = None
    kind: Kind = Kind.DECISION


def days(household: Household, *, until: date, kind: str = "") -> list[tuple[date, list[Event]]]:
    """The events of a kind (all when empty) up to and including `until`, by day."""
    told_by = (
        _cases,
        _contracts,
        _entries,
        _classes,
        _forbearances,
        _surveys,
        _other_debts,
        _documents,
        _promises,
    )
    events = (event for tell in told_by for event in tell(household))
    wanted = (event for event in events if event.on <= until and kind in ("", event.kind))
    told = sorted(wanted, key=_when, reverse=True)
    return [(day, list(found)) for day, found in groupby(told, key=lambda event: event.on)]


def _when(event: Event):
    return event.on, event.at.timestamp() if event.at else 0


def _cases(household: Household) -> Iterator[Event]:
    moves = CaseMove.objects.filter(case__household=household).exclude(new=Case.Stage.CONTRACTED)
    for step in moves.select_related("case", "by"):
        case, link = step.case, ("debts:case", step.case_id)
        baseline = f"หนี้ ณ วันคัดเลือก {thai.money(case.baseline)} บาท ปีงบประมาณ {case.fiscal_year}"
        text = step.get_new_display() if step.old else "คัดเลือกเป็นครัวเรือนเป้าหมาย"
        yield Event(step.on, text, step.reason if step.old else baseline, step.by, step.at, link)


def _contracts(household: Household) -> Iterator[Event]:
    for contract in household.contracts.select_related("lender", "signed_by", "ended_by"):
        link, made = ("debts:contract", contract.pk), f"{contract.lender} {thai.money(contract.amount)} บาท"
        text = f"ทำสัญญา 1 ครัวเรือน 1 สัญญา เลขที่ {contract.number}"
        yield Event(contract.signed_on, text, made, contract.signed_by, contract.created_at, link)
        if contract.ended_on:
            text = f"{Contract.Ending(contract.ending).label} เลขที่ {contract.number}"
            yield Event(contract.ended_on, text, contract.ended_reason, contract.ended_by, None, link)


def _entries(household: Household) -> Iterator[Event]:
    entries = Entry.objects.filter(debt__household=household, debt__withdrawn_at=None, contract=None).exclude(
        kind__in=TOLD_BY_THE_CONTRACT
    )
    with_its_payment = Q(kind=Entry.Kind.ACCRUAL) | Q(reverses__kind=Entry.Kind.ACCRUAL)
    told = entries.exclude(with_its_payment, payment__isnull=False)
    for entry in told.select_related("debt__fund", "payment", "by"):
        yield Event(entry.on, _text(entry), _detail(entry), entry.by, entry.at, _link(entry), Kind.FACT)


def _classes(household: Household) -> Iterator[Event]:
    """Changes of class, by the rules or by hand. The first class of a debt is none, and closing a debt is told by
    what closed it."""
    before: dict[int, str] = {}
    for each in written_classes(household):
        link = ("debts:debt", each.debt_id)
        old, before[each.debt_id] = before.get(each.debt_id, ""), each.value or before.get(each.debt_id, "")
        if each.is_manual:
            until = f" ถึง {thai.short_date(each.until_on)}" if each.until_on else ""
            text = f"กำหนดประเภทลูกหนี้เอง: {each.label}{until}"
            yield Event(each.on, text, f"{each.debt} • {each.reason}", each.by, each.at, link)
        elif old and old != each.value and each.value in OPEN:
            text = f"ประเภทลูกหนี้เปลี่ยนจาก {DebtorClass(old).label} เป็น {each.label}"
            late = f" • เกินกำหนด {thai.count(each.days_late)} วัน" if each.days_late else ""
            yield Event(each.on, text, f"{each.debt}{late}", each.by, each.at, link, Kind.FACT)


def _forbearances(household: Household) -> Iterator[Event]:
    found = Forbearance.objects.filter(debt__household=household, debt__withdrawn_at=None)
    for each in found.select_related("debt__fund", "by"):
        link, text = ("debts:debt", each.debt_id), f"ผ่อนผันถึง {thai.short_date(each.until_on)}"
        detail = f"{each.debt} • มติ {each.resolution} • {each.reason}"
        yield Event(each.from_on, text, detail, each.by, each.at, link)
        if each.ended_on:
            yield Event(each.ended_on, "เลิกการผ่อนผันก่อนกำหนด", str(each.debt), None, None, link)
        else:
            over = each.until_on + timedelta(days=1)
            yield Event(over, "ครบกำหนดผ่อนผัน", str(each.debt), None, None, link, Kind.FACT)


def _surveys(household: Household) -> Iterator[Event]:
    for survey in household.livelihoods.select_related("by"):
        detail = f"รายได้ {thai.money(survey.income)} บาท รายจ่าย {thai.money(survey.expense)} บาทต่อปี"
        link = ("households:livelihood-edit", survey.pk)
        yield Event(survey.surveyed_on, "สำรวจรายได้และรายจ่าย", detail, survey.by, survey.at, link, Kind.FACT)


def _other_debts(household: Household) -> Iterator[Event]:
    for debt in household.other_debts.select_related("by"):
        text = f"บันทึกหนี้นอกกองทุนสมาชิก คงเหลือ {thai.money(debt.outstanding)} บาท"
        link = ("households:otherdebt-edit", debt.pk)
        yield Event(debt.as_of_on, text, str(debt), debt.by, debt.at, link, Kind.FACT)


def _promises(household: Household) -> Iterator[Event]:
    today = localdate()
    promises = Promise.objects.filter(debt__household=household).with_received(on=today)
    for made in promises.select_related("debt__fund", "by"):
        text = f"รับปากชำระ {thai.money(made.amount)} บาท ภายในวันที่ {thai.short_date(made.due_on)}"
        detail = f"{made.debt} • {outcome_of(made, on=today).label}"
        yield Event(made.made_on, text, detail, made.by, made.at, ("debts:debt", made.debt_id), Kind.FACT)


def _documents(household: Household) -> Iterator[Event]:
    for paper in household.documents.select_related("added_by"):
        day, link = localdate(paper.added_at), ("households:document", paper.pk)
        text = f"แนบเอกสาร {paper}"
        yield Event(day, text, paper.get_kind_display(), paper.added_by, paper.added_at, link, Kind.PAPER)


def _text(entry: Entry) -> str:
    amount = thai.money(abs(entry.total))
    if entry.kind == Entry.Kind.PAYMENT:
        return f"รับชำระ {amount} บาท {entry.payment or ''}".strip()
    if entry.kind == Entry.Kind.REVERSAL:
        return f"กลับรายการ {amount} บาท {entry.payment or ''}".strip()
    if entry.kind == Entry.Kind.ADJUSTMENT:
        return f"ปรับตามทะเบียน {'ลดลง' if entry.total < 0 else 'เพิ่มขึ้น'} {amount} บาท"
    return f"{entry.get_kind_display()} {amount} บาท"


def _detail(entry: Entry) -> str:
    return " • ".join(filter(None, [str(entry.debt), entry.note]))


def _link(entry: Entry) -> tuple[str, int]:
    return ("debts:payment", entry.payment_id) if entry.payment_id else ("debts:debt", entry.debt_id)
