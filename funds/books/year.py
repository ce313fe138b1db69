"""The books of a fiscal year at a glance: which month of whom is closed, and how capital and members grew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from config import thai
from config.rounding import to_satang
from funds.books.months import Month, due_months, month_before, months_of
from funds.models import BalanceSheet, Centre, Fund, FundYear

CLOSED, DRAFT, MISSING, AHEAD, NOT_ASKED = "closed", "draft", "missing", "ahead", "not-asked"
WORDS = {CLOSED: "ปิดแล้ว", DRAFT: "ร่าง", MISSING: "ขาด", AHEAD: "ยังไม่ถึง", NOT_ASKED: "ไม่ต้องทำ"}
TAGS = {CLOSED: "ok", DRAFT: "wait", MISSING: "warn", AHEAD: "neutral", NOT_ASKED: "neutral"}


@dataclass(frozen=True)
class Cell:
    """One month of one book: its sheet if there is one, and whether it should be closed by now."""

    month: Month
    sheet: BalanceSheet | None
    is_due: bool
    is_ahead: bool

    @property
    def state(self) -> str:
        if self.sheet:
            return CLOSED if self.sheet.is_closed else DRAFT
        if self.is_due:
            return MISSING
        return AHEAD if self.is_ahead else NOT_ASKED

    @property
    def words(self) -> str:
        return WORDS[self.state]

    @property
    def tag(self) -> str:
        return TAGS[self.state]

    @property
    def is_missing(self) -> bool:
        """Due and not closed; a draft is missing too."""
        return self.is_due and self.state != CLOSED


@dataclass(frozen=True)
class Book:
    """The months of the centre itself (`fund` is None) or of a fund; `last_year` is the newest closed sheet before
    the year, `newest` the newest one of it."""

    fund: Fund | None
    cells: list[Cell]
    last_year: BalanceSheet | None

    @property
    def missing(self) -> list[Month]:
        return [cell.month for cell in self.cells if cell.is_missing]

    @property
    def due(self) -> int:
        return sum(cell.is_due for cell in self.cells)

    @property
    def newest(self) -> BalanceSheet | None:
        closed = [cell.sheet for cell in self.cells if cell.state == CLOSED]
        return closed[-1] if closed else None

    @property
    def growth(self) -> "Growth | None":
        return Growth(self.last_year, self.newest) if self.newest else None


@dataclass(frozen=True)
class Growth:
    """From the end of the last fiscal year to the newest month; None where one of the two is not known."""

    start: BalanceSheet | None
    end: BalanceSheet

    @property
    def capital_before(self) -> Decimal | None:
        return self.start.equity if self.start else None

    @property
    def members_before(self) -> int | None:
        return self.start.members if self.start else None

    @property
    def capital(self) -> Decimal | None:
        """Baht of capital gained, negative when lost."""
        return self.end.equity - self.start.equity if self.start else None

    @property
    def capital_percent(self) -> Decimal | None:
        return _percent(self.capital, self.start.equity) if self.start else None

    @property
    def members(self) -> int | None:
        known = self.start and None not in (self.start.members, self.end.members)
        return self.end.members - self.start.members if known else None

    @property
    def members_percent(self) -> Decimal | None:
        return _percent(self.members, self.start.members) if self.members is not None else None


def _percent(more, of) -> Decimal | None:
    """Percent with two decimals, half up."""
    return to_satang(Decimal(more) * 100 / Decimal(of)) if of else None


def books_of(centre: Centre, *, year: int, on: date) -> list[Book]:
    """The centre's own book and those of its member funds, as of day `on`. Three queries."""
    funds = list(centre.funds.active())
    sheets = list(centre.balance_sheets.filter(fiscal_year=year).select_related("fund"))
    before = centre.balance_sheets.closed().filter(fiscal_year__lt=year).order_by("fiscal_year", "month")
    earlier = {sheet.fund_id: sheet for sheet in before}
    return [_book(centre, fund, sheets, earlier, year, on) for fund in (None, *funds)]


def _book(centre, fund, sheets, earlier, year, on) -> Book:
    key = fund and fund.pk
    own = {sheet.month: sheet for sheet in sheets if sheet.fund_id == key}
    due = set(due_months(year, on=on, since=centre.opened_on))
    cells = [
        Cell(month, own.get(month.number), month in due, month.ends_on >= on) for month in months_of(year)
    ]
    return Book(fund, cells, earlier.get(key))


def in_words(months: Iterable[Month]) -> str:
    """ต.ค. 65, พ.ย. 65; a dash for none."""
    return ", ".join(month.short for month in months) or "–"


def told_of(centre: Centre, fund: Fund | None, *, year: int, on: date) -> str:
    """What the books of a year say, in one line, for grading."""
    book = next(each for each in books_of(centre, year=year, on=on) if each.fund == fund)
    done = book.due - len(book.missing)
    words = [f"งบดุลปิดแล้ว {done} จาก {book.due} เดือนของปีงบประมาณ พ.ศ. {year}"]
    if newest := book.newest:
        words.append(f"ล่าสุดเดือน{newest.of_month.label} ทุน {thai.money(newest.equity)} บาท")
        if newest.members is not None:
            words.append(f"สมาชิก {thai.count(newest.members)} คน")
    if growth := book.growth:
        words += _grown(growth)
    return " • ".join(words)


def _grown(growth: Growth) -> list[str]:
    words = []
    if growth.capital_percent is not None:
        words.append(f"ทุนเปลี่ยนจากสิ้นปีก่อนร้อยละ {thai.percent(growth.capital_percent)}")
    if growth.members_percent is not None:
        words.append(f"สมาชิกเปลี่ยนร้อยละ {thai.percent(growth.members_percent)}")
    return words


def newest_closed(centre: Centre) -> BalanceSheet | None:
    """The centre's own newest closed sheet."""
    return centre.balance_sheets.of(centre, None).closed().order_by("-fiscal_year", "-month").first()


def is_up_to_date(sheet: BalanceSheet | None, *, on: date) -> bool:
    """Whether the month before this day is closed."""
    return sheet is not None and sheet.of_month >= month_before(on)


def years_told(centre: Centre, *, year: int, count: int = 5) -> list[tuple[Fund, list[FundYear | None]]]:
    """Each member fund with what was told of it in the `count` years up to this one, the oldest first."""
    told = FundYear.objects.filter(fund__centre=centre, fiscal_year__range=(year - count + 1, year))
    found = {(each.fund_id, each.fiscal_year): each for each in told}
    wanted = range(year - count + 1, year + 1)
    return [(fund, [found.get((fund.pk, each)) for each in wanted]) for fund in centre.funds.active()]
