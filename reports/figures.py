"""The figures of an area and a fiscal year: screens, spreadsheets and papers all call these functions.

Terms of money.md, "What is counted". A household counts once a fiscal year (พ.ศ.), through its case.
"""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.db.models import Case as Choice
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce
from django.utils import timezone

from areas.models import CODE_LENGTH, Area, Level
from config import thai
from config.money import MoneyField, baht, total
from debts.models import PARTS, Case, Contract, Debt, Entry
from reports.case_sums import sums_by_place
from reports.models import Target
from reports.targets.reach import usual_by_village

JOINED, MERGED, REDUCED, CLEARED = "joined", "merged", "reduced", "cleared"
NAMES = {
    JOINED: "เข้าร่วม",
    MERGED: "ทำ 1 ครัวเรือน 1 สัญญา",
    REDUCED: "ลดหนี้ได้",
    CLEARED: "ปลดหนี้ได้",
}
DEFINITIONS = {
    JOINED: "ครัวเรือนที่คัดเลือกเข้ากระบวนการในปีงบประมาณ",
    MERGED: "ครัวเรือนที่ลงนามสัญญา 1 ครัวเรือน 1 สัญญา และปิดหนี้เดิมที่ระบุไว้ครบแล้ว",
    REDUCED: "ครัวเรือนที่ยอดคงเหลือตามบัญชี ณ วันที่ดูข้อมูล น้อยกว่าหนี้ ณ วันคัดเลือก แต่ยังมากกว่าศูนย์",
    CLEARED: "ครัวเรือนที่ยอดคงเหลือตามบัญชี ณ วันที่ดูข้อมูลเป็นศูนย์ (ไม่นับซ้ำในลดหนี้ได้ หนี้ที่ตัดเป็นหนี้สูญยังนับว่าค้าง)",
}
TAGS = {"บรรลุเป้าหมาย": "tag-ok", "เป็นไปตามแผน": "tag-brand", "ล่าช้ากว่าแผน": "tag-warn"}
FIRST_YEAR = 2560  # of the fiscal years to choose from
BELOW = {Level.COUNTRY: Level.PROVINCE, Level.PROVINCE: Level.DISTRICT, Level.DISTRICT: Level.VILLAGE}


@dataclass(frozen=True)
class Figures:
    """Households and baht of one area. `waived` is the part of the reduction that nobody paid."""

    joined: int = 0
    merged: int = 0
    reduced: int = 0
    cleared: int = 0
    baseline: Decimal = Decimal(0)
    owed: Decimal = Decimal(0)
    merged_baht: Decimal = Decimal(0)
    reduced_baht: Decimal = Decimal(0)
    cleared_baht: Decimal = Decimal(0)
    waived_baht: Decimal = Decimal(0)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True)
class Row:
    """One area of the table: what it reached against its target, and whether that keeps up with the plan. The target
    `is_usual` where none was typed and its centres are asked for what is usual."""

    area: Area
    figures: Figures
    target: int | None
    plan_percent: int
    is_usual: bool = False

    @property
    def percent(self) -> Decimal | None:
        """Households that joined per hundred of the target, one decimal."""
        return round(Decimal(100 * self.figures.joined) / self.target, 1) if self.target else None

    @property
    def bar(self) -> str:
        """The length of the bar, of 100."""
        return str(min(self.percent or 0, 100))

    @property
    def relieved(self) -> Decimal:
        """Baht reduced and cleared."""
        return self.figures.reduced_baht + self.figures.cleared_baht

    @property
    def status(self) -> str:
        if not self.figures.joined:
            return "ยังไม่เริ่ม"
        if not self.target:
            return "ไม่มีเป้าหมาย"
        if self.percent >= 100:
            return "บรรลุเป้าหมาย"
        return "เป็นไปตามแผน" if self.percent >= self.plan_percent else "ล่าช้ากว่าแผน"

    @property
    def tag(self) -> str:
        """The colour class of the status; the word carries the meaning."""
        return TAGS.get(self.status, "")

    @property
    def going_on(self) -> int:
        """Households that joined, and owe as much as before or more."""
        return self.figures.joined - self.figures.reduced - self.figures.cleared

    @property
    def lateness(self) -> tuple:
        """Sorts the latest first, areas without a target last."""
        return (self.target is None, self.percent or 0)


