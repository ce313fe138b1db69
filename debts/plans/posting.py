"""What an approved change does: entries, a version of the schedule, the end of the contract; and the way back.

The caller holds the locks of the household, the contract, its debt and the change.
"""

from dataclasses import asdict
from datetime import date

from accounts.models import Officer
from debts.ledger import post, reverse
from debts.models import Contract, Debt, Entry, Instalment, PlanChange, ScheduleVersion
from debts.plans.outcome import WITHOUT_MONEY, Outcome
from debts.plans.versions import covered, facts_of, put_facts, schedule_of, terms_now


def apply(outcome: Outcome, *, debt: Debt, by: Officer) -> None:
    """Post the outcome on its day."""
    change, on = outcome.change, outcome.on
    change.applied_on, change.accrued_from = on, debt.accrued_to
    change.newest_entry = debt.entries.order_by("-pk").first()
    change.before, change.relieved = facts_of(debt), outcome.relieved
    _post(outcome, debt, by)
    if outcome.terms:
        _begin_version(outcome, debt)
    if change.heir_id:
        debt.borrower_id = change.heir_id
    if outcome.ending == Contract.Ending.DEFAULTED:
        debt.due_on = on
    put_facts(debt, facts_of(debt))
    change.after = facts_of(debt)
    if outcome.ending:
        change.contract.end(outcome.ending, reason=change.reason[:300], on=on, by=by)


def take_back(change: PlanChange, *, debt: Debt, on: date, by: Officer, reason: str) -> None:
    """Reverse the entries of a change, newest first, and let the plan before it hold again."""
    contract = change.contract
    debt.accrued_to = change.accrued_from
    for entry in Entry.objects.filter(change=change).standing().order_by("-pk"):
        entry.debt = debt
        reverse(entry, on=on, by=by, note=reason[:500])
    debt.save(update_fields=["accrued_to"])
    put_facts(debt, change.before)
    change.undone_on = on
    ScheduleVersion.objects.filter(change=change).update(undone_on=on)
    show_current(Contract.objects.get(pk=contract.pk))
    if contract.ended_on:
        contract.reopen()


def show_current(contract: Contract) -> None:
    """Mark the instalments of the plan in force, and no others, as current."""
    rows = Instalment.everything.filter(contract=contract)
    rows.filter(is_current=True).update(is_current=False)
    keys = [line.pk for line in schedule_of(terms_now(contract))]
    rows.filter(pk__in=keys).update(is_current=True)


def _post(outcome: Outcome, debt: Debt, by: Officer) -> None:
    common = {"on": outcome.on, "by": by, "change": outcome.change}
    for charge in outcome.charges:
        if charge.amount:
            post(debt, kind=Entry.Kind.ACCRUAL, note=charge.note, **{charge.part: charge.amount}, **common)
    if outcome.change.kind not in WITHOUT_MONEY:
        debt.accrued_to = outcome.on
        debt.save(update_fields=["accrued_to"])
    for posting in outcome.postings:
        post(debt, kind=posting.kind, **posting.changes, **common)


def _begin_version(outcome: Outcome, debt: Debt) -> None:
    contract, terms = outcome.change.contract, outcome.terms
    Instalment.everything.filter(contract=contract, is_current=True).update(is_current=False)
    version = ScheduleVersion.objects.create(
        contract=contract,
        change=outcome.change,
        number=contract.versions.count() + 2,
        starts_on=outcome.on,
        covered_before=covered(debt, on=outcome.on),
        bears_interest=terms.principal,
        kept_apart=terms.apart,
        rate_percent=terms.rate_percent,
        method=terms.method,
        day_count="actual_365" if terms.due_dates else terms.day_count,
        periods=terms.periods,
        months_per_period=terms.months_per_period,
        first_due_on=terms.first_due_on,
        first_days=terms.first_days,
        agreed_day=terms.agreed_day,
        principal_grace=terms.principal_grace,
        full_grace=terms.full_grace,
        round_up_to=terms.round_up_to,
    )
    lines = (Instalment(contract=contract, version=version, **asdict(line)) for line in outcome.instalments)
    Instalment.everything.bulk_create(lines)
    debt.rate_percent, debt.due_on = terms.rate_percent, outcome.instalments[-1].due_on
