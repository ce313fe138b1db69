"""Why a balance is what it is: the entries of the ledger that make it, and how their interest was reckoned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from config import thai
from debts.explain import Explanation, Step, interest_step, sum_of
from debts.interest import ZERO

NAMES = {
    "principal": "เงินต้นคงเหลือ",
    "interest": "ดอกเบี้ยค้างชำระ",
    "apart": "ดอกเบี้ยที่แยกไว้",
    "penalty": "ค่าปรับค้างชำระ",
}
MOST_TERMS = 12  # a longer sum is of the kinds of entries instead


@dataclass(frozen=True)
class Posting:
    """One standing entry of the ledger in signed baht; `begins` says that interest runs anew from its day."""

    on: date
    kind: str
    parts: dict[str, Decimal]
    is_accrual: bool = False
    begins: bool = False


@dataclass(frozen=True)
class Agreement:
    """How a debt bears interest: percent a year, by days since `since`, or by periods of so many `months`."""

    rate_percent: Decimal
    since: date
    months: tuple[int, ...] = ()
    scheduled: frozenset[Decimal] = field(default_factory=frozenset)


def why_part(part: str, postings: list[Posting], *, on: date) -> Explanation:
    """The balance of one part on day `on`."""
    figure = sum((posting.parts[part] for posting in postings), ZERO)
    moved = [posting for posting in postings if posting.parts[part]]
    name = f"{NAMES[part]} ณ วันที่ {thai.short_date(on)}"
    if not moved:
        return Explanation(name, figure, "ไม่มีรายการบัญชีของส่วนนี้")
    rule = f"{NAMES[part]} = ผลรวมของรายการบัญชีถึงวันที่ {thai.short_date(on)}"
    return Explanation(name, figure, rule, _sum_steps(part, moved, figure))


def why_outstanding(parts: dict[str, Decimal], *, on: date) -> Explanation:
    """Everything that is owed, of its parts."""
    named = " + ".join(NAMES[part] for part, amount in parts.items() if amount) or "ไม่มียอดค้าง"
    whole = sum(parts.values(), ZERO)
    step = Step("คงเหลือรวม", sum_of(parts.values()), whole)
    return Explanation(f"คงเหลือรวม ณ วันที่ {thai.short_date(on)}", whole, f"คงเหลือรวม = {named}", (step,))


def why_sum(name: str, rule: str, amounts: Iterable[Decimal]) -> Explanation:
    """A figure that adds up others."""
    amounts = list(amounts)
    whole = sum(amounts, ZERO)
    return Explanation(name, whole, rule, (Step(name, sum_of(amounts), whole),))


def _sum_steps(part: str, moved: list[Posting], figure: Decimal) -> tuple[Step, ...]:
    amounts = [posting.parts[part] for posting in moved]
    if len(amounts) <= MOST_TERMS:
        return (Step(NAMES[part], sum_of(amounts), figure),)
    by_kind: dict[str, list[Decimal]] = {}
    for posting in moved:
        by_kind.setdefault(posting.kind, []).append(posting.parts[part])
    sums = [
        Step(f"{kind} {len(each)} รายการ", sum_of(each), sum(each, ZERO)) for kind, each in by_kind.items()
    ]
    whole = Step(NAMES[part], sum_of(step.result for step in sums), figure)
    return (*sums, whole)


def with_arithmetic(postings: list[Posting], agreement: Agreement) -> Iterator[tuple[Posting, Step | None]]:
    """Each entry; an accrual with the arithmetic that gives it to the satang, None where none of the ways does."""
    principal, since = ZERO, agreement.since
    for posting in postings:
        yield posting, _accrual(posting, principal, since, agreement) if posting.is_accrual else None
        principal += posting.parts["principal"]
        if posting.begins or posting.is_accrual:
            since = posting.on


def _accrual(posting: Posting, principal: Decimal, since: date, agreement: Agreement) -> Step | None:
    amount = posting.parts["interest"] + posting.parts["apart"]
    return next((step for step in _ways(posting, principal, since, agreement) if step.result == amount), None)


def _ways(posting: Posting, principal: Decimal, since: date, agreement: Agreement) -> Iterator[Step]:
    rate, days = agreement.rate_percent, (posting.on - since).days
    for months in agreement.months:
        yield interest_step(principal, rate, months, year=12, of=f"เงินต้น × อัตรา × {months} เดือน ÷ 12")
    if days > 0:
        of = f"เงินต้น × อัตรา × จำนวนวันตั้งแต่ {thai.short_date(since)} ถึง {thai.short_date(posting.on)} ÷ 365"
        yield interest_step(principal, rate, days, year=365, of=of)
    for amount in agreement.scheduled:
        yield Step("ดอกเบี้ยของงวดตามตารางผ่อนชำระ", thai.money(amount), amount)
