"""What the pages and the paper of ทำไมจึงเป็นตัวเลขนี้ show of a debt, a household and a contract, from the database."""

from dataclasses import dataclass
from datetime import date

from config import thai
from debts.explain import Explanation, Step
from debts.explain_balance import (
    NAMES,
    Agreement,
    Posting,
    why_outstanding,
    why_part,
    why_sum,
    with_arithmetic,
)
from debts.explain_schedule import ExplainedSchedule
from debts.explain_split import OldInterest
from debts.models import PARTS, Contract, Debt, Entry, MergedDebt
from debts.progress import Standing
from debts.schedule import CannotSchedule, DayCount, Method, Terms
from debts.seasons import seasonal_dates

BEGINS = {Entry.Kind.OPENING, Entry.Kind.ADJUSTMENT, Entry.Kind.TRANSFER_IN}
OTHERWISE = "ตามตารางผ่อนชำระที่บันทึกไว้กับสัญญา"


@dataclass(frozen=True)
class WhyDebt:
    """A debt's balances on a day with their reasons, and the entries behind them, interest with its arithmetic."""

    figures: list[Explanation]
    entries: list[tuple[Posting, Step | None]]


def why_debt(debt: Debt, *, on: date, contract: Contract | None = None) -> WhyDebt:
    entries = debt.entries.standing().filter(on__lte=on).order_by("on", "pk")
    postings = [_posting(entry) for entry in entries]
    figures = [why_part(part, postings, on=on) for part in PARTS]
    whole = why_outstanding(dict(zip(PARTS, (each.figure for each in figures), strict=True)), on=on)
    shown = [each for each in figures if each.figure or each.steps]
    return WhyDebt([*shown, whole], list(with_arithmetic(postings, _agreement(debt, contract))))


def _posting(entry: Entry) -> Posting:
    return Posting(
        on=entry.on,
        kind=entry.get_kind_display(),
        parts={part: getattr(entry, part) for part in PARTS},
        is_accrual=entry.kind == Entry.Kind.ACCRUAL,
        begins=entry.kind in BEGINS,
    )


def _agreement(debt: Debt, contract: Contract | None) -> Agreement:
    if contract is None:
        return Agreement(debt.rate_percent, debt.opened_on)
    months, is_flat = contract.months_per_period, contract.method == Method.FLAT
    if contract.day_count == DayCount.ACTUAL_365 or is_flat:
        periods: tuple[int, ...] = ()
    else:
        periods = (months * contract.periods,) if contract.method == Method.BULLET else (months,)
    scheduled = {line.interest for line in contract.instalments.all()} if is_flat else set()
    return Agreement(debt.rate_percent, contract.signed_on, periods, frozenset(scheduled))


def why_household(standing: Standing) -> list[Explanation]:
    """The totals of a household's debts, of its open debts. Their own reasons stand on their pages."""
    day, debts = thai.short_date(standing.on), standing.open
    columns = {
        "เงินต้นคงเหลือ": [debt.principal_on for debt in debts],
        "ดอกเบี้ยและค่าปรับค้างชำระ": [debt.besides_principal_on for debt in debts],
        "คงเหลือรวม": [debt.outstanding_on for debt in debts],
    }
    return [
        why_sum(f"{name} ณ วันที่ {day}", f"{name}ของครัวเรือน = ผลรวมของหนี้ที่ยังไม่ปิด {len(debts)} สัญญา", amounts)
        for name, amounts in columns.items()
    ]


def terms_of_contract(contract: Contract) -> Terms:
    days = tuple(thai.DayOfYear(*day) for day in contract.seasons)
    since, periods = contract.first_due_on, contract.periods
    return Terms(
        principal=contract.bears_interest,
        apart=contract.kept_apart,
        rate_percent=contract.rate_percent,
        method=Method(contract.method),
        day_count=DayCount(contract.day_count),
        periods=periods,
        signed_on=contract.signed_on,
        first_due_on=since,
        months_per_period=contract.months_per_period,
        principal_grace=contract.principal_grace,
        full_grace=contract.full_grace,
        round_up_to=contract.round_up_to,
        due_dates=seasonal_dates(days, since=since, periods=periods) if days else None,
    )


