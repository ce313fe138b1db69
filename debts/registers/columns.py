"""The columns of a register as they are typed, in the order of the paper, and how a typed line is read.

The rules are those of the import (`debts.sheets.row_reader`): what is plain is tidied, what was guessed is a
warning, what cannot be read is an error. Nothing here asks the database.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from config import thai
from config.thai import name_key
from debts.imports.fund_match import find_fund
from debts.sheets.fund_words import fund_kind
from debts.sheets.head import Head
from debts.sheets.register import DUE_BEFORE_LENT, LABELS, MORE_THAN_LENT
from debts.sheets.row_reader import NO_AMOUNT, RowReader
from funds.models import Fund

ERROR, WARNING = "error", "warning"
COLUMNS = {
    key: LABELS[key]
    for key in (
        "house_number", "name", "fund", "number", "lent_on", "lent", "rate_percent", "principal", "interest",
        "penalty", "due_on",
    )
} | {"overdue": "ยอดเกินกำหนดชำระ (บาท)"} | {key: LABELS[key] for key in ("note", "guarantor", "method")}  # fmt: skip
MONEY = ("lent", "principal", "interest", "penalty", "overdue")
DAYS = ("lent_on", "due_on")
AS_TYPED = ("guarantor", "method")
LONGEST = 500
NO_FUND = "เลือกกลุ่ม/กองทุน"
SEVERAL_FUNDS = "ยังไม่ทราบยอดแยกกองทุน ระบุยอดรวมไว้ก่อนได้ แต่ต้องแยกแถวละกองทุนก่อนส่ง"
MORE_OVERDUE_THAN_OWED = "ยอดเกินกำหนดชำระมากกว่าเงินต้นคงเหลือรวมดอกเบี้ย"
TOO_LONG = {"number": 40, "note": 300}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # refused by PostgreSQL
_ZERO = Decimal("0.00")
HEAD = Head(
    row=0, lines=(), places={column: place for place, column in enumerate(COLUMNS)}, typed=COLUMNS, unread=()
)


@dataclass(frozen=True)
class Message:
    """What there is to say about one cell. `became` is what a guessed day was read as."""

    column: str
    level: str
    text: str
    became: str = ""


@dataclass(frozen=True)
class TidyCell:
    column: str
    label: str
    text: str


@dataclass
class ReadLine:
    """A line as read: baht, percent a year, None where the cell is empty or was refused. `values` is its tidy
    text; a cell that was guessed or refused stays as typed."""

    values: dict[str, str]
    read: dict[str, object] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def __getitem__(self, column: str):
        return self.read[column]

    def amount(self, column: str) -> Decimal:
        return self.read[column] or _ZERO

    @property
    def cells(self) -> list[TidyCell]:
        """What stands in each column, in the order of the paper."""
        return [TidyCell(column, label, self.values[column]) for column, label in COLUMNS.items()]

    @property
    def is_empty(self) -> bool:
        return not any(self.values.values())

    @property
    def house_key(self) -> str:
        """The same for lines of the same household: by house number, or by name where there is none."""
        name = self.read["name"]
        return self.read["house_number"] or (f"~{name_key(name.first, name.last)}" if name else "")

    def count(self, level: str) -> int:
        return sum(message.level == level for message in self.messages)

    def say(self, column: str, level: str, text: str, became: str = "") -> None:
        self.messages.append(Message(column, level, text, became))

    def refused(self, column: str) -> bool:
        return any(message.column == column and message.level == ERROR for message in self.messages)


def typed_values(typed: Mapping) -> dict[str, str]:
    """What was typed in the known columns, as text of bearable length; empty cells are left out."""
    texts = {column: _UNSTORABLE.sub("", typed.get(column) or "")[:LONGEST] for column in COLUMNS}
    return {column: text for column, text in texts.items() if thai.tidy(text).strip("-–—")}


def read_line(typed: Mapping[str, str], *, funds: Iterable[Fund], today: date) -> ReadLine:
    """Read one line; `funds` are the member funds of the centre. A line without any text has no messages."""
    line = ReadLine({column: typed.get(column, "") for column in COLUMNS})
    reader = _CellReader([typed.get(column) or None for column in COLUMNS], HEAD, COLUMNS, today)
    for column, read in _READERS.items():
        line.read[column] = reader.into(line, column, read)
    line.read["fund"] = _fund(line, list(funds))
    if line.is_empty:
        line.messages.clear()
    else:
        _check(line)
    return line


class _CellReader(RowReader):
    """Reads cell by cell, so that each message is known to belong to its column."""

    def into(self, line: ReadLine, column: str, read):
        self.tidied, self.warnings, self.errors = [], [], []
        value = read(self, column)
        for text in self.errors:
            line.say(column, ERROR, text)
        for text in self.warnings:
            guessed = column in DAYS and value
            line.say(column, WARNING, _plain(column, text), thai.short_date(value) if guessed else "")
        if not self.errors and column not in AS_TYPED and not (column in DAYS and self.warnings):
            line.values[column] = _written(column, value)
        return value

    def _refused(self, key, refusal, cell):
        return refusal


def _plain(column: str, text: str) -> str:
    """A warning about a file's cell, said beside the cell itself."""
    return text.removeprefix(f"{COLUMNS[column]}: ").partition(" (ในไฟล์")[0]


def _written(column: str, value) -> str:
    """The tidy text of a value that was read."""
    if value is None or value == "":
        return ""
    if column in MONEY:
        return thai.money(value)
    if column in DAYS:
        return thai.short_date(value)
    if column == "rate_percent":
        return thai.percent(value)
    return str(value)


def _text(reader: RowReader, column: str) -> str:
    text = reader.text(column)
    longest = TOO_LONG.get(column, LONGEST)
    if len(text) > longest:
        reader.errors.append(f"{COLUMNS[column]}ยาวเกิน {longest} ตัวอักษร")
    return text


_READERS = {
    "house_number": lambda reader, column: reader.house_number(),
    "name": lambda reader, column: reader.name(),
    "fund": _text,
    "number": _text,
    "note": _text,
    "rate_percent": RowReader.percent,
    "guarantor": RowReader.people,
    "method": RowReader.method,
    **dict.fromkeys(DAYS, RowReader.date),
    **dict.fromkeys(MONEY, RowReader.money),
}


def _fund(line: ReadLine, funds: list[Fund]) -> Fund | None:
    words = line.read["fund"] or ""
    names = thai.read_fund_names(words)
    fund = find_fund(words, fund_kind(words), funds) if len(names) == 1 else None
    if len(names) > 1 and not line.refused("fund"):
        line.say("fund", ERROR, SEVERAL_FUNDS)
    elif fund:
        line.values["fund"] = fund.name
    elif not line.refused("fund"):
        line.say("fund", ERROR, NO_FUND)
    return fund


def _check(line: ReadLine) -> None:
    """What the cells say together (M4, M8, M9)."""
    principal, lent, overdue = line["principal"], line["lent"], line["overdue"]
    if principal is None and not line.refused("principal"):
        line.say("principal", ERROR, NO_AMOUNT)
    if lent and principal and principal > lent:
        line.say("principal", WARNING, MORE_THAN_LENT)
    if overdue and principal is not None and overdue > principal + line.amount("interest"):
        line.say("overdue", WARNING, MORE_OVERDUE_THAN_OWED)
    if line["lent_on"] and line["due_on"] and line["due_on"] < line["lent_on"]:
        line.say("due_on", ERROR, DUE_BEFORE_LENT)
