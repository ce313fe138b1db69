"""What certifying a register would do: line by line, and which debts it does not name. Nothing here writes.

New lines are matched with households, people and debts by the code of the import, so that a register and a file
never find different people.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Max, TextChoices

from config import thai
from debts.accrual import interest_since_posted
from debts.adjustment import why_not_adjusted
from debts.imports.matching import propose
from debts.imports.proposal import Decisions, Outcome, Proposal, ProposedRow
from debts.ledger import ZERO
from debts.models import Debt, Register, RegisterLine
from debts.registers.columns import COLUMNS, ERROR, HEAD, WARNING, ReadLine
from debts.registers.rows import Totals, read_all
from debts.schedule import Method
from debts.sheets.register import ReadRegister, ReadRow, ReadSheet

JUMP = 10


class Effect(TextChoices):
    """What certifying makes of a line."""

    NEW = "new", "หนี้ใหม่"
    CHANGED = "changed", "ปรับยอด"
    SAME = "same", "ไม่เปลี่ยนแปลง"
    CLEAR = "clear", "ไม่มียอดค้าง"
    ERROR = "error", "ต้องแก้ไข"

    @property
    def tag(self) -> str:
        return {"new": "info", "changed": "warn", "same": "ok", "error": "error"}.get(self, "neutral")


@dataclass(frozen=True)
class Problem:
    """Something of a line that must be put right before the register is sent. `column` may be none in particular."""

    place: int
    line: RegisterLine
    column: str
    text: str

    def __str__(self):
        label = COLUMNS.get(self.column, "")
        return f"แถว {self.place} {label}: {self.text}" if label else f"แถว {self.place}: {self.text}"


@dataclass
class Judged:
    """One line: its `place` in the register counted from 1, what becomes of it, and the debt it is about, on which
    `was_owed` (baht) by the ledger."""

    place: int
    line: RegisterLine
    read: ReadLine
    effect: Effect = Effect.ERROR
    debt: Debt | None = None
    was_owed: Decimal = ZERO
    proposed: ProposedRow | None = None
    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def is_odd(self) -> bool:
        """Whether a checker should look at it first."""
        return bool(self.errors or self.notes or self.line.remark or self.line.errors or self.line.warnings)

    @property
    def order(self) -> tuple:
        """Odd lines first, then what changes something."""
        return (not self.line.remark, not self.is_odd, self.effect in (Effect.SAME, Effect.CLEAR), self.place)

    @property
    def warnings(self) -> list[str]:
        read = [message.text for message in self.read.messages if message.level == WARNING]
        return [*read, *self.notes]

    @property
    def problems(self) -> Iterator[Problem]:
        for message in self.read.messages:
            if message.level == ERROR:
                yield Problem(self.place, self.line, message.column, message.text)
        for text in self.errors:
            yield Problem(self.place, self.line, "", text)


@dataclass(frozen=True)
class Verdict:
    """All lines, and the debts owed on the day that the register does not name: they stay as they are."""

    register: Register
    rows: tuple[Judged, ...]
    proposal: Proposal
    unnamed: tuple[Debt, ...]

    @cached_property
    def problems(self) -> list[Problem]:
        return [problem for row in self.rows for problem in row.problems]

    @property
    def in_order(self) -> list[Judged]:
        return sorted(self.rows, key=lambda row: row.order)

    def of(self, *effects: Effect) -> list[Judged]:
        return [row for row in self.rows if row.effect in effects]

    @property
    def counts(self) -> list[tuple[Effect, int]]:
        return [(effect, number) for effect in Effect if (number := len(self.of(effect)))]

    @property
    def odd(self) -> list[Judged]:
        return [row for row in self.rows if row.is_odd]


def judge(register: Register) -> Verdict:
    """What certifying would do now; the number of queries does not grow with the lines."""
    rows = list(_rows(register))
    known = {debt.pk: debt for debt in _known(register)}
    readable = [row for row in rows if not row.line.errors]
    new = [row for row in readable if row.line.debt_id is None]
    proposal = propose(
        register=_as_file(register, new),
        centre=register.centre,
        as_of=register.as_of_on,
        decisions=Decisions(funds={row.read["fund"].name: row.read["fund"] for row in new}),
    )
    for row, proposed in zip(new, proposal.rows, strict=True):
        _take_over(row, proposed, known)
    for row in readable:
        if row.line.debt_id:
            row.debt = known[row.line.debt_id]
            _note_other_name(row)
    _refuse_twice(readable)
    for row in readable:
        _weigh(row, register)
    named = {row.debt.pk for row in rows if row.debt} | {row.line.debt_id for row in rows}
    unnamed = tuple(debt for pk, debt in known.items() if pk not in named and debt.outstanding_on)
    return Verdict(register, tuple(rows), proposal, unnamed)


def difference(register: Register, totals: Totals) -> list[str]:
    """In what the lines differ from what the paper adds up to (M19)."""
    return [*_difference_of_baht(register.control_total, totals.outstanding), *_of_rows(register, totals)]


def _difference_of_baht(paper: Decimal | None, found: Decimal) -> Iterator[str]:
    if paper is not None and paper != found:
        yield (
            f"ผลรวม {thai.money(found)} บาท ต่างจากยอดในเอกสาร {thai.money(paper)} บาท"
            f" อยู่ {thai.money(abs(found - paper))} บาท"
        )


def _of_rows(register: Register, totals: Totals) -> Iterator[str]:
    paper = register.control_rows
    if paper is not None and paper != totals.rows:
        yield f"มี {thai.count(totals.rows)} แถว ต่างจากเอกสาร {thai.count(paper)} แถว"


def _rows(register: Register) -> Iterator[Judged]:
    lines = register.lines.kept().select_related("changed_by")
    for place, row in enumerate(read_all(register, lines), start=1):
        if not row.read.is_empty:
            yield Judged(place, row.line, row.read)


def _known(register: Register):
    """The old debts of the centre with what was owed on the register's day, and what was owed at most before."""
    debts = Debt.objects.filter(fund__centre=register.centre).original().with_names().with_merges()
    balances = debts.with_balance(on=register.as_of_on)
    return balances.annotate(newest_on=Max("entries__on")).order_by("household__house_sort", "pk")


