"""Interest on old debts, what of it may bear interest again, how a payment is divided, and stamp duty."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from typing import NamedTuple

from config import thai
from config.rounding import to_satang

ZERO = Decimal("0.00")
YEAR = 365  # days, in leap years too
LARGEST_STAMP_DUTY = Decimal("10000.00")


class Reading(StrEnum):
    """How section 655 is read: which interest has been due for a year."""

    STRICT = "strict"
    LENIENT = "lenient"


class SplitInterest(NamedTuple):
    """Baht of old interest that becomes principal, and baht that is owed but bears no interest."""

    capitalised: Decimal
    kept_apart: Decimal


@dataclass(frozen=True)
class Allocation:
    """What a payment pays, in baht; the four parts add up to the payment."""

    penalty: Decimal = ZERO
    apart: Decimal = ZERO
    interest: Decimal = ZERO
    principal: Decimal = ZERO


USUAL_ORDER = ("penalty", "apart", "interest", "principal")


class CannotAllocate(ValueError):
    """A payment cannot be divided; `str()` is the Thai reason."""


def simple_interest(principal: Decimal, rate_percent: Decimal, length: int, *, year: int = YEAR) -> Decimal:
    """Baht of interest for `length` days at a yearly percent; for `length` months with `year=12`.

    Divides last, so that an amount on the half satang is not lost to an inexact daily rate.
    """
    return to_satang(principal * rate_percent * length / (100 * year))


def split_interest(
    *,
    principal: Decimal,
    rate_percent: Decimal,
    interest: Decimal,
    interest_to: date,
    signed_on: date,
    agreed_in_writing: bool,
    reading: str,
) -> SplitInterest:
    """Divide the unpaid interest of an old debt into what may bear interest again and what may not.

    Civil and Commercial Code s.655: only interest due for a year or longer, by written agreement. Interest
    is taken as accrued evenly day by day up to `interest_to`. Without a principal or a rate its age is
    unknown, so all of it is kept apart.
    """
    if not agreed_in_writing or principal * rate_percent == 0:
        return SplitInterest(ZERO, interest)
    days_younger_than_a_year = max(0, YEAR - (signed_on - interest_to).days)
    youngest = simple_interest(principal, rate_percent, days_younger_than_a_year)
    is_old_enough = interest >= youngest
    capitalised = ZERO
    if is_old_enough:
        capitalised = interest if Reading(reading) is Reading.LENIENT else interest - youngest
    return SplitInterest(capitalised, interest - capitalised)


def allocate(
    amount: Decimal,
    *,
    penalty: Decimal,
    apart: Decimal,
    interest: Decimal,
    principal: Decimal,
    order: tuple[str, ...] = USUAL_ORDER,
) -> Allocation:
    """Divide a payment over what is owed, in the fund's order (all four names, first paid first).

    Raises `CannotAllocate` when nothing is paid or more than is owed.
    """
    owed = {"penalty": penalty, "apart": apart, "interest": interest, "principal": principal}
    if sorted(order) != sorted(owed):
        raise ValueError("an order of payment names each of the four parts once")
    _refuse_what_cannot_be_paid(amount, sum(owed.values()))
    paid, left = {}, amount
    for part in order:
        paid[part] = min(left, owed[part])
        left -= paid[part]
    return Allocation(**paid)


def stamp_duty(amount: Decimal) -> Decimal:
    """Baht of duty on a loan: 1 for every 2,000 or part of it, at most 10,000 (Revenue Code, item 5)."""
    duty = (amount / 2000).to_integral_value(ROUND_CEILING)
    return min(to_satang(duty), LARGEST_STAMP_DUTY)


def _refuse_what_cannot_be_paid(amount: Decimal, owed: Decimal) -> None:
    if amount <= 0 or amount != to_satang(amount):
        raise CannotAllocate("ระบุจำนวนเงินที่รับชำระมากกว่า 0 บาท ทศนิยมไม่เกิน 2 ตำแหน่ง")
    if amount > owed:
        raise CannotAllocate(f"ยอดชำระมากกว่ายอดค้าง ระบุไม่เกิน {thai.money(owed)} บาท")