@dataclass(frozen=True)
class Overview:
    """An area's page: the areas below it, their sum, and the target typed for the whole."""

    area: Area
    year: int
    on: date
    rows: list[Row]
    total: Row
    target_of_parts: int | None

    @property
    def targets_disagree(self) -> bool:
        return (
            None not in (self.total.target, self.target_of_parts)
            and self.total.target != self.target_of_parts
        )


def selected(area: Area, *, year: int, on: date) -> QuerySet[Case]:
    """The year's cases in `area` that had been opened by day `on`."""
    return Case.objects.counted().within(area).filter(fiscal_year=year, opened_on__lte=on)


def results(area: Area, *, year: int, on: date) -> QuerySet[Case]:
    """The year's cases in `area`, each with `owed` by its household on day `on` (by the ledger), the
    `contracted` amount (None without a contract) and what was `waived` since it was selected, all in baht."""
    return (
        selected(area, year=year, on=on)
        .annotate(owed=_owed(on), contracted=_contract("amount", on), waived=_waived(on))
        .annotate(outcome=_outcome())
    )


def having(cases: QuerySet[Case], figure: str) -> QuerySet[Case]:
    """The cases behind one of the figures."""
    if figure == MERGED:
        return cases.filter(contracted__isnull=False)
    return cases.filter(outcome=figure) if figure in (REDUCED, CLEARED) else cases


def overview(area: Area, *, year: int, on: date) -> Overview:
    """All figures of the areas just below `area`, the latest first. One query for the figures of all rows."""
    found = by_place(area, level=level_below(area), year=year, on=on)
    places = _with_what_was_found(places_below(area), found)
    targets = _targets(area, year)
    plan = plan_percent(year, on)
    usual = _usual_targets(area, year)
    rows = [
        Row(
            place,
            found.get(place.code, Figures()),
            targets.get(place.code, usual.get(place.code)),
            plan,
            is_usual=place.code not in targets and place.code in usual,
        )
        for place in places
    ]
    whole = sum((row.figures for row in rows), Figures())
    asked = [row.target for row in rows if row.target is not None]
    of_parts = sum(asked) if asked else None
    stated = targets.get(area.code)
    return Overview(
        area=area,
        year=year,
        on=on,
        rows=sorted(rows, key=lambda row: row.lateness),
        total=Row(area, whole, of_parts if stated is None else stated, plan, is_usual=stated is None),
        target_of_parts=of_parts,
    )


def by_place(area: Area, *, level: str, year: int, on: date) -> dict[str, Figures]:
    """The figures of each area of `level` inside, by its code; those without a case are absent. One query."""
    cases, digits = selected(area, year=year, on=on), CODE_LENGTH[level]
    return {code: _figures(values) for code, values in sums_by_place(cases, digits=digits, on=on)}


def years() -> list[tuple[int, str]]:
    """Fiscal years to choose from, this one first."""
    this = thai.fiscal_year(timezone.localdate())
    return [(year, f"ปีงบประมาณ พ.ศ. {year}") for year in range(this, FIRST_YEAR - 1, -1)]


def name_below(area: Area) -> str:
    """What the rows of the area's table are."""
    level = level_below(area)
    return "ศูนย์ฯ" if level == Level.VILLAGE else Level(level).label


def plan_percent(year: int, on: date) -> int:
    """The share of the year's target that should be reached by day `on`: its whole months of twelve."""
    start = thai.fiscal_year_start(year)
    months = (on.year - start.year) * 12 + on.month - start.month
    return round(100 * min(max(months, 0), 12) / 12)


