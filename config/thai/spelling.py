"""A key of how a name is spelled, for finding it by likeness in spite of a slip; `sound.py` tells which names are one."""

from config.thai.order import search_key

# Consonants that sound alike at the beginning of a syllable share a sign; so do short and long vowels.
# The signs are plain letters and digits, so that trigrams of the key are cut alike under every locale.
_SIGNS = {
    "g": "ก", "k": "ขฃคฅฆ", "q": "ง", "j": "จ", "c": "ฉชฌ", "s": "ซศษส", "y": "ญย", "d": "ดฎ", "t": "ตฏ",
    "0": "ฐฑฒถทธ", "n": "นณ", "b": "บ", "p": "ป", "f": "ผพภ", "v": "ฝฟ", "m": "ม", "r": "รฤ", "l": "ลฬฦ",
    "w": "ว", "h": "หฮ", "o": "อ", "a": "ะัาๅ", "1": "ำ", "i": "ิี", "u": "ึื", "2": "ุู", "e": "เ", "x": "แ",
    "3": "โ", "z": "ใไ",
}  # fmt: skip
_SOUNDS = {ord(letter): sign for sign, letters in _SIGNS.items() for letter in letters}


def spelling_key(text: str) -> str:
    """One sign a letter, without tone marks, spaces, points and digits: สุณี, สุนี and สุ นี้ have one key."""
    letters = (letter for letter in search_key(text) if not letter.isdigit())
    signs = "".join(letters).translate(_SOUNDS)
    return "".join(sign for sign in signs if sign.isascii() and sign.isalnum())


def likeness(one: str, other: str) -> float:
    """The share, from 0 to 1, of the trigrams of two spelling keys that are in both; as pg_trgm counts them."""
    ours, theirs = _trigrams(one), _trigrams(other)
    return len(ours & theirs) / (len(ours | theirs) or 1)


def _trigrams(key: str) -> set[str]:
    padded = f"  {key} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)} if key else set()
