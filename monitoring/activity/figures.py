"""What reports count of field activity: a centre's page, and the report of an area, ask this."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, Substr

from areas.models import CODE_LENGTH, Area, Level
from config import thai
from config.money import total
from monitoring.models import Activity, GroupMoney, ModelHousehold, TakingPart

Kind = Activity.Kind
ZERO = Decimal("0.00")
LABELS = {
    "trainings": "การฝึกอบรม (ครั้ง)",
    "trained": "ครัวเรือนที่ฝึกอบรม",
    "study_visits": "ศึกษาดูงาน (ครั้ง)",
    "occupations": "กิจกรรมอาชีพ",
    "awards": "รางวัล",
    "models": "ครัวเรือนต้นแบบ",
}
MONEY_LABELS = {
    "given": "เงินทุนคืนกลุ่มที่ให้ไป (บาท)",
    "returned": "คืนกลุ่มแล้ว (บาท)",
    "outstanding": "ยังไม่คืน (บาท)",
}
NOTES = (
    "การฝึกอบรม ศึกษาดูงาน กิจกรรมอาชีพ รางวัล และเงินที่ให้และคืน นับที่เกิดในปีงบประมาณถึงวันที่ของข้อมูล",
    "ครัวเรือนที่ฝึกอบรมหลายครั้งนับครั้งเดียว",
    "ครัวเรือนต้นแบบและเงินที่ยังไม่คืน เป็นยอดคงอยู่ ณ วันที่ของข้อมูล",
)


class Counted(NamedTuple):
    """Rows, where their village is, and what is counted or summed (baht) of them."""

    rows: QuerySet
    village: str
    sums: dict


def counted(*, year: int, on: date) -> Iterator[Counted]:
    """All there is to count of a fiscal year (พ.ศ.) up to day `on`."""
    start, last = thai.fiscal_year_start(year), min(on, thai.fiscal_year_end(year))
    held = Activity.objects.standing().filter(held_on__range=(start, last))
    kinds = {
        "trainings": Kind.TRAINING,
        "study_visits": Kind.STUDY_VISIT,
        "occupations": Kind.OCCUPATION,
        "awards": Kind.AWARD,
    }
    counts = {name: Count("pk", filter=Q(kind=kind)) for name, kind in kinds.items()}
    yield Counted(held, "centre__village", counts)
    there = TakingPart.objects.standing().filter(activity__in=held, activity__kind=Kind.TRAINING)
    households = Count(Coalesce("household__merged_into", "household"), distinct=True)
    yield Counted(there, "activity__centre__village", {"trained": households})
    yield Counted(GroupMoney.objects.filter(on__lte=last), "activity__centre__village", _money_since(start))
    models = ModelHousehold.objects.on(last).filter(household__withdrawn_at=None)
    yield Counted(models, "household__village", {"models": Count("pk")})


def _money_since(start: date) -> dict:
    given, returned = Q(kind=GroupMoney.Kind.GIVEN), Q(kind=GroupMoney.Kind.RETURNED)
    return {
        "given": total("amount", filter=given & Q(on__gte=start)),
        "returned": total("amount", filter=returned & Q(on__gte=start)),
        "ever_given": total("amount", filter=given),
        "ever_returned": total("amount", filter=returned),
    }


def figures_of(area: Area, *, year: int, on: date) -> dict:
    """By name of `LABELS` and `MONEY_LABELS`."""
    found: dict = {}
    for each in counted(year=year, on=on):
        found.update(each.rows.within(area).aggregate(**each.sums))
    return _with_outstanding(found)


def figures_by_code(area: Area, level: Level, *, year: int, on: date) -> dict[str, dict]:
    """The same of each area of `level` inside `area`, by its code: a query for each kind of row."""
    found: dict[str, dict] = defaultdict(lambda: dict.fromkeys(("ever_given", "ever_returned"), ZERO))
    for each in counted(year=year, on=on):
        code = Substr(f"{each.village}__code", 1, CODE_LENGTH[level])
        rows = each.rows.within(area).order_by().annotate(area_code=code).values("area_code")
        for row in rows.annotate(**each.sums):
            found[row.pop("area_code")].update(row)
    return {code: _with_outstanding(sums) for code, sums in found.items()}


def _with_outstanding(sums: dict) -> dict:
    """What is out on the day is all that was ever given less all that came back."""
    return {**sums, "outstanding": sums["ever_given"] - sums["ever_returned"]}
