"""ทำไมจึงเป็นตัวเลขนี้: one Thai sentence with its arithmetic for a figure of money.

The arithmetic is text that anyone can check with a calculator: `52,833.33 × 6% × 1 ÷ 12 = 264.17`. Each step is
rounded half-up to the satang, and the last one gives the figure. Amounts are baht, rates percent a year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from config import thai
from debts.interest import YEAR, simple_interest
from debts.schedule import MONTH_YEAR


@dataclass(frozen=True)
class Step:
    """`arithmetic` and the baht it gives. `of` says in Thai what is reckoned."""

    of: str
    arithmetic: str
    result: Decimal

    @property
    def is_plain(self) -> bool:
        """Nothing is reckoned: the one amount is the figure."""
        return self.arithmetic == thai.money(self.result)

    def __str__(self) -> str:
        return f"{self.arithmetic} = {thai.money(self.result)}"


@dataclass(frozen=True)
class Explanation:
    """Why `figure` of what `name` says is what it is: `rule` in a Thai sentence, and the steps that lead to it.
    There is no step when nothing had to be reckoned."""

    name: str
    figure: Decimal
    rule: str
    steps: tuple[Step, ...] = ()

    @property
    def sentence(self) -> str:
        """The rule with the last step: one sentence to be read out."""
        return f"{self.rule}: {self.steps[-1]}" if self.steps else f"{self.rule} ({thai.money(self.figure)})"


def sum_of(amounts: Iterable[Decimal]) -> str:
    """35,000.00 + 1,315.07 − 1,000.00; without the zeros."""
    text = ""
    for amount in [each for each in amounts if each] or [Decimal(0)]:
        sign = "−" if amount < 0 else "+"
        lead = f" {sign} " if text else ("−" if amount < 0 else "")
        text += lead + thai.money(abs(amount))
    return text


def in_plain_parts(length: int, year: int) -> tuple[int, int]:
    """The length of a period as people count it: months of 12, or days of 365, where it is a whole number of them."""
    if year == MONTH_YEAR and length % YEAR == 0:
        return length // YEAR, 12
    if year == MONTH_YEAR and length % 12 == 0:
        return length // 12, YEAR
    return length, year


def interest_step(base: Decimal, rate_percent: Decimal, length: int, *, year: int, of: str) -> Step:
    """Simple interest for `length` parts of a year that has so many: 12 months, 365 days, or finer parts of both."""
    length, year = in_plain_parts(length, year)
    arithmetic = f"{thai.money(base)} × {thai.percent(rate_percent)}% × {length:,} ÷ {year:,}"
    return Step(of, arithmetic, simple_interest(base, rate_percent, length, year=year))


def share_steps(amount: Decimal, shares: int, number: int, *, of: str) -> tuple[Step, ...]:
    """Share `number` of an amount that is spread evenly: rounded, and the last one takes what is left."""
    even = Step(of, f"{thai.money(amount)} ÷ {shares}", _even(amount, shares))
    before = min(even.result * (number - 1), amount)
    if number < shares and even.result <= amount - before:
        return (even,)
    already = f"{number - 1} × {thai.money(even.result)}"
    if even.result * (number - 1) > amount:
        already = thai.money(amount)
    rest = Step(f"{of} งวดสุดท้ายรับส่วนที่เหลือ", f"{thai.money(amount)} − {already}", amount - before)
    if number < shares and even.result < rest.result:
        return (even,)
    return (even, rest)


def _even(amount: Decimal, shares: int) -> Decimal:
    return simple_interest(amount, Decimal(100), 1, year=shares)
