"""An offer to a household: its old debts into one, under which terms, and what that comes to.

Amounts are baht, rates percent a year. Nothing here writes: the plan an officer sees is computed by the code
that makes the contract.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from config import thai
from config.rounding import to_satang
from debts import schedule
from debts.affordable import periods_for
from debts.interest import ZERO, simple_interest, split_interest
from debts.models import Contract, Debt, Entry
from debts.seasons import seasonal_dates
from funds.models import Centre, Fund
from households.models import Household


class CannotConsolidate(ValueError):
    """The debts cannot become one contract; `str()` is the Thai reason."""


@dataclass(frozen=True)
class Waiver:
    """What the old lender forgives of one debt."""

    principal: Decimal = ZERO
    interest: Decimal = ZERO
    penalty: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.principal + self.interest + self.penalty


@dataclass(frozen=True)
class Offer:
    """The terms on the table. `waivers` by the key of the debt. `due_dates` are days typed by hand, one a period;
    `seasons` gives them by days that come back every year (after the harvest), from `first_due_on` on. Interest
    between such days is counted in actual days. With `affordable`, baht the household can pay each time, the
    number of periods is found: `Plan.offer` has it, and the days."""

    lender: Fund
    signed_on: date
    interest_to: date
    rate_percent: Decimal
    method: str
    day_count: str
    periods: int | None
    first_due_on: date
    months_per_period: int = 1
    principal_grace: int = 0
    full_grace: int = 0
    round_up_to: int | None = None
    agreed_in_writing: bool = False
    waivers: Mapping[int, Waiver] = field(default_factory=dict)
    new_money: Decimal = ZERO
    due_dates: tuple[date, ...] | None = None
    seasons: tuple[thai.DayOfYear, ...] = ()
    affordable: Decimal | None = None

    def waiver_of(self, debt: Debt) -> Waiver:
        return self.waivers.get(debt.pk, Waiver())


@dataclass(frozen=True)
class Line:
    """One old debt on `interest_to`: what is owed, forgiven, may bear interest again, and is kept apart. `apart` is the
    interest that was kept apart already, by a contract that was ended for default; `interest` includes it."""

    debt: Debt
    principal: Decimal
    interest: Decimal
    penalty: Decimal
    waiver: Waiver
    capitalised: Decimal
    kept_apart: Decimal
    apart: Decimal = ZERO

    @property
    def owed(self) -> Decimal:
        return self.principal + self.interest + self.penalty

    @property
    def waived(self) -> Decimal:
        return self.waiver.total

    @property
    def carried(self) -> Decimal:
        """What the new lender pays the old fund."""
        return self.owed - self.waived

    @property
    def principal_carried(self) -> Decimal:
        return self.principal - self.waiver.principal

    @property
    def bears_interest(self) -> Decimal:
        return self.principal_carried + self.capitalised

    @property
    def accrued(self) -> Decimal:
        """Interest that the ledger does not have yet."""
        return self.interest - self.apart - self.debt.interest


@dataclass(frozen=True)
class Plan:
    """What an offer comes to. `warnings` are Thai; those in `to_justify` need a reason typed by the officer.
    `added_cost` is the interest that moving interest-free debts adds."""

    offer: Offer
    lines: tuple[Line, ...]
    bears_interest: Decimal
    kept_apart: Decimal
    waived: Decimal
    amount: Decimal
    instalments: tuple[schedule.Instalment, ...]
    total_interest: Decimal
    effective_percent: Decimal
    ends_on: date
    added_cost: Decimal
    warnings: tuple[str, ...] = ()
    to_justify: tuple[str, ...] = ()


def plan_of(*, household: Household, debts, offer: Offer) -> Plan:
    """The plan of an offer, without warnings. Raises `CannotConsolidate`."""
    centre = Centre.objects.filter(village=household.village_id).first()
    _refuse_debts(household, debts)
    _refuse_later_entries(debts, offer.signed_on)
    _refuse_offer(centre, debts, offer)
    lines = tuple(_line(debt, offer, centre.interest_reading) for debt in debts)
    bears_interest = sum(line.bears_interest for line in lines) + offer.new_money
    kept_apart = sum((line.kept_apart for line in lines), ZERO)
    offer, instalments, summary = _schedule(offer, bears_interest, kept_apart)
    return Plan(
        offer=offer,
        lines=lines,
        bears_interest=bears_interest,
        kept_apart=kept_apart,
        waived=sum((line.waived for line in lines), ZERO),
        amount=_whole(lines, offer, bears_interest + kept_apart),
        instalments=tuple(instalments),
        total_interest=summary.total_interest,
        effective_percent=summary.effective_percent,
        ends_on=summary.ends_on,
        added_cost=_added_cost(lines, bears_interest, summary.total_interest),
    )


def _refuse_debts(household: Household, debts) -> None:
    if household.contracts.standing().exists():
        raise CannotConsolidate("ครัวเรือนนี้มีสัญญา 1 ครัวเรือน 1 สัญญา ที่มีผลใช้บังคับแล้ว")
    if not debts:
        raise CannotConsolidate("เลือกหนี้อย่างน้อย 1 สัญญา")
    for debt in debts:
        if debt.household_id != household.pk:
            raise CannotConsolidate(f"หนี้ {debt} ไม่ใช่หนี้ของครัวเรือนนี้")
        if debt.kind != Debt.Kind.ORIGINAL and debt.contract.ending != Contract.Ending.DEFAULTED:
            raise CannotConsolidate(f"หนี้ {debt} เป็นสัญญา 1 ครัวเรือน 1 สัญญา อยู่แล้ว เลือกเฉพาะสัญญาเดิม")
        if debt.merges.filter(is_cancelled=False).exists():
            raise CannotConsolidate(f"หนี้ {debt} รวมอยู่ในสัญญาอื่นแล้ว")
        if not debt.is_open:
            raise CannotConsolidate(f"หนี้ {debt} ปิดบัญชีแล้ว")


def _refuse_later_entries(debts, signed_on: date) -> None:
    later = Entry.objects.filter(debt__in=debts, on__gt=signed_on).order_by("-on").first()
    if later:
        raise CannotConsolidate(f"มีรายการบัญชีวันที่ {thai.short_date(later.on)} ระบุวันทำสัญญาวันนั้นหรือหลังจากนั้น")


def _refuse_offer(centre: Centre | None, debts, offer: Offer) -> None:
    lender = offer.lender
    has_left = lender.closed_on is not None and lender.closed_on <= offer.signed_on
    if centre is None or lender.centre_id != centre.pk or has_left:
        raise CannotConsolidate("เลือกแหล่งกู้ยืมใหม่ที่เป็นกองทุนสมาชิกของศูนย์ฯ นี้")
    if offer.interest_to > offer.signed_on:
        raise CannotConsolidate("วันที่คิดดอกเบี้ยถึงต้องไม่หลังวันทำสัญญา")
    _refuse_amount(offer.new_money, "เงินกู้เพิ่ม")
    if set(offer.waivers) - {debt.pk for debt in debts}:
        raise CannotConsolidate("ยกเว้นได้เฉพาะหนี้ที่เลือกรวม")


def _refuse_amount(amount: Decimal, name: str) -> None:
    if amount < 0 or amount != to_satang(amount):
        raise CannotConsolidate(f"ระบุ{name}ไม่ติดลบ ทศนิยมไม่เกิน 2 ตำแหน่ง")


def _line(debt: Debt, offer: Offer, reading: str) -> Line:
    waiver, interest = offer.waiver_of(debt), interest_to(debt, offer.interest_to)
    _refuse_waiver(debt, interest, waiver)
    split = split_interest(
        principal=debt.principal,
        rate_percent=debt.rate_percent,
        interest=interest - waiver.interest,
        interest_to=offer.interest_to,
        signed_on=offer.signed_on,
        agreed_in_writing=offer.agreed_in_writing,
        reading=reading,
    )
    apart = debt.apart + split.kept_apart + debt.penalty - waiver.penalty
    owed = interest + debt.apart
    return Line(debt, debt.principal, owed, debt.penalty, waiver, split.capitalised, apart, debt.apart)


def interest_to(debt: Debt, day: date) -> Decimal:
    """Interest owed on `day`: what the ledger has up to `accrued_to`, and simple interest after it."""
    if day < debt.accrued_to:
        raise CannotConsolidate(
            f"หนี้ {debt} คิดดอกเบี้ยถึงวันที่ {thai.short_date(debt.accrued_to)} แล้ว ระบุวันนั้นหรือหลังจากนั้น"
        )
    return debt.interest + simple_interest(debt.principal, debt.rate_percent, (day - debt.accrued_to).days)


def _refuse_waiver(debt: Debt, interest: Decimal, waiver: Waiver) -> None:
    owed = {"principal": debt.principal, "interest": interest, "penalty": debt.penalty}
    for part, most in owed.items():
        amount = getattr(waiver, part)
        _refuse_amount(amount, "จำนวนที่ยกเว้น")
        if amount > most:
            raise CannotConsolidate(f"ยกเว้นหนี้ {debt} ได้ไม่เกินยอดที่ค้าง {thai.money(most)} บาท")


def _schedule(offer: Offer, principal: Decimal, apart: Decimal):
    """The offer with its number of periods and its days, and what it comes to."""
    try:
        offer = _settled(offer, principal, apart)
        terms = terms_of(offer, principal, apart)
        return offer, schedule.instalments(terms), schedule.summary(terms)
    except schedule.CannotSchedule as refusal:
        raise CannotConsolidate(str(refusal)) from refusal


def _settled(offer: Offer, principal: Decimal, apart: Decimal) -> Offer:
    if offer.affordable is not None:
        periods = periods_for(
            offer.affordable, lambda periods: terms_of(_lasting(offer, periods), principal, apart)
        )
        return _lasting(offer, periods)
    return _lasting(offer, offer.periods)


def _lasting(offer: Offer, periods: int) -> Offer:
    if not offer.seasons:
        return replace(offer, periods=periods)
    days = seasonal_dates(offer.seasons, since=offer.first_due_on, periods=periods)
    return replace(offer, periods=periods, due_dates=days)


def terms_of(offer: Offer, principal: Decimal, apart: Decimal) -> schedule.Terms:
    """The terms of an offer whose number of periods is known, on baht that bear interest and baht that do not."""
    return schedule.Terms(
        principal=principal,
        apart=apart,
        rate_percent=offer.rate_percent,
        method=schedule.Method(offer.method),
        day_count=schedule.DayCount(offer.day_count),
        periods=offer.periods,
        signed_on=offer.signed_on,
        first_due_on=offer.first_due_on,
        months_per_period=offer.months_per_period,
        principal_grace=offer.principal_grace,
        full_grace=offer.full_grace,
        round_up_to=offer.round_up_to,
        due_dates=offer.due_dates,
    )


def _whole(lines, offer: Offer, amount: Decimal) -> Decimal:
    """The invariant of a merge: owed less waived plus new money = bears interest plus kept apart."""
    if sum(line.carried for line in lines) + offer.new_money != amount:
        raise AssertionError("a merge gained or lost money")
    return amount


def _added_cost(lines, bears_interest: Decimal, total_interest: Decimal) -> Decimal:
    """The interest-free debts' share of the new interest, by their share of what bears it."""
    free = sum(
        (line.bears_interest for line in lines if line.debt.rate_percent == 0 and _is_poverty(line)), ZERO
    )
    return to_satang(total_interest * free / bears_interest) if bears_interest else ZERO


def _is_poverty(line: Line) -> bool:
    return line.debt.fund.kind == Fund.Kind.POVERTY_PROJECT
