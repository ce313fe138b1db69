"""Talks between a household and the funds it owes: what is asked of each, what each answers.

An answer holds for the wording it was given to. Whoever changes a wording starts anew: the fund has to answer
again, and a resolution of the committee no longer stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import TextChoices

from accounts.models import Officer
from config import thai
from debts.cases.moves import CannotMove, move
from debts.ledger import ZERO, lock_household
from debts.models import Ask, Case, Debt
from debts.offer import Waiver
from debts.repayment import owed_on
from funds.models import Fund

WAIVED_PART = {
    Ask.Kind.WAIVE_PRINCIPAL: "principal",
    Ask.Kind.WAIVE_INTEREST: "interest",
    Ask.Kind.WAIVE_PENALTY: "penalty",
}
TALKING = (Case.Stage.SELECTED, Case.Stage.NEGOTIATING, Case.Stage.RESOLVED)


class CannotAsk(ValueError):
    """Nothing is asked, changed or answered; `str()` is the Thai reason."""


@dataclass(frozen=True)
class Wording:
    """What is asked: of a fund, for one debt or for all it is owed. Baht, percent a year or months by kind."""

    fund: Fund
    kind: str
    debt: Debt | None = None
    amount: Decimal | None = None
    percent: Decimal | None = None
    months: int | None = None
    note: str = ""


@transaction.atomic
def ask(*, case: Case, wording: Wording, on: date, by: Officer) -> Ask:
    """Put one thing to a fund; the talks begin with the first. Raises `CannotAsk`."""
    case = _talking(case)
    _refuse_wording(case, wording, on, known=None)
    _reopen(case, on, by, reason=f"ขอเพิ่ม: {Ask.Kind(wording.kind).label} ({wording.fund})")
    return _write(case, wording, on, by)


@transaction.atomic
def change(*, known: Ask, wording: Wording, on: date, by: Officer) -> Ask:
    """Word an ask anew. The fund's answer to the old wording no longer counts. Raises `CannotAsk`."""
    case = _talking(known.case)
    known = _take_off_the_table(known)
    _refuse_wording(case, wording, on, known=known)
    _reopen(case, on, by, reason=f"แก้ไขข้อตกลง: {known} ({known.fund})")
    return _write(case, wording, on, by, replaces=known)


@transaction.atomic
def drop(*, known: Ask, on: date, by: Officer) -> None:
    """Take an ask back. Raises `CannotAsk`."""
    case = _talking(known.case)
    known = _take_off_the_table(known)
    _reopen(case, on, by, reason=f"ถอนข้อเสนอ: {known} ({known.fund})")


@transaction.atomic
def answer(*, known: Ask, answer: str, on: date, answered_by: str, note: str = "", by: Officer) -> Ask:
    """Write down what the fund's representative answered on day `on`. Once for each wording. Raises `CannotAsk`."""
    _talking(known.case)
    known = Ask.objects.select_for_update(of=("self",)).get(pk=known.pk)
    _refuse_answer(known, answer, on, note)
    known.answer, known.answered_on, known.recorded_by = answer, on, by
    known.answered_by, known.answer_note = answered_by, note.strip()
    known.save(update_fields=["answer", "answered_on", "recorded_by", "answered_by", "answer_note"])
    return known


class FundState(TextChoices):
    UNASKED = "unasked", "ยังไม่ได้เจรจา"
    WAITING = "waiting", "รอคำตอบ"
    REFUSED = "refused", "ไม่ยินยอม"
    CONDITIONS = "conditions", "มีเงื่อนไข"
    AGREED = "agreed", "ตกลงแล้ว"

    @property
    def tag(self) -> str:
        return {"agreed": "ok", "waiting": "wait", "refused": "error", "conditions": "warn"}.get(
            self, "neutral"
        )


@dataclass(frozen=True)
class FundLine:
    """One fund on the agreement board: what it is owed in baht, and what is on the table with it."""

    fund: Fund
    debts: list[Debt]
    asks: list[Ask]

    @property
    def owed(self) -> Decimal:
        return sum((debt.outstanding for debt in self.debts), ZERO)

    @property
    def state(self) -> FundState:
        answers = {each.answer for each in self.asks}
        if not self.asks:
            return FundState.UNASKED
        for found in (Ask.Answer.REFUSED, "", Ask.Answer.CONDITIONS):
            if found in answers:
                return {"": FundState.WAITING}.get(found) or FundState(found)
        return FundState.AGREED


@dataclass(frozen=True)
class Board:
    """Every fund the household owes, and how far the talks with it are."""

    lines: list[FundLine]

    @property
    def is_agreed(self) -> bool:
        return bool(self.lines) and all(line.state == FundState.AGREED for line in self.lines)

    @property
    def waiting(self) -> list[FundLine]:
        return [line for line in self.lines if line.state != FundState.AGREED]

    @property
    def has_begun(self) -> bool:
        return any(line.asks for line in self.lines)

    @property
    def owed(self) -> Decimal:
        return sum((line.owed for line in self.lines), ZERO)

    @property
    def agreed_by_baht(self) -> Decimal:
        """Baht owed to the funds that have agreed."""
        return sum((line.owed for line in self.lines if line.state == FundState.AGREED), ZERO)


