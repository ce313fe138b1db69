"""A register that was edited in Excel comes back: what differs from the debts as they are, and carrying it out.

Figures are compared with what is owed on the day of the file, interest to that day included. A debt to which
something was written after the file was made keeps its balance: the file knows less than the ledger.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Max, TextChoices
from django.utils import timezone

from accounts.audit import record
from accounts.models import Officer
from config import thai
from config.thai import Name, name_key, search_key
from debts.accrual import interest_since_posted
from debts.adjustment import CannotAdjust, adjust
from debts.imports.codes import NOT_OURS, debt_code, debt_of, file_code, made_at
from debts.imports.files import CannotImport, lock_file, mark_imported, nobody_asked, refuse_imported
from debts.imports.matching import propose
from debts.imports.proposal import Outcome, ProposedRow
from debts.imports.register import import_register
from debts.ledger import ZERO, lock_households
from debts.models import Debt, RegisterFile
from debts.registration import CannotRegister, correct
from debts.sheets.edited import EditedRegister, workbook_to_edit
from debts.sheets.register import LABELS, ReadRegister, ReadRow
from funds.models import Centre
from households.likeness import letters_apart
from households.registration import rename

AMOUNTS = ("principal", "interest", "penalty")
FACTS = ("number", "lent_on", "due_on", "lent", "rate_percent", "note")
ELSEWHERE = {"house_number": "บ้านเลขที่แก้ที่หน้าครัวเรือน", "fund": "กลุ่ม/กองทุนของหนี้เปลี่ยนจากไฟล์ไม่ได้"}
COMPARING, CHANGING = "เทียบกับข้อมูลในระบบ", "บันทึกการเปลี่ยนแปลง"
TOLD = 50  # after so many more rows it is told how many are done
SAME_LETTERS = 2
"""How many letters of a name may change before it is taken for someone else's."""


class State(TextChoices):
    DOUBTFUL = "doubtful", "น่าสงสัย"
    ERROR = "error", "ต้องแก้ไข"
    CHANGED = "changed", "เปลี่ยนแปลง"
    NEW = "new", "หนี้ใหม่"
    KEPT = "kept", "ไม่เปลี่ยนจากไฟล์"
    SAME = "same", "ไม่เปลี่ยนแปลง"

    @property
    def tag(self) -> str:
        tags = {"error": "error", "doubtful": "warn", "changed": "brand", "new": "info", "same": "ok"}
        return tags.get(self, "neutral")


@dataclass(frozen=True)
class Change:
    """One cell that differs, as written in Thai."""

    label: str
    before: str
    after: str

    def __str__(self):
        return f"{self.label} {self.before} → {self.after}"


@dataclass
class EditedRow:
    """One row of the file beside its debt (None for a new one). `figures` are baht on the day of the file."""

    read: ReadRow
    debt: Debt | None = None
    state: State = State.SAME
    changes: list[Change] = field(default_factory=list)
    facts: dict = field(default_factory=dict)
    name: Name | None = None
    figures: dict[str, Decimal] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def full_name(self) -> str:
        return str(self.read.name or "")

    @property
    def change_of_balance(self) -> Decimal:
        """Baht by which the debt grows, or becomes less."""
        if self.debt is None:
            return sum((getattr(self.read, part) or ZERO for part in AMOUNTS), ZERO)
        return sum((self.figures[part] - self.debt.owed[part] for part in self.figures), ZERO)


@dataclass(frozen=True)
class Differences:
    """What the file would change on its day. `gone` are open debts that it no longer has; nothing happens to them."""

    as_of: date
    rows: tuple[EditedRow, ...]
    gone: tuple[Debt, ...]
    new: ReadRegister

    def of(self, *states: State) -> list[EditedRow]:
        return [row for row in self.rows if row.state in states]

    @property
    def shown(self) -> list[EditedRow]:
        """All but the rows that stay as they are, in the order in which they need a look."""
        order = list(State)
        return sorted(
            (row for row in self.rows if row.state != State.SAME), key=lambda row: order.index(row.state)
        )

    def to_apply(self, accepted: Collection[int] = ()) -> list[EditedRow]:
        """The rows to carry out; a doubtful one only when an officer `accepted` it (rows as in Excel)."""
        doubtful = [row for row in self.of(State.DOUBTFUL) if row.read.row in accepted]
        return [*doubtful, *self.of(State.CHANGED, State.NEW)]


