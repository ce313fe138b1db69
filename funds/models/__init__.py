"""Centres with their committees, member funds and lending rules, and their books."""

from funds.models.books import BalanceSheet, FundYear, SheetLine, SheetMove
from funds.models.centres import (
    LAWFUL_RATE,
    PAID_PARTS,
    PAYMENT_ORDERS,
    USUAL_PAYMENT_ORDER,
    Centre,
    CommitteeMember,
    CommitteeOrder,
    Fund,
    LendingRule,
)

__all__ = [
    "LAWFUL_RATE",
    "PAID_PARTS",
    "PAYMENT_ORDERS",
    "USUAL_PAYMENT_ORDER",
    "BalanceSheet",
    "Centre",
    "CommitteeMember",
    "CommitteeOrder",
    "Fund",
    "FundYear",
    "LendingRule",
    "SheetLine",
    "SheetMove",
]
