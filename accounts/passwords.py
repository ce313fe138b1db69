"""Passwords of officers: the first one, and words that everybody in the offices would try."""

import re
import secrets
from functools import cache

import geothai
from django.core.exceptions import ValidationError

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what looks alike on paper
OFFICE_WORDS = (
    "กรมการพัฒนาชุมชน",
    "พัฒนาชุมชน",
    "พัฒนากร",
    "สพช",
    "กองทุน",
    "หมู่บ้าน",
    "หนี้",
    "cdd",
    "communitydevelopment",
)
OFFICE_WORDS += ("password", "admin", "officer", "qwerty", "1234", "รหัสผ่าน")
OFFICE_WORDS += ("จังหวัด", "อำเภอ", "ตำบล", "ศูนย์", "เจ้าหน้าที่", "ครัวเรือน")
LEAST_OF_ONES_OWN = 6  # letters that are not such words
NOT_LETTERS = re.compile(r"[0-9๐-๙\s!-/:-@\[-`{-~]")


def first_password() -> str:
    """Random, 79 bits, in four groups that can be read aloud."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


@cache
def _guessable() -> tuple[str, ...]:
    """Office words and the names of the provinces, the longest first."""
    places = [
        name for place in geothai.provinces() for name in (place.name_th, place.name_en.replace(" ", ""))
    ]
    return tuple(sorted({word.lower() for word in [*OFFICE_WORDS, *places]}, key=len, reverse=True))


class NotOfTheOffice:
    """Refuses passwords made of the office's own words and province names (ASVS 5.0 6.2.11)."""

    def validate(self, password, user=None):
        left = "".join(password.lower().split())
        for word in _guessable():
            left = left.replace(word, "")
        if len(NOT_LETTERS.sub("", left)) < LEAST_OF_ONES_OWN:
            raise ValidationError("รหัสผ่านนี้เดาได้จากชื่อหน่วยงานหรือจังหวัด ใช้คำอื่นที่ยาวกว่านี้")

    def get_help_text(self):
        return "ไม่ใช่ชื่อหน่วยงาน จังหวัด หรือคำที่ใช้ในสำนักงาน"
