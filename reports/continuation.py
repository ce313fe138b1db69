"""คำต่อ of an official letter: at the foot of a page stands how the next one begins (งานสารบรรณ)."""

import re
from collections.abc import Sequence

from weasyprint.text.line_break import get_log_attrs

OFFICIAL = "official"
"""The named page of letters and memos (templates/papers/_official.css.html)."""
LONGEST = 24
_FIRST_WORDS = re.compile(r".{4,}?(?=\s|$)")
_QUOTED = re.compile(r'(["\\])')


def continued(pages: Sequence) -> str:
    """The style that puts «/คำต่อ...» at the foot of each laid out page of a letter that has a next one."""
    return "".join(
        f'@page {OFFICIAL}:nth({number}) {{ @bottom-right-corner {{ content: "/{_beginning(page)}..." !important }} }}'
        for number, page in enumerate(pages[1:], start=1)
        if page._page_box.page_type.name == OFFICIAL
    )


def _beginning(page) -> str:
    """The first words of the page, ready to stand in a style."""
    boxes = page._page_box.children[0].descendants()
    lines = (_text(box) for box in boxes if type(box).__name__ == "LineBox")
    return _QUOTED.sub(r"\\\1", shortened(next(filter(None, lines), "")))


def _text(line) -> str:
    return "".join(box.text for box in line.descendants() if type(box).__name__ == "TextBox").strip()


def shortened(line: str) -> str:
    """The first words of a line, to its first space or the last word that ends within `LONGEST` letters."""
    line = line.replace("\u200b", "")
    found = _FIRST_WORDS.match(line)
    words = found[0] if found else line
    if len(words) <= LONGEST:
        return words
    breaks = get_log_attrs(words, "th")
    ends = [place for place in range(4, LONGEST + 1) if breaks[place].is_line_break]
    return words[: ends[-1] if ends else LONGEST]
