"""รายงานการประชุมคณะกรรมการศูนย์ฯ: who was present, and what was resolved for each household."""

from debts.cases.meetings import members_on
from debts.models import AgendaItem, Meeting


def minutes(meeting: Meeting) -> dict:
    """What the minutes show. A meeting that is still open gives a draft."""
    present = list(meeting.present.select_related("fund"))
    items = list(meeting.items.with_names())
    approved = [item for item in items if item.decision == AgendaItem.Decision.APPROVED]
    return {
        "meeting": meeting,
        "is_draft": meeting.is_open,
        "present": present,
        "absent": [each for each in members_on(meeting.centre, meeting.held_on) if each not in present],
        "guests": [line for line in meeting.guests.splitlines() if line],
        "items": items,
        "approved": approved,
        "foot": f"{meeting} {meeting.centre.short_name}",
    }
