"""1 ครัวเรือน 1 สัญญา: a household's debts become one contract with one lender, or come back from it.

Every verb locks the household first and then its debts in the order of their keys.
"""

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects

from accounts.audit import record
from accounts.models import Officer
from config import thai
from debts import offer_warnings
from debts.cases.moves import CannotMove, move
from debts.cases.resolution import differences
from debts.cases.selection import CannotSelect, select
from debts.ledger import lock_debts, lock_household, post, reverse
from debts.models import Case, Contract, Debt, Entry, Instalment, MergedDebt
from debts.numbering import next_number
from debts.offer import CannotConsolidate, Line, Offer, Plan, Waiver, plan_of
from debts.papers import consents as consent
from debts.papers.consents import Consents, Family
from debts.papers.seals import seal_contract
from debts.payments.settlement import cancel_settlements, open_settlements, why_not_cancelled
from funds.models import Fund
from households.models import Household, Person

__all__ = [
    "CannotCancel",
    "CannotConsolidate",
    "Consents",
    "Family",
    "Line",
    "Offer",
    "Plan",
    "Waiver",
    "cancel",
    "consolidate",
    "plan_merge",
    "settlements",
]


class CannotCancel(ValueError):
    """The contract stays; `str()` is the Thai reason."""


def plan_merge(*, household: Household, debts, offer: Offer) -> Plan:
    """What the offer comes to, with everything the officer is warned of. Writes nothing.

    Raises `CannotConsolidate`.
    """
    plan = plan_of(household=household, debts=list(debts), offer=offer)
    to_justify = offer_warnings.to_justify(plan, household)
    warnings = (*to_justify, *offer_warnings.to_read(plan, household))
    return replace(plan, warnings=warnings, to_justify=to_justify)


@transaction.atomic
def consolidate(
    *,
    household: Household,
    debts,
    offer: Offer,
    by: Officer,
    key: UUID,
    resolution: str = "",
    reason: str = "",
    relief=(),
    expected_amount: Decimal | None = None,
    consents: Consents = Consents(),  # noqa: B008 - immutable, and refused unless somebody was asked
) -> Contract:
    """Sign one contract for the debts and close them; the same `key` again returns the same contract.

    `expected_amount` is the amount in baht the officer saw. Opens the household's case when none is open, and
    seals the papers of the contract. Raises `CannotConsolidate`, also while a guarantor or the family was not
    asked.
    """
    household = lock_household(household.pk, CannotConsolidate)
    known = Contract.objects.filter(key=key).first()
    if known:
        return _same_household(known, household)
    plan = _agreed_plan(household, debts, offer, reason, expected_amount)
    _refuse_other_terms(household, plan)
    _refuse_unasked(plan, consents)
    contract = _sign(plan, household, by, key=key, resolution=resolution, reason=reason, relief=list(relief))
    _close_old_debts(contract, plan, by)
    _open_new_debt(contract, by)
    _move_case(contract, by)
    open_settlements(contract)
    consent.keep(contract, [line.debt for line in plan.lines], consents)
    seal_contract(contract)
    return contract


@transaction.atomic
def cancel(*, contract: Contract, reason: str, on: date, by: Officer) -> Contract:
    """Undo a contract: its entries are reversed and the old debts are owed again as before.

    Raises `CannotCancel` when it has ended, or money was received on it or paid to another fund for it.
    """
    lock_household(contract.household_id, CannotCancel)
    contract = Contract.objects.select_for_update(of=("self",)).select_related("debt").get(pk=contract.pk)
    merged = list(contract.merged_debts.all())
    debts = lock_debts(Debt.objects.filter(pk__in=[contract.debt_id, *(line.debt_id for line in merged)]))
    _refuse_cancelling(contract, debts, reason, on)
    _take_back(contract, debts, merged, reason=reason, on=on, by=by)
    contract.merged_debts.update(is_cancelled=True)
    cancel_settlements(contract, on=on)
    contract.end(Contract.Ending.CANCELLED, reason=reason, on=on, by=by)
    _back_to_talks(contract, by)
    record(by=by, action="contract-cancel", target=str(contract), detail={"reason": reason})
    return contract


def settlements(contract: Contract) -> list[tuple[Fund, Decimal]]:
    """What the new lender pays each other fund, in baht: what it was owed less what it waived."""
    owed = contract.settlements.select_related("payee").order_by("payee")
    return [(each.payee, each.amount) for each in owed]


def _same_household(contract: Contract, household: Household) -> Contract:
    if contract.household_id != household.pk:
        raise CannotConsolidate("แบบนี้ใช้ทำสัญญาของครัวเรือนอื่นแล้ว เริ่มทำสัญญาใหม่")
    return contract


