"""What an edited register would change, as an officer reads it: for a long one it is kept as plain values, so that a
page need not read the file again."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from debts.imports.differences import Change, Differences, EditedRow, State
from debts.ledger import ZERO
from debts.models import Debt

SHOWN = 1_000
"""Differing rows that are kept of a long file, those that need a look first."""
GONE_SHOWN = 100


@dataclass(frozen=True)
class ShownRow:
    """One row that differs; `number` is that of the row in Excel, `owed` baht of a new debt (principal, interest)."""

    number: int
    state: State
    who: str
    paper: str
    debt_pk: int | None
    changes: list[Change]
    owed: tuple[Decimal, Decimal] | None
    errors: list[str]
    doubts: list[str]
    notes: list[str]


@dataclass(frozen=True)
class ShownDebt:
    """An open debt that the file no longer has, with what is owed in baht."""

    pk: int
    words: str
    outstanding: Decimal


@dataclass(frozen=True)
class EditedPreview:
    """`counts` are rows by state, `certain` those that are changed without a further word, `balance` baht by which
    they change what is owed; `looks` how many rows differ, of which `rows` are the first."""

    as_of: date
    counts: list[tuple[State, int]]
    rows: list[ShownRow]
    looks: int
    gone_count: int
    gone: list[ShownDebt]
    certain: int
    balance: Decimal

    @property
    def errors(self) -> int:
        return dict(self.counts).get(State.ERROR, 0)

    @property
    def doubtful(self) -> int:
        return dict(self.counts).get(State.DOUBTFUL, 0)


def preview_of(found: Differences, *, at_most: int | None = None) -> EditedPreview:
    shown, certain = found.shown, found.to_apply()
    return EditedPreview(
        as_of=found.as_of,
        counts=[(state, number) for state in State if (number := len(found.of(state)))],
        rows=[_row(row) for row in shown[:at_most]],
        looks=len(shown),
        gone_count=len(found.gone),
        gone=[_gone(debt) for debt in found.gone[:GONE_SHOWN]],
        certain=len(certain),
        balance=sum((row.change_of_balance for row in certain), ZERO),
    )


def _row(row: EditedRow) -> ShownRow:
    debt, read = row.debt, row.read
    return ShownRow(
        number=read.row,
        state=row.state,
        who=str(debt.borrower) if debt else row.full_name,
        paper=str(debt) if debt else f"{read.fund_hint} {read.number}".strip(),
        debt_pk=debt.pk if debt else None,
        changes=row.changes,
        owed=(read.principal, read.interest) if row.state == State.NEW else None,
        errors=row.errors,
        doubts=row.doubts,
        notes=row.notes,
    )


def _gone(debt: Debt) -> ShownDebt:
    return ShownDebt(debt.pk, f"{debt.borrower} {debt}", debt.outstanding)


def to_keep(preview: EditedPreview) -> dict:
    """The preview as JSON can hold it: amounts and days as text."""
    return _plain(asdict(preview))


def _plain(value):
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal | date) else value


def kept(stored: dict) -> EditedPreview:
    """What `to_keep` made, with its values in their own types again."""
    own = {
        "as_of": date.fromisoformat(stored["as_of"]),
        "counts": [(State(state), number) for state, number in stored["counts"]],
        "rows": [_kept_row(row) for row in stored["rows"]],
        "gone": [
            ShownDebt(**{**debt, "outstanding": Decimal(debt["outstanding"])}) for debt in stored["gone"]
        ],
        "balance": Decimal(stored["balance"]),
    }
    return EditedPreview(**{**stored, **own})


def _kept_row(row: dict) -> ShownRow:
    own = {
        "state": State(row["state"]),
        "changes": [Change(**change) for change in row["changes"]],
        "owed": row["owed"] and tuple(map(Decimal, row["owed"])),
    }
    return ShownRow(**{**row, **own})