def board_of(case: Case) -> Board:
    """The agreement board of a case: its household's open debts and the live asks, by fund."""
    debts = list(case.household.debts.open().original().with_names().order_by("fund", "pk"))
    asks = list(case.asks.live().with_names())
    funds = {each.fund_id: each.fund for each in (*debts, *asks)}
    return Board(
        [
            FundLine(
                fund,
                [debt for debt in debts if debt.fund_id == key],
                [each for each in asks if each.fund_id == key],
            )
            for key, fund in sorted(funds.items())
        ]
    )


def agreed_waivers(case: Case) -> Mapping[int, Waiver]:
    """What the funds have agreed to forgive, by the key of the debt."""
    waivers: dict[int, Waiver] = {}
    for each in case.asks.live().filter(answer=Ask.Answer.ACCEPTED, kind__in=Ask.WAIVERS):
        known = waivers.get(each.debt_id, Waiver())
        waivers[each.debt_id] = replace(known, **{WAIVED_PART[each.kind]: each.amount})
    return waivers


def _talking(case: Case) -> Case:
    lock_household(case.household_id, CannotAsk)
    case = Case.objects.select_for_update(of=("self",)).select_related("household").get(pk=case.pk)
    if case.stage not in TALKING or not case.is_open:
        raise CannotAsk(f"ครัวเรือนนี้อยู่ในขั้น “{case.get_stage_display()}” แก้ไขข้อตกลงไม่ได้")
    return case


def _take_off_the_table(known: Ask) -> Ask:
    known = Ask.objects.select_for_update(of=("self",)).select_related("fund").get(pk=known.pk)
    if not known.is_live:
        raise CannotAsk("รายการนี้ถูกแก้ไขหรือถอนไปแล้ว เปิดกระดานข้อตกลงอีกครั้ง")
    known.is_live = False
    known.save(update_fields=["is_live"])
    return known


def _refuse_wording(case: Case, wording: Wording, on: date, *, known: Ask | None) -> None:
    if on < case.opened_on:
        raise CannotAsk(f"ระบุวันที่ตั้งแต่วันคัดเลือก {thai.short_date(case.opened_on)} เป็นต้นไป")
    same = case.asks.live().filter(fund=wording.fund, debt=wording.debt, kind=wording.kind)
    if same.exclude(pk=known.pk if known else None).exists():
        raise CannotAsk("ขอเรื่องนี้กับกองทุนนี้ไว้แล้ว แก้ไขรายการเดิม")
    part = WAIVED_PART.get(wording.kind)
    if part is None:
        return
    if wording.debt is None:
        raise CannotAsk("เลือกหนี้ที่ขอยกเว้น")
    owed = getattr(owed_on(wording.debt, on=max(on, wording.debt.accrued_to)), part)
    if wording.amount > owed:
        raise CannotAsk(f"ขอยกเว้นได้ไม่เกินยอดที่ค้าง {thai.money(owed)} บาท")


def _reopen(case: Case, on: date, by: Officer, *, reason: str) -> None:
    """The talks begin, or begin again after a resolution, which then no longer stands."""
    if case.stage == Case.Stage.NEGOTIATING:
        return
    begins = case.stage == Case.Stage.SELECTED
    try:
        move(case=case, to=Case.Stage.NEGOTIATING, on=on, by=by, reason="" if begins else reason)
    except CannotMove as refusal:
        raise CannotAsk(str(refusal)) from refusal


def _write(case: Case, wording: Wording, on: date, by: Officer, *, replaces: Ask | None = None) -> Ask:
    return Ask.objects.create(
        case=case,
        fund=wording.fund,
        debt=wording.debt,
        kind=wording.kind,
        amount=wording.amount,
        percent=wording.percent,
        months=wording.months,
        note=wording.note,
        asked_on=on,
        by=by,
        replaces=replaces,
    )


def _refuse_answer(known: Ask, answer: str, on: date, note: str) -> None:
    if not known.is_live:
        raise CannotAsk("รายการนี้ถูกแก้ไขหรือถอนไปแล้ว เปิดกระดานข้อตกลงอีกครั้ง")
    if known.answer:
        raise CannotAsk(f"บันทึกคำตอบแล้ว ({known.get_answer_display()}) แก้ไขข้อเสนอก่อน แล้วจึงบันทึกคำตอบใหม่")
    if on < known.asked_on:
        raise CannotAsk(f"วันที่ตอบต้องไม่ก่อนวันที่ขอ {thai.short_date(known.asked_on)}")
    if answer == Ask.Answer.CONDITIONS and not note.strip():
        raise CannotAsk("ระบุเงื่อนไข")
