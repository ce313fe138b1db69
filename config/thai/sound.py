"""What a Thai name sounds like, so that the spellings of one name meet."""

import re
from functools import lru_cache

from config.thai.order import NAMES, search_key

_SILENCED = re.compile("(?:ษณ|กษ|[ทดต]ร|[ก-ฮ])[ิุ]?์")
_UNHEARD = re.compile("[็-๎]")
_WRITTEN_OUT = [
    (re.compile("([ศส])ร(?=[ะ-ูอ])"), r"\1"),
    (re.compile("รร(?=[ก-ฮ])"), "ั"),
    (re.compile("รร"), "ัน"),
    (re.compile("ำ"), "ัม"),
    (re.compile("ฤ"), "ริ"),
    (re.compile("([ก-ฮ])ัย"), r"ไ\1"),
    (re.compile("([ใไ][ก-ฮ])ย"), r"\1"),
    (re.compile("ญ(?![ะ-ู])"), "น"),
]


def _heard_as(groups: dict[str, str]) -> dict[int, str]:
    return {ord(letter): heard for heard, letters in groups.items() for letter in letters}


# Letters of one sound, and vowels that differ by their length.
_LIKE = _heard_as(
    {"ค": "ขฃฅฆ", "ช": "ฉฌ", "ซ": "ศษส", "ด": "ฎ", "ต": "ฏ", "ท": "ฐฑฒถธ", "น": "ณ", "ย": "ญ", "พ": "ผภ"}
    | {"ฟ": "ฝ", "ล": "ฬร", "ไ": "ใ", "ิ": "ี", "ึ": "ื", "ุ": "ู"}
)
# The same at the end of a syllable: before a leading vowel, or where the name ends.
_LAST = _heard_as({"ก": "ค", "ด": "จชซตท", "น": "ล", "บ": "ปพฟ"})
_LAST_LETTER = re.compile("(?<![เแโไ])[ก-ฮ](?=[เแโไ]|$)")
_SHORT_I = re.compile("(?<=[ตท])[ิุ]$")
_TWICE = re.compile(r"(.)\1+")


def sound_key(first: str, last: str) -> str:
    """One key for the likely spellings of a name: ทองสุข and ทองสุก, วรรณา and วันนา.

    Tone marks, การันต์, the length of vowels, doubled letters and which letter writes a sound take no part,
    nor does the title. Keys are stored: whoever changes a rule here writes them anew in a migration.
    """
    return f"{_sound(first)} {_sound(last)}"


@lru_cache(NAMES)
def _sound(text: str) -> str:
    heard = _UNHEARD.sub("", _SILENCED.sub("", search_key(text)))
    for spelling, written in _WRITTEN_OUT:
        heard = spelling.sub(written, heard)
    heard = _SHORT_I.sub("", _TWICE.sub(r"\1", heard.translate(_LIKE)))
    return _LAST_LETTER.sub(lambda letter: letter[0].translate(_LAST), heard).removesuffix("ะ")
