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
from debts.models.registers import Register, RegisterEditor, RegisterLine, RegisterMove

__all__ = [
    "PARTS",
    "Case",
    "Contract",
    "Debt",
    "Entry",
    "Instalment",
    "MergeDraft",
    "MergedDebt",
    "Payment",
    "PaymentReversal",
    "Register",
    "RegisterEditor",
    "RegisterFile",
    "RegisterLine",
    "RegisterMove",
    "RunningNumber",
]
