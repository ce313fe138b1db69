"""Typed text made plain: one kind of space, nothing invisible, Thai marks in their right places."""

import re
import unicodedata

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"
EMPTY = {"", "-", "–", "—"}

_TO_ARABIC = str.maketrans(THAI, ARABIC)
_TO_THAI = str.maketrans(ARABIC, THAI)

# Controls, soft hyphen, zero-width and direction marks, variation selectors, tags, lone surrogates.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
# Old Thai fonts draw shifted marks with private characters; text copied out of such a PDF carries them.
_SHIFTED_MARKS = {0xF700 + place: mark for place, mark in enumerate("ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู")}
_SAME_MARK_TWICE = re.compile(r"([ัิ-ฺ็-๎])\1+")
_AM_WITH_TONE = re.compile(r"ํ([่-๋]?)า|([่-๋])ํา|ำ([่-๋])")


class CannotRead(ValueError):
    """What was typed is refused; `str()` is the Thai sentence saying what to type instead."""


def arabic_digits(text: str) -> str:
    return text.translate(_TO_ARABIC)


def thai_digits(text: str) -> str:
    return text.translate(_TO_THAI)


def tidy(text: str) -> str:
    """One line of plain text: composed, without invisible characters or doubled spaces.

    Repairs what looks right and is not: นํ้า and นำ้ → น้ำ, เเ → แ, the same mark twice.
    """
    if text.isascii() and text.isprintable():  # most cells of a spreadsheet
        return " ".join(text.split())
    visible = _INVISIBLE.sub("", text).translate(_SHIFTED_MARKS)
    composed = unicodedata.normalize("NFC", visible).replace("เเ", "แ")
    repaired = _AM_WITH_TONE.sub(_tone_then_am, _SAME_MARK_TWICE.sub(r"\1", composed))
    return " ".join(repaired.split())


def cell_text(value: object, *, longest: int, message: str) -> str:
    """A typed text or a spreadsheet cell as tidy text in Arabic digits.

    A whole number of a spreadsheet loses its ".0". Raises `CannotRead` with `message` when the text is
    longer than `longest` characters or the cell holds neither text nor a number.
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise CannotRead(message)
    if isinstance(value, int) and abs(value) >= 10**longest:  # Python itself refuses to write huge integers
        raise CannotRead(message)
    text = str(value)
    if len(text) > longest:
        raise CannotRead(message)
    return arabic_digits(tidy(text))


def _tone_then_am(found: re.Match) -> str:
    return next(filter(None, found.groups()), "") + "ำ"
