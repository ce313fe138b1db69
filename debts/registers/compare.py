"""Two registers side by side: which debts were added, are gone, or say something else."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from config.thai import name_key
from debts.models import Register, RegisterLine
from debts.registers.columns import COLUMNS, ReadLine
from debts.registers.rows import SavedRow, Totals, read_all, totals_of


@dataclass(frozen=True)
class Change:
    """One cell: its column's name, and its text in the older and in the newer register."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangedLine:
    old: SavedRow
    new: SavedRow
    changes: list[Change]


@dataclass(frozen=True)
class Comparison:
    """The newer register against the older one, in baht."""

    older: Register
    newer: Register
    added: list[SavedRow]
    gone: list[SavedRow]
    changed: list[ChangedLine]
    same: int
    older_totals: Totals
    newer_totals: Totals

    @property
    def difference(self) -> Decimal:
        return self.newer_totals.outstanding - self.older_totals.outstanding

    @property
    def is_same(self) -> bool:
        return not (self.added or self.gone or self.changed)


def compare(*, older: Register, newer: Register) -> Comparison:
    """Lines are the same debt when they are of the same debt in the ledger, else of the same fund, borrower and
    paper. The number of queries does not grow with the lines."""
    old, new = _lines(older), _lines(newer)
    pairs, gone, added = _pair(old, new)
    changed = [ChangedLine(*pair, changes) for pair in pairs if (changes := list(_changes(*pair)))]
    return Comparison(
        older, newer, added, gone, changed, len(pairs) - len(changed), totals_of(older), totals_of(newer)
    )


def _lines(register: Register) -> list[SavedRow]:
    return read_all(register, register.lines.filled())


def _pair(old: list[SavedRow], new: list[SavedRow]):
    """Lines of the same debt, what is left of the old ones, what is left of the new ones."""
    pairs = []
    for key_of in (_debt, _paper):
        waiting = defaultdict(list)
        for row in old:
            waiting[key_of(row.line, row.read)].append(row)
        found = [
            (waiting[key].pop(0), row) for row in new if (key := key_of(row.line, row.read)) and waiting[key]
        ]
        taken = {id(row) for pair in found for row in pair}
        old = [row for row in old if id(row) not in taken]
        new = [row for row in new if id(row) not in taken]
        pairs += found
    return pairs, old, new


def _debt(line: RegisterLine, read: ReadLine):
    return line.debt_id


def _paper(line: RegisterLine, read: ReadLine) -> tuple | None:
    name = read["name"]
    if name is None:
        return None
    return (read.values["fund"], name_key(name.first, name.last), read["number"] or read.values["lent_on"])


def _changes(old: SavedRow, new: SavedRow) -> Iterator[Change]:
    for column, label in COLUMNS.items():
        before, after = _text(old, column), _text(new, column)
        if before != after:
            yield Change(label, before, after)


def _text(row: SavedRow, column: str) -> str:
    """An interest or penalty of nothing is the same typed and left empty."""
    text = row.read.values[column]
    return "" if text == "0.00" and column in ("interest", "penalty", "overdue") else text
