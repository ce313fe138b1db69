"""Read the cells of one sheet row, and remember what was changed in reading.

Nothing an officer wrote is silently altered. A cell whose meaning is plain is tidied and the change
is told; a cell that had to be guessed is a warning; a cell that can not be read is an error.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from config.rounding import to_satang
from config.thai import (
    CannotRead,
    Name,
    money,
    percent,
    read_date,
    read_fund_names,
    read_house_number,
    read_money,
    read_name,
    read_names,
    read_percent,
    search_key,
    short_date,
    tidy,
)
from debts.schedule import Method
from debts.sheets.head import Head, cell_at
from debts.sheets.workbook import Cell
from households.models import Household

NO_LAST_NAME = "มีแต่ชื่อ ตรวจสอบนามสกุล"
NO_AMOUNT = "ระบุจำนวนเงินเป็นตัวเลข"
HOUSE_BECAME_DATE = "Excel เปลี่ยนบ้านเลขที่เป็นวันที่ ตรวจสอบบ้านเลขที่กับทะเบียน"
NOT_PEOPLE = "อ่านเป็นชื่อคนไม่ได้ เพิ่มผู้ค้ำประกันเองหลังนำเข้า"
NOT_A_METHOD = "ไม่รู้จักวิธีนี้ ใช้ตามระเบียบของกองทุน"
METHOD_WORDS = (
    (r"ปลอด|ไม่(?:คิด|มี)ดอก", Method.NO_INTEREST),
    (r"ต้นคงที่|ลดต้นลดดอก|ต้นเท่ากัน", Method.EQUAL_PRINCIPAL),
    (r"ผ่อนเท่า|ค่างวดเท่า|เท่ากันทุกงวด", Method.ANNUITY),
    (r"ดอก(?:เบี้ย)?คงที่|flat", Method.FLAT),
    (r"งวดเดียว|ครั้งเดียว|ครบกำหนด", Method.BULLET),
)
_PLAIN_AMOUNT = re.compile(r"[0-9,]+(?:\.[0-9]+)?")
_PLAIN_DATE = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")


@dataclass(frozen=True)
class Tidied:
    """One cell that was rewritten without changing its meaning."""

    column: str
    typed: str
    became: str


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
        return cell_at(self.cells, self.head.places.get(key))

    def text(self, key: str) -> str:
        """A cell as tidy text. Excel makes 01/2558 a day: it is written as month/year again."""
        cell = self.cell(key)
        if isinstance(cell, date):
            became = f"{cell.month:02}/{cell.year}"
            self._tidied(key, short_date(cell) if cell.year < 2400 else cell.isoformat(), became)
            return became
        typed = "" if cell is None else str(cell)
        became = tidy(typed)
        self._tidied(key, typed, became)
        return became

    def name(self) -> Name | None:
        """The person, from one cell or from cells for title, first and last name."""
        typed = " ".join(
            str(cell) for key in ("title", "name", "last_name") if (cell := self.cell(key)) is not None
        )
        name = self._read("name", read_name, typed)
        if name:
            if "title" not in self.head.places:
                self._tidied("name", typed, str(name))
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
            self.warnings.append(Household.NO_NUMBER)
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

    def people(self, *keys: str) -> tuple[Name, ...]:
        """The people named in some cells, each once. A cell that cannot be read is told and left out."""
        found = dict.fromkeys(name for key in keys for name in self._people(key))
        return tuple(found)

    def _people(self, key: str) -> list[Name]:
        cell = self.cell(key)
        try:
            return read_names(None if cell is None else str(cell))
        except CannotRead:
            self.warnings.append(f"{self.labels[key]}: {NOT_PEOPLE} (ในไฟล์: “{tidy(str(cell))[:40]}”)")
            return []

    def method(self, key: str) -> str:
        """How interest is counted (a value of `Method`), by the words for it; "" where none are known."""
        typed = search_key(self.text(key))
        found = next((method for words, method in METHOD_WORDS if re.search(words, typed)), "")
        if typed and not found:
            self.warnings.append(f"{self.labels[key]}: {NOT_A_METHOD} (ในไฟล์: “{self.text(key)[:40]}”)")
        return found

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
