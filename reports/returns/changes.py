"""What changed in a return since another one: figure by figure, and households that are gone, new or differ."""

from dataclasses import dataclass, fields
from decimal import Decimal

from reports.figures import Figures
from reports.models import AreaReturn, ReturnVersion
from reports.returns.content import Content, Household, of_version

NAMES = {
    "joined": "เข้าร่วม",
    "merged": "ทำ 1 ครัวเรือน 1 สัญญา",
    "reduced": "ลดหนี้ได้",
    "cleared": "ปลดหนี้ได้",
    "baseline": "หนี้ ณ วันคัดเลือก",
    "owed": "คงเหลือ",
    "merged_baht": "ยอดหนี้ที่ปรับโครงสร้าง",
    "reduced_baht": "หนี้ที่ลดได้",
    "cleared_baht": "หนี้ที่ปลดได้",
    "waived_baht": "ส่วนที่ยกเว้นให้",
}


@dataclass(frozen=True)
class Change:
    """One figure before and now: a count of households, or baht."""

    name: str
    before: int | Decimal
    now: int | Decimal

    @property
    def label(self) -> str:
        return NAMES[self.name]

    @property
    def is_baht(self) -> bool:
        return isinstance(self.now, Decimal)

    @property
    def difference(self) -> int | Decimal:
        return self.now - self.before


@dataclass(frozen=True)
class Changes:
    """Between the version `since` and what is said now."""

    since: ReturnVersion
    figures: list[Change]
    new: list[Household]
    gone: list[Household]
    differing: list[tuple[Household, Household]]  # before, now

    @property
    def households(self) -> list[tuple[Household | None, Household | None]]:
        """Each household that changed, before and now: new ones, those that are gone, those that differ."""
        return [*((None, each) for each in self.new), *((each, None) for each in self.gone), *self.differing]

    @property
    def is_same(self) -> bool:
        return not (self.new or self.gone or self.differing or any(each.difference for each in self.figures))


def since_last(sheet: AreaReturn, said: Content, *, version: ReturnVersion | None) -> Changes | None:
    """Since the version sent before `version` (None: what is said today), or the newest one of the period before."""
    since = _before(sheet, version)
    return changes(since, said) if since else None


def changes(since: ReturnVersion, said: Content) -> Changes:
    older = of_version(since)
    before, now = ({each.case: each for each in found.households} for found in (older, said))
    return Changes(
        since=since,
        figures=_figures(older.total, said.total),
        new=[each for case, each in now.items() if case not in before],
        gone=[each for case, each in before.items() if case not in now],
        differing=[
            (before[case], each) for case, each in now.items() if case in before and before[case] != each
        ],
    )


def _figures(before: Figures, now: Figures) -> list[Change]:
    return [
        Change(each.name, getattr(before, each.name), getattr(now, each.name)) for each in fields(Figures)
    ]


def _before(sheet: AreaReturn, version: ReturnVersion | None) -> ReturnVersion | None:
    sent = sheet.versions.filter(number__lt=version.number) if version else sheet.versions.all()
    return sent.last() or _of_the_period_before(sheet)


def _of_the_period_before(sheet: AreaReturn) -> ReturnVersion | None:
    """The newest version of the same area, kind and fiscal year: figures of another year count other households."""
    period = sheet.period
    same = ReturnVersion.objects.filter(sheet__area=sheet.area, sheet__period__kind=period.kind)
    earlier = same.filter(
        sheet__period__fiscal_year=period.fiscal_year, sheet__period__number__lt=period.number
    )
    return earlier.select_related("sheet__period").order_by("sheet__period__number", "number").last()
