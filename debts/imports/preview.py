"""What a long file would become, as its job found it: kept as plain values, so that a page need not read it again."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from debts.imports.fund_match import find_fund
from debts.imports.proposal import FundChoice, Outcome, Proposal, ProposedRow
from debts.models import RegisterFile
from debts.sheets.register import ReadRegister

SHOWN = 200
"""Rows to look at that are kept."""


def preview_of(register: ReadRegister, proposal: Proposal) -> dict:
    """The preview of a proposal, as JSON."""
    to_look_at = sorted(
        (row for row in proposal.rows if row.needs_a_look),
        key=lambda row: row.outcome not in (Outcome.ERROR, Outcome.DIFFERS),
    )
    return {
        "sheets": [sheet.name for sheet in register.sheets],
        "visible": [sheet.name for sheet in register.sheets if not sheet.hidden],
        "columns": [[sheet.name, sheet.matched, sheet.unread_columns] for sheet in register.sheets],
        "other_sheets": register.other_sheets,
        "as_of": proposal.as_of and proposal.as_of.isoformat(),
        "counts": [[outcome, len(rows)] for outcome in Outcome if (rows := proposal.of(outcome))],
        "rows": len(proposal.rows),
        "houses": len(proposal.houses),
        "new_houses": sum(house.known is None for house in proposal.houses),
        "guessed": sum("ระบบอ่าน" in note for row in proposal.rows for note in row.read.warnings),
        "total": str(proposal.total),
        "new": len(proposal.new),
        "new_total": str(proposal.new_total),
        "warnings": proposal.warnings,
        "undecided": proposal.undecided,
        "funds": [
            [line.choice.words, line.choice.kind, str(line.choice.rate_percent), line.debts, line.households]
            + [str(line.owed), line.fund]
            for line in proposal.by_fund
        ],
        "to_look_at": [_shown(row) for row in to_look_at[:SHOWN]],
        "looks": len(to_look_at),
    }


def _shown(row: ProposedRow) -> dict:
    return {
        "sheet": row.sheet,
        "row": row.read.row,
        "outcome": row.outcome,
        "number": row.read.number,
        "house": row.house.number if row.house else row.read.house_number,
        "name": row.full_name,
        "owed": str(row.owed),
        "errors": row.errors,
        "notes": row.notes,
    }


@dataclass(frozen=True)
class Preview:
    """What was kept, with its values in their own types again. Amounts in baht."""

    kept: dict

    def __getattr__(self, name: str):
        return self.kept[name]

    @property
    def as_of(self) -> date | None:
        return self.kept["as_of"] and date.fromisoformat(self.kept["as_of"])

    @property
    def total(self) -> Decimal:
        return Decimal(self.kept["total"])

    @property
    def new_total(self) -> Decimal:
        return Decimal(self.kept["new_total"])

    @property
    def counts(self) -> list[tuple[Outcome, int]]:
        return [(Outcome(outcome), count) for outcome, count in self.kept["counts"]]

    @property
    def errors(self) -> int:
        return dict(self.kept["counts"]).get(Outcome.ERROR, 0)

    @property
    def to_look_at(self) -> list[dict]:
        return [
            {**row, "outcome": Outcome(row["outcome"]), "owed": Decimal(row["owed"])}
            for row in self.kept["to_look_at"]
        ]

    @property
    def by_fund(self) -> list[dict]:
        """The funds that the file names, by the name of what was chosen for them."""
        return [
            {"words": words, "fund": fund, "debts": debts, "households": households, "owed": Decimal(owed)}
            for words, _, _, debts, households, owed, fund in self.kept["funds"]
        ]

    def choices(self, file: RegisterFile) -> list[FundChoice]:
        """The funds that the file names, with the member fund that each may be."""
        members = list(file.centre.funds.active())
        return [
            FundChoice(words, kind, find_fund(words, kind, members), Decimal(rate))
            for words, kind, rate, *_ in self.kept["funds"]
        ]
