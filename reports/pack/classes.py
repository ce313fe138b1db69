"""Summaries of debtor classes, of savings groups and of levels by area."""

from collections.abc import Iterator
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, Substr

from areas.models import CODE_LENGTH
from config.money import total
from debts.classes import OPEN, DebtorClass
from debts.classification import with_class
from debts.models import Contract
from funds.models import Fund
from monitoring.grading.summary import summary
from monitoring.models import Grading
from reports.contracts_table import made_by
from reports.figures import level_below
from reports.pack.owed import not_closed, owing
from reports.pack.places import by_place, place_column, place_rows
from reports.pack.report import Asked, Column, Kind, Table

CLASSES = (
    *(
        column
        for each in OPEN
        for column in (
            Column(f"debts_{each.name.lower()}", f"{each.label} (สัญญา)", Kind.COUNT),
            Column(f"baht_{each.name.lower()}", f"{each.label} (บาท)", Kind.MONEY),
        )
    ),
    Column("debts", "ทั้งหมด (สัญญา)", Kind.COUNT),
    Column("baht", "ทั้งหมด (บาท)", Kind.MONEY),
)
SAVINGS = (
    Column("groups", "กลุ่ม", Kind.COUNT),
    Column("members", "สมาชิก (คน)", Kind.COUNT),
    Column("new_members", "สมาชิกเพิ่มในปี (คน)", Kind.BLANK),
    Column("capital_baht", "เงินทุน (บาท)", Kind.MONEY),
    Column("homes", "ครัวเรือนที่เป็นหนี้", Kind.COUNT),
    Column("owed_baht", "หนี้คงเหลือ (บาท)", Kind.MONEY),
    Column("late_baht", "หนี้ที่เกินกำหนด (บาท)", Kind.MONEY),
    Column("contracts", "เป็นแหล่งกู้ยืมใหม่ (สัญญา)", Kind.COUNT),
    Column("contracts_baht", "เป็นแหล่งกู้ยืมใหม่ (บาท)", Kind.MONEY),
    *(Column(f"level_{level}", f"ระดับ {level}", Kind.COUNT) for level in (1, 2, 3)),
)
GRADES = (
    Column("units", "ทั้งหมด", Kind.COUNT),
    *(Column(f"level_{level}", f"ระดับ {level}", Kind.COUNT) for level in (1, 2, 3)),
    Column("open", "ยังไม่รับรอง", Kind.COUNT),
    Column("up_1_2", "1 เป็น 2", Kind.COUNT),
    Column("up_1_3", "1 เป็น 3", Kind.COUNT),
    Column("up_2_3", "2 เป็น 3", Kind.COUNT),
    Column("same", "คงเดิม", Kind.COUNT),
    Column("down", "ลดลง", Kind.COUNT),
)
_BY_CLASS = """
WITH known AS MATERIALIZED (
  {debts}
)
SELECT area_code, debtor_class, COUNT(*), SUM(owed_on) FROM known WHERE owed_on > 0 GROUP BY area_code, debtor_class
"""
LATE = Q(days_late__gt=0)
OF_SAVINGS = Fund.Kind.SAVINGS_GROUP


def classes(asked: Asked) -> Table:
    """Debts and baht of each debtor class on the day, by area."""
    wide: dict[str, dict] = {}
    for code, letter, number, baht in _by_class(asked):
        place = wide.setdefault(code, {"area_code": code, "debts": 0, "baht": Decimal(0)})
        name = DebtorClass(letter).name.lower()
        place[f"debts_{name}"], place[f"baht_{name}"] = number, baht
        place["debts"] += number
        place["baht"] += baht
    notes = ["ประเภทตามหลักเกณฑ์ของแต่ละศูนย์ฯ และจำนวนวันที่เกินกำหนด ณ วันที่ดูข้อมูล รวมหนี้ตามสัญญาใหม่ที่ยังค้าง"]
    rows = place_rows(asked, CLASSES, list(wide.values()))
    return Table((place_column(asked.area), *CLASSES), rows, notes=notes)


def _by_class(asked: Asked) -> Iterator[tuple[str, str, int, Decimal]]:
    """Code of an area just below, class, debts and baht. The query of the debts is the ORM's own, with no text from
    outside; it is wrapped because grouping by a class would work it out anew for the filter, the group and the sum."""
    place = Substr("household__village__code", 1, CODE_LENGTH[level_below(asked.area)])
    debts = with_class(not_closed(asked), on=asked.on).order_by()
    sql, parameters = debts.values("debtor_class", "owed_on", area_code=place).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_BY_CLASS.format(debts=sql), parameters)
        for code, letter, number, satang in cursor.fetchall():
            yield code, letter, number, Decimal(int(satang)).scaleb(-2)


def savings(asked: Asked) -> Table:
    """Savings groups by area: members, capital, what is owed to them, what they took over, their levels."""
    place = "centre__village"
    groups = asked.rows(Fund).active().filter(kind=OF_SAVINGS)
    owed = with_class(owing(asked, fund__kind=OF_SAVINGS), on=asked.on)
    signed = made_by(asked.rows(Contract), on=asked.on).filter(
        lender__kind=OF_SAVINGS, case__fiscal_year=asked.year
    )
    certified = {"fiscal_year": asked.year, "status": Grading.Status.CERTIFIED}
    levels = asked.rows(Grading).filter(subject=OF_SAVINGS, **certified)
    found = (
        by_place(
            groups,
            asked.area,
            place,
            groups=Count("pk"),
            members=Coalesce(Sum("members"), 0),
            capital_baht=total("capital"),
        ),
        by_place(
            owed,
            asked.area,
            f"fund__{place}",
            homes=Count("household", distinct=True),
            owed_baht=total("owed_on"),
            late_baht=total("owed_on", filter=LATE),
        ),
        by_place(signed, asked.area, place, contracts=Count("pk"), contracts_baht=total("amount")),
        by_place(
            levels,
            asked.area,
            place,
            **{f"level_{level}": Count("pk", filter=Q(level=level)) for level in (1, 2, 3)},
        ),
    )
    notes = [
        "จำนวนกลุ่ม สมาชิก และเงินทุน ณ ปัจจุบัน กลุ่มที่ไม่ทราบจำนวนสมาชิกหรือเงินทุนไม่นับในผลรวม",
        "ระดับ: เฉพาะที่รับรองแล้วของปีงบประมาณ",
    ]
    return Table((place_column(asked.area), *SAVINGS), place_rows(asked, SAVINGS, *found), notes=notes)


def grades(asked: Asked, *, subject: str) -> Table:
    """Levels of the year and the movements since the year before, by area (monitoring/grading/summary.py)."""
    told = summary(area=asked.area, year=asked.year, subject=subject, user=asked.by)
    rows = [(each.label, *each.numbers) for each in told.movements]
    whole = (f"รวม {len(rows):,} แห่ง", *told.total.numbers)
    notes = ["นับเฉพาะระดับที่รับรองแล้ว ข้อมูลการรับรอง ณ ปัจจุบัน"]
    if told.scorecard and told.scorecard.is_starter:
        notes.append(f"ใช้{told.scorecard} ซึ่งเป็นแบบเริ่มต้นของระบบ ไม่ใช่เกณฑ์ทางการ")
    return Table((Column("area", "พื้นที่"), *GRADES), rows, notes=notes, given_total=whole)
