"""Fund to fund: the new lender of a contract owes every other fund what it took over, and pays it in transfers.

A settlement comes with the signing and goes with the cancelling of its contract. A transfer pays the oldest
settlements between two funds first, or those of one contract; it is never edited, only reversed. Whoever changes
what is paid locks the settlements in the order of their keys, a cancellation after its household and debts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Min

from accounts.audit import record
from accounts.models import Officer
from config import thai
from config.money import total
from config.rounding import to_satang
from debts.ledger import ZERO
from debts.models import Contract, Settlement, Transfer, TransferPart
from funds.models import Fund


class CannotTransfer(ValueError):
    """The transfer is not recorded, or not taken back; `str()` is the Thai reason."""


def open_settlements(contract: Contract) -> None:
    """Write down what the contract's lender owes each other fund: what it was owed less what it waived."""
    owed: dict[int, Decimal] = {}
    for line in contract.merged_debts.select_related("debt").order_by("debt__fund_id", "pk"):
        owed[line.debt.fund_id] = owed.get(line.debt.fund_id, ZERO) + line.carried
    others = {fund: amount for fund, amount in owed.items() if fund != contract.lender_id and amount}
    common = {"contract": contract, "payer_id": contract.lender_id, "since_on": contract.signed_on}
    Settlement.objects.bulk_create(
        Settlement(payee_id=fund, amount=amount, **common) for fund, amount in others.items()
    )


def why_not_cancelled(contract: Contract, *, on: date) -> str:
    """Why the contract's settlements stand in the way of its cancellation on day `on`, in Thai; "" when they do
    not. Locks them. Money that was handed over is taken back first, by whoever handed it over."""
    settlements = _locked(Settlement.objects.filter(contract=contract))
    paid = next((each for each in settlements if each.paid), None)
    if paid:
        return (
            f"{paid.payer} โอนเงินให้{paid.payee}ตามสัญญานี้แล้ว {thai.money(paid.paid)} บาท"
            " กลับรายการโอนก่อนยกเลิกสัญญา"
        )
    newest_on = _newest_on(settlements)
    if newest_on and on < newest_on:
        return f"มีการโอนเงินระหว่างกองทุนวันที่ {thai.short_date(newest_on)} ระบุวันที่ยกเลิกตั้งแต่วันนั้นเป็นต้นไป"
    return ""


def cancel_settlements(contract: Contract, *, on: date) -> None:
    contract.settlements.update(cancelled_on=on)


@transaction.atomic
def transfer(
    *,
    payer: Fund,
    payee: Fund,
    amount: Decimal,
    on: date,
    reference: str,
    by: Officer,
    key: UUID,
    contract: Contract | None = None,
) -> Transfer:
    """Record that `payer` paid `payee` baht on day `on`, for `contract` or for the oldest settlements first; the
    same `key` again returns the same transfer. Raises `CannotTransfer`."""
    owed = Settlement.objects.standing().filter(payer=payer, payee=payee)
    settlements = _locked(owed.filter(contract=contract) if contract else owed)
    known = Transfer.objects.filter(key=key).first()
    if known:
        return _same_funds(known, payer, payee)
    shares = list(_shares(settlements, amount, on=on))
    _refuse_transfer(settlements, shares, amount, on)
    made = Transfer.objects.create(
        payer=payer, payee=payee, amount=amount, on=on, reference=reference, by=by, key=key
    )
    _carry(made, shares)
    record(by=by, action="fund-transfer", target=str(made), detail={"amount": str(amount)})
    return made


@transaction.atomic
def reverse_transfer(*, made: Transfer, reason: str, on: date, by: Officer) -> Transfer:
    """Take a transfer back by a second row of the opposite amount. Raises `CannotTransfer`."""
    parts = list(made.parts.select_related("settlement").order_by("settlement"))
    locked = {each.pk: each for each in _locked(Settlement.objects.filter(parts__in=parts))}
    _refuse_reversal(made, list(locked.values()), reason, on)
    back = Transfer.objects.create(
        payer=made.payer,
        payee=made.payee,
        amount=-made.amount,
        on=on,
        reference=made.reference,
        reverses=made,
        reason=reason,
        by=by,
        key=uuid4(),
    )
    _carry(back, [Share(locked[part.settlement_id], -part.amount) for part in parts])
    record(by=by, action="fund-transfer-reverse", target=str(made), detail={"reason": reason})
    return back


@dataclass(frozen=True)
class Share:
    """Baht of a transfer for one settlement."""

    settlement: Settlement
    amount: Decimal


