"""Saving the lines of a register as they are typed: small batches, each whole or not at all, each once.

A line is known by the `key` that its page made. It is written when its `version` is the stored one. The same
text again is a batch whose answer was lost: it is answered, not written. An older version is a conflict: theirs
is returned and stays, until it is sent again with their version. A page whose answer was lost and that typed on
does not conflict with itself (`page`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from accounts.models import Officer
from config.money import total
from debts.models import Register, RegisterEditor, RegisterLine
from debts.registers.columns import ERROR, WARNING, ReadLine, read_line, typed_values

MOST_ROWS = 50
STEP = 1024
KEEP_OFF = timedelta(seconds=60)
WRITTEN = [
    "position", "values", "version", "deleted_at", "changed_by", "changed_at", "page", "sequence", "house_key",
    "principal", "interest", "penalty", "errors", "warnings",
]  # fmt: skip


class CannotSave(ValueError):
    """Nothing was saved; `str()` is the Thai reason."""


class NotADraft(CannotSave):
    """The register waits for its check, or was decided on."""


@dataclass(frozen=True)
class TypedRow:
    """One line as its page sends it; `version` is the stored one the page knows, 0 for a new line."""

    key: UUID
    version: int
    values: Mapping[str, str]
    position: int | None = None
    deleted: bool = False


@dataclass(frozen=True)
class SavedRow:
    """A line as it is stored now, and as it reads."""

    line: RegisterLine
    read: ReadLine
    same_house_as: UUID | None = None


@dataclass(frozen=True)
class Totals:
    """What the lines add up to, in baht, and how much there is to put right."""

    rows: int
    households: int
    principal: Decimal
    interest: Decimal
    penalty: Decimal
    errors: int
    warnings: int

    @property
    def besides(self) -> Decimal:
        """Interest and penalty."""
        return self.interest + self.penalty

    @property
    def outstanding(self) -> Decimal:
        return self.principal + self.besides


@dataclass(frozen=True)
class Saved:
    """The answer to a batch."""

    rows: list[SavedRow]
    conflicts: list[SavedRow]
    sequence: int


@transaction.atomic
def save_rows(
    *,
    register: Register,
    rows: Iterable[TypedRow],
    by: Officer,
    at: datetime,
    editing: UUID | None = None,
    page: UUID | None = None,
    control: Mapping | None = None,
) -> Saved:
    """Save a batch of lines at the instant `at`. `editing` is the line the officer is in now, `control` what the
    paper adds up to (`control_total` in baht, `control_rows`).

    Locks the register, so that batches follow one another. Raises `NotADraft`, and `CannotSave` for a batch of
    more than `MOST_ROWS`.
    """
    rows = list({row.key: row for row in rows}.values())
    if len(rows) > MOST_ROWS:
        raise CannotSave(f"ส่งได้ครั้งละไม่เกิน {MOST_ROWS} แถว")
    register = editable(register)
    batch = _Batch(register, by, at, page, rows)
    batch.write()
    if control is not None:
        set_control(register=register, **control)
    mark_editing(register=register, key=editing, by=by, at=at)
    return Saved(with_houses(register, batch.saved), batch.conflicts, register.sequence)


def set_control(*, register: Register, control_total: Decimal | None, control_rows: int | None) -> None:
    """Note what the paper itself adds up to. The caller holds the register's lock."""
    register.control_total, register.control_rows = control_total, control_rows
    register.save(update_fields=["control_total", "control_rows"])


def editable(register: Register) -> Register:
    """The register, locked, when its lines may be changed. Raises `NotADraft`."""
    locked = lock(register)
    if not locked.is_editable:
        raise NotADraft(f"แก้ไขไม่ได้ ทะเบียนนี้อยู่ในสถานะ{locked.get_status_display()}")
    return locked


def lock(register: Register) -> Register:
    """The register as it is now, held until the transaction ends."""
    rows = Register.objects.select_for_update(of=("self",)).select_related("centre__village")
    return rows.get(pk=register.pk)


def mark_editing(*, register: Register, key: UUID | None, by: Officer, at: datetime) -> None:
    """Say which line the officer is in; others are asked to keep off it for a minute."""
    if key is None:
        RegisterEditor.objects.filter(register=register, officer=by).delete()
        return
    RegisterEditor.objects.bulk_create(
        [RegisterEditor(register=register, officer=by, key=key, at=at)],
        update_conflicts=True,
        unique_fields=["register", "officer"],
        update_fields=["key", "at"],
    )


def others_editing(register: Register, *, by: Officer, at: datetime):
    """Who else is in which line, within the last minute."""
    editors = register.editors.exclude(officer=by).filter(at__gt=at - KEEP_OFF)
    return editors.select_related("officer").order_by("pk")


def totals_of(register: Register) -> Totals:
    """Of all lines that say anything: one query."""
    found = (
        register.lines.kept()
        .exclude(values={})
        .aggregate(
            rows=Count("pk"),
            households=Count("house_key", filter=Q(house_key__gt=""), distinct=True),
            **{f"{part}_sum": total(part) for part in ("principal", "interest", "penalty")},
            errors_sum=Sum("errors"),
            warnings_sum=Sum("warnings"),
        )
    )
    return Totals(
        found["rows"],
        found["households"],
        found["principal_sum"],
        found["interest_sum"],
        found["penalty_sum"],
        found["errors_sum"] or 0,
        found["warnings_sum"] or 0,
    )


