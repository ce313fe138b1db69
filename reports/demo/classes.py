"""The demo's classification: one centre with its own rules, and one debt its committee waits with."""

from datetime import date, timedelta

from accounts.models import Officer
from debts.classification import forbear
from debts.models import ClassRuleSet, Debt
from funds.models import Centre


def tell_classes(centre: Centre, *, by: Officer, today: date) -> None:
    ClassRuleSet.objects.create(
        centre=centre,
        effective_on=date(today.year, 1, 15),
        resolution=f"ครั้งที่ 1/{today.year + 543} วันที่ 10 ม.ค. {today.year + 543}",
        watched_to=60,
        overdue_to=180,
        defaulted_to=365,
        by=by,
    )
    late = Debt.objects.overdue(on=today).original().filter(fund__centre=centre).order_by("-due_on", "pk")
    if debt := late.first():
        until_on, reason = today + timedelta(days=120), "ผลผลิตเสียหายจากน้ำท่วม"
        resolution = f"ครั้งที่ 5/{today.year + 543}"
        forbear(debt=debt, until_on=until_on, resolution=resolution, reason=reason, on=today, by=by)
