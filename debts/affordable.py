"""From what a household can pay each time to the number of instalments."""

from collections.abc import Callable
from decimal import Decimal

from config import thai
from debts.schedule import MOST_PERIODS, CannotSchedule, Method, Terms, instalments


def periods_for(payment: Decimal, terms_of: Callable[[int], Terms]) -> int:
    """The fewest periods in which no instalment is larger than `payment` baht.

    `terms_of` gives the terms for a number of periods. Raises `CannotSchedule` with the Thai reason: the payment
    does not even cover the interest, or the debt would run beyond `MOST_PERIODS`.
    """
    longest = terms_of(MOST_PERIODS)
    if longest.method == Method.BULLET:
        raise CannotSchedule("วิธีชำระงวดเดียวหาจำนวนงวดจากเงินที่ชำระได้ต่องวดไม่ได้ เลือกวิธีอื่น")
    if payment <= 0:
        raise CannotSchedule("ระบุเงินที่ชำระได้ต่องวดมากกว่า 0 บาท")
    least = longest.grace + 1
    if _largest(longest) > payment:
        raise CannotSchedule(_why_never(payment, longest))
    most = MOST_PERIODS
    while least < most:
        middle = (least + most) // 2
        if _fits(terms_of(middle), payment):
            most = middle
        else:
            least = middle + 1
    return most


def _fits(terms: Terms, payment: Decimal) -> bool:
    try:
        return _largest(terms) <= payment
    except CannotSchedule:
        return False


def _largest(terms: Terms) -> Decimal:
    """Baht of the largest instalment."""
    return max(line.total for line in instalments(terms))


def _why_never(payment: Decimal, longest: Terms) -> str:
    interest = max(line.interest for line in instalments(longest))
    if payment <= interest:
        return (
            f"ชำระงวดละ {thai.money(payment)} บาท ไม่มีวันหมดหนี้ เพราะไม่มากกว่าดอกเบี้ยต่องวด"
            f" ({thai.money(interest)} บาท)"
        )
    return (
        f"ชำระงวดละ {thai.money(payment)} บาท ต้องผ่อนเกิน {MOST_PERIODS} งวด"
        f" ต้องชำระอย่างน้อยงวดละ {thai.money(_largest(longest))} บาท จึงหมดใน {MOST_PERIODS} งวด"
    )
