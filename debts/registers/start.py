"""A register begins: empty, with what the ledger says is owed on its day, or with the rows of a file."""

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Officer
from config import thai
from debts.accrual import interest_since_posted
from debts.imports.files import reread
from debts.ledger import BATCH
from debts.models import Debt, Register, RegisterFile, RegisterLine, RegisterMove
from debts.registers.columns import COLUMNS, read_line, typed_values
from debts.registers.rows import STEP, funds_of, remember
from debts.sheets.head import cell_at
from debts.sheets.register import ReadRegister, ReadSheet
from funds.models import Centre

NOT_A_REGISTER = "ไฟล์นี้ไม่ใช่ทะเบียนลูกหนี้ เลือกไฟล์ทะเบียน หรือเปิดที่หน้า นำเข้าจากไฟล์ Excel"
NO_ROWS = "ไม่พบแถวของทะเบียนในไฟล์ นำเข้าจากไฟล์ Excel เพื่อจับคู่คอลัมน์ก่อน หรือเริ่มจากทะเบียนว่าง"


class CannotBegin(ValueError):
    """No register was made; `str()` is the Thai reason."""


@transaction.atomic
def begin(*, centre: Centre, as_of_on: date, on: date, by: Officer) -> Register:
    """An empty register of a centre as of a day, at most `on`. Raises `CannotBegin` (M12)."""
    return _begin(centre, as_of_on, on, by, start=Register.Start.EMPTY)


@transaction.atomic
def begin_from_ledger(*, centre: Centre, as_of_on: date, on: date, by: Officer) -> Register:
    """A register with every old debt of the centre that is owed on its day, interest to that day included.

    Lines keep their debt, so that a name put right is not taken for somebody new. Raises `CannotBegin`.
    """
    register = _begin(centre, as_of_on, on, by, start=Register.Start.COPIED)
    debts = Debt.objects.filter(fund__centre=centre).original().with_balance(on=as_of_on)
    owed = debts.filter(outstanding_on__gt=0).with_names().prefetch_related("guarantors")
    in_order = owed.order_by("household__house_sort", "household_id", "borrower__sort", "pk")
    _fill(register, ((_values_of(debt, on=as_of_on), debt) for debt in in_order), by)
    return register


@transaction.atomic
def begin_from_file(*, file: RegisterFile, as_of_on: date, on: date, by: Officer) -> Register:
    """A register with every row of a kept file, also those that cannot be read: the text as it stands there.

    Raises `CannotBegin`, `CannotOpen` and `NothingToImport`.
    """
    found = reread(file)
    if not isinstance(found, ReadRegister):
        raise CannotBegin(NOT_A_REGISTER)
    rows = [(values, None) for values in _rows_of(found)]
    if not rows:
        raise CannotBegin(NO_ROWS)
    register = _begin(file.centre, as_of_on, on, by, start=Register.Start.FILE, source=file)
    _fill(register, rows, by)
    return register


def _begin(centre: Centre, as_of_on: date, on: date, by: Officer, **fields) -> Register:
    if as_of_on > on:
        raise CannotBegin("วันที่ของข้อมูลต้องไม่หลังวันนี้")
    try:
        with transaction.atomic():
            register = Register.objects.create(centre=centre, as_of_on=as_of_on, created_by=by, **fields)
    except IntegrityError as taken:
        day = thai.short_date(as_of_on)
        raise CannotBegin(f"มีทะเบียน ณ วันที่ {day} ของศูนย์ฯ นี้แล้ว เปิดทะเบียนเดิมหรือเลือกวันที่อื่น") from taken
    register.makers.add(by)
    RegisterMove.objects.create(register=register, new=register.status, by=by)
    return register


def _fill(register: Register, rows: Iterable[tuple[dict, Debt | None]], by: Officer) -> None:
    funds, at = funds_of(register), timezone.now()
    lines = []
    for place, (values, debt) in enumerate(rows, start=1):
        line = RegisterLine(
            register=register,
            key=uuid4(),
            position=place * STEP,
            values=typed_values(values),
            debt=debt,
            changed_by=by,
            changed_at=at,
            sequence=1,
        )
        remember(line, read_line(line.values, funds=funds, today=timezone.localdate(at)))
        lines.append(line)
    RegisterLine.objects.bulk_create(lines, batch_size=BATCH)
    register.sequence = 1
    register.save(update_fields=["sequence"])


def _values_of(debt: Debt, *, on: date) -> dict[str, str]:
    """A debt as a line says it, with what was owed on day `on`."""
    interest = debt.interest_on + debt.apart_on + interest_since_posted(debt, on=on)
    return {
        "house_number": debt.household.house_number,
        "name": debt.borrower.full_name,
        "fund": debt.fund.name,
        "number": debt.number,
        "lent_on": thai.short_date(debt.lent_on) if debt.lent_on else "",
        "due_on": thai.short_date(debt.due_on) if debt.due_on else "",
        "lent": thai.money(debt.lent) if debt.lent is not None else "",
        "rate_percent": thai.percent(debt.rate_percent),
        "principal": thai.money(debt.principal_on),
        "interest": thai.money(interest),
        "penalty": thai.money(debt.penalty_on),
        "note": debt.note,
        "guarantor": ", ".join(map(str, debt.guarantors.all())),
        "method": debt.get_method_display(),
    }


def _rows_of(register: ReadRegister) -> Iterable[dict[str, str]]:
    """The rows of the sheets that are not hidden, unless all are."""
    for sheet in [sheet for sheet in register.sheets if not sheet.hidden] or register.sheets:
        for row in sheet.rows:
            yield _typed(sheet, row) | ({} if "fund" in sheet.head.places else {"fund": row.fund_hint})


def _typed(sheet: ReadSheet, row) -> dict[str, str]:
    """The cells of a row as text, by our columns; a name in several cells becomes one."""
    cells = {column: _text(cell_at(row.cells, sheet.head.places.get(column))) for column in COLUMNS}
    parts = (
        _text(cell_at(row.cells, sheet.head.places.get(part))) for part in ("title", "name", "last_name")
    )
    return cells | {"name": " ".join(filter(None, parts))}


def _text(cell) -> str:
    """A cell as an officer would type it."""
    if isinstance(cell, date):
        return thai.short_date(cell.replace(year=cell.year - 543) if cell.year >= 2400 else cell)
    if isinstance(cell, float):
        return format(cell, ".15g")
    return "" if cell is None else str(cell)
