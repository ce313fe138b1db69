"""The committee's resolution and the contract say the same: terms frozen by the one, compared by the other.

The day of signing and the day interest is counted to may come later than the meeting; nothing else may differ.
"""

from collections.abc import Iterator

from config import thai
from debts.models import AgendaItem, Case
from debts.offer import Offer, Plan
from funds.models import LendingRule

NAMES = {
    "debts": "หนี้ที่รวม",
    "lender": "แหล่งกู้ยืมใหม่",
    "rate_percent": "ดอกเบี้ย",
    "method": "วิธีคิดดอกเบี้ย",
    "day_count": "การนับเวลา",
    "periods": "จำนวนงวด",
    "months_per_period": "ระยะงวด",
    "first_due_on": "วันชำระงวดแรก",
    "due_dates": "วันชำระ",
    "principal_grace": "พักชำระเงินต้น",
    "full_grace": "พักชำระหนี้ทั้งหมด",
    "round_up_to": "การปัดค่างวด",
    "agreed_in_writing": "การรวมดอกเบี้ยเป็นเงินต้น",
    "waivers": "จำนวนที่ยกเว้น",
    "new_money": "เงินกู้เพิ่ม",
}


def terms_of(plan: Plan) -> dict:
    """The terms of an offer as a resolution keeps them: texts and numbers that JSON can hold."""
    offer = plan.offer
    return {
        "debts": sorted(line.debt.pk for line in plan.lines),
        "lender": offer.lender.pk,
        "rate_percent": thai.percent(offer.rate_percent),
        "method": str(offer.method),
        "day_count": str(offer.day_count),
        "periods": offer.periods,
        "months_per_period": offer.months_per_period,
        "first_due_on": offer.first_due_on.isoformat(),
        "due_dates": [day.isoformat() for day in offer.due_dates or ()],
        "principal_grace": offer.principal_grace,
        "full_grace": offer.full_grace,
        "round_up_to": offer.round_up_to,
        "agreed_in_writing": offer.agreed_in_writing,
        "waivers": _waivers(offer),
        "new_money": thai.money(offer.new_money),
    }


def summary_of(plan: Plan) -> dict:
    """What the minutes say of a plan, in Thai."""
    offer, first = plan.offer, next(line for line in plan.instalments if line.total)
    return {
        "lender": str(offer.lender),
        "creditors": [
            {"name": str(line.debt), "owed": thai.money(line.owed), "waived": thai.money(line.waived)}
            for line in plan.lines
        ],
        "owed": thai.money(sum(line.owed for line in plan.lines)),
        "waived": thai.money(plan.waived),
        "amount": thai.money(plan.amount),
        "rate": f"ร้อยละ {thai.percent(offer.rate_percent)} ต่อปี {LendingRule.Method(offer.method).label}",
        "periods": f"{len(plan.instalments)} งวด",
        "instalment": thai.money(first.total),
        "first_due_on": thai.short_date(first.due_on),
        "ends_on": thai.short_date(plan.ends_on),
        "interest": thai.money(plan.total_interest),
    }


def standing_resolution(case: Case) -> AgendaItem | None:
    """The meeting's resolution that binds the case's contract; None when there is none or it no longer stands."""
    if case.stage != Case.Stage.RESOLVED:
        return None
    approved = case.agenda_items.filter(decision=AgendaItem.Decision.APPROVED)
    return approved.select_related("meeting").order_by("-decided_at").first()


def differences(case: Case, plan: Plan) -> list[str]:
    """In what a plan is not what the committee resolved, in Thai; nothing when it is, or nothing was resolved."""
    item = standing_resolution(case)
    return list(_differing(item.terms, terms_of(plan))) if item else []


def _differing(resolved: dict, offered: dict) -> Iterator[str]:
    for name, label in NAMES.items():
        if resolved.get(name) != offered[name]:
            yield label


def _waivers(offer: Offer) -> dict[str, list[str]]:
    return {
        str(key): [thai.money(waiver.principal), thai.money(waiver.interest), thai.money(waiver.penalty)]
        for key, waiver in sorted(offer.waivers.items())
        if waiver.total
    }
