"""What an officer is told about a change of plan before it is proposed or approved. A warning never blocks."""

from collections.abc import Iterator

from config import thai
from debts.models import Contract, Guarantor, PlanChange
from debts.plans.outcome import Outcome
from debts.schedule import CEILING_PERCENT, due_dates

Kind = PlanChange.Kind


def warnings_of(outcome: Outcome) -> tuple[str, ...]:
    """In the order in which they are read."""
    return tuple(
        warning
        for tell in (_about_the_cost, _about_arrears, _about_the_guarantors, _about_the_fund, _about_the_kind)
        for warning in tell(outcome)
    )


def guarantors_of(contract: Contract) -> list[str]:
    """Who stood surety for the debts that the contract replaced, or stands for it; each named once."""
    debts = [contract.debt_id, *contract.merged_debts.values_list("debt", flat=True)]
    return list(dict.fromkeys(str(each) for each in Guarantor.objects.filter(debt__in=debts)))


def _about_the_cost(outcome: Outcome) -> Iterator[str]:
    before, after = outcome.before, outcome.after
    if not after or not outcome.terms:
        return
    if after.effective_percent > CEILING_PERCENT:
        yield (
            f"อัตราดอกเบี้ยที่แท้จริงร้อยละ {thai.percent(after.effective_percent)} ต่อปี"
            " เกินร้อยละ 15 ต่อปี (ป.พ.พ. มาตรา 654)"
        )
    if after.rate_percent > before.rate_percent:
        old, new = thai.percent(before.rate_percent), thai.percent(after.rate_percent)
        yield f"ดอกเบี้ยใหม่สูงกว่าเดิม (ร้อยละ {old} → {new} ต่อปี)"
    if after.interest > before.interest:
        yield f"ดอกเบี้ยที่ยังต้องชำระเพิ่มขึ้น {thai.money(after.interest - before.interest)} บาท"
    if before.next and after.next.total > before.next.total:
        yield f"ค่างวดเพิ่มขึ้น ({thai.money(before.next.total)} → {thai.money(after.next.total)} บาท)"


def _about_arrears(outcome: Outcome) -> Iterator[str]:
    if outcome.terms and outcome.due:
        yield f"ยอดครบกำหนดที่ยังไม่ชำระ {thai.money(outcome.due)} บาท จะรวมอยู่ในแผนใหม่และไม่นับว่าเกินกำหนดอีก"


def _about_the_guarantors(outcome: Outcome) -> Iterator[str]:
    """Time given to the debtor frees the guarantor who has not agreed to it (s.700)."""
    before, after = outcome.before.ends_on, outcome.after and outcome.after.ends_on
    gives_time = outcome.terms and after and (before is None or after > before)
    named = guarantors_of(outcome.change.contract) if gives_time or outcome.change.full_grace else []
    if named:
        yield (
            f"ผู้ค้ำประกัน: {', '.join(named)} ผู้ที่ไม่ยินยอมด้วยในการผ่อนเวลาจะหลุดพ้นความรับผิด"
            " (ป.พ.พ. มาตรา 700) ให้ลงลายมือชื่อยินยอมก่อนแผนใหม่มีผล"
        )


def _about_the_fund(outcome: Outcome) -> Iterator[str]:
    contract = outcome.change.contract
    rule = contract.lender.rule_on(outcome.on)
    if not (rule and rule.longest_months and outcome.after and outcome.terms):
        return
    last = due_dates(contract.signed_on, 2, rule.longest_months)[1]
    if outcome.after.ends_on > last:
        yield f"เกินระยะเวลากู้ของกองทุน ({rule.longest_months} เดือน นับจากวันทำสัญญา)"


def _about_the_kind(outcome: Outcome) -> Iterator[str]:
    if outcome.change.kind == Kind.WRITE_OFF:
        yield "การตัดหนี้สูญเป็นการตัดออกจากบัญชีของกองทุน ลูกหนี้ยังเป็นหนี้ตามกฎหมาย หากได้รับคืนภายหลังให้บันทึกเงินที่ได้รับคืน"
    if outcome.change.kind == Kind.DEFAULT:
        yield "เมื่อเลิกสัญญา ยอดที่ค้างทั้งหมดถึงกำหนดชำระทันที และครัวเรือนทำสัญญาใหม่ได้"
    if outcome.change.kind == Kind.TAKEOVER:
        yield "ทายาทรับผิดไม่เกินทรัพย์มรดกที่ตกทอดแก่ตน (ป.พ.พ. มาตรา 1601) ตรวจหลักฐานความยินยอมก่อนอนุมัติ"