def _agreed_plan(household, debts, offer, reason, expected_amount) -> Plan:
    """The plan by the balances behind the lock, refused unless it is still what the officer saw."""
    keys = [debt.pk for debt in debts]
    debts = lock_debts(Debt.objects.filter(pk__in=keys).select_related("fund", "borrower"))
    prefetch_related_objects(debts, "guarantors")
    plan = plan_merge(household=household, debts=debts, offer=offer)
    _refuse_change(plan.amount, expected_amount)
    if plan.to_justify and not reason.strip():
        raise CannotConsolidate(f"ระบุเหตุผล: {plan.to_justify[0]}")
    return plan


def _refuse_other_terms(household: Household, plan: Plan) -> None:
    """A contract after a resolution is the one that was resolved."""
    case = household.cases.open().first()
    differing = differences(case, plan) if case else []
    if differing:
        raise CannotConsolidate(
            f"เงื่อนไขไม่ตรงกับมติคณะกรรมการ: {', '.join(differing)} แก้ไขให้ตรง หรือเสนอคณะกรรมการพิจารณาใหม่"
        )


def _refuse_unasked(plan: Plan, consents: Consents) -> None:
    missing = consent.missing([line.debt for line in plan.lines], consents)
    if missing:
        raise CannotConsolidate(missing)


def _refuse_change(amount: Decimal, expected: Decimal | None) -> None:
    if expected is None or amount == expected:
        return
    change = "เพิ่ม" if amount > expected else "ลด"
    raise CannotConsolidate(
        f"ยอดหนี้เปลี่ยนหลังจากกำหนดเงื่อนไข ({change} {thai.money(abs(amount - expected))} บาท)"
        " ตรวจสอบตารางผ่อนชำระอีกครั้ง"
    )


def _sign(plan: Plan, household: Household, by: Officer, **fields) -> Contract:
    """The contract and its schedule, with a debt on which nothing is owed yet."""
    offer, case = plan.offer, _case(household, plan.offer.signed_on, by)
    year = thai.buddhist_year(offer.signed_on)
    sequence = next_number(f"contract/{case.centre_id}/{year}")
    debt = _new_debt(plan, household, by, number=f"{sequence}/{year}")
    contract = Contract.objects.create(
        centre=offer.lender.centre,
        household=household,
        case=case,
        lender=offer.lender,
        debt=debt,
        year=year,
        sequence=sequence,
        signed_by=by,
        **_terms(plan),
        **fields,
    )
    lines = (Instalment(contract=contract, **asdict(line)) for line in plan.instalments)
    Instalment.objects.bulk_create(lines)
    return contract


def _case(household: Household, on: date, by: Officer) -> Case:
    try:
        return household.cases.open().first() or select(household=household, on=on, by=by)
    except CannotSelect as refusal:
        raise CannotConsolidate(str(refusal)) from refusal


def _terms(plan: Plan) -> dict:
    """The columns of the contract that are those of the offer and its plan."""
    offer = plan.offer
    return {
        "signed_on": offer.signed_on,
        "interest_to": offer.interest_to,
        "bears_interest": plan.bears_interest,
        "kept_apart": plan.kept_apart,
        "waived": plan.waived,
        "new_money": offer.new_money,
        "amount": plan.amount,
        "agreed_in_writing": offer.agreed_in_writing,
        "rate_percent": offer.rate_percent,
        "method": offer.method,
        "day_count": "actual_365" if offer.due_dates else offer.day_count,
        "periods": offer.periods,
        "months_per_period": offer.months_per_period,
        "first_due_on": offer.due_dates[0] if offer.due_dates else offer.first_due_on,
        "principal_grace": offer.principal_grace,
        "full_grace": offer.full_grace,
        "round_up_to": offer.round_up_to,
        "seasons": [list(day) for day in offer.seasons],
    }


def _new_debt(plan: Plan, household: Household, by: Officer, *, number: str) -> Debt:
    offer = plan.offer
    return Debt.objects.create(
        household=household,
        borrower=_borrower(plan, household),
        fund=offer.lender,
        kind=Debt.Kind.MERGED,
        number=number,
        lent_on=offer.signed_on,
        due_on=plan.ends_on,
        lent=plan.amount,
        rate_percent=offer.rate_percent,
        method=offer.method,
        opened_on=offer.signed_on,
        accrued_to=offer.signed_on,
        created_by=by,
    )


def _borrower(plan: Plan, household: Household) -> Person:
    """The only borrower of the old debts, or the head of the household when there are several."""
    borrowers = {line.debt.borrower for line in plan.lines}
    if len(borrowers) > 1 and household.head is None:
        raise CannotConsolidate("หนี้มีผู้กู้หลายคน ระบุหัวหน้าครัวเรือนก่อนทำสัญญา")
    return household.head if len(borrowers) > 1 else borrowers.pop()


