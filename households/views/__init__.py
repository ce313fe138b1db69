"""The pages of households, one module for each thing an officer works on."""

from households.views.documents import DocumentDelete, DocumentFile, DocumentNew
from households.views.households import (
    HouseholdEdit,
    HouseholdNew,
    HouseholdPage,
    LeadsToKept,
    PersonEdit,
    PersonNew,
    PersonReveal,
)
from households.views.livelihood import LivelihoodEdit, LivelihoodNew, OtherDebtEdit, OtherDebtNew

__all__ = [
    "DocumentDelete",
    "DocumentFile",
    "DocumentNew",
    "HouseholdEdit",
    "HouseholdNew",
    "HouseholdPage",
    "LeadsToKept",
    "LivelihoodEdit",
    "LivelihoodNew",
    "OtherDebtEdit",
    "OtherDebtNew",
    "PersonEdit",
    "PersonNew",
    "PersonReveal",
]
