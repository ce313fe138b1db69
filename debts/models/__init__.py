"""Debts, their append-only ledger, and the contracts that replace a household's debts by one."""

from debts.models.debts import (
    FREE_AT_A_RATE,
    PARTS,
    Case,
    Contract,
    Debt,
    Entry,
    Instalment,
    MergedDebt,
    MergeDraft,
    Payment,
    PaymentReversal,
    RegisterFile,
    RunningNumber,
)
from debts.models.guarantors import Guarantor

__all__ = [
    "FREE_AT_A_RATE",
    "PARTS",
    "Case",
    "Contract",
    "Debt",
    "Entry",
    "Guarantor",
    "Instalment",
    "MergeDraft",
    "MergedDebt",
    "Payment",
    "PaymentReversal",
    "RegisterFile",
    "RunningNumber",
]
