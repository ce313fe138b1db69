"""What a change of plan comes to: the interest up to the day, the entries, the new schedule, and how it compares.

The outcome an officer reads before approving is computed by the code that is then posted (`debts.plans.posting`).
Amounts are baht, rates percent a year. Nothing here writes.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from config import thai
from config.rounding import to_satang
from debts import schedule
from debts.accrual import Charge
from debts.ledger import newest_entry_on
from debts.models import PARTS, Contract, Debt, Entry, Instalment, PlanChange
from debts.plans.versions import Terms, schedule_of, terms_now
from debts.repayment import Owed, all_charges, due_on, owed_with
from debts.schedule import months_after

Kind = PlanChange.Kind
# Kinds that always begin a new schedule; a waiver does when it names periods.
NEW_SCHEDULE = (Kind.RESCHEDULE, Kind.RATE, Kind.GRACE)
WITHOUT_MONEY = (Kind.TAKEOVER,)


class CannotChangePlan(ValueError):
    """The plan stays as it is; `str()` is the Thai reason."""


@dataclass(frozen=True)
class Posting:
    """One entry: signed baht by part."""

    kind: str
    changes: dict[str, Decimal]


@dataclass(frozen=True)
class Side:
    """A plan as the household sees it from the day on: what is still to come."""

    rate_percent: Decimal
    owed: Decimal
    next: schedule.Instalment | Instalment | None
    number: int
    ends_on: date | None
    interest: Decimal
    effective_percent: Decimal | None = None


@dataclass(frozen=True)
class Outcome:
    """`terms` and `instalments` are empty when no new schedule begins; `ending` is how the contract ends, if it does.
    `relieved` is what is waived or written off."""

    change: PlanChange
    on: date
    owed: Owed
    charges: tuple[Charge, ...]
    postings: tuple[Posting, ...]
    left: Owed
    relieved: Decimal
    due: Decimal
    old: Terms
    before: Side
    after: Side | None
    terms: schedule.Terms | None = None
    instalments: tuple[schedule.Instalment, ...] = ()
    ending: str = ""

    @property
    def charged(self) -> Decimal:
        """Interest posted up to the day."""
        return sum((charge.amount for charge in self.charges), Decimal(0))

    @property
    def has_apart(self) -> bool:
        return any(line.apart for line in self.instalments)


def outcome_of(change: PlanChange, *, debt: Debt, on: date) -> Outcome:
    """What the change comes to on day `on`. `debt` is that of the contract. Raises `CannotChangePlan`."""
    contract = change.contract
    _refuse(contract, debt, on)
    charges = [] if change.kind in WITHOUT_MONEY else all_charges(debt, contract, on=on)
    owed, old = owed_with(debt, charges), terms_now(contract)
    remaining = [line for line in schedule_of(old) if line.due_on > on]
    outcome = Outcome(
        change=change,
        on=on,
        owed=owed,
        charges=tuple(charges),
        postings=(),
        left=owed,
        relieved=Decimal("0.00"),
        due=due_on(debt, on=on).total,
        old=old,
        before=_side_of_old(old, owed, remaining),
        after=None,
    )
    return _DONE_BY[change.kind](outcome, remaining)


def _refuse(contract: Contract, debt: Debt, on: date) -> None:
    if contract.ended_on:
        raise CannotChangePlan(f"สัญญานี้สิ้นสุดแล้วเมื่อวันที่ {thai.short_date(contract.ended_on)}")
    newest_on = max(newest_entry_on(debt), terms_now(contract).starts_on)
    if on < newest_on:
        raise CannotChangePlan(f"หนี้นี้มีรายการวันที่ {thai.short_date(newest_on)} แล้ว เปลี่ยนแผนได้ตั้งแต่วันนั้นเป็นต้นไป")


def _replanned(outcome: Outcome, remaining: list[Instalment]) -> Outcome:
    """A new schedule from what is left: principal bears interest, everything else is kept apart and bears none."""
    left = outcome.left
    moved = {"interest": -left.interest, "penalty": -left.penalty, "apart": left.interest + left.penalty}
    kept = Owed(principal=left.principal, apart=left.apart + left.interest + left.penalty)
    terms = _terms(outcome, kept, remaining)
    try:
        lines, found = tuple(schedule.instalments(terms)), schedule.summary(terms)
    except schedule.CannotSchedule as refusal:
        raise CannotChangePlan(str(refusal)) from refusal
    after = Side(
        terms.rate_percent,
        kept.total,
        found.first,
        len(lines),
        found.ends_on,
        found.total_interest,
        found.effective_percent,
    )
    return replace(
        outcome,
        postings=(*outcome.postings, *_posting(Entry.Kind.SET_APART, moved)),
        left=kept,
        after=after,
        terms=terms,
        instalments=lines,
    )


def _waived(outcome: Outcome, remaining: list[Instalment]) -> Outcome:
    """What is waived covers the oldest instalments, as money does; or a new schedule begins with the rest."""
    waived = outcome.change.waived
    for part, amount in waived.items():
        _refuse_waiver(amount, getattr(outcome.owed, part))
    relieved = sum(waived.values())
    if not relieved:
        raise CannotChangePlan("ระบุจำนวนเงินที่ยกเว้นอย่างน้อย 1 รายการ")
    left = Owed(**{part: getattr(outcome.owed, part) - waived[part] for part in PARTS})
    taken = _posting(Entry.Kind.WAIVER, {part: -amount for part, amount in waived.items()})
    outcome = replace(outcome, postings=taken, left=left, relieved=relieved)
    if not left.total:
        return replace(outcome, ending=Contract.Ending.WAIVED)
    if outcome.change.periods:
        return _replanned(outcome, remaining)
    return replace(outcome, after=_side_of_old(outcome.old, left, remaining))


def _written_off(outcome: Outcome, remaining: list[Instalment]) -> Outcome:
    """All of it leaves the fund's books; the household still owes it in law."""
    all_of_it = {part: -getattr(outcome.owed, part) for part in PARTS}
    return replace(
        outcome,
        postings=_posting(Entry.Kind.WRITE_OFF, all_of_it),
        left=Owed(),
        relieved=outcome.owed.total,
        ending=Contract.Ending.WRITTEN_OFF,
    )


