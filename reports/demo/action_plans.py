"""The demo's plans: last year's with results, this year's on their way, and one district's annual plan."""

from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Officer
from config import thai
from funds.models import Centre
from monitoring.models import ActionPlan, PlannedActivity
from monitoring.plans import life
from monitoring.plans.results import report

Kind, Status = PlannedActivity.Kind, ActionPlan.Status
NEWEST = [
    Status.SENT,
    Status.APPROVED,
    Status.SENT,
    Status.RETURNED,
    Status.DRAFT,
]  # by the number of the centre
ACTIVITIES = [
    (Kind.TRAINING, "อบรมวินัยทางการเงิน “สำนึกดี แผนดี บริหารหนี้ได้”", 8000, 60),
    (Kind.ACCOUNTS, "จัดทำบัญชีครัวเรือน", 2000, 90),
    (Kind.OCCUPATION, "ส่งเสริมกลุ่มอาชีพทอผ้าไหม", 20000, 120),
    (Kind.REVOLVING, "ติดตามเงินทุนคืนกลุ่ม", 5000, 180),
]
OF_DISTRICT = [
    (Kind.TRAINING, "ประชุมเชิงปฏิบัติการคณะทำงานระดับอำเภอ", 12000, 60),
    (Kind.OTHER, "ติดตามสนับสนุนศูนย์ฯ ทุกแห่ง", 6000, 150),
]


def tell_action_plans(
    centre: Centre, *, number: int, by: Officer, approver: Officer | None, today: date
) -> None:
    """Last year's plan, approved, with one to four activities done; this year's as far as its centre has come."""
    year, area = thai.fiscal_year(today), centre.village
    if approver:
        began = thai.fiscal_year_start(year - 1) + timedelta(days=20)
        plan = _write(area, centre, year - 1, ACTIVITIES, by, began)
        plan = life.send(plan=plan, by=by)
        plan = life.approve(plan=plan, version=plan.version, on=began, by=approver)
        for activity in list(plan.activities.all())[: 1 + number % 4]:
            _done(activity, by, today)
    plan = _write(area, centre, year, ACTIVITIES, by, today)
    status = NEWEST[number % len(NEWEST)]
    if status == Status.DRAFT:
        return
    plan = life.send(plan=plan, by=by)
    if approver and status == Status.APPROVED:
        life.approve(plan=plan, version=plan.version, on=today, by=approver)
    elif approver and status == Status.RETURNED:
        reason = "กิจกรรมที่ 3 ระบุกลุ่มอาชีพและตลาดรองรับ"
        life.return_for_correction(plan=plan, version=plan.version, reason=reason, by=approver)


def tell_district_plan(username: str, *, today: date) -> None:
    """The annual plan of an officer's district waits for the province."""
    by = Officer.objects.select_related("area").get(username=username)
    plan = _write(by.area, None, thai.fiscal_year(today), OF_DISTRICT, by, today)
    life.send(plan=plan, by=by)


def _write(area, centre, year: int, activities, by, on: date) -> ActionPlan:
    plan = life.begin(area=area, centre=centre, year=year, on=on, by=by)
    latest = thai.fiscal_year_end(year) - timedelta(days=2)
    rows = [
        {
            "kind": kind,
            "what": what,
            "households": 15 if centre else None,
            "budget": Decimal(budget),
            "starts_on": min(on + timedelta(days=days), latest),
            "ends_on": min(on + timedelta(days=days + 2), latest),
            "who": "พัฒนากรประจำตำบล",
        }
        for kind, what, budget, days in activities
    ]
    fields = {
        "objective": "ครัวเรือนเป้าหมายมีวินัยทางการเงินและลดหนี้ได้",
        "resolution": "มติคณะกรรมการศูนย์ฯ ครั้งที่ 1" if centre else "",
        "households": 15 if centre else None,
    }
    return life.write(plan=plan, version=plan.version, fields=fields, activities=rows, by=by)


def _done(activity: PlannedActivity, by: Officer, today: date) -> None:
    report(
        activity=activity,
        status=PlannedActivity.Status.DONE,
        done_on=min(activity.ends_on, today),
        spent=activity.budget,
        reached=activity.households,
        note="ดำเนินการตามแผน",
        on=today,
        by=by,
    )
