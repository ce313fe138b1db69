"""Amounts in Thai words, as contracts, receipts and letters carry them."""

from decimal import Decimal

from config.rounding import to_satang

_DIGITS = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
_PLACES = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"]


def baht_text(amount: Decimal | int) -> str:
    """35000 → สามหมื่นห้าพันบาทถ้วน. Raises `ValueError` for a negative amount or parts of a satang.

    A float is refused with `TypeError`.
    """
    exact = to_satang(Decimal(0) + amount)
    if exact < 0 or exact != amount:
        raise ValueError("จำนวนเงินเป็นตัวอักษรต้องไม่ติดลบและมีทศนิยมไม่เกิน 2 ตำแหน่ง")
    baht, satang = divmod(int(exact * 100), 100)
    if not satang:
        return f"{_number(baht)}บาทถ้วน"
    return (f"{_number(baht)}บาท" if baht else "") + f"{_number(satang)}สตางค์"


def _number(value: int) -> str:
    if value == 0:
        return _DIGITS[0]
    millions, rest = divmod(value, 1_000_000)
    return (f"{_number(millions)}ล้าน" if millions else "") + _below_million(rest, follows=millions > 0)


def _below_million(value: int, *, follows: bool) -> str:
    digits = f"{value:06d}"
    if digits[5] == "1" and (value > 1 or follows):
        return "".join(map(_place, digits[:5], range(5, 0, -1))) + "เอ็ด"
    return "".join(map(_place, digits, range(5, -1, -1)))


def _place(digit: str, place: int) -> str:
    if digit == "0":
        return ""
    if place == 1 and digit in "12":
        return "สิบ" if digit == "1" else "ยี่สิบ"
    return _DIGITS[int(digit)] + _PLACES[place]
