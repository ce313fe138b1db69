"""Keys for finding and ordering Thai text, comparable character by character in any database."""

from functools import lru_cache

from config.thai.text import arabic_digits, tidy

_LEADING_VOWELS = "เแโใไ"
_CONSONANTS = {chr(code) for code in range(0x0E01, 0x0E2F)}
_MARKS = "็่้๊๋์ํ๎"
NAMES = 2**14
"""How many names and words are remembered with their keys: files and lists repeat them."""


@lru_cache(NAMES)
def search_key(text: str) -> str:
    """The text without spaces, points and letter case: กข.คจ., กข.คจ and กขคจ have one key."""
    return "".join(arabic_digits(tidy(text)).casefold().replace(".", "").split())


def name_key(first: str, last: str) -> str:
    """One key for a person's name, whatever its spacing; the title takes no part."""
    return f"{search_key(first)} {search_key(last)}"


def sort_key(text: str) -> str:
    """Lower-case hex whose plain order is that of the Thai dictionary.

    Two digits a letter, a leading vowel behind its consonant (เกา is ordered as กเา); then "00" and the tone
    marks, which decide only between words of the same letters. Hex sorts alike under every collation.
    """
    letters, marks = [], []
    for character in _vowels_behind_consonants(arabic_digits(tidy(text)).casefold()):
        if character in _MARKS:
            marks.append(str(_MARKS.index(character) + 2))
        else:
            letters.append(_weight(character))
            marks.append("1")
    return "".join(letters) + "00" + "".join(marks).rstrip("1")


def _vowels_behind_consonants(text: str) -> str:
    swapped, place = [], 0
    while place < len(text):
        pair = text[place : place + 2]
        step = 2 if len(pair) == 2 and pair[0] in _LEADING_VOWELS and pair[1] in _CONSONANTS else 1
        swapped.extend(reversed(pair[:step]))
        place += step
    return "".join(swapped)


def _weight(character: str) -> str:
    code = ord(character)
    if 0x0E00 <= code < 0x0E60:
        return f"{code - 0x0E00 + 0x80:02x}"
    return f"{code:02x}" if code < 0x80 else f"ff{code:06x}"
