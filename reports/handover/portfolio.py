"""What an officer has in hand: the places of the own area with their state, and the work begun and not finished.

Nobody is named who owes: the sheet is read by whoever appoints officers, the department among them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Officer
from accounts.roles import Can
from areas.models import Level
from config import thai
from debts.models import Debt, PlanChange, Register
from debts.payments import due
from funds.committee import notes
from funds.models import Centre
from monitoring.models import EDITABLE, ActionPlan, Grading, Recommendation, Visit
from reports import figures
from reports.models import HandoverItem

Kind = HandoverItem.Kind


@dataclass(frozen=True)
class Piece:
    """One thing in hand: what it is, the key of its row or the code of its place, and how it stands, in Thai."""

    kind: str
    key: str
    about: str
    told: str


def portfolio(officer: Officer, *, on: date) -> list[Piece]:
    """Everything the officer has in hand on day `on`: the places by name, then the work by kind."""
    sources = [source for permission, source in _SOURCES if officer.can(permission)]
    return [piece for source in sources for piece in source(officer, on)]


def _places(officer: Officer, on: date) -> Iterator[Piece]:
    if officer.area is None:
        return
    rows = figures.overview(officer.area, year=thai.fiscal_year(on), on=on).rows
    late = _late_by_village(officer, on)
    for row in sorted(rows, key=lambda row: (row.area.sort, row.area.code)):
        debts = sum(count for village, count in late.items() if village.startswith(row.area.code))
        overdue = f"เกินกำหนดชำระ {thai.count(debts)} สัญญา" if officer.can(Can.VIEW_DEBTS) else ""
        told = [_reached(row), overdue, *_missing(row.area, on)]
        yield Piece(Kind.PLACE, row.area.code, row.area.label, " • ".join(filter(None, told)))


def _reached(row: figures.Row) -> str:
    target = f" จากเป้าหมาย {thai.count(row.target)}" if row.target is not None else ""
    found = row.figures
    return (
        f"เข้าร่วม {thai.count(found.joined)}{target} ครัวเรือน ทำสัญญา {thai.count(found.merged)} ฉบับ"
        f" คงเหลือ {thai.money(found.owed)} บาท"
    )


def _late_by_village(officer: Officer, on: date) -> Counter:
    """How many debts are overdue, by the code of the village; nothing for who may not see debts."""
    if not officer.can(Can.VIEW_DEBTS):
        return Counter()
    late = due.overdue(Debt.objects.for_user(officer), on=on).order_by()
    return Counter(late.values_list("household__village", flat=True))


def _missing(area, on: date) -> list[str]:
    """What the papers of the place's centre lack."""
    if area.level != Level.VILLAGE:
        return []
    centre = Centre.objects.filter(village=area).first()
    return notes(centre, on=on) if centre else []


def _registers(officer: Officer, on: date) -> Iterator[Piece]:
    rows = Register.objects.for_user(officer).filter(makers=officer, status__in=Register.EDITABLE)
    for row in rows.with_names().order_by("pk"):
        yield Piece(Kind.REGISTER, str(row.pk), f"{row} {row.of_day}", row.get_status_display())


def _visits(officer: Officer, on: date) -> Iterator[Piece]:
    mine = Q(planned_by=officer) | Q(recorders=officer)
    rows = Visit.objects.for_user(officer).filter(mine, status__in=EDITABLE).distinct()
    for row in rows.with_place().order_by("planned_on", "pk"):
        yield Piece(Kind.VISIT, str(row.pk), str(row), row.get_status_display())


def _gradings(officer: Officer, on: date) -> Iterator[Piece]:
    rows = Grading.objects.for_user(officer).filter(makers=officer, status__in=Grading.EDITABLE)
    for row in rows.select_related("centre__village", "fund").order_by("pk"):
        yield Piece(Kind.GRADING, str(row.pk), str(row), row.get_status_display())


def _action_plans(officer: Officer, on: date) -> Iterator[Piece]:
    rows = ActionPlan.objects.for_user(officer).filter(makers=officer, status__in=ActionPlan.EDITABLE)
    for row in rows.with_names().order_by("pk"):
        yield Piece(Kind.ACTION_PLAN, str(row.pk), str(row), row.get_status_display())


def _plans(officer: Officer, on: date) -> Iterator[Piece]:
    rows = PlanChange.objects.for_user(officer).waiting().filter(proposed_by=officer)
    for row in rows.select_related("contract").order_by("pk"):
        asked_on = thai.short_date(row.proposed_on)
        yield Piece(Kind.PLAN, str(row.pk), str(row), f"เสนอเมื่อ {asked_on} รอผู้มีอำนาจอนุมัติ")


def _recommendations(officer: Officer, on: date) -> Iterator[Piece]:
    """Those of the whole area: whoever holds the post follows them."""
    rows = Recommendation.objects.for_user(officer).issued().open().select_related("visit__centre__village")
    for row in rows.order_by("due_on", "pk"):
        told = f"{row.visit.centre.short_name} {row.status_on(on)}"
        until = f" ภายใน {thai.short_date(row.due_on)}" if row.due_on else ""
        yield Piece(Kind.RECOMMENDATION, str(row.pk), row.what[:300], told + until)


_SOURCES = (
    (Can.VIEW_REPORTS, _places),
    (Can.EDIT_DEBTS, _registers),
    (Can.EDIT_VISITS, _visits),
    (Can.GRADE, _gradings),
    (Can.WRITE_ACTION_PLANS, _action_plans),
    (Can.PROPOSE_PLANS, _plans),
    (Can.EDIT_VISITS, _recommendations),
)
