"""Visits to centres: what was asked, what was found, what must be done next, and who certified it. Other activity."""

from monitoring.models.action_plans import (
    PERCENT_TO_DO,
    ActionPlan,
    ActionPlanMove,
    ActivityReport,
    PlannedActivity,
)
from monitoring.models.activity import Activity, GroupMoney, ModelHousehold, TakingPart
from monitoring.models.grading import GradedItem, Grading, GradingMove, Scorecard, ScorecardItem
from monitoring.models.issues import Issue, IssueItem, IssueTemplate
from monitoring.models.letters import Emblem, Letter
from monitoring.models.messages import Message
from monitoring.models.photos import Photo
from monitoring.models.recommendations import FollowUp, Recommendation
from monitoring.models.rounds import AgendaRow, Round, RoundMember
from monitoring.models.versions import Subject, Version
from monitoring.models.visits import EDITABLE, REPORTED, IssueAnswer, ReadyMark, TeamMember, Visit, VisitMove

__all__ = [
    "EDITABLE",
    "PERCENT_TO_DO",
    "REPORTED",
    "Activity",
    "ActionPlan",
    "ActionPlanMove",
    "PlannedActivity",
    "ActivityReport",
    "AgendaRow",
    "Emblem",
    "FollowUp",
    "GradedItem",
    "Grading",
    "GradingMove",
    "GroupMoney",
    "Issue",
    "IssueAnswer",
    "IssueItem",
    "IssueTemplate",
    "Letter",
    "Message",
    "ModelHousehold",
    "Photo",
    "ReadyMark",
    "Recommendation",
    "Round",
    "RoundMember",
    "Scorecard",
    "ScorecardItem",
    "Subject",
    "TakingPart",
    "TeamMember",
    "Version",
    "Visit",
    "VisitMove",
]
