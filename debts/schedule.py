"""Payment schedules: what is due on which day until the debt is paid.

All amounts are baht in whole satang. Shares are rounded half-up and the last one absorbs the remainder, so
the principal of the instalments adds up to the principal of the contract.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from itertools import accumulate, pairwise

from config import thai
from config.rounding import to_percent, to_satang
from debts.interest import YEAR, ZERO, simple_interest

CEILING_PERCENT = Decimal(15)  # Civil and Commercial Code s.654
MOST_PERIODS = 120
MONTH_YEAR = 12 * YEAR  # parts of a year in which both months and days are whole numbers
PERIOD_MONTHS = (1, 3, 6, 12)
ROUND_UP_STEPS = (1, 5, 10, 100)


class Method(StrEnum):
    EQUAL_PRINCIPAL = "equal_principal"
    ANNUITY = "annuity"
    FLAT = "flat"
    NO_INTEREST = "no_interest"
    BULLET = "bullet"


class DayCount(StrEnum):
    EQUAL_MONTHS = "equal_months"
    ACTUAL_365 = "actual_365"


class CannotSchedule(ValueError):
    """The terms give no lawful schedule; `str()` is the Thai reason."""


@dataclass(frozen=True)
class Terms:
    """What the parties agreed.

    `periods` counts every period from signing to the end: first `full_grace` periods in which nothing is
    paid, then `principal_grace` periods of interest only, then the rest. `apart` is old interest that bears
    no interest; it and the interest of the full grace are repaid evenly with the principal. Days typed by
    hand (`due_dates`, one for each period) have unequal distances, so their interest is counted in actual
    days. A bullet is paid once, at the end of the last period. `first_days` is the length of a first period that
    is not a whole one (a plan that begins between two due dates); `agreed_day` is the day of the month to return to
    after a shorter month.
    """

    principal: Decimal
    rate_percent: Decimal
    method: Method
    periods: int
    signed_on: date
    first_due_on: date
    months_per_period: int = 1
    principal_grace: int = 0
    full_grace: int = 0
    round_up_to: int | None = None
    day_count: DayCount = DayCount.EQUAL_MONTHS
    due_dates: tuple[date, ...] | None = None
    apart: Decimal = ZERO
    first_days: int | None = None
    agreed_day: int | None = None

    @property
    def grace(self) -> int:
        return self.full_grace + self.principal_grace

    @property
    def counts_days(self) -> bool:
        return self.day_count == DayCount.ACTUAL_365 or self.due_dates is not None


@dataclass(frozen=True)
class Instalment:
    """One line of a schedule; `balance` is the principal left after it."""

    number: int
    due_on: date
    principal: Decimal
    interest: Decimal
    apart: Decimal
    balance: Decimal

    @property
    def total(self) -> Decimal:
        return self.principal + self.interest + self.apart


@dataclass(frozen=True)
class Summary:
    """`first` is the first instalment with something to pay; `total_interest` excludes old interest."""

    first: Instalment
    last: Instalment
    total_interest: Decimal
    ends_on: date
    effective_percent: Decimal

    @property
    def is_above_ceiling(self) -> bool:
        """Warn: the stated rate is lawful, but the real cost is above 15 percent a year."""
        return self.effective_percent > CEILING_PERCENT


@dataclass(frozen=True)
class Periods:
    """The days of payment and the length of each period before them, in parts of which a `year` has so many."""

    due: tuple[date, ...]
    lengths: tuple[int, ...]
    year: int


def due_dates(
    first_due_on: date, periods: int, months_per_period: int = 1, agreed_day: int | None = None
) -> tuple[date, ...]:
    """Every `months_per_period` months on the day of `first_due_on` (or on `agreed_day`), or the last day of a
    shorter month."""
    days = (months_after(first_due_on, number * months_per_period) for number in range(periods))
    return tuple(day if agreed_day is None else _on_day(day, agreed_day) for day in days)


def instalments(terms: Terms) -> list[Instalment]:
    """The schedule, one line a period; it is shorter when rounded-up instalments pay the debt earlier.

    Raises `CannotSchedule`.
    """
    check(terms)
    periods = periods_of(terms)
    principals = _principals(terms, periods)
    interests = _interests(terms, periods, principals)
    set_apart = terms.apart + sum(interests[: terms.full_grace])
    interests[: terms.full_grace] = [ZERO] * terms.full_grace
    aparts = _spread_after_grace(set_apart, len(interests), terms.grace)
    return _without_empty_end(_lines(terms.principal, periods.due, principals, interests, aparts))


def summary(terms: Terms) -> Summary:
    """What the parties want to know before they sign. Raises `CannotSchedule`."""
    lines = instalments(terms)
    return Summary(
        first=next(line for line in lines if line.total),
        last=lines[-1],
        total_interest=sum(line.total for line in lines) - terms.principal - terms.apart,
        ends_on=lines[-1].due_on,
        effective_percent=effective_percent(terms),
    )


def effective_percent(terms: Terms) -> Decimal:
    """The real cost in percent a year, two decimals: internal rate of return a period × periods a year.

    What was lent is everything owed at signing, the old interest kept apart included.
    Raises `CannotSchedule`.
    """
    lines, periods = instalments(terms), periods_of(terms)
    elapsed = list(accumulate(periods.lengths))
    if not elapsed[-1]:
        return ZERO
    period = Decimal(elapsed[-1]) / len(elapsed)
    flow = [(line.total, passed / period) for line, passed in zip(lines, elapsed, strict=False)]
    rate = _internal_rate(terms.principal + terms.apart, flow)
    return to_percent(rate * periods.year / period * 100)


def check(terms: Terms) -> None:
    """Raises `CannotSchedule` with the first Thai reason against these terms."""
    for is_broken, message in (*_objections_to_amounts(terms), *_objections_to_periods(terms)):
        if is_broken:
            raise CannotSchedule(message)
    _check_days(terms)


def _objections_to_amounts(terms: Terms):
    exact = terms.principal == to_satang(terms.principal) and terms.apart == to_satang(terms.apart)
    return (
        (
            min(terms.principal, terms.apart) < 0 or terms.principal + terms.apart == 0 or not exact,
            "ระบุเงินต้นมากกว่า 0 บาท ทศนิยมไม่เกิน 2 ตำแหน่ง",
        ),
        (terms.rate_percent < 0, "ระบุดอกเบี้ยร้อยละ 0 ถึง 15 ต่อปี"),
        (
            terms.rate_percent > CEILING_PERCENT,
            f"ดอกเบี้ยร้อยละ {thai.percent(terms.rate_percent)} ต่อปี เกินที่กฎหมายกำหนด ระบุไม่เกินร้อยละ 15 ต่อปี",
        ),
        (
            terms.method == Method.NO_INTEREST and terms.rate_percent != 0,
            "วิธีปลอดดอกเบี้ยใช้กับดอกเบี้ยร้อยละ 0 เท่านั้น",
        ),
        (
            terms.round_up_to is not None
            and (terms.method != Method.ANNUITY or terms.round_up_to not in ROUND_UP_STEPS),
            "ปัดเศษขึ้นได้เฉพาะวิธีผ่อนเท่ากัน เป็น 1 5 10 หรือ 100 บาท",
        ),
    )


def _objections_to_periods(terms: Terms):
    return (
        (not 1 <= terms.periods <= MOST_PERIODS, "ระบุจำนวนงวดระหว่าง 1 ถึง 120"),
        (terms.months_per_period not in PERIOD_MONTHS, "เลือกระยะงวด 1 3 6 หรือ 12 เดือน"),
        (
            min(terms.full_grace, terms.principal_grace) < 0 or terms.grace >= terms.periods,
            "ระบุจำนวนงวดปลอดชำระให้น้อยกว่าจำนวนงวดทั้งหมด",
        ),
        (terms.method == Method.BULLET and terms.grace > 0, "วิธีชำระงวดเดียวไม่มีงวดปลอดชำระ"),
        (
            terms.due_dates is not None and len(terms.due_dates) != terms.periods,
            f"ระบุวันชำระให้ครบ {terms.periods} งวด",
        ),
    )


def _check_days(terms: Terms) -> None:
    days = _due_days(terms)
    if days[0] < terms.signed_on:
        raise CannotSchedule(f"วันชำระงวดแรกต้องไม่ก่อนวันทำสัญญา {thai.short_date(terms.signed_on)}")
    if any(earlier >= later for earlier, later in pairwise(days)):
        raise CannotSchedule("เรียงวันชำระจากก่อนไปหลัง และไม่ซ้ำกัน")


def _due_days(terms: Terms) -> tuple[date, ...]:
    return terms.due_dates or due_dates(
        terms.first_due_on, terms.periods, terms.months_per_period, terms.agreed_day
    )


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return _on_day(date(year, month, 1), day.day)


def _on_day(month: date, day: int) -> date:
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def period_length(months: int, days: int | None) -> int:
    """The length of a period of equal months in parts of `MONTH_YEAR`: of whole months, or of so many days."""
    return YEAR * months if days is None else 12 * days


def periods_of(terms: Terms) -> Periods:
    """A bullet has one period, however many were counted."""
    due = _due_days(terms)
    if terms.counts_days:
        lengths, year = (
            tuple((later - earlier).days for earlier, later in pairwise((terms.signed_on, *due))),
            YEAR,
        )
    else:
        firsts = (terms.first_days, *(None,) * (terms.periods - 1))
        lengths = tuple(period_length(terms.months_per_period, days) for days in firsts)
        year = MONTH_YEAR
    if terms.method == Method.BULLET:
        due, lengths = due[-1:], (sum(lengths),)
    return Periods(due, lengths, year)


def _principals(terms: Terms, periods: Periods) -> list[Decimal]:
    if terms.method == Method.ANNUITY:
        return [ZERO] * terms.grace + _annuity_principals(terms, periods)
    return _spread_after_grace(terms.principal, len(periods.due), terms.grace)


def _interests(terms: Terms, periods: Periods, principals: list[Decimal]) -> list[Decimal]:
    if terms.method == Method.FLAT:
        whole = simple_interest(terms.principal, terms.rate_percent, sum(periods.lengths), year=periods.year)
        return _spread(whole, len(periods.due))
    balances = accumulate(principals[:-1], Decimal.__sub__, initial=terms.principal)
    return [
        simple_interest(balance, terms.rate_percent, length, year=periods.year)
        for balance, length in zip(balances, periods.lengths, strict=True)
    ]


def _annuity_principals(terms: Terms, periods: Periods) -> list[Decimal]:
    lengths = periods.lengths[terms.grace :]
    payment = _annuity_payment(terms, lengths, periods.year)
    principals, balance = [], terms.principal
    for length in lengths[:-1]:
        interest = simple_interest(balance, terms.rate_percent, length, year=periods.year)
        _refuse_payment_eaten_by_interest(payment, interest)
        principals.append(min(payment - interest, balance))
        balance -= principals[-1]
    return [*principals, balance]


def _annuity_payment(terms: Terms, lengths: tuple[int, ...], year: int) -> Decimal:
    """The level instalment whose present value is the principal, also over periods of unequal length."""
    growths = (1 + terms.rate_percent * length / (100 * year) for length in lengths)
    present_value_of_one = sum(1 / growth for growth in accumulate(growths, Decimal.__mul__))
    payment = to_satang(terms.principal / present_value_of_one)
    if terms.round_up_to is None:
        return payment
    return (payment / terms.round_up_to).to_integral_value(ROUND_CEILING) * terms.round_up_to


def _refuse_payment_eaten_by_interest(payment: Decimal, interest: Decimal) -> None:
    if interest and payment <= interest:
        least = thai.money(interest + Decimal("0.01"))
        raise CannotSchedule(f"เงินผ่อนต่องวดต้องมากกว่าดอกเบี้ยต่องวด (อย่างน้อย {least} บาท)")


def _spread(amount: Decimal, shares: int) -> list[Decimal]:
    """Equal rounded shares; the last takes what is left, and none is negative however small the amount."""
    share, left, parts = to_satang(amount / shares), amount, []
    for _ in range(shares - 1):
        parts.append(min(share, left))
        left -= parts[-1]
    return [*parts, left]


def _spread_after_grace(amount: Decimal, periods: int, grace: int) -> list[Decimal]:
    return [ZERO] * grace + _spread(amount, periods - grace)


def _lines(principal: Decimal, due, principals, interests, aparts) -> list[Instalment]:
    balances = list(accumulate(principals, Decimal.__sub__, initial=principal))[1:]
    columns = zip(due, principals, interests, aparts, balances, strict=True)
    return [Instalment(number, *line) for number, line in enumerate(columns, start=1)]


def _without_empty_end(lines: list[Instalment]) -> list[Instalment]:
    last = max(line.number for line in lines if line.total)
    return lines[:last]


def _internal_rate(lent: Decimal, flow: list[tuple[Decimal, Decimal]]) -> Decimal:
    """The rate a period at which the payments are worth what was lent.

    Newton from zero: the present value falls and is convex, so each step comes closer from below.
    """
    rate, step = Decimal(0), Decimal(1)
    while abs(step) > Decimal("1E-12"):
        values = [(paid * (1 + rate) ** -passed, passed) for paid, passed in flow]
        excess = sum(value for value, _ in values) - lent
        slope = sum(value * passed for value, passed in values) / (1 + rate)
        step = excess / slope if slope else Decimal(0)
        rate += step
    return rate
