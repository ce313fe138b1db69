"""Centres: their numbers by area, the profile of each for a visit, and the skeleton of its lesson learned."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.db.models import Count, Prefetch, Q

from areas.models import Level
from config import thai
from config.money import total
from funds.models import Centre, CommitteeOrder, Fund
from monitoring.models import Visit
from reports import figures
from reports.pack.places import by_place, place_column, place_rows
from reports.pack.report import Asked, Column, Kind, Table, Value

UP_TO_THE_COUNTRY = "village__parent__parent__parent__parent"
ROWS_OF_A_PROFILE = 30  # about so many, to tell a long one beforehand
CENTRES = (
    Column("centres", "ศูนย์ฯ", Kind.COUNT),
    *(Column(f"kind_{kind.value}", kind.label, Kind.COUNT) for kind in Centre.Kind),
    Column("funds", "กลุ่ม/กองทุน", Kind.COUNT),
    *(Column(f"fund_{kind.value}", kind.label, Kind.COUNT) for kind in Fund.Kind),
    Column("capital_baht", "เงินทุนที่นับรวม (บาท)", Kind.MONEY),
)
FORM = (
    Column("centre", "ศูนย์ฯ"),
    Column("section", "หมวด"),
    Column("item", "รายการ"),
    Column("known", "ข้อมูลในระบบ"),
    Column("written", "เขียนเพิ่มเติม", Kind.BLANK),
)
# What the five-part talk of a visit asks for and no system can know (domain.md §4.13).
UNKNOWN = ("วิธีการ/กระบวนการ", "เทคนิค", "รูปแบบ (Model) การบริหารจัดการหนี้", "เอกสารที่เกี่ยวข้อง")
LESSONS = {
    "ความเป็นมา": ("บริบทชุมชน", "สถานการณ์หนี้สินก่อนดำเนินการ"),
    "กระบวนการ": (
        "การจัดตั้งศูนย์ฯ และคณะกรรมการ",
        "การสำรวจและจัดประเภทลูกหนี้",
        "การคัดเลือกครัวเรือนและเจรจา",
        "การปรับเป็น 1 ครัวเรือน 1 สัญญา",
        "การพัฒนาอาชีพและวินัยทางการเงิน",
    ),
    "ผลที่เกิดขึ้น": ("ผลต่อครัวเรือน", "ผลต่อกองทุนและชุมชน"),
    "บทเรียน": ("ปัจจัยความสำเร็จ", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ", "แนวทางขยายผล"),
}
OF_A_VISIT = {"ปัจจัยความสำเร็จ": "success_factors", "ปัญหา/อุปสรรค": "problems", "ข้อเสนอแนะ": "suggestions"}


def centres(asked: Asked) -> Table:
    """Centres and member funds of today in the areas below."""
    found = by_place(
        asked.rows(Centre),
        asked.area,
        "village",
        centres=Count("pk"),
        **{f"kind_{kind}": Count("pk", filter=Q(kind=kind)) for kind in Centre.Kind},
    )
    funds = by_place(
        asked.rows(Fund).active(),
        asked.area,
        "centre__village",
        funds=Count("pk"),
        **{f"fund_{kind}": Count("pk", filter=Q(kind=kind)) for kind in Fund.Kind},
        capital_baht=total("capital", filter=Q(counts_in_capital=True)),
    )
    rows = place_rows(asked, CENTRES, found, funds)
    return Table((place_column(asked.area), *CENTRES), rows, notes=["ข้อมูลศูนย์ฯ และกองทุน ณ ปัจจุบัน"])


def profile(asked: Asked) -> Table:
    """ข้อมูลทั่วไปของศูนย์ of every centre of the area, with room for what only people can tell."""
    reached = figures.by_place(asked.area, level=Level.VILLAGE, year=asked.year, on=asked.on)
    rows = [
        (centre.short_name, *row, None)
        for centre in _centres(asked)
        for row in _profile(centre, reached.get(centre.village_id, figures.Figures()), asked)
    ]
    notes = ["ข้อมูลทั่วไป คณะกรรมการ และกองทุน ณ ปัจจุบัน ผลการบริหารจัดการหนี้ตามปีงบประมาณและวันที่ดูข้อมูล"]
    return Table(FORM, rows, unit="รายการ", notes=notes, is_form=True)


def count_profile(asked: Asked) -> int:
    return asked.rows(Centre).count() * ROWS_OF_A_PROFILE


def _centres(asked: Asked) -> list[Centre]:
    orders = CommitteeOrder.objects.filter(signed_on__lte=asked.on).prefetch_related("members__fund")
    found = asked.rows(Centre).select_related(UP_TO_THE_COUNTRY).order_by("village__code")
    return list(found.prefetch_related("funds", Prefetch("committee_orders", orders, to_attr="orders")))


def _profile(centre: Centre, reached: figures.Figures, asked: Asked) -> Iterator[tuple[str, str, Value]]:
    for item, known in _general(centre).items():
        yield "ข้อมูลทั่วไป", item, known
    funds = [fund for fund in centre.funds.all() if fund.closed_on is None]
    for fund in funds:
        yield "กลุ่ม/กองทุนสมาชิก", fund.name, _fund(fund)
    for item, known in _committee(centre):
        yield "โครงสร้างคณะกรรมการ", item, known
    for item, known in _reached(reached).items():
        yield f"ผลปีงบประมาณ พ.ศ. {asked.year}", item, known
    for item in UNKNOWN:
        yield "สิ่งที่ศูนย์ฯ เล่าเอง", item, None


def _general(centre: Centre) -> dict[str, Value]:
    """Facts of the centre itself; what is not known is None."""
    years = {"ปีที่จัดตั้ง (พ.ศ.)": centre.founded_year, "ปีงบประมาณที่ได้รับงบ": centre.budget_year}
    opened = thai.long_date(centre.opened_on) if centre.opened_on else None
    return {
        "ที่ตั้ง": centre.village.full_name,
        **{item: str(year) if year else None for item, year in years.items()},
        "ประเภทศูนย์ฯ": centre.get_kind_display(),
        "วันที่เปิดศูนย์ฯ": opened,
    }


def _fund(fund: Fund) -> str:
    """กองทุนหมู่บ้าน มีเงินทุน 1,000,000.00 บาท สมาชิก 120 คน."""
    capital = "ไม่ทราบเงินทุน"
    if fund.capital is not None:
        capital = f"มีเงินทุน {thai.money(fund.capital)} บาท" if fund.capital else "ไม่มีเงินทุน"
    members = "ไม่ทราบจำนวนสมาชิก" if fund.members is None else f"สมาชิก {thai.count(fund.members)} คน"
    return f"{fund.get_kind_display()} {capital} {members}"


def _committee(centre: Centre) -> Iterator[tuple[str, Value]]:
    """The newest order and who serves by it."""
    if not centre.orders:
        yield "คำสั่งแต่งตั้ง", None
        return
    order = centre.orders[0]
    until = f" หมดวาระ {thai.short_date(order.expires_on)}" if order.expires_on else ""
    yield "คำสั่งแต่งตั้ง", f"{order} ลงวันที่ {thai.short_date(order.signed_on)}{until}"
    for member in order.serving:
        of = member.fund.name if member.fund else "ผู้ทรงคุณวุฒิ"
        yield member.get_position_display(), f"{member} ({of})"


def _reached(reached: figures.Figures) -> Mapping[str, str]:
    counts = {figures.NAMES[name]: getattr(reached, name) for name in figures.NAMES}
    baht: dict[str, Decimal] = {
        "หนี้ที่ลดได้": reached.reduced_baht,
        "หนี้ที่ปลดได้": reached.cleared_baht,
        "จำนวนเงินตามสัญญา": reached.merged_baht,
    }
    return {
        **{name: f"{thai.count(count)} ครัวเรือน" for name, count in counts.items()},
        **{name: f"{thai.money(amount)} บาท" for name, amount in baht.items()},
    }


def lessons(asked: Asked) -> Table:
    """สรุปบทเรียน of every centre: the headings, and what the newest certified visit up to the day found."""
    visits = asked.rows(Visit).filter(status=Visit.Status.CERTIFIED, planned_on__lte=asked.on)
    newest = {visit.centre_id: visit for visit in visits.order_by("planned_on", "pk")}
    rows = [
        (centre.short_name, heading, item, _found(newest.get(centre.pk), item), None)
        for centre in asked.rows(Centre).select_related("village").order_by("village__code")
        for heading, items in LESSONS.items()
        for item in items
    ]
    notes = ["ข้อมูลในระบบ: จากรายงานการติดตามที่รับรองแล้วครั้งล่าสุดถึงวันที่ดูข้อมูล หัวข้ออื่นเป็นโครงให้ศูนย์ฯ เขียน"]
    return Table(FORM, rows, unit="หัวข้อ", notes=notes, is_form=True)


def count_lessons(asked: Asked) -> int:
    return asked.rows(Centre).count() * sum(map(len, LESSONS.values()))


def _found(visit: Visit | None, item: str) -> str | None:
    return (getattr(visit, OF_A_VISIT[item]) or None) if visit and item in OF_A_VISIT else None
