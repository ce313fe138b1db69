"""ใบเสร็จรับเงิน: what a receipt says. Amounts in baht."""

from dataclasses import dataclass
from decimal import Decimal

from config.money import total
from debts.ledger import ZERO
from debts.models import PARTS, Entry, Payment, PaymentReversal
from debts.plans.versions import covered_until, schedule_of, terms_at

LABELS = {"penalty": "ค่าปรับ", "apart": "ดอกเบี้ยที่แยกไว้", "interest": "ดอกเบี้ย", "principal": "เงินต้น"}
COPIES = ("ต้นฉบับ (ผู้ชำระเงิน)", "สำเนา (กลุ่ม/กองทุน)")


@dataclass(frozen=True)
class Receipt:
    """A payment, what it paid by part, which instalments, and the balance after it; `reversal` when it was taken
    back."""

    payment: Payment
    parts: list[tuple[str, Decimal]]
    instalments: str
    balance: Decimal
    reversal: PaymentReversal | None


def receipt_of(payment: Payment) -> Receipt:
    entry = payment.entries.get(kind=Entry.Kind.PAYMENT)
    parts = [(label, -getattr(entry, part)) for part, label in LABELS.items() if getattr(entry, part)]
    return Receipt(
        payment=payment,
        parts=parts,
        instalments=_instalments(payment, entry),
        balance=_balance_after(entry),
        reversal=getattr(payment, "reversal", None),
    )


def _balance_after(entry: Entry) -> Decimal:
    """Baht owed when the payment had been written down."""
    entries = Entry.objects.filter(debt=entry.debt_id, pk__lte=entry.pk)
    return sum(entries.aggregate(**{f"{part}_sum": total(part) for part in PARTS}).values(), ZERO)


def _instalments(payment: Payment, entry: Entry) -> str:
    """The numbers of the instalments that the money went to, the oldest first, by the plan of that day: 3, 3–5;
    "" for an old debt."""
    contract = getattr(payment.debt, "contract", None)
    if contract is None:
        return ""
    terms = terms_at(contract, entry)
    before = covered_until(entry, terms)
    after = before - entry.principal - entry.interest - entry.apart
    reached, touched = ZERO, []
    for line in schedule_of(terms):
        starts, reached = reached, reached + line.total
        if line.total and reached > before and starts < after:
            touched.append(line.number)
    if not touched:
        return ""
    return str(touched[0]) if len(touched) == 1 else f"{touched[0]}–{touched[-1]}"
