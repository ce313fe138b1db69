"""Why a figure of a schedule is what it is, from the terms alone (debts/schedule.py says how it is made)."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cached_property
from itertools import accumulate

from config import thai
from config.rounding import to_satang
from debts.explain import Explanation, Step, in_plain_parts, interest_step, share_steps, sum_of
from debts.interest import ZERO
from debts.schedule import Instalment, Method, Terms, instalments, periods_of

COLUMNS = {
    "interest": "ดอกเบี้ย",
    "principal": "เงินต้น",
    "apart": "ดอกเบี้ยที่แยกไว้",
    "total": "ยอดชำระ",
    "balance": "เงินต้นคงเหลือ",
}
FREE = "ปลอดดอกเบี้ย"
FULL_GRACE = "พักชำระหนี้ทั้งหมด งวดนี้ไม่ต้องชำระ ดอกเบี้ยของงวดแยกไว้และไม่คิดดอกเบี้ย"
PRINCIPAL_GRACE = "พักชำระเงินต้น งวดนี้ชำระเฉพาะดอกเบี้ย"


@dataclass(frozen=True)
class ExplainedSchedule:
    """The figures of a schedule, each with its reason."""

    terms: Terms

    @cached_property
    def lines(self) -> list[Instalment]:
        return instalments(self.terms)

    @cached_property
    def _periods(self):
        return periods_of(self.terms)

    def row(self, number: int) -> list[Explanation]:
        """Every figure of instalment `number`."""
        wanted = [name for name in COLUMNS if name != "apart" or self._has_apart]
        return [self.figure(number, name) for name in wanted]

    def figure(self, number: int, column: str) -> Explanation:
        line = self.lines[number - 1]
        rule, steps = getattr(self, f"_{column}")(line)
        return Explanation(f"{COLUMNS[column]} งวดที่ {number}", getattr(line, column), rule, tuple(steps))

    @cached_property
    def _has_apart(self) -> bool:
        return any(line.apart for line in self.lines)

    def _before(self, line: Instalment) -> Decimal:
        """The principal before a line."""
        return self.lines[line.number - 2].balance if line.number > 1 else self.terms.principal

    # --- Interest ---

    def _interest(self, line: Instalment):
        if line.number <= self.terms.full_grace:
            return FULL_GRACE, ()
        return self._rule_of_interest, self._interest_steps(line.number)

    @property
    def _rule_of_interest(self) -> str:
        if self.terms.method == Method.FLAT:
            return "ดอกเบี้ยคงที่ คิดจากเงินต้นตามสัญญาตลอดระยะเวลา แล้วเฉลี่ยเท่ากันทุกงวด"
        if not self.terms.rate_percent:
            return FREE
        length = "จำนวนวันจริง ÷ 365" if self.terms.counts_days else "จำนวนเดือน ÷ 12"
        return f"ดอกเบี้ย = เงินต้นคงเหลือ × อัตราต่อปี × {length}"

    def _interest_steps(self, number: int) -> tuple[Step, ...]:
        """Of the period that ends with instalment `number`, whether it is paid then or set apart."""
        terms, periods = self.terms, self._periods
        if terms.method != Method.FLAT:
            length = periods.lengths[number - 1]
            before = self.terms.principal if number == 1 else self.lines[number - 2].balance
            return (interest_step(before, terms.rate_percent, length, year=periods.year, of="ดอกเบี้ยของงวด"),)
        whole = interest_step(
            terms.principal, terms.rate_percent, sum(periods.lengths), year=periods.year, of="ดอกเบี้ยทั้งสัญญา"
        )
        return (whole, *share_steps(whole.result, len(periods.due), number, of="ดอกเบี้ยของงวด"))

    # --- Principal ---

    def _principal(self, line: Instalment):
        terms = self.terms
        if line.number <= terms.full_grace:
            return FULL_GRACE, ()
        if line.number <= terms.grace:
            return PRINCIPAL_GRACE, ()
        if terms.method == Method.ANNUITY:
            return self._annuity(line)
        rule = "เงินต้นแบ่งเท่ากันทุกงวดที่ชำระเงินต้น งวดสุดท้ายรับส่วนที่เหลือ"
        shares = len(self._periods.due) - terms.grace
        return rule, share_steps(terms.principal, shares, line.number - terms.grace, of="เงินต้นของงวด")

    def _annuity(self, line: Instalment):
        before = self._before(line)
        if line.balance == 0 and line.principal == before:
            paid = self.terms.principal - before
            step = Step("เงินต้นที่เหลือ", sum_of((self.terms.principal, -paid)), before)
            return "งวดสุดท้ายชำระเงินต้นที่เหลือทั้งหมด", (step,)
        payment = self._payment_steps()
        interest = self._interest_steps(line.number)
        rest = Step("เงินต้นของงวด", sum_of((payment[-1].result, -interest[-1].result)), line.principal)
        return "ผ่อนเท่ากัน เงินต้น = ค่างวด − ดอกเบี้ยของงวด", (*payment, *interest, rest)

    def _payment_steps(self) -> tuple[Step, ...]:
        """The level instalment, before and after it is rounded up."""
        lengths, year = self._periods.lengths[self.terms.grace :], self._periods.year
        level = _level(self.terms.principal, self.terms.rate_percent, lengths, year)
        step = self.terms.round_up_to
        if step is None:
            return (level,)
        rounded = (level.result / step).to_integral_value(ROUND_CEILING) * step
        text = f"ปัดขึ้น({thai.money(level.result)} ÷ {step}) × {step}"
        return (level, Step(f"ปัดค่างวดขึ้นเป็นหลัก {step} บาท", text, to_satang(rounded)))

    # --- What follows from them ---

    def _apart(self, line: Instalment):
        terms = self.terms
        if line.number <= terms.full_grace:
            return FULL_GRACE, ()
        if line.number <= terms.grace:
            return PRINCIPAL_GRACE, ()
        graces = [self._interest_steps(number) for number in range(1, terms.full_grace + 1)]
        parts = [terms.apart, *(steps[-1].result for steps in graces)]
        whole = Step("ดอกเบี้ยที่แยกไว้ทั้งหมด", sum_of(parts), sum(parts, ZERO))
        shares = len(self._periods.due) - terms.grace
        spread = share_steps(whole.result, shares, line.number - terms.grace, of="ดอกเบี้ยที่แยกไว้ของงวด")
        steps = (*(step for each in graces for step in each), whole, *spread)
        return "ดอกเบี้ยที่แยกไว้ไม่คิดดอกเบี้ย เฉลี่ยเท่ากันทุกงวดที่ชำระเงินต้น", steps

    def _total(self, line: Instalment):
        parts = (line.principal, line.interest, line.apart)
        rule = "ยอดชำระ = เงินต้น + ดอกเบี้ย" + (" + ดอกเบี้ยที่แยกไว้" if line.apart else "")
        return rule, (Step("ยอดชำระ", sum_of(parts), line.total),)

    def _balance(self, line: Instalment):
        before = self._before(line)
        step = Step("เงินต้นคงเหลือ", sum_of((before, -line.principal)), line.balance)
        return "เงินต้นคงเหลือ = เงินต้นก่อนชำระ − เงินต้นของงวดนี้", (step,)


def _level(principal: Decimal, rate_percent: Decimal, lengths: tuple[int, ...], year: int) -> Step:
    name, count = "ค่างวดที่เท่ากันทุกงวด", len(lengths)
    if not rate_percent:
        return Step(name, f"{thai.money(principal)} ÷ {count}", to_satang(principal / count))
    rates = [rate_percent * length / (100 * year) for length in lengths]
    worth = sum(1 / growth for growth in accumulate((1 + rate for rate in rates), Decimal.__mul__))
    payment = to_satang(principal / worth)
    if len(set(lengths)) == 1:
        length, parts = in_plain_parts(lengths[0], year)
        rate = f"({thai.percent(rate_percent)}% × {length:,} ÷ {parts:,})"
        return Step(name, f"{thai.money(principal)} × {rate} ÷ (1 − (1 + {rate})^−{count})", payment)
    return Step(
        f"{name} (ตัวหารคือมูลค่าวันทำสัญญาของเงิน 1 บาทที่ชำระทุกงวด คิดตามวันจริง)",
        f"{thai.money(principal)} ÷ {_short(worth, principal, payment)}",
        payment,
    )


def _short(divisor: Decimal, amount: Decimal, result: Decimal) -> Decimal:
    """The divisor with as many decimals, from six on, as give the same result."""
    for places in range(6, 24):
        short = round(divisor, places)
        if to_satang(amount / short) == result:
            return short
    return divisor