def _as_file(register: Register, rows: Iterable[Judged]) -> ReadRegister:
    """The lines as if they had come in a file."""
    day = register.as_of_on
    sheet = ReadSheet(
        name=f"ทะเบียน ณ {thai.short_date(day)}",
        hidden=False,
        title="",
        fund_hint="",
        fund_kind="",
        as_of_on=day,
        rows=tuple(_as_row(row, day) for row in rows),
        skipped=(),
        matched=(),
        unread_columns=(),
        warnings=(),
        head=HEAD,
    )
    return ReadRegister(day, (sheet,), ())


def _as_row(row: Judged, day: date) -> ReadRow:
    read = row.read
    return ReadRow(
        row=row.place,
        number=read["number"],
        name=read["name"],
        house_number=read["house_number"],
        fund_hint=read["fund"].name,
        fund_kind=read["fund"].kind,
        lent_on=read["lent_on"],
        due_on=read["due_on"],
        lent=read["lent"],
        rate_percent=_rate(read, day),
        method=_method(read),
        guarantors=read["guarantor"],
        principal=read["principal"],
        interest=read.amount("interest"),
        penalty=read.amount("penalty"),
        note=read["note"],
        tidied=(),
        warnings=(),
        errors=(),
    )


def _rate(read: ReadLine, day: date) -> Decimal:
    """Percent a year: as typed, or else the fund's on the day of lending."""
    if read["rate_percent"] is not None or read["method"] == Method.NO_INTEREST:
        return read["rate_percent"] or ZERO
    return getattr(read["fund"].rule_on(read["lent_on"] or day), "rate_percent", ZERO)


def _method(read: ReadLine) -> str:
    """How interest is counted; the fund's way where a rate was typed for a debt without interest."""
    return "" if read["rate_percent"] and read["method"] == Method.NO_INTEREST else read["method"]


def _take_over(row: Judged, proposed: ProposedRow, known: dict[int, Debt]) -> None:
    """What the import would make of a line without a debt; one that is there already is that debt's line."""
    row.proposed = proposed
    row.errors += proposed.errors
    if proposed.debt:
        row.debt = known[proposed.debt.pk]
    else:
        row.notes += proposed.notes
        row.effect = {Outcome.NEW: Effect.NEW, Outcome.CLEAR: Effect.CLEAR}.get(
            proposed.outcome, Effect.ERROR
        )


def _note_other_name(row: Judged) -> None:
    name, borrower = row.read["name"], row.debt.borrower
    if thai.name_key(name.first, name.last) != borrower.match_key:
        row.notes.append(f"ในระบบผู้กู้ชื่อ {borrower.full_name} การรับรองปรับเฉพาะยอดเงิน")


def _refuse_twice(rows: list[Judged]) -> None:
    """A debt is named by one line only."""
    first: dict[int, Judged] = {}
    for row in rows:
        if row.debt and first.setdefault(row.debt.pk, row) is not row:
            row.errors.append(f"เป็นหนี้รายเดียวกับแถว {first[row.debt.pk].place} ลบแถวหนึ่งออก")
            row.effect = Effect.ERROR


def _weigh(row: Judged, register: Register) -> None:
    """Whether the ledger is changed by a line about a known debt, and whether it can be. A line agrees with it that
    says what was posted by its day, or that and the interest to the day."""
    if not row.debt:
        return
    debt, on = row.debt, register.as_of_on
    posted = (debt.principal_on, debt.interest_on + debt.apart_on, debt.penalty_on)
    to_the_day = (posted[0], posted[1] + interest_since_posted(debt, on=on), posted[2])
    now = tuple(row.read.amount(part) for part in ("principal", "interest", "penalty"))
    row.was_owed = sum(posted if now == posted else to_the_day)
    if row.errors:
        return
    row.effect = Effect.SAME if now in (posted, to_the_day) else Effect.CHANGED
    if row.effect == Effect.CHANGED:
        refusal = why_not_adjusted(debt, on=on, is_merged=debt.is_merged, newest_on=debt.newest_on)
        row.errors += [refusal] if refusal else []
        row.notes += _told(row)


def _told(row: Judged) -> Iterator[str]:
    was, now = row.debt.outstanding_on, row.line.owed
    yield f"ในระบบคงเหลือ {thai.money(row.was_owed)} บาท ในทะเบียน {thai.money(now)} บาท"
    if was and now and (now >= was * JUMP or was >= now * JUMP):
        yield f"ยอดต่างจากเดิม {JUMP} เท่าขึ้นไป ตรวจสอบจำนวนหลัก"
