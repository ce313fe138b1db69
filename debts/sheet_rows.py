"""What both readers of sheets stand on: find the head, read a cell, remember what was changed in reading.

Nothing an officer wrote is silently altered. A cell whose meaning is plain is tidied and the change
is told; a cell that had to be guessed is a warning; a cell that can not be read is an error.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from config.rounding import to_satang
from config.thai import (
    CannotRead,
    Name,
    arabic_digits,
    money,
    percent,
    read_date,
    read_fund_names,
    read_house_number,
    read_money,
    read_name,
    read_percent,
    short_date,
    tidy,
)
from debts.workbook import Cell

HEAD_WITHIN = 15
ZERO = Decimal("0.00")
NO_HOUSE = "ยังไม่มีบ้านเลขที่ ส่งได้ แต่ต้องระบุก่อนทำสัญญา"
NO_LAST_NAME = "มีแต่ชื่อ ตรวจสอบนามสกุล"
NO_AMOUNT = "ระบุจำนวนเงินเป็นตัวเลข"
HOUSE_BECAME_DATE = "Excel เปลี่ยนบ้านเลขที่เป็นวันที่ ตรวจสอบบ้านเลขที่กับทะเบียน"

_JOINERS = re.compile(r"[\s\-–—_:ฯ]+")
_FIGURE = re.compile(r"[0-9๐-๙][0-9๐-๙,./\- ]*")
_COLUMN_NUMBER = re.compile(r"\(?([0-9]{1,2})\)?")
_TOTAL = re.compile(
    r"(?:รวม|ยอดรวม)(?:ทั้งสิ้น|ทั้งหมด|เงิน|เป็นเงิน|ยอด|หน้านี้|สะสม|[0-9]+(?:ราย|คน|สัญญา|ครัวเรือน))*|total|grandtotal"
)
_CARRIED = re.compile(r"(?:ยอด)?ยก(?:ยอด)?(?:มา|ไป).*|ยกยอด.*")
_SIGNATURE = re.compile(r"ลงชื่อ|\.{5,}|…{2,}|ผู้จัดทำ|ผู้ตรวจสอบ|ผู้รับรอง")
_PLAIN_AMOUNT = re.compile(r"[0-9,]+(?:\.[0-9]+)?")
_PLAIN_DATE = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")


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


@dataclass(frozen=True)
class Tidied:
    """One cell that was rewritten without changing its meaning."""

    column: str
    typed: str
    became: str


@dataclass(frozen=True)
class Skipped:
    """A sheet row that is not imported, and why."""

    row: int
    text: str
    reason: str


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
    spelled = _JOINERS.sub("", tidy(label))
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


def cell_at(cells: tuple[Cell, ...], place: int | None) -> Cell:
    """The cell at a place, None when the row is shorter or the sheet has no such column."""
    return cells[place] if place is not None and place < len(cells) else None


def row_text(cells: tuple[Cell, ...]) -> str:
    """What a row says, for showing a row that is not imported."""
    return " ".join(tidy(str(cell)) for cell in cells if cell is not None)[:200]


def total_in(cells: tuple[Cell, ...], head: Head) -> str | None:
    """Say "total" or "carried" when the row sums up other rows, None when it does not."""
    for place, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) < 60 and place != head.places.get("note"):
            words = _JOINERS.sub("", arabic_digits(tidy(cell))).casefold()
            if _TOTAL.fullmatch(words):
                return "total"
            if _CARRIED.fullmatch(words):
                return "carried"
    return None


def why_skipped(cells: tuple[Cell, ...], head: Head, amounts: tuple[str, ...]) -> str | None:
    """Why a row can not be a debtor's, in Thai; None for a debtor's row."""
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    if not filled:
        return "แถวว่าง"
    if total_in(cells, head):
        return "แถวยอดรวม"
    if cells in head.lines:
        return "หัวตารางซ้ำ"
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
    if cell_at(cells, head.places["name"]) is None and len(filled) == 1:
        return "ข้อความที่ไม่ใช่รายการหนี้"
    return None


def split_rows(
    rows: tuple[tuple[Cell, ...], ...], head: Head, amounts: tuple[str, ...]
) -> tuple[list[tuple[int, tuple[Cell, ...]]], tuple[Skipped, ...]]:
    """The rows under the head, numbered as in Excel: those of debtors, and the others with their reasons."""
    kept, skipped = [], []
    for row, cells in enumerate(rows[head.row :], start=head.row + 1):
        reason = why_skipped(cells, head, amounts)
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


@dataclass
class RowReader:
    """Reads the cells of one row by column and collects what was tidied, guessed or refused."""

    cells: tuple[Cell, ...]
    head: Head
    labels: Mapping[str, str]
    today: date
    tidied: list[Tidied] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def cell(self, key: str) -> Cell:
        found = cell_at(self.cells, self.head.places.get(key))
        return None if isinstance(found, str) and not found.strip() else found

    def text(self, key: str) -> str:
        """A cell as tidy text. Excel makes 01/2558 a day: it is written as month/year again."""
        cell = self.cell(key)
        if isinstance(cell, date):
            became = f"{cell.month:02}/{cell.year}"
            self._tidied(key, short_date(cell) if cell.year < 2400 else cell.isoformat(), became)
            return became
        typed = "" if cell is None else str(cell)
        self._tidied(key, typed, tidy(typed))
        return tidy(typed)

    def name(self) -> Name | None:
        """The person, from one cell or from cells for title, first and last name."""
        typed = " ".join(
            str(cell) for key in ("title", "name", "last_name") if (cell := self.cell(key)) is not None
        )
        name = self._read("name", read_name, typed)
        if name:
            self._tidied("name", typed, f"{name.title}{name.first} {name.last}".strip())
            if not name.last:
                self.warnings.append(NO_LAST_NAME)
        return name

    def house_number(self) -> str:
        cell = self.cell("house_number")
        if isinstance(cell, date):
            self.warnings.append(HOUSE_BECAME_DATE)
            return ""
        number = self._read("house_number", read_house_number, cell) if cell is not None else ""
        if number == "":
            self.warnings.append(NO_HOUSE)
        elif number and isinstance(cell, str):
            self._tidied("house_number", cell, number)
        return number or ""

    def money(self, key: str, *, required: bool = False) -> Decimal | None:
        """Baht. A calculated cell with parts of a satang is rounded half-up, with a warning."""
        cell = self.cell(key)
        if isinstance(cell, float):
            cell = self._rounded(key, Decimal(format(cell, ".15g")))
        amount = self._read(key, read_money, cell)
        if amount is None and required and not self._has_error(key):
            self.errors.append(f"{self.labels[key]}: {NO_AMOUNT}")
        elif amount is not None and isinstance(cell, str) and not _PLAIN_AMOUNT.fullmatch(cell):
            self._tidied(key, cell, money(amount))
        return amount

    def _rounded(self, key: str, exact: Decimal) -> Decimal:
        if not exact.is_finite() or abs(exact) >= 10**13 or to_satang(exact) == exact:
            return exact
        self.warnings.append(f"{self.labels[key]}: ระบบปัด {exact:f} เป็น {money(exact)}")
        return to_satang(exact)

    def percent(self, key: str) -> Decimal | None:
        """Percent a year. A cell that Excel shows as 6 % holds 0.06; a head "ต่อเดือน" means twelve times."""
        cell = self.cell(key)
        rate = self._read(
            key, read_percent, Decimal(format(cell, ".15g")) if isinstance(cell, float) else cell
        )
        if not rate:
            return rate
        yearly = rate * (12 if "ต่อเดือน" in self.head.typed[key] else 1)
        yearly *= 100 if isinstance(cell, float) and rate < Decimal("0.3") else 1
        if yearly != rate:
            self.warnings.append(f"ระบบอ่านดอกเบี้ย {percent(rate)} เป็น ร้อยละ {percent(yearly)} ต่อปี")
        return yearly

    def date(self, key: str) -> date | None:
        cell = self.cell(key)
        found = self._read(key, lambda typed: read_date(typed, today=self.today), cell)
        if not found or found.value is None:
            return None
        if found.guessed:
            self.warnings.append(f"ระบบอ่าน {tidy(str(cell))} เป็น {short_date(found.value)}")
        elif isinstance(cell, str) and not _PLAIN_DATE.fullmatch(cell):
            self._tidied(key, cell, short_date(found.value))
        return found.value

    def funds(self, key: str) -> tuple[str, ...]:
        """The funds of one cell, as written, without the empty slots between "/"."""
        cell = self.cell(key)
        return tuple(read_fund_names(None if cell is None else str(cell)))

    def told(self) -> dict[str, tuple]:
        """What there is to tell the officer about this row."""
        return {"tidied": tuple(self.tidied), "warnings": tuple(self.warnings), "errors": tuple(self.errors)}

    def _read(self, key: str, read: Callable, cell: Cell):
        try:
            return read(cell)
        except CannotRead as refusal:
            self.errors.append(self._refused(key, str(refusal), cell))
            return None

    def _refused(self, key: str, refusal: str, cell: Cell) -> str:
        label, typed = self.labels[key], tidy(str(cell or ""))[:40]
        message = refusal if label in refusal else f"{label}: {refusal}"
        return f"{message} (ในไฟล์: “{typed}”)" if typed else message

    def _has_error(self, key: str) -> bool:
        return any(error.startswith(f"{self.labels[key]}:") for error in self.errors)

    def _tidied(self, key: str, typed: str, became: str) -> None:
        if typed != became:
            self.tidied.append(Tidied(self.labels[key], typed, became))


def printed_totals(
    rows: tuple[tuple[Cell, ...], ...],
    head: Head,
    labels: Mapping[str, str],
    today: date,
    amounts: tuple[str, ...],
) -> dict[str, Decimal]:
    """What the last total row of the sheet itself says, in baht.

    Amounts it does not say are absent, and so is a 0: that is a formula which was never calculated.
    """
    last = next((cells for cells in reversed(rows[head.row :]) if total_in(cells, head) == "total"), ())
    reader = RowReader(last, head, labels, today)
    totals = {amount: reader.money(amount) for amount in amounts}
    return {amount: total for amount, total in totals.items() if total}