def _locked(settlements) -> list[Settlement]:
    keys = settlements.values("pk")
    return list(Settlement.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _shares(settlements: list[Settlement], amount: Decimal, *, on: date) -> Iterator[Share]:
    """The amount over the settlements known on day `on`, the oldest first."""
    known = [each for each in settlements if each.since_on <= on and not each.cancelled_on]
    for each in sorted(known, key=lambda each: (each.since_on, each.pk)):
        share = min(each.owed, amount)
        if share > 0:
            yield Share(each, share)
            amount -= share


def _carry(made: Transfer, shares: list[Share]) -> None:
    for share in shares:
        share.settlement.paid += share.amount
        share.settlement.save(update_fields=["paid"])
    TransferPart.objects.bulk_create(
        TransferPart(transfer=made, settlement=share.settlement, amount=share.amount) for share in shares
    )


def _same_funds(known: Transfer, payer: Fund, payee: Fund) -> Transfer:
    if (known.payer_id, known.payee_id) != (payer.pk, payee.pk):
        raise CannotTransfer("แบบนี้ใช้บันทึกการโอนอื่นแล้ว เริ่มบันทึกใหม่")
    return known


def _refuse_transfer(settlements: list[Settlement], shares: list[Share], amount: Decimal, on: date) -> None:
    if amount <= 0 or amount != to_satang(amount):
        raise CannotTransfer("ระบุจำนวนเงินที่โอนมากกว่า 0 บาท ทศนิยมไม่เกิน 2 ตำแหน่ง")
    if amount > sum((share.amount for share in shares), ZERO):
        known = (each for each in settlements if each.since_on <= on and not each.cancelled_on)
        most = sum((each.owed for each in known), ZERO)
        raise CannotTransfer(
            f"ยอดโอนมากกว่ายอดค้างจ่าย ณ วันที่ {thai.short_date(on)} ระบุไม่เกิน {thai.money(most)} บาท"
        )
    _refuse_before_newest([share.settlement for share in shares], on)


def _refuse_before_newest(settlements: list[Settlement], on: date) -> None:
    newest_on = _newest_on(settlements)
    if newest_on and on < newest_on:
        raise CannotTransfer(f"มีการโอนของยอดนี้วันที่ {thai.short_date(newest_on)} แล้ว ระบุวันนั้นหรือหลังจากนั้น")


def _newest_on(settlements: list[Settlement]) -> date | None:
    return TransferPart.objects.filter(settlement__in=settlements).aggregate(on=Max("transfer__on"))["on"]


def _refuse_reversal(made: Transfer, settlements: list[Settlement], reason: str, on: date) -> None:
    if made.reverses_id:
        raise CannotTransfer("รายการนี้เป็นการกลับรายการ กลับอีกครั้งไม่ได้ บันทึกการโอนใหม่แทน")
    if Transfer.objects.filter(reverses=made).exists():
        raise CannotTransfer("กลับรายการโอนนี้แล้ว")
    if not reason.strip():
        raise CannotTransfer("ระบุเหตุผลที่กลับรายการ")
    _refuse_before_newest(settlements, on)


# --- Statements -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Balance:
    """Between a fund and another one on a day, in baht: what it owes that fund and what that fund owes it."""

    fund: Fund
    payable: Decimal
    receivable: Decimal

    @property
    def net(self) -> Decimal:
        """What is left to be received; below zero when more is to be paid."""
        return self.receivable - self.payable


@dataclass(frozen=True)
class FundStatement:
    """What a fund owes and is owed on day `on`: by contract, by other fund, and the transfers so far."""

    fund: Fund
    on: date
    payable: list[Settlement]
    receivable: list[Settlement]
    transfers: list[Transfer]

    @property
    def to_pay(self) -> Decimal:
        return sum((each.left_on for each in self.payable), ZERO)

    @property
    def to_receive(self) -> Decimal:
        return sum((each.left_on for each in self.receivable), ZERO)

    @property
    def balances(self) -> list[Balance]:
        """By other fund, in the order in which the funds joined."""
        others = {each.payee for each in self.payable} | {each.payer for each in self.receivable}
        return [self._with(other) for other in sorted(others, key=lambda fund: fund.pk)]

    def _with(self, other: Fund) -> Balance:
        payable = sum((each.left_on for each in self.payable if each.payee == other), ZERO)
        receivable = sum((each.left_on for each in self.receivable if each.payer == other), ZERO)
        return Balance(other, payable, receivable)


def fund_statement(fund: Fund, *, on: date) -> FundStatement:
    """The fund's statement of day `on`, replayed from the transfers."""
    known = Settlement.objects.known_on(on).with_names().with_balance(on=on)
    transfers = Transfer.objects.filter(on__lte=on).with_names().order_by("on", "pk")
    return FundStatement(
        fund=fund,
        on=on,
        payable=list(known.filter(payer=fund).order_by("since_on", "pk")),
        receivable=list(known.filter(payee=fund).order_by("since_on", "pk")),
        transfers=list(transfers.filter(payer=fund) | transfers.filter(payee=fund)),
    )


def owed_between(payer: Fund, payee: Fund) -> tuple[Decimal, date | None]:
    """Baht that `payer` owes `payee` today, and since when."""
    owed = Settlement.objects.unpaid().filter(payer=payer, payee=payee).with_left()
    found = owed.aggregate(sum=total("left"), since=Min("since_on"))
    return found["sum"], found["since"]
