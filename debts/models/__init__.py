"""Debts, their append-only ledger, and the contracts that replace a household's debts by one."""

from debts.models.debts import (
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
from debts.models.mappings import ColumnMapping

__all__ = [
    "PARTS",
    "Case",
    "ColumnMapping",
    "Contract",
    "Debt",
    "Entry",
    "Instalment",
    "MergeDraft",
    "MergedDebt",
    "Payment",
    "PaymentReversal",
    "RegisterFile",
    "RunningNumber",
]
