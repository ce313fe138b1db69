"""ใบรับชำระ: the sheet of a village meeting, and everything received there written down in one go.

A row is an open debt: what is due, what is overdue, what pays it off. Either every amount of a sheet is recorded or
none is, and each refusal stands beside its row. Each payment has a key made of the sheet's key and its debt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction

from accounts.models import Officer
from debts.ledger import ZERO
from debts.models import Collection, Debt, Payment
from debts.repayment import CannotPay, due_on, owed_on, pay
from funds.models import Centre, Fund
from households.models import Household


class CannotCollect(ValueError):
    """Nothing is recorded. `errors` are the Thai reasons by the key of the debt; `str()` is the first one."""

    def __init__(self, message: str, errors: Mapping[int, str] | None = None):
        super().__init__(message)
        self.errors = errors or {}


@dataclass(frozen=True)
class Row:
    """An open debt on the day of the meeting, in baht. `overdue` is a part of `due`, `due` one of `pay_off`."""

    debt: Debt
    due: Decimal
    overdue: Decimal
    pay_off: Decimal


@dataclass(frozen=True)
class Sheet:
    """The open debts of a centre or of one of its funds on a day, as the houses follow each other."""

    rows: list[Row]

    @property
    def due(self) -> Decimal:
        return sum((row.due for row in self.rows), ZERO)

    @property
    def overdue(self) -> Decimal:
        return sum((row.overdue for row in self.rows), ZERO)

    @property
    def pay_off(self) -> Decimal:
        return sum((row.pay_off for row in self.rows), ZERO)


def sheet_of(debts, *, on: date) -> Sheet:
    """The sheet of a queryset of debts; a constant number of queries."""
    open_debts = debts.open().filter(opened_on__lte=on).with_names().select_related("contract")
    by_house = ("household__village_id", "household__house_sort", "household_id", "fund_id", "pk")
    rows = open_debts.prefetch_related("contract__instalments", "contract__versions", "fund__rules").order_by(
        *by_house
    )
    return Sheet([row_of(debt, on=on) for debt in rows])


def row_of(debt: Debt, *, on: date) -> Row:
    """What is due on day `on`. An old debt falls due all at once, and is due where its day is not known."""
    pay_off = owed_on(debt, on=on).total
    if debt.kind == Debt.Kind.MERGED:
        due = due_on(debt, on=on).total
        overdue = min(due, due_on(debt, on=on - timedelta(days=1)).total)
    else:
        due = pay_off if debt.due_on is None or debt.due_on <= on else ZERO
        overdue = due if debt.due_on and debt.due_on < on else ZERO
    return Row(debt, due, overdue, pay_off)


@transaction.atomic
def collect(
    *, centre: Centre, fund: Fund | None, amounts: Mapping[int, Decimal], on: date, by: Officer, key: UUID
) -> Collection:
    """Record what was received on day `on`: baht by the key of each debt of the centre, or of its fund; the same
    `key` again returns the same collection. Locks the households in the order of their keys, then pays fund by
    fund, so that two meetings cannot wait on each other. Raises `CannotCollect`."""
    debts = list(_debts(centre, fund, amounts).order_by("fund_id", "pk"))
    _lock_households(debts)
    known = Collection.objects.filter(key=key).first()
    if known:
        return _same_place(known, centre, fund)
    _refuse_sheet(debts, amounts)
    made = Collection.objects.create(centre=centre, fund=fund, on=on, key=key, by=by)
    errors = {debt.pk: refusal for debt in debts if (refusal := _pay(made, debt, amounts[debt.pk]))}
    if errors:
        raise CannotCollect("ยังไม่ได้บันทึกรายการใด แก้ไขจำนวนเงินที่มีข้อความกำกับ", errors)
    return made


def _debts(centre: Centre, fund: Fund | None, amounts: Mapping[int, Decimal]):
    debts = Debt.objects.filter(pk__in=list(amounts), fund__centre=centre)
    return debts.filter(fund=fund) if fund else debts


def _lock_households(debts: list[Debt]) -> None:
    keys = {debt.household_id for debt in debts}
    list(Household.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _same_place(known: Collection, centre: Centre, fund: Fund | None) -> Collection:
    if (known.centre_id, known.fund_id) != (centre.pk, fund.pk if fund else None):
        raise CannotCollect("แบบนี้ใช้บันทึกการรับชำระของที่อื่นแล้ว เปิดใบรับชำระใหม่")
    return known


def _refuse_sheet(debts: list[Debt], amounts: Mapping[int, Decimal]) -> None:
    if not amounts:
        raise CannotCollect("ระบุจำนวนเงินที่รับอย่างน้อย 1 รายการ")
    if len(debts) < len(amounts):
        raise CannotCollect("มีรายการที่ไม่อยู่ในใบรับชำระนี้แล้ว โหลดหน้านี้ใหม่")


def _pay(made: Collection, debt: Debt, amount: Decimal) -> str:
    """Why the payment is refused; "" when it was recorded. Once one is refused the others are only tried."""
    key = uuid5(made.key, str(debt.pk))
    try:
        with transaction.atomic():
            pay(debt=debt, amount=amount, on=made.on, by=made.by, key=key, collection=made)
    except CannotPay as refusal:
        return str(refusal)
    return ""


def receipts_of(made: Collection):
    """The payments of a collection, by fund and receipt number."""
    payments = Payment.objects.filter(collection=made)
    return payments.select_related(
        "debt__borrower", "debt__household__village", "debt__fund", "fund", "reversal"
    ).order_by("fund_id", "year", "sequence")
