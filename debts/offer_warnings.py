"""What an officer is told about an offer before the contract is made. A warning never blocks: some need no
more than reading, the others (`to_justify`) a typed reason."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from config import thai
from config.rounding import to_percent
from debts.cases.negotiation import agreed_waivers, board_of
from debts.models import Debt
from debts.offer import Plan, Waiver
from debts.schedule import CEILING_PERCENT, due_dates
from funds.models import Fund
from households.models import Household

POVERTY_MONTHS = 36  # กข.คจ. lends for at most three years


def to_justify(plan: Plan, household: Household) -> tuple[str, ...]:
    """Warnings that the contract's reason must answer."""
    return (*_beyond_the_fund(plan), *_beyond_the_talks(plan, household))


def to_read(plan: Plan, household: Household) -> tuple[str, ...]:
    """Warnings that need no reason."""
    return (*_about_the_household(plan, household), *_about_the_guarantors(plan), *_about_the_cost(plan))


def _beyond_the_fund(plan: Plan) -> Iterator[str]:
    lender = plan.offer.lender
    rule = lender.rule_on(plan.offer.signed_on)
    largest, longest = rule and rule.largest_loan, _longest_months(lender, rule)
    if rule and not rule.may_be_single_lender:
        yield f"ระเบียบของ{lender} ไม่ให้เป็นแหล่งกู้ยืมใหม่ ต้องระบุเหตุผล"
    if lender.kind == Fund.Kind.POVERTY_PROJECT:
        yield "กข.คจ. ให้ยืมแก่ครัวเรือนเป้าหมายเท่านั้น ต้องระบุเหตุผล"
    if largest is not None and plan.amount > largest:
        yield f"เกินวงเงินกู้ต่อรายของกองทุน ({thai.money(largest)} บาท) ต้องมีมติคณะกรรมการ"
    if longest is not None and plan.ends_on > _months_after(_runs_from(plan), longest):
        yield f"เกินระยะเวลากู้ของกองทุน ({longest} เดือน) ต้องระบุเหตุผล"


def _beyond_the_talks(plan: Plan, household: Household) -> Iterator[str]:
    """Where the offer is not what the funds agreed to, once there were talks."""
    case = household.cases.open().first()
    if case is None or not case.asks.live().exists():
        return
    merged = {line.debt.fund_id for line in plan.lines}
    lacking = [str(line.fund) for line in board_of(case).waiting if line.fund.pk in merged]
    if lacking:
        yield f"ยังตกลงไม่ครบทุกกองทุน ({', '.join(lacking)}) ต้องระบุเหตุผล"
    agreed = agreed_waivers(case)
    for line in plan.lines:
        if line.waiver != agreed.get(line.debt.pk, Waiver()):
            yield f"จำนวนที่ยกเว้นของ {line.debt} ต่างจากที่กองทุนตกลง ต้องระบุเหตุผล"


def _longest_months(lender: Fund, rule) -> int | None:
    caps = [rule.longest_months] if rule and rule.longest_months else []
    if lender.kind == Fund.Kind.POVERTY_PROJECT:
        caps.append(POVERTY_MONTHS)
    return min(caps, default=None)


def _runs_from(plan: Plan) -> date:
    """The day from which the months are counted: one period before the first due date, or the signing."""
    offer = plan.offer
    if offer.due_dates:
        return offer.signed_on
    return max(offer.signed_on, _months_after(offer.first_due_on, -offer.months_per_period))


def _months_after(day: date, months: int) -> date:
    return due_dates(day, 2, months)[1]


def _about_the_household(plan: Plan, household: Household) -> Iterator[str]:
    merged = {line.debt.pk for line in plan.lines}
    left_out = Debt.objects.filter(household=household).to_merge().exclude(pk__in=merged).count()
    if left_out:
        yield f"เหลือหนี้ {left_out} สัญญาที่ไม่รวม ครัวเรือนนี้จะยังไม่นับเป็น 1 ครัวเรือน 1 สัญญา"
    if plan.offer.lender.pk not in {line.debt.fund_id for line in plan.lines}:
        yield "แหล่งกู้ยืมใหม่ไม่อยู่ในกองทุนเดิมของครัวเรือน"
    if not household.house_number:
        yield Household.NO_NUMBER


def _about_the_guarantors(plan: Plan) -> Iterator[str]:
    """Time given to the debtor frees the guarantor who has not agreed to it (s.700)."""
    named = dict.fromkeys(str(each) for line in plan.lines for each in line.debt.guarantors.all())
    if named:
        yield (
            f"ผู้ค้ำประกันของสัญญาเดิม: {', '.join(named)} ผู้ที่ไม่ยินยอมด้วยในการผ่อนเวลา"
            "จะหลุดพ้นความรับผิด (ป.พ.พ. มาตรา 700) ให้ลงลายมือชื่อยินยอมท้ายสัญญา"
        )


def _about_the_cost(plan: Plan) -> Iterator[str]:
    old, new = _old_rate(plan), plan.offer.rate_percent
    if new > old:
        yield f"ดอกเบี้ยใหม่สูงกว่าเดิม (ร้อยละ {thai.percent(old)} → {thai.percent(new)} ต่อปี)"
    if plan.added_cost:
        yield f"หนี้ กข.คจ. ที่ปลอดดอกเบี้ยจะมีดอกเบี้ยเพิ่ม {thai.money(plan.added_cost)} บาท ตลอดสัญญา"
    if plan.effective_percent > CEILING_PERCENT:
        yield (
            f"อัตราดอกเบี้ยที่แท้จริงร้อยละ {thai.percent(plan.effective_percent)} ต่อปี"
            " เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)"
        )


def _old_rate(plan: Plan) -> Decimal:
    """The mean rate of the old debts, weighted by their principal."""
    principal = sum(line.principal for line in plan.lines)
    cost = sum(line.principal * line.debt.rate_percent for line in plan.lines)
    return to_percent(cost / principal) if principal else Decimal(0)
