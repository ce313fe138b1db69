"""Households of a village, the people in them, what they live on and their papers."""

from households.models.documents import Document
from households.models.households import ID_CONTEXT, Household, NotTwins, Person, Standing
from households.models.livelihood import EXPENSE, INCOME, Livelihood, OtherDebt

__all__ = [
    "EXPENSE",
    "ID_CONTEXT",
    "INCOME",
    "Document",
    "Household",
    "Livelihood",
    "NotTwins",
    "OtherDebt",
    "Person",
    "Standing",
]
