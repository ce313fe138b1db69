"""Talks and a committee meeting in the demo: cases that wait, so that every page has something to show."""

from datetime import date, timedelta

from debts.cases import meetings, negotiation
from debts.cases.negotiation import Wording
from debts.cases.selection import leave
from debts.models import Ask, Case

DAY = timedelta(days=1)
TALKED = 3  # cases of a centre


def tell_talks(centre, *, by, today: date) -> None:
    """Of the selected cases, some are talked over with their funds, one leaves, and a meeting is called."""
    cases = list(Case.objects.filter(centre=centre, stage=Case.Stage.SELECTED).order_by("pk"))
    for place, case in enumerate(cases[:TALKED]):
        _talk(case, answers=2 - place, by=by, today=today)
    if len(cases) > TALKED:
        leave(case=cases[TALKED], to=Case.Stage.WITHDRAWN, reason="ย้ายไปทำงานต่างจังหวัด", on=today, by=by)
    if cases and meetings.members_on(centre, today).exists():
        meeting = meetings.call(centre=centre, held_on=today + 7 * DAY, by=by, place="ศาลากลางบ้าน")
        meetings.put_on_agenda(meeting=meeting, cases=cases[:TALKED])


def _talk(case: Case, *, answers: int, by, today: date) -> None:
    """Every debt is to be transferred; the first funds have answered."""
    on = max(case.opened_on, today - 20 * DAY)
    for place, debt in enumerate(case.household.debts.open().original().order_by("pk")):
        wording = Wording(debt.fund, Ask.Kind.TRANSFER, debt, note="รวมเป็นสัญญาเดียว")
        asked = negotiation.ask(case=case, wording=wording, on=on, by=by)
        if place < answers:
            negotiation.answer(
                known=asked,
                answer=Ask.Answer.ACCEPTED,
                on=max(on, today - 10 * DAY),
                answered_by="ประธานกองทุน",
                by=by,
            )
