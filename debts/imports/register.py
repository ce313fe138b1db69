"""Bring a debtor register into a centre: all of it or nothing, and each file once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts.guarantors import name_guarantors
from debts.imports.files import CannotImport, lock_file, mark_imported, refuse_imported
from debts.imports.matching import propose
from debts.imports.proposal import Decisions, NewFund, Outcome, Proposal, ProposedRow
from debts.ledger import BATCH, open_debts
from debts.models import Debt, RegisterFile
from debts.sheets.register import ReadRegister
from funds.models import Centre, Fund, LendingRule
from households.models import Household, Person

__all__ = ["CannotImport", "Imported", "import_register", "propose"]


@dataclass(frozen=True)
class Imported:
    """How many rows were written, and their baht. `left_out` are rows with errors that were skipped."""

    funds: int
    households: int
    people: int
    debts: int
    total: Decimal
    left_out: int


def import_register(
    *,
    file: RegisterFile,
    register: ReadRegister,
    as_of: date | None,
    on: date,
    by: Officer,
    decisions: Decisions | None = None,
    expected: tuple[int, Decimal] | None = None,
) -> Imported:
    """Write the new debts of the register with their households, people and funds, in one transaction.

    The figures are those of the day `as_of`, at most `on`, the day of the import. `expected` is how many debts
    of how many baht the officer saw. Locks the centre, so that of two officers one succeeds. Raises
    `CannotImport`.
    """
    if as_of and as_of > on:
        raise CannotImport("วันที่ของข้อมูลต้องไม่หลังวันนี้")
    try:
        return _import(file, register, as_of, by, decisions or Decisions(), expected)
    except IntegrityError as refusal:
        raise CannotImport("มีแถวที่ขัดกับข้อมูลในระบบ ไม่มีข้อมูลใดถูกบันทึก ตรวจข้อมูลแล้วลองอีกครั้ง") from refusal


@transaction.atomic
def _import(file, register, as_of, by, decisions, expected) -> Imported:
    file = lock_file(file)
    refuse_imported(file)
    proposal = propose(register=register, centre=file.centre, as_of=as_of, decisions=decisions)
    _refuse(proposal, decisions, expected)
    imported = _write(proposal, file, by)
    file.as_of_on = as_of
    mark_imported(file, by=by)
    _record(file, imported, by)
    return imported


def _refuse(proposal: Proposal, decisions: Decisions, expected) -> None:
    if proposal.undecided:
        raise CannotImport(" ".join(proposal.undecided))
    wrong = proposal.of(Outcome.ERROR)
    if wrong and not decisions.skip_errors:
        raise CannotImport(f"{len(wrong)} แถวมีข้อมูลที่ต้องแก้ไข เลือก “ข้ามแถวที่มีปัญหา” หรือแก้ไขไฟล์ก่อน")
    if not proposal.new:
        raise CannotImport("ไม่มีรายการใหม่ให้นำเข้า ไม่มีการเปลี่ยนแปลง")
    if expected and expected != (len(proposal.new), proposal.new_total):
        raise CannotImport(
            f"ผลเปลี่ยนจากที่แสดงไว้ เป็น {len(proposal.new)} รายการ {thai.money(proposal.new_total)} บาท"
            " ตรวจแล้วกดนำเข้าอีกครั้ง"
        )


def _write(proposal: Proposal, file: RegisterFile, by: Officer) -> Imported:
    funds = _make_funds(proposal, file.centre)
    households = _make_households(proposal, file.centre, by)
    people = _make_people(proposal, households)
    debts = open_debts(
        (_debt(row, funds[row.choice.key], file) for row in proposal.new), on=proposal.as_of, by=by
    )
    surety = {debt: row.read.guarantors for debt, row in zip(debts, proposal.new, strict=True)}
    name_guarantors(surety, village=file.centre.village)
    return Imported(
        funds=sum(isinstance(choice.fund, NewFund) for choice in _used(proposal)),
        households=len(households),
        people=len(people),
        debts=len(debts),
        total=proposal.new_total,
        left_out=len(proposal.of(Outcome.ERROR)),
    )


def _used(proposal: Proposal):
    return {row.choice.key: row.choice for row in proposal.new}.values()


def _make_funds(proposal: Proposal, centre: Centre) -> dict:
    """The funds of the new debts by the key of their choice; those that the officer named are made."""
    return {
        choice.key: _make_fund(choice.fund, centre, proposal.as_of)
        if isinstance(choice.fund, NewFund)
        else choice.fund
        for choice in _used(proposal)
    }


def _make_fund(new: NewFund, centre: Centre, as_of: date) -> Fund:
    fund = Fund.objects.create(centre=centre, kind=new.kind, name=new.name)
    method = LendingRule.Method.EQUAL_PRINCIPAL if new.rate_percent else LendingRule.Method.NO_INTEREST
    LendingRule.objects.create(fund=fund, effective_on=as_of, rate_percent=new.rate_percent, method=method)
    return fund


def _make_households(proposal: Proposal, centre: Centre, by: Officer) -> list[Household]:
    """The households that the new debts need; a known one gets the house number it lacked."""
    houses = list(dict.fromkeys(row.house for row in proposal.new))
    new = [house for house in houses if house.known is None]
    for house in new:
        house.known = Household(village=centre.village, house_number=house.number, created_by=by).set_keys()
    for house in houses:
        if house.gains_number:
            house.known.house_number = house.number
            house.known.save(update_fields=["house_number", "house_sort"])
    return Household.objects.bulk_create([house.known for house in new], batch_size=BATCH)


def _make_people(proposal: Proposal, households: list[Household]) -> list[Person]:
    """The new borrowers; the first of a new household is its head until an officer says otherwise."""
    new = {id(row.person): row for row in proposal.new if row.person.pk is None}
    for row in new.values():
        row.person.household = row.house.known
        row.person.set_keys()
    people = Person.objects.bulk_create([row.person for row in new.values()], batch_size=BATCH)
    first = Person.objects.filter(household=OuterRef("pk")).order_by("pk").values("pk")[:1]
    Household.objects.filter(pk__in=[household.pk for household in households]).update(head=Subquery(first))
    return people


def _debt(row: ProposedRow, fund: Fund, file: RegisterFile) -> Debt:
    read = row.read
    return Debt(
        household=row.house.known,
        borrower=row.person,
        fund=fund,
        number=read.number,
        lent_on=read.lent_on,
        due_on=read.due_on,
        lent=read.lent,
        rate_percent=row.rate_percent,
        method=read.method,
        note=read.note,
        principal=read.principal,
        interest=read.interest,
        penalty=read.penalty,
        source=file,
        source_sheet=row.sheet[:100],
        source_row=read.row,
    )


def _record(file: RegisterFile, imported: Imported, by: Officer) -> None:
    detail = {"file": file.name, "debts": imported.debts, "total": str(imported.total)}
    record(by=by, action="register-import", target=str(file.centre), detail=detail)
