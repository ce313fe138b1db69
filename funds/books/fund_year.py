"""What somebody tells of a fund for a fiscal year: its level, and the five components."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from accounts.audit import record
from accounts.edits import target_of
from accounts.models import Officer
from config import thai
from funds.committee import newest_order
from funds.models import Fund, FundYear

KNOWN = ("level", "level_source", *FundYear.COMPONENTS, "note")


class CannotTell(ValueError):
    """Nothing is written down; `str()` is the Thai reason."""


@transaction.atomic
def tell(*, fund: Fund, year: int, told: Mapping, on: date, by: Officer) -> FundYear:
    """Write down what `told` says (names of `KNOWN`) of the fund in the year, and what it was before in the record.
    Locks the fund. Raises `CannotTell`."""
    Fund.objects.select_for_update().get(pk=fund.pk)
    if year > thai.fiscal_year(on):
        raise CannotTell(f"ยังไม่ถึงปีงบประมาณ พ.ศ. {year}")
    row = FundYear.objects.filter(fund=fund, fiscal_year=year).first()
    row = row or FundYear(fund=fund, fiscal_year=year)
    before = {name: getattr(row, name) for name in KNOWN}
    for name in KNOWN:
        setattr(row, name, told[name])
    row.told_by = by
    row.save()
    changed = {name: [str(before[name]), str(told[name])] for name in KNOWN if before[name] != told[name]}
    record(by=by, action="fundyear-tell", target=target_of(row), detail=changed)
    return row


def signs(fund: Fund, *, on: date) -> dict[str, str]:
    """What the system itself knows of a component, in Thai, to be read beside the question."""
    rule = fund.rule_on(on)
    order = newest_order(fund.centre)
    seats = sum(member.fund_id == fund.pk for member in order.serving) if order else 0
    return {
        "has_members": f"สมาชิก {thai.count(fund.members)} คน" if fund.members else "ยังไม่ได้บันทึกจำนวนสมาชิก",
        "has_committee": f"ผู้แทนในคณะกรรมการศูนย์ฯ {seats} คน",
        "has_rules": f"ระเบียบการให้กู้มีผลตั้งแต่ {thai.short_date(rule.effective_on)}"
        if rule
        else "ยังไม่ได้บันทึกระเบียบการให้กู้",
        "has_activity": "ระบบไม่มีข้อมูล",
        "has_fund": f"เงินทุน {thai.money(fund.capital)} บาท" if fund.capital else "ยังไม่ได้บันทึกเงินทุน",
    }
