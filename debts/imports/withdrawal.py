"""Take an import back as a whole: its debts are reversed and stand on no list, as if they had never come."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from config import thai
from config.money import total
from debts.imports.files import CannotImport, lock_file, nobody_asked
from debts.ledger import BATCH, withdraw
from debts.models import Case, Debt, Entry, RegisterFile
from households.models import Household, Person

NAMED = 3
"""How many of the debts or households that hinder are named."""


@dataclass(frozen=True)
class Withdrawn:
    """How many debts were taken back, and the households and people that went with them."""

    debts: int
    households: int
    people: int


@transaction.atomic
def withdraw_import(
    *, file: RegisterFile, reason: str, by: Officer, report: Callable = nobody_asked
) -> Withdrawn:
    """Take back every debt of the file, with the households and people it brought that nothing else refers to.

    Funds that it made stay. Raises `CannotImport` and names what hinders: a payment, a contract or a case. Locks
    the centre, the households and the debts. `report` is told how far it is.
    """
    file = lock_file(file)
    _refuse_file(file, reason)
    keys = _lock_debts(file)
    _refuse_debts(file)
    owed = Debt.objects.filter(source=file).aggregate(owed=total("outstanding"))["owed"]
    _withdraw_debts(keys, by, f"ยกเลิกการนำเข้า: {reason}"[:500], report)
    withdrawn = Withdrawn(len(keys), *_withdraw_lonely(file))
    _mark(file, reason, by)
    detail = {"file": file.name, "debts": withdrawn.debts, "total": str(owed), "reason": reason}
    record(by=by, action="register-withdraw", target=str(file.centre), detail=detail)
    return withdrawn


def _refuse_file(file: RegisterFile, reason: str) -> None:
    if file.withdrawn_at:
        raise CannotImport(f"การนำเข้าไฟล์นี้ถูกยกเลิกแล้วเมื่อ {thai.moment(timezone.localtime(file.withdrawn_at))}")
    if file.kind != RegisterFile.Kind.REGISTER or not file.imported_at:
        raise CannotImport("ไฟล์นี้ยังไม่ได้นำเข้า ไม่มีสิ่งใดให้ยกเลิก")
    if not reason.strip():
        raise CannotImport("ระบุเหตุผลที่ยกเลิกการนำเข้า")


def _lock_debts(file: RegisterFile) -> list[int]:
    """The keys of the file's debts; they and their households are locked, households first as everywhere."""
    debts = Debt.objects.filter(source=file)
    households = Household.objects.filter(Exists(debts.filter(household=OuterRef("pk"))))
    for rows in (households, debts):
        keys = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    return keys


def _refuse_debts(file: RegisterFile) -> None:
    """Whatever happened to a debt after it was opened is history that stays, also when it was taken back."""
    later = Entry.objects.filter(debt__source=file).exclude(kind=Entry.Kind.OPENING)
    touched = Debt.objects.filter(pk__in=later.values("debt"))
    if count := touched.count():
        raise CannotImport(f"หนี้ {thai.count(count)} รายการมีการรับชำระหรือทำสัญญาแล้ว: {_examples(later)}")
    cases = Case.objects.filter(Exists(Debt.objects.filter(source=file, household=OuterRef("household"))))
    if count := cases.count():
        houses = ", ".join(str(case.household) for case in cases.select_related("household__head")[:NAMED])
        raise CannotImport(f"{thai.count(count)} ครัวเรือนเข้ากระบวนการปรับโครงสร้างหนี้แล้ว: {houses}")


def _examples(entries: QuerySet) -> str:
    """กองทุนหมู่บ้าน 1/2558 (ใบเสร็จเลขที่ 4/2560)"""
    found = entries.select_related("debt__fund", "payment", "contract").order_by("debt", "pk")
    named = {entry.debt: entry.payment or entry.contract or entry.get_kind_display() for entry in found[:50]}
    return ", ".join(f"{debt} ({what})" for debt, what in islice(named.items(), NAMED))


def _withdraw_debts(keys: list[int], by: Officer, note: str, report: Callable) -> None:
    for start in range(0, len(keys), BATCH):
        report("กลับรายการ", start, len(keys))
        withdraw(keys[start : start + BATCH], by=by, note=note)
    report("กลับรายการ", len(keys), len(keys))


def _withdraw_lonely(file: RegisterFile) -> tuple[int, int]:
    """Households and people of the batch that nothing but its own debts refers to are shown no more."""
    now = timezone.now()
    lonely = _unreferenced(Person.objects.filter(batch=file.batch, id_hash=""), but={Debt, Household})
    lonely = lonely.exclude(Exists(Debt.objects.filter(borrower=OuterRef("pk"))))
    others = Person.objects.filter(household=OuterRef("pk")).exclude(pk__in=lonely)
    empty = _unreferenced(Household.objects.filter(batch=file.batch), but={Debt, Person})
    empty = empty.exclude(Exists(Debt.objects.filter(household=OuterRef("pk")))).exclude(Exists(others))
    households = _hide(empty, now)
    return households, _hide(lonely.exclude(Exists(Household.objects.filter(head=OuterRef("pk")))), now)


def _hide(rows: QuerySet, now) -> int:
    keys = list(rows.values_list("pk", flat=True))
    batches = (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
    return sum(rows.model.objects.filter(pk__in=batch).update(withdrawn_at=now) for batch in batches)


def _unreferenced(rows: QuerySet, *, but: set) -> QuerySet:
    """The rows that no row of any table refers to, leaving out the tables `but`."""
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.related_model not in but:
            referring = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            rows = rows.exclude(Exists(referring))
    return rows


def _mark(file: RegisterFile, reason: str, by: Officer) -> None:
    file.withdrawn_at, file.withdrawn_by, file.withdrawn_reason = timezone.now(), by, reason
    file.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
