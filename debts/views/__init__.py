"""The pages of debts, one module for each thing an officer works on."""

from debts.views.classes import CentreClasses, ChangeClassRules, DecideClass, EndForbearance, Forbear
from debts.views.contracts import CancelContract, ContractList, ShowContract
from debts.views.household import SelectHousehold, ShowHousehold
from debts.views.merge import MergeCheck, MergeDebts, MergePreview, MergeTerms
from debts.views.payments import NewPayment, ReversePayment, ShowPayment
from debts.views.register import DebtList, EditDebt, NewDebt, ShowDebt

__all__ = [
    "CentreClasses",
    "ChangeClassRules",
    "DecideClass",
    "EndForbearance",
    "Forbear",
    "CancelContract",
    "ContractList",
    "DebtList",
    "EditDebt",
    "MergeCheck",
    "MergeDebts",
    "MergePreview",
    "MergeTerms",
    "NewDebt",
    "NewPayment",
    "ReversePayment",
    "SelectHousehold",
    "ShowContract",
    "ShowDebt",
    "ShowHousehold",
    "ShowPayment",
]
