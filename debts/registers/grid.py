"""What the page of a register shows: its columns, its lines as boxes of a form, and the same for the script."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts.models import Officer
from config import thai
from debts.models import Register
from debts.registers import wire
from debts.registers.columns import COLUMNS, DAYS, ERROR, MONEY, Message
from debts.registers.rows import SavedRow, Totals, read_all, with_houses
from debts.sheets import fund_words
from debts.sheets.register import COLUMNS as HEADS
from funds.models import Fund

KINDS = {
    **dict.fromkeys(MONEY, "money"),
    **dict.fromkeys(DAYS, "date"),
    "house_number": "house",
    "name": "name",
    "fund": "fund",
    "rate_percent": "percent",
}
ALWAYS_SHOWN = {"house_number", "name", "fund", "principal"}
RARE = {"penalty", "guarantor", "method"}  # put away until chosen or filled: the paper seldom has them
ROW_ACTS = [
    ("addAbove", "แทรกแถวด้านบน", ""),
    ("addBelow", "บันทึกและเพิ่มแถวด้านล่าง", "Ctrl+Enter"),
    ("duplicate", "ทำซ้ำแถว", ""),
    ("split", "แยกแถวตามกองทุน", ""),
    ("above", "คัดลอกช่องจากแถวบน", "Ctrl+D"),
    ("copy", "คัดลอกไป Excel", "Ctrl+C"),
    ("paste", "วางข้อมูลที่ช่องนี้", "Ctrl+V"),
    ("tick", "เลือกหรือไม่เลือกแถวนี้", ""),
    ("accept", "วันที่ที่ระบบอ่านถูกต้อง", ""),
    ("restore", "คืนค่าเดิมของแถว", "Esc"),
    ("remove", "ลบแถว", "Ctrl+Delete"),
]
KEYS = [
    ("Enter", "ลงแถวถัดไป หลังกด Tab กลับไปช่องที่เริ่มพิมพ์"),
    ("Shift+Enter", "ขึ้นแถวก่อน"),
    ("Tab / Shift+Tab", "ช่องถัดไป / ช่องก่อน"),
    ("↑ ↓ ← →", "เลื่อนช่อง"),
    ("F2", "แก้ข้อความในช่อง"),
    ("Esc", "คืนค่าเดิมของช่อง กดอีกครั้งคืนค่าเดิมของแถว"),
    ("1 2 3", "เลือกกองทุน เมื่ออยู่ในช่องกลุ่ม/กองทุน"),
    ("Ctrl+D หรือ Ctrl+'", "คัดลอกจากช่องด้านบน"),
    ("Ctrl+C", "คัดลอกช่อง หรือแถวที่เลือกไว้"),
    ("Ctrl+V", "วางข้อมูลจาก Excel, Word หรือหน้าเว็บ"),
    ("Ctrl+Z / Ctrl+Y", "เลิกทำ / ทำซ้ำ"),
    ("Ctrl+S", "บันทึกร่าง"),
    ("Ctrl+Enter", "บันทึกและเพิ่มแถวด้านล่าง"),
    ("Ctrl+Delete", "ลบแถว"),
    ("Home / End", "ต้นแถว / ท้ายแถว"),
    ("Ctrl+Home / Ctrl+End", "แถวแรก / แถวสุดท้าย"),
    ("Alt+↓", "คำสั่งของแถว หรือรายการกองทุน"),
    ("F6", "ออกจากตารางไปยังปุ่ม และกลับ"),
    ("F8", "จุดที่ต้องตรวจถัดไป"),
    ("Alt+/", "แป้นพิมพ์ลัด"),
]


@dataclass(frozen=True)
class Column:
    """`sum` is that of all lines, written; "" where nothing is summed without script."""

    key: str
    label: str
    sum: str = ""

    @property
    def kind(self) -> str:
        return KINDS.get(self.key, "text")

    @property
    def may_hide(self) -> bool:
        return self.key not in ALWAYS_SHOWN

    @property
    def is_rare(self) -> bool:
        return self.key in RARE


@dataclass(frozen=True)
class Cell:
    """One box of the form, with what there is to say about it. A fund that is no choice stays as typed."""

    column: Column
    value: str = ""
    messages: list[Message] = field(default_factory=list)
    is_other: bool = False

    @property
    def is_wrong(self) -> bool:
        return any(message.level == ERROR for message in self.messages)


@dataclass(frozen=True)
class Line:
    """One line of the form; the blank one, which the script copies, has no key."""

    cells: list[Cell]
    number: int | str = ""
    key: UUID | str = ""
    version: int = 0
    conflict: str = ""


def columns_of(totals: Totals) -> list[Column]:
    """All columns, with the sums that are known without reading every line."""
    return [
        Column(key, label, thai.money(getattr(totals, key)) if hasattr(totals, key) else "")
        for key, label in COLUMNS.items()
    ]


def line_of(
    row: SavedRow, *, number: int, columns: list[Column], funds: set[str], conflict: str = ""
) -> Line:
    """A line as boxes, at its place of the paper; `funds` are the names that can be chosen."""
    told = row.read.messages
    cells = [
        Cell(
            column,
            value := row.read.values[column.key],
            [message for message in told if message.column == column.key],
            column.kind == "fund" and value not in {*funds, ""},
        )
        for column in columns
    ]
    return Line(cells, number, row.line.key, row.line.version, conflict)


def blank_line(columns: list[Column]) -> Line:
    return Line([Cell(column) for column in columns])


def grid_of(register: Register, officer: Officer) -> dict:
    """What the script needs to show the whole register and to save it, as JSON."""
    lines = register.lines.kept().select_related("changed_by")
    mine = f"register:{officer.pk}:{register.pk}"
    return {
        "columns": [
            {"key": key, "label": label, "kind": KINDS.get(key, "text")} for key, label in COLUMNS.items()
        ],
        "heads": [[head.key, head.spelling] for head in HEADS],
        "funds": [{"name": fund.name, "kind": fund.kind} for fund in choices_of(register)],
        "fund_words": fund_words.KINDS,
        "rows": [_row(row) for row in with_houses(register, read_all(register, lines))],
        "typed_by_hand": register.start == Register.Start.EMPTY,
        "since": register.sequence,
        "control": wire.control_out(register),
        "saved_at": _saved_at(register),
        "today": timezone.localdate().isoformat(),
        "rows_url": reverse("debts:register-rows", args=[register.pk]),
        "names_url": reverse("debts:register-names", args=[register.pk]),
        "drawer": mine,
        "mapping_drawer": f"register-columns:{register.centre_id}",
        "session": {
            "username": officer.username,
            "officer": str(officer.pk),
            "signIn": reverse("account_login"),
            "secondStep": reverse("mfa_authenticate"),
        },
    }


def _saved_at(register: Register) -> str:
    """When a line was last saved, with the day unless it was today; "" when there is none."""
    last = register.lines.aggregate(last=Max("changed_at"))["last"]
    if last is None:
        return ""
    local = timezone.localtime(last)
    return thai.clock(local) if local.date() == timezone.localdate() else thai.moment(local)


def _row(row: SavedRow) -> dict:
    """A line for the script; empty cells are left out."""
    sent = wire.row_out(row)
    return sent | {"values": {column: text for column, text in sent["values"].items() if text}}


def choices_of(register: Register) -> list[Fund]:
    """The member funds as the centre has them: the first is chosen by the key 1."""
    return list(register.centre.funds.active())


def numbered(rows: Iterable[SavedRow], *, first: int, **how) -> list[Line]:
    return [line_of(row, number=number, **how) for number, row in enumerate(rows, first)]
