"""What a province should look at before it approves a plan. A warning keeps nobody from approving that plan alone; it
keeps the plan from being approved together with others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse

from config import thai
from debts.models import Register
from funds.books.months import month_before
from funds.committee import gaps_of, without_order
from funds.models import BalanceSheet, CommitteeOrder, Fund
from monitoring.models import ActionPlan, PlannedActivity
from monitoring.plans.progress import Progress

# Materials for occupations of one centre (letter of Buri Ram province, 16 March 2562, issue 3).
USUAL_BUDGET = Decimal(40000)


@dataclass(frozen=True)
class Caution:
    """What is odd, and the page where it is looked at or mended."""

    text: str
    address: str


def warnings_of(plans: Iterable[ActionPlan], *, on: date) -> dict[int, list[Caution]]:
    """The warnings of each plan, by its key; the same number of queries for one and for many."""
    plans = list(plans)
    known = _Known(plans, on)
    return {plan.pk: [*_of_the_plan(plan, known), *_of_the_centre(plan, known)] for plan in plans}


class _Known:
    """What is asked of the database once for all plans."""

    def __init__(self, plans: list[ActionPlan], on: date):
        self.on = on
        prefetch_related_objects(plans, "activities")
        centres = [plan.centre for plan in plans if plan.centre]
        orders = CommitteeOrder.objects.prefetch_related("members").order_by("-signed_on", "-pk")
        prefetch_related_objects(
            centres,
            Prefetch("committee_orders", queryset=orders, to_attr="orders_newest_first"),
            Prefetch("funds", queryset=Fund.objects.active(), to_attr="funds_now"),
        )
        self.certified = set(
            Register.objects.filter(centre__in=centres, certified_at__isnull=False).values_list(
                "centre", flat=True
            )
        )
        self.month = month_before(on)
        closed = BalanceSheet.objects.closed().filter(centre__in=centres, fund=None)
        closed = closed.filter(fiscal_year=self.month.year, month=self.month.number)
        self.closed = set(closed.values_list("centre", flat=True))
        self.last_year = _last_year(plans)


def _last_year(plans: list[ActionPlan]) -> dict[tuple, ActionPlan]:
    """The approved plans of the year before, by area and year of the plan that follows."""
    years = {plan.fiscal_year - 1 for plan in plans}
    found = ActionPlan.objects.filter(
        area__in=[plan.area_id for plan in plans], fiscal_year__in=years, status=ActionPlan.Status.APPROVED
    )
    return {(each.area_id, each.fiscal_year + 1): each for each in found.with_sums()}


def _of_the_plan(plan: ActionPlan, known: _Known) -> list[Caution]:
    address = reverse("monitoring:action-plan", args=[plan.pk])
    texts = [
        f"กิจกรรมที่ {each.order} {odd}" for each in plan.activities.all() if (odd := _odd(each, plan, known.on))
    ]
    budget = sum((each.budget or 0 for each in plan.activities.all()), Decimal(0))
    if plan.centre and budget > USUAL_BUDGET:
        texts.append(
            f"งบประมาณ {thai.money(budget)} บาท เกิน {thai.money(USUAL_BUDGET)} บาทต่อแห่ง (หนังสือปี 2562)"
        )
    found = [Caution(text, address) for text in texts]
    last = known.last_year.get((plan.area_id, plan.fiscal_year))
    if last and not (done := Progress(last.done_count, last.activity_count)).is_enough:
        text = f"ปีก่อน{done.words}"
        found.append(Caution(text, reverse("monitoring:action-plan", args=[last.pk])))
    return found


def _odd(activity: PlannedActivity, plan: ActionPlan, on: date) -> str:
    start, end = thai.fiscal_year_start(plan.fiscal_year), thai.fiscal_year_end(plan.fiscal_year)
    if activity.starts_on and activity.ends_on and not start <= activity.starts_on <= activity.ends_on <= end:
        return "อยู่นอกปีงบประมาณของแผน"
    if activity.starts_on and activity.starts_on < on:
        return f"เริ่ม {thai.short_date(activity.starts_on)} ก่อนวันที่พิจารณา"
    return ""


def _of_the_centre(plan: ActionPlan, known: _Known) -> list[Caution]:
    centre = plan.centre
    if centre is None:
        return []
    order = next(iter(centre.orders_newest_first), None)
    gaps = gaps_of(order, on=known.on, funds=centre.funds_now) if order else without_order(centre)
    found = [Caution(gap.text, reverse("funds:centre", args=[centre.pk])) for gap in gaps]
    if centre.pk not in known.certified:
        text = "ยังไม่มีทะเบียนลูกหนี้ที่รับรองแล้ว"
        found.append(Caution(text, f"{reverse('debts:registers')}?q={centre.village.name}"))
    if centre.pk not in known.closed:
        text = f"ศูนย์ฯ ยังไม่ปิดงบดุลเดือน{known.month.label}"
        found.append(Caution(text, reverse("funds:books", args=[centre.pk])))
    return found
