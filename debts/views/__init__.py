"""The pages of debts, one module for each thing an officer works on."""

from debts.views.classes import CentreClasses, ChangeClassRules, DecideClass, EndForbearance, Forbear
from debts.views.contracts import CancelContract, ContractList, ShowContract
from debts.views.household import SelectHousehold, ShowHousehold
from debts.views.household_merge import MergeHouseholds, ShowHouseholdMerge, UnmergeHouseholds
from debts.views.merge import MergeCheck, MergeDebts, MergePreview, MergeTerms
from debts.views.payments import NewPayment, ReversePayment, ShowPayment
from debts.views.plans import MergePlans, PlansPreview
from debts.views.register import DebtList, EditDebt, NewDebt, ShowDebt
from debts.views.twins import AskAgain, TellApart, TwinQueue
from debts.views.why import WhyContract, WhyDebt, WhyHousehold, WhyPlan

__all__ = [
    "CentreClasses",
    "ChangeClassRules",
    "DecideClass",
    "EndForbearance",
    "Forbear",
    "AskAgain",
    "CancelContract",
    "ContractList",
    "DebtList",
    "EditDebt",
    "MergeCheck",
    "MergeDebts",
    "MergeHouseholds",
    "MergePlans",
    "MergePreview",
    "MergeTerms",
    "NewDebt",
    "NewPayment",
    "PlansPreview",
    "ReversePayment",
    "SelectHousehold",
    "ShowContract",
    "ShowDebt",
    "ShowHousehold",
    "ShowHouseholdMerge",
    "ShowPayment",
    "TellApart",
    "TwinQueue",
    "UnmergeHouseholds",
    "WhyContract",
    "WhyDebt",
    "WhyHousehold",
    "WhyPlan",
]