@dataclass(frozen=True)
class Applied:
    """How many debts were changed and how many are new; `balance` is baht by which they grew."""

    changed: int
    new: int
    balance: Decimal

    def __str__(self):
        return (
            f"แก้ไขหนี้ {thai.count(self.changed)} รายการ เพิ่มหนี้ {thai.count(self.new)} รายการ"
            f" ยอดรวมเปลี่ยน {thai.money(self.balance)} บาท"
        )


def register_to_edit(*, centre: Centre, at: datetime, by: Officer) -> bytes:
    """The centre's open debts as a workbook to be edited, as they are on the day of `at`. The export is recorded."""
    on = timezone.localdate(at)
    debts = _open_debts(centre, on=on)
    record(by=by, action="register-export", target=str(centre), detail={"debts": len(debts)})
    rows = (_exported(number, debt, centre) for number, debt in enumerate(debts, start=1))
    title = f"ทะเบียนลูกหนี้เพื่อแก้ไข {centre.village.label}"
    return workbook_to_edit(title=title, on=on, file_code=file_code(at, centre), rows=rows)


def compare(*, edited: EditedRegister, centre: Centre) -> Differences:
    """What the file would change. Writes nothing. Raises `CannotImport` for a file of another centre."""
    at = made_at(edited.file_code, centre)
    if at is None:
        raise CannotImport(NOT_OURS)
    as_of = timezone.localdate(at)
    debts = {debt.pk: debt for debt in _debts(centre, on=as_of)}
    rows = [_compared(row, edited, centre, debts, at) for row in edited.sheet.rows]
    _refuse_repeated(rows)
    _judge_new(rows, _new_rows(rows, edited, as_of), centre, as_of)
    here = {row.debt.pk for row in rows if row.debt}
    gone = [debt for debt in debts.values() if debt.is_open and debt.created_at <= at and debt.pk not in here]
    return Differences(as_of, tuple(rows), tuple(gone), _new_rows(rows, edited, as_of))


def apply(
    *,
    file: RegisterFile,
    edited: EditedRegister,
    on: date,
    by: Officer,
    accepted: Collection[int] = (),
    skip_errors: bool = False,
    expected: int | None = None,
    report: Callable = nobody_asked,
) -> Applied:
    """Carry the differences out, all of them or none; doubtful rows only when they are `accepted`. `expected` is how
    many other rows the officer saw would change, `report` is told how far it is.

    Locks the centre, its households that owe, and each changed debt. Raises `CannotImport`.
    """
    try:
        return _apply(file, edited, on, by, accepted, skip_errors, expected, report)
    except (CannotAdjust, CannotRegister) as refusal:
        raise CannotImport(f"{refusal} ไม่มีข้อมูลใดถูกบันทึก") from refusal
    except IntegrityError as refusal:
        raise CannotImport("มีแถวที่ขัดกับข้อมูลในระบบ ไม่มีข้อมูลใดถูกบันทึก ตรวจข้อมูลแล้วลองอีกครั้ง") from refusal


@transaction.atomic
def _apply(file, edited, on, by, accepted, skip_errors, expected, report) -> Applied:
    file = lock_file(file)
    refuse_imported(file)
    lock_households(file.centre)
    report(COMPARING, 0, len(edited.sheet.rows))
    found = compare(edited=edited, centre=file.centre)
    rows = found.to_apply(accepted)
    _refuse(found, rows, skip_errors, expected)
    changed = [row for row in rows if row.debt]
    for done, row in enumerate(sorted(changed, key=lambda row: (row.debt.household_id, row.debt.pk))):
        if done % TOLD == 0:
            report(CHANGING, done, len(rows))
        _carry_out(row, found.as_of, by, file)
    report(CHANGING, len(changed), len(rows))
    if len(changed) < len(rows):
        import_register(file=file, register=found.new, as_of=found.as_of, on=on, by=by)
    else:
        file.as_of_on = found.as_of
        mark_imported(file, by=by)
    done = Applied(len(changed), len(rows) - len(changed), sum((row.change_of_balance for row in rows), ZERO))
    result = {"changed": done.changed, "new": done.new, "balance": str(done.balance)}
    RegisterFile.objects.filter(pk=file.pk).update(decisions=result)
    record(by=by, action="register-edit", target=str(file.centre), detail={"file": file.name, **result})
    return done


