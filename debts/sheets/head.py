"""Find the head of a table in a sheet by what it says, wherever it stands and however it is spelled."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from config.thai import tidy
from debts.sheets.workbook import Cell

HEAD_WITHIN = 30
MOST_LINES = 3
NOT_OF_THE_CAPTION = {"sequence", "title", "last_name"}
_JOINERS = re.compile(r"[\s\-–—_:ฯ]+")
_FIGURE = re.compile(r"[0-9๐-๙][0-9๐-๙,./\- ]*")
_UNIT = re.compile(r"\(?(?:บาท|สตางค์|ร้อยละ|%|พ\.?ศ\.?|วัน/?เดือน/?ปี|ว/ด/ป|ต่อปี|ร้อยละต่อปี)\)?")


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
    """Where the columns are. ``row`` is the sheet row of the last of its ``lines``, counted from 1; 0 when the
    sheet has no head. ``labels`` are the words over each place, "" where there are none."""

    row: int
    lines: tuple[tuple[Cell, ...], ...]
    places: Mapping[str, int]
    typed: Mapping[str, str]
    unread: tuple[str, ...]
    labels: tuple[str, ...] = ()


def find_head(
    rows: Iterable[tuple[Cell, ...]], columns: tuple[Column, ...], required: set[str]
) -> Head | None:
    """The head among the first rows of a sheet, up to three lines high, with all `required` columns; None when
    there is none."""
    top = tuple(rows)[: HEAD_WITHIN + MOST_LINES - 1]
    heads = [
        head for position in range(min(len(top), HEAD_WITHIN)) for head in _heads_at(top, position, columns)
    ]
    whole = [head for head in heads if required <= head.places.keys()]
    return max(whole, key=lambda head: len(head.places), default=None)


def head_at(
    rows: tuple[tuple[Cell, ...], ...], row: int, lines: int, columns: tuple[Column, ...] = ()
) -> Head:
    """The head whose last line is sheet row `row` (0: the sheet has none), whatever its words are."""
    found = rows[max(row - lines, 0) : row]
    return _head(_joined(found), found, row, columns)


def _heads_at(top: tuple, position: int, columns: tuple[Column, ...]):
    """More lines before fewer: of two heads with as many columns, the one that leaves no words below is meant.
    A line of captions over the head's own words belongs to it when more columns are known with it."""
    lines = _lines_at(top, position, columns)
    whole = head_at(top, position + lines, lines, columns)
    yield whole
    if lines > 1:
        yield head_at(top, position + 1, 1, columns)
    if position and _is_caption(top[position - 1]) and is_words(top[position]):
        with_caption = head_at(top, position + lines, lines + 1, columns)
        if len(with_caption.places) > len(whole.places):
            yield with_caption


def _lines_at(top: tuple, position: int, columns: tuple[Column, ...]) -> int:
    lines = 1
    while (
        lines < MOST_LINES
        and position + lines < len(top)
        and _goes_on(top[position : position + lines], top[position + lines], columns)
    ):
        lines += 1
    return lines


def _head(labels: tuple[Cell, ...], lines: tuple, row: int, columns: tuple[Column, ...]) -> Head:
    places, typed, unread = {}, {}, []
    for place, label in enumerate(labels):
        key = _own_key(label, lines, place, columns)
        if key and key not in places:
            places[key], typed[key] = place, tidy(label)
        elif label is not None:
            unread.append(tidy(str(label)))
    words = tuple("" if label is None else tidy(str(label)) for label in labels)
    return Head(row, lines, places, typed, tuple(unread), words)


def _own_key(label: Cell, lines: tuple, place: int, columns: tuple[Column, ...]) -> str | None:
    """What a column is by all its lines; a caption over several columns says nothing of a number or a part of
    the name below it."""
    whole = _column_key(label, columns)
    below = _column_key(cell_at(lines[-1], place), columns) if len(lines) > 1 else None
    return below if below in NOT_OF_THE_CAPTION and whole != "guarantor" else whole


def _column_key(label: Cell, columns: tuple[Column, ...]) -> str | None:
    if not isinstance(label, str):
        return None
    spelled = without_joiners(label)
    return next(
        (column.key for column in columns if re.search(column.spelling, spelled, re.IGNORECASE)), None
    )


def _goes_on(upper: tuple, lower: tuple, columns: tuple[Column, ...]) -> bool:
    """Whether ``lower`` is the next line of the head that the ``upper`` lines begin (and not the first debtor)."""
    if not is_words(lower):
        return False
    if all(_UNIT.fullmatch(tidy(cell)) for cell in lower if cell is not None):
        return True
    recognised = [sum(_column_key(cell, columns) is not None for cell in line) for line in (*upper, lower)]
    return recognised[0] >= 2 and recognised[-1] >= 1 and len(lower) - lower.count(None) >= 2


def is_words(line: tuple) -> bool:
    filled = [cell for cell in line if cell is not None]
    return bool(filled) and all(
        isinstance(cell, str) and not _FIGURE.fullmatch(cell.strip()) for cell in filled
    )


def _is_caption(line: tuple) -> bool:
    return is_words(line) and sum(cell is not None for cell in line) >= 2


def _joined(lines: tuple[tuple, ...]) -> tuple[Cell, ...]:
    """All lines as one: a caption merged over several columns belongs to each of them."""
    labels = lines[0] if lines else ()
    for lower in lines[1:]:
        labels = _joined_with(labels, lower)
    return labels


def _joined_with(upper: tuple, lower: tuple) -> tuple[str | None, ...]:
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
