"""The national ID: thirteen digits of which the last one checks the others."""

import re

from config.thai.text import arabic_digits, tidy


def national_id_is_valid(text: str) -> bool:
    """Thirteen digits (spaces and hyphens allowed) whose last one is right modulo 11."""
    digits = _digits(text)
    if not re.fullmatch("[0-9]{13}", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(13, 1, -1), strict=False))
    return (11 - total % 11) % 10 == int(digits[12])


def format_national_id(text: str) -> str:
    """1-2345-67890-12-1."""
    digits = _digits(text)
    return "-".join([digits[:1], digits[1:5], digits[5:10], digits[10:12], digits[12:]])


def masked_national_id(text: str) -> str:
    """x-xxxx-xxxxx-12-1: enough to tell two people apart, too little to misuse."""
    return format_national_id("x" * 10 + _digits(text)[10:])


def _digits(text: str) -> str:
    return re.sub("[- ]", "", arabic_digits(tidy(text)))
