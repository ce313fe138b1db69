"""What a debtor register holds besides figures and days: names, house numbers, lists of funds."""

import re
from typing import NamedTuple

from config.thai.order import name_key
from config.thai.text import EMPTY, CannotRead, arabic_digits, cell_text, tidy

NO_NAME = "ระบุชื่อ–สกุล ผู้กู้"
NAME_TOO_LONG = "ระบุชื่อ–สกุล ไม่เกิน 200 ตัวอักษร"
NOT_A_NAME = "ระบุชื่อ–สกุล เป็นตัวอักษร เช่น นางแก้ว ทองสุข"
TONE_MARKS = "ตรวจสอบวรรณยุกต์ในชื่อ–สกุล"
MOST_NAMES_TEXT = 2_000
NAMES_TOO_LONG = "ระบุชื่อรวมกันไม่เกิน 2,000 ตัวอักษร"
NOT_A_HOUSE = "ระบุบ้านเลขที่ เช่น 18 หรือ 32/1"

_RANKS = {
    "พลทหาร": "พลฯ", "สิบตรี": "ส.ต.", "สิบโท": "ส.ท.", "สิบเอก": "ส.อ.",
    "จ่าสิบโท": "จ.ส.ท.", "จ่าสิบเอก": "จ.ส.อ.", "จ่าสิบตำรวจ": "จ.ส.ต.",
    "ร้อยตรี": "ร.ต.", "ร้อยโท": "ร.ท.", "ร้อยเอก": "ร.อ.", "พันตรี": "พ.ต.", "พันโท": "พ.ท.", "พันเอก": "พ.อ.",
    "สิบตำรวจตรี": "ส.ต.ต.", "สิบตำรวจโท": "ส.ต.ท.", "สิบตำรวจเอก": "ส.ต.อ.", "ดาบตำรวจ": "ด.ต.",
    "ร้อยตำรวจตรี": "ร.ต.ต.", "ร้อยตำรวจโท": "ร.ต.ท.", "ร้อยตำรวจเอก": "ร.ต.อ.",
    "พันตำรวจตรี": "พ.ต.ต.", "พันตำรวจโท": "พ.ต.ท.", "พันตำรวจเอก": "พ.ต.อ.",
}  # fmt: skip
_WOMAN = r"\s?หญิง\s?(?=\S+ \S)"  # "ร้อยตรี หญิง ใจดี" is a person called หญิง


def _points(short: str) -> str:
    return re.escape(short).replace(r"\.", r"\.\s?")


def _rank_spelling(rank: str, short: str | None) -> str:
    return f"{rank}|{_points(short)}" if short else rank


_TITLES = [
    ("ว่าที่ร้อยตรีหญิง", rf"ว่าที่\s?(?:ร้อยตรี|ร\.?\s?ต\.?){_WOMAN}"),
    ("ว่าที่ร้อยตรี", r"ว่าที่\s?(?:ร้อยตรี|ร\.?\s?ต\.?)"),
    ("เด็กชาย", r"เด็กชาย|ด\.\s?ช\.?|ดช\.|ดช(?= )"),
    ("เด็กหญิง", r"เด็กหญิง|ด\.\s?ญ\.?|ดญ\.|ดญ(?= )"),
    ("นางสาว", r"นางสาว|นาง สาว(?= )|น\.\s?ส\.?|นส\.|นส(?= )"),
    ("นาง", r"นาง"),
    ("นาย", r"นาย"),
    ("พระ", r"พระ(?= )"),
    *(
        (rank + sex, f"(?:{_rank_spelling(rank, short)}){spelling}")
        for rank, short in sorted(_RANKS.items(), key=lambda pair: -len(pair[1] or ""))
        for sex, spelling in (("หญิง", _WOMAN), ("", ""))
    ),
]
# What is left must begin as a Thai or Latin word can, with a letter or a leading vowel, and have two
# characters: so นายิกา, นางาม and นายน keep their first syllable.
_TITLE_PATTERNS = [
    (title, re.compile(rf"(?:{spelling})\.?\s*(?=[ก-ฮเแโใไA-Za-z]\S)")) for title, spelling in _TITLES
]
_NAME_CHARACTERS = re.compile(r"[ก-ฺเ-๎A-Za-z .'’()\-–]+")
_TWO_TONES = re.compile("[่-๋]{2}")
_BETWEEN_NAMES = re.compile(r"[\n\r,;/]|\sและ\s|(?:^|\s)[0-9]{1,2}\s?[.)]")
_HOUSE = re.compile(r"[1-9][0-9]{0,3}[ก-ฮ]?(?:/[0-9]{1,4}[ก-ฮ]?)?(?:-[0-9]{1,4}[ก-ฮ]?)?")
_HOUSE_WORDS = re.compile(r"^(?:บ้านเลขที่|เลขที่)\s*")


class Name(NamedTuple):
    title: str
    first: str
    last: str

    def __str__(self):
        return f"{self.title}{self.first} {self.last}".strip()


def read_name(text) -> Name:
    """Title, first and last name; น.ส. and other short titles are written out. Raises `CannotRead`."""
    typed = _typed_name(text)
    title, rest = _split_title(typed)
    first, _, last = rest.partition(" ")
    return Name(title, first, last)


def read_names(text: str | None) -> list[Name]:
    """The people of one cell or box, each once: a line, a comma, a slash, a number or และ stands between them.

    Raises `CannotRead`.
    """
    if len(text or "") > MOST_NAMES_TEXT:
        raise CannotRead(NAMES_TOO_LONG)
    parts = (tidy(part) for part in _BETWEEN_NAMES.split(arabic_digits(text or "")))
    names = [read_name(part) for part in parts if part not in EMPTY]
    once = {name_key(name.first, name.last): name for name in reversed(names)}
    return list(reversed(once.values()))


def read_house_number(text) -> str:
    """The house number as text, 32/1; "" when empty. Raises `CannotRead`."""
    typed = _HOUSE_WORDS.sub("", cell_text(text, longest=60, message=NOT_A_HOUSE))
    if typed in EMPTY:
        return ""
    number = re.sub(r"\s*([/\-ก-ฮ])\s*", r"\1", typed)
    if not _HOUSE.fullmatch(number):
        raise CannotRead(NOT_A_HOUSE)
    return number


def read_fund_names(text: str | None) -> list[str]:
    """The funds of one cell, separated by "/"; empty slots are dropped."""
    return [name for part in (text or "").split("/") if (name := tidy(part)) not in EMPTY]


def _typed_name(text) -> str:
    if text is not None and not isinstance(text, str):
        raise CannotRead(NOT_A_NAME)
    if len(text or "") > 200:
        raise CannotRead(NAME_TOO_LONG)
    typed = tidy(text or "")
    if typed in EMPTY or typed in dict(_TITLES):
        raise CannotRead(NO_NAME)
    if not _NAME_CHARACTERS.fullmatch(typed) or not re.match("[ก-ฮเแโใไA-Za-z]", typed):
        raise CannotRead(NOT_A_NAME)
    if _TWO_TONES.search(typed):
        raise CannotRead(TONE_MARKS)
    return typed


def _split_title(typed: str) -> tuple[str, str]:
    for title, pattern in _TITLE_PATTERNS:
        if found := pattern.match(typed):
            return title, typed[found.end() :]
    return "", typed
