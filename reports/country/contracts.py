"""A household's debts merged into one contract and repaid by its schedule, row by row as the verbs write it."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from uuid import NAMESPACE_URL, uuid5

from config import thai
from debts.interest import simple_interest
from debts.ledger import ZERO
from debts.models import Case, Contract, Debt, Entry, Instalment, MergedDebt, Settlement
from debts.schedule import Terms, instalments
from reports.country.books import Books

PERIODS = (24, 36, 40)
RATE = Decimal(6)
# Instalments that were paid, contract by contract; those of a payer-off end with all the rest.
PAID = (0, 3, 6, 12, 9, 2, 6, 9, 12, 9)
PAYERS_OFF = (4, 9)


def merge(books: Books, case: Case, debts: list[Debt], *, sequence: int, signed_on: date) -> Contract:
    """Sign the contract, the first of the debts' funds being the lender. A third of the contracts keeps the old
    interest apart, the others waive it."""
    lines = _lines(debts, signed_on, keeps_interest=sequence % 3 == 0)
    apart = sum((line.kept_apart for line in lines), ZERO)
    bears = sum((line.principal for line in lines), ZERO)
    schedule = _schedule(bears, apart, PERIODS[sequence % len(PERIODS)], signed_on)
    debt = books.rows.add(_debt(case, debts[0], sequence, signed_on, schedule[-1].due_on, bears + apart))
    contract = books.rows.add(_contract(case, debt, lines, sequence, signed_on, len(schedule)))
    for line in lines:
        _hand_over(books, contract, line)
    _settle(books, contract, lines)
    books.post(debt, Entry.Kind.TRANSFER_IN, signed_on, contract=contract, principal=bears, apart=apart)
    for each in schedule:
        books.rows.add(_instalment(contract, each))
    _repay(books, contract, schedule)
    return contract


def _lines(debts: list[Debt], signed_on: date, *, keeps_interest: bool) -> list[MergedDebt]:
    return [_line(debt, debt.interest + accrued(debt, signed_on), keeps_interest) for debt in debts]


def accrued(debt: Debt, on: date) -> Decimal:
    """Baht of interest of an old debt since it was last posted."""
    return simple_interest(debt.principal, debt.rate_percent, (on - debt.accrued_to).days)


def _line(debt: Debt, interest: Decimal, keeps_interest: bool) -> MergedDebt:
    divided = {"kept_apart": interest} if keeps_interest else {"waived_interest": interest}
    return MergedDebt(
        debt=debt, principal=debt.principal, interest=interest, accrued_from=debt.accrued_to, **divided
    )


@lru_cache(maxsize=5_000)
def _schedule(principal: Decimal, apart: Decimal, periods: int, signed_on: date) -> list:
    return instalments(
        Terms(
            principal=principal,
            rate_percent=RATE,
            method="equal_principal",
            periods=periods,
            signed_on=signed_on,
            first_due_on=signed_on.replace(month=signed_on.month + 1),
            apart=apart,
        )
    )


def _debt(case: Case, old: Debt, sequence: int, signed_on: date, due_on: date, amount: Decimal) -> Debt:
    return Debt(
        household=case.household,
        borrower=old.borrower,
        fund=old.fund,
        kind=Debt.Kind.MERGED,
        number=f"{sequence}/{thai.buddhist_year(signed_on)}",
        lent_on=signed_on,
        due_on=due_on,
        lent=amount,
        rate_percent=RATE,
        method="equal_principal",
        opened_on=signed_on,
        accrued_to=signed_on,
        created_by=case.opened_by,
    )


def _contract(case: Case, debt: Debt, lines, sequence: int, signed_on: date, periods: int) -> Contract:
    apart, waived = (sum((getattr(line, each) for line in lines), ZERO) for each in ("kept_apart", "waived"))
    return Contract(
        centre=case.centre,
        household=case.household,
        case=case,
        lender=debt.fund,
        debt=debt,
        year=thai.buddhist_year(signed_on),
        sequence=sequence,
        signed_on=signed_on,
        interest_to=signed_on,
        bears_interest=debt.lent - apart,
        kept_apart=apart,
        waived=waived,
        amount=debt.lent,
        rate_percent=RATE,
        method="equal_principal",
        day_count="equal_months",
        periods=periods,
        first_due_on=signed_on.replace(month=signed_on.month + 1),
        relief=[Contract.Relief.EXTEND.value, *([Contract.Relief.WAIVE.value] if waived else [])],
        resolution="มติที่ประชุมศูนย์ฯ",
        key=uuid5(NAMESPACE_URL, f"contract/{case.pk}"),
        signed_by=case.opened_by,
    )


def _hand_over(books: Books, contract: Contract, line: MergedDebt) -> None:
    """The old debt's last entries: interest to the day, what is forgiven or kept apart, and the transfer."""
    line.contract = contract
    debt, on = line.debt, contract.signed_on
    books.rows.add(line)
    books.post(debt, Entry.Kind.ACCRUAL, on, contract=contract, interest=line.interest - debt.interest)
    debt.accrued_to = on
    books.post(debt, Entry.Kind.WAIVER, on, contract=contract, interest=-line.waived_interest)
    set_apart = {"interest": -line.kept_apart, "apart": line.kept_apart}
    books.post(debt, Entry.Kind.CAPITALISED, on, contract=contract, **set_apart)
    handed_over = {"principal": -line.principal, "apart": -line.kept_apart}
    books.post(debt, Entry.Kind.TRANSFER_OUT, on, contract=contract, **handed_over)


def _settle(books: Books, contract: Contract, lines: list[MergedDebt]) -> None:
    """What the lender owes each other fund; nothing of it is paid yet."""
    owed: dict[int, Decimal] = {}
    for line in lines:
        owed[line.debt.fund_id] = owed.get(line.debt.fund_id, ZERO) + line.carried
    for fund, amount in owed.items():
        if fund != contract.lender_id and amount:
            common = {"payer_id": contract.lender_id, "since_on": contract.signed_on}
            books.rows.add(Settlement(contract=contract, payee_id=fund, amount=amount, **common))


def _instalment(contract: Contract, line) -> Instalment:
    return Instalment(
        contract=contract,
        number=line.number,
        due_on=line.due_on,
        principal=line.principal,
        interest=line.interest,
        apart=line.apart,
        balance=line.balance,
    )


def _repay(books: Books, contract: Contract, schedule) -> None:
    """On the due dates, as the schedule says."""
    debt, place = contract.debt, contract.sequence % len(PAID)
    for line in schedule[: PAID[place]]:
        parts = {"principal": line.principal, "interest": line.interest, "apart": line.apart}
        books.receive(debt, line.due_on, charged=line.interest, **parts)
    if place in PAYERS_OFF:
        last = schedule[PAID[place]]
        rest = {"principal": debt.principal, "interest": last.interest, "apart": debt.apart}
        books.receive(debt, last.due_on, charged=last.interest, **rest)
        contract.ending, contract.ended_reason = Contract.Ending.PAID, "ชำระครบ"
        contract.ended_on, contract.ended_by = last.due_on, books.by
