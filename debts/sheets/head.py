"""Find the head of a table in a sheet by what it says, wherever it stands and however it is spelled."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from config.thai import tidy
from debts.sheets.workbook import Cell

HEAD_WITHIN = 15
_JOINERS = re.compile(r"[\s\-–—_:ฯ]+")
_FIGURE = re.compile(r"[0-9๐-๙][0-9๐-๙,./\- ]*")


@dataclass(frozen=True)
class Column:
    """A column that may stand in a sheet: our name, the officers' name, and how heads spell it.

    ``spelling`` is matched against the head's text without spaces and dashes.
    """

    key: str
    label: str
    spelling: str


@dataclass(frozen=True)
class Head:
    """Where the columns are. ``row`` is the sheet row of the last of its ``lines``, counted from 1."""

    row: int
    lines: tuple[tuple[Cell, ...], ...]
    places: Mapping[str, int]
    typed: Mapping[str, str]
    unread: tuple[str, ...]


def find_head(
    rows: Iterable[tuple[Cell, ...]], columns: tuple[Column, ...], required: set[str]
) -> Head | None:
    """The head among the first rows of a sheet, one or two lines high; None when there is none."""
    top = tuple(rows)[: HEAD_WITHIN + 1]
    heads = [
        head for position in range(min(len(top), HEAD_WITHIN)) for head in _heads_at(top, position, columns)
    ]
    whole = [head for head in heads if required <= head.places.keys()]
    return max(whole, key=lambda head: len(head.places), default=None)


def _heads_at(top: tuple, position: int, columns: tuple[Column, ...]):
    """Two lines before one: of two heads with as many columns, the one that leaves no words below is meant."""
    if position + 1 < len(top) and _goes_on(top[position], top[position + 1], columns):
        lines = top[position : position + 2]
        yield _head(_joined(*lines), lines, position + 2, columns)
    yield _head(top[position], top[position : position + 1], position + 1, columns)


def _head(labels: tuple[Cell, ...], lines: tuple, row: int, columns: tuple[Column, ...]) -> Head:
    places, typed, unread = {}, {}, []
    for place, label in enumerate(labels):
        key = _column_key(label, columns)
        if key and key not in places:
            places[key], typed[key] = place, tidy(label)
        elif label is not None:
            unread.append(tidy(str(label)))
    return Head(row, lines, places, typed, tuple(unread))


def _column_key(label: Cell, columns: tuple[Column, ...]) -> str | None:
    if not isinstance(label, str):
        return None
    spelled = without_joiners(label)
    return next(
        (column.key for column in columns if re.search(column.spelling, spelled, re.IGNORECASE)), None
    )


def _goes_on(upper: tuple, lower: tuple, columns: tuple[Column, ...]) -> bool:
    """Whether ``lower`` is the second line of the head that ``upper`` begins (and not the first debtor)."""
    filled = [cell for cell in lower if cell is not None]
    only_words = all(isinstance(cell, str) and not _FIGURE.fullmatch(cell.strip()) for cell in filled)
    recognised = [sum(_column_key(cell, columns) is not None for cell in line) for line in (upper, lower)]
    return only_words and recognised[0] >= 2 and recognised[1] >= 1


def _joined(upper: tuple, lower: tuple) -> tuple[str | None, ...]:
    """Both lines as one: a caption merged over several columns belongs to each of them."""
    caption, labels = None, []
    for place in range(max(len(upper), len(lower))):
        above, below = cell_at(upper, place), cell_at(lower, place)
        caption = above if above is not None else caption
        words = (caption if below is not None else above, below)
        labels.append(" ".join(str(word) for word in words if word is not None) or None)
    return tuple(labels)


def without_joiners(text: str) -> str:
    """Tidy text without spaces, dashes and the like: what is left when spelling does not matter."""
    return _JOINERS.sub("", tidy(text))


def cell_at(cells: tuple[Cell, ...], place: int | None) -> Cell:
    """The cell at a place, None when the row is shorter or the sheet has no such column."""
    return cells[place] if place is not None and place < len(cells) else None