def changed_since(register: Register, *, since: int) -> list[SavedRow]:
    """Lines changed after the register's `sequence` was `since`, deleted ones too, in their order."""
    lines = list(register.lines.filter(sequence__gt=since).select_related("changed_by"))
    return with_houses(register, read_all(register, lines))


def read_all(register: Register, lines: Iterable[RegisterLine], *, today: date | None = None):
    """The lines as they read with the member funds of the centre: one query."""
    funds = funds_of(register)
    today = today or timezone.localdate()
    return [SavedRow(line, read_line(line.values, funds=funds, today=today)) for line in lines]


def funds_of(register: Register) -> list:
    """The member funds a line may name, with their lending rules."""
    return list(register.centre.funds.active().prefetch_related("rules").order_by("name"))


def with_houses(register: Register, rows: list[SavedRow]) -> list[SavedRow]:
    """Each line with the first line of the same household above it, if there is one: one query."""
    keys = {row.line.house_key for row in rows if row.line.house_key}
    first = _first_of_house(register, keys) if keys else {}
    return [SavedRow(row.line, row.read, _above(row.line, first)) for row in rows]


def _first_of_house(register: Register, keys: set[str]) -> dict[str, tuple[int, UUID]]:
    lines = register.lines.kept().filter(house_key__in=keys).order_by("-position", "-pk")
    return {
        house: (position, key) for house, position, key in lines.values_list("house_key", "position", "key")
    }


def _above(line: RegisterLine, first: Mapping[str, tuple[int, UUID]]) -> UUID | None:
    position, key = first.get(line.house_key, (line.position, line.key))
    return key if position < line.position else None


@dataclass
class _Batch:
    """One batch against what is stored: which lines are written, which are there already, which conflict."""

    register: Register
    by: Officer
    at: datetime
    page: UUID | None
    rows: list[TypedRow]
    saved: list[SavedRow] = field(default_factory=list)
    conflicts: list[SavedRow] = field(default_factory=list)
    changed: list[RegisterLine] = field(default_factory=list)

    def write(self) -> None:
        """Three queries whatever the number of lines: those stored, the new and changed ones, the register."""
        self.register.sequence += 1
        for row in self.rows:
            self._take(row)
        if not self.changed:
            self.register.sequence -= 1
            return
        for line in self.changed:
            line.pk = None  # found again by its key: SQLite looks at the conflict of the first column only
        RegisterLine.objects.bulk_create(
            self.changed, update_conflicts=True, unique_fields=["register", "key"], update_fields=WRITTEN
        )
        self.register.save(update_fields=["sequence"])
        self.register.makers.add(self.by)

    @cached_property
    def stored(self) -> dict[UUID, RegisterLine]:
        keys = [row.key for row in self.rows]
        lines = self.register.lines.filter(key__in=keys).select_related("changed_by")
        return {line.key: line for line in lines}

    @cached_property
    def funds(self) -> list:
        return funds_of(self.register)

    @cached_property
    def next_position(self) -> int:
        return next_position(self.register)

    def _take(self, row: TypedRow) -> None:
        line, values = self.stored.get(row.key), typed_values(row.values)
        read = self._read(values)
        if line is None:
            self._change(RegisterLine(register=self.register, key=row.key, version=0), row, values, read)
            return
        stored = self._read(line.values)
        if _is_same(line, row) and stored.values == read.values:
            self.saved.append(SavedRow(line, stored))
        elif line.version == row.version or self._is_own(line, row):
            self._change(line, row, values, read)
        else:
            self.conflicts.append(SavedRow(line, stored))

    def _read(self, values) -> ReadLine:
        return read_line(values, funds=self.funds, today=timezone.localdate(self.at))

    def _is_own(self, line: RegisterLine, row: TypedRow) -> bool:
        """The stored text came from the same open page, whose answer was lost."""
        return self.page is not None and line.page == self.page and line.version > row.version

    def _change(self, line: RegisterLine, row: TypedRow, values, read: ReadLine) -> None:
        line.position = self._position(line, row)
        line.values = values
        line.deleted_at = self.at if row.deleted else None
        line.version += 1
        line.changed_by, line.changed_at, line.page = self.by, self.at, self.page
        line.sequence = self.register.sequence
        remember(line, read)
        self.changed.append(line)
        self.saved.append(SavedRow(line, read))

    def _position(self, line: RegisterLine, row: TypedRow) -> int:
        if row.position is not None:
            return row.position
        if line.position is None:
            self.next_position += STEP
            return self.next_position - STEP
        return line.position


def next_position(register: Register) -> int:
    """Where a line after the last one stands."""
    last = register.lines.order_by("position").values_list("position", flat=True).last()
    return (last or 0) + STEP


def remember(line: RegisterLine, read: ReadLine) -> None:
    """Keep beside the text what it reads as."""
    line.house_key = read.house_key
    for part in ("principal", "interest", "penalty"):
        setattr(line, part, read.amount(part))
    line.errors, line.warnings = read.count(ERROR), read.count(WARNING)


def _is_same(line: RegisterLine, row: TypedRow) -> bool:
    """Whether the stored line is where it was sent to, and deleted or not as it was sent."""
    return bool(line.deleted_at) == row.deleted and row.position in (None, line.position)
