"""Bring a debtor register into a centre: all of it or nothing, and each file once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts.guarantors import name_guarantors
from debts.imports.files import CannotImport, lock_file, mark_imported, nobody_asked, refuse_imported
from debts.imports.houses import House, Newcomer
from debts.imports.matching import propose
from debts.imports.proposal import Decisions, NewFund, Outcome, Proposal, ProposedRow
from debts.ledger import BATCH, open_debts
from debts.models import Debt, RegisterFile
from debts.sheets.register import ReadRegister
from funds.models import Centre, Fund, LendingRule
from households.models import Household, Person

__all__ = ["CannotImport", "Imported", "Written", "import_register", "propose", "write_new"]


@dataclass(frozen=True)
class Imported:
    """How many rows were written, and their baht. `left_out` are rows with errors that were skipped."""

    funds: int
    households: int
    people: int
    debts: int
    total: Decimal
    left_out: int


@dataclass(frozen=True)
class Batch:
    """Rows that were written, their debts in the same order, and how many households and people they brought."""

    rows: list[ProposedRow]
    households: int
    people: int
    debts: list[Debt]


@dataclass(frozen=True)
class Written:
    """How many households came into the database, and the debts in the order of the proposal's new rows."""

    households: int
    debts: list[Debt]


def import_register(
    *,
    file: RegisterFile,
    register: ReadRegister,
    as_of: date | None,
    on: date,
    by: Officer,
    decisions: Decisions | None = None,
    expected: tuple[int, Decimal] | None = None,
    report: Callable = nobody_asked,
) -> Imported:
    """Write the new debts of the register with their households, people and funds, in one transaction.

    The figures are those of the day `as_of`, at most `on`, the day of the import. `expected` is how many debts
    of how many baht the officer saw, `report` is told how far it is. Locks the centre, so that of two officers one
    succeeds. Raises `CannotImport`.
    """
    if as_of and as_of > on:
        raise CannotImport("วันที่ของข้อมูลต้องไม่หลังวันนี้")
    try:
        return _import(file, register, as_of, by, decisions or Decisions(), expected, report)
    except IntegrityError as refusal:
        raise CannotImport("มีแถวที่ขัดกับข้อมูลในระบบ ไม่มีข้อมูลใดถูกบันทึก ตรวจข้อมูลแล้วลองอีกครั้ง") from refusal


@transaction.atomic
def _import(file, register, as_of, by, decisions, expected, report) -> Imported:
    file = lock_file(file)
    refuse_imported(file)
    report("จับคู่กับข้อมูลในระบบ")
    proposal = propose(register=register, centre=file.centre, as_of=as_of, decisions=decisions)
    _refuse(proposal, decisions, expected)
    imported = _write(proposal, file, by, report)
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


def _write(proposal: Proposal, file: RegisterFile, by: Officer, report: Callable) -> Imported:
    households = people = debts = 0
    report("บันทึกรายการ", 0, len(proposal.new))
    for batch in _written(proposal, file.centre, by, file):
        households, people = households + batch.households, people + batch.people
        debts += len(batch.debts)
        report("บันทึกรายการ", debts, len(proposal.new))
    return Imported(
        funds=sum(isinstance(choice.fund, NewFund) for choice in _used(proposal)),
        households=households,
        people=people,
        debts=debts,
        total=proposal.new_total,
        left_out=len(proposal.of(Outcome.ERROR)),
    )


def write_new(proposal: Proposal, *, centre: Centre, by: Officer) -> Written:
    """Write the new debts of a proposal with their households, people and funds, as they stood on its day.

    The caller holds the centre's lock and a transaction.
    """
    batches = list(_written(proposal, centre, by))
    debts = {id(row): debt for batch in batches for row, debt in zip(batch.rows, batch.debts, strict=True)}
    return Written(
        households=sum(batch.households for batch in batches), debts=[debts[id(row)] for row in proposal.new]
    )


def _written(
    proposal: Proposal, centre: Centre, by: Officer, file: RegisterFile | None = None
) -> Iterator[Batch]:
    """Household by household, about `BATCH` rows at a time, so that only these are in memory as rows of models."""
    funds = _make_funds(proposal, centre)
    for rows in _in_batches(proposal.new):
        homes = _make_households(rows, centre, file, by)
        borrowers = _make_people(rows, homes, file)
        made = (_debt(row, homes, borrowers, funds, file) for row in rows)
        debts = open_debts(made, on=proposal.as_of, by=by)
        surety = {debt: row.read.guarantors for debt, row in zip(debts, rows, strict=True)}
        name_guarantors(surety, village=centre.village)
        yield Batch(rows, len(homes), len(borrowers), debts)


def _in_batches(rows: Iterable[ProposedRow]) -> Iterator[list[ProposedRow]]:
    """The rows with those of one household together, `BATCH` of them or a few more at a time."""
    of_house = defaultdict(list)
    for row in rows:
        of_house[row.house].append(row)
    batch = []
    for rows_of_house in of_house.values():
        batch += rows_of_house
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


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


def _make_households(
    rows: list[ProposedRow], centre: Centre, file: RegisterFile | None, by: Officer
) -> dict[House, Household]:
    """The households that the rows bring; a known one gets the house number it lacked."""
    houses = dict.fromkeys(row.house for row in rows)
    for house in houses:
        if house.gains_number:
            house.known.house_number = house.number
            house.known.save(update_fields=["house_number", "house_sort"])
    new = {"village": centre.village, "created_by": by, "batch": _batch_of(file)}
    homes = {house: Household(house_number=house.number, **new) for house in houses if house.known is None}
    Household.objects.bulk_create(home.set_keys() for home in homes.values())
    return homes


def _batch_of(file: RegisterFile | None) -> UUID | None:
    """What tells the rows of one file, so that they can be taken back together."""
    return file.batch if file else None


def _make_people(rows: list[ProposedRow], homes: dict, file: RegisterFile | None) -> dict[Newcomer, Person]:
    """The new borrowers; the first of a new household is its head until an officer says otherwise."""
    new = {row.person: row.house for row in rows if row.person.pk is None}
    people = {
        person: Person(
            household=homes.get(house) or house.known,
            title=person.title,
            first_name=person.first_name,
            last_name=person.last_name,
            batch=_batch_of(file),
        )
        for person, house in new.items()
    }
    Person.objects.bulk_create(person.set_keys() for person in people.values())
    first = Person.objects.filter(household=OuterRef("pk")).order_by("pk").values("pk")[:1]
    Household.objects.filter(pk__in=[home.pk for home in homes.values()]).update(head=Subquery(first))
    return people


def _debt(row: ProposedRow, homes: dict, people: dict, funds: dict, file: RegisterFile | None) -> Debt:
    read = row.read
    return Debt(
        household=homes.get(row.house) or row.house.known,
        borrower=people.get(row.person) or row.person,
        fund=funds[row.choice.key],
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
