"""What a return says, as text that is frozen and hashed, and read again.

The text is JSON with sorted keys and no spaces; amounts are whole satang, days are ISO. The return of a district
holds its households by key, and the figures of its centres are the sum of them; a compiled one holds the figures of
the areas below, each with the version it was taken from. docs/returns.md describes it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from hashlib import sha256

from areas.models import Level
from config.rounding import to_satang
from reports.figures import CLEARED, REDUCED, Figures, overview, places_below, results
from reports.models import AreaReturn, ReturnVersion

SCHEMA = 1
COUNTS = ("joined", "merged", "reduced", "cleared")
AMOUNTS = tuple(each.name for each in fields(Figures) if each.name not in COUNTS)
COUNTED = {AreaReturn.Status.SENT, AreaReturn.Status.ACCEPTED}  # returns that a compiled one adds up


@dataclass(frozen=True)
class Line:
    """One place of a return. In a compiled return `state` says how its own return stood, and `version` is the key of
    what was added, None where nothing was."""

    place: str
    name: str
    target: int | None
    figures: Figures
    state: str = ""
    is_late: bool = False
    version: int | None = None
    sha256: str = ""

    @property
    def is_missing(self) -> bool:
        return bool(self.state) and self.version is None


@dataclass(frozen=True)
class Household:
    """One household behind the figures: keys of its case and itself, the code of its village, and baht."""

    case: int
    household: int
    place: str
    baseline: Decimal
    owed: Decimal
    contracted: Decimal | None
    waived: Decimal | None
    outcome: str

    @property
    def figures(self) -> Figures:
        """The part of it in the figures of its centre, by the rules of reports/case_sums.py."""
        less = self.baseline - self.owed
        return Figures(
            joined=1,
            merged=int(self.contracted is not None),
            reduced=int(self.outcome == REDUCED),
            cleared=int(self.outcome == CLEARED),
            baseline=self.baseline,
            owed=self.owed,
            merged_baht=self.contracted or Decimal(0),
            reduced_baht=less if self.outcome == REDUCED else Decimal(0),
            cleared_baht=self.baseline if self.outcome == CLEARED else Decimal(0),
            waived_baht=max(min(self.waived or Decimal(0), less), Decimal(0)),
        )


@dataclass(frozen=True)
class Content:
    """A return: its lines, the households behind them (of a district), and the target of the whole."""

    on: date
    target: int | None
    lines: list[Line]
    households: list[Household]

    @property
    def total(self) -> Figures:
        return sum((line.figures for line in self.lines), Figures())

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.is_missing]

    @property
    def late(self) -> list[Line]:
        return [line for line in self.lines if line.is_late]


def now_of(sheet: AreaReturn, *, on: date) -> Content:
    """What the return would say if it were sent on day `on`: figures of the period's last day, or of `on` before."""
    day = min(on, sheet.period.ends_on)
    return _compiled(sheet, on=on, day=day) if sheet.is_compiled else _of_district(sheet, day)


def of_version(version: ReturnVersion) -> Content:
    """What was sent."""
    kept = json.loads(version.text)
    households = [Household(**{**each, **_baht_of(each)}) for each in kept["households"]]
    lines = [Line(**{**each, "figures": _figures_of(each["figures"])}) for each in kept["lines"]]
    return Content(date.fromisoformat(kept["on"]), kept["target"], lines, households)


