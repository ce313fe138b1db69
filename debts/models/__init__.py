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
from debts.models.household_merges import HouseholdMerge

__all__ = [
    "PARTS",
    "Case",
    "Contract",
    "Debt",
    "Entry",
    "HouseholdMerge",
    "Instalment",
    "MergeDraft",
    "MergedDebt",
    "Payment",
    "PaymentReversal",
    "RegisterFile",
    "RunningNumber",
]
