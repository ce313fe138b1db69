"""The returns of an area and of those just below it for one period: who has sent, who is late, who is missing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from areas.models import Area, Level
from reports.figures import Figures, places_below
from reports.models import AreaReturn, Period
from reports.returns.content import is_late, of_version

TAGS = {
    AreaReturn.Status.DRAFT: "tag-neutral",
    AreaReturn.Status.SENT: "tag-wait",
    AreaReturn.Status.RETURNED: "tag-error",
    AreaReturn.Status.ACCEPTED: "tag-ok",
}
NOT_BEGUN = "ยังไม่จัดทำ"


@dataclass(frozen=True)
class Row:
    """One area: its return of the period, if it was begun, and the figures it sent."""

    area: Area
    sheet: AreaReturn | None
    due_on: date | None
    is_late: bool
    figures: Figures | None

    @property
    def status(self) -> str:
        return self.sheet.get_status_display() if self.sheet else NOT_BEGUN

    @property
    def tag(self) -> str:
        return TAGS[self.sheet.status] if self.sheet else ""


@dataclass(frozen=True)
class Board:
    own: Row
    below: list[Row]

    def counted(self, status: str) -> int:
        return sum(1 for row in self.below if row.sheet and row.sheet.status == status)

    @property
    def summary(self) -> list[tuple[str, int]]:
        """How many of the areas below stand where."""
        begun = [(status.label, self.counted(status)) for status in AreaReturn.Status]
        late = sum(row.is_late for row in self.below)
        return [(NOT_BEGUN, sum(row.sheet is None for row in self.below)), *begun, ("ล่าช้า", late)]


def board(area: Area, period: Period, *, on: date) -> Board:
    """As of day `on`. Two queries for the returns, however many areas there are."""
    below = [] if area.level == Level.DISTRICT else places_below(area)
    places = Q(area=area) | Q(area__in=[each.pk for each in below])
    sheets = AreaReturn.objects.within(area).filter(places, period=period).select_related("newest__sent_by")
    found = {sheet.area_id: sheet for sheet in sheets.prefetch_related("versions")}
    rows = [_row(each, found.get(each.pk), period, on) for each in sorted(below, key=lambda each: each.sort)]
    return Board(_row(area, found.get(area.pk), period, on), rows)


def newest_period(on: date, chosen: str = "") -> Period | None:
    """The period that was chosen by its key, else the one that ended last, else the first there is."""
    periods = sorted(Period.objects.all(), key=lambda each: (each.ends_on, each.starts_on))
    if by_key := [each for each in periods if str(each.pk) == chosen]:
        return by_key[0]
    over = [each for each in periods if each.ends_on < on]
    return over[-1] if over else (periods[0] if periods else None)


def _row(area: Area, sheet: AreaReturn | None, period: Period, on: date) -> Row:
    due_on = period.due_on(area.level)
    late = is_late(sheet, is_over=due_on is not None and on > due_on)
    sent = sheet.newest if sheet else None
    return Row(area, sheet, due_on, late, of_version(sent).total if sent else None)
