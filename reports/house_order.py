"""The order of houses in a village's papers."""

import re

from households.models import Household


def house_order(household: Household) -> tuple:
    """A key that puts unknown house numbers first, then 9, 18, 32/1, 32/2, 32/10."""
    numbers = tuple(int(digits) for digits in re.findall("[0-9]+", household.house_number))
    return numbers, household.house_number, household.pk
