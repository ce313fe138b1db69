"""The language of clause texts: plain text with {named places} and [parts that stand under a condition: …].

Each line is a paragraph; what stands before " | " is its heading; a line that begins with "(" is a sub-paragraph.
Names are looked up in a table and nothing else: there is no expression, no attribute, no code to run.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

HEADING = " | "
_UNIT = re.compile(r" \S{1,12}(?=\s|$)")  # one word behind a number
LONGEST_LINE = 44  # letters of a value that is kept on one line
BLANK = "เว้นไว้เขียน"  # a dotted space to write in by hand
_MARKS = re.compile(r"\{[^{}\[\]]*\}|\[[^\[\]{}:]*:|[\[\]{}]|[^\[\]{}]+")


class CannotRead(ValueError):
    """The text cannot be understood; `str()` says in Thai what to change."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: words of the text itself, or the value of the place `name`."""

    text: str
    name: str = ""

    @property
    def is_blank(self) -> bool:
        return bool(self.name) and not self.text

    @property
    def stays_together(self) -> bool:
        """A date, an amount or a name that is not broken between two lines."""
        return bool(self.name) and len(self.text) <= LONGEST_LINE


@dataclass(frozen=True)
class Paragraph:
    heading: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    is_sub: bool

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in (*self.heading, *self.pieces))


@dataclass(frozen=True)
class _Part:
    """One mark with the condition it stands under ("" for always)."""

    kind: str  # words, place
    text: str
    condition: str


def fill(text: str, *, values: Mapping[str, str], holding: Collection[str]) -> list[Paragraph]:
    """The paragraphs with each place filled; parts whose condition is not in `holding` are left out.

    Raises `CannotRead` for a text that `problems` would have refused.
    """
    return [_paragraph(line, values, holding) for line in _lines(text)]


def problems(
    text: str, *, names: Collection[str], conditions: Collection[str], required: Iterable[str] = ()
) -> list[str]:
    """What keeps the text from being used, in Thai, one for each fault, by line."""
    found, seen = [], set()
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            parts = [part for half in _halves(line) for part in _parts(half)]
        except CannotRead as refusal:
            found.append(f"บรรทัดที่ {number}: {refusal}")
            continue
        seen |= {part.text for part in parts if part.kind == "place"}
        found += [f"บรรทัดที่ {number}: {fault}" for fault in _unknown(parts, names, conditions)]
    missing = [f"{{{name}}}" for name in required if name not in seen]
    return found + ([f"ข้อความต้องมี {' '.join(missing)}"] if missing else [])


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _halves(line: str) -> tuple[str, str]:
    """The heading ("" when there is none) and the rest of a paragraph."""
    head, bar, rest = line.partition(HEADING)
    return (head, rest) if bar else ("", line)


def _paragraph(line: str, values: Mapping[str, str], holding: Collection[str]) -> Paragraph:
    heading, body = (tuple(_glued(_pieces(half, values, holding))) for half in _halves(line))
    return Paragraph(heading, body, is_sub=line.startswith("("))


def _glued(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """A number takes its unit along, so that both stay on one line: 35,000.00 บาท."""
    before = None
    for piece in pieces:
        unit = _UNIT.match(piece.text) if before and not piece.name else None
        if unit:
            before, piece = replace(before, text=before.text + unit[0]), Piece(piece.text[unit.end() :])
        if before:
            yield before
        before = piece if piece.name and piece.text[-1:].isdigit() else None
        if before is None:
            yield piece
    if before:
        yield before


def _pieces(line: str, values: Mapping[str, str], holding: Collection[str]) -> Iterator[Piece]:
    for part in _parts(line):
        if part.condition and part.condition not in holding:
            continue
        if part.kind == "words":
            yield Piece(part.text)
        elif part.text not in values:
            raise CannotRead(f"ไม่รู้จัก {{{part.text}}}")
        else:
            yield Piece(values[part.text], part.text)


def _parts(line: str) -> Iterator[_Part]:
    condition = ""
    for mark in _MARKS.findall(line):
        if mark.startswith("{") and mark.endswith("}") and len(mark) > 1:
            yield _Part("place", mark[1:-1].strip(), condition)
        elif mark.startswith("[") and mark.endswith(":"):
            if condition:
                raise CannotRead("วงเล็บ [ ] ซ้อนกันไม่ได้")
            condition = mark[1:-1].strip()
        elif mark == "]":
            if not condition:
                raise CannotRead("มี ] โดยไม่มี [ เปิดก่อน")
            condition = ""
        elif mark in "[{}":
            raise CannotRead(f"เครื่องหมาย {mark} ต้องเขียนเป็น {{ชื่อ}} หรือ [เงื่อนไข: ข้อความ]")
        else:
            yield _Part("words", mark, condition)
    if condition:
        raise CannotRead(f"[{condition}: ไม่มี ] ปิดท้าย")


def _unknown(parts: Iterable[_Part], names: Collection[str], conditions: Collection[str]) -> Iterator[str]:
    for part in parts:
        if part.kind == "place" and part.text not in names:
            yield f"ไม่รู้จัก {{{part.text}}}{_instead(part.text, names, '{{{}}}')}"
    for condition in dict.fromkeys(part.condition for part in parts if part.condition):
        if condition not in conditions:
            yield f"ไม่รู้จักเงื่อนไข [{condition}: ]{_instead(condition, conditions, '[{}: ]')}"


def _instead(typed: str, known: Collection[str], form: str) -> str:
    close = get_close_matches(typed, list(known), n=1, cutoff=0.5)
    return f" หมายถึง {form.format(close[0])} หรือไม่" if close else " เลือกจากรายการด้านล่าง"
