"""Which column of a register holds what: by the words of its head, by what stands under it, or as an officer said.

Heads come first. What they leave open is guessed from the cells; a guess that money depends on, and a head
that its cells contradict, is a doubt which an officer settles once for all sheets with the same head.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from hashlib import sha256
from itertools import combinations

from config.thai import tidy
from debts.sheets.content import Kind, Looks, amount_in, looks_of
from debts.sheets.head import (
    HEAD_WITHIN,
    MOST_LINES,
    Column,
    Head,
    cell_at,
    find_head,
    head_at,
    is_words,
    without_joiners,
)
from debts.sheets.rows import total_in
from debts.sheets.workbook import Cell

SAMPLE = 200
"""Rows under the head that are looked at."""
MOST_MONEY_COLUMNS = 8
BY_HEAD, BY_OFFICER = "ตามชื่อหัวตาราง", "ตามที่เลือกไว้"
BY_CONTENT = {
    Kind.NAME: "ข้อมูลเป็นชื่อคน",
    Kind.TITLE: "ข้อมูลเป็นคำนำหน้าชื่อ",
    Kind.WORD: "ข้อมูลเป็นคำเดียวข้างคอลัมน์ชื่อ",
    Kind.FUND: "ข้อมูลเป็นชื่อกองทุน",
    Kind.DAY: "ข้อมูลเป็นวันที่",
    Kind.CONTRACT: "ข้อมูลเป็นเลขที่สัญญา เช่น 12/2558",
    Kind.SEQUENCE: "ข้อมูลเป็นเลขเรียงลำดับ",
    Kind.HOUSE: "ข้อมูลเป็นบ้านเลขที่",
    Kind.RATE: "ข้อมูลเป็นร้อยละ",
    Kind.MONEY: "ข้อมูลเป็นจำนวนเงิน",
}
HOLDS = {
    "fund": Kind.FUND, "number": Kind.CONTRACT, "sequence": Kind.SEQUENCE, "house_number": Kind.HOUSE,
    "rate_percent": Kind.RATE,
}  # fmt: skip
MONEY_KEYS = {"principal", "interest", "lent"}
Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Guess:
    """What a column is, by our key, and why we think so. A guess that is not `sure` is asked for."""

    key: str
    reason: str
    sure: bool = True


@dataclass(frozen=True)
class Chosen:
    """What an officer said of all sheets with a head: the key of each column ("" where it is not read), how many
    rows below the head we found the real one ends, and its lines. No columns: the sheet is no register."""

    columns: tuple[str, ...]
    shift: int = 0
    lines: int = 1
    at: object = None

    @property
    def is_register(self) -> bool:
        return any(self.columns)


@dataclass(frozen=True)
class Layout:
    """How a sheet is read. `signature` is the same for all sheets with the same head; `missing` are required
    columns nobody found and `doubts` what an officer should settle, both in Thai."""

    head: Head
    guesses: Mapping[int, Guess]
    signature: str
    found_row: int
    missing: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    chosen: Chosen | None = None

    @property
    def is_read(self) -> bool:
        """Whether the sheet is read as it is, without asking."""
        return bool(self.head.places) and not self.missing and not self.doubts

    @property
    def is_no_register(self) -> bool:
        return bool(self.chosen and not self.chosen.is_register)

    @property
    def known(self) -> int:
        return sum(guess.reason == BY_HEAD for guess in self.guesses.values())


@dataclass(frozen=True)
class Rules:
    """The columns of a register, which of them it needs, and their names in Thai."""

    columns: tuple[Column, ...]
    required: frozenset[str]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def order(self) -> list[str]:
        return [column.key for column in self.columns]


def layout_of(rows: Rows, rules: Rules, *, today: date, chosen: Mapping[str, Chosen]) -> Layout | None:
    """How a sheet is read; None when it has nothing like a table. `chosen` is what officers said, by signature."""
    if not _has_a_table(rows):
        return None
    found = guessed_layout(rows, _found_head(rows, rules), rules, today=today)
    said = chosen.get(found.signature)
    return as_chosen(rows, found, said, rules) if said else found


def guessed_layout(rows: Rows, head: Head, rules: Rules, *, today: date) -> Layout:
    """What we make of the columns under a head."""
    below = tuple(row for row in rows[head.row : head.row + SAMPLE] if not total_in(row, head))
    width = max(map(len, (*below, head.labels)), default=0)
    columns = _Columns(head, below, width, today)
    guesses = columns.guessed(rules)
    layout = Layout(
        head=_head_with(head, guesses, rules),
        guesses=guesses,
        signature=_signature(head, columns),
        found_row=head.row,
    )
    return replace(layout, missing=_missing(guesses, rules), doubts=tuple(_doubts(columns, guesses, rules)))


def as_chosen(rows: Rows, found: Layout, chosen: Chosen, rules: Rules) -> Layout:
    """The sheet read as an officer said, whatever we found."""
    head = head_at(rows, max(found.found_row + chosen.shift, 0), chosen.lines, rules.columns)
    guesses = {place: Guess(key, BY_OFFICER) for place, key in enumerate(chosen.columns) if key}
    missing = _missing(guesses, rules) if chosen.is_register else ()
    head = _head_with(head, guesses, rules)
    return replace(found, head=head, guesses=guesses, missing=missing, doubts=(), chosen=chosen)


def layout_under(rows: Rows, row: int, found: Layout, rules: Rules, *, today: date) -> Layout:
    """What we make of the columns when the head is sheet row `row` (0: there is none), of a sheet already
    looked at."""
    head = head_at(rows, row, 1, rules.columns) if row else head_at(rows, _first_figures(rows), 0)
    under = guessed_layout(rows, head, rules, today=today)
    return replace(under, signature=found.signature, found_row=found.found_row)


def place_name(place: int) -> str:
    """The letters over a column in Excel: 0 → A, 26 → AA."""
    letters, number = "", place + 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def _has_a_table(rows: Rows) -> bool:
    return sum(len(row) - row.count(None) >= 2 for row in rows) >= 2


def _found_head(rows: Rows, rules: Rules) -> Head:
    """The head by its words; else the words over the first figures; else none, with the first figures below."""
    named = find_head(rows, rules.columns, set(rules.required)) or find_head(rows, rules.columns, set())
    if named and len(named.places) >= 2:
        return named
    first = _first_figures(rows)
    has_words = first and is_words(rows[first - 1]) and len(rows[first - 1]) - rows[first - 1].count(None) > 1
    return head_at(rows, first, 1 if has_words else 0, rules.columns)


def _first_figures(rows: Rows) -> int:
    return next((place for place, row in enumerate(rows[:HEAD_WITHIN]) if _has_figures(row)), 0)


def _has_figures(row: tuple[Cell, ...]) -> bool:
    return len(row) - row.count(None) >= 2 and not is_words(row)


def _head_with(head: Head, guesses: Mapping[int, Guess], rules: Rules) -> Head:
    places = {guess.key: place for place, guess in sorted(guesses.items())}
    words = {place: _words(head, place) for place in range(len(head.labels))}
    typed = {key: _words(head, place) or f"คอลัมน์ {place_name(place)}" for key, place in places.items()}
    unread = tuple(text for place, text in words.items() if text and place not in guesses)
    return replace(head, places=places, typed=typed, unread=unread)


def _words(head: Head, place: int) -> str:
    return head.labels[place] if place < len(head.labels) else ""


def _signature(head: Head, columns: "_Columns") -> str:
    words = [without_joiners(label) for label in head.labels]
    content = words if any(words) else ["", *columns.kinds()]
    return sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def _missing(guesses: Mapping[int, Guess], rules: Rules) -> tuple[str, ...]:
    keys = {guess.key for guess in guesses.values()}
    return tuple(f"ยังไม่ได้จับคู่คอลัมน์ {rules.labels[key]}" for key in rules.order if key in rules.required - keys)


def _doubts(columns: "_Columns", guesses: Mapping[int, Guess], rules: Rules):
    if not any(columns.head.labels):
        yield "แผ่นงานนี้ไม่มีแถวหัวตาราง ตรวจว่าแต่ละคอลัมน์คืออะไร"
    for place, guess in sorted(guesses.items()):
        name = _words(columns.head, place) or place_name(place)
        if not guess.sure:
            yield f"คอลัมน์ “{name}” น่าจะเป็น {rules.labels[guess.key]} เพราะ{guess.reason} ตรวจสอบก่อนนำเข้า"
        elif guess.key in MONEY_KEYS and columns.looks[place].hardly(Kind.FIGURE):
            yield f"คอลัมน์ “{name}” ส่วนใหญ่ไม่ใช่จำนวนเงิน"
        elif guess.key == "name" and columns.holds_no_names(place):
            yield f"คอลัมน์ “{name}” ส่วนใหญ่ไม่ใช่ชื่อคน"
    if columns.is_swapped(guesses):
        yield "เงินต้นคงเหลือมากกว่าวงเงินกู้เกือบทุกแถว ตรวจว่าสลับคอลัมน์กันหรือไม่"


class _Columns:
    """The columns under a head, and what becomes of each."""

    def __init__(self, head: Head, below: Rows, width: int, today: date):
        self.head, self.below, self.width = head, below, width
        cells = [[cell_at(row, place) for row in below] for place in range(width)]
        self.looks: list[Looks] = [looks_of(column, today=today) for column in cells]
        self.amounts = partial(_amounts, cells)
        self.guesses: dict[int, Guess] = {}

    def kinds(self) -> list[str]:
        """One word for each column, for telling sheets without heads apart."""
        return [next((kind for kind in Kind if looks.mostly(kind)), "") for looks in self.looks]

    def guessed(self, rules: Rules) -> dict[int, Guess]:
        self.guesses = {place: Guess(key, BY_HEAD) for key, place in self.head.places.items()}
        self._name()
        for key, kind in HOLDS.items():
            self._find(key, kind)
        self._days()
        self._money()
        return self.guesses

    def holds_no_names(self, place: int) -> bool:
        looks = self.looks[place]
        return looks.hardly(Kind.NAME) and looks.hardly(Kind.WORD)

    def is_swapped(self, guesses: Mapping[int, Guess]) -> bool:
        places = {guess.key: place for place, guess in guesses.items()}
        if not {"lent", "principal"} <= places.keys():
            return False
        pairs = self._pairs(places["lent"], places["principal"])
        return len(pairs) >= 5 and sum(owed > lent for lent, owed in pairs) * 2 > len(pairs)

    def _has(self, key: str) -> bool:
        return any(guess.key == key for guess in self.guesses.values())

    def _place(self, key: str) -> int | None:
        return next((place for place, guess in self.guesses.items() if guess.key == key), None)

    def _open(self, kind: Kind, *, labelled: bool = False) -> list[int]:
        """Columns of a kind that nothing is known of; those under words we do not know only when asked for."""
        return [
            place
            for place, looks in enumerate(self.looks)
            if place not in self.guesses
            and looks.mostly(kind)
            and (labelled or not _words(self.head, place) or not self.head.places)
        ]

    def _find(self, key: str, kind: Kind) -> None:
        found = self._open(kind)
        if not self._has(key) and found:
            self.guesses[found[0]] = Guess(key, BY_CONTENT[kind])

    def _name(self) -> None:
        """One column, or a title, a first and a last name side by side under one caption or none."""
        place = self._place("name")
        if place is None:
            self._name_by_content()
        elif self.looks[place].mostly(Kind.TITLE) and self._is_word(place + 1):
            self._split(place, place + 1)
        elif self.looks[place].mostly(Kind.WORD):
            self._last_name(place + 1)

    def _name_by_content(self) -> None:
        names, titles = self._open(Kind.NAME, labelled=True), self._open(Kind.TITLE, labelled=True)
        if titles and self._is_word(titles[0] + 1):
            self._split(titles[0], titles[0] + 1)
        elif names:
            self.guesses[names[0]] = Guess("name", BY_CONTENT[Kind.NAME])
            if self.looks[names[0]].mostly(Kind.WORD):
                self._last_name(names[0] + 1)

    def _split(self, title: int, first: int) -> None:
        self.guesses[title] = Guess("title", BY_CONTENT[Kind.TITLE])
        self.guesses[first] = Guess("name", BY_CONTENT[Kind.WORD])
        self._last_name(first + 1)

    def _last_name(self, place: int) -> None:
        if not self._has("last_name") and self._is_word(place):
            self.guesses[place] = Guess("last_name", BY_CONTENT[Kind.WORD])

    def _is_word(self, place: int) -> bool:
        return (
            place < self.width
            and place not in self.guesses
            and not _words(self.head, place)
            and self.looks[place].mostly(Kind.WORD)
        )

    def _days(self) -> None:
        """The day of lending stands before the day it is due."""
        open_keys = [key for key in ("lent_on", "due_on") if not self._has(key)]
        for key, place in zip(open_keys, self._open(Kind.DAY), strict=False):
            self.guesses[place] = Guess(key, BY_CONTENT[Kind.DAY])

    def _money(self) -> None:
        self._sum()
        if self._has("principal"):
            return
        places = self._open(Kind.MONEY, labelled=True)
        if not self._has("lent") and len(places) >= 2 and self._never_more(places[1], places[0]):
            self.guesses[places.pop(0)] = Guess("lent", "มากกว่าหรือเท่ากับคอลัมน์ถัดไปทุกแถว", sure=False)
        lent = self._place("lent")
        within = [place for place in places if lent is None or self._never_more(place, lent)]
        if within:
            reason = BY_CONTENT[Kind.MONEY] if lent is None else "ไม่เกินวงเงินกู้"
            self.guesses[within[0]] = Guess("principal", reason, sure=False)
            self._interest(within[0], [place for place in places if place != within[0]])

    def _interest(self, principal: int, places: list[int]) -> None:
        if not self._has("interest") and places and self._never_more(places[0], principal):
            self.guesses[places[0]] = Guess("interest", "น้อยกว่าเงินต้นคงเหลือทุกแถว", sure=False)

    def _sum(self) -> None:
        """A column that adds up two or three others in every row is their sum, whatever its head says."""
        parts = self._added_up()
        if parts is None:
            return
        whole, added = parts
        if self._place("principal") == whole:
            unknown = [place for place in added if place not in self.guesses]
            if len(unknown) == 1:
                self.guesses[unknown[0]] = Guess("principal", "บวกดอกเบี้ยแล้วเท่ากับคอลัมน์รวมทุกแถว")
                self.guesses[whole] = Guess("sum", "เท่ากับผลรวมของคอลัมน์อื่นทุกแถว")
        elif whole not in self.guesses and not self._has("sum"):
            self.guesses[whole] = Guess("sum", "เท่ากับผลรวมของคอลัมน์อื่นทุกแถว")

    def _added_up(self) -> tuple[int, tuple[int, ...]] | None:
        money = [place for place, looks in enumerate(self.looks) if looks.mostly(Kind.MONEY)]
        money += [place for place in self._places_of("interest", "penalty") if place not in money]
        for whole in money[:MOST_MONEY_COLUMNS]:
            rest = [place for place in money[:MOST_MONEY_COLUMNS] if place != whole]
            for size in (2, 3):
                for added in combinations(rest, size):
                    if self._adds_up(whole, added):
                        return whole, added
        return None

    def _places_of(self, *keys: str) -> list[int]:
        return [place for place, guess in self.guesses.items() if guess.key in keys]

    def _adds_up(self, whole: int, added: tuple[int, ...]) -> bool:
        zero = Decimal(0)
        rows = [
            (total, [amount or zero for amount in parts])
            for total, *parts in zip(self.amounts(whole), *map(self.amounts, added), strict=True)
            if total
        ]
        telling = [parts for _, parts in rows if sum(amount > 0 for amount in parts) >= 2]
        adding = sum(total == sum(parts) for total, parts in rows)
        return len(telling) >= 2 and adding * 10 >= len(rows) * 9

    def _never_more(self, place: int, than: int) -> bool:
        pairs = self._pairs(than, place)
        return bool(pairs) and sum(lower <= upper for upper, lower in pairs) * 10 >= len(pairs) * 9

    def _pairs(self, first: int, second: int) -> list[tuple[Decimal, Decimal]]:
        pairs = zip(self.amounts(first), self.amounts(second), strict=True)
        return [(upper, lower) for upper, lower in pairs if upper is not None and lower is not None]


def _amounts(cells: list[list[Cell]], place: int) -> list[Decimal | None]:
    return [amount_in(cell) for cell in cells[place]]


def head_rows(rows: Rows) -> list[tuple[int, str]]:
    """The rows that may be a head, numbered as in Excel, with the beginning of what they say."""
    return [
        (number, " | ".join(tidy(str(cell)) for cell in row if cell is not None)[:60])
        for number, row in enumerate(rows[: HEAD_WITHIN + MOST_LINES], start=1)
        if any(cell is not None for cell in row)
    ]
