"""What a district must have ready before a visit: most of it is looked up, some only somebody can say."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Officer
from accounts.roles import Can
from config import thai
from config.money import baht
from debts.models import Debt, Register
from funds.books.year import is_up_to_date, newest_closed
from funds.committee import newest_order, notes
from funds.models import Centre
from monitoring.models import ReadyMark, Visit
from monitoring.plans.progress import plan_of, told_of
from monitoring.visits import editable


@dataclass(frozen=True)
class Item:
    """One thing to have ready. `url_name` with `args` is where it is mended, by who has `permission`."""

    label: str
    is_ready: bool
    told: str
    url_name: str
    args: tuple = ()
    query: str = ""
    permission: Can = Can.VIEW_VISITS
    is_manual: bool = False


def readiness(visit: Visit, *, on: date) -> list[Item]:
    """The checklist of a visit as it stands on day `on` (letter of Buri Ram province, 16 March 2562)."""
    centre = visit.centre
    marks = {mark.item: mark for mark in visit.ready_marks.select_related("by")}
    return [
        _register(centre),
        _households(centre, on),
        _order(centre, on),
        _seen_or_marked(_plan(centre, on), _manual(visit, ReadyMark.Item.PLAN, marks)),
        _seen_or_marked(_statement(centre, on), _manual(visit, ReadyMark.Item.STATEMENT, marks)),
    ]


@transaction.atomic
def prepare(
    *,
    visit: Visit,
    asked_committee: int,
    asked_households: int,
    hosts: str,
    ready: Mapping[str, str],
    by: Officer,
) -> Visit:
    """Who is invited, who receives the team, and what is said to be ready (item → note). What stays ready
    keeps who said so first. Raises `visits.CannotRecord` once the report was sent."""
    visit = editable(visit)
    visit.asked_committee, visit.asked_households, visit.hosts = asked_committee, asked_households, hosts
    visit.save(update_fields=["asked_committee", "asked_households", "hosts"])
    visit.ready_marks.exclude(item__in=ready).delete()
    for item, note in ready.items():
        mark, is_new = ReadyMark.objects.get_or_create(
            visit=visit, item=item, defaults={"note": note, "by": by}
        )
        if not is_new and mark.note != note:
            mark.delete()
            ReadyMark.objects.create(visit=visit, item=item, note=note, by=by)
    return visit


def _register(centre: Centre) -> Item:
    found = Register.objects.filter(centre=centre, status=Register.Status.CERTIFIED)
    kept = found.select_related("certified_by").first()
    told = "ยังไม่มีทะเบียนที่รับรองแล้ว"
    if kept:
        told = f"รับรองแล้ว ข้อมูล ณ วันที่ {thai.short_date(kept.as_of_on)} โดย {kept.certified_by.full_name}"
    return Item(
        "ทะเบียนข้อมูลลูกหนี้ทั้งหมดของสมาชิกศูนย์ฯ",
        kept is not None,
        told,
        "debts:registers",
        query=f"q={centre.village.name}",
        permission=Can.VIEW_DEBTS,
    )


def _households(centre: Centre, on: date) -> Item:
    debts = Debt.objects.filter(fund__centre=centre).with_balance(on=on).filter(outstanding_on__gt=baht(0))
    owing = set(debts.values_list("household", flat=True))
    told = debts.filter(household__livelihoods__surveyed_on__lte=on)
    left = len(owing - set(told.values_list("household", flat=True)))
    words = f"ครัวเรือนที่มีหนี้ {thai.count(len(owing))} ครัวเรือน บันทึกรายได้และรายจ่ายครบ"
    if not owing:
        words = "ยังไม่มีครัวเรือนที่มีหนี้ในระบบ"
    elif left:
        words = f"ยังไม่บันทึกรายได้และรายจ่าย {thai.count(left)} จาก {thai.count(len(owing))} ครัวเรือนที่มีหนี้"
    return Item(
        "ทะเบียนข้อมูลครัวเรือนและภาวะหนี้สินของครัวเรือน",
        bool(owing) and not left,
        words,
        "households",
        query=f"q={centre.village.name}",
        permission=Can.VIEW_HOUSEHOLDS,
    )


def _order(centre: Centre, on: date) -> Item:
    missing = notes(centre, on=on)
    told = " • ".join(missing) if missing else f"{newest_order(centre)} ครบถ้วน"
    return Item(
        "คำสั่งแต่งตั้งคณะกรรมการศูนย์ฯ",
        not missing,
        told,
        "funds:centre",
        args=(centre.pk,),
        permission=Can.VIEW_CENTRES,
    )


def _plan(centre: Centre, on: date) -> Item:
    year = thai.fiscal_year(on)
    plan = plan_of(centre, year=year)
    return Item(
        ReadyMark.Item.PLAN.label,
        plan is not None and plan.is_approved,
        told_of(centre, year=year, on=on),
        "monitoring:action-plan" if plan else "monitoring:action-plans",
        args=(plan.pk,) if plan else (),
    )


def _statement(centre: Centre, on: date) -> Item:
    newest = newest_closed(centre)
    return Item(
        ReadyMark.Item.STATEMENT.label,
        is_up_to_date(newest, on=on),
        f"{newest} ปิดแล้ว" if newest else "ยังไม่มีงบดุลที่ปิดแล้ว",
        "funds:books",
        args=(centre.pk,),
        permission=Can.VIEW_CENTRES,
    )


def _seen_or_marked(seen: Item, marked: Item) -> Item:
    """What the system sees, unless somebody says that it is ready on paper."""
    if seen.is_ready or not marked.is_ready:
        return seen
    return replace(marked, told=f"{marked.told} • ในระบบ: {seen.told}")


def _manual(visit: Visit, item: str, marks: Mapping[str, ReadyMark]) -> Item:
    mark, told = marks.get(item), ""
    if mark:
        at = thai.moment(timezone.localtime(mark.at))
        told = " ".join(filter(None, [mark.note, f"ทำเครื่องหมายโดย {mark.by.full_name} {at}"]))
    return Item(
        ReadyMark.Item(item).label,
        mark is not None,
        told,
        "monitoring:visit-prepare",
        args=(visit.pk,),
        permission=Can.EDIT_VISITS,
        is_manual=True,
    )
