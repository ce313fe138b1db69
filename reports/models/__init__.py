"""Targets, the returns that areas send up the chain, and hand-overs between officers."""

from reports.models.handovers import Handover, HandoverItem
from reports.models.returns import AreaReturn, Period, ReturnMove, ReturnRemark, ReturnTick, ReturnVersion
from reports.models.targets import HOUSEHOLDS, Measure, Target

__all__ = [
    "HOUSEHOLDS",
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
