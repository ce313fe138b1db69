"""Debts, their append-only ledger, and the contracts that replace a household's debts by one."""

from debts.models.cases import Case, CaseMove
from debts.models.classification import ClassRuleSet, DebtClass, Forbearance
from debts.models.debts import (
    FREE_AT_A_RATE,
    PARTS,
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
from debts.models.household_merges import HouseholdMerge
from debts.models.mappings import ColumnMapping
from debts.models.meetings import AgendaItem, Meeting
from debts.models.negotiation import Ask
from debts.models.papers import (
    ClauseText,
    FamilyConsent,
    GuarantorAnswer,
    PaperReturn,
    PaperSeal,
    SignedScan,
    StampDuty,
    code_of,
)
from debts.models.payments import Collection, Promise
from debts.models.plans import PlanApproval, PlanChange, PlanMove, ScheduleVersion
from debts.models.registers import Register, RegisterEditor, RegisterLine, RegisterMove
from debts.models.settlements import Settlement, Transfer, TransferPart

__all__ = [
    "FREE_AT_A_RATE",
    "PARTS",
    "AgendaItem",
    "Ask",
    "Case",
    "CaseMove",
    "ColumnMapping",
    "ClassRuleSet",
    "ClauseText",
    "Collection",
    "Contract",
    "Debt",
    "DebtClass",
    "Entry",
    "FamilyConsent",
    "Forbearance",
    "Guarantor",
    "GuarantorAnswer",
    "HouseholdMerge",
    "Instalment",
    "Meeting",
    "MergeDraft",
    "MergedDebt",
    "PaperReturn",
    "PaperSeal",
    "Payment",
    "PaymentReversal",
    "Promise",
    "PlanApproval",
    "PlanChange",
    "PlanMove",
    "Register",
    "RegisterEditor",
    "RegisterFile",
    "RegisterLine",
    "RegisterMove",
    "RunningNumber",
    "SignedScan",
    "StampDuty",
    "code_of",
    "Settlement",
    "Transfer",
    "TransferPart",
    "ScheduleVersion",
]
