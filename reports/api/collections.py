"""What other systems can read. One declaration a collection: it answers, it pages, and the OpenAPI document is made
from it. No column holds a debtor's name, house or national ID."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet

from accounts.roles import Can
from debts.models import Contract
from funds.models import Centre
from monitoring.models import REPORTED, Recommendation, Visit
from reports import figures
from reports.pack.owed import since
from reports.pack.progress import RESULTS, result
from reports.pack.registers import contracts_of
from reports.pack.report import Asked, Column, Kind, Value


@dataclass(frozen=True)
class Collection:
    """`find` gives at most so many rows whose key, the first of `columns`, comes after the given one ("" for the
    beginning), in the order of keys; `cells` are those of one row."""

    name: str
    title: str
    description: str
    permission: Can
    columns: tuple[Column, ...]
    find: Callable[[Asked, str, int], list]
    cells: Callable[[object, Asked], Iterator[Value]]
    keys_are_numbers: bool = True


AREA_OF = Column("village", "รหัสหมู่บ้าน 8 หลัก")
FIGURES = (
    Column("area", "รหัสพื้นที่"),
    Column("name", "พื้นที่"),
    *RESULTS,
)
CENTRES = (
    Column("id", "รหัสของศูนย์ฯ ในระบบ", Kind.COUNT),
    AREA_OF,
    Column("name", "ศูนย์ฯ"),
    Column("kind", f"ประเภท: {', '.join(f'{value} = {label}' for value, label in Centre.Kind.choices)}"),
    Column("founded_year", "ปีที่จัดตั้ง (พ.ศ.)", Kind.COUNT),
    Column("budget_year", "ปีงบประมาณที่ได้รับงบ (พ.ศ.)", Kind.COUNT),
    Column("opened_on", "วันที่เปิดศูนย์ฯ", Kind.DAY),
    Column("funds", "กลุ่ม/กองทุนสมาชิก", Kind.COUNT),
    Column("capital_baht", "เงินทุนที่นับรวม (บาท)", Kind.MONEY),
)
CONTRACTS = (
    Column("id", "รหัสของสัญญาในระบบ", Kind.COUNT),
    Column("number", "เลขที่สัญญา"),
    Column("centre", "รหัสของศูนย์ฯ ในระบบ", Kind.COUNT),
    AREA_OF,
    Column("signed_on", "วันที่ทำสัญญา", Kind.DAY),
    Column("lender", "แหล่งกู้ยืมใหม่"),
    Column("lender_kind", "ประเภทของแหล่งกู้ยืมใหม่"),
    Column("amount_baht", "จำนวนเงินตามสัญญา (บาท)", Kind.MONEY),
    Column("waived_baht", "ยกเว้นให้ (บาท)", Kind.MONEY),
    Column("owed_baht", "คงเหลือ ณ วันที่ดูข้อมูล (บาท)", Kind.MONEY),
    Column("ending", "สิ้นสุดโดย ณ วันที่ดูข้อมูล ว่าง = ยังมีผล"),
)
VISITS = (
    Column("id", "รหัสของการติดตามในระบบ", Kind.COUNT),
    Column("centre", "รหัสของศูนย์ฯ ในระบบ", Kind.COUNT),
    AREA_OF,
    Column("planned_on", "วันที่ติดตาม", Kind.DAY),
    Column("status", f"สถานะ: {', '.join(f'{value} = {label}' for value, label in Visit.Status.choices)}"),
    Column("asked", "ข้อที่ต้องดำเนินการ", Kind.COUNT),
    Column("open", "ยังไม่แล้วเสร็จ", Kind.COUNT),
)


def _figures(asked: Asked, after: str, most: int) -> list[figures.Row]:
    rows = figures.overview(asked.area, year=asked.year, on=asked.on).rows
    return sorted((row for row in rows if row.area.code > after), key=lambda row: row.area.code)[:most]


def _of_figures(row: figures.Row, asked: Asked) -> Iterator[Value]:
    yield from (row.area.code, row.area.label, *result(row))


def _centres(asked: Asked, after: str, most: int) -> list[Centre]:
    return _page(asked.rows(Centre).select_related("village").with_funds(), after, most)


def _of_centre(centre: Centre, asked: Asked) -> Iterator[Value]:
    yield from (centre.pk, centre.village_id, centre.short_name, centre.kind)
    yield from (centre.founded_year, centre.budget_year, centre.opened_on, centre.fund_count, centre.capital)


def _contracts(asked: Asked, after: str, most: int) -> list[Contract]:
    owed_on = F("debt__outstanding") - since(asked.on, debt=OuterRef("debt"))
    return _page(
        contracts_of(asked).select_related("lender", "household").annotate(owed_on=owed_on), after, most
    )


def _of_contract(contract: Contract, asked: Asked) -> Iterator[Value]:
    has_ended = contract.ended_on is not None and contract.ended_on <= asked.on
    yield from (contract.pk, contract.number, contract.centre_id, contract.household.village_id)
    yield from (contract.signed_on, contract.lender.name, contract.lender.kind)
    yield from (contract.amount, contract.waived, contract.owed_on, contract.ending if has_ended else "")


def _visits(asked: Asked, after: str, most: int) -> list[Visit]:
    found = asked.rows(Visit).in_fiscal_year(asked.year).filter(planned_on__lte=asked.on)
    issued = Q(status__in=REPORTED)
    is_open = issued & ~Q(recommendations__status=Recommendation.Status.DONE)
    counted = found.select_related("centre").annotate(
        asked_for=Count("recommendations", filter=issued), still_open=Count("recommendations", filter=is_open)
    )
    return _page(counted, after, most)


def _of_visit(visit: Visit, asked: Asked) -> Iterator[Value]:
    yield from (visit.pk, visit.centre_id, visit.centre.village_id, visit.planned_on, visit.status)
    yield from (visit.asked_for, visit.still_open)


def _page(rows: QuerySet, after: str, most: int) -> list:
    """By key, so that a row that is added meanwhile moves none to another page."""
    return list(rows.filter(pk__gt=int(after or 0)).order_by("pk")[:most])


COLLECTIONS = {
    each.name: each
    for each in (
        Collection(
            "figures",
            "ผลการดำเนินงาน",
            "เป้าหมายและผลของพื้นที่ข้างใต้ ตามปีงบประมาณและวันที่ดูข้อมูล ตัวเลขเดียวกับรายงานผลการบริหารจัดการหนี้",
            Can.VIEW_REPORTS,
            FIGURES,
            _figures,
            _of_figures,
            keys_are_numbers=False,
        ),
        Collection(
            "centres",
            "ศูนย์จัดการกองทุนชุมชน",
            "ศูนย์ฯ ของพื้นที่ ณ ปัจจุบัน",
            Can.VIEW_CENTRES,
            CENTRES,
            _centres,
            _of_centre,
        ),
        Collection(
            "contracts",
            "สัญญา 1 ครัวเรือน 1 สัญญา",
            "สัญญาของปีงบประมาณที่ลงนามถึงวันที่ดูข้อมูลและไม่ถูกยกเลิก ไม่มีชื่อและเลขประจำตัวประชาชนของลูกหนี้",
            Can.VIEW_DEBTS,
            CONTRACTS,
            _contracts,
            _of_contract,
        ),
        Collection(
            "visits",
            "การติดตาม",
            "การติดตามของปีงบประมาณถึงวันที่ดูข้อมูล",
            Can.VIEW_VISITS,
            VISITS,
            _visits,
            _of_visit,
        ),
    )
}
