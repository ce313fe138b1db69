"""How the lines of a register travel between the page and the server: JSON, as `debts/registers/api.py` says.

What comes in is checked here, word by word; nothing of it is believed.
"""

import json
from uuid import UUID

from django.utils import timezone

from config import thai
from debts.models import Register, RegisterEditor
from debts.registers.columns import Message
from debts.registers.rows import MOST_ROWS, SavedRow, Totals, TypedRow

MALFORMED = "อ่านข้อมูลที่ส่งมาไม่ได้ โหลดหน้านี้อีกครั้ง"
_BIGGEST = 2**53
_LAST_VERSION = 2**31


class Malformed(ValueError):
    """The batch cannot be read; nothing of it is saved."""


class TooManyRows(Malformed):
    pass


def batch_in(body: bytes) -> dict:
    """The arguments of `save_rows` that a request holds. Raises `Malformed` and `TooManyRows`."""
    try:
        sent = json.loads(body)
        rows, editing, page = sent["rows"], sent.get("editing"), sent.get("page")
        _refuse_size(rows)
        return {
            "rows": [_row(row) for row in rows],
            "editing": UUID(editing) if editing else None,
            "page": UUID(page) if page else None,
            "control": _control(sent.get("control")),
        }
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as wrong:
        raise wrong if isinstance(wrong, Malformed) else Malformed(MALFORMED) from wrong


def _refuse_size(rows) -> None:
    if not isinstance(rows, list):
        raise Malformed(MALFORMED)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(f"ส่งได้ครั้งละไม่เกิน {MOST_ROWS} แถว")


def _row(row: dict) -> TypedRow:
    values = row.get("values") or {}
    if not all(isinstance(value, str) or value is None for value in values.values()):
        raise Malformed(MALFORMED)
    position = row.get("position")
    return TypedRow(
        key=UUID(row["key"]),
        version=_whole(row.get("version", 0), 0, _LAST_VERSION),
        values=values,
        position=None if position is None else _whole(position, -_BIGGEST, _BIGGEST),
        deleted=row.get("deleted") is True,
    )


def _control(sent: dict | None) -> dict | None:
    """What the paper adds up to, as typed; None when it was not sent or cannot be read yet."""
    if sent is None:
        return None
    try:
        return {
            "control_total": thai.read_money(sent.get("total") or ""),
            "control_rows": thai.read_count(sent.get("rows") or ""),
        }
    except thai.CannotRead:
        return None


def _whole(number, least: int, most: int) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
        raise Malformed(MALFORMED)
    return number


def row_out(row: SavedRow) -> dict:
    """One line for the page: its tidy text, and what there is to say about it."""
    line = row.line
    return {
        "key": str(line.key),
        "version": line.version,
        "position": line.position,
        "values": row.read.values,
        "deleted": bool(line.deleted_at),
        "messages": [_message(message) for message in row.read.messages],
        "same_house_as": str(row.same_house_as) if row.same_house_as else None,
        "remark": line.remark,
    }


def theirs_out(row: SavedRow) -> dict:
    """A line that somebody else saved, with who and when."""
    line = row.line
    return row_out(row) | {
        "by": line.changed_by.full_name,
        "at": thai.clock(timezone.localtime(line.changed_at)),
    }


def editor_out(editor: RegisterEditor) -> dict:
    return {"key": str(editor.key), "by": editor.officer.full_name}


def _message(message: Message) -> dict:
    told = {"column": message.column, "level": message.level, "text": message.text}
    return told | {"became": message.became} if message.became else told


def totals_out(totals: Totals) -> dict:
    """Counts as numbers, baht as 607,200.00."""
    return {
        "rows": totals.rows,
        "households": totals.households,
        "principal": thai.money(totals.principal),
        "interest": thai.money(totals.interest),
        "penalty": thai.money(totals.penalty),
        "outstanding": thai.money(totals.outstanding),
        "errors": totals.errors,
        "warnings": totals.warnings,
    }


def control_out(register: Register) -> dict:
    """What the paper adds up to, as typed before."""
    rows = "" if register.control_rows is None else str(register.control_rows)
    return {
        "total": thai.money(register.control_total) if register.control_total is not None else "",
        "rows": rows,
    }
