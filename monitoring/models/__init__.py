"""Visits to centres: what was asked, what was found, what must be done next, and who certified it."""

from monitoring.models.issues import Issue, IssueItem, IssueTemplate
from monitoring.models.messages import Message
from monitoring.models.photos import Photo
from monitoring.models.recommendations import FollowUp, Recommendation
from monitoring.models.visits import EDITABLE, REPORTED, IssueAnswer, TeamMember, Visit, VisitMove

__all__ = [
    "EDITABLE",
    "REPORTED",
    "FollowUp",
    "Issue",
    "IssueAnswer",
    "IssueItem",
    "IssueTemplate",
    "Message",
    "Photo",
    "Recommendation",
    "TeamMember",
    "Visit",
    "VisitMove",
]
