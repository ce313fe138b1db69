"""The demo's books: the last months of each centre, some with gaps, and what its funds are this year."""

from datetime import date
from decimal import Decimal
from random import Random

from accounts.models import Officer
from config import thai
from funds.books import sheets
from funds.books.fund_year import tell
from funds.books.months import Month, month_of, months_of
from funds.books.sheets import TypedLine
from funds.models import Centre, Fund, FundYear

MONTHS = 3
LEVELS = {Fund.Kind.VILLAGE_FUND: "ABC", Fund.Kind.SAVINGS_GROUP: "123", Fund.Kind.POVERTY_PROJECT: "123"}


def tell_books(centre: Centre, *, number: int, by: Officer, today: date) -> None:
    """Three months of the centre and of its funds; every third centre has not closed the newest one, and every fourth
    one has a draft that does not balance."""
    random = Random(number)  # noqa: S311 - of its own, so that the other stories stay as they are
    for fund in (None, *centre.funds.all()):
        months = _before(today)[: MONTHS - (number % 3 == 2)]
        capital = int(fund.capital) if fund and fund.capital else 12000
        for month in months:
            capital += random.randrange(0, 30) * 100
            _close(centre, fund, month, capital, by, today)
    if number % 4 == 1 and number % 3 == 2:
        sheet = sheets.begin(centre=centre, fund=None, month=_before(today)[-1], on=today, by=by)
        _keep(sheet, Decimal(capital) + Decimal("0.25"), Decimal(capital), by)
    for fund in centre.funds.filter(kind__in=LEVELS):
        _tell_year(fund, random.choice(LEVELS[fund.kind]), number, by, today)


def _before(today: date) -> list[Month]:
    """The newest months that are over, the oldest first."""
    year, number = month_of(today)
    return [*months_of(year - 1), *months_of(year)[: number - 1]][-MONTHS:]


def _close(centre, fund, month, capital: int, by, today) -> None:
    sheet = sheets.begin(centre=centre, fund=fund, month=month, on=today, by=by)
    sheet = _keep(sheet, Decimal(capital), Decimal(capital), by)
    sheets.close(sheet=sheet, version=sheet.version, on=today, by=by)


def _keep(sheet, assets: Decimal, capital: Decimal, by):
    in_bank = assets if not sheet.fund else (assets / 5).quantize(Decimal(1))
    amounts = {"bank": in_bank, "loans": assets - in_bank, "capital": capital}
    lines = [
        TypedLine(line.side, line.code, line.label, line.is_deducted, amounts.get(line.code))
        for line in sheet.lines.all()
    ]
    members = sheet.fund.members if sheet.fund else None
    return sheets.keep(sheet=sheet, version=sheet.version, lines=lines, members=members, note="", by=by)


def _tell_year(fund: Fund, level: str, number: int, by: Officer, today: date) -> None:
    told = dict.fromkeys(FundYear.COMPONENTS, True) | {"has_activity": number % 2 == 0}
    source = "คณะกรรมการประเมินระดับอำเภอ"
    told = {**told, "level": level, "level_source": source, "note": ""}
    for year in (thai.fiscal_year(today) - 1, thai.fiscal_year(today)):
        tell(fund=fund, year=year, told=told, on=today, by=by)
