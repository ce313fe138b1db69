"""A centre's figures as a visit report prints them: live until the report is certified, frozen from then on.

Terms as in money.md: joined = a case was opened; reduced = owes less than its baseline and more than nothing;
cleared = owes nothing. Each household counts once, by its newest case.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal

from config.money import baht, total
from debts.models import PARTS, Case, Contract, Debt, Entry
from funds.models import Centre

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class CentreFigures:
    """As of day `on`. Counts of funds, persons and households; amounts in baht."""

    on: date
    founded_year: int | None
    kind: str
    funds: int
    capital: Decimal
    debtors: int
    outstanding: Decimal
    joined: int
    merged: int
    reduced: int
    cleared: int
    baht_reduced: Decimal
    baht_cleared: Decimal

    def as_text(self) -> dict[str, str]:
        """Every figure as text, for keeping."""
        return {name: "" if value is None else str(value) for name, value in asdict(self).items()}

    @classmethod
    def from_text(cls, kept: dict[str, str]) -> "CentreFigures":
        """The figures that `as_text` kept."""
        return cls(**{field.name: _READ[field.type](kept[field.name]) for field in fields(cls)})


_READ = {
    date: date.fromisoformat,
    str: str,
    int: int,
    Decimal: Decimal,
    int | None: lambda text: int(text) if text else None,
}


def figures_of(centre: Centre, *, on: date) -> CentreFigures:
    """The centre's figures on day `on`, from the ledger; capital and funds as they are now."""
    debts = Debt.objects.filter(fund__centre=centre).with_balance(on=on).filter(outstanding_on__gt=baht(0))
    owed = _owed_by_household(centre, on)
    return CentreFigures(
        on=on,
        founded_year=centre.founded_year,
        kind=centre.get_kind_display(),
        funds=centre.funds.active().count(),
        capital=centre.funds.active().filter(counts_in_capital=True).aggregate(sum=total("capital"))["sum"],
        debtors=debts.values("borrower").distinct().count(),
        outstanding=sum(owed.values(), ZERO),
        merged=_merged(centre, on),
        **_progress(centre, owed, on),
    )


def of_visit(visit, *, on: date) -> CentreFigures:
    """The frozen figures of a certified visit; otherwise those of the visit's day, or of `on` before it."""
    if visit.figures:
        return CentreFigures.from_text(visit.figures)
    return figures_of(visit.centre, on=min(visit.planned_on, on))


def _merged(centre: Centre, on: date) -> int:
    signed = Contract.objects.filter(centre=centre, signed_on__lte=on).exclude(ended_on__lte=on)
    return signed.values("household").distinct().count()


def _progress(centre: Centre, owed: dict[int, Decimal], on: date) -> dict[str, object]:
    newest = Case.objects.counted().filter(centre=centre, opened_on__lte=on).order_by("opened_on", "pk")
    baselines = dict(newest.values_list("household", "baseline"))
    cleared = {household for household in baselines if not owed.get(household)}
    reduced = {h for h, baseline in baselines.items() if h not in cleared and owed[h] < baseline}
    return {
        "joined": len(baselines),
        "reduced": len(reduced),
        "cleared": len(cleared),
        "baht_reduced": sum((baselines[h] - owed[h] for h in reduced), ZERO),
        "baht_cleared": sum((baselines[h] for h in cleared), ZERO),
    }


def _owed_by_household(centre: Centre, on: date) -> dict[int, Decimal]:
    entries = Entry.objects.filter(debt__fund__centre=centre, on__lte=on).order_by()
    sums = entries.values("debt__household").annotate(**{f"sum_{part}": total(part) for part in PARTS})
    return {row["debt__household"]: sum(row[f"sum_{part}"] for part in PARTS) for row in sums}
