"""Targets, and the returns that areas send up the chain."""

from reports.models.returns import AreaReturn, Period, ReturnMove, ReturnRemark, ReturnTick, ReturnVersion
from reports.models.targets import Target

__all__ = ["AreaReturn", "Period", "ReturnMove", "ReturnRemark", "ReturnTick", "ReturnVersion", "Target"]
