"""Targets, the returns that areas send up the chain, hand-overs between officers, and the keys of other systems."""

from reports.models.handovers import Handover, HandoverItem
from reports.models.returns import AreaReturn, Period, ReturnMove, ReturnRemark, ReturnTick, ReturnVersion
from reports.models.targets import HOUSEHOLDS, Measure, Target
from reports.models.tokens import ApiToken

__all__ = [
    "HOUSEHOLDS",
    "ApiToken",
    "AreaReturn",
    "Handover",
    "HandoverItem",
    "Measure",
    "Period",
    "ReturnMove",
    "ReturnRemark",
    "ReturnTick",
    "ReturnVersion",
    "Target",
]