def _refuse(found: Differences, rows: list[EditedRow], skip_errors: bool, expected: int | None) -> None:
    wrong = found.of(State.ERROR)
    if wrong and not skip_errors:
        raise CannotImport(f"{len(wrong)} แถวมีข้อมูลที่ต้องแก้ไข เลือก “ข้ามแถวที่มีปัญหา” หรือแก้ไขไฟล์ก่อน")
    if not rows:
        raise CannotImport("ไม่มีการเปลี่ยนแปลงให้บันทึก")
    if expected is not None and expected != len(found.to_apply()):
        raise CannotImport(f"ผลเปลี่ยนจากที่แสดงไว้ เป็น {len(found.to_apply())} แถว ตรวจแล้วกดบันทึกอีกครั้ง")


def _carry_out(row: EditedRow, as_of: date, by: Officer, file: RegisterFile) -> None:
    debt = correct(debt=row.debt, by=by, **row.facts) if row.facts else row.debt
    if row.name:
        rename(person=debt.borrower, name=row.name, by=by)
    if row.figures:
        note = f"ไฟล์ {file.name} แถว {row.read.row}"[:500]
        adjust(debt=debt, on=as_of, by=by, note=note, **row.figures)


def _debts(centre: Centre, *, on: date) -> list[Debt]:
    """The centre's old debts, each with what is `owed` on day `on` by part and when it was last `written_at`."""
    debts = Debt.objects.filter(fund__centre=centre).original().with_names()
    found = list(
        debts.annotate(written_at=Max("entries__at")).order_by(
            F("household__house_sort"), "household", "fund", "pk"
        )
    )
    for debt in found:
        debt.owed = _owed(debt, on)
    return found


def _open_debts(centre: Centre, *, on: date) -> list[Debt]:
    return [debt for debt in _debts(centre, on=on) if debt.is_open]


def _owed(debt: Debt, on: date) -> dict[str, Decimal]:
    interest = debt.interest + interest_since_posted(debt, on=on)
    return {"principal": debt.principal, "interest": interest, "penalty": debt.penalty}


def _exported(number: int, debt: Debt, centre: Centre) -> dict:
    facts = {key: getattr(debt, key) for key in FACTS}
    facts["rate_percent"] = thai.percent(debt.rate_percent)
    people = {"name": debt.borrower.full_name, "house_number": debt.household.house_number}
    others = {"sequence": number, "fund": debt.fund.name, "code": debt_code(debt.pk, centre)}
    return facts | people | debt.owed | others


def _compared(
    read: ReadRow, edited: EditedRegister, centre: Centre, debts: dict[int, Debt], at: datetime
) -> EditedRow:
    row, code = EditedRow(read, errors=list(read.errors)), edited.codes[read.row]
    if code:
        row.debt = debts.get(debt_of(code, centre))
        if row.debt is None:
            row.errors.append("รหัสรายการไม่ใช่ของศูนย์ฯ นี้ หรือถูกแก้ไข ส่งออกใหม่เพื่อให้ได้รหัสที่ถูกต้อง")
        elif not row.errors:
            _find_changes(row, edited.columns, at)
    row.state = _state(row)
    return row


def _state(row: EditedRow) -> State:
    if row.errors:
        return State.ERROR
    if row.debt is None:
        return State.NEW
    if row.changes:
        return State.DOUBTFUL if row.doubts else State.CHANGED
    return State.KEPT if row.notes else State.SAME


def _find_changes(row: EditedRow, columns: frozenset[str], at: datetime) -> None:
    _find_name(row)
    _find_facts(row, columns)
    _find_figures(row, columns, at)
    row.notes += _unchangeable(row, columns)
    row.doubts += _odd(row)


def _find_name(row: EditedRow) -> None:
    person, name = row.debt.borrower, row.read.name
    if row.full_name == person.full_name:
        return
    row.name = name
    row.changes.append(Change(LABELS["name"], person.full_name, row.full_name))
    if letters_apart(person.match_key, name_key(name.first, name.last)) > SAME_LETTERS:
        row.doubts.append("ชื่อกลายเป็นของคนอื่น ตรวจว่าแก้ถูกแถว")


