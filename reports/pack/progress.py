"""What was reached against the targets, and the visits."""

from django.db.models import Count, Q

from monitoring.models import REPORTED, Recommendation, Visit
from reports import figures
from reports.pack.places import by_place, place_column, place_rows
from reports.pack.report import Asked, Column, Kind, Table, Value

RESULTS = (
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
VISITS = (
    Column("visits", "การติดตาม (ครั้ง)", Kind.COUNT),
    Column("centres", "ศูนย์ฯ ที่ติดตาม", Kind.COUNT),
    Column("reported", "ส่งรายงานแล้ว", Kind.COUNT),
    Column("certified", "รับรองแล้ว", Kind.COUNT),
    Column("asked", "ข้อที่ต้องดำเนินการ", Kind.COUNT),
    Column("open", "ยังไม่แล้วเสร็จ", Kind.COUNT),
    Column("late", "เกินกำหนด", Kind.COUNT),
)


def results(asked: Asked) -> Table:
    """What the areas below reached against their targets."""
    overview = figures.overview(asked.area, year=asked.year, on=asked.on)
    rows = [(row.area.label, *result(row)) for row in overview.rows]
    notes = [f"{figures.NAMES[each]}: {text}" for each, text in figures.DEFINITIONS.items()]
    if overview.targets_disagree:
        stated, parts = overview.total.target, overview.target_of_parts
        notes.insert(0, f"เป้าหมายรวม {stated:,} ครัวเรือน ไม่ตรงกับผลรวมของพื้นที่ {parts:,} ครัวเรือน")
    whole = (f"รวม {len(rows):,} แห่ง", *result(overview.total))
    return Table((place_column(asked.area), *RESULTS), rows, notes=notes, given_total=whole)


def result(row: figures.Row) -> tuple[Value, ...]:
    """The cells of `RESULTS` of one area."""
    found = row.figures
    counts = (found.joined, row.percent, found.merged, found.reduced, found.cleared)
    sums = (found.baseline, found.merged_baht, found.reduced_baht, found.cleared_baht, found.waived_baht)
    return (row.target, *counts, *sums, row.status)


def visits(asked: Asked) -> Table:
    """Visits of the fiscal year up to the day, and what they asked for."""
    planned = asked.rows(Visit).in_fiscal_year(asked.year).filter(planned_on__lte=asked.on)
    made = by_place(
        planned,
        asked.area,
        "centre__village",
        visits=Count("pk"),
        centres=Count("centre", distinct=True),
        reported=Count("pk", filter=Q(status__in=REPORTED)),
        certified=Count("pk", filter=Q(status=Visit.Status.CERTIFIED)),
    )
    is_open = ~Q(status=Recommendation.Status.DONE)
    named = by_place(
        asked.rows(Recommendation).issued().filter(visit__in=planned),
        asked.area,
        "visit__centre__village",
        asked=Count("pk"),
        open=Count("pk", filter=is_open),
        late=Count("pk", filter=is_open & Q(due_on__lt=asked.on)),
    )
    notes = ["การติดตามนับตามวันที่ลงพื้นที่ สถานะของรายงานและของข้อที่ต้องดำเนินการเป็นของปัจจุบัน"]
    return Table((place_column(asked.area), *VISITS), place_rows(asked, VISITS, made, named), notes=notes)