def written(sheet: AreaReturn, content: Content, *, number: int, note: str) -> str:
    """The text to freeze."""
    period = sheet.period
    kept = {
        "schema": SCHEMA,
        "area": sheet.area_id,
        "fiscal_year": period.fiscal_year,
        "kind": period.kind,
        "number": period.number,
        "version": number,
        "note": note,
        "on": content.on.isoformat(),
        "target": content.target,
        "lines": [{**vars(line), "figures": _whole(vars(line.figures))} for line in content.lines],
        "households": [_whole(vars(each)) for each in content.households],
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def faults(version: ReturnVersion) -> list[str]:
    """What does not hold of a version that was sent, in Thai: its hash, its address, or figures that are not the sum
    of the list behind them. Empty when it is as it was sent."""
    if hash_of(version.text) != version.sha256:
        return ["รหัสตรวจสอบไม่ตรงกับเนื้อหา"]
    kept, sheet = json.loads(version.text), version.sheet
    named = (kept["area"], kept["fiscal_year"], kept["kind"], kept["number"], kept["version"])
    period = sheet.period
    found = []
    if named != (sheet.area_id, period.fiscal_year, period.kind, period.number, version.number):
        found.append("เนื้อหาเป็นของพื้นที่ รอบ หรือฉบับอื่น")
    content = of_version(version)
    below = _sums(content.households) if not sheet.is_compiled else _sums_of_versions(content)
    if any(line.figures != below.get(line.place, Figures()) for line in content.lines):
        found.append("ตัวเลขไม่ตรงกับผลรวมของรายการเบื้องหลัง")
    return found


def _of_district(sheet: AreaReturn, day: date) -> Content:
    households = [Household(**row) for row in _behind(sheet, day)]
    sums, shown = _sums(households), overview(sheet.area, year=sheet.period.fiscal_year, on=day)
    by_name = sorted(shown.rows, key=lambda row: (row.area.sort, row.area.code))
    lines = [
        Line(row.area.code, row.area.label, row.target, sums.get(row.area.code, Figures())) for row in by_name
    ]
    return Content(day, shown.total.target, lines, households)


def _behind(sheet: AreaReturn, day: date) -> Iterable[dict]:
    cases = results(sheet.area, year=sheet.period.fiscal_year, on=day).order_by("pk")
    columns = ("household", "baseline", "owed", "contracted", "waived", "outcome")
    for key, place, *values in cases.values_list("pk", "household__village", *columns):
        yield {"case": key, "place": place, **dict(zip(columns, values, strict=True))}


def _sums(households: list[Household]) -> dict[str, Figures]:
    sums: dict[str, Figures] = defaultdict(Figures)
    for each in households:
        sums[each.place] += each.figures
    return sums


def _sums_of_versions(content: Content) -> dict[str, Figures]:
    versions = ReturnVersion.objects.in_bulk([line.version for line in content.lines if line.version])
    return {
        line.place: of_version(versions[line.version]).total
        for line in content.lines
        if line.version in versions and versions[line.version].sha256 == line.sha256
    }


def _compiled(sheet: AreaReturn, *, on: date, day: date) -> Content:
    """The sum of what the areas below sent and what was not given back. All must be there to be complete, none has to."""
    shown = overview(sheet.area, year=sheet.period.fiscal_year, on=day)
    targets = {row.area.code: row.target for row in shown.rows}
    sheets = returns_below(sheet)
    due_on = sheet.period.due_on(Level.PROVINCE if sheet.area.level == Level.COUNTRY else Level.DISTRICT)
    lines = [
        _line_of(area, sheets.get(area.code), targets.get(area.code), is_over=on > due_on)
        for area in sorted(places_below(sheet.area), key=lambda area: (area.sort, area.code))
    ]
    return Content(day, shown.total.target, lines, [])


def returns_below(sheet: AreaReturn) -> dict[str, AreaReturn]:
    """The returns of the same period of the areas just below, by code."""
    level = Level.PROVINCE if sheet.area.level == Level.COUNTRY else Level.DISTRICT
    below = AreaReturn.objects.within(sheet.area).filter(period=sheet.period, area__level=level)
    return {each.area_id: each for each in below.select_related("newest").prefetch_related("versions")}


def is_late(sheet: AreaReturn | None, *, is_over: bool) -> bool:
    """Whether a return was first sent after its deadline, or has not been though it `is_over`."""
    versions = list(sheet.versions.all()) if sheet else []
    return versions[0].is_late if versions else is_over


def _line_of(area, sheet: AreaReturn | None, target: int | None, *, is_over: bool) -> Line:
    counted = sheet.newest if sheet and sheet.status in COUNTED else None
    return Line(
        place=area.code,
        name=area.label,
        target=target,
        figures=of_version(counted).total if counted else Figures(),
        state=sheet.status if sheet else AreaReturn.Status.DRAFT,
        is_late=is_late(sheet, is_over=is_over),
        version=counted.pk if counted else None,
        sha256=counted.sha256 if counted else "",
    )


def _whole(values: dict) -> dict:
    return {
        name: int(to_satang(value) * 100) if isinstance(value, Decimal) else value
        for name, value in values.items()
    }


def _baht_of(values: dict) -> dict:
    amounts = ("baseline", "owed", "contracted", "waived")
    return {name: _baht(values[name]) for name in amounts}


def _figures_of(values: dict) -> Figures:
    return Figures(**{**values, **{name: _baht(values[name]) for name in AMOUNTS}})


def _baht(satang: int | None) -> Decimal | None:
    return None if satang is None else Decimal(satang).scaleb(-2)
