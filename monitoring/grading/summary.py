"""แบบสรุปผลการประเมินการจัดระดับ of an area and a fiscal year: the page, the paper and the spreadsheet read this."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import Officer
from areas.models import Area, Level
from funds.models import Centre, Fund
from monitoring.models import Grading, Scorecard, ScorecardItem

PLACE = "village__parent__parent__parent__parent"  # up to the country
UPWARD = ((1, 2), (1, 3), (2, 3))
NO_GRADING = "ยังไม่ได้ประเมิน"
OF_WHOM = {Level.COUNTRY: Level.PROVINCE, Level.PROVINCE: Level.DISTRICT}  # else by subdistrict


@dataclass(frozen=True)
class Row:
    """A centre or fund: its certified levels of both years, None where there is none, and its points by item."""

    centre: Centre
    fund: Fund | None
    grading: Grading | None
    level: int | None
    last_level: int | None
    points: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.fund.name if self.fund else self.centre.short_name

    @property
    def percent(self) -> str:
        return self.grading.percent if self.grading else ""

    @property
    def change(self) -> str:
        if not (self.level and self.last_level):
            return ""
        if self.level == self.last_level:
            return "คงเดิม"
        return f"{self.last_level} เป็น {self.level}"

    @property
    def remark(self) -> str:
        """Why there is no certified level."""
        if self.level:
            return ""
        return self.grading.get_status_display() if self.grading else NO_GRADING

    @property
    def assessor(self) -> str:
        return self.grading.begun_by.full_name if self.grading else ""


@dataclass(frozen=True)
class Movement:
    """How many of an area have which certified level, and how many went from one to another since last year."""

    label: str
    units: int
    levels: tuple[int, int, int]
    upward: tuple[int, int, int]  # 1→2, 1→3, 2→3
    same: int
    downward: int

    @property
    def open(self) -> int:
        """Without a certified level."""
        return self.units - sum(self.levels)

    @property
    def numbers(self) -> tuple[int, ...]:
        return (self.units, *self.levels, self.open, *self.upward, self.same, self.downward)


@dataclass(frozen=True)
class Summary:
    area: Area
    year: int
    subject: str
    scorecard: Scorecard | None
    items: tuple[ScorecardItem, ...]
    rows: tuple[Row, ...]
    movements: tuple[Movement, ...]  # by area
    total: Movement

    @property
    def subject_label(self) -> str:
        return Scorecard.Subject(self.subject).label

    @property
    def title(self) -> str:
        return f"แบบสรุปผลการประเมินการจัดระดับการพัฒนา{self.subject_label}"


def summary(*, area: Area, year: int, subject: str, user: Officer) -> Summary:
    """Every centre or fund of the area that the officer sees and that stood by that year, graded or not."""
    card = Scorecard.objects.in_force(subject=subject, year=year)
    items = tuple(card.items.all()) if card else ()
    rows = tuple(_rows(area, year, subject, user))
    level = OF_WHOM.get(area.level, Level.SUBDISTRICT)
    places: dict[Area, list[Row]] = {}
    for row in rows:
        places.setdefault(row.centre.village.above(level), []).append(row)
    by_name = sorted(places.items(), key=lambda place: (place[0].sort, place[0].code))
    movements = tuple(_movement(place.label, found) for place, found in by_name)
    return Summary(area, year, subject, card, items, rows, movements, _movement("รวม", rows))


def _rows(area: Area, year: int, subject: str, user: Officer) -> Iterator[Row]:
    gradings = _gradings(area, year, subject, user)
    for centre, fund in _units(area, year, subject, user):
        now, before = (gradings.get((centre.pk, fund and fund.pk, each)) for each in (year, year - 1))
        yield Row(centre, fund, now, _certified(now), _certified(before), _points(now))


def _units(area: Area, year: int, subject: str, user: Officer):
    order = ("centre__village__code", "name", "pk")
    if subject == Scorecard.Subject.CENTRE:
        centres = Centre.objects.for_user(user).within(area).exclude(founded_year__gt=year)
        centres = centres.select_related(PLACE).order_by("village__code")
        return [(centre, None) for centre in centres]
    funds = Fund.objects.for_user(user).within(area).active().filter(kind=subject)
    funds = funds.exclude(centre__founded_year__gt=year).select_related(f"centre__{PLACE}")
    return [(fund.centre, fund) for fund in funds.order_by(*order)]


def _gradings(area: Area, year: int, subject: str, user: Officer) -> dict:
    found = Grading.objects.for_user(user).within(area).filter(subject=subject)
    found = found.filter(fiscal_year__in=(year, year - 1)).select_related("begun_by")
    found = found.prefetch_related("items__item")
    return {(each.centre_id, each.fund_id, each.fiscal_year): each for each in found}


def _certified(grading: Grading | None) -> int | None:
    return grading.level if grading and grading.status == Grading.Status.CERTIFIED else None


def _points(grading: Grading | None) -> tuple[str, ...]:
    """By item: points, – where it does not apply, nothing where it is open."""
    if grading is None:
        return ()
    return tuple("–" if row.is_left_out else _written(row.points) for row in grading.items.all())


def _written(points: int | None) -> str:
    return "" if points is None else str(points)


def _movement(label: str, rows) -> Movement:
    levels = Counter(row.level for row in rows)
    moved = Counter((row.last_level, row.level) for row in rows if row.level and row.last_level)
    return Movement(
        label=label,
        units=len(rows),
        levels=tuple(levels[each] for each in (1, 2, 3)),
        upward=tuple(moved[each] for each in UPWARD),
        same=sum(count for (before, now), count in moved.items() if before == now),
        downward=sum(count for (before, now), count in moved.items() if before > now),
    )
