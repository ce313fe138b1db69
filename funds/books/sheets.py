"""The life of a balance sheet: begun with last month's figures, kept as a draft, closed when it balances, opened again
with a reason. What is closed does not change."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from accounts.models import Officer
from config import thai
from funds.books.lines import lines_to_begin_with
from funds.books.months import Month
from funds.models import BalanceSheet, Centre, Fund, SheetLine, SheetMove

Status, Side = BalanceSheet.Status, SheetLine.Side
ZERO = Decimal("0.00")


class CannotKeep(ValueError):
    """The sheet stays as it is; `str()` is the Thai reason."""


class OutOfBalance(CannotKeep):
    """The two sides differ, by the baht that the reason says."""


class TypedLine(NamedTuple):
    """A line with its amount in baht; None when nothing was typed."""

    side: str
    code: str
    label: str
    is_deducted: bool
    amount: Decimal | None


@transaction.atomic
def begin(*, centre: Centre, fund: Fund | None, month: Month, on: date, by: Officer) -> BalanceSheet:
    """The sheet of this month: the one that was begun, else a draft with the lines and amounts of the newest earlier
    one. Locks the centre. Raises `CannotKeep`."""
    Centre.objects.select_for_update().get(pk=centre.pk)
    if fund and fund.centre_id != centre.pk:
        raise CannotKeep("กองทุนนี้ไม่ได้เป็นสมาชิกของศูนย์ฯ นี้")
    if month.starts_on > on:
        raise CannotKeep(f"ยังไม่ถึงเดือน{month.label}")
    sheets = BalanceSheet.objects.of(centre, fund)
    if begun := sheets.filter(fiscal_year=month.year, month=month.number).first():
        return begun
    earlier = sheets.before(month).order_by("-fiscal_year", "-month").first()
    sheet = BalanceSheet(centre=centre, fund=fund, fiscal_year=month.year, month=month.number, changed_by=by)
    sheet.members = earlier.members if earlier else fund and fund.members
    lines = _lines_of(earlier) if earlier else [TypedLine(*line, None) for line in lines_to_begin_with(fund)]
    _reckon(sheet, lines)
    sheet.save()
    _write(sheet, lines)
    SheetMove.objects.create(sheet=sheet, new=Status.DRAFT, by=by)
    return sheet


@transaction.atomic
def keep(
    *,
    sheet: BalanceSheet,
    version: int,
    lines: Iterable[TypedLine],
    members: int | None,
    note: str,
    by: Officer,
) -> BalanceSheet:
    """Keep what was typed as the draft, in balance or not. Raises `CannotKeep` when it is closed or was changed since
    it was read (`version`)."""
    sheet = _locked(sheet, version)
    if sheet.is_closed:
        raise CannotKeep("งบดุลนี้ปิดแล้ว เปิดแก้ไขก่อน")
    lines = list(lines)
    sheet.members, sheet.note, sheet.changed_by = members, note, by
    _reckon(sheet, lines)
    sheet.lines.all().delete()
    _write(sheet, lines)
    return _saved(sheet)


@transaction.atomic
def close(*, sheet: BalanceSheet, version: int, on: date, by: Officer) -> BalanceSheet:
    """Close the month. Raises `OutOfBalance`, or `CannotKeep` while the month is not over or nothing was typed."""
    sheet = _locked(sheet, version)
    if sheet.is_closed:
        raise CannotKeep("งบดุลนี้ปิดแล้ว")
    if sheet.of_month.ends_on >= on:
        raise CannotKeep(f"ปิดงบได้หลังสิ้นเดือน คือตั้งแต่วันถัดจาก {thai.short_date(sheet.of_month.ends_on)}")
    if sheet.difference:
        raise OutOfBalance(words_of_difference(sheet))
    if not sheet.lines.exclude(amount=None).exists():
        raise CannotKeep("ยังไม่ได้กรอกจำนวนเงิน กรอก 0 ในรายการที่ไม่มีเงินอย่างน้อย 1 รายการ")
    return _move(sheet, Status.CLOSED, by=by)


@transaction.atomic
def reopen(*, sheet: BalanceSheet, version: int, reason: str, by: Officer) -> BalanceSheet:
    """Make a closed sheet a draft again. Raises `CannotKeep`."""
    sheet = _locked(sheet, version)
    if not sheet.is_closed:
        raise CannotKeep("งบดุลนี้ยังไม่ได้ปิด แก้ไขได้เลย")
    if not reason.strip():
        raise CannotKeep("ระบุเหตุผลที่เปิดงบดุลแก้ไข")
    return _move(sheet, Status.DRAFT, by=by, reason=reason.strip())


def words_of_difference(sheet: BalanceSheet) -> str:
    """Which side is larger and by how much; empty when both are equal."""
    more = sheet.difference
    if not more:
        return ""
    which = "สินทรัพย์มากกว่าหนี้สินรวมกับทุน" if more > 0 else "หนี้สินรวมกับทุนมากกว่าสินทรัพย์"
    return f"{which}อยู่ {thai.money(abs(more))} บาท"


def side_total(lines: Iterable, side: str) -> Decimal:
    """Baht of one side; deducted lines make it smaller."""
    amounts = (
        -line.amount if line.is_deducted else line.amount
        for line in lines
        if line.side == side and line.amount
    )
    return sum(amounts, ZERO)


def _reckon(sheet: BalanceSheet, lines: list[TypedLine]) -> None:
    sheet.assets = side_total(lines, Side.ASSET)
    sheet.liabilities = side_total(lines, Side.LIABILITY)
    sheet.equity = side_total(lines, Side.EQUITY)


def _lines_of(sheet: BalanceSheet) -> list[TypedLine]:
    return [
        TypedLine(line.side, line.code, line.label, line.is_deducted, line.amount)
        for line in sheet.lines.all()
    ]


def _write(sheet: BalanceSheet, lines: list[TypedLine]) -> None:
    SheetLine.objects.bulk_create(
        SheetLine(sheet=sheet, order=order, **line._asdict()) for order, line in enumerate(lines, 1)
    )


def _locked(sheet: BalanceSheet, version: int) -> BalanceSheet:
    sheet = BalanceSheet.objects.select_for_update(of=("self",)).with_names().get(pk=sheet.pk)
    if sheet.version != version:
        raise CannotKeep("มีผู้แก้ไขงบดุลนี้หลังจากท่านเปิดอ่าน เปิดดูข้อมูลล่าสุดอีกครั้ง")
    return sheet


def _move(sheet: BalanceSheet, new: str, *, by: Officer, reason: str = "") -> BalanceSheet:
    SheetMove.objects.create(sheet=sheet, old=sheet.status, new=new, reason=reason, by=by)
    sheet.status, sheet.changed_by = new, by
    return _saved(sheet)


def _saved(sheet: BalanceSheet) -> BalanceSheet:
    sheet.version += 1
    sheet.save()
    return sheet
