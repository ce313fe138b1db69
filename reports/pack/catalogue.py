"""The reports there are. Every figure comes from the module that owns it; nothing is counted a second time here."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from accounts.roles import Can
from areas.models import CODE_LENGTH, Area
from config.money import total
from debts.models import Contract
from debts.plans.versions import as_they_were
from funds.models import Centre, Fund
from monitoring.models import REPORTED, Recommendation, Visit
from reports import figures
from reports.pack.activity import activities
from reports.pack.report import Column, Kind, Report, Table, Value

ZERO = Decimal("0.00")


def results(area: Area, year: int, on: date) -> Table:
    """What the areas below reached against their targets."""
    overview = figures.overview(area, year=year, on=on)
    columns = (
        Column("area", _below(area)),
        Column("target", "เป้าหมาย", Kind.COUNT),
        Column("joined", "เข้าร่วม", Kind.COUNT),
        Column("percent", "ร้อยละ", Kind.PERCENT),
        Column("merged", "ทำสัญญา", Kind.COUNT),
        Column("reduced", "ลดหนี้ได้", Kind.COUNT),
        Column("cleared", "ปลดหนี้ได้", Kind.COUNT),
        Column("baseline_baht", "หนี้ ณ วันคัดเลือก (บาท)", Kind.MONEY),
        Column("merged_baht", "หนี้ที่ปรับโครงสร้าง (บาท)", Kind.MONEY),
        Column("reduced_baht", "หนี้ที่ลดได้ (บาท)", Kind.MONEY),
        Column("cleared_baht", "หนี้ที่ปลดได้ (บาท)", Kind.MONEY),
        Column("waived_baht", "ในจำนวนนี้ยกเว้นให้ (บาท)", Kind.MONEY),
        Column("status", "สถานะ"),
    )
    rows = [_result(row, row.area.label) for row in overview.rows]
    notes = [f"{figures.NAMES[each]}: {text}" for each, text in figures.DEFINITIONS.items()]
    if overview.targets_disagree:
        stated, parts = overview.total.target, overview.target_of_parts
        notes.insert(0, f"เป้าหมายรวม {stated:,} ครัวเรือน ไม่ตรงกับผลรวมของพื้นที่ {parts:,} ครัวเรือน")
    whole = _result(overview.total, f"รวม {len(rows):,} แห่ง")
    return Table(columns, rows, notes=notes, given_total=whole)


def _result(row: figures.Row, label: str) -> tuple[Value, ...]:
    found = row.figures
    counts = (found.joined, row.percent, found.merged, found.reduced, found.cleared)
    sums = (found.baseline, found.merged_baht, found.reduced_baht, found.cleared_baht, found.waived_baht)
    return (label, row.target, *counts, *sums, row.status)


def centres(area: Area, year: int, on: date) -> Table:
    """Centres and member funds of today in the areas below."""
    kinds = {kind: Q(kind=kind) for kind in Centre.Kind}
    found = _by_place(
        Centre.objects.within(area),
        area,
        "village",
        centres=Count("pk"),
        **{f"kind_{kind}": Count("pk", filter=q) for kind, q in kinds.items()},
    )
    members = Q(counts_in_capital=True)
    money = _by_place(
        Fund.objects.within(area).filter(closed_on=None),
        area,
        "centre__village",
        funds=Count("pk"),
        **{f"fund_{kind}": Count("pk", filter=Q(kind=kind)) for kind in Fund.Kind},
        capital=total("capital", filter=members),
    )
    names = [
        "centres",
        *(f"kind_{kind}" for kind in Centre.Kind),
        "funds",
        *(f"fund_{kind}" for kind in Fund.Kind),
    ]
    labels = ["ศูนย์ฯ", *Centre.Kind.labels, "กลุ่ม/กองทุน", *Fund.Kind.labels]
    columns = (
        Column("area", _below(area)),
        *(Column(name, label, Kind.COUNT) for name, label in zip(names, labels, strict=True)),
        Column("capital_baht", "เงินทุนที่นับรวม (บาท)", Kind.MONEY),
    )
    rows = []
    for place in figures.places_below(area):
        both = {**found.get(place.code, {}), **money.get(place.code, {})}
        rows.append((place.label, *(both.get(name, 0) for name in names), both.get("capital", ZERO)))
    return Table(columns, rows, notes=["ข้อมูลศูนย์ฯ และกองทุน ณ ปัจจุบัน"])


def visits(area: Area, year: int, on: date) -> Table:
    """Visits of the fiscal year up to the day, and what they asked for."""
    planned = Visit.objects.within(area).in_fiscal_year(year).filter(planned_on__lte=on)
    reported, certified = Q(status__in=REPORTED), Q(status=Visit.Status.CERTIFIED)
    made = _by_place(
        planned,
        area,
        "centre__village",
        visits=Count("pk"),
        centres=Count("centre", distinct=True),
        reported=Count("pk", filter=reported),
        certified=Count("pk", filter=certified),
    )
    asked = Recommendation.objects.within(area).issued().filter(visit__in=planned)
    is_open = ~Q(status=Recommendation.Status.DONE)
    named = _by_place(
        asked,
        area,
        "visit__centre__village",
        asked=Count("pk"),
        open=Count("pk", filter=is_open),
        late=Count("pk", filter=is_open & Q(due_on__lt=on)),
    )
    labels = {
        "visits": "การติดตาม (ครั้ง)",
        "centres": "ศูนย์ฯ ที่ติดตาม",
        "reported": "ส่งรายงานแล้ว",
        "certified": "รับรองแล้ว",
        "asked": "ข้อที่ต้องดำเนินการ",
        "open": "ยังไม่แล้วเสร็จ",
        "late": "เกินกำหนด",
    }
    columns = (
        Column("area", _below(area)),
        *(Column(name, label, Kind.COUNT) for name, label in labels.items()),
    )
    rows = []
    for place in figures.places_below(area):
        both = {**made.get(place.code, {}), **named.get(place.code, {})}
        rows.append((place.label, *(both.get(name, 0) for name in labels)))
    return Table(columns, rows)


def contracts(area: Area, year: int, on: date) -> Table:
    """Contracts of the fiscal year that were signed by the day and not cancelled by it."""
    cancelled = Q(ending=Contract.Ending.CANCELLED, ended_on__lte=on)
    found = Contract.objects.within(area).filter(~cancelled, case__fiscal_year=year, signed_on__lte=on)
    found = list(found.with_names().with_places().order_by("centre__village", "signed_on", "pk"))
    as_they_were((each.debt for each in found), on=on)
    columns = (
        Column("centre", "ศูนย์ฯ"),
        Column("district", "อำเภอ"),
        Column("house_number", "บ้านเลขที่"),
        Column("borrower", "ชื่อ–สกุล ผู้เป็นหนี้"),
        Column("number", "เลขที่สัญญา"),
        Column("signed_on", "วันที่ทำสัญญา", Kind.DAY),
        Column("lender", "แหล่งกู้ยืมใหม่"),
        Column("amount_baht", "จำนวนเงินตามสัญญา (บาท)", Kind.MONEY),
        Column("waived_baht", "ยกเว้นให้ (บาท)", Kind.MONEY),
    )
    return Table(columns, [tuple(_contract(each)) for each in found], unit="สัญญา")


def _contract(contract: Contract) -> Iterator[Value]:
    village = contract.centre.village
    yield contract.centre.short_name
    yield village.parent.parent.label
    yield contract.household.house_number
    yield contract.debt.borrower.full_name
    yield contract.number
    yield contract.signed_on
    yield contract.lender.name
    yield contract.amount
    yield contract.waived


def _below(area: Area) -> str:
    return figures.name_below(area)


def _by_place(rows: QuerySet, area: Area, path: str, **sums) -> dict[str, dict]:
    """The sums of each area just below, by its code: one query."""
    digits = CODE_LENGTH[figures.level_below(area)]
    grouped = (
        rows.order_by()
        .annotate(area_code=Substr(f"{path}__code", 1, digits))
        .values("area_code")
        .annotate(**sums)
    )
    return {row.pop("area_code"): row for row in grouped}


REPORTS = {
    report.key: report
    for report in (
        Report("results", "ผลการบริหารจัดการหนี้", "แต่ละพื้นที่ทำได้เท่าใดเทียบเป้าหมาย", Can.VIEW_REPORTS, results),
        Report("contracts", "1 ครัวเรือน 1 สัญญา", "ใครทำสัญญาแล้วบ้าง กับกองทุนใด เท่าใด", Can.VIEW_DEBTS, contracts),
        Report(
            "centres", "ศูนย์ฯ และกลุ่ม/กองทุนสมาชิก", "มีศูนย์ฯ กลุ่ม/กองทุน และเงินทุนเท่าใด", Can.VIEW_CENTRES, centres
        ),
        Report(
            "activities",
            "กิจกรรม เงินทุนคืนกลุ่ม และครัวเรือนต้นแบบ",
            "ฝึกอบรมกี่ครัวเรือน ให้และคืนเงินทุนเท่าใด มีต้นแบบและรางวัลเท่าใด",
            Can.VIEW_VISITS,
            activities,
        ),
        Report("visits", "การติดตามศูนย์ฯ", "ติดตามแล้วกี่ครั้ง รับรองแล้วเท่าใด มีข้อใดค้างอยู่", Can.VIEW_VISITS, visits),
    )
}