def level_below(area: Area) -> str:
    return BELOW.get(area.level, Level.VILLAGE)


def places_below(area: Area) -> list[Area]:
    """Provinces, districts, or the villages that have a centre."""
    below = Area.objects.within(area).at(level_below(area)).in_structure().with_parents()
    return list(_with_centre(below) if level_below(area) == Level.VILLAGE else below)


def _with_what_was_found(places: list[Area], found: dict[str, Figures]) -> list[Area]:
    """The places, and those without a centre whose households joined one elsewhere, so that rows add up to the
    whole."""
    more = set(found) - {place.code for place in places}
    return [*places, *Area.objects.filter(code__in=more).with_parents()] if more else places


def _with_centre(villages: QuerySet[Area]) -> QuerySet[Area]:
    return villages.exclude(centre=None).select_related("centre")


def _owed(on: date) -> CombinedExpression:
    """What the household owes now, without what was posted after day `on` (see `reports.case_sums`)."""
    kinds = Entry.OF_A_WRITE_OFF
    debts = Debt.everything.filter(household=OuterRef("household")).order_by().values("household")
    later = Entry.objects.filter(debt__household=OuterRef("household"), on__gt=on).order_by()
    later = later.exclude(kind__in=kinds).exclude(kind=Entry.Kind.REVERSAL, reverses__kind__in=kinds)
    whole = sum((total(part) for part in PARTS[1:]), total(PARTS[0]))
    posted = later.values("debt__household").annotate(sum=whole)
    return _or_nothing(debts.annotate(sum=total("outstanding") + total("written_off"))) - _or_nothing(posted)


def _waived(on: date) -> Coalesce:
    """What was waived from the day of selection to day `on` and not taken back by then."""
    since = {"on__gte": OuterRef("opened_on"), "on__lte": on, "kind": Entry.Kind.WAIVER}
    waivers = Entry.objects.filter(debt__household=OuterRef("household"), **since).order_by()
    standing = waivers.exclude(reversed_by__on__lte=on).values("debt__household")
    return _or_nothing(
        standing.annotate(sum=baht(0) - sum((total(part) for part in PARTS[1:]), total(PARTS[0])))
    )


def _or_nothing(sums: QuerySet) -> Coalesce:
    return Coalesce(Subquery(sums.values("sum")), baht(0), output_field=MoneyField())


def _contract(column: str, on: date) -> Subquery:
    """A column of the case's contract that stood on day `on`."""
    cancelled = Q(ending=Contract.Ending.CANCELLED, ended_on__lte=on)
    standing = Contract.objects.filter(~cancelled, case=OuterRef("pk"), signed_on__lte=on)
    return Subquery(standing.order_by("-pk").values(column)[:1], output_field=MoneyField())


def _outcome() -> Choice:
    return Choice(
        When(owed=baht(0), then=Value(CLEARED)),
        When(owed__lt=F("baseline"), then=Value(REDUCED)),
        default=Value(""),
        output_field=CharField(),
    )


def _targets(area: Area, year: int) -> dict[str, int]:
    """Households typed for the area and for those just below it, by their codes."""
    shown = Q(area=area) | Q(area__level=level_below(area))
    targets = Target.objects.of_households().within(area).filter(shown, fiscal_year=year)
    return dict(targets.values_list("area_id", "number"))


def _usual_targets(area: Area, year: int) -> dict[str, int]:
    """Households usually asked of the areas just below, by their codes."""
    digits, found = CODE_LENGTH[level_below(area)], Counter()
    for village, households in usual_by_village(area, year=year).items():
        found[village[:digits]] += households
    return found


def _figures(values: list[int]) -> Figures:
    return Figures(*values[:4], *(Decimal(int(satang)).scaleb(-2) for satang in values[4:]))
