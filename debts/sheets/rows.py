"""The rows under a sheet's head: which are debtors, which are not and why, and what the sheet's total says."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from config.thai import CannotRead, arabic_digits, money, read_name, tidy
from debts.sheets.fund_words import fund_kind
from debts.sheets.head import Head, cell_at, without_joiners
from debts.sheets.row_reader import RowReader
from debts.sheets.workbook import Cell

ZERO = Decimal("0.00")
SUM = "แถวยอดรวม"
CARRIED = "แถวยอดยกมา/ยกไป"
NO_DEBTOR = "ข้อความที่ไม่ใช่รายการหนี้"
_TOTAL_BEGINS = tuple("รยtTgG")
_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2})\)?")
_TOTAL = re.compile(
    r"(?:รวม|ยอดรวม)(?:ทั้งสิ้น|ทั้งหมด|เงิน|เป็นเงิน|ยอด|หน้านี้|หน้า[0-9]+|สะสม|[0-9]+(?:ราย|คน|สัญญา|ครัวเรือน))*"
    r"|(?:รวม|ยอดรวม)(?:ของ)?(?:บ้านเลขที่|บ้าน[0-9]|ครัวเรือน|กองทุน|กลุ่ม|โครงการ|ออมทรัพย์|กข\.?คจ|หมู่|รายนี้|ต่อ).*"
    r"|total|grandtotal"
)
_CARRIED = re.compile(r"(?:ยอด)?ยก(?:ยอด)?(?:มา|ไป).*|ยกยอด.*")
_SIGNATURE = re.compile(r"ลงชื่อ|\.{5,}|…{2,}|ผู้จัดทำ|ผู้ตรวจสอบ|ผู้รับรอง")


@dataclass(frozen=True)
class Skipped:
    """A sheet row that is not imported, and why."""

    row: int
    text: str
    reason: str


def row_text(cells: tuple[Cell, ...]) -> str:
    """What a row says, for showing a row that is not imported."""
    return " ".join(tidy(str(cell)) for cell in cells if cell is not None)[:200]


def total_in(cells: tuple[Cell, ...], head: Head) -> str | None:
    """Why a row that sums up other rows is left out (SUM or CARRIED); None when it does not sum up."""
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and cell.lstrip()[:1] in _TOTAL_BEGINS and place != head.places.get("note"):
            words = without_joiners(arabic_digits(cell[:80])).casefold()
            if _TOTAL.fullmatch(words):
                return SUM
            if _CARRIED.fullmatch(words):
                return CARRIED
    return None


def why_skipped(cells: tuple[Cell, ...], head: Head, amounts: tuple[str, ...]) -> str | None:
    """Why a row can not be a debtor's, in Thai; None for a debtor's row."""
    filled = [cell for cell in cells if cell is not None]
    if not filled:
        return "แถวว่าง"
    if reason := total_in(cells, head):
        return reason
    if _is_column_numbers(filled):
        return "เลขกำกับคอลัมน์"
    return _why_no_debtor(cells, filled, head, amounts)


def _is_column_numbers(filled: list[Cell]) -> bool:
    found = [_COLUMN_NUMBER.fullmatch(arabic_digits(str(cell)).strip()) for cell in filled]
    return (
        len(filled) >= 4
        and all(found)
        and [int(number[1]) for number in found] == list(range(1, len(filled) + 1))
    )


def _why_no_debtor(
    cells: tuple[Cell, ...], filled: list[Cell], head: Head, amounts: tuple[str, ...]
) -> str | None:
    if any(cell_at(cells, head.places.get(key)) is not None for key in amounts):
        return None
    if _SIGNATURE.search(row_text(cells)):
        return "ลายมือชื่อท้ายตาราง"
    if len(filled) == 1 and not _is_person(cell_at(cells, head.places["name"])):
        return NO_DEBTOR
    return None


def _is_person(cell: Cell) -> bool:
    if not isinstance(cell, str) or fund_kind(cell) != "other":
        return False
    try:
        name = read_name(cell)
    except CannotRead:
        return False
    return bool(name.title or name.last)


def split_rows(
    rows: tuple[tuple[Cell, ...], ...], head: Head, amounts: tuple[str, ...]
) -> tuple[list[tuple[int, tuple[Cell, ...]]], tuple[Skipped, ...]]:
    """The rows under the head, numbered as in Excel: those of debtors, and the others with their reasons."""
    kept, skipped = [], []
    printed_above = {row_text(cells) for cells in rows[: head.row]}
    for row, cells in enumerate(rows[head.row :], start=head.row + 1):
        reason = why_skipped(cells, head, amounts)
        if reason in (None, NO_DEBTOR) and row_text(cells) in printed_above:
            reason = "หัวตารางซ้ำ"
        if reason:
            skipped.append(Skipped(row, row_text(cells), reason))
        else:
            kept.append((row, cells))
    return kept, tuple(skipped)


def total_of(rows: Iterable, amount: str) -> Decimal:
    """Baht in the named amount of all rows that could be read."""
    return sum((getattr(row, amount) or ZERO for row in rows), ZERO)


def differences(rows: tuple, *, printed: Mapping[str, Decimal], labels: Mapping[str, str]) -> tuple[str, ...]:
    """A warning for each printed total (baht) that is not the sum of the rows read."""
    read = {amount: total_of(rows, amount) for amount in printed}
    return tuple(
        f"{labels[amount]}: ผลรวม {money(read[amount])} บาท ต่างจากยอดในเอกสาร {money(total)} บาท "
        f"อยู่ {money(abs(read[amount] - total))} บาท"
        for amount, total in printed.items()
        if total != read[amount]
    )


def printed_totals(
    rows: tuple[tuple[Cell, ...], ...],
    skipped: tuple[Skipped, ...],
    reader: Callable[[tuple[Cell, ...]], RowReader],
    amounts: tuple[str, ...],
) -> dict[str, Decimal]:
    """What the last total row of the sheet itself says, in baht.

    Amounts it does not say are absent, and so is a 0: that is a formula which was never calculated.
    """
    last = next((rows[left_out.row - 1] for left_out in reversed(skipped) if left_out.reason == SUM), ())
    totals = {amount: reader(last).money(amount) for amount in amounts}
    return {amount: total for amount, total in totals.items() if total}
