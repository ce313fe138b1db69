"""A debtor register from the field: read, matched with what is there, and written, each beside the bare read of
the same bytes."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage

import xlsxwriter
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from bench import seed
from bench.measure import ratio
from bench.run import Row
from config import thai
from debts.imports.proposal import Proposal
from debts.imports.register import Imported, import_register, propose
from debts.models import RegisterFile
from debts.sheets.register import ReadRegister, read_register
from debts.sheets.workbook import open_workbook
from reports.demo.people import invent
from tests.factories import make_centre, make_fund, make_officer, make_village

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
    registers = {"Nong Ha": SAMPLE.read_bytes(), "5,000 rows": register(5_000)}
    if connection.vendor == "postgresql":
        registers["100,000 rows"] = register(100_000)
    for number, (size, content) in enumerate(registers.items(), 1):
        file = _file(f"310201{number:02}", content)
        steps = {"read": _understood, "matched": partial(_matched, file), "written": partial(_written, file)}
        times = {"rounds": 2, "warm_up": 1} if size.startswith("100") else {}
        for step, work in steps.items():
            found = ratio(partial(work, content), partial(_bare, content), alike=_same, **times)
            yield Row(f"register {step} / bare read", size, found)
        print(f"most memory so far, all of it: {getrusage(RUSAGE_SELF).ru_maxrss // 1024:,} MB")


def _file(code: str, content: bytes) -> RegisterFile:
    """The workbook as it waits for its import, in a centre with the funds it names."""
    centre = make_centre(make_village(code, "บ้านหนองฮะ"))
    for kind in seed.KINDS:
        make_fund(centre, kind, name=kind.label)
    return RegisterFile.objects.create(
        centre=centre,
        kind=RegisterFile.Kind.REGISTER,
        name="register.xlsx",
        sha256=sha256(content).hexdigest(),
        uploaded_by=make_officer(area=centre.village),
    )


def register(count: int) -> bytes:
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
    names = [number + 1, f"{number + 1}/2558", f"{title}{first} {last}", _house(number // 3)]
    days = [_typed(lent_on), _typed(due_on)]
    return [*names, *days, lent, 6, lent - 500, number % 900, ""]


def _house(number: int) -> str:
    """A house number as villages have them: four digits at most, then a part of a house."""
    house, part = number % 9_000 + 1, number // 9_000
    return f"{house}/{part}" if part else str(house)


def _typed(day: date) -> str:
    return f"{day.day}/{day.month}/{thai.buddhist_year(day)}"


def _bare(content: bytes) -> list[list[list]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    return [workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names]


def _understood(content: bytes) -> ReadRegister:
    return read_register(open_workbook(content, name="register.xlsx"), today=TODAY)


def _matched(file: RegisterFile, content: bytes) -> Proposal:
    found = _understood(content)
    return propose(register=found, centre=file.centre, as_of=found.as_of_on)


def _written(file: RegisterFile, content: bytes) -> Imported:
    """All but the commit, so that it can be done again."""
    found = _understood(content)
    with transaction.atomic():
        imported = import_register(
            file=file, register=found, as_of=found.as_of_on, on=TODAY, by=file.uploaded_by
        )
        transaction.set_rollback(True)
    return imported


def _same(found: ReadRegister | Proposal | Imported, sheets: list[list[list]]) -> bool:
    """To the satang what the numbered rows of the bare sheets add up to."""
    rows = [row for sheet in sheets for row in sheet if isinstance(row[0], float)]
    principal, interest = (
        sum(Decimal(str(row[at] or 0)) for row in rows) for at in (PRINCIPAL, PRINCIPAL + 1)
    )
    if isinstance(found, ReadRegister):
        return sum(sheet.total("principal") for sheet in found.sheets) == principal
    return (found.total if isinstance(found, Imported) else found.new_total) == principal + interest
