"""Reports of the poverty project (โครงการแก้ไขปัญหาความยากจน กข.คจ.), the forms annexed to the regulation of B.E. 2553:
26(1) of a village and of a district, 26(2) of a province, the data of clause 27, and the problem report.

What the system knows of them is the loans in its ledger and the capital that was typed. Cash, bank, target households
and what the surveys of basic needs say are blanks. กข.คจ. lends without interest, so what is owed is what was lent.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from areas.models import CODE_LENGTH, Level
from config import thai
from config.money import baht, total
from debts.classification import with_class
from debts.models import PARTS, Debt, Entry
from debts.plans.versions import as_they_were
from funds.models import Fund
from monitoring.models import Grading
from reports import figures
from reports.pack.owed import known, owing
from reports.pack.places import by_place, place_column, place_rows
from reports.pack.report import Asked, Column, Kind, Table, Value

ZERO = Decimal("0.00")
PROJECT = Fund.Kind.POVERTY_PROJECT
FUND = {"fund__kind": PROJECT}
BORROWERS = (
    Column("village", "หมู่บ้าน"),
    Column("district", "อำเภอ"),
    Column("borrower", "ชื่อ–สกุล ผู้ยืม"),
    Column("lent_on", "วันที่ได้รับเงินยืม", Kind.DAY),
    Column("lent_baht", "จำนวนเงินที่ให้ยืม (บาท)", Kind.MONEY),
    Column("returned_baht", "ส่งคืนแล้ว (บาท)", Kind.MONEY),
    Column("owed_baht", "คงค้าง (บาท)", Kind.MONEY),
    Column("round", "ยืมรอบที่", Kind.BLANK),
)
# Of a village, a district or a province; 26(1) and 26(2) have them in this order.
STATE = (
    Column("homes", "ครัวเรือนทั้งหมด", Kind.BLANK),
    Column("target_homes", "ครัวเรือนเป้าหมาย", Kind.BLANK),
    Column("borrowers", "ครัวเรือนที่ได้รับเงินยืม", Kind.COUNT),
    Column("owed_baht", "คงค้าง (บาท)", Kind.MONEY),
    Column("in_bank", "เงินในบัญชี (บาท)", Kind.BLANK),
    Column("in_hand", "เงินในมือ (บาท)", Kind.BLANK),
    Column("capital", "รวมเงินทุน (บาท)", Kind.BLANK),
    Column("received_baht", "ได้รับคืนในรอบปี (บาท)", Kind.MONEY),
)
VILLAGES = (Column("village", "หมู่บ้าน"), Column("district", "อำเภอ"), *STATE)
PLACES = (
    Column("subdistricts", "ตำบล", Kind.COUNT),
    Column("villages", "หมู่บ้าน", Kind.COUNT),
    *STATE,
)
CLAUSE_27 = (
    Column("village", "หมู่บ้าน"),
    Column("district", "อำเภอ"),
    Column("target_homes", "ครัวเรือนเป้าหมาย (ก)", Kind.BLANK),
    Column("target_people", "คน (ข)", Kind.BLANK),
    Column("borrowers", "ได้รับเงินยืม ครัวเรือน (ค)", Kind.COUNT),
    Column("borrower_people", "คน (ง)", Kind.BLANK),
    Column("risen_homes", "ผ่านเกณฑ์ จปฐ. ครัวเรือน (จ)", Kind.BLANK),
    Column("risen_people", "คน (ฉ)", Kind.BLANK),
    Column("capital_baht", "เงินทุนทั้งหมด (ช)", Kind.MONEY),
    Column("good_homes", "คงค้างไม่ผิดนัด ครัวเรือน (ซ)", Kind.COUNT),
    Column("good_baht", "บาท (ฌ)", Kind.MONEY),
    Column("deposits", "เงินฝาก (ญ)", Kind.BLANK),
    Column("lost", "เงินทุนขาดหาย (ฎ)", Kind.BLANK),
    Column("late_homes", "ผิดนัด ครัวเรือน (ฐ)", Kind.COUNT),
    Column("late_baht", "บาท (ฑ)", Kind.MONEY),
    Column("level", "ระดับ (ฒ)", Kind.COUNT, summed=False),
    Column("supporters", "หน่วยงานสนับสนุน (ณ)", Kind.BLANK),
)
PROBLEMS = (
    Column("village", "พื้นที่"),
    Column("district", "อำเภอ"),
    Column("capital_baht", "เงินทุนปัจจุบัน (บาท)", Kind.MONEY),
    Column("late_baht", "หนี้ที่ผิดนัด (บาท)", Kind.MONEY),
    Column("lost", "เงินทุนที่ขาดหายไป (บาท)", Kind.BLANK),
    Column("cause", "สาเหตุ", Kind.BLANK),
    Column("remedy", "การแก้ไข", Kind.BLANK),
)
PROVINCIAL_HEAD = "พัฒนาการจังหวัด"
LATE, GOOD = Q(days_late__gt=0), Q(days_late=0) | Q(days_late=None)
YEAR = "รอบปี: ปีงบประมาณจนถึงวันที่ดูข้อมูล นับเฉพาะเงินที่รับชำระ ไม่นับหนี้ที่โอนไปสัญญาใหม่"
BORROWED = "ครัวเรือนที่ได้รับเงินยืม: ครัวเรือนที่มีหนี้ กข.คจ. ในทะเบียน ทั้งที่ค้างอยู่และชำระหมดแล้ว"
LATE_IS = "ผิดนัด: เลยวันครบกำหนดแล้วยังค้างชำระ หนี้ที่ไม่ทราบวันครบกำหนดนับเป็นไม่ผิดนัด"
CAPITAL_IS = "เงินทุน: ตามที่บันทึกในข้อมูลกองทุน ณ ปัจจุบัน กองทุนที่ไม่ทราบแสดงขีด"


def borrowers(asked: Asked) -> Table:
    """แบบ 26(1) ระดับหมู่บ้าน: who still owed on the day, and who had paid it all within the fiscal year."""
    found = _listed(asked).with_balance(on=asked.on)
    found = found.select_related("borrower", "fund__centre__village__parent__parent")
    found = found.order_by("fund__centre__village", "lent_on", "pk")
    rows = [tuple(_borrower(debt)) for debt in as_they_were(found, on=asked.on)]
    return Table(
        BORROWERS, rows, unit="ราย", notes=["ส่งคืนแล้ว: เงินให้ยืมหักเงินต้นคงค้าง ไม่แสดงเมื่อไม่ทราบจำนวนที่ให้ยืม"]
    )


def _listed(asked: Asked) -> QuerySet[Debt]:
    closed_before = Q(closed_on__lt=thai.fiscal_year_start(asked.year))
    return asked.rows(Debt).filter(opened_on__lte=asked.on, **FUND).exclude(closed_before)


def count_borrowers(asked: Asked) -> int:
    return _listed(asked).count()


def _borrower(debt: Debt) -> Iterator[Value]:
    village = debt.fund.centre.village
    yield from (village.label, village.parent.parent.label, debt.borrower.full_name)
    yield from (debt.lent_on, debt.lent, None if debt.lent is None else debt.lent - debt.principal_on)
    yield from (debt.principal_on, None)


def villages(asked: Asked) -> Table:
    """แบบ 26(1) สรุประดับอำเภอ: a row for each village with a project."""
    rows = _fund_rows(asked, VILLAGES)
    return Table(VILLAGES, rows, notes=[BORROWED, YEAR], signers=("พัฒนากร", "พัฒนาการอำเภอ"))


def places(asked: Asked) -> Table:
    """แบบ 26(2) สรุประดับจังหวัด: a row for each area below."""
    area, path = asked.area, "fund__centre__village"
    number = Count("centre__village", distinct=True)
    of_places = by_place(_projects(asked), area, "centre__village", villages=number)
    borrowed = by_place(known(asked, **FUND), area, path, **_borrowed())
    received = by_place(_received(asked), area, f"debt__{path}", received_baht=_sum_received())
    rows = place_rows(asked, PLACES, of_places, borrowed, received, subdistricts=_subdistricts(asked))
    signers = ("พัฒนาการอำเภอ", PROVINCIAL_HEAD)
    return Table((place_column(area), *PLACES), rows, notes=[BORROWED, YEAR], signers=signers)


def clause_27(asked: Asked) -> Table:
    """ฐานข้อมูลตามข้อ 27: a row for each village with a project."""
    rows = _fund_rows(asked, CLAUSE_27)
    return Table(CLAUSE_27, rows, notes=[BORROWED, LATE_IS, CAPITAL_IS], signers=(PROVINCIAL_HEAD,))


def problems(asked: Asked) -> Table:
    """รายงานสภาพปัญหาการบริหารเงินทุน: a row for each village with a project."""
    rows = _fund_rows(asked, PROBLEMS)
    return Table(PROBLEMS, rows, notes=[LATE_IS, CAPITAL_IS], is_form=True, signers=(PROVINCIAL_HEAD,))


def count_projects(asked: Asked) -> int:
    return _projects(asked).count()


def _projects(asked: Asked) -> QuerySet[Fund]:
    return asked.rows(Fund).active().filter(kind=PROJECT)


def _fund_rows(asked: Asked, columns: tuple[Column, ...]) -> list[tuple[Value, ...]]:
    facts = _facts(asked)
    projects = _projects(asked).select_related("centre__village__parent__parent")
    return [
        tuple(_of_fund(fund, facts, column) for column in columns)
        for fund in projects.order_by("centre__village", "pk")
    ]


def _of_fund(fund: Fund, facts: dict[int, dict], column: Column) -> Value:
    village = fund.centre.village
    own = {
        "village": village.label,
        "district": village.parent.parent.label,
        "capital_baht": fund.capital,
    }
    if column.is_blank or column.name in own:
        return own.get(column.name)
    nothing = {Kind.MONEY: ZERO, Kind.COUNT: 0 if column.summed else None}
    return facts.get(fund.pk, {}).get(column.name, nothing.get(column.kind))


def _facts(asked: Asked) -> dict[int, dict]:
    """What is known of each fund's loans, by the names of the columns. Four queries."""
    loans = known(asked, **FUND).order_by().values("fund").annotate(**_borrowed())
    states = with_class(owing(asked, **FUND), on=asked.on).order_by().values("fund")
    states = states.annotate(
        good_homes=Count("household", distinct=True, filter=GOOD),
        good_baht=total("owed_on", filter=GOOD),
        late_homes=Count("household", distinct=True, filter=LATE),
        late_baht=total("owed_on", filter=LATE),
    )
    received = _received(asked).values("debt__fund").annotate(received_baht=_sum_received())
    certified = {"fiscal_year": asked.year, "status": Grading.Status.CERTIFIED}
    levels = asked.rows(Grading).filter(subject=PROJECT, **certified).values("fund", "level")
    facts: dict[int, dict] = {}
    for row in (*loans, *states, *received, *levels):
        key = row.pop("debt__fund", None) or row.pop("fund")
        facts.setdefault(key, {}).update(row)
    return facts


def _borrowed() -> dict[str, object]:
    return {"borrowers": Count("household", distinct=True), "owed_baht": total("owed_on")}


def _received(asked: Asked) -> QuerySet[Entry]:
    """Payments of the fiscal year up to the day, with those that take some back."""
    since = thai.fiscal_year_start(asked.year)
    entries = asked.rows(Entry).of_kinds([Entry.Kind.PAYMENT]).filter(debt__fund__kind=PROJECT)
    return entries.filter(on__range=(since, asked.on)).order_by()


def _sum_received():
    return baht(0) - sum((total(part) for part in PARTS[1:]), total(PARTS[0]))


def _subdistricts(asked: Asked) -> dict[str, int]:
    """How many subdistricts of each area below have a project."""
    digits = CODE_LENGTH[figures.level_below(asked.area)]
    found: dict[str, set[str]] = {}
    for code in _projects(asked).values_list("centre__village", flat=True):
        found.setdefault(code[:digits], set()).add(code[: CODE_LENGTH[Level.SUBDISTRICT]])
    return {place: len(codes) for place, codes in found.items()}
