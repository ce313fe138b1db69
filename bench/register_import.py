"""A debtor register from the field read and understood, beside the bare read of the same bytes."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random

import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.measure import ratio
from bench.run import Row
from config import thai
from debts.register_sheet import Register, read_register
from debts.workbook import open_workbook
from reports.demo.people import invent

SAMPLE = Path(__file__).parent.parent / "tests" / "samples" / "debtor-register-nong-ha-2560.xlsx"
TODAY = date(2017, 5, 2)
HEAD = [
    "ลำดับ",
    "เลขที่สัญญา",
    "ชื่อ - สกุล",
    "บ้านเลขที่",
    "วันที่กู้",
    "ครบกำหนด",
    "เงินกู้ (บาท)",
    "ดอกเบี้ย (ร้อยละต่อปี)",
    "เงินต้นคงเหลือ",
    "ดอกเบี้ยค้าง",
    "หมายเหตุ",
]
PRINCIPAL = HEAD.index("เงินต้นคงเหลือ")


def rows() -> Iterator[Row]:
    for size, content in (("Nong Ha", SAMPLE.read_bytes()), ("5,000 rows", _register(4997))):
        found = ratio(lambda: _understood(content), lambda: _bare(content), alike=_same)  # noqa: B023
        yield Row("register read / bare read", size, found)


def _register(count: int) -> bytes:
    """A register as committees type it: days with the Buddhist year, as text."""
    content, random = BytesIO(), Random(count)
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("กองทุนหมู่บ้าน")
        sheet.write_string(0, 0, "ทะเบียนลูกหนี้ กองทุนหมู่บ้านทดสอบ")
        sheet.write_string(1, 0, "ข้อมูล ณ วันที่ 30 เมษายน 2560")
        sheet.write_row(3, 0, HEAD)
        for number in range(count):
            sheet.write_row(4 + number, 0, _line(number, random))
    return content.getvalue()


def _line(number: int, random: Random) -> list:
    title, first, last = invent(random)
    lent_on = date(2015, 1, 1) + timedelta(days=number % 700)
    due_on = lent_on + timedelta(days=365)
    lent = 5000 + number % 40 * 1000
    names = [number + 1, f"{number + 1}/2558", f"{title}{first} {last}", f"{number // 3 + 1}"]
    days = [_typed(lent_on), _typed(due_on)]
    return [*names, *days, lent, 6, lent - 500, number % 900, ""]


def _typed(day: date) -> str:
    return f"{day.day}/{day.month}/{thai.buddhist_year(day)}"


def _bare(content: bytes) -> list[list[list]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    return [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]


def _understood(content: bytes) -> Register:
    return read_register(open_workbook(content, name="register.xlsx"), today=TODAY)


def _same(register: Register, sheets: list[list[list]]) -> bool:
    """Sheet by sheet the principal of the numbered rows, to the satang."""
    return [sheet.total("principal") for sheet in register.sheets] == [_principal(rows) for rows in sheets]


def _principal(rows: list[list]) -> Decimal:
    return sum(Decimal(str(row[PRINCIPAL])) for row in rows if isinstance(row[0], float))