def why_row(contract: Contract, number: int, explained: ExplainedSchedule | None) -> list[Explanation]:
    """Every figure of an instalment; only what it adds up to where the schedule is not that of the terms."""
    if explained:
        return explained.row(number)
    line = next(each for each in contract.instalments.all() if each.number == number)
    parts = {"เงินต้น": line.principal, "ดอกเบี้ย": line.interest, "ดอกเบี้ยที่แยกไว้": line.apart}
    figures = [
        Explanation(f"{name} งวดที่ {number}", amount, OTHERWISE) for name, amount in parts.items() if amount
    ]
    rule = "ยอดชำระ = " + (" + ".join(name for name, amount in parts.items() if amount) or "0")
    return [*figures, why_sum(f"ยอดชำระ งวดที่ {number}", rule, parts.values())]


def explained_schedule(contract: Contract) -> ExplainedSchedule | None:
    """The reasons of a contract's schedule; None when it is not what its terms give (it was changed since)."""
    explained = ExplainedSchedule(terms_of_contract(contract))
    try:
        lines = explained.lines
    except CannotSchedule:
        return None
    return (
        explained if list(map(_figures, lines)) == list(map(_figures, contract.instalments.all())) else None
    )


def _figures(line) -> tuple:
    return line.number, line.due_on, line.principal, line.interest, line.apart, line.balance


def why_amount(contract: Contract, merged: list[MergedDebt]) -> list[Explanation]:
    """What the contract is made of: the old debts less what was waived, and new money; and how interest was split."""
    owed = [each.owed for each in merged]
    amounts = [*owed, -contract.waived, contract.new_money]
    named = "หนี้เดิม − ยกเว้นให้" + (" + เงินกู้เพิ่ม" if contract.new_money else "")
    parts = (contract.bears_interest, contract.kept_apart)
    return [
        why_sum("จำนวนเงินตามสัญญา", f"จำนวนเงินตามสัญญา = {named}", amounts),
        why_sum("จำนวนเงินตามสัญญา", "จำนวนเงินตามสัญญา = เงินต้นที่คิดดอกเบี้ย + แยกไว้ ไม่คิดดอกเบี้ย", parts),
        *(why for each in merged for why in _why_split(contract, each)),
    ]


def _why_split(contract: Contract, merged: MergedDebt) -> list[Explanation]:
    """Nothing where the rule of the centre was another one when the contract was made."""
    old = OldInterest(
        name=str(merged.debt),
        principal=merged.principal,
        rate_percent=merged.debt.rate_percent,
        left=merged.interest - merged.waived_interest,
        penalty=merged.penalty - merged.waived_penalty,
        interest_to=contract.interest_to,
        signed_on=contract.signed_on,
        agreed_in_writing=contract.agreed_in_writing,
        reading=contract.centre.interest_reading,
    )
    found = [old.why_capitalised(), old.why_kept_apart()]
    if [each.figure for each in found] != [merged.capitalised, merged.kept_apart]:
        return []
    return [each for each in found if merged.interest or merged.penalty]


def part_named(explanations: list[Explanation], name: str) -> list[Explanation]:
    """Those of one part, by its name in `PARTS`; all of them when there is none of that name."""
    return [each for each in explanations if each.name.startswith(NAMES.get(name, "คงเหลือรวม"))]


def row_group(contract: Contract, number: int) -> tuple[str, list[Explanation]] | None:
    """An instalment under its name; nothing when the contract has no such instalment."""
    if not any(line.number == number for line in contract.instalments.all()):
        return None
    return f"งวดที่ {number}", why_row(contract, number, explained_schedule(contract))


def contract_groups(contract: Contract) -> list[tuple[str, list[Explanation]]]:
    """Every figure of a contract and its schedule."""
    merged = list(contract.merged_debts.select_related("debt__fund"))
    explained = explained_schedule(contract)
    rows = [
        (f"งวดที่ {line.number} วันที่ {thai.short_date(line.due_on)}", why_row(contract, line.number, explained))
        for line in contract.instalments.all()
    ]
    return [("จำนวนเงินตามสัญญา", why_amount(contract, merged)), *rows]