def _defaulted(outcome: Outcome, remaining: list[Instalment]) -> Outcome:
    """The contract ends, and everything that is owed is due."""
    if not outcome.due:
        raise CannotChangePlan("สัญญานี้ไม่มียอดครบกำหนดที่ค้างชำระ")
    return replace(outcome, ending=Contract.Ending.DEFAULTED)


def _taken_over(outcome: Outcome, remaining: list[Instalment]) -> Outcome:
    change = outcome.change
    if change.died_on > outcome.on:
        raise CannotChangePlan("วันที่ลูกหนี้ถึงแก่กรรมต้องไม่หลังวันนี้")
    if change.heir_id == change.contract.debt.borrower_id:
        raise CannotChangePlan("ผู้รับผิดชอบหนี้แทนเป็นลูกหนี้เดิม เลือกคนอื่น")
    return outcome


_DONE_BY = {
    **dict.fromkeys(NEW_SCHEDULE, _replanned),
    Kind.WAIVE: _waived,
    Kind.WRITE_OFF: _written_off,
    Kind.DEFAULT: _defaulted,
    Kind.TAKEOVER: _taken_over,
}


def _posting(kind: str, changes: dict[str, Decimal]) -> tuple[Posting, ...]:
    return (Posting(kind, changes),) if any(changes.values()) else ()


def _refuse_waiver(amount: Decimal, most: Decimal) -> None:
    if amount < 0 or amount != to_satang(amount):
        raise CannotChangePlan("ระบุจำนวนเงินที่ยกเว้น ทศนิยมไม่เกิน 2 ตำแหน่ง และไม่ติดลบ")
    if amount > most:
        raise CannotChangePlan(f"ยกเว้นได้ไม่เกินยอดที่ค้าง {thai.money(most)} บาท")


def _side_of_old(old: Terms, owed: Owed, remaining: list[Instalment]) -> Side:
    interest = sum((line.interest for line in remaining), Decimal("0.00"))
    ends_on = remaining[-1].due_on if remaining else None
    following = remaining[0] if remaining else None
    return Side(old.rate_percent, owed.total, following, len(remaining), ends_on, interest)


def _terms(outcome: Outcome, kept: Owed, remaining: list[Instalment]) -> schedule.Terms:
    change, old = outcome.change, outcome.old
    dates = _dates(outcome, remaining)
    return schedule.Terms(
        principal=kept.principal,
        apart=kept.apart,
        rate_percent=old.rate_percent if change.rate_percent is None else change.rate_percent,
        method=_method(change, old),
        day_count=schedule.DayCount(old.day_count),
        signed_on=outcome.on,
        principal_grace=change.principal_grace,
        full_grace=change.full_grace,
        round_up_to=old.round_up_to if old.method == schedule.Method.ANNUITY else None,
        **dates,
    )


def _method(change: PlanChange, old: Terms) -> schedule.Method:
    """The method of the contract; a rate on a contract that had none is counted on the balance."""
    free = schedule.Method.NO_INTEREST
    return schedule.Method.EQUAL_PRINCIPAL if change.rate_percent and old.method == free else old.method


def _dates(outcome: Outcome, remaining: list[Instalment]) -> dict:
    """The due days of the new plan: those typed, or the days that remain of the old one; grace is added to them."""
    change, old, on = outcome.change, outcome.old, outcome.on
    if not (remaining or (change.periods and change.first_due_on)):
        raise CannotChangePlan("ครบกำหนดทุกงวดแล้ว ระบุจำนวนงวดและวันชำระงวดแรกของแผนใหม่")
    days = tuple(line.due_on for line in remaining)
    first = change.first_due_on or days[0]
    months = change.months_per_period or old.months_per_period
    agreed_day = (
        old.first_due_on.day if _is_last_of_month(first) and old.first_due_on.day > first.day else None
    )
    periods = change.periods or len(days) + change.principal_grace + change.full_grace
    regular = schedule.due_dates(first, periods, months, agreed_day)
    common = {"first_due_on": first, "periods": periods, "months_per_period": months}
    if regular[: len(days)] != days and not _names_days(change):
        if periods > len(days):
            raise CannotChangePlan("งวดเดิมห่างไม่เท่ากัน ระบุจำนวนงวด ระยะงวด และวันชำระงวดแรกของแผนใหม่")
        return {**common, "due_dates": days}
    dates = {**common, "agreed_day": agreed_day}
    return (
        dates
        if first in _whole_period_from(on, months, agreed_day)
        else {**dates, "first_days": (first - on).days}
    )


def _names_days(change: PlanChange) -> bool:
    return bool(change.periods or change.months_per_period or change.first_due_on)


def _whole_period_from(on: date, months: int, agreed_day: int | None) -> set[date]:
    """The due days a whole period after `on`, which may itself be the last day of a shorter month."""
    return {months_after(on, months), schedule.due_dates(on, 2, months, agreed_day)[1]}


def _is_last_of_month(day: date) -> bool:
    return schedule.due_dates(day, 1, 1, 31)[0] == day