def _find_facts(row: EditedRow, columns: frozenset[str]) -> None:
    for key in FACTS:
        before, after = getattr(row.debt, key), getattr(row.read, key)
        if key in columns and before != after and not (key == "rate_percent" and after is None):
            row.facts[key] = after
            row.changes.append(Change(LABELS[key], _written(key, before), _written(key, after)))


def _written(key: str, value) -> str:
    if key == "rate_percent":
        return thai.percent(value)
    if isinstance(value, date):
        return thai.short_date(value)
    if isinstance(value, Decimal):
        return thai.money(value)
    return str(value or "") or "ว่าง"


def _find_figures(row: EditedRow, columns: frozenset[str], at: datetime) -> None:
    """The balance of the file, where it differs from what is owed on its day; with another rate from then on, what
    is owed by then stays as it is."""
    told = {part: getattr(row.read, part) for part in AMOUNTS if part in columns}
    owed = row.debt.owed
    differing = [part for part, amount in told.items() if amount != owed[part]]
    if not differing and "rate_percent" not in row.facts:
        return
    if row.debt.written_at > at:
        moment = thai.moment(timezone.localtime(row.debt.written_at))
        row.notes.append(f"มีรายการบัญชีหลังส่งออก ({moment}) ยอดไม่เปลี่ยนจากไฟล์ ส่งออกใหม่หากต้องการแก้ยอด")
        return
    row.figures = owed | told
    row.changes += [
        Change(LABELS[part], thai.money(owed[part]), thai.money(told[part])) for part in differing
    ]


def _unchangeable(row: EditedRow, columns: frozenset[str]) -> Iterator[str]:
    if "house_number" in columns and row.read.house_number != row.debt.household.house_number:
        yield ELSEWHERE["house_number"]
    if "fund" in columns and search_key(row.read.fund_hint) != search_key(row.debt.fund.name):
        yield ELSEWHERE["fund"]


def _odd(row: EditedRow) -> Iterator[str]:
    """What looks like a slip of the hand."""
    for part in row.figures:
        before, after = row.debt.owed[part], row.figures[part]
        if before and after and max(before, after) >= 10 * min(before, after):
            yield f"{LABELS[part]} เปลี่ยนตั้งแต่ 10 เท่า อาจพิมพ์ศูนย์เกินหรือขาด"
    if row.figures and not any(row.figures.values()):
        yield "ยอดเป็นศูนย์ หนี้จะปิดบัญชี"
    lent, principal = row.read.lent, row.read.principal
    if row.changes and lent and principal and principal > lent:
        yield "เงินต้นคงเหลือมากกว่าวงเงินกู้"


def _refuse_repeated(rows: Iterable[EditedRow]) -> None:
    first: dict[int, EditedRow] = {}
    for row in (row for row in rows if row.debt):
        if first.setdefault(row.debt.pk, row) is not row:
            row.state = State.ERROR
            row.errors.append(f"รหัสรายการซ้ำกับแถว {first[row.debt.pk].read.row}")


def _new_rows(rows: list[EditedRow], edited: EditedRegister, as_of: date) -> ReadRegister:
    """The new rows as a register of their own."""
    new = tuple(row.read for row in rows if row.state == State.NEW)
    return ReadRegister(as_of, (replace(edited.sheet, rows=new, warnings=()),), ())


def _judge_new(rows: list[EditedRow], new: ReadRegister, centre: Centre, as_of: date) -> None:
    """New rows become debts as an import makes them; one that cannot, or is there already, says so."""
    proposal = propose(register=new, centre=centre, as_of=as_of)
    by_row = {proposed.read.row: proposed for proposed in proposal.rows}
    for row in (row for row in rows if row.state == State.NEW):
        _take_over(row, by_row[row.read.row])


def _take_over(row: EditedRow, proposed: ProposedRow) -> None:
    row.errors += proposed.errors
    row.notes += proposed.notes
    if proposed.outcome == Outcome.WAITS:
        row.errors.append(f"ศูนย์ฯ ไม่มีกลุ่ม/กองทุนชื่อ “{row.read.fund_hint}” แก้ชื่อในไฟล์")
    elif proposed.outcome == Outcome.SAME:
        row.notes.append("มีหนี้รายการนี้ในระบบแล้ว")
    row.state = State.ERROR if row.errors else _STATES.get(proposed.outcome, State.KEPT)


_STATES = {Outcome.NEW: State.NEW}