def _close_old_debts(contract: Contract, plan: Plan, by: Officer) -> None:
    for line in plan.lines:
        _keep_line(contract, line)
        line.debt.accrued_to = contract.interest_to
        for kind, on, changes in _closing_entries(contract, line):
            if any(changes.values()):
                post(line.debt, kind=kind, on=on, by=by, contract=contract, **changes)


def _keep_line(contract: Contract, line: Line) -> None:
    MergedDebt.objects.create(
        contract=contract,
        debt=line.debt,
        principal=line.principal,
        interest=line.interest,
        penalty=line.penalty,
        waived_principal=line.waiver.principal,
        waived_interest=line.waiver.interest,
        waived_penalty=line.waiver.penalty,
        capitalised=line.capitalised,
        kept_apart=line.kept_apart,
        accrued_from=line.debt.accrued_to,
    )


def _closing_entries(contract: Contract, line: Line):
    """Interest up to `interest_to`; what is forgiven; the rest of the interest and penalties divided into what
    bears interest and what is kept apart (as some of it may be already); and both handed to the new lender."""
    waived = {part: -amount for part, amount in asdict(line.waiver).items()}
    divided = {
        "principal": line.capitalised,
        "interest": line.waiver.interest - (line.interest - line.apart),
        "apart": line.kept_apart - line.apart,
        "penalty": line.waiver.penalty - line.penalty,
    }
    yield Entry.Kind.ACCRUAL, contract.interest_to, {"interest": line.accrued}
    yield Entry.Kind.WAIVER, contract.signed_on, waived
    yield Entry.Kind.CAPITALISED, contract.signed_on, divided
    handed_over = {"principal": -line.bears_interest, "apart": -line.kept_apart}
    yield Entry.Kind.TRANSFER_OUT, contract.signed_on, handed_over


def _open_new_debt(contract: Contract, by: Officer) -> None:
    post(
        contract.debt,
        kind=Entry.Kind.TRANSFER_IN,
        on=contract.signed_on,
        by=by,
        contract=contract,
        principal=contract.bears_interest,
        apart=contract.kept_apart,
    )


def _move_case(contract: Contract, by: Officer) -> None:
    """The committee's resolution, unless it was recorded in a meeting, and the signing."""
    on, case = contract.signed_on, contract.case
    try:
        if contract.resolution and case.stage != Case.Stage.RESOLVED:
            case = move(case=case, to=Case.Stage.RESOLVED, on=on, by=by, reason=contract.resolution)
        move(case=case, to=Case.Stage.CONTRACTED, on=on, by=by, reason=str(contract))
    except CannotMove as refusal:
        raise CannotConsolidate(str(refusal)) from refusal


def _back_to_talks(contract: Contract, by: Officer) -> None:
    """The case of a cancelled contract is open to talks again."""
    case = Case.objects.get(pk=contract.case_id)
    if case.is_open:
        reason = f"ยกเลิก{contract}"
        move(case=case, to=Case.Stage.NEGOTIATING, on=contract.ended_on, by=by, reason=reason)


def _refuse_cancelling(contract: Contract, debts: list[Debt], reason: str, on: date) -> None:
    if contract.ended_on:
        raise CannotCancel(f"สัญญานี้สิ้นสุดแล้วเมื่อวันที่ {thai.short_date(contract.ended_on)}")
    if contract.plan_changes.applied().exists():
        raise CannotCancel("สัญญานี้เปลี่ยนแผนแล้ว เลิกทำการเปลี่ยนแผนก่อนยกเลิกสัญญา")
    if contract.debt.payments.standing().exists():
        raise CannotCancel("สัญญานี้มีการรับชำระแล้ว กลับรายการรับชำระก่อนยกเลิกสัญญา")
    if not reason.strip():
        raise CannotCancel("ระบุเหตุผลที่ยกเลิกสัญญา")
    newest = Entry.objects.filter(debt__in=debts).order_by("-on").first()
    if on < newest.on:
        raise CannotCancel(f"ระบุวันที่ยกเลิกตั้งแต่ {thai.short_date(newest.on)} เป็นต้นไป")
    if refusal := why_not_cancelled(contract, on=on):
        raise CannotCancel(refusal)


def _take_back(contract: Contract, debts, merged, *, reason: str, on: date, by: Officer) -> None:
    """Reverse the contract's entries, newest first, and let interest run again from where it stood."""
    by_key = {debt.pk: debt for debt in debts}
    for line in merged:
        by_key[line.debt_id].accrued_to = line.accrued_from
    for entry in Entry.objects.filter(contract=contract).standing().order_by("-pk"):
        entry.debt = by_key[entry.debt_id]
        reverse(entry, on=on, by=by, note=reason)
