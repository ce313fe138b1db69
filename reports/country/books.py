"""The ledger of one centre while it is made up: the rules of `debts.ledger`, on rows that are not written yet."""

from collections import Counter
from datetime import date
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from accounts.models import Officer
from config import thai
from debts.ledger import ZERO, carried
from debts.models import Debt, Entry, Payment, RunningNumber
from reports.country.rows import Rows


class Books:
    """Every entry and receipt of a centre, by the officer `by`."""

    def __init__(self, rows: Rows, by: Officer):
        self.rows, self.by = rows, by
        self._payments = []

    def post(self, debt: Debt, kind: str, on: date, **changes) -> None:
        """One entry; none where nothing changes."""
        if any(isinstance(change, Decimal) and change for change in changes.values()):
            self.rows.add(carried(debt, kind=kind, on=on, by=self.by, **changes))

    def receive(self, debt: Debt, on: date, *, charged: Decimal = ZERO, **paid: Decimal) -> None:
        """Interest `charged` to the day, and a payment of these parts, in baht."""
        payment = Payment(
            debt=debt,
            fund=debt.fund,
            year=thai.buddhist_year(on),
            on=on,
            amount=sum(paid.values()),
            accrued_from=debt.accrued_to,
            key=uuid5(NAMESPACE_URL, f"payment/{debt.pk}/{on}"),
            by=self.by,
        )
        self._payments.append(self.rows.add(payment))
        debt.accrued_to = on
        self.post(debt, Entry.Kind.ACCRUAL, on, interest=charged, payment=payment)
        paid = {part: -amount for part, amount in paid.items()}
        self.post(debt, Entry.Kind.PAYMENT, on, payment=payment, **paid)

    def close(self) -> None:
        """Number the receipts of each fund and year by their days."""
        numbers = Counter()
        for payment in sorted(self._payments, key=lambda payment: (payment.on, payment.pk)):
            series = f"receipt/{payment.fund_id}/{payment.year}"
            numbers[series] += 1
            payment.sequence = numbers[series]
        for series, last in numbers.items():
            self.rows.add(RunningNumber(series=series, last=last))
